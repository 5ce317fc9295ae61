import { copyFileSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { currentBuild } from "../../src/warehouse/builds.js";
import { withDatabase } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("kept-build");

let site: Awaited<ReturnType<typeof sampleSite>>;

beforeAll(async () => {
  site = await sampleSite();
});

test("the PDF of a build that is kept can be made again from its id, byte for byte", async () => {
  const run = commandLine({ cwd: folder, env: process.env });
  const print = ["export", "leadership", "--quiet"];
  expect((await run(...print, "--dist", site.dist, "--out", "then")).code).toBe(0);
  const warehouse = join(folder, "w.duckdb");
  const build = await currentBuild(site.warehouse);
  mkdirSync(`${warehouse}.builds`);
  copyFileSync(site.warehouse, join(`${warehouse}.builds`, `${build}.duckdb`));
  copyFileSync(site.warehouse, warehouse);
  await withDatabase(warehouse, {}, async (db) => {
    await db.run("update config.settings set build_id = '20300102-000000-0123abcd'");
    await db.run("checkpoint");
  });
  const again = await run(...print, "--build", build, "--warehouse", warehouse, "--out", "now");
  expect([again.code, again.err]).toEqual([0, ""]);
  const [then, now] = ["then", "now"].map((name) => readFileSync(join(folder, name, "leadership.pdf")));
  expect(now?.equals(then as Buffer)).toBe(true);

  const other = await run(
    ...print,
    "--dist",
    site.dist,
    "--warehouse",
    warehouse,
    "--out",
    "site",
    "--lang",
    "en",
  );
  expect([other.code, other.err]).toEqual([
    0,
    expect.stringContaining("the warehouse holds 20300102-000000-0123abcd"),
  ]);
  const both = await run(...print, "--build", build, "--dist", site.dist, "--warehouse", warehouse);
  expect(both.code).toBe(2);
  const none = await run(
    ...print,
    "--build",
    "20200101-000000-0123abcd",
    "--warehouse",
    warehouse,
    "--lang",
    "en",
  );
  expect([none.code, none.err]).toEqual([2, expect.stringContaining(build)]);
}, 400_000);

test("a backup that lies elsewhere is the same there: builds, PDFs of kept ones, verify, restore", async () => {
  const build = await currentBuild(site.warehouse);
  const made = join(folder, "made here");
  const moved = join(folder, "elsewhere", "备份");
  const there = join(moved, "w.duckdb");
  const here = commandLine({ cwd: folder, env: process.env, warehouse: join(made, "w.duckdb") });
  const run = commandLine({ cwd: folder, env: process.env, warehouse: there });
  mkdirSync(join(made, "w.duckdb.builds"), { recursive: true });
  copyFileSync(site.warehouse, join(made, "w.duckdb"));
  expect((await here("close", "2026-05", "--lang", "en")).code).toBe(0);
  const print = ["export", "leadership", "--quiet", "--out"];
  expect((await here(...print, "printed here", "--build", build)).code).toBe(0);
  copyFileSync(site.warehouse, join(made, "w.duckdb.builds", `${build}.duckdb`));
  await withDatabase(join(made, "w.duckdb"), {}, async (db) => {
    await db.run("update config.settings set build_id = '20300102-000000-0123abcd'");
    await db.run("checkpoint");
  });

  // Nothing is left where it was made.
  mkdirSync(join(folder, "elsewhere"));
  renameSync(made, moved);
  const listed = JSON.parse((await run("builds", "--format", "json")).out) as object[];
  expect(listed).toMatchObject([
    { build_id: "20300102-000000-0123abcd", state: "current", closed_periods: [] },
    { build_id: build, state: "kept", closed_periods: ["2026-05"] },
  ]);
  expect((await run(...print, "printed there", "--build", build)).code).toBe(0);
  const pdf = (name: string) => join(folder, name, "leadership.pdf");
  expect(readFileSync(pdf("printed there")).equals(readFileSync(pdf("printed here")))).toBe(true);
  const verified = async () => {
    const { code, out } = await run("verify", pdf("printed here"), "--lang", "en");
    expect([code, out]).toEqual([0, expect.stringMatching(/(\d+) of \1 figures agree/)]);
  };
  await verified();
  expect((await run("build", "--restore", build, "--lang", "en")).code).toBe(0);
  expect(await currentBuild(there)).toBe(build);
  await verified();
  expect((await run("close", "--list", "--lang", "en")).out).toContain("2026-05");
}, 400_000);
