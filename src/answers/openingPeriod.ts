import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { weightsInForce } from "../catalogue/weights.js";
import { type Grain, type Period, periodOf } from "../kpi/periods.js";
import { readWeights } from "../load/managedTables.js";
import { lastComplete } from "./lastComplete.js";
import { queryKpis } from "./queryKpis.js";

/**
 * The period that a scorecard opens at: the newest one that is over and in which KPIs of at least half of the weight have
 * a value; else the newest in which any has, or the last one that is over.
 */
export async function openingPeriod(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  card: Scorecard,
  grain: Grain = card.grain,
): Promise<Period> {
  const last = await lastComplete(db, grain);
  const ids = new Set(card.groups.flatMap((group) => group.kpis));
  const values = await queryKpis(db, kpis, {
    kpiIds: kpis.flatMap(({ id }) => (ids.has(id) ? id : [])),
    grain,
    by: [],
    where: [],
    to: last.start.slice(0, 7),
    withoutPercentiles: true,
  });
  const known = new Map<string, string[]>();
  for (const { kpi_id, period_start, value } of values)
    if (value !== null) known.set(period_start, [...(known.get(period_start) ?? []), kpi_id]);
  const newest = [...known.keys()].sort().reverse();
  const rows = await readWeights(db);
  const opening = newest.find((start) => {
    const weighs = weightsInForce(rows, card.id, periodOf(start, grain).end);
    const weightOf = (id: string) => (weighs.size > 0 ? (weighs.get(id) ?? 0) : 1);
    const sum = (some: Iterable<string>) => [...some].reduce((total, id) => total + weightOf(id), 0);
    return sum(known.get(start) ?? []) >= sum(ids) / 2 - 1e-9;
  });
  const start = opening ?? newest[0];
  return start === undefined ? last : periodOf(start, grain);
}
