import type { DuckDBConnection } from "@duckdb/node-api";
import type { Method } from "../../analysis/benefit/estimate.js";
import {
  daysToFind,
  type ErrorOfLength,
  foundErrors,
  varianceByLength,
} from "../../analysis/benefit/power.js";
import { addDays } from "../../kpi/periods.js";
import { withWindows } from "../../warehouse/windows.js";
import { readAsOf } from "../queryKpis.js";
import { placeOf } from "./cases.js";
import { contrast, effectIn, exposureOf } from "./contrast.js";
import { type Days, daysOf, type Initiative, methodOf, namedWindow } from "./initiative.js";
import { isWhole } from "./obstacle.js";

/** What an initiative's follow-up could find, from what is known before it starts. */
export interface Plan {
  initiative_id: string;
  name: string;
  kpi_id: string;
  scope: Readonly<Record<string, string>>;
  started_on: string;
  baseline_days: number;
  follow_up_days: number;
  expected: number | null;
  /** The smallest change found with 80 % power at 5 % in the KPI's machine unit; null where the record does not tell. */
  smallest_change: number | null;
  /** Of the estimate with these windows. */
  standard_error: number | null;
  /** Days of follow-up that the expected change needs. */
  needed_days: number | null;
  /** Whether the expected change would be found: yes, no with this follow-up, or never however long it is. */
  is_found: "yes" | "longer" | "never" | null;
  /** The earlier windows that tell it, the longest of them. */
  based_on: { baseline: Days; follow_up: Days } | null;
}

/** Lengths of follow-up that are tried on what is recorded before the start. */
const lengths = [30, 60, 90, 120, 180, 270, 365];

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
  for (const days of [...new Set([...lengths, daysOf(follow_up)])].sort((one, other) => one - other)) {
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
  const { initiative_id, name, kpi, scope, started_on, baseline, follow_up, expected } = initiative;
  const plan = {
    initiative_id,
    name,
    kpi_id: kpi.id,
    scope: scope ? { [scope.name]: scope.value } : {},
    started_on,
    baseline_days: daysOf(baseline),
    follow_up_days: daysOf(follow_up),
    expected,
  };
  const method = methodOf(initiative);
  const errors: (ErrorOfLength & { degrees: number })[] = [];
  let based_on: Plan["based_on"] = null;
  for (const [before, after] of method ? pairs : []) {
    const found = await errorOf(db, initiative, [before, after], method as Method);
    if (!found) continue;
    errors.push({ days: daysOf(after), ...found });
    based_on = { baseline: before, follow_up: after };
  }
  const variance = varianceByLength(errors);
  const degrees = errors.at(-1)?.degrees ?? 0;
  if (!variance || !(degrees > 0))
    return {
      ...plan,
      smallest_change: null,
      standard_error: null,
      needed_days: null,
      is_found: null,
      based_on: null,
    };
  const standard_error = Math.sqrt(variance.stays + variance.shrinks / plan.follow_up_days);
  const smallest_change = foundErrors(degrees) * standard_error;
  const needed_days = expected ? daysToFind(Math.abs(expected), foundErrors(degrees), variance) : null;
  const is_found = !expected
    ? null
    : needed_days === null
      ? "never"
      : needed_days <= plan.follow_up_days
        ? "yes"
        : "longer";
  return { ...plan, smallest_change, standard_error, needed_days, is_found, based_on };
}

/** The squared standard error in the KPI's unit, of a small change, of two windows of earlier days. */
async function errorOf(
  db: DuckDBConnection,
  initiative: Initiative,
  days: readonly [Days, Days],
  method: Method,
) {
  const { estimate, cases, baseline, follow_up } = await contrast(db, initiative, days, method);
  if (!estimate || !(estimate.error > 0)) return null;
  const { error, clusters } = estimate;
  // Of a ratio near 1 the logarithm is what it differs by.
  const unit = effectIn(
    initiative.kpi,
    method,
    { coefficient: 1e-6, p: 1, interval: { low: null, high: null } },
    exposureOf(cases, placeOf(initiative)),
    { baseline, follow_up },
  );
  return { variance: ((unit.delta / 1e-6) * error) ** 2, degrees: clusters - 1 };
}
