import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { TableName } from "../contract/index.js";
import { ownCatalogue } from "../load/plan.js";
import {
  contactsSelect,
  eventInvitationsSelect,
  eventsSelect,
  formSizes,
  surveyAnswersSelect,
} from "./care.js";
import type { DirtCounts } from "./dirt.js";
import { planSample, type SampleOptions, type SamplePlan } from "./options.js";
import {
  customerStatusSelect,
  customersSelect,
  employeesSelect,
  reviewsSelect,
  trainingsSelect,
} from "./people.js";
import { initiativesSelect, milestonesSelect } from "./programme.js";
import {
  leadsSelect,
  leadTable,
  marketSalesSelect,
  opportunitiesSelect,
  ordersSelect,
  productsSelect,
  productTable,
} from "./sales.js";
import { sampleSources } from "./sources.js";
import { handoffsSelect, ticketStepsSelect, ticketsSelect, ticketView } from "./tickets.js";
import { createWorld, type World } from "./world.js";
import { type SampleTable, writeTable } from "./write.js";

/** The targets, weights and agreements of the invented company. */
const sampleCatalogue = fileURLToPath(new URL("../../data/sample/catalog", import.meta.url));

/** What was written: the settled sizes and, a table, what a build should make of its planted faults. */
export interface SampleResult {
  plan: SamplePlan;
  tables: TableName[];
  dirt: Partial<Record<TableName, DirtCounts>>;
}

/**
 * Generate a company's extract into `directory`: one CSV file a contract table, and `dirt.json` with the
 * expected counts where rows were corrupted. The same options give the same bytes, whatever the machine's threads.
 *
 * @param written told after each table
 */
export async function generateSample(
  directory: string,
  options: SampleOptions,
  written: (table: TableName) => void = () => {},
): Promise<SampleResult> {
  const plan = planSample(options);
  await mkdir(directory, { recursive: true });
  const instance = await DuckDBInstance.create(
    ":memory:",
    options.threads === undefined ? {} : { threads: String(options.threads) },
  );
  try {
    const db = await instance.connect();
    try {
      return await writeAll(db, directory, plan, written);
    } finally {
      db.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function writeAll(
  db: DuckDBConnection,
  directory: string,
  plan: SamplePlan,
  written: (table: TableName) => void,
): Promise<SampleResult> {
  // Joins must probe with the numbered rows, or their order would depend on which side is the smaller.
  await db.run("set disabled_optimizers = 'join_order,build_side_probe_side'");
  const world = await createWorld(db, plan, {
    tickets: plan.tickets,
    orders: plan.orders,
    contacts: plan.contacts,
    forms: formSizes(plan).periodicForms,
  });
  await db.run(productTable);
  await db.run(leadTable(world));
  await db.run(ticketView(world));
  const tables = allTables(world);
  const wanted = tables.filter(({ name }) => plan.tables === null || plan.tables.includes(name));
  const dirt: SampleResult["dirt"] = {};
  for (const table of wanted) {
    const counts = await writeTable(db, table, join(directory, `${table.name}.csv`), world.dice, plan);
    if (counts !== null) dirt[table.name] = counts;
    written(table.name);
  }
  if (plan.dirt > 0) {
    await writeFile(
      join(directory, "dirt.json"),
      `${JSON.stringify({ share: plan.dirt, tables: dirt }, null, 2)}\n`,
    );
  }
  const known = tables.filter((table) => wanted.includes(table) || plan.beside.includes(table.name));
  await writeFile(
    join(directory, "sources.yaml"),
    sampleSources(
      known.map(({ name }) => name),
      plan.months,
    ),
  );
  await cp(sampleCatalogue, join(directory, ownCatalogue), { recursive: true });
  return { plan, tables: wanted.map(({ name }) => name), dirt };
}

function allTables(world: World): SampleTable[] {
  return [
    { name: "employees", select: employeesSelect },
    { name: "customers", select: customersSelect(world) },
    { name: "customer_status", select: customerStatusSelect(world) },
    { name: "leads", select: leadsSelect },
    { name: "opportunities", select: opportunitiesSelect(world) },
    { name: "products", select: productsSelect },
    { name: "orders", select: ordersSelect(world) },
    { name: "tickets", select: ticketsSelect },
    { name: "ticket_steps", select: ticketStepsSelect(world) },
    { name: "handoffs", select: handoffsSelect(world) },
    { name: "contacts", select: contactsSelect(world) },
    { name: "events", select: eventsSelect(world) },
    { name: "event_invitations", select: eventInvitationsSelect(world) },
    { name: "survey_answers", select: surveyAnswersSelect(world) },
    { name: "market_sales", select: marketSalesSelect(world) },
    { name: "reviews_360", select: reviewsSelect(world) },
    { name: "trainings", select: trainingsSelect(world) },
    { name: "initiatives", select: initiativesSelect },
    { name: "milestones", select: milestonesSelect },
  ];
}
