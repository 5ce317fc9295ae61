import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import type { TableName } from "../../src/contract/index.js";
import { buildMarts, emptyStaging, stage } from "./fixture.js";

const zone = "Asia/Shanghai";

type Cell = string | number | boolean | null;
export type Extract = Partial<Record<TableName, Record<string, Cell>[]>>;

const id = (prefix: string, count: number) => fc.nat(count - 1).map((number) => `${prefix}${number}`);
/** Two companies in two markets, month by month. */
const marketCells = [2023, 2024].flatMap((year) =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}-01`).flatMap(
    (month) =>
      ["pumps", "valves"].flatMap((market) =>
        [true, false].map((is_own) => ({ month, market, company: is_own ? "Own" : "Other", is_own })),
      ),
  ),
);
const surveyItems = [
  "overall",
  "overall",
  "attitude",
  "recommend",
  "price",
  "product_quality",
  "service_quality",
  "delivery_speed",
];
/** Days around the edges of periods come up often. */
const day = fc
  .tuple(
    fc.integer({ min: 2023, max: 2024 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(1, 1, 2, 10, 15, 28),
  )
  .map(([year, month, date]) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`);
const time = fc
  .tuple(day, fc.constantFrom("00:00:00", "09:30:00", "23:59:59"))
  .map((parts) => parts.join("T"));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });
const region = maybe(fc.constantFrom("East", "West"));
const segment = maybe(fc.constantFrom("trader", "other"));
const later = (from: string, minutes: number) =>
  new Date(Date.parse(`${from}Z`) + minutes * 60_000).toISOString().slice(0, 19);

const rows = <T extends Record<string, Cell>>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, most: number) =>
  fc.array(fc.record(model), { minLength: Math.ceil(most / 2), maxLength: most, size: "max" });
const numbered = (list: Record<string, Cell>[], key: string) =>
  list.map((row, index) => ({ [key]: `${key}${index}`, ...row }));

/** Extracts with the oddities of real ones: nulls, unknown customers, equal days. */
export const extract: fc.Arbitrary<Extract> = fc
  .record({
    customers: rows(
      { name: fc.constant("x"), segment, region, acquired_on: maybe(day), owner_id: maybe(id("e", 4)) },
      25,
    ),
    customer_status: rows(
      {
        customer_id: id("customer_id", 25),
        changed_on: day,
        status: fc.constantFrom("churned", "churned", "active"),
        reason_category: maybe(fc.constantFrom("price", "service")),
      },
      30,
    ),
    contracts: rows(
      {
        customer_id: id("customer_id", 28),
        starts_on: day,
        ends_on: maybe(day),
        monthly_value: maybe(fc.constantFrom(100, 100, 250, 0, 12.5)),
        reason_category: maybe(fc.constantFrom("price", "service")),
      },
      40,
    ),
    orders: rows(
      {
        customer_id: id("customer_id", 30),
        ordered_at: time,
        owner_id: maybe(id("e", 4)),
        revenue: fc.constantFrom(10, 10, 25, -10, 0),
        cost: maybe(fc.constantFrom(7, 2.5, -3)),
        promised_on: maybe(day),
        delivered_on: maybe(day),
      },
      60,
    ),
    tickets: rows(
      {
        customer_id: maybe(id("customer_id", 30)),
        type: maybe(fc.constantFrom("request", "praise", "complaint", "repair", "repair", "inquiry")),
        complaint_class: maybe(fc.constantFrom("price", "delivery")),
        severity: maybe(fc.constantFrom("general", "serious")),
        channel: maybe(fc.constantFrom("phone", "email", "Web form")),
        created_at: time,
        wait: maybe(fc.oneof(fc.constantFrom(0, 5, 480), fc.nat(3000))),
        work: maybe(fc.nat(60_000)),
        handling_count: maybe(fc.nat(3)),
        first_contact_resolved: maybe(fc.boolean()),
        qa_correct: maybe(fc.boolean()),
        asset_id: maybe(id("a", 2)),
        fault_code: maybe(id("f", 2)),
        repair_quality: maybe(fc.nat(100)),
        previous_ticket_id: maybe(id("ticket_id", 30)),
        agent_id: maybe(id("e", 4)),
      },
      60,
    ),
    contacts: rows(
      {
        customer_id: id("customer_id", 30),
        channel: fc.constantFrom("phone", "visit"),
        contacted_at: time,
        purpose: fc.constant("follow_up"),
        reached: maybe(fc.boolean()),
      },
      40,
    ),
    handoffs: rows(
      {
        ticket_id: id("ticket_id", 70),
        from_department: fc.constant("A"),
        to_department: fc.constantFrom("B", "C"),
        handed_at: time,
        wait: fc.nat(20_000),
        work: maybe(fc.nat(20_000)),
      },
      40,
    ),
    events: fc.array(fc.record({ name: fc.constant("x"), held_on: day }), { minLength: 8, maxLength: 8 }),
    event_invitations: rows(
      { event_id: id("event_id", 8), customer_id: id("customer_id", 30), attended: fc.boolean() },
      60,
    ),
    survey_answers: rows(
      {
        customer_id: id("customer_id", 30),
        ticket_id: maybe(id("ticket_id", 60)),
        answered_at: time,
        survey: fc.constantFrom("periodic", "periodic", "complaint_resolution", "after_sales"),
        dimension: fc.constantFrom(...surveyItems),
        score: fc.integer({ min: 1, max: 5 }),
        scale_min: fc.constant(1),
        scale_max: fc.constantFrom(5, 7),
      },
      150,
    ),
    leads: rows(
      {
        created_at: time,
        wait: maybe(fc.nat(200_000)),
        channel: maybe(fc.constantFrom("web", "fair")),
        segment,
        region,
      },
      40,
    ),
    opportunities: rows(
      {
        lead_id: maybe(id("lead_id", 40)),
        customer_id: maybe(id("customer_id", 30)),
        owner_id: maybe(id("e", 4)),
        created_at: time,
        stage: fc.constant("x"),
        closed_at: maybe(time),
        won: maybe(fc.boolean()),
      },
      40,
    ),
    staff: fc.array(
      fc.record({
        hired_on: maybe(fc.oneof(fc.constant("2022-06-01"), day)),
        left_on: maybe(day),
        department: maybe(fc.constantFrom("A", "B")),
        team: maybe(fc.constantFrom("C", "D")),
      }),
      { minLength: 3, maxLength: 3 },
    ),
    market_sales: fc
      .array(maybe(fc.constantFrom(0, 10, 10, 25.5)), {
        minLength: marketCells.length,
        maxLength: marketCells.length,
      })
      .map((sales) =>
        marketCells.flatMap((cell, index) => {
          const amount = sales[index] ?? null;
          return amount === null ? [] : [{ ...cell, sales: amount }];
        }),
      ),
    trainings: rows({ employee_id: id("e", 4), due_on: day, completed_on: maybe(day) }, 30),
  })
  .map(({ customers, customer_status, orders, tickets, contacts, survey_answers, leads, ...more }) => ({
    customers: numbered(customers, "customer_id"),
    customer_status: [
      ...new Map(customer_status.map((row) => [`${row.customer_id}${row.changed_on}`, row])).values(),
    ],
    contracts: numbered(
      more.contracts.filter(({ starts_on, ends_on }) => ends_on === null || ends_on >= starts_on),
      "contract_id",
    ),
    orders: numbered(orders, "order_id").map((row) => ({ ...row, line_no: 1 })),
    tickets: numbered(tickets, "ticket_id").map(({ wait, work, ...row }: Record<string, Cell>) => ({
      ...row,
      first_response_at: wait === null ? null : later(String(row.created_at), Number(wait)),
      resolved_at: work === null ? null : later(String(row.created_at), Number(work)),
    })),
    contacts: numbered(contacts, "contact_id"),
    handoffs: numbered(more.handoffs, "handoff_id").map(({ wait, work, ...row }: Record<string, Cell>) => ({
      ...row,
      due_at: later(String(row.handed_at), Number(wait)),
      completed_at: work === null ? null : later(String(row.handed_at), Number(work)),
    })),
    events: numbered(more.events, "event_id"),
    event_invitations: [
      ...new Map(more.event_invitations.map((row) => [`${row.event_id} ${row.customer_id}`, row])).values(),
    ],
    survey_answers: numbered(survey_answers, "answer_id"),
    leads: numbered(leads, "lead_id").map(({ wait, ...row }: Record<string, Cell>) => ({
      ...row,
      converted_at: wait === null ? null : later(String(row.created_at), Number(wait)),
    })),
    opportunities: numbered(more.opportunities, "opportunity_id"),
    employees: more.staff.map((row, index) => ({ employee_id: `e${index}`, name: "x", ...row })),
    market_sales: more.market_sales,
    trainings: numbered(more.trainings, "training_id").map((row) => ({ ...row, course: "x" })),
  }));

/** A warehouse of an extract as of 20 November 2024, on a connection to empty staging tables. */
export async function build(
  tables: Extract,
  catalogDir = "data/catalog",
  connection?: DuckDBConnection,
): Promise<DuckDBConnection> {
  const db = connection ?? (await emptyStaging());
  for (const [table, list] of Object.entries(tables)) {
    const names = Object.keys(list[0] ?? {});
    const literal = (cell: Cell | undefined) => (cell === null || cell === undefined ? "null" : `'${cell}'`);
    const values = list.map((row) => `(${names.map((name) => literal(row[name])).join(", ")})`).join(", ");
    await stage(
      db,
      table as TableName,
      `select * from (values ${values}) as given (${names.join(", ")})`,
      zone,
    );
  }
  await buildMarts(db, { asOf: "2024-11-20", catalogDir });
  return db;
}
