import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Assessment } from "../../../src/answers/benefit/initiative.js";
import { siteCatalogue } from "../../../src/publish/site/siteCatalogue.js";
import { withDatabase } from "../../../src/warehouse/open.js";
import { commandLine } from "../../commandLine.js";
import { isLong } from "../../long.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";

const folder = temporaryFolder("register");
const data = join(folder, "data");
const warehouse = join(folder, "w.duckdb");

/** Customers of a company: the sign before their ids, and before their names. */
const customersOf = (ids: string, company: string, regions: readonly [string, string] = ["West", "East"]) =>
  Array.from({ length: 60 }, (_, at) => `${ids}${at},${company}${at},${regions[at % 2]},2023-01-01`);
/** One case a customer and fortnight; those of 2025 on are answered within the limit more often. */
const tickets = (ids: string, later: number, asOf: string) =>
  Array.from({ length: 60 }).flatMap((_, customer) =>
    Array.from({ length: 52 }, (_, at) => {
      const day = new Date(Date.UTC(2024, 0, 1 + at * 14 + (customer % 14))).toISOString().slice(0, 10);
      const minutes = 1 + ((customer * 7 + at * 5) % 9) - (at > 26 ? later : 0);
      if (day > asOf) return "";
      return `T${ids}${customer}-${at},${ids}${customer},${day} 09:0${customer % 10}:00,${day} 09:${String(10 + minutes).padStart(2, "0")}:00,request,phone`;
    }).filter((line) => line !== ""),
  );

interface Told {
  id?: string;
  expected?: string;
  start?: string;
  scope?: string;
  cost?: string;
  value?: string;
}

const initiative = ({
  id = "I1",
  expected = "-2",
  start = "2025-01-01",
  scope = ",",
  cost = "100",
  value = "1",
}: Told) => `${id},更快,Faster,${start},first_response_time,${scope},${expected},180,180,0,${cost},${value}`;

function write(name: string, head: string, lines: readonly string[]) {
  writeFileSync(join(data, `${name}.csv`), [head, ...lines, ""].join("\n"));
}

interface Given extends Told {
  later?: number;
  asOf?: string;
  ids?: string;
  company?: string;
  isGone?: boolean;
  /** Beside the first. */
  others?: readonly Told[];
  regions?: readonly [string, string];
  tables?: readonly string[];
}

const run = (day: string) => commandLine({ cwd: folder, now: `${day}T04:00:00Z`, warehouse });

/** Builds anew on a day, and says what is assessed of the first; what the build said is kept in `said`. */
async function built(day: string, given: Given = {}): Promise<Assessment> {
  return (await allBuilt(day, given))[0];
}

async function allBuilt(day: string, given: Given): Promise<[Assessment, ...Assessment[]]> {
  const { later = 3, asOf = "2025-10-31", ids = "C", company = "N", regions } = given;
  const { tables = ["customers", "tickets"] } = given;
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  if (tables.includes("customers"))
    write("customers", "customer_id,name,region,acquired_on", customersOf(ids, company, regions));
  if (tables.includes("tickets"))
    write(
      "tickets",
      "ticket_id,customer_id,created_at,first_response_at,type,channel",
      tickets(ids, later, asOf),
    );
  write(
    "initiatives",
    "initiative_id,name,name_en,started_on,kpi_id,scope_dimension,scope_value,expected_change,baseline_days,follow_up_days,lag_days,cost,value_per_unit",
    given.isGone ? [] : [given, ...(given.others ?? [])].map(initiative),
  );
  const places = ["--data", data, "--catalog", catalog, "--as-of", asOf, "--quiet", "--lang", "en"];
  const { code, err } = await run(day)("build", ...places);
  if (code !== 0) throw new Error(err);
  said = err;
  return JSON.parse((await run(day)("assess", "--format", "json")).out);
}
let said = "";
/** What `check` says was forgotten. */
const forgotten = async (day: string) =>
  JSON.parse((await run(day)("check", "--format", "json")).out).forgotten;

const catalog = join(folder, "catalog");
beforeAll(() => {
  smallCatalogue(["first_response_time"], catalog);
});
afterEach(() => rmSync(warehouse, { force: true }));

it.skipIf(isLong)(
  "writes initiatives down when it first sees them, and keeps a verdict once it is given",
  async () => {
    // Before the start: known, and set right without a word.
    expect(await built("2024-11-01", { asOf: "2024-10-31", expected: "-1" })).toMatchObject({
      verdict: "still_running",
      registered: { first_seen: "2024-11-01", is_late: false, changed: [] },
      decided: null,
    });
    const running = await built("2025-03-02", { asOf: "2025-03-01" });
    expect(running).toMatchObject({ verdict: "still_running", decided: null });
    // What was expected has changed while it ran: old and new are told from now on.
    const change = { on: "2025-03-02", field: "expected_change", old: "-1.0000", new: "-2.0000" };
    expect(running.registered?.changed.map(({ build_id: _, ...rest }) => rest)).toEqual([
      { ...change, old: expect.stringMatching(/^-1(\.0+)?$/), new: expect.stringMatching(/^-2(\.0+)?$/) },
    ]);

    const over = await built("2025-08-01", { asOf: "2025-07-31" });
    expect(over.verdict).toBe("improved");
    expect(over.decided).toMatchObject({ on: "2025-08-01", now: null });
    expect(over.registered?.changed).toHaveLength(1);

    // Other data say something else: the verdict stays, with the build that gave it, and what is found now beside it.
    const restated = await built("2025-09-01", { asOf: "2025-08-31", later: 0 });
    expect(restated).toMatchObject({ verdict: "improved", delta: over.delta, q: over.q });
    expect(restated.decided).toMatchObject({ build_id: over.decided?.build_id, on: "2025-08-01" });
    expect(restated.decided?.now).toMatchObject({ verdict: "no_demonstrable_change" });

    // Another definition changes no verdict that was given: what it gives stands beside it.
    const changed = await built("2025-10-01", { expected: "-3", later: 0, asOf: "2025-09-30" });
    expect(changed).toMatchObject({ verdict: "improved", delta: over.delta, expected: -2, withdrawn: false });
    expect(changed.decided).toMatchObject({
      build_id: over.decided?.build_id,
      on: "2025-08-01",
      redefined: true,
      now: { verdict: "no_demonstrable_change" },
    });
    expect(changed.registered?.changed.map(({ on }) => on)).toEqual(["2025-03-02", "2025-10-01"]);

    // Taken out of the extract it stays with its verdict, in every format.
    const gone = await built("2025-10-15", { isGone: true, later: 0, asOf: "2025-10-10" });
    expect(gone).toMatchObject({
      initiative_id: "I1",
      verdict: "improved",
      withdrawn: true,
      delta: over.delta,
    });
    expect(gone.decided).toMatchObject({ build_id: over.decided?.build_id, redefined: false });
    // … and its page: the list links to it.
    expect([...(await siteCatalogue(warehouse)).initiativeLabels.keys()]).toEqual(["I1"]);
    const assess = run("2025-10-15");
    // It is called by the reader's name for it, and machines are told both, once it is gone, too.
    for (const how of [[], ["--explain"]]) {
      expect((await assess("assess", ...how, "--lang", "en")).out).toMatch(/^(?!.*更快).*Faster/s);
      expect((await assess("assess", ...how, "--lang", "zh-CN")).out).toMatch(/^(?!.*Faster).*更快/s);
    }
    expect(JSON.parse((await assess("assess", "--format", "json")).out)).toMatchObject([
      { name: "更快", name_en: "Faster" },
    ]);
    expect((await siteCatalogue(warehouse)).initiativeLabels.get("I1")).toEqual({
      "zh-CN": "更快",
      en: "Faster",
    });
    expect((await assess("assess", "I1", "--lang", "en")).out).toContain("is no longer in the extract");
    expect((await assess("assess", "I1", "--explain", "--lang", "zh-CN")).out).toContain("已从数据中撤下");
    expect((await assess("assess", "--plan", "--lang", "en")).out).toBe("There are no initiatives.\n");
    for (const wrong of [
      ["--explain", "--plan"],
      ["--explain", "--format", "csv"],
    ])
      expect(await assess("assess", ...wrong, "--lang", "en")).toMatchObject({ code: 2, out: "" });

    // Customers are called something else, but have their ids: it is the same company.
    const renamed = await built("2025-10-15", {
      expected: "-3",
      company: "Ltd ",
      later: 0,
      asOf: "2025-09-30",
    });
    expect(renamed.registered).toEqual(changed.registered);
    expect(renamed.decided).toEqual(changed.decided);
    expect(said).toBe("");
    expect(await forgotten("2025-10-15")).toBeNull();

    // Another company's data in the same place: what was written down of the former is not of this one, and that is said.
    const other = await built("2025-11-01", { expected: "-3", ids: "M", later: 0, asOf: "2025-10-31" });
    expect(other.registered).toMatchObject({ first_seen: "2025-11-01", is_late: true, changed: [] });
    expect(other.decided).toMatchObject({ on: "2025-11-01", now: null });
    expect(said).toMatch(/another company's data.*1 initiatives, and 1 verdicts, is forgotten/);
    expect(await forgotten("2025-11-01")).toEqual({ initiatives: 1, verdicts: 1 });
    expect((await run("2025-11-01")("check", "--lang", "zh-CN")).out).toMatch(
      /另一家公司.*1 项措施和 1 个结论/,
    );
  },
);

it.runIf(isLong)("knows a company by any of its tables, and none by a table that is not there", async () => {
  await built("2025-11-01");
  // Its customers alone, of whom there are no cases.
  const customers = await built("2025-11-02", { tables: ["customers"] });
  expect(customers.registered).toMatchObject({ first_seen: "2025-11-01" });
  // Its tickets are still those noted two builds ago, though its customers are numbered anew.
  const tickets = await built("2025-11-03", { tables: ["tickets"] });
  expect(tickets.registered).toMatchObject({ first_seen: "2025-11-01" });
  expect(tickets.decided).toMatchObject({ on: "2025-11-01" });
  const others = await built("2025-11-04", { ids: "M", tables: ["tickets"] });
  expect(others.registered).toMatchObject({ first_seen: "2025-11-04" });
  expect(others.decided).toMatchObject({ on: "2025-11-04" });
  const unlike = await built("2025-11-05", { ids: "M", tables: ["customers"] });
  expect(unlike.registered).toMatchObject({ first_seen: "2025-11-05" });
});

describe.skipIf(isLong)("of three initiatives", () => {
  let before: Assessment[];
  let after: Assessment[];
  const second = join(folder, "second.duckdb");

  beforeAll(async () => {
    // The second's region is misspelt, the third began before it was known.
    const [misspelt, late] = [
      { id: "I2", scope: "region,East" },
      { id: "I3", start: "2025-10-20" },
    ];
    before = await allBuilt("2025-11-01", { others: [misspelt, late], regions: ["West", "Eats"] });
    after = await allBuilt("2025-11-02", {
      cost: "5000",
      value: "10",
      others: [misspelt, { ...late, start: "2026-05-01" }],
    });
    copyFileSync(warehouse, second);
  });
  const pair = (id: string) =>
    [before, after].map((all) => all.find(({ initiative_id }) => initiative_id === id)) as [
      Assessment,
      Assessment,
    ];

  it("tells each change after the start that held, a moved start among them", () => {
    const [late, moved] = pair("I3");
    expect(late.registered).toMatchObject({ is_late: true, late_for: "2025-10-20", changed: [] });
    const change = { on: "2025-11-02", field: "started_on", old: "2025-10-20", new: "2026-05-01" };
    expect(moved.registered).toMatchObject({ is_late: true, late_for: "2025-10-20", changed: [change] });
  });

  it("keeps a verdict's money and tells what today's cost and value would give", async () => {
    const [first, dearer] = pair("I1");
    expect(first).toMatchObject({ verdict: "improved", cost: 100, value_per_unit: 1 });
    const { value_money, value_money_low, value_money_high, return: returned } = first;
    expect(dearer).toMatchObject({ cost: 100, value_per_unit: 1, value_money, return: returned });
    expect(
      dearer.registered?.changed.map(({ field, old, new: now }) => [field, Number(old), Number(now)]),
    ).toEqual([
      ["cost", 100, 5000],
      ["value_per_unit", 1, 10],
    ]);
    expect(dearer.decided?.now).toMatchObject({ verdict: "improved", cost: 5000, value_per_unit: 10 });
    expect(dearer.decided?.now?.value_money).toBeCloseTo(10 * (value_money ?? Number.NaN), 6);
    expect(dearer.decided?.now?.value_money_low).toBeCloseTo(10 * (value_money_low ?? Number.NaN), 6);
    expect(dearer.decided?.now?.value_money_high).toBeCloseTo(10 * (value_money_high ?? Number.NaN), 6);
    copyFileSync(second, warehouse);
    const { out } = await run("2025-11-02")("assess", "--lang", "en");
    expect(out).toMatch(/I1: the money is that of build .*; by the cost and value per unit of now: /);
    expect(out).not.toMatch(/by the data of now/);
  });

  it("asks anew what was no test", () => {
    const [misspelt, corrected] = pair("I2");
    expect(misspelt).toMatchObject({ verdict: "too_little_data", decided: null });
    expect(corrected).toMatchObject({ verdict: "no_demonstrable_change", decided: { on: "2025-11-02" } });
  });
});

it.skipIf(isLong)("says what of it cannot be read and goes on without", async () => {
  await built("2025-11-01");
  const tamper = (sql: string) => withDatabase(warehouse, {}, async (db) => void (await db.run(sql)));
  await tamper("update config.initiative_verdicts set assessment = '{bad'");
  const unread = await run("2025-11-02")("assess", "--lang", "en");
  expect(unread.code).toBe(1);
  expect(unread.err).toMatch(/cannot be read; build the warehouse anew/);
  const anew = await built("2025-11-03");
  expect(said).toMatch(/left out, a verdict is given anew: I1/);
  expect(anew).toMatchObject({ registered: { first_seen: "2025-11-01" }, decided: { on: "2025-11-03" } });

  // Valid JSON that is no assessment, and a register that is none.
  await tamper("update config.initiative_verdicts set assessment = '{}'");
  await tamper("update config.initiative_register set definition = '[1]'");
  const both = await built("2025-11-04");
  expect(both).toMatchObject({ registered: { first_seen: "2025-11-04" }, decided: { on: "2025-11-04" } });

  await tamper('update config.initiative_verdicts set definition = \'{"started_on": "soon"}\'');
  expect((await run("2025-11-05")("assess", "--lang", "en")).err).toMatch(/build the warehouse anew/);
  expect(await built("2025-11-05")).toMatchObject({ decided: { on: "2025-11-05" } });

  await tamper("alter table config.initiative_register drop column seen_on");
  expect((await run("2025-11-05")("assess", "--lang", "en")).err).toMatch(/build the warehouse anew/);
  const without = await built("2025-11-06");
  expect(said).toMatch(/could not be read|cannot be read|kept/);
  expect(without.registered).toMatchObject({ first_seen: "2025-11-06" });
});
