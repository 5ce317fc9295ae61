import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("cli");

const run = commandLine({ cwd: folder });

describe("herringbone", () => {
  it("exits 0 with its help, which has one example a command", async () => {
    for (const command of [
      "build",
      "check",
      "kpi",
      "score",
      "weights",
      "site",
      "serve",
      "dev",
      "export",
      "report",
      "doctor",
      "sample",
    ]) {
      const { code, out } = await run(command, "--help");
      expect(code).toBe(0);
      expect(out).toContain(`$ herringbone ${command}`);
    }
  });

  it("exits 2 for wrong usage", async () => {
    expect((await run("biuld")).code).toBe(2);
    expect((await run("kpi", "--grain", "week")).code).toBe(2);
    expect((await run("build", "--fast")).code).toBe(2);
    expect(await run("kpi", "--excel", "--lang", "en")).toMatchObject({
      code: 2,
      err: "herringbone: --excel goes with --format csv, not with: table\n",
    });
  });

  it("exits 2 naming a folder that is not there", async () => {
    expect(await run("build", "--data", "nowhere")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nowhere"),
    });
    expect(await run("build")).toMatchObject({ code: 2, err: expect.stringContaining("data/extracts") });
    expect(await run("build", "--data", ".", "--catalog", "nowhere", "--lang", "en")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no such catalogue folder: nowhere"),
    });
  });

  it("exits 1 saying what to run when there is no warehouse yet", async () => {
    for (const command of ["kpi", "score", "check", "site"]) {
      expect(await run(command)).toMatchObject({
        code: 1,
        err: expect.stringContaining("herringbone build"),
      });
    }
  });
});

it("a warehouse without a whole build of this version is told as such, without a stack", async () => {
  const path = join(folder, "empty.duckdb");
  (await DuckDBInstance.create(path)).closeSync();
  for (const command of ["kpi", "score", "check", "weights", "feedback"]) {
    const { code, err } = await run(command, "--warehouse", path, "--lang", "en");
    expect([code, err]).toEqual([
      1,
      `herringbone: the warehouse holds no whole build of this version, run "herringbone build" anew: ${path}\n`,
    ]);
  }
});
