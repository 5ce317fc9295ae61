import type { Kpi } from "../catalogue/kpis.js";
import { binomialCdf, binomialTail, normalTwoSided, studentTwoSided } from "../statistics/distributions.js";
import { daysBetween, type Period } from "./periods.js";
import { type Components, noCases } from "./value.js";

/** The p up to which one change is more than chance, and the q where a list picks the largest of many. */
const significance = 0.05;

/** What of a KPI decides by which test a change is judged. `trailing`: its periods share most of their cases. */
export interface Tested {
  kind: Kpi["kind"];
  trailing: boolean;
}

/** What the cases of one of the two periods add up to, and how long it is. */
export interface Side extends Pick<Components, "numerator" | "denominator" | "n" | "sumSq"> {
  days: number;
}

/** What the cases of a period add up to, for a test. */
export const sideOf = (
  cell: Omit<Side, "days"> | undefined,
  { start, end }: Pick<Period, "start" | "end">,
): Side => ({
  ...(cell ?? noCases),
  days: daysBetween(start, end),
});

/** A KPI whose value looks back over whole months: neighbouring periods share most of their cases. */
export const isTrailing = ({
  look_back,
}: {
  look_back?: { months: number } | { days: number } | undefined;
}) => look_back !== undefined && "months" in look_back;

/**
 * The two-sided p of one change of a KPI: the probability of a difference at least as large where nothing but chance
 * made one. Null where there is no test for it: money, growth, shares, percentiles, trailing windows, and sides too
 * small for the test. Whether the two values are signals at all is for the caller to say.
 *
 * - rates: the pooled two-proportion z-test
 * - rates per customer that can exceed 1, counts: the exact conditional test of two Poisson counts, whose exposures are
 *   the denominators, for counts the days; p = 2 × the smaller tail, at most 1
 * - means: Welch's t-test
 * - NPS: z of the difference on the adjusted Wald errors
 */
export function chanceOf({ kind, trailing }: Tested, before: Side, after: Side): number | null {
  if (trailing) return null;
  switch (kind) {
    case "rate":
    case "customer_rate":
      return twoProportions(before, after);
    case "poisson_rate":
      return twoPoisson(before.numerator, before.denominator, after.numerator, after.denominator);
    case "count":
      return twoPoisson(before.numerator, before.days, after.numerator, after.days);
    case "mean":
      return welch(before, after);
    case "nps":
      return twoNetPromoters(before, after);
    case "sum":
    case "growth":
    case "share":
      return null;
  }
}

/** Whether a p (or q) says more than chance; null without a test. */
export const moreThanChance = (p: number | null) => (p === null ? null : p <= significance);

/**
 * The q-values of many p, in their order: the smallest share of false discoveries at which each would be called more
 * than chance (Benjamini and Hochberg 1995). What has no p is not among the tests and has no q.
 */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  const tested = ps.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => b.p - a.p);
  const qs: (number | null)[] = ps.map(() => null);
  let least = 1;
  tested.forEach(({ p, index }, place) => {
    least = Math.min(least, (p * tested.length) / (tested.length - place));
    qs[index] = least;
  });
  return qs;
}

function twoProportions(before: Side, after: Side): number | null {
  if (!isProportion(before) || !isProportion(after)) return null;
  const [n0, n1] = [before.denominator, after.denominator];
  const pooled = (before.numerator + after.numerator) / (n0 + n1);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1));
  return ofZ(after.numerator / n1 - before.numerator / n0, error);
}

const isProportion = ({ numerator, denominator }: Side) =>
  denominator > 0 && numerator >= 0 && numerator <= denominator;

function twoPoisson(k0: number, exposure0: number, k1: number, exposure1: number): number | null {
  if (!(exposure0 > 0 && exposure1 > 0)) return null;
  const all = k0 + k1;
  const share = exposure1 / (exposure0 + exposure1);
  return Math.min(1, 2 * Math.min(binomialCdf(k1, all, share), binomialTail(k1, all, share)));
}

function welch(before: Side, after: Side): number | null {
  const [one, other] = [meanOf(before), meanOf(after)];
  if (one === null || other === null) return null;
  const error2 = one.error2 + other.error2;
  if (!(error2 > 0)) return null;
  const degrees = error2 ** 2 / (one.error2 ** 2 / (one.n - 1) + other.error2 ** 2 / (other.n - 1));
  return studentTwoSided((other.mean - one.mean) / Math.sqrt(error2), degrees);
}

/** A variance within the rounding of its sums counts as none. */
function meanOf({ numerator, denominator: n, sumSq }: Side) {
  if (!(n >= 2)) return null;
  const mean = numerator / n;
  const squares = sumSq - numerator * mean;
  return { n, mean, error2: squares > sumSq * 1e-14 ? squares / (n - 1) / n : 0 };
}

function twoNetPromoters(before: Side, after: Side): number | null {
  if (!(before.n > 0 && after.n > 0)) return null;
  const delta = after.numerator / after.n - before.numerator / before.n;
  return ofZ(delta, Math.sqrt(netError2(before) + netError2(after)));
}

/** The squared error of the adjusted Wald interval: +¾ promoters, +1½ passives, +¾ detractors (see `netPromoter`). */
function netError2({ numerator: net, sumSq: decided, n }: Side): number {
  const size = n + 3;
  const adjusted = net / size;
  return ((decided + 1.5) / size - adjusted ** 2) / size;
}

const ofZ = (delta: number, error: number) =>
  delta === 0 ? 1 : error > 0 ? normalTwoSided(delta / error) : null;
