import type { Scorecard } from "./scorecards.js";
import { suggest, suggestZh } from "./suggest.js";
import type { Fault } from "./targetFaults.js";
import type { Weight } from "./weights.js";

/** What is wrong with weights, row by row: a scorecard that does not exist, a KPI that it does not have. */
export function weightFaults(weights: readonly Weight[], scorecards: readonly Scorecard[]): Fault<Weight>[] {
  const byId = new Map(scorecards.map((card) => [card.id, card.groups.flatMap(({ kpis }) => kpis)]));
  return weights.flatMap((row): Fault<Weight>[] => {
    const kpis = byId.get(row.scorecard_id);
    if (!kpis) {
      const expected = `a scorecard of scorecards.yaml${suggest(row.scorecard_id, [...byId.keys()])}`;
      const zh = `scorecards.yaml 中的计分卡${suggestZh(row.scorecard_id, [...byId.keys()])}`;
      return [{ row, column: "scorecard_id", expected, zh }];
    }
    if (kpis.includes(row.kpi_id)) return [];
    const expected = `a kpi of the scorecard ${row.scorecard_id}${suggest(row.kpi_id, kpis)}`;
    const zh = `计分卡 ${row.scorecard_id} 的 KPI${suggestZh(row.kpi_id, kpis)}`;
    return [{ row, column: "kpi_id", expected, zh }];
  });
}
