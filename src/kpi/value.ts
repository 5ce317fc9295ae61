import type { Kpi } from "../catalogue/kpis.js";
import {
  type Interval,
  netPromoter,
  noInterval,
  poisson,
  studentT,
  wilson,
} from "../statistics/intervals.js";

/** What the cases of a KPI add up to in a period and group, in the KPI's unit. */
export interface Components {
  numerator: number;
  denominator: number;
  n: number;
  sumSq: number;
  /** Cases that still lack the time the KPI waits for. */
  awaiting: number;
}

export const noCases: Components = { numerator: 0, denominator: 0, n: 0, sumSq: 0, awaiting: 0 };

export interface Measured extends Interval {
  value: number | null;
}

/** A sum of decimals without the last bits, in which two orders of adding differ: 6265936.110000001 is 6265936.11. */
const addedUp = (sum: number) => Number(sum.toPrecision(14));

/**
 * The value of a KPI and its 95 % interval; null over a denominator that is not above 0. A sum of nothing is 0; whether
 * nothing is known is for the caller to say.
 */
export function measure(kpi: Pick<Kpi, "kind" | "range">, components: Components): Measured {
  const { numerator, denominator, n, sumSq } = components;
  if (kpi.kind === "count") return { value: numerator, ...poisson(numerator) };
  if (kpi.kind === "sum") return { value: addedUp(numerator), ...noInterval };
  if (!(denominator > 0)) return { value: null, ...noInterval };
  const ratio = numerator / denominator;
  switch (kpi.kind) {
    case "rate":
    case "customer_rate":
      return { value: ratio, ...(ratio <= 1 ? wilson(numerator, denominator) : noInterval) };
    case "poisson_rate":
      return { value: ratio, ...poisson(numerator, denominator) };
    case "mean":
      return { value: ratio, ...studentT(numerator, sumSq, denominator, kpi.range) };
    case "nps":
      return {
        value: 100 * ratio,
        ...netPromoter((sumSq + numerator) / 2, (sumSq - numerator) / 2, n),
      };
    case "growth":
      return { value: ratio - 1, ...noInterval };
    case "share":
      return { value: ratio, ...noInterval };
  }
}
