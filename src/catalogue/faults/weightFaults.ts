import { told } from "../../words/told.js";
import type { Scorecard } from "../scorecards.js";
import { suggest } from "../suggest.js";
import type { Weight } from "../weights.js";
import type { Fault } from "./targetFaults.js";

/** What is wrong with weights, row by row: a scorecard that does not exist, a KPI that it does not have. */
export function weightFaults(weights: readonly Weight[], scorecards: readonly Scorecard[]): Fault<Weight>[] {
  const byId = new Map(scorecards.map((card) => [card.id, card.groups.flatMap(({ kpis }) => kpis)]));
  return weights.flatMap((row): Fault<Weight>[] => {
    const kpis = byId.get(row.scorecard_id);
    if (!kpis) {
      const has = [...byId.keys()];
      const near = suggest(row.scorecard_id, has);
      return [{ row, column: "scorecard_id", expected: told("expected.scorecard", { near, has }) }];
    }
    if (kpis.includes(row.kpi_id)) return [];
    const near = suggest(row.kpi_id, kpis);
    return [{ row, column: "kpi_id", expected: told("expected.kpiOf", { card: row.scorecard_id, near }) }];
  });
}
