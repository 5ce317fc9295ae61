import {
  type BenefitCases,
  type Contrast,
  type Estimate,
  estimate,
} from "../../src/analysis/benefit/estimate.js";
import {
  foundErrors,
  ownShare,
  plannedLengths,
  smallestChange,
  varianceByLength,
} from "../../src/analysis/benefit/power.js";
import { isTooLittle, judge } from "../../src/analysis/benefit/verdict.js";
import { segmented } from "../../src/statistics/segmented.js";
import { baselineDays, dice, draw, scope, type World } from "./world.js";

/** How often a method erred in runs of a world. */
export interface ErrorRate extends World {
  seed: number;
  runs: number;
  /** Share of runs with a verdict that there was a change. */
  found: number;
  /** Share of the 95 % intervals of runs with any verdict that hold the truth; null where there was no verdict. */
  covered: number | null;
  /** Share of runs with too little data for a verdict. */
  too_little: number;
}

const contrast: Contrast = { place: scope, before: 0, after: 1 };
const methodOf = ({ kind }: World) => (kind === "count" ? "poisson" : "least_squares");

/** How often the interval of a segmented regression's level holds the truth: no change, months that take 0.3 of the one before. */
export function segmentedCoverage(runs: number, seed: number) {
  const { normal } = dice(seed);
  const [before, after, carried] = [24, 12, 0.3];
  const months = Array.from({ length: before + after }, (_, at) => at);
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    let last = normal() / Math.sqrt(1 - carried ** 2);
    const values = months.map(() => {
      last = carried * last + normal();
      return last;
    });
    const level = segmented(months, values, before)?.level;
    if ((level?.low ?? 0) <= 0 && 0 <= (level?.high ?? 0)) covered += 1;
  }
  return { before, after, carried, seed, runs, covered: covered / runs };
}

/** What the coefficient is in truth. */
const truthOf = ({ kind, effect = 0 }: World) => (kind === "count" ? Math.log(1 + effect) : effect);

/** Draws a world again and again, and judges each as an initiative is judged. */
export function errorRate(world: World, runs: number, seed: number): ErrorRate {
  const random = dice(seed);
  let [found, covered, judged] = [0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const { verdict, result } = judgedOf(world, draw(world, random));
    if (verdict === "too_little_data" || !result) continue;
    judged += 1;
    if (verdict !== "no_demonstrable_change") found += 1;
    const { low, high } = result.interval;
    const truth = truthOf(world);
    if ((low ?? 0) <= truth && truth <= (high ?? 0)) covered += 1;
  }
  return {
    ...world,
    seed,
    runs,
    found: found / runs,
    covered: judged === 0 ? null : covered / judged,
    too_little: (runs - judged) / runs,
  };
}

/** How often a change is found that the plan, made of earlier pairs of windows, calls the smallest to be found. */
export function powerOfPlan(
  world: World,
  runs: number,
  seed: number,
): { seed: number; runs: number; found: number } & World {
  const random = dice(seed);
  const { followUpDays = baselineDays } = world;
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const earlier = (world.kind === "count" ? plannedLengths(followUpDays) : [followUpDays]).flatMap(
      (days) => {
        const own = { ...world, effect: 0, followUpDays: days };
        const cases = draw(own, random);
        const one = estimate(cases, methodOf(world), contrast);
        const events = (isScope: boolean) =>
          total(
            cases.cells
              .filter(({ place, window }) => window === 1 && (place === scope) === isScope)
              .map(({ sum }) => sum),
          );
        const share = ownShare(events(true), world.isCompared === false ? null : events(false));
        return one ? [{ days, variance: one.error ** 2, degrees: one.clusters - 1, share }] : [];
      },
    );
    const variance = varianceByLength(earlier);
    if (!variance) continue;
    const last = earlier.at(-1);
    const scale = { own: world.kind === "count" ? (last?.share ?? 1) : null, unit: () => 1 };
    const errors = foundErrors(last?.degrees ?? 0);
    const effect = smallestChange(errors, variance, followUpDays, scale, false) ?? 0;
    const { verdict } = judgedOf(world, draw({ ...world, effect }, random));
    if (verdict === "improved") found += 1;
  }
  return { ...world, seed, runs, found: found / runs };
}

function judgedOf(world: World, cases: BenefitCases): { verdict: string; result: Estimate | null } {
  const result = estimate(cases, methodOf(world), contrast);
  const [judged] = judge([
    {
      obstacle: null,
      isTestable: true,
      isTooLittle: isTooLittle(amountOf(world, cases)),
      direction: "up",
      effect: result && { ...result, delta: result.coefficient, relative: null },
    },
  ]);
  return { verdict: judged?.verdict ?? "too_little_data", result };
}

function amountOf({ kind }: World, { cells, parts }: BenefitCases) {
  const sums = (window: number) => {
    const used = cells.filter((cell) => cell.place === scope && cell.window === window);
    return { weight: total(used.map(({ weight }) => weight)), sum: total(used.map(({ sum }) => sum)) };
  };
  const customers = [...new Set(cells.map(({ place, window }) => `${place} ${window}`))].map((side) => {
    const seen = new Set<number>();
    Array.from(parts.cells).forEach((cell, at) => {
      const { place, window } = cells[cell] ?? { place: "", window: -1 };
      if (`${place} ${window}` === side) seen.add(parts.clusters[at] ?? -1);
    });
    return seen.size;
  });
  const [before, after] = [sums(0), sums(1)];
  if (kind === "count") return { customers, events: before.sum + after.sum };
  if (kind === "mean") return { customers };
  const share = (before.sum + after.sum) / (before.weight + after.weight);
  return { customers, leastExpected: Math.min(before.weight, after.weight) * Math.min(share, 1 - share) };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
