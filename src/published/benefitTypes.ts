import type { Verdict } from "../analysis/benefit/verdict.js";
import type { Language } from "../words/languages.js";

export type { Verdict };

/** Days [start, end), ISO. */
export interface Days {
  start: string;
  end: string;
}

/** A window's value with its cases. */
export interface WindowValue extends Days {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
}

/** A change with its interval, in the KPI's machine unit. */
export interface Change {
  delta: number;
  low: number | null;
  high: number | null;
  p: number | null;
}

/** What stands beside a verdict and never decides it. */
export interface Companions {
  /** The same comparison by a textbook test that takes cases, or events, for independent. */
  textbook: (Change & { test: "two_proportions" | "welch" | "exact" }) | null;
  /** Of durations; the Hodges–Lehmann shift in the KPI's unit. */
  mann_whitney: { p: number | null; favours: -1 | 0 | 1; shift: number | null } | null;
  /** The same windows a year before; null where they are not recorded. */
  year_earlier: (Change & { baseline: Days; follow_up: Days }) | null;
  /** Segmented regression of the months in scope: what they did at the start, and by each month after it. */
  segmented: {
    level: Change;
    slope: Change;
    /** Months before and after. */
    before: number;
    after: number;
    /** How often, in simulation, such an interval of the level holds the truth. */
    coverage: number;
  } | null;
  /** How much of the change in scope comes from other weights of segments and types. */
  mix_effect: number | null;
  /** The last whole month before the start among those before it: the worst, the best, or neither. */
  extreme_month: { month: string; months: number; is: "worst" | "best" | null } | null;
  /** Customers in scope: in both windows, only before and only after. */
  customers: { both: number; left: number; joined: number } | null;
  /** Other initiatives on cases that may be the same, at the same time; those on the same KPI first. */
  overlapping: string[];
  /** Other initiatives on the same KPI that ran in the comparison group at the time of the windows. */
  in_comparison: string[];
  /** By month from the start, negative before; the month before the start is the base. */
  event_study: {
    months: (Days & { month: number; delta: number | null; low: number | null; high: number | null })[];
    /** Whether the months before lay apart by more than chance. */
    flat_p: number | null;
  } | null;
  /** The same estimate at earlier starts that no initiative touches. */
  placebo_time: {
    starts: (Change & { start: string })[];
    alarms: number;
    /** The smallest change that is found four times of five, by the median error. */
    found: number;
  } | null;
  /**
   * The same estimate for each value of the scope's dimension, `of` so many; rank 1: nobody's change was larger in that
   * direction. Fewer values than `of` where some may not be shown.
   */
  placebo_space: { values: (Change & { value: string })[]; of: number; rank: number } | null;
}

/** An initiative assessed: what `assess --format json` prints. */
export interface Assessment {
  initiative_id: string;
  name: string;
  /** The same in English, where it was given. */
  name_en?: string | null;
  kpi_id: string;
  /** The initiative that asks the same: KPI, scope, start and windows; the two are one test. Null for the first that does. */
  copy_of: string | null;
  scope: Readonly<Record<string, string>>;
  /** Where the data have no such value as its scope: the one that may be meant. */
  scope_unknown: { near: string | null } | null;
  /** Whether it is no longer in the extract: the verdict that it was given stays. */
  withdrawn: boolean;
  started_on: string;
  baseline: WindowValue;
  follow_up: WindowValue;
  delta: number | null;
  low: number | null;
  high: number | null;
  relative: number | null;
  p: number | null;
  q: number | null;
  method: string | null;
  /**
   * Why nothing can be tested: the KPI's figures carry no interval, or its windows differ in length and more customers than
   * that allows are counted once; null where it can.
   */
  untestable: "no_interval" | "windows_differ" | null;
  verdict: Verdict;
  expected: number | null;
  expected_reached: "yes" | "no" | "open" | null;
  value_money: number | null;
  value_money_low: number | null;
  value_money_high: number | null;
  cost: number | null;
  value_per_unit: number | null;
  return: number | null;
  return_low: number | null;
  return_high: number | null;
  companions?: Companions;
  /**
   * Why its figures are not published: they tell of too few themselves, or with them figures of too few elsewhere would
   * follow from a month that is not shown; or a window begins or ends within a month, and what it leaves of that tells of too few.
   */
  hidden?: "few" | "neighbour" | "cut";
  /** Of a kept verdict whose data have become others: the windows' figures are not shown, and the others are rounded. */
  rounded?: true;
  /** Since when its definition stands; null where no register was kept. */
  registered: Registered | null;
  /** Null while there is no verdict that stays. */
  decided: Decided | null;
}

/** Since when an initiative is known as it is. */
export interface Registered {
  /** The day of the first build that saw it, ISO. */
  first_seen: string;
  /** Whether that was after its start, the one that it has or the one that it had then. */
  is_late: boolean;
  /** The start that it was late for. */
  late_for: string | null;
  /** What of it changed after its start; null is nothing. */
  changed: { on: string; build_id: string; field: string; old: string | null; new: string | null }[];
}

/**
 * A verdict that an earlier build gave, and what today's data give where that is something else or the initiative has been
 * defined anew since.
 */
export interface Decided {
  build_id: string;
  on: string;
  /** Whether it has been defined anew since. */
  redefined: boolean;
  now: Pick<Assessment, (typeof decidedFields)[number]> | null;
  /** Where it is not told what today's data give. */
  hidden?: true;
}

/** What of an assessment stays as it was decided, and is told beside it where today's is something else. */
export const decidedFields = [
  "verdict",
  "delta",
  "low",
  "high",
  "q",
  "cost",
  "value_per_unit",
  "value_money",
  "value_money_low",
  "value_money_high",
  "return",
  "return_low",
  "return_high",
] as const satisfies readonly (keyof Assessment)[];

type Figures<Name extends keyof Assessment> = Pick<Assessment, Name>;

/** Whether figures are the same but for the last digits. */
const areSame = <Name extends "delta" | "low" | "high" | "cost" | "value_per_unit">(
  names: readonly Name[],
  one: Figures<Name>,
  other: Figures<Name>,
): boolean =>
  names.every((name) => {
    const [first, second] = [one[name] as number | null, other[name] as number | null];
    if (first === null || second === null) return first === second;
    return Math.abs(first - second) <= 1e-9 * Math.max(Math.abs(first), Math.abs(second));
  });

/** Whether today's data say something else of a change than was decided; the q depends on what else is assessed. */
export const isOtherFinding = (
  one: Figures<"verdict" | "delta" | "low" | "high">,
  other: Figures<"verdict" | "delta" | "low" | "high">,
): boolean => one.verdict !== other.verdict || !areSame(["delta", "low", "high"], one, other);

/** Whether cost or value per unit are others than when a verdict was given. */
export const isOtherWorth = (
  one: Figures<"cost" | "value_per_unit">,
  other: Figures<"cost" | "value_per_unit">,
): boolean => !areSame(["cost", "value_per_unit"], one, other);

/** `benefits.json`: every initiative assessed, and the programme's plan and risks. */
export interface BenefitsDocument {
  /** By their ids. */
  initiatives: PublishedInitiative[];
  /** By the days they are due. */
  milestones: Milestone[];
  risks: Risk[];
  error_rates: ErrorRates;
}

/** What is called by a name, with the one that readers of a language are shown as its only one. */
export const named = <Row extends { name: string; name_en?: string | null }>(
  row: Row,
  language: Language,
): Row => (language === "en" && row.name_en ? { ...row, name: row.name_en } : row);

/** All that has a name as readers of a language are shown it. */
export const namedAll = (doc: BenefitsDocument, language: Language): BenefitsDocument => ({
  ...doc,
  initiatives: doc.initiatives.map((row) => named(row, language)),
  milestones: doc.milestones.map((row) => named(row, language)),
  risks: doc.risks.map((row) => {
    const countermeasure = (language === "en" && row.countermeasure_en) || row.countermeasure;
    return { ...named(row, language), countermeasure };
  }),
});

/** How often the method erred where the truth is known, over all that was simulated: the least and the most, as shares. */
export interface ErrorRates {
  /** Runs of each setting. */
  runs: number;
  /** Changes that are none and were called one. */
  found: [number, number];
  /** 95 % intervals that held the truth. */
  covered: [number, number];
  /** Changes of the smallest size that a plan names and that were found. */
  planned: [number, number];
}

export interface PublishedInitiative extends Assessment {
  lag_days: number;
  /** Months of a year before the baseline up to the follow-up's end, in scope and outside it. */
  trend: TrendMonth[];
}

/** A month of an initiative's KPI. */
export interface TrendMonth {
  start: string;
  /** In scope, with its interval; null where there is none or it is not shown. */
  value: number | null;
  low: number | null;
  high: number | null;
  /** Of the comparison group. */
  comparison: number | null;
  partial: boolean;
  mature: boolean;
  hidden: boolean;
}

/** A step of the implementation plan. */
export interface Milestone {
  milestone_id: string;
  phase: "kickoff" | "pilot" | "rollout";
  name: string;
  name_en?: string | null;
  /** Null where the site tells of no employee. */
  owner_id: string | null;
  due_on: string;
  done_on: string | null;
}

/** A row of the risk register. */
export interface Risk {
  risk_id: string;
  name: string;
  name_en?: string | null;
  owner_id: string | null;
  kpi_id: string | null;
  countermeasure: string | null;
  countermeasure_en?: string | null;
  status: "open" | "in_progress" | "closed";
}

/** So many characters of an id stand in an address whole: a file of its name has endings and a hash behind them. */
const mostWhole = 120;

/**
 * The last part of an initiative's address: its id, in which a sign that no file's name may have is its number. What becomes
 * too long for a file's name ends in a hash of the id, and is longer than any that does not.
 */
export function addressOf(id: string): string {
  const whole = id.replace(/[^A-Za-z0-9_]/gu, (sign) => `-${(sign.codePointAt(0) ?? 0).toString(16)}-`);
  return whole.length <= mostWhole ? whole : `${whole.slice(0, mostWhole)}-${hashOf(id)}`;
}

/** FNV-1a of 64 bits, in hex. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

/** Whether a test decided a verdict. */
export const isTested = (verdict: Verdict): boolean =>
  verdict === "improved" || verdict === "worsened" || verdict === "no_demonstrable_change";

/** Whether an initiative's change is measured against a comparison group. */
export const isCompared = ({ method }: Pick<Assessment, "method">): boolean =>
  method?.endsWith("_did") ?? false;

/** Companions that name no other initiatives than those that a reader may know of. */
export function namingOnly<C extends Pick<Companions, "overlapping" | "in_comparison">>(
  companions: C,
  known: ReadonlySet<string>,
): C {
  const isKnown = (id: string) => known.has(id);
  const { overlapping, in_comparison } = companions;
  return {
    ...companions,
    overlapping: overlapping.filter(isKnown),
    in_comparison: in_comparison.filter(isKnown),
  };
}
