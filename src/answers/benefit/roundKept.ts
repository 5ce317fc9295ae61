import { returnOf } from "../../analysis/benefit/verdict.js";
import type { Assessment } from "../../published/benefitTypes.js";
import { greatest, least } from "../../statistics/extremes.js";

/**
 * The figures of a kept verdict as they are published where the data have become others since: without those of the windows,
 * and the effect in steps of its interval. Else what is missing now, taken from what was there then, is who left the data.
 * Signs hold, and on which side of the expected change, or of the cost, a figure lies.
 */
export function roundKept(row: Assessment): Assessment {
  const nothing = { value: null, numerator: null, denominator: null, n: null };
  const { expected, cost } = row;
  const effect = rounded([row.delta, row.low, row.high], [0, expected]);
  const money = rounded([row.value_money, row.value_money_low, row.value_money_high], [0, cost]);
  return {
    ...row,
    rounded: true,
    baseline: { ...row.baseline, ...nothing },
    follow_up: { ...row.follow_up, ...nothing },
    delta: effect[0],
    low: effect[1],
    high: effect[2],
    relative: null,
    p: row.p === null ? null : Number(row.p.toPrecision(2)),
    q: row.q === null ? null : Number(row.q.toPrecision(2)),
    value_money: money[0],
    value_money_low: money[1],
    value_money_high: money[2],
    return: returnOf(money[0], cost),
    return_low: returnOf(money[1], cost),
    return_high: returnOf(money[2], cost),
  };
}

type Ends = [value: number | null, low: number | null, high: number | null];

/**
 * A figure and the ends of its interval, these outward, in steps of which half the interval has ten at most. None reaches or
 * crosses a mark that it does not lie on: it then stands a tenth of a step before it.
 */
export function rounded(figures: Ends, marks: readonly (number | null)[]): Ends {
  const [value, low, high] = figures;
  const ends = [low, high].filter((end) => end !== null);
  const half =
    low !== null && high !== null
      ? (high - low) / 2
      : Math.abs((value ?? Number.NaN) - (ends[0] ?? Number.NaN));
  // Without an interval there is nothing to measure a step by.
  if (!(half > 0 && Number.isFinite(half))) return [null, null, null];
  const digits = Math.floor(Math.log10(half / 10));
  const factor = [1, 2, 5, 10].find((each) => Number(`${each}e${digits}`) >= half / 10) ?? 10;
  const known = marks.filter((mark) => mark !== null);
  const told = (figure: number | null, way: (steps: number) => number): number | null => {
    if (figure === null || known.includes(figure)) return figure;
    const inSteps = (steps: number) => Number(`${steps * factor}e${digits}`) + 0;
    const near = way(Number(`${figure / factor}e${-digits}`));
    const below = greatest(known.filter((mark) => mark < figure));
    const above = least(known.filter((mark) => mark > figure));
    const gap = Math.min(inSteps(1) / 10, (above - below) / 2);
    if (inSteps(near) <= below) return below + gap;
    return inSteps(near) >= above ? above - gap : inSteps(near);
  };
  return [told(value, Math.round), told(low, Math.floor), told(high, Math.ceil)];
}
