import { chanceOf, moreThanChance, type Side } from "../../src/kpi/chance.js";
import { firstOf, isFinal, isUnshown, type Reason, tooFew } from "../../src/kpi/coverage.js";
import { addDays, addMonths, daysBetween } from "../../src/kpi/periods.js";
import { type Known, mayCompare, settleIn } from "../../src/kpi/settle.js";
import { measure, noCases } from "../../src/kpi/value.js";
import type { Build, Grain, Kpi, Role } from "../../src/published/siteTypes.js";
import { cellIn } from "./cells.js";
import { type Cells, type Cube, separator, sumsOf } from "./cube.js";
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
    groupedSeries(build, kpi, cube, selection, []).get("") ??
    pointsOf(build, kpi, framesOf(build, kpi, selection.grain), new Map())
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
  const groups = new Map<string, Cells>();
  for (const { words, cell } of sumsOf(cube, where, ["role", "grain", "period_start", ...by])) {
    const [role, rowGrain, start, ...rest] = words;
    const group = rest.join(separator);
    const slots: Cells = groups.get(group) ?? new Map();
    groups.set(group, slots);
    slots.set(`${role} ${rowGrain} ${start}`, cell);
  }
  if (kpi.numerator_dimensions.includes(where.by?.[0] ?? "")) shareDenominators([...groups.values()]);
  const frames = framesOf(build, kpi, grain);
  return new Map([...groups].map(([group, slots]) => [group, pointsOf(build, kpi, frames, slots)]));
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

/** A period, and what it decides of any value in it. */
interface Frame {
  grain: Grain;
  start: string;
  end: string;
  lastDay: string;
  maturesOn: string | null;
  settled: ReturnType<typeof settleIn>;
}

/** From the period in which the record begins; of a KPI without one, the last period alone. */
function framesOf(build: Build, kpi: Kpi, grain: Grain): Frame[] {
  const all = build.periods.filter((period) => period.role === "period" && period.grain === grain);
  const first = firstOf(kpi.coverage, grain)?.day;
  const begun = !first ? [] : all.filter(({ period_end }) => period_end > first);
  const horizon = kpi.matures === "limits" ? build.limit_days : kpi.horizon_days;
  const known = knownOf(build);
  return (begun.length > 0 ? begun : all.slice(-1)).map((period) => {
    const span = { grain, start: period.period_start, end: period.period_end };
    return {
      ...span,
      get lastDay() {
        return addDays(period.cutoff_on, -1);
      },
      get maturesOn() {
        return horizon === null ? null : addDays(period.period_end, horizon);
      },
      settled: settleIn(kpi, span, known),
    };
  });
}

function pointsOf(build: Build, kpi: Kpi, frames: readonly Frame[], slots: Cells): Point[] {
  const points: Point[] = [];
  const byStart = new Map<string, Point>();
  for (const [index, frame] of frames.entries()) {
    const point = pointOf(build, kpi, frame, slots, {
      previous: () => compared(point, "elapsed_previous", points[index - 1]),
      lastYear: () => compared(point, "elapsed_year", byStart.get(addMonths(point.start, -12))),
    });
    points.push(point);
    byStart.set(point.start, point);
  }
  return points;
  function compared(point: Point, role: Role, other: Point | undefined): Compared {
    const unshown = { difference: null, reason: tooFew(build.min_cell, kpi.contributors) };
    if (isUnshown(point)) return unshown;
    if (!other || !mayCompare(kpi, point, other, build.as_of_on)) return { difference: null, reason: null };
    const elapsed = slots.get(`${role} ${point.grain} ${other.start}`);
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

/** What comes of `work`, done when it is first asked for: of a thousand points a page tells some. */
function once<T extends object>(work: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= work();
    return known;
  };
}

function pointOf(
  build: Build,
  kpi: Kpi,
  frame: Frame,
  slots: Cells,
  compared: Record<"previous" | "lastYear", () => Compared>,
): Point {
  const { grain, start, end, settled } = frame;
  const window = { role: "period", grain, start } as const;
  const found = cellIn(kpi, window, (own, day) => slots.get(`period ${own} ${day}`));
  const unshown = found === null ? tooFew(build.min_cell, kpi.contributors) : null;
  const own = settled(found ?? undefined, unshown);
  const { components, value, partial, mature, incomplete, reason } = own;
  const { numerator, denominator, n, sumSq, awaiting } = components ?? noCases;
  const previous = once(compared.previous);
  const lastYear = once(compared.lastYear);
  return {
    value,
    get low() {
      return own.low;
    },
    get high() {
      return own.high;
    },
    partial,
    mature,
    incomplete,
    reason,
    grain,
    start,
    end,
    numerator,
    denominator,
    n,
    sumSq,
    awaiting,
    get lastDay() {
      return frame.lastDay;
    },
    get maturesOn() {
      return frame.maturesOn;
    },
    get previous() {
      return previous().difference;
    },
    get lastYear() {
      return lastYear().difference;
    },
    get previousReason() {
      return previous().reason;
    },
    get lastYearReason() {
      return lastYear().reason;
    },
  };
}

const knownOf = (build: Build): Known => ({
  asOf: { at: build.as_of_at, limitsPassedAt: build.limits_passed_at, timeZone: build.time_zone },
  asOfDay: build.as_of_on,
});

/** @param whole the other period, where both are whole: only then is there a test */
function difference(kpi: Kpi, point: Point, other: Measured, whole: Point | null): Difference | null {
  if (point.value === null || other.value === null) return null;
  // Of some hundred differences a page tells a few.
  let known: number | null | undefined;
  const chance = () => {
    if (known === undefined)
      known = isFinal(point) && isFinal(whole) ? chanceOf(kpi, sideOf(whole), sideOf(point)) : null;
    return known;
  };
  return {
    value: other.value,
    get low() {
      return other.low ?? null;
    },
    get high() {
      return other.high ?? null;
    },
    delta: point.value - other.value,
    get p() {
      return chance();
    },
    get certain() {
      return moreThanChance(chance());
    },
  };
}

const sideOf = ({ numerator, denominator, n, sumSq, start, end }: Point): Side => ({
  numerator,
  denominator,
  n,
  sumSq,
  days: daysBetween(start, end),
});
