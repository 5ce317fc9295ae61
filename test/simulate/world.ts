import {
  randomBeta,
  randomBinomial,
  randomGamma,
  randomGeometric,
  randomLcg,
  randomNormal,
  randomPoisson,
} from "d3-random";
import type { BenefitCases, CellTotals } from "../../src/analysis/benefit/estimate.js";

/** A company of which everything is known: what `npm run simulate` draws again and again. */
export interface World {
  kind: "mean" | "rate" | "count";
  /** The share of a value's variance that a customer's cases have in common, half of it within a window only. */
  icc: number;
  /** Customers in scope, and as many in the comparison group. */
  clusters: number;
  /** Added to means in scope after the start (standard deviations), to rates, or times counts' rate less 1. */
  effect?: number;
  /** Whether segments, whose levels differ, change their weights in scope after the start. */
  isMixShifted?: boolean;
  isCompared?: boolean;
  /** Of counts: the days of the follow-up; else those of the baseline. */
  followUpDays?: number;
}

export const scope = "in";

/** How a random source's numbers become what is drawn. */
export function dice(seed: number) {
  const source = randomLcg(seed);
  return {
    uniform: source,
    normal: randomNormal.source(source)(0, 1),
    poisson: randomPoisson.source(source),
    binomial: randomBinomial.source(source),
    beta: randomBeta.source(source),
    gamma: randomGamma.source(source),
    geometric: randomGeometric.source(source),
  };
}

type Dice = ReturnType<typeof dice>;

const segments = ["a", "b"] as const;
/** Levels of the segments: means in standard deviations, rates, and counts per day. */
const levels = { mean: [0, 1], rate: [0.3, 0.5], count: [0.01, 0.02] } as const;
export const baselineDays = 180;

/** The cases of a world in two windows, as sums by customer and cell. */
export function draw(world: World, random: Dice): BenefitCases {
  const { isCompared = true } = world;
  const cells: CellTotals[] = [];
  const parts = {
    clusters: [] as number[],
    cells: [] as number[],
    weights: [] as number[],
    sums: [] as number[],
  };
  const cellOf = (place: string, window: number, segment: string) => {
    const at = cells.findIndex(
      (cell) => cell.place === place && cell.window === window && cell.segment === segment,
    );
    if (at >= 0) return at;
    return cells.push({ place, window, segment, type: null, weight: 0, sum: 0, squares: 0 }) - 1;
  };
  let cluster = 0;
  for (const place of isCompared ? [scope, "comparison"] : [scope]) {
    for (let customer = 0; customer < world.clusters; customer += 1) {
      cluster += 1;
      const own = customerOf(world, random);
      for (const window of [0, 1]) {
        const isTouched = place === scope && window === 1;
        const isShifted = world.isMixShifted && isTouched;
        for (const [segment, cases] of own.cases(window, isShifted === true)) {
          const sum = own.sum({ window, segment, cases, effect: isTouched ? (world.effect ?? 0) : 0 });
          const at = cellOf(place, window, segments[segment] ?? "a");
          const cell = cells[at] as CellTotals;
          cell.weight += cases;
          cell.sum += sum;
          parts.clusters.push(cluster);
          parts.cells.push(at);
          parts.weights.push(cases);
          parts.sums.push(sum);
        }
      }
    }
  }
  return { cells, parts, alone: [] };
}

interface Given {
  window: number;
  segment: number;
  cases: number;
  effect: number;
}

/** A customer: how many cases of which segment, or days, a window has, and what they sum to. */
function customerOf({ kind, icc, isMixShifted, followUpDays = baselineDays }: World, random: Dice) {
  // Few customers make most cases: a geometric number in each window, of 6 on average.
  const size = random.geometric(1 / 6);
  const home = random.uniform() < 0.5 ? 0 : 1;
  const shares = [Math.sqrt(icc / 2), Math.sqrt(icc / 2)];
  const lasting = random.normal() * (shares[0] ?? 0);
  const passing = [0, 1].map(() => random.normal() * (shares[1] ?? 0));
  const propensity =
    kind === "rate" && icc > 0 ? segments.map((_, at) => beta(levels.rate[at] ?? 0, icc, random)) : null;
  const frailty = kind === "count" && icc > 0 ? random.gamma(1 / icc, icc)() : 1;
  return {
    cases(window: number, isShifted: boolean): [number, number][] {
      if (kind === "count") return [[home, window === 1 ? followUpDays : baselineDays]];
      const count = size();
      const inB = isMixShifted ? random.binomial(count, isShifted ? 0.7 : 0.3)() : home * count;
      return (
        [
          [0, count - inB],
          [1, inB],
        ] as [number, number][]
      ).filter(([, cases]) => cases > 0);
    },
    sum({ window, segment, cases, effect }: Given): number {
      const level = levels[kind][segment] ?? 0;
      if (kind === "count") return random.poisson(level * frailty * (1 + effect) * cases)();
      if (kind === "rate") {
        // So that the rate rises by the effect whoever the customers are: each by its share of what is left to 1.
        const p = propensity?.[segment] ?? level;
        return random.binomial(cases, p + (effect * (1 - p)) / (1 - level))();
      }
      const common = level + lasting + (passing[window] ?? 0) + effect;
      return cases * common + Math.sqrt((1 - icc) * cases) * random.normal();
    },
  };
}

const beta = (p: number, icc: number, random: Dice) =>
  random.beta((p * (1 - icc)) / icc, ((1 - p) * (1 - icc)) / icc)();
