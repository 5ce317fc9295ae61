import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import { least } from "../statistics/extremes.js";
import { round9 } from "../statistics/rounding.js";
import type { ScoredItem, ScoredSubject } from "./scored.js";
import { gradeOf, weightedTotal } from "./totals.js";
import { withWeights } from "./weightReview.js";

/** A weight from which on, in the direction of the change, something is different. */
export interface Turn {
  /** Rounded to 1e-9, as is the change; the difference may begin at it or just beyond it. */
  weight: number;
  /** From the weight in force; 0 where any change in the direction is enough. */
  change: number;
  direction: "up" | "down";
}

/** How far one KPI's weight is from another grade. */
export interface GradeFlip {
  kpi_id: string;
  /** In force. */
  weight: number;
  /** The nearest, with the grade there (null: less than half of the weight has a score); null where no weight from 0 to 1 changes it. */
  flip: (Turn & { grade: string | null }) | null;
}

/** How far one KPI's weight is from changing the order of two neighbours in the ranking. */
export interface RankSwap {
  kpi_id: string;
  /** In force. */
  weight: number;
  ahead: string;
  behind: string;
  /** The nearest, with who leads there; of two that tie now, where they part. Null where no weight from 0 to 1 does it. */
  swap: (Turn & { leads: string }) | null;
}

/** How firm a grade is against other weights. */
export interface Firmness {
  /** The smallest change of one weight that gives another grade, a fraction; null where none does. */
  least_change: number | null;
  /** Less than 5 points of weight flip it. */
  unstable: boolean;
}

/** Below this change of a weight a grade is not firm. */
const firmChange = 0.05;

/** How firm a grade is, by the weight that is nearest to giving another. */
export function firmnessOf(flips: readonly GradeFlip[]): Firmness {
  const changes = flips.flatMap(({ flip }) => (flip ? [Math.abs(flip.change)] : []));
  const least_change = changes.length > 0 ? least(changes) : null;
  return { least_change, unstable: least_change !== null && least_change < firmChange };
}

type Items = readonly Pick<ScoredItem, "kpi_id" | "score">[];

/**
 * For each weight in force its smallest change, the others rescaled proportionally, at which the grade of the total is
 * another.
 *
 * With the other weights scaled by (1 − x) ÷ (1 − w), points, scored weight and all weight are linear in the weight x, the
 * total is a quotient of two of them, and it meets a limit L at one x. What grade holds between such points is asked of
 * the rules of totals themselves.
 * @param weights those of the whole scorecard, of which the subject may have but some
 */
export function gradeFlips(
  items: Items,
  weights: ReadonlyMap<string, number>,
  missing: Scorecard["missing"],
  grades: readonly Grade[],
): GradeFlip[] {
  return [...weights].map(([kpi_id, weight]): GradeFlip => {
    const lines = linesOf(items, weights, kpi_id, missing);
    if (!lines) return { kpi_id, weight, flip: null };
    const stops = [...coverageStops(lines), ...grades.flatMap(({ from }) => limitStops(lines, from))];
    const grade = (x: number) =>
      gradeOf(totalAt(items, withWeights(weights, new Map([[kpi_id, x]])), missing), grades);
    const now = gradeOf(totalAt(items, weights, missing), grades);
    const turn = nearest(weight, stops, grade, (other) => other !== now);
    return { kpi_id, weight, flip: turn && { ...turn.turn, grade: turn.state } };
  });
}

/**
 * For each weight in force and each two neighbours that have a total, the smallest change of the weight, the others
 * rescaled proportionally, at which the one behind is ahead; where two totals meet is a root of a quadratic.
 * @param subjects in the order of their ranks
 * @param weights those of the whole scorecard
 */
export function rankSwaps(
  subjects: readonly Pick<ScoredSubject, "subject" | "total" | "items">[],
  weights: ReadonlyMap<string, number>,
  missing: Scorecard["missing"],
): RankSwap[] {
  const listed = subjects.filter(({ total }) => total !== null);
  return [...weights].flatMap(([kpi_id, weight]) =>
    listed.slice(1).flatMap((second, index): RankSwap[] => {
      const first = listed[index];
      if (!first) return [];
      const pair = { ahead: first.subject ?? "", behind: second.subject ?? "" };
      const found = swapOf(first.items, second.items, { weights, kpi: kpi_id, missing });
      const swap = found && { ...found.turn, leads: found.state === 1 ? pair.ahead : pair.behind };
      return [{ kpi_id, weight, ...pair, swap }];
    }),
  );
}

interface Weighing {
  weights: ReadonlyMap<string, number>;
  kpi: string;
  missing: Scorecard["missing"];
}

function swapOf(first: Items, second: Items, { weights, kpi, missing }: Weighing) {
  const [one, other] = [linesOf(first, weights, kpi, missing), linesOf(second, weights, kpi, missing)];
  if (!one || !other) return null;
  const order = (of: ReadonlyMap<string, number>) => {
    const [ahead, behind] = [totalAt(first, of, missing), totalAt(second, of, missing)];
    return ahead === null || behind === null ? null : Math.sign(ahead - behind);
  };
  const now = order(weights);
  return nearest(
    weights.get(kpi) ?? 0,
    [...coverageStops(one), ...coverageStops(other), ...meetings(one, other)],
    (x) => order(withWeights(weights, new Map([[kpi, x]]))),
    (state) => state !== null && state !== 0 && state !== now,
  );
}

function totalAt(
  items: Items,
  weights: ReadonlyMap<string, number>,
  missing: Scorecard["missing"],
): number | null {
  const weighed = items.map(({ kpi_id, score }) => ({ weight: weights.get(kpi_id) ?? 0, score }));
  return weightedTotal(weighed, missing).total;
}

/** `base + slope × x`. */
interface Line {
  base: number;
  slope: number;
}

/** What a subject's total is made of, by the weight x of one KPI; the total is `points ÷ counted`. */
interface Lines {
  points: Line;
  counted: Line;
  scored: Line;
  all: Line;
}

/** Undefined where the KPI alone weighs anything, so that no other weight could give way. */
function linesOf(
  items: Items,
  weights: ReadonlyMap<string, number>,
  kpi: string,
  missing: Scorecard["missing"],
): Lines | undefined {
  const others = [...weights].reduce((sum, [id, weight]) => (id === kpi ? sum : sum + weight), 0);
  if (others <= 0) return undefined;
  const line = (amount: (item: Items[number]) => number): Line => {
    const own = items.filter(({ kpi_id }) => kpi_id === kpi).reduce((sum, item) => sum + amount(item), 0);
    const rest = items
      .filter(({ kpi_id }) => kpi_id !== kpi)
      .reduce((sum, item) => sum + ((weights.get(item.kpi_id) ?? 0) / others) * amount(item), 0);
    return { base: rest, slope: own - rest };
  };
  const points = line(({ score }) => score ?? 0);
  const scored = line(({ score }) => (score === null ? 0 : 1));
  const all = line(() => 1);
  return { points, counted: missing === "zero" ? all : scored, scored, all };
}

/** Rounding lifts what is less than this below a limit up to it. */
const rounding = 0.5e-9;

const limitStops = ({ points, counted }: Lines, limit: number) => meets(points, counted, limit - rounding);

const coverageStops = ({ scored, all }: Lines) => meets(scored, all, 0.5 - rounding);

/** Where `above ÷ below` is a value. */
function meets(above: Line, below: Line, value: number): number[] {
  return roots([above.base - value * below.base, above.slope - value * below.slope, 0]);
}

/** Where two totals are the same. */
function meetings(one: Lines, other: Lines): number[] {
  const [left, right] = [times(one.points, other.counted), times(other.points, one.counted)];
  return roots([left[0] - right[0], left[1] - right[1], left[2] - right[2]]);
}

type Quadratic = [constant: number, linear: number, square: number];

const times = (one: Line, other: Line): Quadratic => [
  one.base * other.base,
  one.base * other.slope + one.slope * other.base,
  one.slope * other.slope,
];

/** The real roots, by the form that does not cancel. */
function roots([constant, linear, square]: Quadratic): number[] {
  const discriminant = linear * linear - 4 * square * constant;
  if (discriminant < 0) return [];
  const half = -(linear + (linear < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return [half / square, constant / half].filter(Number.isFinite);
}

/** Stops nearer to each other than this are one: the rounding of totals, not a weight, lies between them. */
const sameStop = 1e-8;

/** The first stop on either side from which on the state is one that is looked for; the nearer one, of two the upper. */
function nearest<State>(
  from: number,
  stops: readonly number[],
  stateAt: (weight: number) => State,
  isSought: (state: State) => boolean,
): { turn: Turn; state: State } | null {
  const walk = (end: number, direction: Turn["direction"]) => {
    const between = stops.filter((stop) => (stop - from) * (stop - end) < 0);
    const path = [from, ...between.sort((one, other) => Math.abs(one - from) - Math.abs(other - from)), end];
    let first = from;
    for (const [index, start] of path.slice(0, -1).entries()) {
      if (Math.abs(start - (path[index - 1] ?? start)) > sameStop) first = start;
      const next = path[index + 1] ?? end;
      const isBetweenSame = Math.abs(next - start) <= sameStop;
      if (isBetweenSame && next !== end) continue;
      const state = stateAt(isBetweenSame ? end : (start + next) / 2);
      if (isSought(state)) {
        const turn: Turn = { weight: round9(first), change: round9(first - from), direction };
        return { turn, state };
      }
    }
    return null;
  };
  const [up, down] = [walk(1, "up"), walk(0, "down")];
  if (!up || !down) return up ?? down;
  return Math.abs(up.turn.change) <= Math.abs(down.turn.change) ? up : down;
}
