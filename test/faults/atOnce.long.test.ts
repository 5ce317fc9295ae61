import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { withWarehouse } from "../../src/warehouse/open.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(temporaryFolder("at-once"), "place");
const warehouse = join(folder, "w.duckdb");

/** A command as a process of its own: how it ended, and what it said. */
function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const all = ["src/cli/herringbone.js", ...args, "--warehouse", warehouse, "--lang", "en", "--quiet"];
    const child = spawn(process.execPath, all, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
    });
    child.on("close", (code) => done({ code, said }));
  });
}

const build = () => run("build", "--data", "test/cases/inputs/site-needs");
const site = () => run("site", "--out", join(folder, "dist"));
const cases = () =>
  withWarehouse(warehouse, async (db) =>
    Number((await db.runAndReadAll("select count(*) from marts.kpi_cube")).value(0, 0)),
  );

/** At least one has done its work; of the others each has, or names the process that was at it. */
function requireOrder(ended: Awaited<ReturnType<typeof run>>[], held: RegExp): void {
  expect(ended.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
  for (const { code, said } of ended.filter((each) => each.code !== 0)) {
    expect([code, said]).toEqual([1, expect.stringMatching(held)]);
    expect(said.trim().split("\n")).toHaveLength(1);
  }
}

describe("commands at the same time, as processes of their own", () => {
  let figures: number;
  beforeAll(async () => {
    mkdirSync(folder);
    expect(await build()).toMatchObject({ code: 0 });
    figures = await cases();
    expect(await site()).toMatchObject({ code: 0 });
  }, 120_000);

  it("builds of one warehouse: one at a time, and a reader finds it whole all the while", async () => {
    let isOver = false;
    const ended = Promise.all([build(), build(), build()]).finally(() => {
      isOver = true;
    });
    let reads = 0;
    for (; !isOver; reads++) expect(await cases()).toBe(figures);
    expect(reads).toBeGreaterThan(3);
    requireOrder(
      await ended,
      /^herringbone: another build is running \(process \d+\), its lock is .*w\.duckdb\.lock$/m,
    );
    expect(readdirSync(folder).sort()).toEqual(["dist", "w.duckdb", "w.duckdb.builds"]);
  }, 120_000);

  it("sites of one folder, while the warehouse is built anew", async () => {
    const ended = await Promise.all([site(), site(), build()]);
    expect(ended[2]).toMatchObject({ code: 0 });
    const lost = /^herringbone: (another site build is writing|the warehouse was built anew)/;
    for (const { code, said } of ended.slice(0, 2).filter((each) => each.code !== 0))
      expect([code, said]).toEqual([1, expect.stringMatching(lost)]);
    expect(readFileSync(join(folder, "dist", "index.html"), "utf8")).toContain("Herringbone</title>");
    expect(readdirSync(folder).sort()).toEqual(["dist", "w.duckdb", "w.duckdb.builds"]);
    expect(await site()).toMatchObject({ code: 0 });
  }, 120_000);
});
