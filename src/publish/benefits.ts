import type { DuckDBConnection } from "@duckdb/node-api";
import { errorSummary } from "../analysis/benefit/errorRates.js";
import { assess } from "../answers/benefit/assess.js";
import { placeOf, readCases } from "../answers/benefit/cases.js";
import { type Initiative, methodOf, namedWindow } from "../answers/benefit/initiative.js";
import { readInitiatives } from "../answers/benefit/readInitiatives.js";
import { queryKpis, readAsOf } from "../answers/queryKpis.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { unknown } from "../catalogue/dimensions.js";
import type { KpiValue } from "../kpi/answer.js";
import { addDays, addMonths } from "../kpi/periods.js";
import { measure } from "../kpi/value.js";
import type {
  Assessment,
  BenefitsDocument,
  Companions,
  Days,
  Milestone,
  PublishedInitiative,
  Risk,
  TrendMonth,
} from "../published/benefitTypes.js";
import { withWindows } from "../warehouse/windows.js";
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
  const initiatives: PublishedInitiative[] = [];
  for (const [at, initiative] of all.entries()) {
    const assessment = assessed[at];
    // What is told is of the definition that the verdict was given on; what the new one gives is asked for itself.
    const own = initiative.decidedAs ?? initiative;
    const isOfOne = [own, initiative].some(({ scope }) => scope !== null && isOfPersons(scope.dimension));
    if (!assessment || (isOfOne && !withPersons)) continue;
    const { lag_days } = own;
    const trend = await trendOf(db, own, unshown);
    const hidden = await tellsOfFew(db, own, unshown, withPersons);
    const isNowHidden =
      own !== initiative && (await tellsOfFew(db, initiative, unshown, withPersons)) !== null;
    const { decided } = assessment;
    const told = isNowHidden && decided ? { ...assessment, decided: { ...decided, now: null } } : assessment;
    initiatives.push({
      ...(hidden ? withoutFigures(told, hidden) : shown(told, unshown)),
      lag_days,
      trend,
    });
  }
  const known = new Set(initiatives.map(({ initiative_id }) => initiative_id));
  return {
    initiatives: initiatives.map((each) => ({ ...each, ...withoutStrangers(each, known) })),
    milestones: (await milestonesOf(db)).map((each) => (withPersons ? each : { ...each, owner_id: null })),
    risks: (await risksOf(db)).map((each) => (withPersons ? each : { ...each, owner_id: null })),
    error_rates: errorSummary,
  };
}

/** Names of overlapping initiatives that are published. */
function withoutStrangers({ companions }: Assessment, known: ReadonlySet<string>) {
  if (!companions) return {};
  const isKnown = (id: string) => known.has(id);
  const { overlapping, in_comparison } = companions;
  return {
    companions: {
      ...companions,
      overlapping: overlapping.filter(isKnown),
      in_comparison: in_comparison.filter(isKnown),
    },
  };
}

/**
 * Why figures are not shown, null where they are: figures of an initiative's windows tell of 1 to `min_cell` - 1 people in scope, or such a figure could be derived
 * from them: a month in them is not shown, which the months that are would leave over, or they cut a month so that a part of
 * it is of few. The company's own figures are always shown.
 */
async function tellsOfFew(
  db: DuckDBConnection,
  initiative: Initiative,
  unshown: Unshown,
  withPersons: boolean,
): Promise<Assessment["hidden"] | null> {
  const { kpi, scope, baseline, follow_up } = initiative;
  const isOpen = kpi.contributors === "none" || (kpi.contributors === "employees" && withPersons);
  if (unshown.minCell === 1 || !scope || isOpen) return null;
  if (await isAnyFew(db, initiative, [baseline, follow_up], unshown.minCell)) return "few";
  const hidden = await unshown.months(kpi.id, scope.dimension, scope.value);
  const isIn = (month: string) =>
    [baseline, follow_up].some(({ start, end }) => month < end && addMonths(month, 1) > start);
  const parts = partsOfMonths([baseline, follow_up]);
  if (parts.length > 0 && (await isAnyFew(db, initiative, parts, unshown.minCell))) return "few";
  const months = [...hidden].filter(isIn).map((start) => ({ start, end: addMonths(start, 1) }));
  if (months.length === 0) return null;
  return (await isAnyFew(db, initiative, months, unshown.minCell)) ? "few" : "neighbour";
}

/** What the ends of windows leave of the months they cut. */
function partsOfMonths(windows: readonly Days[]): Days[] {
  const ends = [...new Set(windows.flatMap(({ start, end }) => [start, end]))].filter(
    (day) => !day.endsWith("-01"),
  );
  const months = [...new Set(ends.map((day) => `${day.slice(0, 7)}-01`))].sort();
  return months.flatMap((month) => {
    const cuts = [
      month,
      ...ends.filter((day) => day.slice(0, 7) === month.slice(0, 7)).sort(),
      addMonths(month, 1),
    ];
    return cuts.slice(1).map((end, at) => ({ start: cuts[at] ?? month, end }));
  });
}

/** Whether a window's cases in scope are of 1 to `fewest` - 1 people. */
async function isAnyFew(
  db: DuckDBConnection,
  initiative: Initiative,
  days: readonly Days[],
  fewest: number,
): Promise<boolean> {
  const windows = days.map(namedWindow);
  const marts = initiative.kpi.cases === "periods" ? [`marts.${initiative.kpi.id}`] : [];
  const place = placeOf(initiative);
  const { sides } = await withWindows(db, windows, marts, () =>
    readCases(db, { initiative, windows }, methodOf(initiative) ?? "least_squares"),
  );
  return sides.some((side) => side.place === place && side.customers > 0 && side.customers < fewest);
}

/** An assessment without any figure: what was done, and that nothing of it is shown. */
function withoutFigures(
  { companions: _, decided, ...assessment }: Assessment,
  hidden: "few" | "neighbour",
): Assessment {
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
function shown(assessment: Assessment, { minCell }: Unshown): Assessment {
  const { companions, scope } = assessment;
  if (!companions || minCell === 1 || Object.keys(scope).length === 0) return assessment;
  const { customers, placebo_space: space } = companions;
  const isFew = (count: number) => count > 0 && count < minCell;
  const isTold = customers && !Object.values(customers).some(isFew);
  return {
    ...assessment,
    companions: {
      ...companions,
      customers: isTold ? customers : null,
      placebo_space:
        space && (minCell > leastCustomers ? { ...space, values: ownOnly(space, scope) } : space),
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
    `select milestone_id, phase, name, owner_id, strftime(due_on, '%Y-%m-%d') as due_on, strftime(done_on, '%Y-%m-%d') as done_on
     from staging.milestones order by due_on, milestone_id`,
  );

const risksOf = (db: DuckDBConnection) =>
  rowsOf<Risk>(
    db,
    `select risk_id, name, owner_id, kpi_id, countermeasure, status from staging.risks order by risk_id`,
  );

async function rowsOf<Row>(db: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson() as unknown as Row[];
}
