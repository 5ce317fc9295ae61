import type { DuckDBConnection } from "@duckdb/node-api";
import { segmentedCoverage } from "../../analysis/benefit/errorRates.js";
import { type BenefitCases, estimate, eventStudy, type Method } from "../../analysis/benefit/estimate.js";
import type { Effect } from "../../analysis/benefit/verdict.js";
import { isFinal } from "../../kpi/coverage.js";
import { explain, type Groups } from "../../kpi/explain.js";
import { addDays, addMonths } from "../../kpi/periods.js";
import type { Components } from "../../kpi/value.js";
import { z95 } from "../../statistics/distributions.js";
import { greatest, least } from "../../statistics/extremes.js";
import { type Coefficient, segmented } from "../../statistics/segmented.js";
import {
  hodgesLehmann,
  mannWhitney,
  type Ranked,
  twoProportions,
  twoRates,
  welch,
} from "../../statistics/twoSamples.js";
import { queryKpis } from "../queryKpis.js";
import { placeOf, readCases, windowComponents } from "./cases.js";
import { type Contrasted, contrast, contrastOf, effectIn, exposureOf } from "./contrast.js";
import {
  type Change,
  type Companions,
  type Days,
  daysOf,
  type Initiative,
  namedWindow,
} from "./initiative.js";
import { isWhole } from "./obstacle.js";

type Found = Contrasted & { ranked: Ranked[] | null };

/** What stands beside an initiative's verdict. */
export async function companionsOf(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  found: Found,
  others: readonly Initiative[],
): Promise<Companions> {
  const { ranked, cases } = found;
  const hasCases = cases.cells.some(({ place }) => place === placeOf(initiative));
  const test = ranked && mannWhitney(ranked);
  return {
    textbook: textbook(initiative, method, found),
    mann_whitney: ranked && test && { ...test, shift: hodgesLehmann(ranked) },
    year_earlier: await yearEarlier(db, initiative, method),
    mix_effect: method === "poisson" ? null : mixEffect(initiative, cases),
    // A value that the data do not know has no months to ask for.
    segmented: hasCases ? await segmentedMonths(db, initiative) : null,
    extreme_month: hasCases ? await extremeMonth(db, initiative) : null,
    customers: customersOf(cases, placeOf(initiative)),
    overlapping: overlapping(initiative, others).map(({ initiative_id }) => initiative_id),
    event_study: await study(db, initiative, method),
    placebo_time: await placeboTime(db, initiative, method, others),
    placebo_space: await placeboSpace(db, initiative, method, found),
  };
}

/** Every window but its own that an initiative's companions look at. */
export async function companionWindows(
  db: DuckDBConnection,
  initiative: Initiative,
  others: readonly Initiative[],
): Promise<Days[]> {
  const starts = await placeboStarts(db, initiative, others);
  const months = (await studyMonths(db, initiative)) ?? [];
  return [
    ...pairAt(initiative, yearBefore(initiative.started_on)),
    ...starts.flatMap((start) => pairAt(initiative, start)),
    ...months,
  ];
}

const changeOf = ({ delta, interval, p }: Effect): Change => ({
  delta,
  low: interval.low,
  high: interval.high,
  p,
});

function textbook(initiative: Initiative, method: Method, found: Found): Companions["textbook"] {
  const { kpi } = initiative;
  const { baseline, follow_up, cases } = found;
  if (method === "poisson") {
    const { before, after } = exposureOf(cases, placeOf(initiative));
    const rates = twoRates(
      { events: before.events, exposure: before.days },
      { events: after.events, exposure: after.days },
    );
    if (!rates) return null;
    const { low, high } = rates.interval;
    const log = (ratio: number | null) =>
      ratio === null || !(ratio > 0 && ratio < Infinity) ? null : Math.log(ratio);
    const ratio = log(rates.estimate);
    if (ratio === null) return null;
    const interval = { low: log(low), high: log(high) };
    const both = { baseline, follow_up };
    return {
      test: "exact",
      ...changeOf(
        effectIn(kpi, method, { coefficient: ratio, p: rates.p ?? 1, interval }, { before, after }, both),
      ),
    };
  }
  const isRate = kpi.kind === "rate" || kpi.kind === "customer_rate";
  const unit = kpi.kind === "nps" ? 100 : 1;
  const share = ({ numerator, denominator }: Components) => ({ count: numerator, n: denominator });
  const moments = ({ numerator, denominator, sumSq }: Components) => ({
    n: denominator,
    sum: numerator,
    sumSq,
  });
  const compared = isRate
    ? twoProportions(share(baseline), share(follow_up))
    : welch(moments(baseline), moments(follow_up));
  if (!compared) return null;
  const { low, high } = compared.interval;
  const scaled = (end: number | null) => (end === null ? null : end * unit);
  return {
    test: isRate ? "two_proportions" : "welch",
    delta: compared.estimate * unit,
    low: scaled(low),
    high: scaled(high),
    p: compared.p,
  };
}

/** The baseline and follow-up of a start. */
function pairAt({ baseline, follow_up, lag_days }: Initiative, start: string): [Days, Days] {
  const begin = addDays(start, lag_days);
  return [
    { start: addDays(start, -daysOf(baseline)), end: start },
    { start: begin, end: addDays(begin, daysOf(follow_up)) },
  ];
}

const overlaps = (one: Days, other: Days) => one.start < other.end && other.start < one.end;

/** The same day a year earlier; of 29 February the 28th. */
const yearBefore = (day: string) => monthsAfter(day, -12);

/** The day some months later, or the last of that month. */
function monthsAfter(day: string, count: number): string {
  const first = addMonths(day, count);
  const wanted = addDays(first, Number(day.slice(8)) - 1);
  return wanted.slice(0, 7) === first.slice(0, 7) ? wanted : addDays(addMonths(first, 1), -1);
}

async function yearEarlier(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
): Promise<Companions["year_earlier"]> {
  const [baseline, follow_up] = pairAt(initiative, yearBefore(initiative.started_on));
  for (const days of [baseline, follow_up]) if (!(await isWhole(db, initiative.kpi, days))) return null;
  const { effect } = await contrast(db, initiative, [baseline, follow_up], method);
  return effect && { ...changeOf(effect), baseline, follow_up };
}

/** How much of the change in scope comes from other weights of segments and types, whose own values stay. */
function mixEffect(initiative: Initiative, { cells }: BenefitCases): number | null {
  const place = placeOf(initiative);
  const groups = (window: number): Groups =>
    new Map(
      cells
        .filter((cell) => cell.place === place && cell.window === window)
        .map(({ segment, type, sum, weight }) => [
          `${segment}\n${type}`,
          { numerator: sum, denominator: weight },
        ]),
    );
  return explain(initiative.kpi.kind, groups(0), groups(1))?.mix_effect ?? null;
}

/** Months of which one is called the worst or the best. */
const extremeOf = { least: 12, most: 24 };

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

/** The first month after is the one that begins at the start or next after it; the one it lies in is left out. */
async function segmentedMonths(
  db: DuckDBConnection,
  initiative: Initiative,
): Promise<Companions["segmented"]> {
  const { started_on, follow_up } = initiative;
  const first = addMonths(addDays(started_on, -1), 1);
  const months = (await finalMonths(db, initiative, monthsAfter(started_on, -120), follow_up.end)).filter(
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

async function extremeMonth(
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

/** Who of the customers in scope is in both windows. */
function customersOf({ cells, parts }: BenefitCases, place: string): Companions["customers"] {
  const windows = cells.map((cell) => (cell.place === place ? cell.window : -1));
  const counts = { both: 0, left: 0, joined: 0 };
  for (let at = 0; at < parts.clusters.length; ) {
    const cluster = parts.clusters[at];
    let seen = 0;
    for (; at < parts.clusters.length && parts.clusters[at] === cluster; at += 1) {
      const window = windows[parts.cells[at] ?? -1] ?? -1;
      if (window >= 0) seen |= 1 << window;
    }
    if (seen === 3) counts.both += 1;
    else if (seen === 1) counts.left += 1;
    else if (seen === 2) counts.joined += 1;
  }
  return counts.both + counts.left + counts.joined > 0 ? counts : null;
}

/** From its start to the end of its follow-up. */
const runOf = ({ started_on, follow_up }: Initiative): Days => ({ start: started_on, end: follow_up.end });

/** Whether two scopes can have cases in common. */
const mayMeet = (one: Initiative["scope"], other: Initiative["scope"]) =>
  !one || !other || one.dimension !== other.dimension || one.value === other.value;

/** Initiatives that ran in one of the windows on cases that may be the same. */
function overlapping(initiative: Initiative, others: readonly Initiative[]): Initiative[] {
  return others.filter(
    (other) =>
      other.initiative_id !== initiative.initiative_id &&
      mayMeet(initiative.scope, other.scope) &&
      [initiative.baseline, initiative.follow_up].some((days) => overlaps(days, runOf(other))),
  );
}

/** The months of an event study: as many whole ones as the windows hold, counted from the start. */
async function studyMonths(
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

async function study(
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

/** The 80 % quantile of the normal distribution. */
const z80 = 0.8416212335729143;

/** Earlier starts at most, the latest ones. */
const mostStarts = 24;

/** Starts a whole number of months earlier whose windows are recorded and which no initiative on the same KPI touches. */
async function placeboStarts(
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

async function placeboTime(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  others: readonly Initiative[],
): Promise<Companions["placebo_time"]> {
  const starts: (Change & { start: string })[] = [];
  for (const start of await placeboStarts(db, initiative, others)) {
    const { effect } = await contrast(db, initiative, pairAt(initiative, start), method);
    if (effect) starts.push({ start, ...changeOf(effect) });
  }
  if (starts.length === 0) return null;
  const widths = starts
    .map(({ low, high }) => ((high ?? 0) - (low ?? 0)) / 2)
    .sort((one, other) => one - other);
  const middle = widths[Math.floor(widths.length / 2)] ?? 0;
  return {
    starts,
    alarms: starts.filter(({ p }) => p !== null && p <= 0.05).length,
    found: (middle / z95) * (z95 + z80),
  };
}

/** Values of the scope's dimension at most that are tried, those with the most customers. */
const mostValues = 60;

async function placeboSpace(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  { effect }: Found,
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
    const one = estimate(cases, method, contrastOf(place));
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
  return { values, rank: values.filter(({ delta }) => sign * delta > sign * own.delta).length + 1 };
}
