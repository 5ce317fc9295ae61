import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSample } from "../../src/sample/generate.js";
import { committedSample } from "../../src/sample/options.js";
import { temporaryFolder } from "../temporaryFolder.js";

// The committed sample's figures, with every cell canonical and nothing broken, so that plain SQL can read them.
const directory = temporaryFolder("truths");
let db: DuckDBConnection;

beforeAll(async () => {
  await generateSample(directory, { ...committedSample, dirt: 0, variety: 0 });
  db = await (await DuckDBInstance.create(":memory:")).connect();
  for (const table of ["customers", "customer_status", "tickets", "orders", "survey_answers", "contacts"]) {
    await db.run(`create table ${table} as from read_csv('${join(directory, `${table}.csv`)}')`);
  }
});

afterAll(() => db.closeSync());

async function numbers(sql: string): Promise<number[]> {
  return (await db.runAndReadAll(sql)).getRows()[0]?.map(Number) ?? [];
}

const monthlyChurn = (segments: string) => `
    with
    months as (
        select unnest(generate_series(date '2024-01-01', date '2026-06-01', interval 1 month))::date as month
    ),
    first_losses as (
        select customer_id, min(changed_on) as lost_on from customer_status where status = 'churned' group by customer_id
    ),
    books as (
        select month >= '2025-10-01' as is_after, lost_on < month + interval 1 month as is_lost
        from months
        join customers on acquired_on < month
        left join first_losses using (customer_id)
        where (lost_on is null or lost_on >= month) and ${segments}
    )
    select
        avg(coalesce(is_lost, false)::int) filter (not is_after),
        avg(coalesce(is_lost, false)::int) filter (is_after)
    from books`;

test("the price rise raises churn among traders and nowhere else", async () => {
  const [before = 0, after = 0] = await numbers(monthlyChurn("segment = 'trader'"));
  expect(before).toBeCloseTo(0.012, 2);
  expect(after).toBeGreaterThan(0.035);
  expect(after).toBeLessThan(0.06);
  const [othersBefore = 0, othersAfter = 0] = await numbers(monthlyChurn("segment <> 'trader'"));
  expect(Math.abs(othersAfter - othersBefore)).toBeLessThan(0.004);
});

test("traders' margins show the raised price", async () => {
  const [rise = 0, others = 0] = await numbers(`
    with margins as (
        select segment = 'trader' as is_trader, ordered_at >= '2025-10-01' as is_after, avg(revenue / cost) as margin
        from orders join customers using (customer_id)
        group by all
    )
    select
        max(margin) filter (is_trader and is_after) / max(margin) filter (is_trader and not is_after),
        max(margin) filter (not is_trader and is_after) / max(margin) filter (not is_trader and not is_after)
    from margins`);
  expect(rise).toBeGreaterThan(1.1);
  expect(rise).toBeLessThan(1.14);
  expect(others).toBeCloseTo(1, 1);
});

const responses = `
    select coalesce(region = '华南', false) as is_scope, channel, created_at,
        epoch(first_response_at - created_at) / 60 as minutes
    from tickets
    join customers using (customer_id)
    where type <> 'praise'`;

test("the dispatch desk cuts response times in its region, from its day", async () => {
  const [before = 0, after = 0, othersBefore = 0, othersAfter = 0] = await numbers(`
    select
        avg(minutes) filter (is_scope and created_at < '2025-11-01'),
        avg(minutes) filter (is_scope and created_at >= '2025-11-01'),
        avg(minutes) filter (not is_scope and created_at < '2025-11-01'),
        avg(minutes) filter (not is_scope and created_at >= '2025-11-01')
    from (${responses})
    where created_at >= timestamp '2025-11-01' - interval 180 day
        and created_at < timestamp '2025-11-01' + interval 180 day`);
  expect(after / before).toBeLessThan(0.55);
  expect(othersAfter / othersBefore).toBeGreaterThan(0.9);
});

test("twice the calls leave satisfaction where it was", async () => {
  const [callsBefore = 0, callsAfter = 0] = await numbers(`
    select count(*) filter (contacted_at < '2025-08-01'), count(*) filter (contacted_at >= '2025-08-01')
    from contacts join customers using (customer_id)
    where segment = 'sme_manufacturer' and purpose = 'follow_up'
        and contacted_at >= timestamp '2025-08-01' - interval 180 day
        and contacted_at < timestamp '2025-08-01' + interval 180 day`);
  expect(callsAfter / callsBefore).toBeGreaterThan(1.7);
  const [before = 0, after = 0, customersBefore = 0, customersAfter = 0] = await numbers(`
    select
        avg(score) filter (not is_after), avg(score) filter (is_after),
        count(distinct customer_id) filter (not is_after), count(distinct customer_id) filter (is_after)
    from (
        select customer_id, answered_at >= '2025-08-01' as is_after,
            100.0 * (score - scale_min) / (scale_max - scale_min) as score
        from survey_answers join customers using (customer_id)
        where survey = 'periodic' and dimension = 'overall' and segment = 'sme_manufacturer'
            and answered_at >= timestamp '2025-08-01' - interval 180 day
            and answered_at < timestamp '2025-08-01' + interval 180 day
    )`);
  expect(Math.abs(after - before)).toBeLessThan(2);
  expect(Math.min(customersBefore, customersAfter)).toBeGreaterThanOrEqual(30);
});

test("tickets and orders follow the year", async () => {
  const [february = 0, july = 0, august = 0, mean = 0] = await numbers(`
    select count(*) filter (month(created_at) = 2), count(*) filter (month(created_at) = 7),
        count(*) filter (month(created_at) = 8), count(*) / 12
    from tickets where created_at >= '2024-07-01'`);
  expect(february / mean).toBeLessThan(0.75);
  expect(july / mean).toBeGreaterThan(1.25);
  expect(august / mean).toBeGreaterThan(1.2);
  const [least = 0, most = 0] = await numbers(`
    select arg_min(month, orders), arg_max(month, orders)
    from (
        select month(ordered_at) as month, count(distinct order_id) as orders
        from orders where ordered_at >= '2024-07-01' group by month
    )`);
  expect([least, most]).toEqual([2, 12]);
});

test("the mean response rises with the share of e-mail, and no channel's does", async () => {
  const [before = 0, after = 0] = await numbers(`
    select avg(minutes) filter (created_at < '2024-07-01'), avg(minutes) filter (created_at >= '2026-01-01')
    from (${responses}) where not is_scope`);
  expect(after - before).toBeGreaterThan(30);
  const reader = await db.runAndReadAll(`
    select avg(minutes) filter (created_at >= '2025-07-01') / avg(minutes) filter (created_at < '2025-01-01')
    from (${responses}) where not is_scope and channel in ('phone', 'online', 'wechat', 'email')
    group by channel`);
  for (const [ratio] of reader.getRows()) expect(Math.abs(Number(ratio) - 1)).toBeLessThan(0.12);
  const [early = 0, late = 0] = await numbers(`
    select avg((channel = 'email')::int) filter (created_at < '2024-07-01'),
        avg((channel = 'email')::int) filter (created_at >= '2026-04-01')
    from tickets`);
  expect(early).toBeLessThan(0.15);
  expect(late).toBeGreaterThan(0.32);
});
