import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("periods");
const warehouse = join(folder, "w.duckdb");
const now = new Date("2026-07-01T00:00:00Z");

beforeAll(async () => {
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  writeFileSync(
    join(dataDir, "tickets.csv"),
    "ticket_id,created_at,type,customer_id\n1,2026-01-01 10:00:00,complaint,A\n2,2026-06-01 10:00:00,complaint,A\n",
  );
  await buildWarehouse({ dataDir, catalogDir: [resolve("data/catalog")], warehouse, now }, silent);
});

const run = commandLine({ cwd: folder, now, warehouse });

it.each([
  [["kpi", "csat", "--from", "0000-01", "--to", "9999-12"], "0000-01"],
  [["kpi", "csat", "--to", "9999-12", "--lang", "en"], "9999-12"],
  [["kpi", "csat", "--from", "9999-01"], "9999-01"],
  [["kpi", "--from", "1000-01", "--to", "2026-01"], "1000-01"],
  [["kpi", "csat", "--from", "1969-12", "--grain", "year"], "1969-12"],
  [["kpi", "csat", "--to", "2028-01", "--compare", "year", "--format", "json"], "2028-01"],
  [["kpi", "csat", "--explain", "--from", "9998-01", "--to", "9999-12"], "9998-01"],
  [["kpi", "csat", "--explain", "--to", "0001-12"], "0001-12"],
  [["score", "customer_relations", "--period", "9999"], "9999-01"],
  [["score", "customer_relations", "--for", "team", "--period", "0000-Q1"], "0000-01"],
  [["score", "customer_relations", "--weights", "9999-12-31"], "9999-12"],
  [["score", "combined", "--for", "employee", "--period", "9999-H2"], "9999-07"],
  [["score", "review_360", "--for", "employee", "--period", "0999"], "0999-01"],
  [["weights", "customer_relations", "--period", "2028-Q1"], "2028-01"],
  [["feedback", "--period", "9999-12"], "9999-12"],
])("%j is refused in a sentence before anything is worked out", async (args, month) => {
  const { code, out, err } = await run(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(new RegExp(`1970 .*2027.*${month}\n$`));
});

it("the first and the last year are told, and a month that is none is called one", async () => {
  const { code, out } = await run(
    "kpi",
    "complaint_rate",
    "--from",
    "1970-01",
    "--to",
    "2027-12",
    "--format",
    "json",
  );
  expect(code).toBe(0);
  expect((JSON.parse(out) as unknown[]).length).toBe(58 * 12);
  expect((await run("kpi", "--from", "9999-13", "--lang", "en")).err).toContain("YYYY-MM");
});

it("--period of a KPI is the grain and both ends at once, and goes with neither", async () => {
  const named = await run("kpi", "complaint_rate", "--period", "2026-Q1", "--format", "json");
  expect(JSON.parse(named.out)).toMatchObject([
    { grain: "quarter", period_start: "2026-01-01", period_end: "2026-04-01" },
  ]);
  const spelt = await run(
    "kpi",
    "complaint_rate",
    "--grain",
    "quarter",
    "--from",
    "2026-01",
    "--to",
    "2026-01",
    "--format",
    "json",
  );
  expect(named.out).toBe(spelt.out);
  const both = await run("kpi", "complaint_rate", "--period", "2026-Q1", "--from", "2026-01", "--lang", "en");
  expect(both).toMatchObject({ code: 2, err: "herringbone: --period does not go with --from\n" });
  expect((await run("kpi", "--period", "2026-13", "--lang", "en")).code).toBe(2);
});
