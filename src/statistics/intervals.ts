import { binomialCdf, gammaQuantile, t95, z95 } from "./distributions.js";

/** A 95 % interval; an end that does not exist is null. */
export interface Interval {
  low: number | null;
  high: number | null;
}

export const noInterval: Interval = { low: null, high: null };

/** Wilson's score interval of `count` successes in `n` independent cases (Wilson 1927). */
export function wilson(count: number, n: number): Interval {
  if (!(n > 0)) return noInterval;
  const p = count / n;
  const z2 = z95 * z95;
  const centre = p + z2 / (2 * n);
  const half = z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const whole = 1 + z2 / n;
  return {
    low: count === 0 ? 0 : (centre - half) / whole,
    high: count === n ? 1 : (centre + half) / whole,
  };
}

/** The exact interval of a Poisson mean after `count` events (Garwood 1936), divided by `exposure`. */
export function poisson(count: number, exposure = 1): Interval {
  if (!(exposure > 0)) return noInterval;
  return {
    low: count === 0 ? 0 : gammaQuantile(0.025, count) / exposure,
    high: gammaQuantile(0.975, count + 1) / exposure,
  };
}

/**
 * Student's t interval of a mean, from the sum and the sum of squares of `n` values, clipped to `range`. Null below two
 * values, or when they do not vary: a variance within the rounding of its sums counts as none.
 */
export function studentT(
  sum: number,
  sumSq: number,
  n: number,
  range: readonly [number | null, number | null] = [null, null],
): Interval {
  if (!(n >= 2)) return noInterval;
  const mean = sum / n;
  const squares = sumSq - sum * mean;
  if (!(squares > sumSq * 1e-14)) return noInterval;
  const half = t95(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return clip({ low: mean - half, high: mean + half }, range);
}

/**
 * The adjusted Wald interval of a net promoter score in points: three quarters of a promoter, one and a half passives
 * and three quarters of a detractor are added (Bonett and Price 2012; Sauro and Lewis 2016).
 */
export function netPromoter(promoters: number, detractors: number, n: number): Interval {
  if (!(n > 0)) return noInterval;
  const size = n + 3;
  const up = (promoters + 0.75) / size;
  const down = (detractors + 0.75) / size;
  const net = up - down;
  const half = z95 * Math.sqrt((up + down - net * net) / size);
  return clip({ low: 100 * (net - half), high: 100 * (net + half) }, [-100, 100]);
}

/**
 * Which of `n` values in ascending order, counted from 1, enclose the quantile `p`: the largest rank with
 * P(B < rank) ≤ 2.5 % and the smallest with P(B < rank) ≥ 97.5 %, where B is binomial (n, p). Null where n is too small.
 */
export function orderStatisticRanks(n: number, p: number): Interval {
  const smallest = (holds: (rank: number) => boolean) => {
    let [low, high] = [0, n + 1];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (holds(middle)) high = middle;
      else low = middle;
    }
    return high;
  };
  const low = smallest((rank) => binomialCdf(rank - 1, n, p) > 0.025) - 1;
  const high = smallest((rank) => binomialCdf(rank - 1, n, p) >= 0.975);
  return { low: low >= 1 ? low : null, high: high <= n ? high : null };
}

function clip({ low, high }: Interval, [least, most]: readonly [number | null, number | null]): Interval {
  return {
    low: low === null || least === null ? low : Math.max(low, least),
    high: high === null || most === null ? high : Math.min(high, most),
  };
}
