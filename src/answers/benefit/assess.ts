import type { DuckDBConnection } from "@duckdb/node-api";
import { type Estimate, estimate, hasComparison, type Method } from "../../analysis/benefit/estimate.js";
import {
  type Amount,
  type Candidate,
  type Effect,
  expectedReached,
  isTooLittle,
  judge as judgeAll,
  type Obstacle,
  worthOf,
} from "../../analysis/benefit/verdict.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { judge } from "../../kpi/coverage.js";
import { addDays, isMature } from "../../kpi/periods.js";
import { type Components, measure } from "../../kpi/value.js";
import { readCoverage } from "../../warehouse/readCoverage.js";
import { withWindows } from "../../warehouse/windows.js";
import { readAsOf } from "../queryKpis.js";
import { type InitiativeCases, type Pair, readCases, type Side, windowComponents } from "./cases.js";
import { type Assessment, type Days, type Initiative, methodOf, type WindowValue } from "./initiative.js";

/** An initiative with what its windows hold, before all are judged together. */
interface Measured {
  initiative: Initiative;
  method: Method | null;
  isCompared: boolean;
  obstacle: Obstacle | null;
  baseline: Components | null;
  follow_up: Components | null;
  effect: Effect | null;
  isTooLittle: boolean;
}

/**
 * The benefit assessment of initiatives: their KPI in both windows, the change by the primary method, a verdict on all of
 * them together, and what it was worth.
 */
export async function assess(
  db: DuckDBConnection,
  initiatives: readonly Initiative[],
): Promise<Assessment[]> {
  const pairs = initiatives.map((initiative, at) => pairOf(initiative, String(at)));
  const windowed = initiatives.flatMap(({ kpi }, at) => (kpi.cases === "periods" ? [{ kpi, at }] : []));
  const windows = windowed.flatMap(({ at }) => windowsOf(pairs[at] as Pair));
  const marts = [...new Set(windowed.map(({ kpi }) => `marts.${kpi.id}`))];
  return withWindows(db, windows, marts, async () => {
    const measured: Measured[] = [];
    for (const [at, initiative] of initiatives.entries())
      measured.push(await measureInitiative(db, initiative, pairs[at] as Pair));
    return judged(measured);
  });
}

const pairOf = ({ baseline, follow_up }: Initiative, name: string): Pair => ({
  baseline,
  follow_up,
  names: { baseline: `${name} baseline`, follow_up: `${name} follow-up` },
});

const windowsOf = ({ baseline, follow_up, names }: Pair) => [
  { name: names.baseline, ...baseline },
  { name: names.follow_up, ...follow_up },
];

async function measureInitiative(
  db: DuckDBConnection,
  initiative: Initiative,
  pair: Pair,
): Promise<Measured> {
  const method = methodOf(initiative);
  const obstacle = await obstacleOf(db, initiative);
  const nothing = { initiative, method, isCompared: false, obstacle, effect: null, isTooLittle: false };
  if (obstacle === "not_recorded") return { ...nothing, baseline: null, follow_up: null };
  const [baseline, follow_up] = await windowComponents(db, initiative, pair);
  if (obstacle || !method) return { ...nothing, baseline, follow_up };
  const cases = await readCases(db, initiative, pair, method);
  const isCompared = hasComparison(cases.cells);
  const found = estimate(cases, method);
  const both = { baseline, follow_up };
  return {
    ...nothing,
    ...both,
    isCompared,
    effect: found && effectIn(initiative.kpi, method, found, cases, both),
    isTooLittle: isTooLittle(amountOf(initiative.kpi, method, cases, isCompared, both)),
  };
}

/** What stands against a verdict, whatever the figures: windows outside the record, or not over yet. */
async function obstacleOf(
  db: DuckDBConnection,
  { kpi, baseline, follow_up }: Initiative,
): Promise<Obstacle | null> {
  const { asOf, asOfDay } = await readAsOf(db);
  const coverage = await readCoverage(db, kpi);
  const known = addDays(asOfDay, 1);
  const isOutside = ({ start, end }: Days) =>
    // What has not begun is not outside the record, unless that ended before.
    judge(coverage, { grain: "month", start: start < known ? start : asOfDay, end }, asOfDay) !== null;
  if (isOutside(baseline) || isOutside(follow_up)) return "not_recorded";
  const until = coverage.knownUntil ? { ...asOf, ...coverage.knownUntil } : asOf;
  const waits = { horizonDays: kpi.horizon_days ?? 0, matures: kpi.matures ?? null };
  return isMature({ grain: "month", ...follow_up }, until, waits, 0) ? null : "still_running";
}

interface Both {
  baseline: Components;
  follow_up: Components;
}

/** The estimate in the KPI's machine unit. */
function effectIn(
  kpi: Kpi,
  method: Method,
  { coefficient, p, interval }: Estimate,
  cases: InitiativeCases,
  { baseline, follow_up }: Both,
): Effect {
  const before = measure(kpi, baseline).value;
  if (method === "least_squares") {
    const unit = kpi.kind === "nps" ? 100 : 1;
    const delta = unit * coefficient;
    const ends = { low: scaled(interval.low, unit), high: scaled(interval.high, unit) };
    return { delta, p, interval: ends, relative: before ? delta / before : null };
  }
  const sums = (isAfter: boolean) =>
    cases.cells
      .filter((cell) => cell.in_scope && cell.is_follow_up === isAfter)
      .reduce((sum, cell) => ({ events: sum.events + cell.sum, days: sum.days + cell.weight }), none);
  const expected = (sums(false).events / sums(false).days) * sums(true).days;
  const isLoss = kpi.id === "retention_rate";
  const per = (kpi.kind === "count" ? 1 : follow_up.denominator) * (isLoss ? -1 : 1);
  const change = (logarithm: number) => ((Math.exp(logarithm) - 1) * expected) / per;
  const ends = [interval.low, interval.high].map((end) => (end === null ? null : change(end)));
  const [low = null, high = null] = isLoss ? ends.reverse() : ends;
  const ratio = Math.exp(coefficient) - 1;
  const delta = change(coefficient);
  return {
    delta,
    p,
    interval: { low, high },
    relative: isLoss ? (before ? delta / before : null) : before ? ratio : null,
  };
}

const none = { events: 0, days: 0 };
const scaled = (end: number | null, unit: number) => (end === null ? null : end * unit);

/** How much there is to judge by. */
function amountOf(
  { kind }: Kpi,
  method: Method,
  { sides }: InitiativeCases,
  isCompared: boolean,
  { baseline, follow_up }: Both,
): Amount {
  const wanted = [true, ...(isCompared ? [false] : [])].flatMap((inScope) =>
    [false, true].map((isAfter) => customersOf(sides, inScope, isAfter)),
  );
  const events = method === "poisson" ? { events: baseline.numerator + follow_up.numerator } : {};
  const isRate = method === "least_squares" && (kind === "rate" || kind === "customer_rate");
  const share = (baseline.numerator + follow_up.numerator) / (baseline.denominator + follow_up.denominator);
  const fewest = Math.min(baseline.denominator, follow_up.denominator) * Math.min(share, 1 - share);
  return { customers: wanted, ...events, ...(isRate ? { leastExpected: fewest } : {}) };
}

const customersOf = (sides: readonly Side[], inScope: boolean, isAfter: boolean) =>
  sides.find((side) => side.in_scope === inScope && side.is_follow_up === isAfter)?.customers ?? 0;

function judged(measured: readonly Measured[]): Assessment[] {
  const verdicts = judgeAll(
    measured.map(
      (each): Candidate => ({
        obstacle: each.obstacle,
        isTooLittle: each.isTooLittle,
        isTestable: each.method !== null,
        direction: each.initiative.kpi.direction,
        effect: each.effect,
      }),
    ),
  );
  return measured.map((each, at) => {
    const { verdict = "not_testable", q = null } = verdicts[at] ?? {};
    return { ...whatItIs(each), ...whatItCameTo(each, verdict, q) };
  });
}

function whatItIs({ initiative, baseline, follow_up, method, isCompared }: Measured) {
  const { initiative_id, name, kpi, scope, started_on, expected, cost, value_per_unit } = initiative;
  return {
    initiative_id,
    name,
    kpi_id: kpi.id,
    scope: scope ? { [scope.name]: scope.value } : {},
    started_on,
    baseline: windowValue(kpi, initiative.baseline, baseline),
    follow_up: windowValue(kpi, initiative.follow_up, follow_up),
    method: method && (isCompared ? `${method}_did` : method),
    expected,
    cost,
    value_per_unit,
  };
}

function windowValue(kpi: Kpi, days: Days, components: Components | null): WindowValue {
  if (!components) return { ...days, value: null, numerator: null, denominator: null, n: null };
  const { numerator, denominator, n } = components;
  return { ...days, value: measure(kpi, components).value, numerator, denominator, n };
}

/** The verdicts that a test decides. */
const tested: readonly Assessment["verdict"][] = ["improved", "worsened", "no_demonstrable_change"];

function whatItCameTo(
  { initiative, effect, baseline, follow_up }: Measured,
  verdict: Assessment["verdict"],
  q: number | null,
) {
  const { kpi, expected, cost, value_per_unit } = initiative;
  if (!effect || !tested.includes(verdict)) {
    const [before, after] = [baseline, follow_up].map((each) => each && measure(kpi, each).value);
    const delta = before != null && after != null ? after - before : null;
    const open = { p: null, q: null, low: null, high: null, expected_reached: null };
    const worth = { value_money: null, value_money_low: null, value_money_high: null };
    const returned = { return: null, return_low: null, return_high: null };
    return {
      verdict,
      delta,
      relative: delta !== null && before ? delta / before : null,
      ...open,
      ...worth,
      ...returned,
    };
  }
  const { delta, relative, p, interval } = effect;
  const volume = kpi.kind === "count" ? 1 : (follow_up?.denominator ?? 0);
  const { money, money_low, money_high, ...returned } = worthOf(effect, {
    verdict,
    direction: kpi.direction,
    volume,
    value_per_unit,
    cost,
  });
  return {
    verdict,
    delta,
    low: interval.low,
    high: interval.high,
    relative,
    p,
    q,
    expected_reached: expectedReached(interval, expected),
    value_money: money,
    value_money_low: money_low,
    value_money_high: money_high,
    ...returned,
  };
}
