import type { DuckDBConnection } from "@duckdb/node-api";
import type { BenefitCases, Method } from "../../analysis/benefit/estimate.js";
import { customerDimensions, unknown } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal, selectSql, withSql } from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import { heldBy, reading } from "../../kpi/queryRows.js";
import { countSql, squaresSql, unitSql } from "../../kpi/sql.js";
import type { Components } from "../../kpi/value.js";
import type { Ranked } from "../../statistics/twoSamples.js";
import { type NamedWindow, windowed } from "../../warehouse/windows.js";
import type { Initiative } from "./initiative.js";

/** The place of cases outside a scope where its dimension's values are not told apart: whatever the scope is called, another. */
const besides = (value: string) => `not ${value}`;

/** The place of the scope itself. */
export const placeOf = ({ scope }: Initiative): string => scope?.value ?? "";

/** What of an initiative is read. */
export interface Asked {
  initiative: Initiative;
  /** Windows that do not overlap. */
  windows: readonly NamedWindow[];
  /** Whether each value of the scope's dimension is a place of its own. */
  isByValue?: boolean;
}

/** A place in a window. */
export interface Side {
  place: string;
  window: number;
  /** Customers with a case, or for counts with a day, in it; a case without customer counts as one. */
  customers: number;
}

/** What the primary method is made of: sums by customer and cell, however many cases there are. */
export interface InitiativeCases extends BenefitCases {
  sides: Side[];
}

interface Source {
  from: string;
  /** Conditions that keep the windows' cases. */
  where: string;
  /** The number of the window. */
  window: string;
  /** Null where nobody knows. */
  place: string;
}

/** The cases of windows, with SQL that says where they belong. */
function sourceOf({ initiative: { kpi, scope }, windows, isByValue = false }: Asked): Source {
  const isWindowed = kpi.cases === "periods";
  const relation = casesOf(kpi, isWindowed ? windowed(`marts.${kpi.id}`) : undefined);
  const by = scope ? [{ name: scope.name, dimension: scope.dimension }] : [];
  const { from, column } = reading({ kpi, by, where: new Map() }, relation, "cases");
  const isIn = ({ name, start, end }: NamedWindow) =>
    isWindowed
      ? `cases.grain = ${literal(name)}`
      : `(cases.case_on >= date ${literal(start)} and cases.case_on < date ${literal(end)})`;
  return {
    from,
    where: `(${windows.map(isIn).join(" or ")})`,
    window: `case ${windows.map((window, at) => `when ${isIn(window)} then ${at}`).join(" ")} end`,
    place: placeSql(scope, column, isByValue),
  };
}

const placeSql = (scope: Initiative["scope"], column: (name: string) => string, isByValue: boolean) => {
  if (!scope) return "''";
  const value = column(scope.dimension);
  const others = isByValue ? value : literal(besides(scope.value));
  return `case ${value} when ${literal(unknown)} then null when ${literal(scope.value)} then ${literal(scope.value)} else ${others} end`;
};

/** Whether the denominator is everybody's, whoever the numerator's rows are of. */
const isOfNumerator = ({ kpi, scope }: Initiative) =>
  scope !== null && kpi.numerator_dimensions.includes(heldBy(kpi, scope.dimension));

/** What the KPI's cases in scope add up to in each window, in the KPI's unit. */
export async function windowComponents(db: DuckDBConnection, asked: Asked): Promise<Components[]> {
  const { initiative } = asked;
  const { kpi } = initiative;
  const { from, where, window, place } = sourceOf(asked);
  const isScope = `${place} = ${literal(placeOf(initiative))}`;
  // Of a dimension that only the numerator has, the denominator is everybody's.
  const ofScope = isOfNumerator(initiative) ? ` filter (where ${isScope})` : "";
  const reader = await db.runAndReadAll(`
    select ${window} as window_number,
      ${unitSql(`sum(numerator)${ofScope}`, kpi.scale)} as numerator,
      ${unitSql("sum(denominator)")} as denominator,
      ${unitSql(countSql(kpi, "numerator", "denominator"))} as n,
      ${unitSql(squaresSql(kpi, "numerator"), kpi.scale ** 2)} as sum_sq
    from ${from}
    where ${where}${ofScope === "" ? ` and ${isScope}` : ""}
    group by 1`);
  const rows = reader.getRowsJson();
  return asked.windows.map((_, at) => {
    const [, numerator = 0, denominator = 0, n = 0, sumSq = 0] =
      rows.find(([number]) => Number(number) === at) ?? [];
    return {
      numerator: Number(numerator),
      denominator: Number(denominator),
      n: Number(n),
      sumSq: Number(sumSq),
      awaiting: 0,
    };
  });
}

/** The sums that the primary method needs. */
export async function readCases(
  db: DuckDBConnection,
  asked: Asked,
  method: Method,
): Promise<InitiativeCases> {
  const rows = method === "poisson" ? countsSql(asked) : casesSql(asked);
  await db.run(`
    create or replace temp table benefit_parts as
    select *, cast(dense_rank() over (order by place, window_number, segment, type) - 1 as integer) as cell
    from (${rows})`);
  const cells = await db.runAndReadAll(`
    select distinct place, window_number, segment, type, cell from benefit_parts order by cell`);
  const sides = await db.runAndReadAll(`
    select place, window_number,
      count(distinct customer_id) + coalesce(sum(weight) filter (where customer_id is null), 0)
    from benefit_parts group by all order by 1, 2`);
  const alone = await db.runAndReadAll(
    "select cell, weight, sum, squares from benefit_parts where customer_id is null order by cell",
  );
  const parts = await db.runAndReadAll(`
    select cast(dense_rank() over (order by customer_id) as integer) as cluster, cell, weight, sum, squares
    from benefit_parts where customer_id is not null order by cluster, cell`);
  const [clusters = [], ofCells = [], weights = [], sums = [], squares = []] =
    parts.getColumns() as number[][];
  const unowned = alone.getRowsJson().map((row) => row.map(Number));
  // Added up in one order: sums of floats that the engine makes differ in their last digits from run to run.
  const totals = cells.getRowsJson().map(() => ({ weight: 0, sum: 0, squares: 0 }));
  const add = (cell: number, weight: number, sum: number, square: number) => {
    const total = totals[cell];
    if (!total) return;
    total.weight += weight;
    total.sum += sum;
    total.squares += square;
  };
  for (const [cell = 0, weight = 0, sum = 0, square = 0] of unowned) add(cell, weight, sum, square);
  ofCells.forEach((cell, at) => {
    add(cell, weights[at] ?? 0, sums[at] ?? 0, squares[at] ?? 0);
  });
  const text = (value: unknown) => (value === null ? null : String(value));
  return {
    cells: cells.getRowsJson().map(([place, window, segment, type], cell) => ({
      place: String(place),
      window: Number(window),
      segment: text(segment),
      type: text(type),
      ...(totals[cell] ?? { weight: 0, sum: 0, squares: 0 }),
    })),
    sides: sides.getRowsJson().map(([place, window, customers]) => ({
      place: String(place),
      window: Number(window),
      customers: Number(customers),
    })),
    alone: unowned.map(([cell = 0, cases = 0, sum = 0, square = 0]) => ({
      cell,
      cases,
      sum,
      squares: Math.max(0, square - (sum * sum) / cases),
    })),
    parts: { clusters, cells: ofCells, weights, sums },
  };
}

/** How many people the cases of a place in a window are of; the place null is all but those asked for. */
export interface People {
  place: string | null;
  window: number;
  people: number;
}

/**
 * How many people the cases of values of an initiative's dimension are of, and those of all others together; a case of nobody
 * known counts as one.
 */
export async function peopleOf(
  db: DuckDBConnection,
  asked: Asked,
  values: readonly string[],
): Promise<People[]> {
  const { from, where, window, place } = sourceOf({ ...asked, isByValue: true });
  const told = values.map(literal).join(", ");
  const customer = asked.initiative.hasCustomers ? "cases.customer_id" : "null";
  const reader = await db.runAndReadAll(`
    select case when ${place} in (${told}) then ${place} end, ${window},
      count(distinct ${customer}) + count(*) filter (where ${customer} is null)
    from ${from} where ${where} group by all order by all`);
  return reader.getRowsJson().map(([of, at, people]) => ({
    place: of === null ? null : String(of),
    window: Number(at),
    people: Number(people),
  }));
}

/** How often each value occurs in scope in the first and the second window. */
export async function valueCounts(db: DuckDBConnection, asked: Asked): Promise<Ranked[]> {
  const { initiative } = asked;
  const { from, where, window, place } = sourceOf(asked);
  const reader = await db.runAndReadAll(`
    select cast(cases.numerator as double) / ${initiative.kpi.scale.toExponential()} as value,
      count(*) filter (where ${window} = 0) as first, count(*) filter (where ${window} = 1) as second
    from ${from}
    where ${where} and ${place} = ${literal(placeOf(initiative))} and cases.denominator > 0
    group by 1 order by 1`);
  const [values = [], firsts = [], seconds = []] = reader.getColumns() as (number | bigint)[][];
  return values.map((value, at) => ({
    value: Number(value),
    first: Number(firsts[at]),
    second: Number(seconds[at]),
  }));
}

const orUnknown = (column: string) => `coalesce(cast(${column} as varchar), ${literal(unknown)})`;

/** Cases by customer and cell: how many, and the sum of their values and squares. */
function casesSql(asked: Asked): string {
  const { kpi, hasCustomers } = asked.initiative;
  const { from, where, window, place } = sourceOf(asked);
  // An answer's or a promoter's value is a number of its own; of a rate it is 0 or 1, and its own square.
  const squares = squaresSql(kpi, "cases.numerator");
  const has = (name: string) => kpi.dimensions.includes(name);
  const customer = hasCustomers ? "cases.customer_id" : "null";
  return `
    select cast(${customer} as varchar) as customer_id, ${place} as place, ${window} as window_number,
      ${has("segment") ? orUnknown("cases.segment") : "cast(null as varchar)"} as segment,
      ${has("type") ? orUnknown("cases.type") : "cast(null as varchar)"} as type,
      ${unitSql("sum(cases.denominator)")} as weight,
      ${unitSql("sum(cases.numerator)", kpi.scale)} as sum,
      ${squares === "0" ? "sum" : unitSql(squares, kpi.scale ** 2)} as squares
    from ${from}
    where ${where} and ${place} is not null
    group by 1, 2, 3, 4, 5
    having sum(cases.denominator) > 0`;
}

/** Customers by window and place: the days on which they were active, and what was counted of them. */
function countsSql(asked: Asked): string {
  const { initiative, windows, isByValue = false } = asked;
  const { kpi, scope } = initiative;
  const { from, where, window, place } = sourceOf(asked);
  const dimension = scope && heldBy(kpi, scope.dimension);
  const customers = ofCustomers(kpi);
  const isOfCustomer = dimension === null || isCustomers(kpi, customers, dimension);
  const of = reading(
    { kpi: customers, by: scope && isOfCustomer ? [scope] : [], where: new Map() },
    casesOf(customers, "intermediate.customers"),
    "cases",
  );
  const days = windows.map(({ start, end }, at) => `(${at}, date ${literal(start)}, date ${literal(end)})`);
  // Who is kept grows fewer with time as who is lost grows more: it is the losses that are counted.
  const event = kpi.accrues === "rest" ? "cases.denominator - cases.numerator" : "cases.numerator";
  const queries = {
    // Nobody has been active on a day that the data do not reach.
    windows: `
      select window_number, start_on,
        least(end_on, (select cast(as_of_on as date) + 1 from config.settings)) as end_on
      from (values ${days.join(", ")}) as given (window_number, start_on, end_on)`,
    // Of a rate of customers those of the opening book; of counts whoever is active.
    book:
      kpi.kind === "customer_rate"
        ? `select distinct cases.customer_id, ${window} as window_number from ${from} where ${where} and cases.denominator > 0`
        : "select customer_id, window_number from intermediate.customers cross join windows where false",
    days: `
      select intervals.customer_id, windows.window_number,
        sum(days_between(greatest(intervals.began_on, windows.start_on),
          least(coalesce(intervals.ended_on, windows.end_on), windows.end_on))) as day_count
      from intermediate.customer_intervals as intervals
      inner join windows on intervals.began_on < windows.end_on
        and coalesce(intervals.ended_on, windows.end_on) > windows.start_on
      ${kpi.kind === "customer_rate" ? "inner join book on book.customer_id = intervals.customer_id and book.window_number = windows.window_number" : ""}
      group by 1, 2`,
    customers: `
      select cases.customer_id, ${orUnknown("cases.segment")} as segment,
        ${isOfCustomer ? placeSql(scope, of.column, isByValue) : "''"} as place
      from ${of.from}`,
    events: `
      select cases.customer_id, ${window} as window_number, ${isOfCustomer ? "''" : place} as place,
        ${unitSql(`sum(${event})`, kpi.scale)} as event_count
      from ${from}
      where ${where} and cases.customer_id is not null
      group by 1, 2, 3`,
    // What is counted of tickets of a kind can come from any customer: each stands in every place.
    places: `select distinct place from events where place is not null`,
    exposed: `
      select days.customer_id, days.window_number, coalesce(customers.segment, ${literal(unknown)}) as segment,
        ${isOfCustomer ? (scope ? "customers.place" : "''") : "places.place"} as place,
        days.day_count
      from days left join customers on customers.customer_id = days.customer_id
      ${isOfCustomer ? "" : "cross join places"}
      where days.day_count > 0`,
  };
  return withSql(
    queries,
    selectSql({
      columns: {
        customer_id: "exposed.customer_id",
        place: "exposed.place",
        window_number: "exposed.window_number",
        segment: "exposed.segment",
        type: "cast(null as varchar)",
        weight: "cast(exposed.day_count as double)",
        sum: "coalesce(events.event_count, 0)",
        squares: "cast(0 as double)",
      },
      from: `exposed left join events on events.customer_id = exposed.customer_id
        and events.window_number = exposed.window_number
        ${isOfCustomer ? "" : "and events.place = exposed.place"}`,
      where: ["exposed.place is not null"],
    }),
  );
}

/** Whether a dimension of a KPI is its customers' alone: a ticket's own region can be another than its customer's. */
function isCustomers(kpi: Kpi, customers: Kpi, dimension: string): boolean {
  const tables = (one: Kpi) => one.own_dimensions.find(({ id }) => id === dimension)?.tables ?? [];
  const own = tables(kpi);
  return own.length > 0 ? tables(customers).length === own.length : customerDimensions.includes(dimension);
}

/** The KPI with such of its own dimensions as its customers have. */
function ofCustomers(kpi: Kpi): Kpi {
  const own_tables = kpi.own_tables.filter(({ keys }) => keys.join() === "customer_id");
  const isKept = (name: string) => own_tables.some(({ table }) => table === name);
  const own_dimensions = kpi.own_dimensions
    .map((own) => ({
      ...own,
      tables: own.tables.filter(isKept),
      ofModel: own.ofModel && customerDimensions.includes(own.id),
    }))
    .filter(({ tables }) => tables.length > 0);
  return { ...kpi, own_tables, own_dimensions };
}
