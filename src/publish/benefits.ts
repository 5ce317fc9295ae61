import type { DuckDBConnection } from "@duckdb/node-api";
import { errorSummary } from "../analysis/benefit/errorRates.js";
import { assess, measureAll } from "../answers/benefit/assess.js";
import { monthsFrom } from "../answers/benefit/byMonth.js";
import { type Initiative, methodOf } from "../answers/benefit/initiative.js";
import { readInitiatives } from "../answers/benefit/readInitiatives.js";
import { roundKept } from "../answers/benefit/roundKept.js";
import { pairAt } from "../answers/benefit/windowPairs.js";
import { queryKpis, readAsOf } from "../answers/queryKpis.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { unknown } from "../catalogue/dimensions.js";
import type { KpiValue } from "../kpi/answer.js";
import { addDays, addMonths } from "../kpi/periods.js";
import { measure } from "../kpi/value.js";
import {
  type Assessment,
  type BenefitsDocument,
  type Companions,
  type Days,
  isOtherFinding,
  type Milestone,
  namingOnly,
  type PublishedInitiative,
  type Risk,
  type TrendMonth,
  type WindowValue,
} from "../published/benefitTypes.js";
import { fewIn, type Hidden, initiativesOfFew, mayTellOfFew, meets } from "./initiativesOfFew.js";
import { isOfPersons } from "./persons.js";
import type { Unshown } from "./unshown.js";

interface Options {
  withPersons: boolean;
}

/** Every initiative assessed as it may be published, with the plan and the risks. */
export async function benefitsDocument(
  db: DuckDBConnection,
  { kpis }: Catalogue,
  unshown: Unshown,
  { withPersons }: Options,
): Promise<BenefitsDocument> {
  const all = await readInitiatives(db, kpis);
  const assessed = await assess(db, all, { withCompanions: true });
  // What is told is of the definition that the verdict was given on; what the new one gives is asked for itself.
  const asTold = (each: Initiative): Initiative => each.decidedAs ?? each;
  const isOfOne = (each: Initiative) =>
    [asTold(each), each].some(({ scope }) => scope !== null && isOfPersons(scope.dimension));
  const published = all.filter((each) => withPersons || !isOfOne(each));
  const told = new Map(published.map((each) => [each, asTold(each)]));
  const hidden = await hiddenOf(db, [...told.values(), ...published], unshown, withPersons);
  const initiatives: PublishedInitiative[] = [];
  for (const [at, initiative] of all.entries()) {
    const [assessment, own] = [assessed[at], told.get(initiative)];
    if (!assessment || !own) continue;
    const { lag_days } = own;
    const trend = await trendOf(db, own, unshown);
    const { decided } = assessment;
    const isNowHidden = own !== initiative && hidden.has(initiative);
    const row: Assessment =
      isNowHidden && decided
        ? { ...assessment, decided: { ...decided, now: null, hidden: true } }
        : assessment;
    // Whether a kept verdict's data are still those that it was given on; the company's own figures tell of nobody.
    const [today] =
      decided && own.scope && mayTellOfFew(own, unshown, withPersons) ? await measureAll(db, [own]) : [];
    const why = hidden.get(own) ?? (today && isLeft(row, today) ? "few" : undefined);
    initiatives.push({
      ...(why ? withoutFigures(row, why) : await shown(db, own, today ? asKept(row, today) : row, unshown)),
      lag_days,
      trend,
    });
  }
  const known = new Set(initiatives.map(({ initiative_id }) => initiative_id));
  return {
    initiatives: initiatives.map((each) => ({
      ...each,
      ...(each.companions ? { companions: namingOnly(each.companions, known) } : {}),
    })),
    milestones: (await milestonesOf(db)).map((each) => (withPersons ? each : { ...each, owner_id: null })),
    risks: (await risksOf(db)).map((each) => (withPersons ? each : { ...each, owner_id: null })),
    error_rates: errorSummary,
  };
}

/** Which initiatives' figures are not shown, and why. */
async function hiddenOf(
  db: DuckDBConnection,
  initiatives: readonly Initiative[],
  unshown: Unshown,
  withPersons: boolean,
): Promise<Map<Initiative, Hidden>> {
  const found = new Map<Initiative, Hidden>();
  for (const id of new Set(initiatives.map(({ kpi }) => kpi.id))) {
    const own = initiatives.filter(({ kpi }) => kpi.id === id);
    for (const [each, why] of await initiativesOfFew(db, own, unshown, withPersons)) found.set(each, why);
  }
  return found;
}

/** Whether figures that were kept are of a scope of which the data have nobody any more: of how many they tell nobody can say. */
const isLeft = ({ baseline, follow_up, scope }: Assessment, today: Assessment): boolean =>
  Object.keys(scope).length > 0 &&
  [
    [baseline, today.baseline],
    [follow_up, today.follow_up],
  ].some(([kept, now]) => (kept?.n ?? 0) > 0 && (now?.n ?? 0) === 0);

/** Figures that were kept; where the data have become others, rounded. */
function asKept(row: Assessment, today: Assessment): Assessment {
  const isSame = (window: WindowValue, now: WindowValue) =>
    window.n === now.n && window.numerator === now.numerator && window.denominator === now.denominator;
  const isAsDecided = !isOtherFinding(row, { ...today, verdict: row.verdict });
  const isWhole = isSame(row.baseline, today.baseline) && isSame(row.follow_up, today.follow_up);
  return isWhole && isAsDecided ? row : roundKept(row);
}

/** An assessment without any figure: what was done, and that nothing of it is shown. */
function withoutFigures({ companions: _, decided, ...assessment }: Assessment, hidden: Hidden): Assessment {
  const nothing = { value: null, numerator: null, denominator: null, n: null };
  return {
    ...assessment,
    baseline: { ...assessment.baseline, ...nothing },
    follow_up: { ...assessment.follow_up, ...nothing },
    delta: null,
    low: null,
    high: null,
    relative: null,
    p: null,
    q: null,
    expected_reached: null,
    value_money: null,
    value_money_low: null,
    value_money_high: null,
    return: null,
    return_low: null,
    return_high: null,
    hidden,
    decided: decided && { ...decided, now: null },
  };
}

/** An assessment whose companions tell of enough people. */
async function shown(
  db: DuckDBConnection,
  initiative: Initiative,
  assessment: Assessment,
  unshown: Unshown,
): Promise<Assessment> {
  const { minCell } = unshown;
  const { companions, scope } = assessment;
  if (!companions || minCell === 1 || !initiative.scope) return assessment;
  const { dimension, value } = initiative.scope;
  const {
    customers,
    placebo_space: space,
    placebo_time: time,
    event_study: study,
    year_earlier: year,
  } = companions;
  const isFew = (count: number) => count > 0 && count < minCell;
  const hidden = await unshown.months(initiative.kpi.id, dimension, value);
  const isTold = async (days: readonly Days[]) =>
    ![...hidden].some((month) => days.some((each) => meets(month, each))) &&
    (await fewIn(db, initiative, days, [value], minCell, false)).length === 0;
  const starts: NonNullable<typeof time>["starts"] = [];
  for (const each of time?.starts ?? []) if (await isTold(pairAt(initiative, each.start))) starts.push(each);
  const months: NonNullable<typeof study>["months"] = [];
  for (const month of study?.months ?? [])
    months.push((await isTold([month])) ? month : { ...month, delta: null, low: null, high: null });
  const isYearTold = year && (await isTold([year.baseline, year.follow_up]));
  const isOfHidden = ({ start, end }: Days) => [...hidden].some((month) => meets(month, { start, end }));
  const { started_on, baseline, follow_up } = initiative;
  const until = { start: monthsFrom(started_on), end: follow_up.end };
  const others = [];
  for (const each of space?.values ?? []) {
    const isOwn = each.value === value;
    const unseen = isOwn ? [] : await unshown.months(initiative.kpi.id, dimension, each.value);
    if (![...unseen].some((month) => [baseline, follow_up].some((days) => meets(month, days))))
      others.push(each);
  }
  return {
    ...assessment,
    companions: {
      ...companions,
      customers: customers && !Object.values(customers).some(isFew) ? customers : null,
      year_earlier: isYearTold ? year : null,
      // What is made of all months tells of each that is not shown what the others leave.
      segmented: isOfHidden(until) ? null : companions.segmented,
      extreme_month: isOfHidden({ ...until, end: started_on }) ? null : companions.extreme_month,
      event_study: study && {
        months,
        flat_p: months.some(({ month, delta }) => month < 0 && delta === null) ? null : study.flat_p,
      },
      placebo_time:
        time && starts.length > 0
          ? { ...time, starts, alarms: starts.filter(({ p }) => p !== null && p <= 0.05).length }
          : null,
      placebo_space: space && { ...space, values: minCell > leastCustomers ? ownOnly(space, scope) : others },
    },
  };
}

/** Values of the scope's dimension are tried from so many customers on. */
const leastCustomers = 30;

const ownOnly = ({ values }: NonNullable<Companions["placebo_space"]>, scope: Assessment["scope"]) =>
  values.filter(({ value }) => Object.values(scope).includes(value));

/** An initiative's KPI by month, from a year before its baseline to the follow-up's end or the data's. */
async function trendOf(
  db: DuckDBConnection,
  initiative: Initiative,
  unshown: Unshown,
): Promise<TrendMonth[]> {
  const { kpi, scope, baseline, follow_up } = initiative;
  const { asOfDay } = await readAsOf(db);
  const to = [asOfDay, addDays(follow_up.end, -1)].sort()[0] ?? asOfDay;
  const from = addMonths(baseline.start, -12);
  if (from > to) return [];
  const rows = await queryKpis(db, [kpi], {
    kpiIds: [kpi.id],
    grain: "month",
    by: scope ? [scope.name] : [],
    where: [],
    from: from.slice(0, 7),
    to: to.slice(0, 7),
    withoutPercentiles: true,
  });
  const unseen = await hiddenMonths(scope, kpi.id, unshown);
  const isSummed = scope !== null && methodOf(initiative) !== null;
  const months = [...new Set(rows.map(({ period_start }) => period_start))].sort();
  const trend = months.flatMap((start): TrendMonth[] => {
    const ofMonth = rows.filter(({ period_start }) => period_start === start);
    const valueIn = ({ by }: KpiValue) => Object.values(by)[0];
    const own = ofMonth.find((row) => !scope || valueIn(row) === scope.value);
    if (!own) return [];
    const others = isSummed
      ? ofMonth.filter((row) => ![scope.value, unknown, null].includes(valueIn(row) ?? null))
      : [];
    const isHidden = unseen.own.has(start);
    const { value, low, high, partial, mature } = own;
    return [
      {
        start,
        ...(isHidden ? { value: null, low: null, high: null } : { value, low, high }),
        comparison: isHidden || unseen.others.has(start) ? null : together(initiative, others),
        partial,
        mature,
        hidden: isHidden,
      },
    ];
  });
  const first = trend.findIndex(
    ({ value, comparison, hidden }) => value !== null || comparison !== null || hidden,
  );
  return first < 0 ? [] : trend.slice(first);
}

/** Months in which the scope's value is hidden, and those in which the comparison group would give one away. */
async function hiddenMonths(scope: Initiative["scope"], kpi: string, unshown: Unshown) {
  if (!scope) return { own: new Set<string>(), others: new Set<string>() };
  return {
    own: await unshown.months(kpi, scope.dimension, scope.value),
    others: await unshown.months(kpi, scope.dimension, unknown),
  };
}

/** The value of several parts together. */
function together({ kpi }: Initiative, rows: readonly KpiValue[]): number | null {
  const known = rows.filter(({ numerator }) => numerator !== null);
  if (known.length === 0) return null;
  const sum = (name: "numerator" | "denominator" | "n") =>
    known.reduce((total, row) => total + (row[name] ?? 0), 0);
  const components = { numerator: sum("numerator"), denominator: sum("denominator"), n: sum("n") };
  return measure(kpi, { ...components, sumSq: 0, awaiting: 0 }).value;
}

const milestonesOf = (db: DuckDBConnection) =>
  rowsOf<Milestone>(
    db,
    `select milestone_id, phase, name, name_en, owner_id, strftime(due_on, '%Y-%m-%d') as due_on, strftime(done_on, '%Y-%m-%d') as done_on
     from staging.milestones order by due_on, milestone_id`,
  );

const risksOf = (db: DuckDBConnection) =>
  rowsOf<Risk>(
    db,
    `select risk_id, name, name_en, owner_id, kpi_id, countermeasure, countermeasure_en, status from staging.risks order by risk_id`,
  );

async function rowsOf<Row>(db: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson() as unknown as Row[];
}
