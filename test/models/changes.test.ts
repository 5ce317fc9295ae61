import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, it } from "vitest";
import { explainKpis } from "../../src/answers/explainKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { ExplainedChange } from "../../src/kpi/explained.js";
import type { KpiRequest } from "../../src/kpi/request.js";
import { greatest } from "../../src/statistics/extremes.js";
import { isLong } from "../long.js";
import { catalogueOf, oneOfEachKind } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { build, extract } from "./extracts.js";

const shipped = "data/catalog";
const catalog = isLong
  ? shipped
  : catalogueOf(oneOfEachKind(readCatalogue(shipped).kpis, []), temporaryFolder("changes"));
const { kpis } = readCatalogue(catalog);

const everything = { kpiIds: [], by: [], where: [] };
const requests: KpiRequest[] = [
  { ...everything, grain: "quarter", from: "2024-02", to: "2024-08" },
  { ...everything, grain: "half", to: "2024-12", compare: "year" },
  // Both over by as_of with every horizon, and wholly recorded.
  { ...everything, grain: "half", to: "2024-06", compare: "previous" },
  { ...everything, grain: "year", to: "2024-12", compare: "previous" },
];

it("every KPI's change is what the groups of each of its dimensions add", async () => {
  const explained = new Set<string>();
  await fc.assert(
    fc.asyncProperty(extract, async (tables) => {
      const db = await build(tables, catalog);
      try {
        for (const request of requests) await changesAddUp(db, request, explained);
      } finally {
        db.closeSync();
      }
    }),
    { numRuns: isLong ? 2 : 1, seed: 7, endOnFailure: true },
  );
  const asked = kpis.flatMap((kpi) =>
    [...kpi.dimensions, ...kpi.numerator_dimensions].map((dimension) => `${kpi.id} by ${dimension}`),
  );
  expect(asked.filter((name) => !explained.has(name))).toEqual([]);
}, 600_000);

async function changesAddUp(
  db: DuckDBConnection,
  request: KpiRequest,
  explained: Set<string>,
): Promise<void> {
  for (const change of await explainKpis(db, kpis, request)) {
    const { delta, groups } = change;
    const name = `${change.kpi_id} by ${change.by.join()}`;
    const message = `${name}, ${change.grain} of ${change.to.period_start}`;
    if (delta === null) {
      expect(groups, message).toEqual([]);
      continue;
    }
    explained.add(name);
    const near = nearOf(change);
    expect(sum(groups.map(({ contribution }) => contribution)), message).toSatisfy(near(delta));
    if (change.rate_effect !== null && change.mix_effect !== null) {
      expect(change.rate_effect + change.mix_effect, message).toSatisfy(near(delta));
    }
    for (const { rate_effect: rate, mix_effect: mix, contribution } of groups) {
      expect(rate === null, message).toBe(mix === null);
      if (rate !== null && mix !== null) expect(rate + mix, message).toSatisfy(near(contribution));
    }
  }
}

/** Equal but for rounding: within 1e-9 of the larger of the two values, a growth's measured from −1. */
function nearOf({ kpi_id, from, to }: ExplainedChange) {
  const isGrowth = kpis.some(({ id, kind }) => id === kpi_id && kind === "growth");
  const sizes = [from.value ?? 0, to.value ?? 0].map((value) => Math.abs(isGrowth ? value + 1 : value));
  const most = 1e-9 * greatest(sizes, Number.MIN_VALUE);
  return (expected: number) => (found: number) => Math.abs(found - expected) <= most;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
