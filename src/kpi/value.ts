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
 * nothing is known is for the caller to say. The interval is worked out when somebody asks for it: of a thousand values a
 * page tells it of some.
 */
export function measure(kpi: Pick<Kpi, "kind" | "range">, components: Components): Measured {
  let known: Interval | undefined;
  const interval = () => {
    known ??= intervalOf(kpi, components);
    return known;
  };
  return {
    value: ratioOf(kpi, components),
    get low() {
      return interval().low;
    },
    get high() {
      return interval().high;
    },
  };
}

function ratioOf({ kind }: Pick<Kpi, "kind">, { numerator, denominator }: Components): number | null {
  if (kind === "count") return numerator;
  if (kind === "sum") return addedUp(numerator);
  if (!(denominator > 0)) return null;
  const ratio = numerator / denominator;
  return kind === "nps" ? 100 * ratio : kind === "growth" ? ratio - 1 : ratio;
}

function intervalOf({ kind, range }: Pick<Kpi, "kind" | "range">, components: Components): Interval {
  const { numerator, denominator, n, sumSq } = components;
  if (kind === "count") return poisson(numerator);
  if (!(denominator > 0)) return noInterval;
  switch (kind) {
    case "rate":
    case "customer_rate":
      return numerator / denominator <= 1 ? wilson(numerator, denominator) : noInterval;
    case "poisson_rate":
      return poisson(numerator, denominator);
    case "mean":
      return studentT(numerator, sumSq, denominator, range);
    case "nps":
      return netPromoter((sumSq + numerator) / 2, (sumSq - numerator) / 2, n);
    default:
      return noInterval;
  }
}
