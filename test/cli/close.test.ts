import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import type { ClosedPeriods, Restatement } from "../../src/published/closedTypes.js";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("close");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const warehouse = join(folder, "w.duckdb");
const record = `${warehouse}.closed`;
const asOf = "2026-04-30";

function write(name: string, head: string, lines: readonly string[]) {
  writeFileSync(join(data, `${name}.csv`), [head, ...lines, ""].join("\n"));
}

/** Customers 1–12 are of the East, 13–24 of the North, 25–27 of the West. */
const regionOf = (at: number) => (at <= 12 ? "East" : at <= 24 ? "North" : "West");
const all = Array.from({ length: 27 }, (_, at) => at + 1);
/** A request a customer in March, answered after as many minutes as its number says, unless told otherwise. */
const ticketOf = (at: number, minutes = at, customer = at) =>
  `T${at},C${customer},request,phone,2026-03-02 ${10 + (at % 3)}:00:00,2026-03-02 ${10 + (at % 3)}:${String(minutes).padStart(2, "0")}:00`;

const heads = {
  customers: "customer_id,name,region,acquired_on",
  tickets: "ticket_id,customer_id,type,channel,created_at,first_response_at",
  targets: "kpi_id,grain,valid_from,floor,target,stretch",
  weights: "scorecard_id,kpi_id,effective_from,weight",
};

/** The company as it is first, with other tickets, ids of another company's, another target where so asked. */
function extracts({ tickets = all.map((at) => ticketOf(at)), company = "", target = "0.1" } = {}) {
  mkdirSync(data, { recursive: true });
  const named = (line: string) => line.replace(/\b([CT])(?=\d)/g, `${company}$1`);
  write(
    "customers",
    heads.customers,
    all.map((at) => named(`C${at},N${at},${regionOf(at)},2023-01-01`)),
  );
  // All that happened since the end of December is there.
  write("tickets", heads.tickets, [
    named("T0,C1,request,phone,2025-12-30 10:30:00,2025-12-30 10:31:00"),
    ...tickets.map(named),
  ]);
  write("targets", heads.targets, [`on_time_response_rate,month,2026-01-01,0,${target},0.5`]);
  write("weights", heads.weights, ["card,on_time_response_rate,2026-01-01,1"]);
}

/** One request went, one is answered later, one of the third customer came. */
const restated = [...all.slice(1).map((at) => ticketOf(at, at === 2 ? 29 : at)), ticketOf(28, 14, 3)];

const run = commandLine({ cwd: folder, now: "2026-05-02T04:00:00Z", warehouse });
const later = commandLine({ cwd: folder, now: "2026-06-02T04:00:00Z", warehouse });
const build = (at = run, catalogue = catalog) =>
  at("build", "--data", data, "--catalog", catalogue, "--as-of", asOf, "--quiet", "--lang", "en");

async function closedPeriods(): Promise<ClosedPeriods> {
  const { out, err } = await run("check", "--format", "json");
  if (err) throw new Error(err);
  return JSON.parse(out).closed_periods;
}
const listed = async () => JSON.parse((await run("close", "--list", "--format", "json")).out);

const first = join(folder, "first.duckdb");
/** The record when March was closed, and when March and its quarter were. */
const [march, quarter] = [join(folder, "march.closed"), join(folder, "quarter.closed")];
/** Takes up where a close of them has ended. */
const closed = (kept: string) => cpSync(kept, record, { recursive: true });

beforeAll(async () => {
  smallCatalogue(["average_response_time", "on_time_response_rate", "new_customers"], catalog);
  const labels = "{ zh: 卡, en: Card }";
  writeFileSync(
    join(catalog, "scorecards.yaml"),
    `scorecards:
  - id: card
    label: ${labels}
    grain: month
    subjects: [company]
    groups: [{ id: service, label: ${labels}, kpis: [on_time_response_rate] }]
`,
  );
  extracts();
  const { code, err } = await build();
  if (code !== 0) throw new Error(err);
  copyFileSync(warehouse, first);
  await run("close", "2026-03");
  cpSync(record, march, { recursive: true });
  await run("close", "2026-Q1");
  cpSync(record, quarter, { recursive: true });
});
beforeEach(() => {
  extracts();
  rmSync(record, { recursive: true, force: true });
  rmSync(`${record}.json`, { force: true });
  copyFileSync(first, warehouse);
});

describe.skipIf(isLong)("close", () => {
  it("stores a period's figures with their build, once", async () => {
    expect(existsSync(record)).toBe(false);
    expect(await run("close", "--list", "--lang", "en")).toMatchObject({
      code: 0,
      out: "no period has been closed\n",
    });
    const { code, out } = await run("close", "2026-03", "--lang", "en");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^closed 2026-03: \d+ figures of build 20260502-040000-\w{8}, 0 of them not final/,
      ),
    });
    const before = readdirSync(record).sort();
    const again = await run("close", "2026-03", "--lang", "en");
    expect(again.code).toBe(1);
    expect(again.err).toContain("closed since 2026-05-02T04:00:00.000Z, by build 20260502-040000-");
    expect(readdirSync(record).sort()).toEqual(before);
    // Periods of other lengths over the same days are others.
    expect((await run("close", "2026-q1")).code).toBe(0);
    const csv = (await run("close", "--list", "--format", "csv")).out.split("\r\n");
    expect(csv[0]).toBe("period,version,closed_at,build_id,figures,not_final,restated,reopened_at,why");
    expect(csv.slice(1, 3).map((line) => line.split(",").slice(0, 3).join())).toEqual([
      "2026-03,1,2026-05-02T04:00:00.000Z",
      "2026-Q1,1,2026-05-02T04:00:00.000Z",
    ]);
  });

  it.each([
    [["close", "2026-04-01"], 2, "a period is written 2026-05, 2026-Q2, 2026-H1 or 2026"],
    [["close", "2026-05"], 2, "only a period that is over can be closed, and the data go up to 2026-04-30"],
    [["close", "2026-Q2"], 2, "only a period that is over can be closed"],
    [["close", "1950-01"], 2, "periods are told from 1970 to 2027"],
    [["close"], 2, "name a period to close, or --list, or --reopen PERIOD with --why"],
    [["close", "2026-03", "--list"], 2, "name a period to close"],
    [["close", "2026-03", "--why", "so"], 2, "name a period to close"],
    [["close", "--reopen", "2026-03"], 2, "--reopen needs a reason"],
    [["close", "--reopen", "2026-03", "--why", " \n "], 2, "--reopen needs a reason"],
    [["close", "--reopen", "2026-03", "--why", "\u200b"], 2, "--reopen needs a reason"],
    [
      ["close", "--reopen", "2026-03", "--why", "x".repeat(10_000)],
      2,
      "--why takes at most 500 characters: 10000",
    ],
    [["close", "--reopen", "2026-03", "--why", "so"], 1, "not closed: 2026-03"],
    [["close", "--list", "--excel"], 2, "--excel"],
  ])("%j is refused", async (args, code, said) => {
    const found = await run(...args, "--lang", "en");
    expect({ code: found.code, err: found.err }).toEqual({ code, err: expect.stringContaining(said) });
    expect(existsSync(record)).toBe(false);
  });

  it("needs a warehouse", async () => {
    rmSync(warehouse);
    expect(await run("close", "2026-03")).toMatchObject({
      code: 1,
      err: expect.stringContaining("w.duckdb"),
    });
    expect(readdirSync(folder)).not.toContain("w.duckdb.lock");
  });
});

describe("a later build", () => {
  it.skipIf(isLong)("lists what it would restate, with the rows that came, went and changed", async () => {
    const title = /Closed periods/;
    expect((await run("check", "--lang", "en")).out).not.toMatch(title);
    closed(march);
    // The record stands beside the warehouse, which may be made anew.
    rmSync(warehouse);
    const files = Object.fromEntries(
      readdirSync(record).map((name) => [name, readFileSync(join(record, name))]),
    );
    extracts({ tickets: restated });
    const { code, err } = await build(later);
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(
        /of the closed period 2026-03 figures have another value now: \d+; check lists them/,
      ),
    });
    const { periods } = await closedPeriods();
    const whole = periods[0]?.restatements.filter(({ dimension }) => dimension === null);
    // 1 + 2 + … + 27 = 378 minutes; less 1, more 27 of the second, more 14 of the new one are 418. Within five minutes are
    // requests 1 to 5; the first is gone, the second is late. New customers, of 2023, are as they were. The score goes from the
    // floor (0 points at 0) over the target (75 points at 0.1) to the stretch (100 points at 0.5).
    expect(whole).toMatchObject([
      {
        id: "average_response_time",
        old: { value: 14, numerator: 378, denominator: 27, n: 27 },
        new: { value: 418 / 27, numerator: 418, denominator: 27, n: 27 },
      },
      {
        id: "on_time_response_rate",
        old: { numerator: 5, denominator: 27 },
        new: { numerator: 3, denominator: 27 },
      },
      { what: "score", id: "card", old: { denominator: 1 }, new: { denominator: 1 } },
    ]);
    const regions = periods[0]?.restatements.filter(
      ({ id, dimension }) => id === "average_response_time" && dimension === "region",
    );
    // All of it is the East's: 78 minutes of twelve requests, 118 of twelve now.
    expect(regions).toMatchObject([
      { member: "East", old: { numerator: 78, n: 12 }, new: { numerator: 118, n: 12 } },
    ]);
    for (const id of ["average_response_time", "on_time_response_rate"])
      expect(periods[0]?.cases.find((each) => each.id === id)).toEqual({
        id,
        cause: "rows",
        came: 1,
        went: 1,
        changed: 1,
        key: "ticket_id",
        examples: [
          { move: "came", key: "T28" },
          { move: "changed", key: "T2" },
          { move: "went", key: "T1" },
        ],
      });
    expect(periods[0]?.cases.find(({ id }) => id === "score:card")).toMatchObject({ cause: "kpis" });
    const { out } = await run("check", "--lang", "en");
    expect(out).toContain(
      "On-time response rate on_time_response_rate: 18.52 % (5 ÷ 27) → 11.11 % (3 ÷ 27); rows: 1 came, 1 went, 1 changed (ticket – came: T28; went: T1; changed: T2)",
    );
    // The build that was signed, held beside this one, differs in the same figures by the same rows.
    const [{ build_id: signed }] = await listed();
    mkdirSync(`${warehouse}.builds`, { recursive: true });
    copyFileSync(first, join(`${warehouse}.builds`, `${signed}.duckdb`));
    const span = ["--from", "2026-03", "--to", "2026-03", "--format", "json"];
    const found: BuildsDiff = JSON.parse((await run("diff", signed, ...span)).out);
    const ofMarch = <T extends { grain: string; period_start: string }>(rows: readonly T[]) =>
      rows.filter(({ grain }) => grain === "month").map(({ grain: _, period_start: __, ...row }) => row);
    const named = ({ id, dimension, member }: Restatement) => `${id} ${dimension} ${member}`;
    const byName = (rows: readonly Restatement[]) => new Map(rows.map((row) => [named(row), row]));
    const differing = ofMarch(found.restatements);
    const closedAll = periods[0]?.restatements ?? [];
    expect(differing.map(named).sort()).toEqual(closedAll.map(named).sort());
    for (const row of differing) expect(byName(closedAll).get(named(row))).toMatchObject(row);
    expect(differing.filter(({ what }) => what === "score")).toMatchObject([
      { id: "card", dimension: null, old: { denominator: 1 }, new: { denominator: 1 } },
    ]);
    expect(ofMarch(found.cases).find(({ id }) => id === "score:card")).toMatchObject({ cause: "kpis" });
    expect(ofMarch(found.cases).find(({ id }) => id === "average_response_time")).toMatchObject({
      came: 1,
      went: 1,
      changed: 1,
      examples: [
        { key: "T28", changes: [] },
        { key: "T2", changes: [{ column: "numerator", old: "2", new: "29" }] },
        { key: "T1", changes: [] },
      ],
    });
    const told = (
      await run("diff", signed, "--kpi", "average_response_time", ...span.slice(0, 4), "--lang", "en")
    ).out;
    expect(told).toContain("ticket – came: T28; went: T1; changed: T2 (numerator 2 → 29)");
    // What was closed is what it was; values asked for are those of the data.
    for (const [name, bytes] of Object.entries(files))
      expect(readFileSync(join(record, name))).toEqual(bytes);
    const [value] = JSON.parse(
      (await run("kpi", "on_time_response_rate", "--from", "2026-03", "--to", "2026-03", "--format", "json"))
        .out,
    );
    expect(value.numerator).toBe(3);
    expect(await listed()).toMatchObject([{ period: "2026-03", version: 1, restated: periods[0]?.restated }]);

    // The data are set right: nothing is restated any more.
    extracts();
    expect((await build(later)).code).toBe(0);
    const unchanged = (await closedPeriods()).periods;
    expect(unchanged).toMatchObject([{ period: "2026-03", restated: 0, restatements: [], cases: [] }]);
    expect((await run("check", "--lang", "en")).out).toContain(
      `Closed periods\n  Mar 2026: unchanged, ${unchanged[0]?.compared} closed figures compared.\n`,
    );
    expect((await run("check", "--lang", "zh-CN")).out).toContain("2026年3月：没有变化");
  });

  it.skipIf(isLong)("tells a change of definition or target from one of rows", async () => {
    closed(march);
    const other = join(folder, "other");
    cpSync(catalog, other, { recursive: true });
    const settings = join(other, "settings.yaml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("phone: 5", "phone: 7"));
    await build(later, other);
    const { periods } = await closedPeriods();
    expect(periods[0]?.restatements.find(({ dimension }) => dimension === null)).toMatchObject({
      id: "on_time_response_rate",
      old: { numerator: 5 },
      new: { numerator: 7 },
    });
    expect(periods[0]?.cases).toContainEqual(
      expect.objectContaining({ id: "on_time_response_rate", cause: "definition", came: null }),
    );
  });

  it.skipIf(isLong)(
    "lists a score of another target, and a median whose sum and number are the same",
    async () => {
      closed(march);
      // 14 and 20 minutes become 15 and 19: the middle one of 27 is the 15 minutes of two then.
      const moved = new Map([
        [14, 15],
        [20, 19],
      ]);
      extracts({ target: "0.2", tickets: all.map((at) => ticketOf(at, moved.get(at) ?? at)) });
      await build(later);
      const { periods } = await closedPeriods();
      const [score, ...others] =
        periods[0]?.restatements.toSorted((one) => (one.what === "score" ? -1 : 1)) ?? [];
      expect(score).toMatchObject({ what: "score", id: "card", dimension: null });
      expect(others.filter(({ dimension }) => dimension !== "channel")).toMatchObject([
        {
          id: "average_response_time",
          dimension: null,
          old: { numerator: 378, n: 27, median: 14 },
          new: { numerator: 378, n: 27, median: 15 },
        },
      ]);
      expect(periods[0]?.cases.toSorted((one) => (one.id === "score:card" ? -1 : 1))).toMatchObject([
        { id: "score:card", cause: "definition" },
        { id: "average_response_time", cause: "rows", changed: 2 },
      ]);
      expect((await run("check", "--lang", "en")).out).toMatch(
        /14\.0 min \(378 ÷ 27, median 14\.0, 90th percentile [\d.]+\) → 14\.0 min \(378 ÷ 27, median 15\.0/,
      );
      expect((await run("check", "--lang", "zh-CN")).out).toContain("中位数 15.0");
      // The build that was signed, held beside this one, has another total for the same reason.
      const [{ build_id: signed }] = await listed();
      const span = ["--from", "2026-03", "--to", "2026-03"];
      const { out } = await run("diff", signed, ...span, "--lang", "en");
      expect(out).toMatch(/Mar 2026 +Card card .*its KPIs, weights, targets or grades were changed/);
      const csv = (await run("diff", signed, ...span, "--format", "csv")).out;
      expect(csv).toMatch(/^score,card,month,2026-03-01,/m);
    },
  );

  it.skipIf(isLong)(
    "lists an employee's total that is another, keeps no id of a customer, and has no figure of a KPI that was added, removed or renamed since",
    async () => {
      const staff = join(folder, "staff");
      cpSync(catalog, staff, { recursive: true });
      const cards = join(staff, "scorecards.yaml");
      writeFileSync(cards, readFileSync(cards, "utf8").replace("[company]", "[company, employee]"));
      // All requests are answered by two employees.
      const answered = (tickets: string[]) => tickets.map((line, at) => `${line},E${1 + (at % 2)}`);
      const withStaff = (tickets: string[], newcomers: string[]) => {
        extracts();
        write("customers", heads.customers, [
          ...all.map((at) => `C${at},N${at},${regionOf(at)},2023-01-01`),
          ...newcomers.map((id) => `${id},N,East,2026-03-05`),
        ]);
        write("employees", "employee_id,name,team,hired_on", [
          "E1,Ann,One,2020-01-01",
          "E2,Bob,One,2020-01-01",
        ]);
        write("tickets", `${heads.tickets},agent_id`, answered(tickets));
      };
      const ofMarch = all.map((at) => ticketOf(at));
      const before = "T0,C1,request,phone,2025-12-30 10:30:00,2025-12-30 10:31:00";
      withStaff([before, ...ofMarch], ["Kestrel", "Merlin"]);
      try {
        expect((await build(run, staff)).code).toBe(0);
        await run("close", "2026-03");
        const db = await (await DuckDBInstance.create()).connect();
        const closings = await db.runAndReadAll(
          `select id, key from '${join(record, "0001.cases.parquet")}'`,
        );
        db.closeSync();
        const kept = JSON.stringify(closings.getRowsJson());
        expect(kept).toContain("T27");
        const [entry = ""] = readdirSync(record).filter((name) => name.endsWith(".json"));
        for (const text of [kept, readFileSync(join(record, entry), "utf8")])
          expect(text).not.toMatch(/Kestrel|Merlin|"C\d+"/);

        withStaff([before, ...ofMarch.map((line, at) => (at === 0 ? ticketOf(1, 40) : line))], ["Hobby"]);
        await build(later, staff);
        // Of customers that are gone it says how many, of one that came who; it knows all the others again.
        expect((await closedPeriods()).periods[0]?.cases).toContainEqual(
          expect.objectContaining({
            id: "new_customers",
            cause: "rows",
            came: 1,
            went: 2,
            examples: [{ move: "came", key: "Hobby" }],
          }),
        );
        const ofCard = (found: ClosedPeriods) =>
          found.periods[0]?.restatements.filter(({ id, what }) => what === "score" && id === "card") ?? [];
        expect(ofCard(await closedPeriods()).map(({ dimension, member }) => [dimension, member])).toEqual([
          [null, null],
          // The second one, T1's, is the only one whose requests changed.
          ["employee", "E2"],
        ]);

        // One KPI comes, one goes, one has another name: what was not signed is not restated, and what is gone is said to be.
        const kpis = join(staff, "kpis.yaml");
        const written = readFileSync(kpis, "utf8");
        smallCatalogue(["on_time_response_rate", "new_customers", "first_contact_resolution"], staff);
        expect(written).not.toBe(readFileSync(kpis, "utf8"));
        expect((await build(later, staff)).code).toBe(0);
        const { periods } = await closedPeriods();
        const ids = new Set(periods[0]?.restatements.map(({ id }) => id));
        expect(ids.has("first_contact_resolution")).toBe(false);
        expect(periods[0]?.restatements.find(({ id }) => id === "average_response_time")).toMatchObject({
          old: { n: 27 },
          new: { value: null, n: null },
        });
        expect(periods[0]?.cases.find(({ id }) => id === "average_response_time")).toMatchObject({
          cause: "removed",
        });
        expect((await run("check", "--lang", "en")).out).toMatch(
          /average_response_time: 14\.0000 \(378 ÷ 27.*→ none; it is no longer in the catalogue/,
        );
      } finally {
        rmSync(join(data, "employees.csv"));
      }
    },
  );

  it.runIf(isLong)(
    "over another company's data compares nothing, and lets the period be closed for that one",
    async () => {
      closed(march);
      extracts({ company: "M", tickets: restated });
      await build(later);
      expect(await closedPeriods()).toMatchObject({ periods: [], of_other_data: ["2026-03"] });
      expect((await later("close", "2026-03")).code).toBe(0);
      // The first company's data come back: with its own closing, and not the other's.
      extracts();
      await build(later);
      expect(await closedPeriods()).toMatchObject({
        periods: [{ number: 1, restated: 0 }],
        of_other_data: ["2026-03"],
      });
    },
  );
});

describe.skipIf(isLong)("a period opened again", () => {
  it("keeps what was closed, says why, and is closed anew as another version", async () => {
    const why = '<b>late "answers"</b>\n=1+1\u001b[31m';
    closed(march);
    expect(await later("close", "--reopen", "2026-03", "--why", why)).toMatchObject({ code: 0 });
    expect(await listed()).toMatchObject([{ version: 1, reopened_at: "2026-06-02T04:00:00.000Z", why }]);
    const { out } = await run("close", "--list", "--lang", "en");
    expect(out).toContain('<b>late "answers"</b>\\n=1+1\\u001b[31m');
    expect(out.split("\n")).toHaveLength(3);
    extracts({ tickets: restated });
    await build(later);
    expect((await closedPeriods()).periods).toEqual([]);
    expect((await later("close", "2026-03")).code).toBe(0);
    await build(later);
    expect((await closedPeriods()).periods).toMatchObject([{ version: 2, restated: 0 }]);
    expect(await listed()).toMatchObject([
      { version: 1, why },
      { version: 2, reopened_at: null, restated: 0 },
    ]);
  });
});

describe("the record", () => {
  const entries = () =>
    readdirSync(record)
      .filter((name) => name.endsWith(".json"))
      .sort();
  const refused = async (file: string) => {
    for (const args of [
      ["close", "--list"],
      ["close", "2026-02"],
    ]) {
      const { code, err } = await run(...args, "--lang", "en");
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(file) });
    }
    const { code, err } = await build(later);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(file) });
  };
  beforeEach(() => closed(quarter));

  it.skipIf(isLong)("is not taken where figures were changed, or are gone", async () => {
    const path = join(record, "0001.figures.parquet");
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from([...bytes.subarray(0, -20), ...bytes.subarray(-20).reverse()]));
    await refused("0001.figures.parquet");
    rmSync(path);
    await refused("0001.figures.parquet");
  });

  it.skipIf(isLong)("is not taken where an entry was changed, cut short or taken out", async () => {
    const [one = "", two = ""] = entries();
    const text = readFileSync(join(record, two), "utf8");
    writeFileSync(join(record, two), text.replace('"not_final": 0', '"not_final": 1'));
    await refused(two);
    writeFileSync(join(record, two), text.slice(0, 200));
    await refused(two);
    writeFileSync(join(record, two), text);
    rmSync(join(record, one));
    await refused("0001.");
  });

  it.skipIf(isLong)("is missed at its end, or as a whole, before any build has seen it", async () => {
    expect((await run("close", "--reopen", "2026-03", "--why", "late")).code).toBe(0);
    const [, , three = ""] = entries();
    const text = readFileSync(join(record, three), "utf8");
    rmSync(join(record, three));
    await refused("entry 3 of the record of closed periods");
    const other = text.replace("late", "well");
    const digest = createHash("sha256").update(other).digest("hex").slice(0, 16);
    writeFileSync(join(record, `0003.${digest}.json`), other);
    await refused("entry 3 of the record of closed periods");
    rmSync(record, { recursive: true });
    await refused("entry 3 of the record of closed periods");
  });

  it.skipIf(isLong)("is missed by builds that have seen it", async () => {
    expect((await build(later)).code).toBe(0);
    const [, two = ""] = entries();
    rmSync(join(record, two));
    await refused("entry 2 of the record of closed periods");
    rmSync(record, { recursive: true });
    await refused("entry 1 of the record of closed periods");
  });

  it.runIf(isLong)("is not taken where rows of a restated figure cannot be told any more", async () => {
    rmSync(join(record, "0001.cases.parquet"));
    expect((await build(later)).code).toBe(0);
    extracts({ tickets: restated });
    const { code, err } = await build(later);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("0001.cases.parquet") });
  });
});

const mounts =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", tmpdir()]).status === 0;
/** Closes on a disk of its own, of a size, which a remount may change. */
function onDisk(size: string, remount: string) {
  const [place, program] = [join(folder, "disk"), join(import.meta.dirname, "../../src/cli/herringbone.js")];
  mkdirSync(place, { recursive: true });
  const script = `mount -t tmpfs -o size=${size} tmpfs ${place} && cp ${warehouse} ${place}/w.duckdb && ${remount}
    ${process.execPath} ${program} close 2026-03 --lang en --warehouse ${place}/w.duckdb; code=$?; ls -A ${place} ${place}/*.closed; exit $code`;
  return spawnSync("unshare", ["-m", "sh", "-c", script], { encoding: "utf8" });
}

describe.skipIf(!mounts || isLong)(
  "a machine that refuses (skipped where no tmpfs can be mounted: needs root)",
  () => {
    it("a read-only folder", () => {
      const found = onDisk("50m", `mount -o remount,ro ${join(folder, "disk")};`);
      expect(found).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("the file system is read-only"),
      });
      expect(found.stdout).not.toContain("closed");
    });

    it("a full disk", () => {
      // Room for the lock and some bytes more than the warehouse has.
      const room = Math.ceil(statSync(warehouse).size / 4096) * 4 + 12;
      const found = onDisk(`${room}k`, "");
      expect(found).toMatchObject({ status: 1, stderr: expect.stringContaining("the disk is full") });
      expect(found.stdout).not.toMatch(/json|parquet|part|lock/);
    });
  },
);

describe.skipIf(isLong)("two at once", () => {
  it("two closes: one waits for nothing and says so", async () => {
    const both = await Promise.all([
      run("close", "2026-03", "--lang", "en"),
      run("close", "2026-03", "--lang", "en"),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(both.find(({ code }) => code === 1)?.err).toMatch(
      /a build or another close is at work|closed since/,
    );
    expect(await listed()).toHaveLength(1);
  });

  it("a build and a close", async () => {
    const lock = `${warehouse}.lock`;
    writeFileSync(lock, JSON.stringify({ pid: process.pid, started: null }));
    const { code, err } = await run("close", "2026-03", "--lang", "en");
    rmSync(lock);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining(
        `a build or another close is at work on this warehouse (process ${process.pid})`,
      ),
    });
    expect(existsSync(record)).toBe(false);
  });

  it("a close that is killed leaves nothing that counts", async () => {
    const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
    const child = spawn(process.execPath, [program, "close", "2026-03", "--warehouse", warehouse], {
      cwd: folder,
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (child.exitCode === null && !existsSync(record)) await sleep(1);
    child.kill("SIGKILL");
    await ended;
    expect(readdirSync(record).filter((name) => name.endsWith(".json"))).toEqual([]);
    expect(await listed()).toEqual([]);
    expect((await build(later)).code).toBe(0);
    expect((await run("close", "2026-03")).code).toBe(0);
    expect(
      readdirSync(record)
        .map((name) => name.replace(/\.[0-9a-f]{16}\./, ".*."))
        .sort(),
    ).toEqual(["0001.*.json", "0001.cases.parquet", "0001.figures.parquet"]);
  });
});
