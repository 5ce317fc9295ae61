import type { DuckDBConnection } from "@duckdb/node-api";
import { segmentedCoverage } from "../../analysis/benefit/errorRates.js";
import { eventStudy, type Method } from "../../analysis/benefit/estimate.js";
import { isFinal } from "../../kpi/coverage.js";
import { addDays, addMonths } from "../../kpi/periods.js";
import { greatest, least } from "../../statistics/extremes.js";
import { type Coefficient, segmented } from "../../statistics/segmented.js";
import { queryKpis } from "../queryKpis.js";
import { placeOf, readCases, windowComponents } from "./cases.js";
import { effectIn, exposureOf } from "./contrast.js";
import { type Change, type Companions, type Days, type Initiative, namedWindow } from "./initiative.js";
import { isWhole } from "./obstacle.js";
import { monthsAfter } from "./windowPairs.js";

/** The KPI's final values in scope by month, of months that begin in [from, until). */
async function finalMonths(db: DuckDBConnection, { kpi, scope }: Initiative, from: string, until: string) {
  const rows = await queryKpis(db, [kpi], {
    kpiIds: [kpi.id],
    grain: "month",
    by: [],
    where: scope ? [{ dimension: scope.name, value: scope.value }] : [],
    from: from.slice(0, 7),
    to: addDays(until, -1).slice(0, 7),
    withoutPercentiles: true,
  });
  return rows.filter(isFinal);
}

/** Months that a segmented regression needs on either side of the start. */
const leastMonths = { before: 24, after: 12 };

/** From when on months before a start are looked at, at most. */
export const monthsFrom = (start: string): string => monthsAfter(start, -120);

/** The first month after is the one that begins at the start or next after it; the one it lies in is left out. */
export async function segmentedMonths(
  db: DuckDBConnection,
  initiative: Initiative,
): Promise<Companions["segmented"]> {
  const { started_on, follow_up } = initiative;
  const first = addMonths(addDays(started_on, -1), 1);
  const months = (await finalMonths(db, initiative, monthsFrom(started_on), follow_up.end)).filter(
    ({ period_start, period_end }) => period_end <= started_on || period_start >= first,
  );
  const numbers = months.map(
    ({ period_start: day }) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)),
  );
  const start = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7));
  const before = numbers.filter((number) => number < start).length;
  const after = numbers.length - before;
  if (before < leastMonths.before || after < leastMonths.after) return null;
  const found = segmented(
    numbers,
    months.map(({ value }) => value),
    start,
  );
  if (!found) return null;
  const change = ({ estimate: delta, ...rest }: Coefficient): Change => ({ delta, ...rest });
  return {
    level: change(found.level),
    slope: change(found.slope),
    before,
    after,
    coverage: segmentedCoverage,
  };
}

/** Months of which one is called the worst or the best. */
const extremeOf = { least: 12, most: 24 };

export async function extremeMonth(
  db: DuckDBConnection,
  initiative: Initiative,
): Promise<Companions["extreme_month"]> {
  const { kpi, started_on } = initiative;
  const last = addMonths(started_on, -1);
  const months = await finalMonths(
    db,
    initiative,
    addMonths(last, 1 - extremeOf.most),
    addMonths(started_on, 0),
  );
  const own = months.find(({ period_start }) => period_start === last);
  if (!own || months.length < extremeOf.least) return null;
  const values = months.map(({ value }) => value);
  const [low, high] = [least(values), greatest(values)];
  if (low === high) return null;
  const isGood = { up: own.value === high, down: own.value === low, none: false }[kpi.direction];
  const isBad = { up: own.value === low, down: own.value === high, none: false }[kpi.direction];
  return { month: last.slice(0, 7), months: months.length, is: isBad ? "worst" : isGood ? "best" : null };
}

/** The months of an event study: as many whole ones as the windows hold, counted from the start. */
export async function studyMonths(
  db: DuckDBConnection,
  { kpi, baseline, follow_up, started_on }: Initiative,
): Promise<(Days & { month: number })[] | null> {
  const months: (Days & { month: number })[] = [];
  for (let month = -1; monthsAfter(started_on, month) >= baseline.start && month >= -24; month -= 1)
    months.unshift({ month, start: monthsAfter(started_on, month), end: monthsAfter(started_on, month + 1) });
  for (let month = 0; monthsAfter(started_on, month + 1) <= follow_up.end && month < 24; month += 1)
    months.push({ month, start: monthsAfter(started_on, month), end: monthsAfter(started_on, month + 1) });
  const kept: (Days & { month: number })[] = [];
  for (const each of months) if (await isWhole(db, kpi, each)) kept.push(each);
  return kept.length >= 3 && kept.some(({ month }) => month === -1) ? kept : null;
}

export async function study(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
): Promise<Companions["event_study"]> {
  const months = await studyMonths(db, initiative);
  if (!months) return null;
  const asked = { initiative, windows: months.map(namedWindow) };
  const cases = await readCases(db, asked, method);
  const base = months.findIndex(({ month }) => month === -1);
  const found = eventStudy(cases, method, placeOf(initiative), base);
  if (!found) return null;
  const components = await windowComponents(db, asked);
  const before = components[base];
  return {
    months: months.map((days, at) => {
      const one = found.effects.find(({ window }) => window === at)?.estimate;
      const after = components[at];
      if (at === base) return { ...days, delta: 0, low: null, high: null };
      if (!one || !before || !after) return { ...days, delta: null, low: null, high: null };
      const sums = (window: number) =>
        exposureOf(
          { cells: cases.cells.map((cell) => ({ ...cell, window: cell.window === window ? 0 : 2 })) },
          placeOf(initiative),
        ).before;
      const exposure = { before: sums(base), after: sums(at) };
      const { delta, interval } = effectIn(initiative.kpi, method, one, exposure, {
        baseline: before,
        follow_up: after,
      });
      return { ...days, delta, low: interval.low, high: interval.high };
    }),
    flat_p: found.flat?.p ?? null,
  };
}
