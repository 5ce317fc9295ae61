import { type Cube, separator, sumCube } from "./cube.js";
import type { Measured } from "./format.js";
import { addDays, addMonths, isMature } from "./kpi/periods.js";
import { type Components, measure, noCases } from "./kpi/value.js";
import type { Build, Grain, Kpi, Period, Role } from "./siteTypes.js";

export { addDays };

/** A KPI's value in one period, with all that a chart or a table says about it. */
export interface Point extends Measured {
  value: number | null;
  low: number | null;
  high: number | null;
  numerator: number;
  denominator: number;
  n: number;
  awaiting: number;
  grain: Grain;
  start: string;
  end: string;
  /** The last day included, for a partial period. */
  lastDay: string;
  partial: boolean;
  mature: boolean;
  /** The day from which the value is final, where a horizon says so. */
  maturesOn: string | null;
  previous: Difference | null;
  lastYear: Difference | null;
}

/** The difference of a value to another period's, in the KPI's machine unit. */
export interface Difference {
  value: number;
  low: number | null;
  high: number | null;
  delta: number;
  /** Whether 0 lies outside the difference's 95 % interval; null where the values carry no interval. */
  certain: boolean | null;
}

export interface Selection {
  grain: Grain;
  /** Column → accepted words. */
  where?: Readonly<Record<string, readonly string[]>>;
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
  const groups = new Map<string, Map<string, Components>>();
  for (const [key, components] of sums) {
    const [role, rowGrain, start, ...rest] = key.split(separator);
    const group = rest.join(separator);
    const slots = groups.get(group) ?? new Map<string, Components>();
    groups.set(group, slots);
    slots.set(`${role} ${rowGrain} ${start}`, components);
  }
  if (kpi.numeratorDimensions.includes(where.by?.[0] ?? "")) shareDenominators([...groups.values()]);
  return new Map([...groups].map(([group, slots]) => [group, pointsOf(build, kpi, grain, slots)]));
}

/** A value of a dimension that only the numerator has is 0, not unknown, where other values have cases. */
function shareDenominators(groups: readonly Map<string, Components>[]): void {
  for (const group of groups) {
    for (const [slot, { denominator, n }] of group) {
      for (const other of groups) {
        if (!other.has(slot)) other.set(slot, { ...noCases, denominator, n });
      }
    }
  }
}

function pointsOf(build: Build, kpi: Kpi, grain: Grain, slots: Map<string, Components>): Point[] {
  const periods = build.periods.filter((period) => period.role === "period" && period.grain === grain);
  const found = periods.map((period) => componentsOf(kpi, period, slots));
  const first = found.findIndex((components) => components !== null);
  const points = periods.map((period, index) => {
    const isEmptyCount = (kpi.kind === "count" || kpi.kind === "sum") && first >= 0 && index > first;
    return pointOf(build, kpi, period, found[index] ?? (isEmptyCount ? noCases : null));
  });
  points.forEach((point, index) => {
    const yearBefore = addMonths(point.start, -12);
    const previous = points[index - 1] ?? null;
    const lastYear = points.find(({ start }) => start === yearBefore) ?? null;
    if (point.partial) {
      point.previous = difference(point, elapsed("elapsed_previous", previous));
      point.lastYear = difference(point, elapsed("elapsed_year", lastYear));
    } else {
      point.previous = difference(point, previous);
      point.lastYear = difference(point, lastYear);
    }
  });
  function elapsed(role: Role, other: Point | null): Measured | null {
    const components = other && slots.get(`${role} ${grain} ${other.start}`);
    return components ? measure(kpi, components) : null;
  }
  return points.slice(Math.max(0, first));
}

function pointOf(build: Build, kpi: Kpi, period: Period, components: Components | null): Point {
  const horizon = kpi.matures === "limits" ? build.limit_days : kpi.horizonDays;
  const measured = components ? measure(kpi, components) : { value: null, low: null, high: null };
  const { numerator, denominator, n, awaiting } = components ?? noCases;
  const span = { grain: period.grain, start: period.period_start, end: period.period_end };
  const asOf = { at: build.as_of_at, limitsPassedAt: build.limits_passed_at, timeZone: build.time_zone };
  const waits = { horizonDays: kpi.horizonDays ?? 0, matures: kpi.matures };
  return {
    ...measured,
    numerator,
    denominator,
    n,
    awaiting,
    grain: period.grain,
    start: period.period_start,
    end: period.period_end,
    lastDay: addDays(period.cutoff_on, -1),
    partial: period.is_partial,
    mature: isMature(span, asOf, waits, awaiting),
    maturesOn: horizon === null ? null : addDays(period.period_end, horizon),
    previous: null,
    lastYear: null,
  };
}

/** KPIs that add up over time are stored by month only. */
function componentsOf(kpi: Kpi, period: Period, slots: Map<string, Components>): Components | null {
  if (!kpi.additive) return slots.get(`period ${period.grain} ${period.period_start}`) ?? null;
  let total: Components | null = null;
  for (let month = period.period_start; month < period.period_end; month = addMonths(month, 1)) {
    const part = slots.get(`period month ${month}`);
    if (!part) continue;
    total ??= { ...noCases };
    total.numerator += part.numerator;
    total.denominator += part.denominator;
    total.n += part.n;
    total.sumSq += part.sumSq;
    total.awaiting += part.awaiting;
  }
  return total;
}

/** Newcombe's way of joining two intervals into that of a difference (MOVER; Zou and Donner 2008). */
function difference(point: Measured, other: Measured | null): Difference | null {
  if (point.value === null || !other || other.value === null) return null;
  const delta = point.value - other.value;
  const base = { value: other.value, low: other.low ?? null, high: other.high ?? null, delta };
  if (point.low == null || point.high == null || other.low == null || other.high == null) {
    return { ...base, certain: null };
  }
  const low = delta - Math.hypot(point.value - point.low, other.high - other.value);
  const high = delta + Math.hypot(point.high - point.value, other.value - other.low);
  return { ...base, certain: low > 0 || high < 0 };
}
