import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { publishEntries } from "../../src/publish/publish.js";
import type { ClosedPeriods } from "../../src/published/closedTypes.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("publish-closed");
const data = join(folder, "data");
const warehouse = join(folder, "w.duckdb");
const catalog = smallCatalogue(["average_response_time", "new_customers"], join(folder, "catalog"));
const run = commandLine({ cwd: folder, now: "2026-05-02", warehouse });

/** Three customers of the West, six of the North, nine of each other region, each with a request. */
const regionOf = (at: number) => (at <= 3 ? "West" : at <= 9 ? "North" : at <= 18 ? "East" : "South");

async function built(later: number, customers: number): Promise<void> {
  mkdirSync(data, { recursive: true });
  const all = Array.from({ length: customers }, (_, at) => at + 1);
  const rows = {
    "customers.csv": [
      "customer_id,name,region,acquired_on",
      ...all.map((at) => `C${at},N${at},${regionOf(at)},${at > 27 ? "2026-03-05" : "2023-01-01"}`),
    ],
    "tickets.csv": [
      "ticket_id,customer_id,type,channel,created_at,first_response_at",
      "T0,C1,request,phone,2025-12-30 10:30:00,2025-12-30 10:31:00",
      ...all
        .slice(0, 27)
        .map(
          (at) =>
            `T${at},C${at},request,phone,2026-03-02 1${at % 3}:00:00,2026-03-02 1${at % 3}:${10 + at + (at % 9 === 1 || at === 4 ? later : 0)}:00`,
        ),
    ],
  };
  for (const [name, lines] of Object.entries(rows)) writeFileSync(join(data, name), `${lines.join("\n")}\n`);
  const { code, err } = await run(
    "build",
    "--data",
    data,
    "--catalog",
    catalog,
    "--as-of",
    "2026-04-30",
    "--quiet",
  );
  if (code !== 0) throw new Error(err);
}

async function published(): Promise<ClosedPeriods> {
  const entries = await publishEntries({ HERRINGBONE_WAREHOUSE: warehouse });
  const quality = entries.find(({ path }) => path === "quality.json");
  return JSON.parse(Buffer.from(quality?.bytes ?? []).toString("utf8")).closed;
}

it("shows the company's restatements, and of groups those that are and were shown", async () => {
  await built(0, 27);
  expect(await published()).toEqual({ periods: [], of_other_data: [] });
  expect((await run("close", "2026-03")).code).toBe(0);
  // One request of each region is answered two minutes later; a customer came.
  await built(2, 28);
  const found = JSON.parse((await run("check", "--format", "json")).out).closed_periods.periods[0];
  const [period] = (await published()).periods;
  const regions = (restatements: ClosedPeriods["periods"][number]["restatements"]) =>
    restatements.flatMap(({ id, dimension, member }) =>
      id === "average_response_time" && dimension === "region" ? [member] : [],
    );
  expect(regions(found.restatements)).toEqual(["East", "North", "South", "West"]);
  // The West is of three; with the company's figure and the others it would follow, so the smallest of those is hidden at the least.
  const shown = regions(period?.restatements ?? []);
  expect(shown.length).toBeGreaterThan(0);
  for (const few of ["West", "North"]) expect(shown).not.toContain(few);
  expect(period?.restated).toBe(found.restated);
  expect(period?.restatements.filter(({ dimension }) => dimension === null)).toMatchObject([
    { id: "average_response_time", old: { n: 27 }, new: { n: 27 } },
    { id: "new_customers", old: { value: 0 }, new: { value: 1 } },
  ]);
  // The one new customer is of one region: none of it is told, nor who it is.
  expect(
    period?.restatements.some(({ id, dimension }) => id === "new_customers" && dimension === "region"),
  ).toBe(false);
  const named = (all: ClosedPeriods["periods"][number]["cases"], id: string) =>
    all.find((each) => each.id === id)?.examples.map(({ key }) => key);
  expect(named(found.cases, "new_customers")).toEqual(["C28"]);
  expect(named(period?.cases ?? [], "new_customers")).toEqual([]);
  expect(named(period?.cases ?? [], "average_response_time")).toEqual(["T1", "T10", "T19", "T4"]);
  expect(JSON.stringify(period)).not.toMatch(/is_hidden|min_cell|C28/);
});
