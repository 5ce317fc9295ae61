import type { Kpi } from "../catalogue/kpis.js";
import { type Target, targetOf } from "../catalogue/targets.js";
import { noPercentiles, type Percentiles } from "../statistics/percentiles.js";
import type { Language } from "../words/languages.js";
import { toldReason } from "../words/toldReason.js";
import { chanceOf, isTrailing, sideOf } from "./chance.js";
import { type Coverage, firstOf, isFinal, type Reason, type ReasonCode } from "./coverage.js";
import { partOf } from "./part.js";
import { comparedStart, type Grain, type Period, periodsBetween, type roles } from "./periods.js";
import type { KpiQuestion, KpiRequest } from "./request.js";
import { type Known, mayCompare, type Settled, type Settling, settleIn } from "./settle.js";
import { type StatusCode, statusOf } from "./status.js";
import { type Components, measure, noCases } from "./value.js";

/** The components of one window and group, as a query gives them. */
export interface Cell extends Components {
  /** The period itself, or its days up to where the partial period stands. */
  role: (typeof roles)[number];
  start: string;
  /** The values of the question's `by` dimensions, in order. */
  group: readonly string[];
  percentiles?: Percentiles;
}

/** One value as the command line and the pages show it. */
export interface KpiValue extends Partial<Percentiles> {
  kpi_id: string;
  grain: Grain;
  period_start: string;
  period_end: string;
  by: Record<string, string | null>;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number;
  low: number | null;
  high: number | null;
  /** Cases that still lack the time the KPI waits for. */
  open?: number;
  mature: boolean;
  partial: boolean;
  /** Not all that the value is made of is recorded: it is no signal. */
  incomplete: boolean;
  compare: Comparison | null;
  /** Why there is no value, or `incomplete`; null for a value that is at most partial or immature. */
  reason: ReasonCode | null;
  /** The reason in words, naming table, column or day. */
  reason_text: string | null;
  /** The target in force for this grain and part, in the KPI's machine unit. */
  target: number | null;
  /** How the value stands to it, and whether the 95 % interval lies wholly on that side (see `statusOf`). */
  status: StatusCode | null;
  sure: boolean | null;
  /** What it was settled from, where the request asks for it. */
  settled?: Settled;
}

/** The other value and the difference to it; there is none where nothing may be compared. */
export interface Comparison {
  value: number;
  delta: number;
  /** Of the other value; null where that is not above 0, as growth is. */
  relative: number | null;
  /** Of chance alone (see `chanceOf`): at most 0.05 is more than chance; null where there is no test. */
  p: number | null;
}

/** What a question's cells are read with. */
export interface AnswerContext extends Known {
  coverage: Coverage;
  /** Of the reasons' words. */
  language: Language;
  targets: readonly Target[];
  /** Groups to answer for beside those with a case in the periods asked for. */
  known?: readonly (readonly string[])[];
}

/**
 * The values of one KPI, period by period and group by group: every group of the range in every period of it, each when it
 * is asked for, since all of them may be more than memory holds. Without `from` the range begins with the record; without
 * `to` it ends with the period of `as_of`.
 */
export function* answer(
  { kpi, by, where }: KpiQuestion,
  request: KpiRequest,
  cells: readonly Cell[],
  context: AnswerContext,
): Generator<KpiValue, void, undefined> {
  const { compare, withSettled, isBare = false, withoutIntervals = isBare } = request;
  const periods = periodsAsked(request, context);
  const windows = windowsOf(cells);
  const groups = groupsOf(by, periods, windows, context.known ?? []);
  const rowIn = remembered((start: string) => {
    const [period] = periodsBetween(start, start, request.grain);
    return rowsIn(kpi, period as Period, context, withoutIntervals);
  });
  const targets = context.targets.filter(({ kpi_id }) => kpi_id === kpi.id);
  for (const period of periods) {
    const own = windows.get(windowName("period", period.start));
    const targetIn = limitsIn({ kpi, by, where }, period, targets);
    const comparedTo = compare && comparison(period, compare);
    for (const group of groups) {
      const cell = own?.get(group.key);
      if (isBare && cell === undefined && by.length > 0) continue;
      const { row, settled } = rowIn(period.start)(cell, group.by);
      row.compare = comparedTo ? comparedTo(row, group.key, cell) : null;
      const limits = withoutIntervals ? null : targetIn(group.values);
      if (limits !== null) {
        const { status, sure } = statusOf(kpi, row, limits);
        row.target = limits.target;
        row.status = status;
        row.sure = sure;
      }
      if (withSettled) row.settled = settled;
      yield row;
    }
  }

  function comparison(period: Period, compare: "previous" | "year") {
    const start = comparedStart(period, compare);
    const whole = windows.get(windowName("period", start));
    const elapsed = windows.get(windowName(`elapsed_${compare}`, start));
    return (row: KpiValue, key: string, cell: Cell | undefined): Comparison | null => {
      const other = (row.partial ? elapsed : whole)?.get(key);
      const { row: before } = rowIn(start)(whole?.get(key), row.by);
      if (!mayCompare(settling(kpi, context), inPeriod(row), inPeriod(before), context.asOfDay)) return null;
      const { value } = measure(kpi, other ?? noCases);
      if (value === null || row.value === null) return null;
      const delta = row.value - value;
      const p =
        isFinal(row) && isFinal(before)
          ? chanceOf(
              { kind: kpi.kind, trailing: isTrailing(kpi) },
              sideOf(other, { start, end: before.period_end }),
              sideOf(cell, period),
            )
          : null;
      return { value, delta, relative: value > 0 ? delta / value : null, p };
    };
  }
}

/** What cells of a window, and of a group, are found by. */
export const windowName = (role: Cell["role"], start: string) => `${role} ${start}`;
export const groupKey = (group: readonly (string | null)[]) =>
  group.map((value) => value ?? "").join("\u001f");

/** Cells by window and group. */
export function windowsOf(cells: readonly Cell[]): Map<string, Map<string, Cell>> {
  const windows = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const name = windowName(cell.role, cell.start);
    const window = windows.get(name) ?? new Map<string, Cell>();
    window.set(groupKey(cell.group), cell);
    windows.set(name, window);
  }
  return windows;
}

/** The groups that have a case in any of the periods or are known, in the order of their values. */
function groupsOf(
  by: KpiQuestion["by"],
  periods: readonly Period[],
  windows: ReadonlyMap<string, ReadonlyMap<string, Cell>>,
  known: readonly (readonly string[])[],
) {
  const found = new Map<string, readonly (string | null)[]>(known.map((group) => [groupKey(group), group]));
  for (const { start } of periods)
    for (const [key, { group }] of windows.get(windowName("period", start)) ?? []) found.set(key, group);
  const noGroup: (string | null)[] = by.map(() => null);
  if (found.size === 0) found.set(groupKey(noGroup), noGroup);
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, values]) => ({
      key,
      values,
      by: Object.fromEntries(by.map(({ name }, index) => [name, values[index] ?? null])),
    }));
}

/** The target of each group in a period: one for all where none is a part's own. */
function limitsIn(
  { kpi, by, where }: KpiQuestion,
  { grain, end }: Period,
  targets: readonly Target[],
): (group: readonly (string | null)[]) => Target | null {
  const limitsOf = (group: readonly (string | null)[]) => {
    const part = partOf(kpi, [
      ...where,
      ...by.map(({ dimension }, index) => [dimension, [group[index] ?? ""]] as const),
    ]);
    return targetOf(targets, kpi, grain, end, part);
  };
  if (targets.some(({ scope_dimension }) => scope_dimension !== null)) return limitsOf;
  const limits = limitsOf([]);
  return () => limits;
}

/** The rows of a period, still without comparison and target. The order of the keys is part of the format. */
function rowsIn(
  kpi: Kpi,
  period: Period,
  context: AnswerContext,
  withoutIntervals: boolean,
): (cell: Cell | undefined, by: KpiValue["by"]) => { row: KpiValue; settled: Settled } {
  const settleOf = settleIn(settling(kpi, context), period, context);
  const told = remembered((reason: Reason | null) => toldReason(reason, context.language));
  return (cell, by) => {
    const settled = settleOf(cell);
    const { components, reason } = settled;
    const row: KpiValue = {
      kpi_id: kpi.id,
      grain: period.grain,
      period_start: period.start,
      period_end: period.end,
      by,
      value: settled.value,
      ...shownOf(kpi, settled),
      low: withoutIntervals ? null : settled.low,
      high: withoutIntervals ? null : settled.high,
      ...(kpi.percentiles ? ((components && cell?.percentiles) ?? noPercentiles) : {}),
      ...(kpi.matures ? { open: components?.awaiting ?? 0 } : {}),
      mature: settled.mature,
      partial: settled.partial,
      incomplete: settled.incomplete,
      compare: null,
      ...told(reason),
      target: null,
      status: null,
      sure: null,
    };
    return { row, settled };
  };
}

/** What a value is made of as it is shown; a count, and a sum, is over nothing. */
export function shownOf(
  { kind }: Pick<Kpi, "kind">,
  { components }: Pick<Settled, "components">,
): Pick<KpiValue, "numerator" | "denominator" | "n"> {
  const isCount = kind === "count" || kind === "sum";
  return {
    numerator: components && orNull(components.numerator),
    denominator: components && !isCount ? orNull(components.denominator) : null,
    n: components?.n ?? 0,
  };
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

/** What of a KPI decides its values. */
export const settling = (
  { horizon_days, matures, ...kpi }: Pick<Kpi, "kind" | "range" | "horizon_days" | "matures">,
  { coverage }: Pick<AnswerContext, "coverage">,
): Settling => ({ ...kpi, horizon_days: horizon_days ?? null, matures: matures ?? null, coverage });

const orNull = (value: number) => (Number.isFinite(value) ? value : null);

function periodsAsked({ from, to, grain }: KpiRequest, { asOfDay, coverage }: AnswerContext): Period[] {
  const last = to ?? asOfDay;
  const begin = firstOf(coverage, grain)?.day ?? last;
  return periodsBetween(from ?? [begin, last].sort()[0] ?? last, last, grain);
}

/** A value for `mayCompare`. */
export const inPeriod = ({ grain, period_start: start, period_end: end, ...row }: KpiValue) => ({
  ...row,
  grain,
  start,
  end,
});
