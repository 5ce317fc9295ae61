import { addDays, earlier, type Grain, type Period, periodOf } from "./periods.js";

/** Why a value is absent, or not to be taken at its face, in the order in which the first counts. */
export const reasonCodes = [
  "no_table",
  "no_column",
  "no_kind",
  "day_precision",
  "before_record",
  "after_record",
  "few",
  "no_cases",
  "incomplete",
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

/** Who a KPI's cases are of. */
export type Contributors = "customers" | "employees" | "leads";

/** A reason with what it names. */
export interface Reason {
  code: ReasonCode;
  /** Tables, columns, kinds of row or conditions; alternatives joined by `|`. */
  names: readonly string[];
  /** The table whose record ends where the reason begins. */
  table?: string;
  /** The first day recorded, or the last one. */
  day?: string;
  /** The look-back that reaches beyond it. */
  lookBack?: { days: number; months: number };
  /** Which end of the record it is. */
  end?: "from" | "to";
  /** The other period that had no case, or nothing to grow from. */
  against?: "previous" | "year";
  /** Of no cases: those of a month, all of which it takes; or there are some, and what they are divided by is not above 0. */
  lacks?: "month" | "base";
  /** How many contributors what is published is of at least. */
  fewest?: { count: number; of: Contributors };
}

/** That a published table withholds a value, because it is of few or gives one away that is. */
export const tooFew = (count: number, of: Contributors | null): Reason => ({
  code: "few",
  names: [],
  fewest: { count, of: of ?? "customers" },
});

/** Whether there is a value that is not shown, which is not the same as none. */
export const isUnshown = (point: { reason: Reason | null } | null | undefined): boolean =>
  point?.reason?.code === "few";

/** An end of a record: the day, and the table that sets it. */
export interface Edge {
  table: string;
  day: string;
}

/** What a build found recorded of a KPI. */
export interface Coverage {
  /** Why no period has a value: what the KPI needs and the extract has not. */
  lacking: Reason | null;
  /** The first day that all its event tables cover; null where its cases alone say. */
  from: Edge | null;
  /** The first day that they do no longer cover, where that comes before `as_of`. */
  until: Edge | null;
  /** The period in which the record begins is whole. */
  beginsWhole: boolean;
  /** How far before its period's start (`days`) or end (`months`) a value looks, and from when that is recorded. */
  lookBack: { from: Edge; days: number; months: number } | null;
  /** The period that a growth is measured against. */
  against: "previous" | "year" | null;
  /** Whether each month of a period has to have cases. */
  everyMonth: boolean;
  /** The instants, in milliseconds since 1970, that stand for those of `as_of` where a table ended before. */
  knownUntil: { at: number; limitsPassedAt: number } | null;
  /** What makes a row a case: the conditions that no row of the extract meets, or all of them. */
  casesBy: readonly string[];
}

/** Of a KPI of which nothing is known but its cases. */
export const uncovered: Coverage = {
  lacking: null,
  from: null,
  until: null,
  beginsWhole: false,
  lookBack: null,
  against: null,
  everyMonth: false,
  knownUntil: null,
  casesBy: [],
};

/**
 * A window, [start, end), of a grain's periods; the elapsed days of a period are one, too: a look-back of months is from the
 * end of the whole period, `wholeEnd`.
 */
export type Window = Pick<Period, "start" | "end" | "grain"> & { wholeEnd?: string };

/**
 * What stands against a KPI's value in a window: null where all that it is made of is recorded. With the code
 * `incomplete` there is a value, which is no signal; with any other there is none. Only what lies before `as_of` is
 * looked at: what has not happened yet is partial, not missing.
 *
 * @param asOfDay the last day that the build knows of
 */
export function judge(coverage: Coverage, window: Window, asOfDay: string): Reason | null {
  const { lacking, until, lookBack, against } = coverage;
  if (lacking) return lacking;
  const { start, end, grain, wholeEnd = end } = window;
  const known = addDays(asOfDay, 1);
  if (start >= known) return after({ table: "", day: known });
  const cut = earlier(end, known);
  const from = beginOf(coverage, grain);
  const disjoint = from !== null && until !== null && from.day >= until.day;
  if (from && (cut <= from.day || (disjoint && start < until.day))) return before(from);
  if (until && start >= until.day) return after(until);
  if (from && against) {
    const base = against === "year" ? yearBefore(start) : periodOf(addDays(start, -1), grain).start;
    if (base < from.day) return before(from);
  }
  if (from && start < from.day) return incomplete(from, "from");
  if (until && until.day < cut) return incomplete(until, "to");
  if (lookBack) {
    const { days, months, from: edge } = lookBack;
    const reachesTo = months > 0 ? yearBefore(wholeEnd) : addDays(start, -days);
    if (reachesTo < edge.day) return { ...incomplete(edge, "from"), lookBack: { days, months } };
  }
  return null;
}

/**
 * The day with which a KPI's list begins: where its record does, and a growth where what it is measured against lies inside
 * of that; nowhere where it lacks what it needs.
 */
export function firstOf(coverage: Coverage, grain: Grain): Edge | null {
  const begin = beginOf(coverage, grain);
  if (!begin || !coverage.against) return begin;
  const { start, end } = periodOf(begin.day, grain);
  const base = start === begin.day ? start : end;
  return { ...begin, day: coverage.against === "year" ? yearAfter(base) : periodOf(base, grain).end };
}

/** Where a KPI's record begins, in periods of a grain. */
function beginOf({ lacking, from, beginsWhole }: Coverage, grain: Grain): Edge | null {
  if (lacking) return null;
  return from && beginsWhole ? { ...from, day: periodOf(from.day, grain).start } : from;
}

const before = ({ table, day }: Edge): Reason => ({ code: "before_record", names: [], table, day });
const after = ({ table, day }: Edge): Reason => ({
  code: "after_record",
  names: [],
  table,
  day: addDays(day, -1),
});
const incomplete = ({ table, day }: Edge, end: "from" | "to"): Reason => ({
  code: "incomplete",
  names: [],
  table,
  day: end === "from" ? day : addDays(day, -1),
  end,
});

/** The first day of the same period a year later. */
const yearAfter = (start: string) =>
  `${String(Number(start.slice(0, 4)) + 1).padStart(4, "0")}${start.slice(4)}`;

/** The same day a year earlier; of 29 February the 28th. */
function yearBefore(day: string): string {
  const earlier = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  return day.endsWith("-02-29") ? `${earlier.slice(0, 8)}28` : earlier;
}

/** What decides whether a value is a signal. */
export interface Finality {
  value: number | null;
  partial: boolean;
  mature: boolean;
  incomplete: boolean;
}

/** Whether a value may be scored, tested, ranked or compared with: nothing can change it any more, and nothing is missing. */
export const isFinal = <V extends Finality>(point: V | null | undefined): point is V & { value: number } =>
  point != null && point.value !== null && !point.partial && point.mature && !point.incomplete;
