import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { type Dice, dice } from "./dice.js";
import { extractEnd, type SamplePlan } from "./options.js";
import { churnHazard, emailShare, orderSeason, priceRise, ticketSeason } from "./truths.js";
import {
  departments,
  firstSyllables,
  industries,
  nameEndings,
  places,
  secondSyllables,
  segments,
} from "./words.js";

/** What the tables' queries share: the plan, the dice and where each month's rows begin. */
export interface World {
  plan: SamplePlan;
  dice: Dice;
  /** SQL for the 0-based month of the row `index` of a flow. */
  monthOf(flow: Flow, index: string): string;
  /** SQL for the random time of day (a timestamp) of the row `index` within its month; needs `months` in scope. */
  timeOf(flow: Flow, index: string): string;
}

/** Rows that come in month by month, in proportion to the customers active and the season. */
export type Flow = "tickets" | "orders" | "contacts" | "forms";

/**
 * Fill the generator's own tables: `months`, `employee`, `customer` and `active` (who is a customer all
 * through which month, addressed by a dense key).
 */
export async function createWorld(
  db: DuckDBConnection,
  plan: SamplePlan,
  sizes: Readonly<Record<Flow, number>>,
): Promise<World> {
  const drawn = dice(plan.seed);
  await db.run(monthsSql(plan.months));
  await db.run(employeeSql(plan.employees, drawn));
  await db.run(customerSql(plan, drawn));
  await db.run(activeSql);
  await db.run(activeMonthsSql);
  const reader = await db.runAndReadAll(
    "select active_count::double, month(start_on)::int from months order by m",
  );
  const rows = reader.getRows() as [number, number][];
  const firsts = new Map<Flow, number[]>();
  for (const flow of Object.keys(sizes) as Flow[]) {
    const season = flow === "tickets" ? ticketSeason : flow === "orders" ? orderSeason : null;
    const weights = rows.map(([count, month]) => count * (season?.[month - 1] ?? 1));
    firsts.set(flow, spread(sizes[flow], weights));
  }
  return {
    plan,
    dice: drawn,
    monthOf: (flow, index) => monthCase(firsts.get(flow) ?? [], index),
    timeOf: (flow, index) =>
      timeSql(
        firsts.get(flow) ?? [],
        sizes[flow],
        index,
        drawn.pick(index, `second of the day, ${flow}`, 46800),
      ),
  };
}

/** The department's first employee and how many it has. */
export function staffOf(employees: number, names: readonly string[]): { first: number; count: number } {
  let reached = 0;
  let first = -1;
  let count = 0;
  for (const department of departments) {
    const begin = Math.round(employees * reached);
    reached += department.share;
    const end = Math.round(employees * reached);
    if (!names.includes(department.name)) continue;
    if (first < 0) first = begin;
    count += end - begin;
  }
  return { first, count };
}

/** SQL for an employee's id, e.g. `E00007`. */
export const employeeId = (index: string) => `printf('E%05d', (${index})::bigint)`;

/** SQL for a customer's id, e.g. `C0000007`. */
export const customerId = (index: string) => `printf('C%07d', (${index})::bigint)`;

function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let reached = 0;
  return weights.map((weight) => {
    const first = Math.round((total * reached) / sum);
    reached += weight;
    return first;
  });
}

function monthCase(firsts: readonly number[], index: string): string {
  const later = firsts.slice(1).map((first, m) => `when ${index} < ${first} then ${m}`);
  return later.length === 0 ? "0" : `(case ${later.join(" ")} else ${firsts.length - 1} end)`;
}

function timeSql(firsts: readonly number[], total: number, index: string, draw: string): string {
  const begins = `([${firsts.join(", ")}])[months.m + 1]`;
  const ends = `([${[...firsts.slice(1), total].join(", ")}])[months.m + 1]`;
  const day = `((${index} - ${begins}) * months.days // greatest(${ends} - ${begins}, 1))::int`;
  return `((months.start_on + ${day})::timestamp + to_seconds((28800 + ${draw})::int))`;
}

function monthsSql(months: number): string {
  const { from, until, before, after } = emailShare;
  const span = `date_diff('month', date '${from}', date '${until}')`;
  return `
    create table months as
    select
        m::int as m,
        (date '${extractEnd}' - to_months((${months} - m)::int))::date as start_on,
        (date '${extractEnd}' - to_months((${months} - m - 1)::int))::date as end_on,
        date_diff('day', start_on, end_on)::int as days,
        ${before} + ${after - before}
            * least(greatest(date_diff('month', date '${from}', start_on) / ${span}, 0), 1) as email_share
    from range(${months}) as numbers(m)`;
}

function employeeSql(employees: number, drawn: Dice): string {
  const branches = (value: (position: number) => string) => {
    let reached = 0;
    const cases = departments.map((department, position) => {
      reached += department.share;
      return `when e < ${Math.round(employees * reached)} then ${value(position)}`;
    });
    return `(case ${cases.join(" ")} end)`;
  };
  const firstOf = (position: number) => staffOf(employees, [departments[position]?.name ?? ""]).first;
  return `
    create table employee as
    select
        e::int as e,
        ${employeeId("e + 1")} as employee_id,
        ${branches((i) => literal(departments[i]?.name ?? ""))} as department,
        ${branches((i) => literal(departments[i]?.role ?? ""))} as post,
        ${branches((i) => String(firstOf(i)))} as head,
        date '2018-03-01' + ${drawn.pick("e", "hired", 2200)}::int as hired_on,
        case
            when e <> head and ${drawn.uniform("e", "leaves")} < 0.14
            then (date '${extractEnd}' - 20 - ${drawn.pick("e", "left", 700)}::int)
        end as left_on
    from range(${employees}) as numbers(e)`;
}

function customerSql(plan: SamplePlan, drawn: Dice): string {
  const initial = Math.round(plan.customers * 0.7);
  const hazards = Object.entries(churnHazard).map(
    ([segment, hazard]) => `when ${literal(segment)} then ${hazard}`,
  );
  const owners = staffOf(plan.employees, ["销售部"]);
  const spot = `(${drawn.weighted("k", "place", Object.fromEntries(places.map((p, i) => [String(i), p.weight])))})::int`;
  const listOf = (values: readonly string[]) => `[${values.map(literal).join(", ")}]`;
  const endings = Object.entries(nameEndings).map(
    ([segment, values]) => `when ${literal(segment)} then ${drawn.oneOf("k", "ending", values)}`,
  );
  const words = Object.entries(industries).map(
    ([name, word]) => `when ${literal(name)} then ${literal(word)}`,
  );
  return `
    create table customer as
    with
    window_start as (select min(start_on) as start_on, sum(days) as days from months),
    drawn as (
        select
            k::int as k,
            ${customerId("k + 1")} as customer_id,
            ${drawn.weighted("k", "segment", segments)} as segment,
            ${drawn.oneOf("k", "industry", Object.keys(industries))} as industry,
            ${spot} as spot,
            case
                when k < ${initial}
                then start_on - 30 - ${drawn.pick("k", "age", 1700)}::int
                else start_on + ${drawn.pick("k", "acquired", "days")}::int
            end as acquired_on,
            k >= ${initial} as is_new
        from range(${plan.customers}) as numbers(k), window_start
    ),
    losses as (
        select k as lost_k, min(months.m) as lost_m
        from drawn
        join months on months.start_on > drawn.acquired_on
        where ${drawn.uniform("k::bigint * 1000 + months.m", "leaves")}
            < case
                when segment = '${priceRise.segment}' and months.start_on >= date '${priceRise.on}'
                then ${priceRise.hazardAfter}
                else case segment ${hazards.join(" ")} end
            end
        group by k
    )
    select
        drawn.*,
        ${listOf(places.map((p) => p.region))}[spot + 1] as region,
        ${listOf(places.map((p) => p.province))}[spot + 1] as province,
        ${listOf(places.map((p) => p.city))}[spot + 1] as city,
        ${listOf(places.map((p) => p.city))}[spot + 1]
            || ${drawn.oneOf("k", "first syllable", firstSyllables)}
            || ${drawn.oneOf("k", "second syllable", secondSyllables)}
            || case industry ${words.join(" ")} end
            || case segment ${endings.join(" ")} end as name,
        ${owners.first} + ${drawn.pick("k", "owner", owners.count)} as owner,
        (months.start_on + ${drawn.pick("k", "day of loss", "months.days")}::int) as churned_on,
        case
            when ${drawn.uniform("k", "returns")} < 0.08
                and churned_on + 60 + ${drawn.pick("k", "return", 150)}::int < date '${extractEnd}'
            then churned_on + 60 + ${drawn.pick("k", "return", 150)}::int
        end as returned_on
    from drawn
    left join losses on losses.lost_k = drawn.k
    left join months on months.m = losses.lost_m
    order by k`;
}

const activeSql = `
    create table active as
    select row_number() over (order by m, k) - 1 as active_key, m, k
    from months, customer
    where acquired_on < start_on
        and (churned_on is null or churned_on >= end_on or returned_on < start_on)`;

const activeMonthsSql = `
    create or replace table months as
    select
        months.*,
        coalesce(counts.active_count, 0) as active_count,
        coalesce(counts.active_first, 0) as active_first
    from months
    left join (
        select m, count(*) as active_count, min(active_key) as active_first from active group by m
    ) as counts on counts.m = months.m
    order by months.m`;
