import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { Reconciliation } from "../../src/published/reconciliation.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("reconcile-periods");
const run = commandLine({ warehouse: join(folder, "warehouse.duckdb"), cwd: folder });
const all = join(folder, "all.csv");

/** When each became a customer, and was none any longer. */
const customers = {
  lostInSpring: ["2024-01-10", "2025-05-10"],
  lostInSummer: ["2024-01-10", "2025-08-10"],
  stays: ["2024-01-10"],
  cameIn2026: ["2026-02-10"],
  lostAtOnce: ["2025-02-03", "2025-02-20"],
  cameIn2025: ["2025-11-10"],
} as const;

beforeAll(async () => {
  const data = join(folder, "data");
  mkdirSync(data);
  const lines = Object.entries(customers);
  writeFileSync(
    join(data, "customers.csv"),
    `customer_id,name,acquired_on\n${lines.map(([id, [since]]) => `${id},${id},${since}\n`).join("")}`,
  );
  writeFileSync(
    join(data, "customer_status.csv"),
    `customer_id,changed_on,status\n${lines.flatMap(([id, [since, until]]) => [`${id},${since},active\n`, ...(until ? [`${id},${until},churned\n`] : [])]).join("")}`,
  );
  writeFileSync(
    join(data, "contacts.csv"),
    "contact_id,customer_id,contacted_at,channel,purpose\nc1,stays,2026-03-01T10:00:00,phone,follow_up\n",
  );
  writeFileSync(
    join(data, "sources.yaml"),
    `as_of: 2026-06-30
crm:
  files: {customers: customers.csv, customer_status: customer_status.csv, contacts: contacts.csv}
  tables: {customers: {}, customer_status: {covers_from: 2024-01-01}, contacts: {covers_from: 2024-01-01}}
`,
  );
  const catalog = smallCatalogue(["churn_rate", "retention_rate", "follow_up_rate"], join(folder, "small"));
  const { code, err } = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
  expect([code, err.includes("herringbone:")]).toEqual([0, false]);
  writeFileSync(all, `Customer\n${Object.keys(customers).join("\n")}\n`);
}, 60_000);

const inBook = "the customer is active when such a period begins";

/** By reason and what it says, whom it is of, where their list names everybody. */
async function told(kpi: string, period: string) {
  const asked = ["reconcile", kpi, "--with", all, "--period", period];
  const { differences, rest } = JSON.parse((await run(...asked, "--format", "json")).out) as Reconciliation;
  expect(rest.cases).toBe(0);
  return Object.fromEntries(
    differences.map(({ reason, detail, explanation, examples }) => [
      [reason, explanation?.en ?? detail].filter((each) => each !== null).join(": "),
      examples
        .map(({ id }) => id)
        .sort()
        .join(" "),
    ]),
  );
}

it("a customer that was lost in another period is one of that period, not of the first in whose book it stood", async () => {
  const never = "cameIn2026 lostAtOnce";
  expect(await told("churn_rate", "2026")).toEqual({
    "other_period: 2025": "lostInSpring lostInSummer",
    not_counted: "cameIn2025 stays",
    [`definition: ${inBook}`]: never,
  });
  expect(await told("churn_rate", "2025-Q2")).toEqual({
    "other_period: 2025-Q3": "lostInSummer",
    // In the books of quarters since.
    not_counted: "cameIn2025 cameIn2026 stays",
    [`definition: ${inBook}`]: "lostAtOnce",
  });
  expect(await told("churn_rate", "2025-H1")).toMatchObject({ "other_period: 2025-H2": "lostInSummer" });
  expect(await told("churn_rate", "2025-05")).toMatchObject({ "other_period: 2025-08": "lostInSummer" });
  const { out } = await run("reconcile", "churn_rate", "--with", all, "--period", "2026", "--lang", "en");
  expect(out).toMatch(/ours in 2025 /);
});

it("a customer that was kept through one period is one of that, and one lost in its only one is none", async () => {
  expect(await told("retention_rate", "2025")).toEqual({
    "other_period: 2026": "cameIn2025",
    not_counted: "lostInSpring lostInSummer",
    [`definition: ${inBook}`]: "cameIn2026 lostAtOnce",
  });
});

it("customers who stand in no period's book are none of a follow-up's", async () => {
  expect(await told("follow_up_rate", "2026")).toEqual({
    not_counted: "cameIn2025 lostInSpring lostInSummer",
    [`definition: ${inBook}`]: "cameIn2026 lostAtOnce",
  });
});
