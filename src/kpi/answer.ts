import {
  type AsOf,
  comparedStart,
  type Grain,
  isMature,
  isPartial,
  type Period,
  periodsBetween,
} from "./periods.js";
import type { KpiQuestion, KpiRequest } from "./request.js";
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
  compare: Comparison | null;
  /** Why there is no data. */
  reason?: string;
}

export interface Comparison {
  value: number | null;
  delta: number | null;
  relative: number | null;
}

/** What a question's cells are read with. */
export interface AnswerContext {
  asOf: AsOf;
  /** The last day included. */
  asOfDay: string;
  /** The first day of the first period of the grain that has cases at all, or null where the KPI has none. */
  first: string | null;
  /** The contract tables the KPI lacks. */
  missing: readonly string[];
}

/**
 * The values of one KPI, period by period and group by group: every group of the range in every period of it. Without
 * `from` the range begins with the first period that has cases, without `to` it ends with the period of `as_of`.
 */
export function answer(
  { kpi, by }: KpiQuestion,
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

  return periods.flatMap((period) =>
    ordered.map(([key, group]) => {
      const names = by.map(({ name }, index) => [name, group[index] ?? null] as const);
      const cell = byKey.get(`period ${period.start} ${key}`);
      const row = valueRow(kpi, period, cell, context);
      const compare =
        request.compare && compareTo(row, byKey.get(otherKey(row, period, request.compare, key)));
      return Object.assign(row, { by: Object.fromEntries(names), compare: compare ?? null });
    }),
  );

  function otherKey(row: KpiValue, period: Period, compare: "previous" | "year", key: string): string {
    const role = row.partial ? `elapsed_${compare}` : "period";
    return `${role} ${comparedStart(period, compare)} ${key}`;
  }

  function compareTo(row: KpiValue, other: Cell | undefined): Comparison {
    const start = comparedStart(
      { grain: request.grain, start: row.period_start, end: row.period_end },
      request.compare ?? "previous",
    );
    const hasData = other ?? (countsFrom(start, context) ? noCases : undefined);
    const value = hasData && context.missing.length === 0 ? measure(kpi, hasData).value : null;
    if (value === null || row.value === null) return { value, delta: null, relative: null };
    const delta = row.value - value;
    return { value, delta, relative: value === 0 ? null : delta / value };
  }
}

/** The order of the keys is part of the format. */
function valueRow(
  kpi: KpiQuestion["kpi"],
  period: Period,
  cell: Cell | undefined,
  context: AnswerContext,
): KpiValue {
  const isCount = kpi.kind === "count" || kpi.kind === "sum";
  const hasBegun = isCount ? countsFrom(period.start, context) : period.start <= context.asOfDay;
  const knows = context.missing.length === 0 && (cell !== undefined || hasBegun);
  const components = cell ?? noCases;
  const measured = knows ? measure(kpi, components) : { value: null, low: null, high: null };
  return {
    kpi_id: kpi.id,
    grain: period.grain,
    period_start: period.start,
    period_end: period.end,
    by: {},
    value: measured.value,
    numerator: knows ? orNull(components.numerator) : null,
    denominator: knows && !isCount ? orNull(components.denominator) : null,
    n: components.n,
    low: measured.low,
    high: measured.high,
    ...(kpi.percentiles ? { median: cell?.median ?? null, p90: cell?.p90 ?? null } : {}),
    ...(kpi.matures ? { open: components.awaiting } : {}),
    mature: isMature(period, context.asOf, waitsOf(kpi), components.awaiting),
    partial: isPartial(period, context.asOf),
    compare: null,
    ...(context.missing.length > 0 ? { reason: `no data: table ${context.missing.join(", ")} missing` } : {}),
  };
}

const waitsOf = ({ horizon_days, matures }: KpiQuestion["kpi"]) => ({
  horizonDays: horizon_days ?? 0,
  matures: matures ?? null,
});

const orNull = (value: number) => (Number.isFinite(value) ? value : null);

/** Whether a period without cases counts as none of them rather than as unknown. */
function countsFrom(start: string, { first, asOfDay }: AnswerContext): boolean {
  return first !== null && start >= first && start <= asOfDay;
}

function periodsAsked({ from, to, grain }: KpiRequest, { first, asOfDay }: AnswerContext): Period[] {
  const last = to ?? asOfDay;
  return periodsBetween(from ?? (first !== null && first < last ? first : last), last, grain);
}

const keyOf = (group: readonly (string | null)[]) => group.map((value) => value ?? "").join("\u001f");
