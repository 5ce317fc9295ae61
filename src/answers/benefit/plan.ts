import type { DuckDBConnection } from "@duckdb/node-api";
import type { Method } from "../../analysis/benefit/estimate.js";
import {
  daysToFind,
  type ErrorOfLength,
  foundErrors,
  ownShare,
  plannedLengths,
  type Scale,
  smallestChange,
  varianceByLength,
} from "../../analysis/benefit/power.js";
import { addDays } from "../../kpi/periods.js";
import { withWindows } from "../../warehouse/windows.js";
import { readAsOf } from "../queryKpis.js";
import { placeOf } from "./cases.js";
import { contrast, effectIn, exposureOf } from "./contrast.js";
import { type Days, daysOf, type Initiative, methodOf, namedWindow } from "./initiative.js";
import { isWhole } from "./obstacle.js";
import { saturates } from "./saturates.js";

/** What an initiative's follow-up could find, from what is known before it starts. */
export interface Plan {
  initiative_id: string;
  name: string;
  name_en: string | null;
  kpi_id: string;
  scope: Readonly<Record<string, string>>;
  started_on: string;
  baseline_days: number;
  follow_up_days: number;
  expected: number | null;
  /**
   * The smallest change found with 80 % power at 5 % in the KPI's machine unit, in the direction that is meant; null where
   * nothing tells it.
   */
  smallest_change: number | null;
  /** Of the estimate with these windows. */
  standard_error: number | null;
  /** Days of follow-up that the expected change needs. */
  needed_days: number | null;
  /** Whether the expected change would be found: yes, no with this follow-up, or never however long it is. */
  is_found: "yes" | "longer" | "never" | null;
  /** Why something of it is not told. */
  unknown: Unknown | null;
  /** The earlier windows that tell it, the longest of them. */
  based_on: { baseline: Days; follow_up: Days } | null;
}

/**
 * The KPI's figures carry no interval; nobody has the scope's value; windows that differ in length are not compared; nothing is
 * recorded that tells it; the expected change takes more than there is; no fall leaves enough to find it by; a longer follow-up's error is not that of this one.
 */
export type Unknown =
  | "no_interval"
  | "no_such_value"
  | "windows_differ"
  | "no_record"
  | "more_than_all"
  | "no_fall"
  | "not_longer";

/**
 * Before an initiative starts: the smallest change that its follow-up would find, from the error of the same estimate over
 * windows that end before it.
 */
export async function planInitiatives(
  db: DuckDBConnection,
  initiatives: readonly Initiative[],
): Promise<Plan[]> {
  const pairs = new Map<Initiative, [Days, Days][]>();
  for (const initiative of initiatives) pairs.set(initiative, await earlierPairs(db, initiative));
  const windowed = initiatives.filter(({ kpi }) => kpi.cases === "periods");
  const windows = windowed.flatMap((each) => (pairs.get(each) ?? []).flat().map(namedWindow));
  const marts = [...new Set(windowed.map(({ kpi }) => `marts.${kpi.id}`))];
  const distinct = [...new Map(windows.map((window) => [window.name, window])).values()];
  return withWindows(db, distinct, marts, async () => {
    const plans: Plan[] = [];
    for (const initiative of initiatives)
      plans.push(await planOf(db, initiative, pairs.get(initiative) ?? []));
    return plans;
  });
}

/** Windows like the initiative's that end before it starts, and before what is known does; by ascending follow-up. */
async function earlierPairs(db: DuckDBConnection, initiative: Initiative): Promise<[Days, Days][]> {
  const { kpi, started_on, baseline, follow_up, lag_days } = initiative;
  const { asOfDay } = await readAsOf(db);
  const known = addDays(asOfDay, 1 - (kpi.horizon_days ?? 0));
  const [end = known] = [started_on, known].sort();
  const found: [Days, Days][] = [];
  for (const days of plannedLengths(daysOf(follow_up))) {
    const begin = addDays(end, -days);
    const start = addDays(begin, -lag_days);
    const before = { start: addDays(start, -daysOf(baseline)), end: start };
    const after = { start: begin, end };
    if ((await isWhole(db, kpi, before)) && (await isWhole(db, kpi, after))) found.push([before, after]);
  }
  return found;
}

async function planOf(
  db: DuckDBConnection,
  initiative: Initiative,
  pairs: readonly [Days, Days][],
): Promise<Plan> {
  const { initiative_id, name, name_en, kpi, scope, started_on, baseline, follow_up, expected } = initiative;
  const plan = {
    initiative_id,
    name,
    name_en,
    kpi_id: kpi.id,
    scope: scope ? { [scope.name]: scope.value } : {},
    started_on,
    baseline_days: daysOf(baseline),
    follow_up_days: daysOf(follow_up),
    expected,
  };
  const nothing = {
    ...plan,
    smallest_change: null,
    standard_error: null,
    needed_days: null,
    is_found: null,
    based_on: null,
  };
  const method = methodOf(initiative);
  if (!method) return { ...nothing, unknown: "no_interval" };
  // Of a share that grows with time another length is another share: its error is that of the ratio.
  const by = kpi.accrues ? "poisson" : method;
  const errors: (ErrorOfLength & Planned)[] = [];
  let based_on: Plan["based_on"] = null;
  let windowsDiffer = false;
  for (const [before, after] of pairs) {
    // Customers who stay and are counted once saturate: nothing but windows like these tells of them.
    if (kpi.accrues === "once" && daysOf(after) !== plan.follow_up_days) continue;
    const found = await errorOf(db, { ...initiative, baseline: before, follow_up: after }, by);
    if (found === "windows_differ") windowsDiffer = true;
    if (!found || found === "windows_differ") continue;
    errors.push({ days: daysOf(after), ...found });
    based_on = { baseline: before, follow_up: after };
  }
  const variance = varianceByLength(errors);
  const last = errors.at(-1);
  if (!variance || !last || !(last.degrees > 0)) {
    const unknown = windowsDiffer ? "windows_differ" : "no_record";
    return { ...nothing, unknown: scope?.isUnknown ? "no_such_value" : unknown };
  }
  const isRatio = by === "poisson";
  const scale: Scale = {
    own: isRatio ? last.own : null,
    unit: (days) => (isRatio ? (last.unit / last.days) * days : last.unit),
  };
  const days = plan.follow_up_days;
  const isMeantToFall = expected ? expected < 0 : kpi.direction === "down";
  const limit = foundErrors(last.degrees);
  const standard_error = Math.sqrt(variance.stays + variance.shrinks / days) * Math.abs(scale.unit(days));
  const isFall = isMeantToFall === scale.unit(days) > 0;
  const smallest_change = smallestChange(limit, variance, days, scale, isFall);
  const found = { ...plan, smallest_change, standard_error, based_on };
  const unknown = smallest_change === null ? ("no_fall" as const) : null;
  if (!expected) return { ...found, needed_days: null, is_found: null, unknown };
  const needed_days = daysToFind({ change: expected, days }, limit, variance, scale);
  if (needed_days === "more_than_all")
    return { ...found, needed_days: null, is_found: null, unknown: needed_days };
  if (needed_days === null) return { ...found, needed_days, is_found: "never", unknown: null };
  if (needed_days <= days) return { ...found, needed_days, is_found: "yes", unknown: null };
  if (kpi.accrues === "once") return { ...found, needed_days: null, is_found: null, unknown: "not_longer" };
  return { ...found, needed_days, is_found: "longer", unknown: null };
}

interface Planned {
  /** The KPI's change by 1 of the error. */
  unit: number;
  degrees: number;
  /** As `Scale.own`. */
  own: number;
}

/** The squared standard error of the estimate in two windows of earlier days, and what 1 of it is in the KPI's unit. */
async function errorOf(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
): Promise<({ variance: number } & Planned) | "windows_differ" | null> {
  const days: [Days, Days] = [initiative.baseline, initiative.follow_up];
  const { estimate, cases, baseline, follow_up } = await contrast(db, initiative, days, method);
  if (saturates(initiative, cases)) return "windows_differ";
  if (!estimate || !(estimate.error > 0)) return null;
  const { error, clusters } = estimate;
  // Of a ratio near 1 the logarithm is what it differs by.
  const place = placeOf(initiative);
  const exposure = exposureOf(cases, place);
  const { delta } = effectIn(
    initiative.kpi,
    method,
    { coefficient: 1e-6, p: 1, interval: { low: null, high: null } },
    exposure,
    { baseline, follow_up },
  );
  const outside = cases.cells.filter((cell) => cell.window === 1 && cell.place !== place);
  const others = outside.reduce((events, { sum }) => events + sum, 0);
  const own = ownShare(exposure.after.events, outside.length > 0 ? others : null);
  const unit = delta / 1e-6;
  return unit === 0 ? null : { variance: error ** 2, unit, own, degrees: clusters - 1 };
}
