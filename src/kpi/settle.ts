import type { Kpi } from "../catalogue/kpis.js";
import { type Coverage, judge, type Reason } from "./coverage.js";
import { type AsOf, addDays, daysBetween, earlier, isMature, isPartial, type Period } from "./periods.js";
import { type Components, type Measured, measure, noCases } from "./value.js";

/** What of a KPI decides its value in a period. */
export interface Settling extends Pick<Kpi, "kind" | "range"> {
  horizon_days: number | null;
  matures: "awaited" | "limits" | null;
  coverage: Coverage;
}

/** When a build knows what happened. */
export interface Known {
  asOf: AsOf;
  /** The last day included. */
  asOfDay: string;
}

/** A KPI's value in a period with all that says whether it is a signal. */
export interface Settled extends Measured {
  /** What the value is made of; null where nothing is known of the period. */
  components: Components | null;
  partial: boolean;
  mature: boolean;
  /** Of the period: not all that a value of it is made of is recorded, whether there is one or not. */
  incomplete: boolean;
  /** Why there is no value, or why it is incomplete. */
  reason: Reason | null;
}

const none: Measured = { value: null, low: null, high: null };

/**
 * The value of a KPI in a period, the one answer that command line, pages and print give: for any group, what the period
 * alone decides is decided once. To be called with what a group's cases add up to, undefined where it has none, which is 0 of
 * what is recorded, and with why a published table withholds them.
 */
export function settleIn(
  kpi: Settling,
  period: Period,
  { asOf, asOfDay }: Known,
): (components: Components | undefined, unshown?: Reason | null) => Settled {
  const { coverage, horizon_days, matures } = kpi;
  const judged = judge(coverage, period, asOfDay);
  const isKnown = isTold(judged);
  const without = noCase(coverage);
  const withoutBase: Reason = { ...without, names: [], lacks: "base" };
  const waits = { horizonDays: horizon_days ?? 0, matures };
  const until = coverage.knownUntil ? { ...asOf, ...coverage.knownUntil } : asOf;
  const partial = isPartial(period, asOf);
  const isSettled = isMature(period, until, waits, 0);
  const isMatureWaiting = isMature(period, until, waits, 1);
  return (components, unshown = null) => {
    const counted = isKnown && unshown === null ? (components ?? noCases) : null;
    const measured = counted ? measure(kpi, counted) : none;
    const { value } = measured;
    const reason =
      isKnown && value === null ? (unshown ?? (counted && counted.n > 0 ? withoutBase : without)) : judged;
    return {
      value,
      get low() {
        return measured.low;
      },
      get high() {
        return measured.high;
      },
      components: counted,
      partial,
      mature: (counted?.awaiting ?? 0) === 0 ? isSettled : isMatureWaiting,
      incomplete: judged?.code === "incomplete",
      reason,
    };
  };
}

const isTold = (judged: Reason | null) => judged === null || judged.code === "incomplete";

/** Whether anything that a KPI's value in a period is made of is recorded. */
export const isRecorded = (coverage: Coverage, period: Period, asOfDay: string): boolean =>
  isTold(judge(coverage, period, asOfDay));

/** That no case qualifies, by which conditions; of a growth that there may be none in the other period either, or in a month of either. */
export const noCase = ({ casesBy, against, everyMonth }: Coverage): Reason => ({
  code: "no_cases",
  names: casesBy,
  ...(against ? { against } : {}),
  ...(everyMonth ? { lacks: "month" } : {}),
});

/** A settled value with its period. */
export type InPeriod = Pick<Settled, "value" | "partial" | "mature" | "incomplete"> & Period;

/**
 * Whether a value may be compared with that of another period, a partial one with its elapsed days: what both are made of
 * is recorded, and neither can still change but by its own period's end, nor by what a horizon waits for.
 * @param other the other period as a whole
 */
export function mayCompare(
  { coverage, horizon_days, matures }: Settling,
  own: InPeriod,
  other: Omit<InPeriod, "value">,
  asOfDay: string,
): boolean {
  if (own.value === null || own.incomplete || !other.mature) return false;
  const hasHorizon = (horizon_days ?? 0) > 0 || matures === "limits";
  if (hasHorizon && !own.mature) return false;
  const end = own.partial ? earlier(elapsedEnd(own, other, asOfDay), other.end) : other.end;
  return (
    judge(coverage, { grain: other.grain, start: other.start, end, wholeEnd: other.end }, asOfDay) === null
  );
}

/** Up to which day of another period as much has elapsed as of one's own. */
const elapsedEnd = (own: Pick<Period, "start">, other: Pick<Period, "start">, asOfDay: string) =>
  addDays(other.start, daysBetween(own.start, addDays(asOfDay, 1)));
