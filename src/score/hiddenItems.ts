import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import type { ScoredGroup, ScoredItem, ScoredSubject, TotalRange } from "./scored.js";
import { enoughWeight, totalled, weightedTotal } from "./totals.js";

type Totals = Pick<ScoredSubject, "total" | "covered_weight" | "provisional" | "grade" | "between"> & {
  groups: ScoredGroup[];
};

const weighsHidden = (items: readonly ScoredItem[]) =>
  items.some(({ hidden, weight }) => hidden === true && weight > 0);

/**
 * Totals and grades of a subject some of whose items are not told: the true ones where they are made of items shown, else none
 * but the range that the total lies in whatever is hidden.
 */
export function totalledOfShown(
  items: readonly ScoredItem[],
  card: Pick<Scorecard, "groups" | "missing">,
  grades: readonly Grade[],
): Totals {
  const { groups, ...whole } = totalled(items, card, grades);
  if (!weighsHidden(items)) return { ...whole, groups };
  const none = { total: null, provisional: false, grade: null };
  return {
    ...whole,
    ...none,
    between: rangeOf(items, card.missing),
    groups: groups.map((group) =>
      weighsHidden(items.filter((item) => item.group === group.id))
        ? { ...group, ...none, hidden: true }
        : group,
    ),
  };
}

/** Between what a total lies whatever the scores of hidden items are, or whether they have any. */
function rangeOf(items: readonly ScoredItem[], missing: Scorecard["missing"]): TotalRange {
  const all = (score: number) =>
    weightedTotal(
      items.map((item) => (item.hidden ? { ...item, score } : item)),
      missing,
    );
  const [low, high] = [all(0), all(100)];
  return {
    low: low.total ?? 0,
    high: high.total ?? 100,
    isSure: weightedTotal(items, missing).covered_weight >= enoughWeight,
  };
}
