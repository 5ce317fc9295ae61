import type { DuckDBConnection } from "@duckdb/node-api";
import { hasComparison, type Method } from "../../analysis/benefit/estimate.js";
import {
  type Amount,
  type Candidate,
  type Effect,
  expectedReached,
  isTooLittle,
  judge,
  type Obstacle,
  worthOf,
} from "../../analysis/benefit/verdict.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { addDays } from "../../kpi/periods.js";
import { type Components, measure } from "../../kpi/value.js";
import {
  type Decided,
  decidedFields,
  isOtherFinding,
  isOtherWorth,
  isTested,
} from "../../published/benefitTypes.js";
import { mannWhitney } from "../../statistics/twoSamples.js";
import { type NamedWindow, withWindows } from "../../warehouse/windows.js";
import { readAsOf } from "../queryKpis.js";
import { type InitiativeCases, placeOf, valueCounts, windowComponents } from "./cases.js";
import { companionsOf, companionWindows } from "./companions.js";
import { type Both, contrast, contrastOf } from "./contrast.js";
import {
  type Assessment,
  type Days,
  daysOf,
  type Initiative,
  methodOf,
  namedWindow,
  type WindowValue,
} from "./initiative.js";
import { obstacleOf } from "./obstacle.js";
import { readRegister, readVerdicts } from "./register.js";
import { saturates } from "./saturates.js";

/** An initiative with what its windows hold, before all are judged together. */
interface Measured {
  initiative: Initiative;
  /** Null where nothing can be tested. */
  method: Method | null;
  untestable: Assessment["untestable"];
  isCompared: boolean;
  obstacle: Obstacle | null;
  baseline: Components | null;
  follow_up: Components | null;
  /** Whether days of the follow-up are still to come. */
  isPartial: boolean;
  effect: Effect | null;
  isTooLittle: boolean;
  companions: Assessment["companions"];
}

/** What of an assessment is wanted. */
export interface AssessOptions {
  /** Those told; by default all. */
  ids?: readonly string[];
  /** With what stands beside each verdict. */
  withCompanions?: boolean;
}

/**
 * The benefit assessment of initiatives: their KPI in both windows, the change by the primary method, a verdict, and what
 * it was worth.
 * @param all every initiative: verdicts are given on all of them together, whichever are asked for
 */
export async function assess(
  db: DuckDBConnection,
  all: readonly Initiative[],
  options: AssessOptions = {},
): Promise<Assessment[]> {
  const found = await measureAll(db, all, options);
  const register = await readRegister(db);
  const verdicts = await readVerdicts(db);
  return found.map((now) => {
    const registered = register.get(now.initiative_id) ?? null;
    const kept = verdicts.get(now.initiative_id);
    if (!kept) return { ...now, registered };
    const { assessment, decided_on: on, build_id, isRedefined: redefined } = kept;
    const isOther = redefined || isOtherFinding(assessment, now) || isOtherWorth(assessment, now);
    const today = Object.fromEntries(decidedFields.map((name) => [name, now[name]])) as Decided["now"];
    const decided = { build_id, on, redefined, now: isOther ? today : null };
    // What stands beside a verdict is of the definition that it was given on.
    const companions = redefined ? undefined : now.companions;
    const { withdrawn, copy_of } = now;
    const { untestable = null, scope_unknown = null } = assessment;
    const own = {
      ...assessment,
      name: now.name,
      name_en: now.name_en ?? null,
      untestable,
      scope_unknown,
      withdrawn,
      copy_of,
      registered,
      decided,
    };
    return companions ? { ...own, companions } : own;
  });
}

/** What the warehouse's own data say of initiatives, whatever earlier builds said. */
export async function measureAll(
  db: DuckDBConnection,
  all: readonly Initiative[],
  { ids = [], withCompanions = false }: AssessOptions = {},
): Promise<Assessment[]> {
  const isAsked = ({ initiative_id }: { initiative_id: string }) =>
    ids.length === 0 || ids.includes(initiative_id);
  const windowed = all.filter(({ kpi }) => kpi.cases === "periods");
  const marts = [...new Set(windowed.map(({ kpi }) => `marts.${kpi.id}`))];
  const windows = new Map<string, NamedWindow>();
  for (const each of windowed) {
    const further = withCompanions && isAsked(each) ? await companionWindows(db, each, all) : [];
    for (const window of [each.baseline, each.follow_up, ...further].map(namedWindow))
      windows.set(window.name, window);
  }
  return withWindows(db, [...windows.values()], marts, async () => {
    const measured: Measured[] = [];
    for (const each of all)
      measured.push(await measureInitiative(db, each, withCompanions && isAsked(each) ? all : undefined));
    return judged(measured).filter(isAsked);
  });
}

async function measureInitiative(
  db: DuckDBConnection,
  initiative: Initiative,
  others: readonly Initiative[] | undefined,
): Promise<Measured> {
  const method = methodOf(initiative);
  const obstacle = await obstacleOf(db, initiative);
  const nothing = {
    initiative,
    method,
    untestable: method ? null : ("no_interval" as const),
    isCompared: false,
    obstacle,
    effect: null,
    isTooLittle: false,
    companions: undefined,
  };
  const { asOfDay } = await readAsOf(db);
  const isPartial = addDays(initiative.follow_up.end, -1) > asOfDay;
  if (obstacle === "not_recorded") return { ...nothing, isPartial, baseline: null, follow_up: null };
  const windows = [initiative.baseline, initiative.follow_up].map(namedWindow);
  const begun = ({ start }: Days, components: Components | undefined) =>
    components === undefined || start > asOfDay ? null : components;
  if (!method) {
    // A growth is one of a period against another: a window of days has none.
    const sums = initiative.kpi.kind === "growth" ? [] : await windowComponents(db, { initiative, windows });
    return {
      ...nothing,
      isPartial,
      baseline: begun(initiative.baseline, sums[0]),
      follow_up: begun(initiative.follow_up, sums[1]),
    };
  }
  const found = await contrast(db, initiative, [initiative.baseline, initiative.follow_up], method);
  const { baseline, follow_up, cases } = found;
  const place = placeOf(initiative);
  // Of a follow-up that has not begun nobody has cases yet; who has them before is the comparison group.
  const isCompared =
    hasComparison(cases.cells, contrastOf(place)) ||
    (obstacle !== null && cases.cells.some((cell) => cell.place !== place && cell.window === 0));
  const ranked = isDuration(initiative.kpi) ? await valueCounts(db, { initiative, windows }) : null;
  // What has not begun has no change yet.
  const hasBegun = initiative.follow_up.start <= asOfDay;
  const effect = hasBegun &&
    found.effect && {
      ...found.effect,
      ...(ranked ? { ranks: mannWhitney(ranked) } : {}),
    };
  const both = { baseline, follow_up };
  if (!obstacle && saturates(initiative, cases))
    return { ...nothing, isPartial, method: null, untestable: "windows_differ", ...both };
  return {
    ...nothing,
    isPartial,
    baseline: begun(initiative.baseline, baseline),
    follow_up: begun(initiative.follow_up, follow_up),
    isCompared,
    effect: effect || null,
    isTooLittle: isTooLittle(amountOf(initiative, method, cases, isCompared, both)),
    companions:
      others && !obstacle
        ? await companionsOf(db, initiative, method, { ...found, ranked }, others)
        : undefined,
  };
}

const isDuration = ({ kind, unit }: Kpi) => kind === "mean" && (unit === "minutes" || unit === "hours");

/** How much there is to judge by. */
function amountOf(
  initiative: Initiative,
  method: Method,
  { sides }: InitiativeCases,
  isCompared: boolean,
  { baseline, follow_up }: Both,
): Amount {
  const { kind } = initiative.kpi;
  const place = placeOf(initiative);
  const customers = [true, ...(isCompared ? [false] : [])].flatMap((isScope) =>
    [0, 1].map((window) =>
      sides
        .filter((side) => (side.place === place) === isScope && side.window === window)
        .reduce((sum, side) => sum + side.customers, 0),
    ),
  );
  const isRate = kind === "rate" || kind === "customer_rate";
  const events = method === "poisson" && !isRate ? { events: baseline.numerator + follow_up.numerator } : {};
  const share = (baseline.numerator + follow_up.numerator) / (baseline.denominator + follow_up.denominator);
  const fewest = Math.min(baseline.denominator, follow_up.denominator) * Math.min(share, 1 - share);
  return { customers, ...events, ...(isRate ? { leastExpected: fewest } : {}) };
}

/** What makes two initiatives the same question: the KPI, whom it concerns, and the days of start and windows. */
const questionOf = ({ kpi, scope, started_on, baseline, follow_up }: Initiative): string =>
  JSON.stringify([kpi.id, scope && [scope.dimension, scope.value], started_on, baseline, follow_up]);

function judged(measured: readonly Measured[]): Assessment[] {
  const questions = measured.map(({ initiative }) => questionOf(initiative));
  const firsts = questions.map((question, at) => {
    const first = questions.indexOf(question);
    return first === at ? null : first;
  });
  const verdicts = judge(
    measured.map(
      (each, at): Candidate => ({
        obstacle: each.obstacle,
        isTooLittle: each.isTooLittle,
        isTestable: each.method !== null,
        direction: each.initiative.kpi.direction,
        effect: each.effect,
        copyOf: firsts[at] ?? null,
      }),
    ),
  );
  return measured.map((each, at) => {
    const { verdict = "not_testable", q = null } = verdicts[at] ?? {};
    const { companions } = each;
    return {
      ...whatItIs(each),
      copy_of: measured[firsts[at] ?? -1]?.initiative.initiative_id ?? null,
      ...whatItCameTo(each, verdict, q),
      registered: null,
      decided: null,
      ...(companions ? { companions } : {}),
    };
  });
}

function whatItIs({ initiative, baseline, follow_up, method, untestable, isCompared }: Measured) {
  const { initiative_id, name, name_en, kpi, scope, started_on, expected, cost, value_per_unit } = initiative;
  return {
    initiative_id,
    name,
    name_en,
    kpi_id: kpi.id,
    scope: scope ? { [scope.name]: scope.value } : {},
    scope_unknown: scope?.isUnknown ? { near: scope.near } : null,
    withdrawn: initiative.isWithdrawn,
    started_on,
    baseline: windowValue(kpi, initiative.baseline, baseline),
    follow_up: windowValue(kpi, initiative.follow_up, follow_up),
    method: method && (isCompared ? `${method}_did` : method),
    untestable,
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

function whatItCameTo(
  { initiative, effect, baseline, follow_up, isPartial }: Measured,
  verdict: Assessment["verdict"],
  q: number | null,
) {
  const { kpi, expected, cost, value_per_unit } = initiative;
  // What grows with time cannot be compared over days still to come, nor be subtracted between windows of different length.
  const grows = ["sum", "count", "poisson_rate"].includes(kpi.kind) || kpi.accrues !== undefined;
  if (!effect || verdict === "still_running") {
    const [before, after] = [baseline, follow_up].map((each) => each && measure(kpi, each).value);
    const isAlike = effect !== null || daysOf(initiative.baseline) === daysOf(initiative.follow_up);
    const isKnown = !grows || (isAlike && !isPartial);
    const delta = isKnown && before != null && after != null ? (effect?.delta ?? after - before) : null;
    const open = { low: null, high: null, p: null, q: null, expected_reached: null };
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
  const isDecided = isTested(verdict);
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
    p: isDecided ? p : null,
    q,
    expected_reached: isDecided ? expectedReached(interval, expected) : null,
    value_money: money,
    value_money_low: money_low,
    value_money_high: money_high,
    ...returned,
  };
}
