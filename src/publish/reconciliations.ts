import type { DuckDBConnection } from "@duckdb/node-api";
import { shownReconciliations } from "../answers/reconcile/shown.js";
import type { Kpi } from "../catalogue/kpis.js";
import {
  effectTogether,
  type ReconciledDifference,
  type ShownReconciliation,
} from "../published/reconciliation.js";

interface Publishing {
  kpis: readonly Kpi[];
  minCell: number;
}

/**
 * The reconciliations that somebody asked the site to show, of the KPIs that it has. Both figures always stand; of reasons that
 * hold of fewer cases than `minCell` only what they come to together is told, and what stays unexplained as the command says it.
 */
export async function reconciliationsDocument(
  db: DuckDBConnection,
  warehouse: string,
  { kpis, minCell }: Publishing,
): Promise<ShownReconciliation[]> {
  const all = await shownReconciliations(db, warehouse);
  return all.flatMap((each) => {
    const kpi = kpis.find(({ id }) => id === each.kpi_id);
    if (!kpi || each.where.length > 0) return [];
    if (kpi.contributors === "none") return [each];
    return [{ ...each, differences: withoutFew(each.differences, minCell) }];
  });
}

/**
 * Differences of fewer cases than may be told as one, with the smallest of the others where they are few even so; none but totals
 * has no cases. What is explained and what is not are never told as one, so that what stays unexplained is what it is.
 */
export const withoutFew = (
  differences: readonly ReconciledDifference[],
  minCell: number,
): ReconciledDifference[] => [
  ...merged(
    differences.filter(({ explained }) => explained),
    minCell,
    "few",
  ),
  ...merged(
    differences.filter(({ explained }) => !explained),
    minCell,
    "few_unexplained",
  ),
];

function merged(
  differences: readonly ReconciledDifference[],
  minCell: number,
  reason: "few" | "few_unexplained",
): ReconciledDifference[] {
  const sorted = differences.toSorted((one, other) => one.cases - other.cases);
  const isFew = ({ cases, reason }: ReconciledDifference) =>
    reason !== "total" && cases > 0 && cases < minCell;
  const few = sorted.filter(isFew);
  const [smallest] = sorted.filter((each) => !isFew(each));
  if (few.length === 0) return [...differences];
  const count = few.reduce((sum, { cases }) => sum + cases, 0);
  // Of one reason alone the rest would say how many there are of it.
  if (smallest && (count < minCell || few.length === 1)) few.push(smallest);
  return [
    ...differences.filter((each) => !few.includes(each)),
    {
      side: "both",
      reason,
      detail: null,
      explanation: null,
      explained: reason === "few",
      cases: few.reduce((sum, { cases }) => sum + cases, 0),
      effect: effectTogether(few),
      examples: [],
    },
  ];
}
