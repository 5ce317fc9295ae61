import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reconcile } from "../../src/answers/reconcile/reconcile.js";
import { type Kept, readCatalogue, readKept } from "../../src/catalogue/catalogueFiles.js";
import type { Period } from "../../src/kpi/periods.js";
import { generateSample } from "../../src/sample/generate.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("reconcile-kpis");
const data = join(folder, "data");
const warehouse = join(folder, "warehouse.duckdb");
const run = commandLine({ warehouse, cwd: folder });
const catalog = join(import.meta.dirname, "../../data/catalog");

const month: Period = { grain: "month", start: "2026-03-01", end: "2026-04-01" };
const quarter: Period = { grain: "quarter", start: "2026-01-01", end: "2026-04-01" };

const tables = [
  ...["customers", "customer_status", "employees", "leads", "opportunities", "orders", "tickets", "handoffs"],
  ...["contacts", "events", "event_invitations", "survey_answers", "trainings", "contracts"],
];

/** The list that another system would give of a KPI's cases in a period: SQL over the extracts' files, with `value` where cases have one. */
type List = (period: Period) => string;

const within = (column: string, { start, end }: Period) => `${column} >= '${start}' and ${column} < '${end}'`;
const asOf = "timestamp '2026-07-01'";
const minutes = (from: string, to: string) => `date_diff('microsecond', ${from}, ${to}) / 6e7`;

/** Tickets created in the period, or resolved in it. */
const created =
  (where: string, value?: string): List =>
  (period) =>
    `select ticket_id${value ? `, ${value} as value` : ""} from tickets where ${within("created_at", period)} and ${where}`;
const resolved =
  (where: string, value?: string): List =>
  (period) =>
    `select ticket_id${value ? `, ${value} as value` : ""} from tickets where ${within("resolved_at", period)} and ${where}`;

const answered = "first_response_at is not null and coalesce(first_response_at <= resolved_at, true)";
const limit = `case when type = 'complaint' then case severity when 'very_serious' then 30 when 'serious' then 120 else 480 end
  else case channel when 'phone' then 5 when 'online' then 5 when 'wechat' then 15 when 'social' then 60 when 'visit' then 1440 when 'fax' then 1440 else 480 end end`;
const wait = minutes("created_at", "first_response_at");
const life = minutes("created_at", "resolved_at");
const closedInTime = `(not (${answered}) and coalesce(${life} <= ${limit}, false))`;
const answers =
  (where: string, value = "100.0 * (score - scale_min) / (scale_max - scale_min)"): List =>
  (period) =>
    `select answer_id, ${value} as value from survey_answers where ${within("answered_at", period)} and ${where}`;
const recommend = "10.0 * (score - scale_min) / (scale_max - scale_min)";

/** Whose status says that they are a customer just before a day. */
const activeBefore = (day: string) => `(
  select customer_id from customers where acquired_on < '${day}'
    and coalesce((select last(status order by changed_on) from customer_status
      where customer_status.customer_id = customers.customer_id and changed_on < '${day}'), 'active') = 'active')`;

const lists: Record<string, List> = {
  first_response_time: created(`type <> 'praise' and ${answered}`, wait),
  average_response_time: created(`type in ('request', 'repair', 'complaint') and ${answered}`, wait),
  on_time_response_rate: created(
    `type <> 'praise' and (${answered} or created_at + to_minutes(${limit}) <= ${asOf}) and not ${closedInTime}`,
    `case when ${answered} and ${wait} <= ${limit} then 1 else 0 end`,
  ),
  overdue_responses: created(
    `type <> 'praise' and created_at + to_minutes(${limit}) <= ${asOf} and not ${closedInTime} and not (${answered} and ${wait} <= ${limit})`,
  ),
  service_accuracy: created("qa_correct is not null", "qa_correct::int"),
  repeat_handling: created("handling_count > 1", "handling_count - 1"),
  complaint_resolution_rate: created("type = 'complaint'", `coalesce((${life} <= 43200)::int, 0)`),
  fault_resolution_rate: created("type = 'repair'", `coalesce((${life} <= 43200)::int, 0)`),
  complaint_rate: created("type = 'complaint'"),
  praise_rate: created("type = 'praise'"),
  repeat_repair_rate: created(
    "type = 'repair' and asset_id is not null and fault_code is not null",
    `exists (from tickets as earlier where earlier.type = 'repair' and earlier.asset_id = tickets.asset_id and earlier.fault_code = tickets.fault_code
      and earlier.created_at >= tickets.created_at - interval 720 hours and earlier.created_at < tickets.created_at)::int`,
  ),
  fault_recurrence_rate: resolved(
    "type = 'repair' and asset_id is not null and fault_code is not null",
    `exists (from tickets as later where later.type = 'repair' and later.asset_id = tickets.asset_id and later.fault_code = tickets.fault_code
      and later.created_at > tickets.resolved_at and later.created_at <= tickets.resolved_at + interval 2160 hours)::int`,
  ),
  repair_quality: resolved("type = 'repair' and repair_quality is not null", "repair_quality"),
  resolution_time: resolved("true", `${life} / 60`),
  first_contact_resolution: resolved(
    "type <> 'praise' and coalesce(first_contact_resolved, handling_count = 1) is not null",
    `(coalesce(first_contact_resolved, handling_count = 1) and not exists (from tickets as later where later.previous_ticket_id = tickets.ticket_id
      and later.created_at > tickets.resolved_at and later.created_at <= tickets.resolved_at + interval 168 hours))::int`,
  ),
  recontact_rate: resolved(
    "type <> 'praise'",
    `exists (from tickets as later where later.previous_ticket_id = tickets.ticket_id and later.customer_id = tickets.customer_id
      and later.created_at > tickets.resolved_at and later.created_at <= tickets.resolved_at + interval 720 hours)::int`,
  ),
  csat: answers("survey = 'periodic' and dimension = 'overall'"),
  complaint_csat: answers("survey = 'complaint_resolution' and dimension = 'overall'"),
  after_sales_csat: answers("survey = 'after_sales' and dimension = 'overall'"),
  service_attitude: answers("dimension = 'attitude'"),
  csat_product: answers("survey = 'periodic' and dimension = 'product_quality'"),
  csat_service: answers("survey = 'periodic' and dimension = 'service_quality'"),
  csat_delivery: answers("survey = 'periodic' and dimension = 'delivery_speed'"),
  csat_price: answers("survey = 'periodic' and dimension = 'price'"),
  recommendation_rate: answers("dimension = 'recommend'", `(${recommend} >= 9)::int`),
  // NPS is the mean of 1, 0 and −1 in hundreds; a list has the ones.
  nps: answers("dimension = 'recommend'", `(${recommend} >= 9)::int - (${recommend} <= 6)::int`),
  revenue: (period) => `select order_id, revenue as value from orders where ${within("ordered_at", period)}`,
  gross_margin: (period) =>
    `select distinct order_id from orders where cost is not null and ${within("ordered_at", period)}`,
  on_time_delivery: (period) =>
    `select distinct order_id from orders where promised_on < ${asOf} and ${within("promised_on", period)}`,
  win_rate: (period) =>
    `select opportunity_id, won::int as value from opportunities where won is not null and ${within("closed_at", period)}`,
  lead_conversion_rate: (period) =>
    `select lead_id, coalesce((converted_at >= created_at and converted_at <= created_at + interval 2160 hours)::int, 0) as value
     from leads where ${within("created_at", period)}`,
  new_customers: (period) => `select customer_id from customers where ${within("acquired_on", period)}`,
  churn_rate: ({ start, end }) => `from ${activeBefore(start)} where customer_id not in ${activeBefore(end)}`,
  retention_rate: ({ start, end }) => `from ${activeBefore(start)} where customer_id in ${activeBefore(end)}`,
  early_churn: (period) =>
    `select customer_id from customers where ${within("acquired_on", period)} and customer_id not in ${activeBefore(period.end)}`,
  follow_up_rate: (period) =>
    `from ${activeBefore(period.start)} where customer_id in (select customer_id from contacts
      where purpose = 'follow_up' and coalesce(reached, true) and ${within("contacted_at", period)})`,
  repeat_purchase_rate: ({ end }) =>
    `select customer_id from (select customer_id, order_id from orders where ordered_at < '${end}' and ordered_at >= date '${end}' - interval 12 months
       group by all having sum(revenue) > 0) group by customer_id having count(*) >= 2`,
  collaboration_on_time: (period) =>
    `select handoff_id, coalesce((completed_at <= due_at)::int, 0) as value from handoffs where due_at <= ${asOf} and ${within("due_at", period)}`,
  training_completion: (period) =>
    `select training_id, coalesce((completed_on <= due_on)::int, 0) as value from trainings where due_on < ${asOf} and ${within("due_on", period)}`,
  staff_turnover: (period) => `select employee_id from employees where ${within("left_on", period)}`,
  event_participation: (period) =>
    `select event_invitations.customer_id as guest, event_id as event, attended::int as value from event_invitations inner join events using (event_id)
     where ${within("held_on", period)}`,
  channel_utilisation: (period) =>
    `select ticket_id as id from tickets where ${within("created_at", period)}
     union all select contact_id from contacts where ${within("contacted_at", period)}`,
};

/** Those that compare two periods, or that add up what is no case: each says why, and takes one figure. */
const withoutList = {
  market_share: /has no list of cases/,
  market_share_growth: /compares two periods/,
  new_customer_growth: /compares two periods/,
  revenue_growth: /compares two periods/,
};

for (const kpi of ["net_revenue_retention", "gross_revenue_retention"])
  lists[kpi] = ({ start }) =>
    `select distinct customer_id from contracts where starts_on < '${start}' and coalesce(ends_on >= '${start}', true)`;

let files: DuckDBConnection;
let instance: DuckDBInstance;

beforeAll(async () => {
  await generateSample(data, { customers: 300, months: 30, seed: 7, dirt: 0, variety: 0 });
  // What the generated company has not had by then.
  const more = {
    customers: "C9999999,n,trader,,,,,,2026-03-05,,",
    customer_status: "C9999999,2026-03-20,churned,,",
    employees: "E99999,n,,,,,2020-01-01,2026-03-10",
    trainings: "TR999999,E99999,c,2026-03-15,2026-03-20",
  };
  for (const [table, row] of Object.entries(more)) appendFileSync(join(data, `${table}.csv`), `${row}\n`);
  const contracts = Array.from({ length: 60 }, (_, at) => {
    const customer = `C${String(at + 1).padStart(7, "0")}`;
    return `K${at},${customer},2025-0${1 + (at % 9)}-01,${at % 7 === 0 ? "2026-02-15" : ""},${100 + at}`;
  });
  writeFileSync(
    join(data, "contracts.csv"),
    `contract_id,customer_id,starts_on,ends_on,monthly_value\n${contracts.join("\n")}\n`,
  );
  appendFileSync(
    join(data, "sources.yaml"),
    "more:\n  files: {contracts: contracts.csv}\n  tables: {contracts: {covers_from: 2024-01-01}}\n",
  );
  const { code, err } = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
  expect([code, err]).toEqual([0, expect.not.stringContaining("herringbone:")]);
  instance = await DuckDBInstance.create();
  files = await instance.connect();
  for (const table of tables)
    await files.run(
      `create view ${table} as from read_csv('${join(data, `${table}.csv`)}', sample_size = -1)`,
    );
  mkdirSync(join(folder, "scratch"));
}, 120_000);

afterAll(() => {
  files.closeSync();
  instance.closeSync();
});

it("every KPI has a list here, or says why there is none", () => {
  const { kpis } = { kpis: readCatalogue(catalog).kpis };
  expect([...Object.keys(lists), ...Object.keys(withoutList)].sort()).toEqual(
    kpis.map(({ id }) => id).sort(),
  );
});

interface Asked {
  kept: Kept;
  db: DuckDBConnection;
  /** Which rows of the list are left away, as SQL. */
  without?: string;
}

/** What comes of the list of a KPI, complete or less some rows. */
async function reconciled(kpiId: string, period: Period, { kept, db, without = "false" }: Asked) {
  const path = join(folder, `${kpiId}-${period.grain}.csv`);
  await files.run(
    `copy (select * exclude (place) from (select *, row_number() over () as place from (${lists[kpiId]?.(period)})) where not (${without})) to '${path}' (header)`,
  );
  const reader = await files.runAndReadAll(`from read_csv('${path}', header = true)`);
  const hasValues = reader.columnNames().includes("value");
  const found = await reconcile(db, kept.catalogue.kpis, {
    kpiId,
    period,
    where: [],
    theirs: { path, tempDir: join(folder, "scratch"), ...(hasValues ? { value: "value" } : {}) },
  });
  return { found, rows: reader.currentRowCount };
}

describe.each([month, quarter])("of a $grain", (period) => {
  it("a complete list made of the extracts alone leaves no rest", async () => {
    await withWarehouse(warehouse, async (db) => {
      const kept = await readKept(db);
      const wrong: unknown[] = [];
      const empty: string[] = [];
      for (const kpi of Object.keys(lists)) {
        const { found, rows } = await reconciled(kpi, period, { kept, db });
        const { differences, rest, ours, theirs } = found;
        if (rows === 0) empty.push(kpi);
        const isNear = Math.abs(Number(ours) - Number(theirs)) <= 1e-9 * Math.max(1, Math.abs(Number(ours)));
        if (differences.length > 0 || rest.cases > 0 || (rows > 0 && (!isNear || !found.alike)))
          wrong.push([kpi, rows, ours, theirs, found.alike, differences]);
      }
      expect(wrong).toEqual([]);
      expect(empty).toEqual([]);
    });
  }, 300_000);
});

it("of a list that lacks a case exactly that one is left", async () => {
  await withWarehouse(warehouse, async (db) => {
    const kept = await readKept(db);
    const wrong: unknown[] = [];
    for (const kpi of Object.keys(lists)) {
      const { found } = await reconciled(kpi, quarter, { kept, db, without: "place = 1" });
      const { differences, rest } = found;
      const sum = differences.reduce((total, { effect }) => total + Number(effect), Number(found.ours));
      // An order's first line is left away of those that have more.
      const told = differences.map(({ reason, cases }) => `${reason} ${cases}`).join();
      if (!["not_in_their_list 1", "other_value 1"].includes(told) || rest.cases !== 1)
        wrong.push([kpi, differences]);
      else if (Math.abs(sum - Number(found.theirs)) > 1e-9 * Math.max(1, Math.abs(sum)))
        wrong.push([kpi, sum, found.theirs]);
    }
    expect(wrong).toEqual([]);
  });
}, 300_000);

it.each(Object.entries(withoutList))("%s has none and says why, and takes a figure", async (kpi, said) => {
  const list = join(folder, "some.csv");
  writeFileSync(list, "id\nx\n");
  const asked = ["reconcile", kpi, "--period", "2026-03", "--lang", "en"];
  const { code, err } = await run(...asked, "--with", list);
  expect(code).toBe(2);
  expect(err).toMatch(said);
  writeFileSync(list, `kpi,Feb 2026,Mar 2026\n${kpi},7 %,900 %\n`);
  const { out } = await run(...asked, "--with", list, "--format", "json");
  expect(JSON.parse(out)).toMatchObject({ theirs: 9, value_row: kpi, value_column: "Mar 2026", key: [] });
});
