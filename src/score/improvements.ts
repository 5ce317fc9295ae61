import type { Kpi } from "../catalogue/kpis.js";
import type { KpiValue } from "../kpi/answer.js";
import { type Change, changeOf } from "../kpi/change.js";
import { isFinal, type Reason } from "../kpi/coverage.js";
import { type Grain, type Period, periodOf } from "../kpi/periods.js";
import type { Review } from "./review360.js";

/** A row of `improvements.csv`: what was agreed with an employee, on a KPI or on a dimension of the 360° review. */
export interface Improvement {
  improvement_id: string;
  employee_id: string;
  kpi_id: string | null;
  dimension: string | null;
  /** ISO days. */
  agreed_on: string;
  due_on: string;
  measure: string;
  measure_en: string | null;
  status: "open" | "in_progress" | "done" | "dropped";
}

/** A figure of a period; of a dimension of a review without interval and n. */
export interface Measurement {
  period: Period;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  /** Why there is no value, or why it is no signal. */
  reason: Reason | null;
}

/**
 * Whether it worked, as far as that can be seen: what `changeOf` says of the periods before and after, or
 *
 * - `still_running`: no period that begins on the day it was due or later is over yet;
 * - `no_data`: there is no value before or after;
 * - `incomplete`: one of them is not wholly recorded;
 * - `immature`: one of them may still change;
 * - `not_measured`: it names neither a KPI nor a dimension;
 * - `dropped`: it was given up.
 */
export type Verdict =
  | Change
  | "still_running"
  | "no_data"
  | "incomplete"
  | "immature"
  | "not_measured"
  | "dropped";

export interface ImprovementOutcome extends Omit<Improvement, "employee_id"> {
  verdict: Verdict;
  /** Of the change (see `chanceOf`); null where nothing is tested. */
  p: number | null;
  /** The last recorded period that ended by the day of the agreement. */
  before: Measurement | null;
  /** The last recorded period over that begins on the day it was due or later. */
  after: Measurement | null;
  /** The grain of both. */
  grain: Grain;
  /** The day on which the first period after the due day is over. */
  judged_from: string;
}

/** What outcomes are judged by. */
export interface OutcomeContext {
  kpis: ReadonlyMap<string, Pick<Kpi, "kind" | "direction" | "look_back">>;
  /** Periods that are compared. */
  grain: Grain;
  /** Nothing that ends later is looked at: the sheet's end. */
  end: string;
  /** The employee's values at that grain with what they were settled from, any order. */
  values: readonly KpiValue[];
  /** Grain of the reviews, and the employee's reviews by the start of their period. */
  reviewGrain: Grain;
  reviews: ReadonlyMap<string, Pick<Review, "dimensions">>;
}

/** What became of an agreed improvement by the end of a sheet's period. */
export function outcomeOf(
  { employee_id: _, ...item }: Improvement,
  context: OutcomeContext,
): ImprovementOutcome {
  const grain = item.kpi_id === null ? context.reviewGrain : context.grain;
  const judged_from = firstAfter(item.due_on, grain).end;
  const without = (verdict: Verdict) => ({
    ...item,
    grain,
    verdict,
    p: null,
    before: null,
    after: null,
    judged_from,
  });
  if (item.status === "dropped") return without("dropped");
  if (item.kpi_id !== null)
    return { ...item, grain, ...outcomeOfKpi(item.kpi_id, item, context), judged_from };
  if (item.dimension !== null)
    return { ...item, grain, ...outcomeOfDimension(item.dimension, item, context), judged_from };
  return without("not_measured");
}

type Judged = Pick<ImprovementOutcome, "verdict" | "p" | "before" | "after">;
type Days = Pick<Improvement, "agreed_on" | "due_on">;

function outcomeOfKpi(id: string, days: Days, { kpis, values, grain, end }: OutcomeContext): Judged {
  const over = values
    .filter(
      (value) => value.kpi_id === id && value.grain === grain && value.period_end <= end && !value.partial,
    )
    .sort((one, other) => (one.period_start < other.period_start ? -1 : 1));
  const isRecorded = ({ reason }: KpiValue) => reason === null || reason === "no_cases";
  const last = (some: readonly KpiValue[]) => some.findLast(isRecorded) ?? some.at(-1) ?? null;
  const earlier = last(over.filter(({ period_end }) => period_end <= days.agreed_on));
  const later = last(over.filter(({ period_start }) => period_start >= days.due_on));
  const before = earlier && measured(earlier);
  const after = later && measured(later);
  const isRunning = values.some(({ partial, period_start }) => partial && period_start >= days.due_on);
  if (firstAfter(days.due_on, grain).end > end || (!later && isRunning))
    return { verdict: "still_running", p: null, before, after: null };
  const without = (verdict: Verdict) => ({ verdict, p: null, before, after });
  const kpi = kpis.get(id);
  if (!kpi || !before || !after || earlier?.value == null || later?.value == null) return without("no_data");
  if (earlier.incomplete || later.incomplete) return without("incomplete");
  if (!isFinal(earlier) || !isFinal(later)) return without("immature");
  const { change, p } = changeOf(kpi, final(earlier), final(later));
  return { verdict: change, p, before, after };
}

const final = ({ settled, value, ...row }: KpiValue & { value: number }) => ({
  components: settled?.components ?? null,
  value,
  period: periodIn(row),
});

/** A dimension has no test, which would tell how far a handful of raters are apart; its figures stand without a verdict. */
function outcomeOfDimension(
  dimension: string,
  days: Days,
  { reviews, reviewGrain: grain, end }: OutcomeContext,
): Judged {
  const measurements = [...reviews]
    .map(([start, { dimensions }]): Measurement => {
      const score = dimensions.find((each) => each.dimension === dimension)?.score ?? null;
      return { period: periodOf(start, grain), value: score, low: null, high: null, n: null, reason: null };
    })
    .filter(({ period, value }) => period.end <= end && value !== null)
    .sort((one, other) => (one.period.start < other.period.start ? -1 : 1));
  const before = measurements.findLast(({ period }) => period.end <= days.agreed_on) ?? null;
  const after = measurements.findLast(({ period }) => period.start >= days.due_on) ?? null;
  if (firstAfter(days.due_on, grain).end > end)
    return { verdict: "still_running", p: null, before, after: null };
  return { verdict: before && after ? "no_test" : "no_data", p: null, before, after };
}

/** The first period of a grain that begins on a day or later. */
function firstAfter(day: string, grain: Grain): Period {
  const period = periodOf(day, grain);
  return period.start === day ? period : periodOf(period.end, grain);
}

const periodIn = ({
  grain,
  period_start: start,
  period_end: end,
}: Pick<KpiValue, "grain" | "period_start" | "period_end">): Period => ({ grain, start, end });

const measured = (row: KpiValue): Measurement => ({
  period: periodIn(row),
  value: row.value,
  low: row.low,
  high: row.high,
  n: row.n,
  reason: row.settled?.reason ?? null,
});
