import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { withDatabase, withWarehouse } from "../../src/warehouse/open.js";
import { type Wording, worded } from "../../src/words/wording.js";
import { isLong, isTurn } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest, temporaryFolder } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

const catalogDir = smallCatalogue(["event_participation"], temporaryFolder("target-catalogue"));
const now = new Date("2026-07-01T00:00:00Z");
let folder: string;
const dataDir = temporaryFolder("target-data");

beforeAll(() => {
  writeFileSync(join(dataDir, "events.csv"), "event_id,name,held_on\nV1,Fair,2026-03-04\n");
});
beforeEach(() => {
  folder = folderOfTest("target");
});

const said: string[] = [];
const progress = { ...silent, warn: (line: Wording) => void said.push(worded(line, "en")) };
const build = (warehouse: string, more: { asOf?: string; catalogDir?: string } = {}) =>
  buildWarehouse({ dataDir, catalogDir, warehouse, now, ...more }, progress);
const opens = (file: string) =>
  withWarehouse(
    file,
    async (db) => (await db.runAndReadAll("select * from config.settings")).currentRowCount,
  );

async function refuses(file: string, message: RegExp) {
  await expect(build(file)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    wording: inChinese(/仓库|文件/),
    exitCode: 2,
  });
}

describe("what a build may replace", () => {
  it.skipIf(isLong)("is an earlier warehouse, an empty file, an empty database", async () => {
    const file = join(folder, "a.duckdb");
    await build(file);
    await build(file);
    writeFileSync(file, "");
    await build(file);
    rmSync(file);
    await withDatabase(file, {}, async () => {});
    await build(file);
    expect(await opens(file)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["a.duckdb", "a.duckdb.builds"]);
  });

  it.skipIf(isLong)("is no other file, other database or folder", async () => {
    const text = join(folder, "notes.txt");
    writeFileSync(text, "years of work");
    await refuses(text, /no warehouse.*notes\.txt$/);
    expect(readFileSync(text, "utf8")).toBe("years of work");
    await refuses(join(text, "below.duckdb"), /no folder/);
    const database = join(folder, "ledger.duckdb");
    await withDatabase(
      database,
      {},
      async (db) => void (await db.run("create table bookings as select 1 as amount")),
    );
    const before = readFileSync(database);
    await refuses(database, /it has main\.bookings/);
    expect(readFileSync(database).equals(before)).toBe(true);
    mkdirSync(join(folder, "place"));
    await refuses(join(folder, "place"), /has to be a file/);
    expect(readdirSync(folder).sort()).toEqual(["ledger.duckdb", "notes.txt", "place"]);
  });

  it("is no warehouse to which somebody added tables or views of their own, at the default place neither", async () => {
    const files = [join(folder, "a.duckdb"), join(folder, "data", "warehouse", "herringbone.duckdb")];
    for (const file of files.filter((_, at) => isTurn(at === 0))) {
      mkdirSync(join(file, ".."), { recursive: true });
      await build(file);
      await withDatabase(file, {}, async (db) => {
        await db.run(
          "create table mine as select 1 as amount; create table marts.my_extra as select 2 as amount",
        );
        await db.run("create schema own; create view own.seen as select * from staging.events");
      });
      const before = readFileSync(file);
      await refuses(file, /\(main\.mine, marts\.my_extra, own\.seen\)/);
      expect(readFileSync(file).equals(before)).toBe(true);
      await withDatabase(file, {}, async (db) => {
        await db.run("drop view own.seen; drop table mine; drop table marts.my_extra");
      });
      await build(file);
      await withDatabase(file, {}, async (db) => void (await db.run("drop table config.own_relations")));
      await build(file);
    }
  });

  it.skipIf(isLong)("is a warehouse that broke, which is kept beside", async () => {
    const file = join(folder, "a.duckdb");
    await build(file);
    for (const size of [300_000, 5000, 100]) {
      truncateSync(file, size);
      await build(file);
      expect(await opens(file)).toBe(1);
    }
    expect(readdirSync(folder).sort()).toEqual([
      "a.duckdb",
      "a.duckdb.broken",
      "a.duckdb.broken-2",
      "a.duckdb.broken-3",
    ]);
    expect(said.at(-1)).toContain("a.duckdb.broken-3");
  });

  it.skipIf(isLong)("is whatever stands at the default place, kept beside too", async () => {
    const file = join(folder, "data", "warehouse", "herringbone.duckdb");
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "scrambled");
    await build(file);
    expect(await opens(file)).toBe(1);
    expect(readFileSync(`${file}.broken`, "utf8")).toBe("scrambled");
  });

  it.skipIf(isLong)("is what a link leads to, and the link stays", async () => {
    const link = join(folder, "link.duckdb");
    mkdirSync(join(folder, "disk"));
    symlinkSync(join(folder, "disk", "real.duckdb"), link);
    await build(link);
    await build(link);
    expect(await opens(join(folder, "disk", "real.duckdb"))).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["disk", "link.duckdb"]);
  });

  it.skipIf(isLong)("is nothing of a similar name beside it", async () => {
    const file = join(folder, "a");
    writeFileSync(`${file}.buildings.csv`, "mine");
    await build(file);
    expect(readFileSync(`${file}.buildings.csv`, "utf8")).toBe("mine");
    writeFileSync(`${file}.lock`, "# the versions of all packages\n".repeat(20));
    await refuses(file, /lock is taken by something else/);
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});

describe.skipIf(isLong)("wrong usage is refused before anything is written", () => {
  it.each([
    "2026-02-30",
    "2026-13-01",
    "yesterday",
    "2026-06-30T25:00:00Z",
    "2026-06-30T18:00:00",
    "30.6.2026",
    "",
  ])("--as-of %s", async (asOf) => {
    await expect(build(join(folder, "new", "a.duckdb"), { asOf })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("--as-of takes a day"),
      wording: inChinese("--as-of"),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("a catalogue without its KPIs", async () => {
    const empty = join(folder, "catalogue");
    mkdirSync(empty);
    const attempt = build(join(folder, "new", "a.duckdb"), { catalogDir: empty });
    await expect(attempt).rejects.toMatchObject({ exitCode: 2 });
    expect(readdirSync(folder)).toEqual(["catalogue"]);
  });
});
