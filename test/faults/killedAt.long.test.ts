import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { currentBuild } from "../../src/warehouse/builds.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { runKilledAt } from "./killedAt.js";

/** What lies in a folder, and below it. */
const below = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

/** The calls of a run that is not killed. */
function whole(args: readonly string[], place: string, without?: string): string[] {
  const { status, stderr, calls } = runKilledAt(args, place, 0, without);
  expect(status, stderr).toBe(0);
  return calls;
}

const cubeOf = (warehouse: string) =>
  withWarehouse(warehouse, async (db) =>
    Number((await db.runAndReadAll("select count(*) from marts.kpi_cube")).value(0, 0)),
  );

describe.skipIf(process.platform === "win32")("killed right behind each step that changes a disk", () => {
  const folder = join(temporaryFolder("killed-at"), "place");
  const place = `${folder}/`;
  const warehouse = `${place}w.duckdb`;
  const build = ["build", "--data", "test/cases/inputs/site-needs", "--warehouse", warehouse, "--quiet"];
  const keptBuilds = () =>
    existsSync(`${warehouse}.builds`)
      ? readdirSync(`${warehouse}.builds`).filter((each) => !each.endsWith(".part"))
      : [];
  const site = ["site", "--warehouse", warehouse, "--out", `${place}dist`, "--quiet"];
  const print = ["export", "quality-certificate", "--lang", "en", "--dist", `${place}dist`, "--quiet"];
  const pdf = [...print, "--out", `${place}out`];

  beforeAll(() => {
    whole(build, place);
    whole(site, place);
    whole(pdf, place);
  }, 300_000);

  it("an export leaves files that are whole, and the same command makes what is missing", () => {
    const [before, files] = [readFileSync(`${place}out/quality-certificate.en.pdf`), below(`${place}out`)];
    for (const at of [
      "linkSync out.lock",
      "writeFile out/quality-certificate.en.pdf",
      "rename out/quality-certificate.en.pdf",
      "renameSync out/manifest.partial",
    ]) {
      for (const name of files) rmSync(`${place}out/${name}`, { force: true });
      const { signal } = runKilledAt(pdf, place, at);
      expect(signal, at).toBe("SIGKILL");
      const there = `${place}out/quality-certificate.en.pdf`;
      if (existsSync(there)) expect(readFileSync(there).equals(before), at).toBe(true);
    }
    whole(pdf, place);
    expect(readFileSync(`${place}out/quality-certificate.en.pdf`).equals(before)).toBe(true);
    expect(below(`${place}out`)).toEqual(files);
    expect(readdirSync(folder).sort()).toEqual(["dist", "out", "w.duckdb"]);
  }, 300_000);

  // Where folders can be exchanged, the moment of that is no call of Node's: the first one after it has it behind it.
  const removed = "rm dist.building";
  it.skipIf(process.platform !== "linux")(
    "a site is there and whole at every moment, the one before or the new one, and the next one clears up (skipped where folders cannot be exchanged)",
    () => {
      const files = below(`${place}dist`);
      const calls = whole(site, place);
      expect(calls.filter((call) => /^renameSync/.test(call) && /dist/.test(call))).toEqual([]);
      for (const at of [removed, "writeFileSync dist.lock", "cp dist.building"]) {
        const before = lstatSync(`${place}dist`).ino;
        expect(runKilledAt(site, place, at).signal, at).toBe("SIGKILL");
        expect(lstatSync(`${place}dist`).ino !== before, at).toBe(at === removed);
        expect(below(`${place}dist`)).toEqual(files);
      }
      whole(site, place);
      expect(below(`${place}dist`)).toEqual(files);
      expect(readdirSync(folder).sort()).toEqual(["dist", "out", "w.duckdb"]);
    },
    300_000,
  );

  it("where folders cannot be exchanged, a site is whole once somebody has asked for it, and the next one clears up", () => {
    const files = below(`${place}dist`);
    const between = "renameSync dist dist.previous";
    for (const at of ["writeFileSync dist.lock", "cp dist.building", between, "renameSync dist.building"]) {
      const { signal, calls } = runKilledAt(site, place, at, "koffi");
      expect(signal, at).toBe("SIGKILL");
      if (at === between) {
        expect(existsSync(`${place}dist`), calls.at(-1)).toBe(false);
        // Who reads it brings it back.
        whole(pdf, place);
      }
      expect(below(`${place}dist`)).toEqual(files);
    }
    whole(site, place, "koffi");
    expect(below(`${place}dist`)).toEqual(files);
    expect(readdirSync(folder).sort()).toEqual(["dist", "out", "w.duckdb"]);
  }, 300_000);

  it("a build leaves a warehouse that is whole, the one before or its own, and the next one clears up", async () => {
    const cube = await cubeOf(warehouse);
    const swap = "renameSync w.duckdb.building w.duckdb";
    // The lock, the beginning, the build before that is kept, half of that, and either side of the swap.
    for (const at of [
      "linkSync w.duckdb.lock",
      "mkdirSync w.duckdb.building.tmp",
      "linkSync w.duckdb w.duckdb.builds",
      "openSync w.duckdb.builds",
      swap,
    ]) {
      const before = await currentBuild(warehouse);
      const { signal, calls } = runKilledAt(build, place, at);
      expect(signal, at).toBe("SIGKILL");
      expect((await currentBuild(warehouse)) !== before, calls.at(-1)).toBe(calls.includes(swap));
      expect(await cubeOf(warehouse)).toBe(cube);
      for (const name of keptBuilds()) expect(await cubeOf(join(`${warehouse}.builds`, name))).toBe(cube);
    }
    whole(build, place);
    expect(readdirSync(folder).sort()).toEqual(["dist", "out", "w.duckdb", "w.duckdb.builds"]);
    for (const name of readdirSync(`${warehouse}.builds`))
      expect(name).toMatch(/^\d{8}-\d{6}-[0-9a-f]{8}\.duckdb$/);
  }, 300_000);
});
