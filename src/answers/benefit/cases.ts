import type { DuckDBConnection } from "@duckdb/node-api";
import type { BenefitCases, CellKey, Method } from "../../analysis/benefit/estimate.js";
import { customerDimensions, unknown } from "../../catalogue/dimensions.js";
import { literal, selectSql, withSql } from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import { heldBy, reading } from "../../kpi/queryRows.js";
import { countSql, squaresSql, unitSql } from "../../kpi/sql.js";
import type { Components } from "../../kpi/value.js";
import { windowed } from "../../warehouse/windows.js";
import type { Days, Initiative } from "./initiative.js";

/** A pair of windows that are compared, with the names that withWindows knows them by. */
export interface Pair {
  baseline: Days;
  follow_up: Days;
  names: { baseline: string; follow_up: string };
}

/** Sums of a cell over all its clusters. */
interface CellTotals extends CellKey {
  weight: number;
  sum: number;
  squares: number;
}

/** A side of the comparison: in scope or not, baseline or follow-up. */
export interface Side {
  in_scope: boolean;
  is_follow_up: boolean;
  /** Customers with a case, or for counts with a day, in it; a case without customer counts as one. */
  customers: number;
}

/** What the primary method is made of: sums by customer and cell, however many cases there are. */
export interface InitiativeCases extends BenefitCases {
  cells: CellTotals[];
  sides: Side[];
}

interface Source {
  from: string;
  /** Conditions that keep the windows' cases. */
  where: string;
  isFollowUp: string;
  /** true in scope, false in the comparison group, null in neither. */
  inScope: string;
}

/** The cases of both windows, with SQL that says where they belong. */
function sourceOf({ kpi, scope }: Initiative, { baseline, follow_up, names }: Pair): Source {
  const isWindowed = kpi.cases === "periods";
  const relation = casesOf(kpi, isWindowed ? windowed(`marts.${kpi.id}`) : undefined);
  const by = scope ? [{ name: scope.name, dimension: scope.dimension }] : [];
  const { from, column } = reading({ kpi, by, where: new Map() }, relation, "cases");
  const inDays = ({ start, end }: Days) =>
    `(cases.case_on >= date ${literal(start)} and cases.case_on < date ${literal(end)})`;
  return {
    from,
    where: isWindowed
      ? `cases.grain in (${literal(names.baseline)}, ${literal(names.follow_up)})`
      : `(${inDays(baseline)} or ${inDays(follow_up)})`,
    isFollowUp: isWindowed ? `cases.grain = ${literal(names.follow_up)}` : inDays(follow_up),
    inScope: scopeSql(scope, column),
  };
}

/** Whether a row is in the scope; null where nobody knows. */
const scopeSql = (scope: Initiative["scope"], column: (name: string) => string) =>
  scope
    ? `case ${column(scope.dimension)} when ${literal(scope.value)} then true when ${literal(unknown)} then null else false end`
    : "true";

/** Whether the denominator is everybody's, whoever the numerator's rows are of. */
const isOfNumerator = ({ kpi, scope }: Initiative) =>
  scope !== null && kpi.numerator_dimensions.includes(heldBy(kpi, scope.dimension));

/**
 * What the KPI's cases in scope add up to in both windows, in the KPI's unit, baseline first.
 */
export async function windowComponents(
  db: DuckDBConnection,
  initiative: Initiative,
  pair: Pair,
): Promise<[Components, Components]> {
  const { kpi } = initiative;
  const { from, where, isFollowUp, inScope } = sourceOf(initiative, pair);
  const isDenominator = isOfNumerator(initiative) ? " or cases.denominator > 0" : "";
  const reader = await db.runAndReadAll(`
    select ${isFollowUp} as is_follow_up,
      ${unitSql("sum(numerator)", kpi.scale)} as numerator,
      ${unitSql("sum(denominator)")} as denominator,
      ${unitSql(countSql(kpi, "numerator", "denominator"))} as n,
      ${unitSql(squaresSql(kpi, "numerator"), kpi.scale ** 2)} as sum_sq
    from ${from}
    where ${where} and (${inScope}${isDenominator})
    group by 1`);
  const sums = [false, true].map((isAfter) => {
    const [, numerator = 0, denominator = 0, n = 0, sumSq = 0] =
      reader.getRowsJson().find(([is]) => is === isAfter) ?? [];
    return {
      numerator: Number(numerator),
      denominator: Number(denominator),
      n: Number(n),
      sumSq: Number(sumSq),
      awaiting: 0,
    };
  });
  return sums as [Components, Components];
}

/** The sums that the primary method needs. */
export async function readCases(
  db: DuckDBConnection,
  initiative: Initiative,
  pair: Pair,
  method: Method,
): Promise<InitiativeCases> {
  const rows = method === "poisson" ? countsSql(initiative, pair) : casesSql(initiative, pair);
  await db.run(`
    create or replace temp table benefit_parts as
    select *, cast(dense_rank() over (order by in_scope, is_follow_up, segment, type) - 1 as integer) as cell
    from (${rows})`);
  const cells = await db.runAndReadAll(`
    select in_scope, is_follow_up, segment, type, sum(weight), sum(sum), sum(squares)
    from benefit_parts group by all order by min(cell)`);
  const sides = await db.runAndReadAll(`
    select in_scope, is_follow_up,
      count(distinct customer_id) + coalesce(sum(weight) filter (where customer_id is null), 0)
    from benefit_parts group by all order by 1 desc, 2`);
  const alone = await db.runAndReadAll(
    "select cell, weight, sum, squares - sum * sum / weight from benefit_parts where customer_id is null order by cell",
  );
  const parts = await db.runAndReadAll(`
    select cast(dense_rank() over (order by customer_id) as integer) as cluster, cell, weight, sum
    from benefit_parts where customer_id is not null order by cluster, cell`);
  const [clusters = [], ofCells = [], weights = [], sums = []] = parts.getColumns() as number[][];
  const text = (value: unknown) => (value === null ? null : String(value));
  return {
    cells: cells.getRowsJson().map(([inScope, isFollowUp, segment, type, weight, sum, squares]) => ({
      in_scope: inScope === true,
      is_follow_up: isFollowUp === true,
      segment: text(segment),
      type: text(type),
      weight: Number(weight),
      sum: Number(sum),
      squares: Number(squares),
    })),
    sides: sides.getRowsJson().map(([inScope, isFollowUp, customers]) => ({
      in_scope: inScope === true,
      is_follow_up: isFollowUp === true,
      customers: Number(customers),
    })),
    alone: alone.getRowsJson().map(([cell, cases, sum, squares]) => ({
      cell: Number(cell),
      cases: Number(cases),
      sum: Number(sum),
      squares: Math.max(0, Number(squares)),
    })),
    parts: { clusters, cells: ofCells, weights, sums },
  };
}

const orUnknown = (column: string) => `coalesce(cast(${column} as varchar), ${literal(unknown)})`;

/** Cases by customer and cell: how many, and the sum of their values and squares. */
function casesSql(initiative: Initiative, pair: Pair): string {
  const { kpi } = initiative;
  const { from, where, isFollowUp, inScope } = sourceOf(initiative, pair);
  // An answer's or a promoter's value is a number of its own; of a rate it is 0 or 1, and its own square.
  const squares = squaresSql(kpi, "cases.numerator");
  const has = (name: string) => kpi.dimensions.includes(name);
  const customer =
    kpi.contributors === "employees" && kpi.belongs_to === "employee" ? "null" : "cases.customer_id";
  return `
    select cast(${customer} as varchar) as customer_id, ${inScope} as in_scope, ${isFollowUp} as is_follow_up,
      ${has("segment") ? orUnknown("cases.segment") : "cast(null as varchar)"} as segment,
      ${has("type") ? orUnknown("cases.type") : "cast(null as varchar)"} as type,
      ${unitSql("sum(cases.denominator)")} as weight,
      ${unitSql("sum(cases.numerator)", kpi.scale)} as sum,
      ${squares === "0" ? "sum" : unitSql(squares, kpi.scale ** 2)} as squares
    from ${from}
    where ${where} and ${inScope} is not null
    group by 1, 2, 3, 4, 5
    having sum(cases.denominator) > 0`;
}

/** Customers by window and scope: the days on which they were active, and what was counted of them. */
function countsSql(initiative: Initiative, pair: Pair): string {
  const { kpi, scope } = initiative;
  const { from, where, isFollowUp, inScope } = sourceOf(initiative, pair);
  const dimension = scope && heldBy(kpi, scope.dimension);
  const isOfCustomer =
    dimension === null || customerDimensions.includes(dimension) || kpi.own_tables.some(ofCustomers);
  const customers = { ...kpi, own_tables: kpi.own_tables.filter(ofCustomers) };
  const asked = { kpi: customers, by: scope ? [scope] : [], where: new Map() };
  const of = reading(
    isOfCustomer ? asked : { ...asked, by: [] },
    casesOf(customers, "intermediate.customers"),
    "cases",
  );
  const [before, after] = [pair.baseline, pair.follow_up].map(
    ({ start, end }, at) => `(${at === 1}, date ${literal(start)}, date ${literal(end)})`,
  );
  // Who is kept grows fewer with time as who is lost grows more: it is the losses that are counted.
  const event = kpi.id === "retention_rate" ? "cases.denominator - cases.numerator" : "cases.numerator";
  const days = {
    windows: `select * from (values ${before}, ${after}) as given (is_follow_up, start_on, end_on)`,
    days: `
      select intervals.customer_id, windows.is_follow_up,
        sum(days_between(greatest(intervals.began_on, windows.start_on),
          least(coalesce(intervals.ended_on, windows.end_on), windows.end_on))) as day_count
      from intermediate.customer_intervals as intervals
      inner join windows on intervals.began_on < windows.end_on
        and coalesce(intervals.ended_on, windows.end_on) > windows.start_on
      group by 1, 2`,
    // Who is whose is told of customers where they have it, else of what is counted: then each stands on both sides.
    customers: `
      select cases.customer_id, ${orUnknown("cases.segment")} as segment,
        ${isOfCustomer ? scopeSql(scope, of.column) : "cast(null as boolean)"} as in_scope
      from ${of.from}`,
    exposed: `
      select days.customer_id, days.is_follow_up, coalesce(customers.segment, ${literal(unknown)}) as segment,
        ${isOfCustomer ? `coalesce(customers.in_scope, ${scope ? "null" : "true"})` : "sides.in_scope"} as in_scope,
        days.day_count
      from days left join customers on customers.customer_id = days.customer_id
      ${isOfCustomer ? "" : "cross join (values (true), (false)) as sides (in_scope)"}
      where days.day_count > 0`,
    events: `
      select cases.customer_id, ${isFollowUp} as is_follow_up, ${isOfCustomer ? "cast(null as boolean)" : inScope} as in_scope,
        ${unitSql(`sum(${event})`, kpi.scale)} as event_count
      from ${from}
      where ${where} and cases.customer_id is not null
      group by 1, 2, 3`,
  };
  return withSql(
    days,
    selectSql({
      columns: {
        customer_id: "exposed.customer_id",
        in_scope: "exposed.in_scope",
        is_follow_up: "exposed.is_follow_up",
        segment: "exposed.segment",
        type: "cast(null as varchar)",
        weight: "cast(exposed.day_count as double)",
        sum: "coalesce(events.event_count, 0)",
        squares: "cast(0 as double)",
      },
      from: `exposed left join events on events.customer_id = exposed.customer_id
        and events.is_follow_up = exposed.is_follow_up
        ${isOfCustomer ? "" : "and events.in_scope = exposed.in_scope"}`,
      where: ["exposed.in_scope is not null"],
    }),
  );
}

const ofCustomers = ({ keys }: Initiative["kpi"]["own_tables"][number]) => keys.join() === "customer_id";
