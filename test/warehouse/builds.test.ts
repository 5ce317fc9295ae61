import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import type { ListedBuild } from "../../src/cli/print/buildsTable.js";
import { keepBuild, keptBuilds, timeOfBuild } from "../../src/warehouse/builds.js";
import type { Closings } from "../../src/warehouse/closings.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { textOf } from "./textOf.js";

const folder = temporaryFolder("builds");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const warehouse = join(folder, "w.duckdb");
const kept = `${warehouse}.builds`;

const at = (day: number) =>
  commandLine({ cwd: folder, now: `2026-05-${String(day).padStart(2, "0")}T04:00:00Z`, warehouse });
const now = at(28);

/** A company with as many customers as the day says, and an initiative from the second on. */
async function build(day: number): Promise<string> {
  mkdirSync(data, { recursive: true });
  const rows = Array.from({ length: day }, (_, index) => `C${index},N${index},2024-01-01`);
  writeFileSync(join(data, "customers.csv"), ["customer_id,name,acquired_on", ...rows, ""].join("\n"));
  const heads = "initiative_id,name,started_on,kpi_id,baseline_days,follow_up_days";
  const one = day === 1 ? [] : ["I1,I1,2026-06-01,new_customers,30,30"];
  writeFileSync(join(data, "initiatives.csv"), [heads, ...one, ""].join("\n"));
  const places = ["--data", data, "--catalog", catalog, "--as-of", "2026-04-30", "--quiet", "--lang", "en"];
  const { code, err } = await at(day)("build", ...places);
  if (code !== 0) throw new Error(err);
  return (await listed())[0]?.build_id ?? "";
}

const listed = async (): Promise<ListedBuild[]> =>
  JSON.parse((await now("builds", "--format", "json")).out) as ListedBuild[];
const accepted = async () => (await listed()).find(({ state }) => state === "current")?.rows;
const settings = (text: string) => writeFileSync(join(catalog, "settings.yaml"), `language: en\n${text}\n`);

/** What two builds leave. */
const ready = join(folder, "ready");
let first = "";
let second = "";

beforeAll(async () => {
  smallCatalogue(["new_customers"], catalog);
  writeFileSync(join(catalog, "scorecards.yaml"), "scorecards: []\n");
  writeFileSync(join(catalog, "fishbones.yaml"), "fishbones: []\n");
  writeFileSync(join(catalog, "weights.csv"), "scorecard_id,kpi_id,effective_from,weight\n");
  first = await build(1);
  second = await build(2);
  mkdirSync(ready);
  for (const name of ["w.duckdb", "w.duckdb.builds"])
    cpSync(join(folder, name), join(ready, name), { recursive: true });
});
beforeEach(() => {
  for (const name of readdirSync(folder))
    if (name.startsWith("w.duckdb")) rmSync(join(folder, name), { recursive: true });
  cpSync(ready, folder, { recursive: true });
  settings("");
});

it.each([
  ["2026-05-28T04:00:00.500Z", "2026-05-28T04:00:00.500Z", false],
  ["2026-05-02T04:00:01.000Z", "2026-05-02T04:00:01.000Z", false],
  ["2026-05-02T04:00:00.900Z", "2026-05-02T04:00:01.000Z", false],
  ["2026-05-02T03:59:30.000Z", "2026-05-02T04:00:01.000Z", false],
  ["2020-01-01T00:00:00.000Z", "2026-05-02T04:00:01.000Z", true],
])("an id is later than those that there are, whatever the clock says: %s", (clock, time, isBehind) => {
  expect(timeOfBuild(warehouse, second, new Date(clock))).toEqual({
    time: new Date(time),
    ahead: isBehind ? second : null,
  });
  expect(timeOfBuild(join(folder, "none.duckdb"), null, new Date(clock))).toEqual({
    time: new Date(clock),
    ahead: null,
  });
});

describe("the builds that a warehouse replaced", () => {
  it("are listed newest first, with what they were made of, as many as settings.yaml says", async () => {
    settings("keep_builds: 2");
    const third = await build(3);
    const rows = await listed();
    expect(rows.map(({ build_id, state }) => [build_id, state])).toEqual([
      [third, "current"],
      [second, "kept"],
    ]);
    expect(rows.map(({ built_at }) => built_at)).toEqual([3, 2].map((day) => `2026-05-0${day}T04:00:00Z`));
    // Customers and, from the second day on, the initiative.
    expect(rows.map(({ rows: count, as_of_on }) => [count, as_of_on])).toEqual([
      [4, "2026-04-30"],
      [3, "2026-04-30"],
    ]);
  });

  it("that periods were signed from stay beyond that number", () => {
    rmSync(kept, { recursive: true });
    mkdirSync(kept);
    const id = (day: number) => `2026050${day}-040000-0123abcd`;
    for (const day of [1, 2, 3]) writeFileSync(join(kept, `${id(day)}.duckdb`), "");
    writeFileSync(join(kept, "mine.txt"), "");
    const entries = [{ event: "closed", number: 1, build_id: id(1) }] as unknown as Closings["entries"];
    keepBuild(warehouse, id(4), { next: id(5), most: 2, closings: { folder: "", entries, digests: [] } });
    expect(keptBuilds(warehouse)).toEqual([id(1), id(4)]);
    expect(existsSync(join(kept, "mine.txt"))).toBe(true);
    const none = { folder: "", entries: [], digests: [] };
    keepBuild(warehouse, id(5), { next: id(6), most: 1, closings: none });
    expect(keptBuilds(warehouse)).toEqual([]);
  });

  it("come back as they were; the one in whose place they come is kept", async () => {
    const before = readFileSync(join(kept, `${first}.duckdb`));
    const { code, out } = await now("build", "--restore", first, "--lang", "en");
    expect([code, out]).toEqual([0, expect.stringContaining(`build ${first} is back; ${second}`)]);
    expect(readFileSync(warehouse).equals(before)).toBe(true);
    expect(await accepted()).toBe(1);
    expect((await listed()).map(({ build_id, state }) => [build_id, state])).toEqual([
      [second, "kept"],
      [first, "current"],
    ]);
    expect((await now("build", "--restore", second.slice(-8))).code).toBe(0);
    expect(await accepted()).toBe(3);
  });

  it("that come back forget nothing that builds have learnt since, however often", async () => {
    await now("build", "--restore", first);
    await now("build", "--restore", second);
    await now("build", "--restore", first);
    await build(4);
    const { out } = await now("assess", "--format", "json");
    expect(out).toContain('"I1"');
    expect(out).toContain("2026-05-02");
    expect(out).not.toContain("2026-05-04");
  });

  it("are copied where another name for a file cannot be had", async () => {
    if (!existsSync("/dev/shm")) return;
    const elsewhere = mkdtempSync("/dev/shm/herringbone-builds-");
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    rmSync(kept, { recursive: true });
    symlinkSync(elsewhere, kept);
    await build(3);
    expect(readdirSync(elsewhere)).toEqual([`${second}.duckdb`]);
    await now("build", "--restore", second);
    expect(await accepted()).toBe(3);
  });
});

describe("what cannot be done is said, and nothing changes", () => {
  it("no such build, the one that is there, options of a new build", async () => {
    const id = second;
    const before = readFileSync(warehouse);
    const refused = async (...args: string[]) => {
      const { code, err } = await now("build", ...args, "--lang", "en");
      expect(readFileSync(warehouse).equals(before)).toBe(true);
      return [code, err];
    };
    expect(await refused("--restore", "20200101-000000-00000000")).toEqual([2, expect.stringContaining(id)]);
    expect(await refused("--restore", "../../x")).toEqual([2, expect.stringContaining(id)]);
    expect(await refused("--restore", id)).toEqual([2, expect.stringContaining("holds this build already")]);
    expect(await refused("--restore", id, "--as-of", "2026-01-01")).toEqual([
      2,
      expect.stringContaining("--as-of"),
    ]);
  });

  it("a kept file that is damaged, cut or of another build", async () => {
    const file = join(kept, `${first}.duckdb`);
    const whole = join(folder, "whole");
    copyFileSync(file, whole);
    truncateSync(file, 4096);
    expect((await listed()).map(({ state }) => state)).toEqual(["current", "unreadable"]);
    expect((await now("build", "--restore", first)).code).toBe(1);
    expect(await accepted()).toBe(3);
    rmSync(file);
    copyFileSync(warehouse, file);
    expect((await now("build", "--restore", first)).code).toBe(1);
    expect((await listed())[0]?.build_id).toBe(second);
  });

  it("a file where the folder goes: the build ends, the one before stays", async () => {
    rmSync(kept, { recursive: true });
    writeFileSync(kept, "");
    await expect(build(3)).rejects.toThrow("move it away");
    rmSync(kept);
    expect((await listed()).map(({ build_id }) => build_id)).toEqual([second]);
  });
});

describe("the digits of a build's id", () => {
  it("are those of extracts, catalogue and program, and of how the extracts are read", async () => {
    const own = temporaryFolder("digits");
    writeFileSync(join(own, "c.csv"), "id,name,area,other\nC1,A,E,W\n");
    const run = commandLine({ cwd: own, now: "2026-05-29T04:00:00Z", warehouse: join(own, "w.duckdb") });
    const digits = async (region: string, remark = "") => {
      const yaml = `crm: {files: {customers: c.csv}, tables: {customers: {columns: {customer_id: id, name: name, acquired_on: "'2024-01-01'", region: ${region}}}}}\n${remark}`;
      writeFileSync(join(own, "sources.yaml"), yaml);
      const { code, err } = await run("build", "--data", own);
      expect(code, err).toBe(0);
      const [{ build_id = "" } = {}] = JSON.parse(
        (await run("builds", "--format", "json")).out,
      ) as ListedBuild[];
      return build_id.slice(-8);
    };
    const first = await digits("area");
    expect(await digits("area")).toBe(first);
    expect(await digits("other")).not.toBe(first);
    expect(await digits("area", "# as before\n")).toBe(first);
  });
});

describe("diff", () => {
  const diff = async (...args: string[]) => now("diff", ...args, "--lang", "en");

  it("lists what another build gives, of periods that both have, old and new, and the rows behind", async () => {
    const { code, out } = await diff(first, "--to", "2024-01", "--format", "json");
    expect(code).toBe(0);
    const { older, newer, restatements, cases }: BuildsDiff = JSON.parse(out);
    expect([older, newer]).toEqual([first, second].map((build_id) => ({ build_id, as_of_on: "2026-04-30" })));
    const whole = restatements.filter(({ dimension }) => dimension === null);
    // Both customers came in January 2024, the second one in the second build.
    const of = (start: string) => ["month", "quarter", "half", "year"].map((grain) => [grain, start]);
    expect(whole.map(({ grain, period_start }) => [grain, period_start])).toEqual(of("2024-01-01"));
    for (const row of whole)
      expect(row).toMatchObject({ id: "new_customers", old: { value: 1 }, new: { value: 2 } });
    for (const each of cases)
      expect(each).toMatchObject({ came: 1, went: 0, changed: 0, examples: [{ move: "came", key: "C1" }] });
    const csv = (await diff(first, second, "--from", "2024-02", "--to", "2024-02", "--format", "csv")).out;
    // Of the month after it none; it is in the quarter, half and year that this lies in.
    const grains = csv
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",")[2]);
    expect([...new Set(grains)]).toEqual(["quarter", "half", "year"]);
    expect((await diff(second.slice(-8), first, "--to", "2024-01", "--groups")).out).toMatch(
      /company +2 +1 .*went: C1/,
    );
    const table = (await diff(first, "--to", "2024-01", "--kpi", "new_customers")).out;
    // One figure for each of four grains, of the company and of each of its groups.
    const groups = restatements.length - whole.length;
    expect(groups).toBeGreaterThan(0);
    expect(table).toMatch(
      new RegExp(`New customers new_customers +4 +${groups} +Jan 2024 +\\w+ 2024: 1 → 2\n`),
    );
    expect(table).toContain(`of groups: ${groups} figures, listed with --groups`);
    expect(table).not.toContain("segment ");
    expect((await diff(first, "--to", "2024-01", "--groups")).out).toMatch(/segment .* 1 +2/);
    const { out: none } = await diff(first, "--from", "2025-10", "--to", "2025-10");
    expect(none).toContain("no figure differs; periods compared: ");
  });

  it("refuses what it cannot compare", async () => {
    expect(await diff("20200101-000000-00000000")).toMatchObject({
      code: 2,
      err: expect.stringContaining(`${second}, ${first}`),
    });
    expect(await diff(second)).toMatchObject({ code: 2, err: expect.stringContaining("this is one") });
    expect(await diff(first, "--kpi", "new_customer")).toMatchObject({
      code: 2,
      err: expect.stringContaining("unknown kpi: new_customer"),
    });
    expect(await diff(first, "--from", "2024-13")).toMatchObject({ code: 2 });
    const file = join(kept, `${first}.duckdb`);
    truncateSync(file, 4096);
    expect(await diff(first)).toMatchObject({ code: 1, err: expect.stringContaining(file) });
  });
});

it("a copy in another folder is the same: nothing in it says where it was", async () => {
  const copy = join(folder, "copy");
  mkdirSync(copy);
  onTestFinished(() => rmSync(copy, { recursive: true }));
  await now("close", "2024-01");
  for (const name of readdirSync(folder).filter((each) => each.startsWith("w.duckdb")))
    renameSync(join(folder, name), join(copy, name));
  const there = commandLine({ cwd: copy, now: "2026-05-29T04:00:00Z", warehouse: join(copy, "w.duckdb") });
  const ids = (JSON.parse((await there("builds", "--format", "json")).out) as ListedBuild[]).map(
    ({ build_id, closed_periods }) => [build_id, ...closed_periods],
  );
  expect(ids).toEqual([[second, "2024-01"], [first]]);
  expect((await there("diff", first, "--to", "2024-01", "--lang", "en")).out).toContain("came: C1");
  expect((await there("build", "--restore", first)).code).toBe(0);
  expect((await there("close", "--list")).code).toBe(0);
  for (const path of [join(copy, "w.duckdb"), join(copy, "w.duckdb.builds", `${second}.duckdb`)])
    expect(await textOf(path)).not.toContain(folder);
});
