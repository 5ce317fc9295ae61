import type { Kpi } from "./catalogue.js";
import { chanceOf, isTrailing, sideOf } from "./chance.js";
import { type Coverage, firstOf, isFinal, type ReasonCode } from "./coverage.js";
import { partOf } from "./part.js";
import { comparedStart, type Grain, type Period, periodsBetween } from "./periods.js";
import type { KpiQuestion, KpiRequest } from "./request.js";
import { type Known, mayCompare, type Settled, type Settling, settle } from "./settle.js";
import { type StatusCode, statusOf } from "./status.js";
import { type Target, targetOf } from "./targets.js";
import { toldReason } from "./toldReason.js";
import { type Components, measure, noCases } from "./value.js";

/** The components of one window and group, as a query gives them. */
export interface Cell extends Components {
  /** The period itself, or its days up to where the partial period stands. */
  role: "period" | "elapsed_previous" | "elapsed_year";
  start: string;
  /** The values of the question's `by` dimensions, in order. */
  group: readonly string[];
  median?: number | null;
  p90?: number | null;
}

/** One value as the command line and the pages show it. */
export interface KpiValue {
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
  median?: number | null;
  p90?: number | null;
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
  relative: number | null;
  /** Of chance alone (see `chanceOf`): at most 0.05 is more than chance; null where there is no test. */
  p: number | null;
}

/** What a question's cells are read with. */
export interface AnswerContext extends Known {
  coverage: Coverage;
  /** Of the reasons' words. */
  language: "zh" | "en";
  targets: readonly Target[];
}

/**
 * The values of one KPI, period by period and group by group: every group of the range in every period of it. Without
 * `from` the range begins with the record; without `to` it ends with the
 * period of `as_of`.
 */
export function answer(
  { kpi, by, where }: KpiQuestion,
  request: KpiRequest,
  cells: readonly Cell[],
  context: AnswerContext,
): KpiValue[] {
  const periods = periodsAsked(request, context);
  const starts = new Set(periods.map(({ start }) => start));
  const groups = new Map<string, readonly (string | null)[]>();
  const byKey = new Map<string, Cell>();
  for (const cell of cells) {
    const key = keyOf(cell.group);
    if (cell.role === "period" && starts.has(cell.start)) groups.set(key, cell.group);
    byKey.set(`${cell.role} ${cell.start} ${key}`, cell);
  }
  const noGroup: (string | null)[] = by.map(() => null);
  if (groups.size === 0) groups.set(keyOf(noGroup), noGroup);
  const ordered = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  const { compare } = request;

  return periods.flatMap((period) =>
    ordered.map(([key, group]) => {
      const names = by.map(({ name }, index) => [name, group[index] ?? null] as const);
      const { row, settled } = valueRow(kpi, period, byKey.get(`period ${period.start} ${key}`), context);
      const find = (role: Cell["role"], start: string) => byKey.get(`${role} ${start} ${key}`);
      const compared = compare ? compareTo(row, period, compare, find) : null;
      const part = partOf(kpi, [
        ...where,
        ...by.map(({ dimension }, index) => [dimension, [group[index] ?? ""]] as const),
      ]);
      const limits = targetOf(context.targets, kpi, period.grain, period.end, part);
      const { status, sure } = statusOf(kpi, row, limits);
      const target = limits?.target ?? null;
      const told = { by: Object.fromEntries(names), compare: compared, target, status, sure };
      return Object.assign(row, told, request.withSettled ? { settled } : {});
    }),
  );

  function compareTo(
    row: KpiValue,
    period: Period,
    compare: "previous" | "year",
    find: (role: Cell["role"], start: string) => Cell | undefined,
  ): Comparison | null {
    const start = comparedStart(period, compare);
    const other = find(row.partial ? `elapsed_${compare}` : "period", start);
    const { row: whole } = valueRow(
      kpi,
      periodsBetween(start, start, period.grain)[0] as Period,
      find("period", start),
      context,
    );
    if (!mayCompare(settling(kpi, context), inPeriod(row), inPeriod(whole), context.asOfDay)) return null;
    const { value } = measure(kpi, other ?? noCases);
    if (value === null || row.value === null) return null;
    const delta = row.value - value;
    const sides = [
      sideOf(other, { start, end: whole.period_end }),
      sideOf(find("period", period.start), period),
    ] as const;
    const p =
      isFinal(row) && isFinal(whole)
        ? chanceOf({ kind: kpi.kind, trailing: isTrailing(kpi) }, ...sides)
        : null;
    return { value, delta, relative: value === 0 ? null : delta / value, p };
  }
}

/** The order of the keys is part of the format. */
function valueRow(
  kpi: KpiQuestion["kpi"],
  period: Period,
  cell: Cell | undefined,
  context: AnswerContext,
): { row: KpiValue; settled: Settled } {
  const isCount = kpi.kind === "count" || kpi.kind === "sum";
  const settled = settle(settling(kpi, context), period, cell, context);
  const { components, reason } = settled;
  const ofCell = (key: "median" | "p90") => (components && cell?.[key]) ?? null;
  const row: KpiValue = {
    kpi_id: kpi.id,
    grain: period.grain,
    period_start: period.start,
    period_end: period.end,
    by: {},
    value: settled.value,
    numerator: components && orNull(components.numerator),
    denominator: components && !isCount ? orNull(components.denominator) : null,
    n: components?.n ?? 0,
    low: settled.low,
    high: settled.high,
    ...(kpi.percentiles ? { median: ofCell("median"), p90: ofCell("p90") } : {}),
    ...(kpi.matures ? { open: components?.awaiting ?? 0 } : {}),
    mature: settled.mature,
    partial: settled.partial,
    incomplete: settled.incomplete,
    compare: null,
    ...toldReason(reason, context.language),
    target: null,
    status: null,
    sure: null,
  };
  return { row, settled };
}

/** What of a KPI decides its values. */
export const settling = (
  { horizon_days, matures, ...kpi }: Pick<Kpi, "kind" | "range" | "horizon_days" | "matures">,
  { coverage }: Pick<AnswerContext, "coverage">,
): Settling => ({ ...kpi, horizonDays: horizon_days ?? null, matures: matures ?? null, coverage });

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

const keyOf = (group: readonly (string | null)[]) => group.map((value) => value ?? "").join("\u001f");
