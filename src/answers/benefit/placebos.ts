import type { DuckDBConnection } from "@duckdb/node-api";
import { median } from "d3-array";
import { estimate, hasComparison, type Method } from "../../analysis/benefit/estimate.js";
import { foundErrors } from "../../analysis/benefit/power.js";
import { studentQuantile } from "../../statistics/distributions.js";
import { least } from "../../statistics/extremes.js";
import { readCases, windowComponents } from "./cases.js";
import { type Contrasted, changeOf, contrast, contrastOf, effectIn, exposureOf } from "./contrast.js";
import { type Change, type Companions, type Initiative, namedWindow } from "./initiative.js";
import { isWhole } from "./obstacle.js";
import { monthsAfter, overlaps, pairAt, runOf } from "./windowPairs.js";

/** Earlier starts at most, the latest ones. */
const mostStarts = 24;

/** Starts a whole number of months earlier whose windows are recorded and which no initiative on the same KPI touches. */
export async function placeboStarts(
  db: DuckDBConnection,
  initiative: Initiative,
  others: readonly Initiative[],
): Promise<string[]> {
  const { kpi, started_on } = initiative;
  const runs = others.filter((other) => other.kpi.id === kpi.id).map(runOf);
  const starts: string[] = [];
  for (let month = 1; starts.length < mostStarts && month <= 120; month += 1) {
    const start = monthsAfter(started_on, -month);
    const pair = pairAt(initiative, start);
    const [baseline, follow_up] = pair;
    if (!(await isWhole(db, kpi, baseline))) break;
    const isQuiet =
      follow_up.end <= started_on && !runs.some((run) => pair.some((days) => overlaps(days, run)));
    if (isQuiet && (await isWhole(db, kpi, follow_up))) starts.push(start);
  }
  return starts.reverse();
}

export async function placeboTime(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  others: readonly Initiative[],
): Promise<Companions["placebo_time"]> {
  const starts: (Change & { start: string })[] = [];
  const smallest: number[] = [];
  for (const start of await placeboStarts(db, initiative, others)) {
    const { effect, estimate: found } = await contrast(db, initiative, pairAt(initiative, start), method);
    if (!effect || !found) continue;
    starts.push({ start, ...changeOf(effect) });
    const { low, high } = effect.interval;
    const degrees = found.clusters - 1;
    const error = ((high ?? 0) - (low ?? 0)) / 2 / studentQuantile(0.975, degrees);
    smallest.push(foundErrors(degrees) * error);
  }
  if (starts.length === 0) return null;
  return {
    starts,
    alarms: starts.filter(({ p }) => p !== null && p <= 0.05).length,
    found: median(smallest) ?? 0,
  };
}

/** Values of the scope's dimension at most that are tried, those with the most customers. */
const mostValues = 60;

export async function placeboSpace(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  { effect }: Contrasted,
): Promise<Companions["placebo_space"]> {
  const { scope, kpi } = initiative;
  if (!scope || !effect) return null;
  const asked = {
    initiative,
    windows: [initiative.baseline, initiative.follow_up].map(namedWindow),
    isByValue: true,
  };
  const cases = await readCases(db, asked, method);
  const enough = [...new Set(cases.sides.map(({ place }) => place))]
    .map((place) => ({
      place,
      customers: least(
        ([0, 1] as const).map(
          (window) =>
            cases.sides.find((side) => side.place === place && side.window === window)?.customers ?? 0,
        ),
      ),
    }))
    .filter(({ place, customers }) => customers >= 30 || place === scope.value)
    .sort((one, other) => other.customers - one.customers)
    .slice(0, mostValues);
  const values: (Change & { value: string })[] = [];
  for (const { place } of enough) {
    if (place === scope.value) {
      values.push({ value: place, ...changeOf(effect) });
      continue;
    }
    // Its own effect in the others' comparison group would be theirs with the sign turned.
    const against = { ...contrastOf(place), without: scope.value };
    const one = hasComparison(cases.cells, against) ? estimate(cases, method, against) : null;
    if (!one) continue;
    const as = { ...initiative, scope: { ...scope, value: place } };
    const [baseline, follow_up] = await windowComponents(db, { initiative: as, windows: asked.windows });
    if (!baseline || !follow_up) continue;
    values.push({
      value: place,
      ...changeOf(effectIn(kpi, method, one, exposureOf(cases, place), { baseline, follow_up })),
    });
  }
  const own = values.find(({ value }) => value === scope.value);
  if (!own || values.length < 3) return null;
  const sign = Math.sign(own.delta) || 1;
  values.sort((one, other) => sign * (other.delta - one.delta));
  return {
    values,
    of: values.length,
    rank: values.filter(({ delta }) => sign * delta > sign * own.delta).length + 1,
  };
}
