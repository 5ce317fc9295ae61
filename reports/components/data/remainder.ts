import type { GroupChange, Groups, Sums } from "../../src/kpi/explain.js";
import { noCases } from "../../src/kpi/value.js";

/** Group → its sums; null where they are not shown. */
export type Sides = ReadonlyMap<string, Sums | null>;

/** The name of all groups together that are not shown. */
export const remainder = "\u001fremainder";

/** Two windows' groups: those that both show, and the others together as the `remainder`. */
export interface TwoSides {
  from: Groups;
  to: Groups;
  /** How many groups the remainder is. */
  unshown: number;
}

/**
 * Puts the groups that either window hides together, as what is left of the whole without the others. Null where that
 * does not follow from what is shown: the whole is hidden, or the groups are not parts of it.
 *
 * @param wholes of both windows; undefined where nothing was counted
 */
export function withRemainder(
  from: Sides,
  to: Sides,
  wholes: () => { from: Sums | null | undefined; to: Sums | null | undefined },
): TwoSides | null {
  const unshown = new Set([...from, ...to].filter(([, cell]) => cell === null).map(([group]) => group));
  if (unshown.size === 0) return { from: shownOf(from, unshown), to: shownOf(to, unshown), unshown: 0 };
  const whole = wholes();
  const sides = { from: sideOf(from, whole.from), to: sideOf(to, whole.to) };
  return sides.from && sides.to ? { from: sides.from, to: sides.to, unshown: unshown.size } : null;

  function sideOf(cells: Sides, all: Sums | null | undefined): Groups | null {
    const shown = shownOf(cells, unshown);
    const rest = leftOf(all === undefined ? noCases : all, [...shown.values()]);
    return rest && new Map([...shown, [remainder, rest]]);
  }
}

/**
 * The group that adds most to a change, of those that go its way, the largest contribution standing first; null where that is
 * what is not shown, for of that nothing is known but the sum.
 */
export function largestPart(groups: readonly GroupChange[], whole: number): GroupChange | null {
  const first = groups.find(({ contribution }) => contribution * whole > 0);
  return first && first.group !== remainder ? first : null;
}

/** Whether one group adds more than the whole change, others going the other way: then it is no part "of" it. */
export const isBeyond = (part: number, whole: number): boolean =>
  Math.abs(part) > Math.abs(whole) * (1 + 1e-9);

/** What is left of a whole without those parts of it; null where they are not parts of it. */
function leftOf(whole: Sums | null, parts: readonly Sums[]): Sums | null {
  if (!whole) return null;
  const left = (key: "numerator" | "denominator") => {
    const rest = parts.reduce((sum, part) => sum - part[key], whole[key]);
    return Math.abs(rest) <= 1e-9 * Math.abs(whole[key]) ? 0 : rest;
  };
  const rest = { numerator: left("numerator"), denominator: left("denominator") };
  return rest.denominator < 0 ? null : rest;
}

const shownOf = (cells: Sides, unshown: ReadonlySet<string>): Groups =>
  new Map([...cells].flatMap(([group, sums]) => (sums && !unshown.has(group) ? [[group, sums]] : [])));
