import { chanceOf, moreThanChance, type Side } from "../../src/kpi/chance.js";
import { firstOf, isFinal, isUnshown, type Reason, tooFew } from "../../src/kpi/coverage.js";
import { addDays, addMonths, daysBetween } from "../../src/kpi/periods.js";
import { type Known, mayCompare, settle } from "../../src/kpi/settle.js";
import { measure, noCases } from "../../src/kpi/value.js";
import type { Build, Grain, Kpi, Period, Role } from "../../src/published/siteTypes.js";
import { cellIn } from "./cells.js";
import { type Cells, type Cube, separator, sumCube } from "./cube.js";
import type { Measured } from "./format.js";

/** A KPI's value in one period, with all that a chart or a table says about it. */
export interface Point extends Measured {
  value: number | null;
  low: number | null;
  high: number | null;
  numerator: number;
  denominator: number;
  n: number;
  sumSq: number;
  awaiting: number;
  grain: Grain;
  start: string;
  end: string;
  /** The last day included, for a partial period. */
  lastDay: string;
  partial: boolean;
  mature: boolean;
  /** Not all that the value is made of is recorded: it is no signal. */
  incomplete: boolean;
  /** Why there is no value, or why it is incomplete. */
  reason: Reason | null;
  /** The day from which the value is final, where a horizon says so. */
  maturesOn: string | null;
  previous: Difference | null;
  lastYear: Difference | null;
  /** Why there is no such difference, where what it needs is not shown. */
  previousReason: Reason | null;
  lastYearReason: Reason | null;
}

/** The difference of a value to another period's, in the KPI's machine unit. */
export interface Difference {
  value: number;
  low: number | null;
  high: number | null;
  delta: number;
  /** Of chance alone (see `chanceOf`); null where there is no test, or a value is no signal. */
  p: number | null;
  /** Whether the change is more than chance. */
  certain: boolean | null;
}

export interface Selection {
  grain: Grain;
  /** Column → the word wanted. */
  where?: Readonly<Record<string, readonly [string]>>;
}

/** The values of one KPI over all periods of a grain, oldest first. */
export function seriesOf(build: Build, kpi: Kpi, cube: Cube, selection: Selection): Point[] {
  return (
    groupedSeries(build, kpi, cube, selection, []).get("") ?? pointsOf(build, kpi, selection.grain, new Map())
  );
}

/** The same for each combination of the `by` columns; keys as in `sumCube`. */
export function groupedSeries(
  build: Build,
  kpi: Kpi,
  cube: Cube,
  { grain, where = {} }: Selection,
  by: readonly string[],
): Map<string, Point[]> {
  const sums = sumCube(cube, where, ["role", "grain", "period_start", ...by]);
  const groups = new Map<string, Cells>();
  for (const [key, cell] of sums) {
    const [role, rowGrain, start, ...rest] = key.split(separator);
    const group = rest.join(separator);
    const slots: Cells = groups.get(group) ?? new Map();
    groups.set(group, slots);
    slots.set(`${role} ${rowGrain} ${start}`, cell);
  }
  if (kpi.numerator_dimensions.includes(where.by?.[0] ?? "")) shareDenominators([...groups.values()]);
  return new Map([...groups].map(([group, slots]) => [group, pointsOf(build, kpi, grain, slots)]));
}

/** A value of a dimension that only the numerator has is 0, not unknown, where other values have cases. */
function shareDenominators(groups: readonly Cells[]): void {
  for (const group of groups) {
    for (const [slot, cell] of group) {
      if (!cell) continue;
      const { denominator, n } = cell;
      for (const other of groups) {
        if (!other.has(slot)) other.set(slot, { ...noCases, denominator, n });
      }
    }
  }
}

/** From the period in which the record begins; of a KPI without one, the last period alone. */
function pointsOf(build: Build, kpi: Kpi, grain: Grain, slots: Cells): Point[] {
  const all = build.periods.filter((period) => period.role === "period" && period.grain === grain);
  const first = firstOf(kpi.coverage, grain)?.day;
  const begun = !first ? [] : all.filter(({ period_end }) => period_end > first);
  const periods = begun.length > 0 ? begun : all.slice(-1);
  const points = periods.map((period) => pointOf(build, kpi, period, slots));
  for (const [index, point] of points.entries()) {
    const yearBefore = addMonths(point.start, -12);
    const previous = compared(point, "elapsed_previous", points[index - 1]);
    const lastYear = compared(
      point,
      "elapsed_year",
      points.find(({ start }) => start === yearBefore),
    );
    [point.previous, point.previousReason] = [previous.difference, previous.reason];
    [point.lastYear, point.lastYearReason] = [lastYear.difference, lastYear.reason];
  }
  return points;
  function compared(point: Point, role: Role, other: Point | undefined): Compared {
    const unshown = { difference: null, reason: tooFew(build.min_cell, kpi.contributors) };
    if (isUnshown(point)) return unshown;
    if (!other || !mayCompare(kpi, point, other, build.as_of_on)) return { difference: null, reason: null };
    const elapsed = slots.get(`${role} ${grain} ${other.start}`);
    if (point.partial ? elapsed === null : isUnshown(other)) return unshown;
    const made = point.partial
      ? difference(kpi, point, measure(kpi, elapsed ?? noCases), null)
      : difference(kpi, point, other, other);
    return { difference: made, reason: null };
  }
}

interface Compared {
  difference: Difference | null;
  reason: Reason | null;
}

function pointOf(build: Build, kpi: Kpi, period: Period, slots: Cells): Point {
  const window = { role: "period", grain: period.grain, start: period.period_start } as const;
  const found = cellIn(kpi, window, (grain, start) => slots.get(`period ${grain} ${start}`));
  const unshown = found === null ? tooFew(build.min_cell, kpi.contributors) : null;
  const horizon = kpi.matures === "limits" ? build.limit_days : kpi.horizon_days;
  const span = { grain: period.grain, start: period.period_start, end: period.period_end };
  const { components, ...settled } = settle(kpi, span, found ?? undefined, knownOf(build), unshown);
  const { numerator, denominator, n, sumSq, awaiting } = components ?? noCases;
  return {
    ...settled,
    ...span,
    numerator,
    denominator,
    n,
    sumSq,
    awaiting,
    lastDay: addDays(period.cutoff_on, -1),
    maturesOn: horizon === null ? null : addDays(period.period_end, horizon),
    previous: null,
    lastYear: null,
    previousReason: null,
    lastYearReason: null,
  };
}

const knownOf = (build: Build): Known => ({
  asOf: { at: build.as_of_at, limitsPassedAt: build.limits_passed_at, timeZone: build.time_zone },
  asOfDay: build.as_of_on,
});

/** @param whole the other period, where both are whole: only then is there a test */
function difference(kpi: Kpi, point: Point, other: Measured, whole: Point | null): Difference | null {
  if (point.value === null || other.value === null) return null;
  const p = isFinal(point) && isFinal(whole) ? chanceOf(kpi, sideOf(whole), sideOf(point)) : null;
  return {
    value: other.value,
    low: other.low ?? null,
    high: other.high ?? null,
    delta: point.value - other.value,
    p,
    certain: moreThanChance(p),
  };
}

const sideOf = (point: Point): Side => ({ ...point, days: daysBetween(point.start, point.end) });
