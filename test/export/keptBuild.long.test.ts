import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { currentBuild } from "../../src/warehouse/builds.js";
import { withDatabase } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("kept-build");

test("the PDF of a build that is kept can be made again from its id, byte for byte", async () => {
  const site = await sampleSite();
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
});
