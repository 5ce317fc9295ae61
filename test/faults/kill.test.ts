import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { withWarehouse } from "../../src/warehouse/open.js";
import { isLong } from "../long.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = temporaryFolder("kill");
const warehouse = join(folder, "warehouse.duckdb");
/** A company of a few tickets in `npm test`. */
const data = isLong ? "data/sample" : "test/cases/inputs/site-needs";
const args = ["src/cli/herringbone.js", "build", "--data", data, "--warehouse", warehouse, "--quiet"];

const count = isLong ? 6 : 4;

/** A small linear congruential generator: the same moments in every run. */
function* moments(seed: number): Generator<number> {
  let state = seed;
  while (true) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const ended = (child: ChildProcess) =>
  new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("exit", (code, signal) => resolve({ code, signal })),
  );

const buildId = () =>
  withWarehouse(warehouse, async (db) => {
    const result = await db.runAndReadAll(
      "select build_id, (select count(*) from marts.kpi_cube) from config.settings",
    );
    return { id: String(result.value(0, 0)), cube: Number(result.value(1, 0)) };
  });

describe("a build that is killed", () => {
  let duration = 0;

  beforeAll(() => {
    const began = performance.now();
    const first = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    duration = performance.now() - began;
    expect(first.status, first.stderr).toBe(0);
  });

  it(`leaves the previous build, at ${count} moments spread over its run`, { timeout: 600_000 }, async () => {
    const moment = moments(20261123);
    let killed = 0;
    let current = await buildId();
    while (killed < count) {
      const wait = duration * ((killed + (moment.next().value ?? 0)) / count);
      const began = performance.now();
      const child = spawn(process.execPath, args, { cwd: root, stdio: "ignore" });
      const exit = ended(child);
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill("SIGKILL");
      const { code, signal } = await exit;
      const found = await buildId();
      expect(found.cube).toBe(current.cube);
      if (signal === "SIGKILL") {
        killed++;
        // A build killed after its rename has done its work: the new one is whole, and nothing else is possible.
        if (found.id !== current.id) expect(found.id.slice(-8)).toBe(current.id.slice(-8));
      } else {
        // It was over before its moment came: builds take less time than the first did.
        duration = Math.min(duration, performance.now() - began) * 0.9;
        expect(code).toBe(0);
        expect(found.id).not.toBe(current.id);
      }
      current = found;
    }

    const next = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(next.status, next.stderr).toBe(0);
    expect((await buildId()).id).not.toBe(current.id);
    expect(readdirSync(folder).sort()).toEqual(["warehouse.duckdb", "warehouse.duckdb.builds"]);
    // The one that was replaced last is there, and nothing that is not whole.
    expect(readdirSync(`${warehouse}.builds`)).toContain(`${current.id}.duckdb`);
    for (const name of readdirSync(`${warehouse}.builds`))
      expect(name).toMatch(/^[\d]{8}-[\d]{6}-[0-9a-f]{8}\.duckdb$/);
  });

  it.skipIf(isLong)("keeps a second build out while one runs, naming its process", async () => {
    const first = spawn(process.execPath, args, { cwd: root, stdio: "ignore" });
    const exit = ended(first);
    while (!existsSync(`${warehouse}.lock`)) await new Promise((resolve) => setTimeout(resolve, 10));
    first.kill("SIGSTOP");
    const second = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    first.kill("SIGCONT");
    const { code } = await exit;
    expect(code).toBe(0);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`另一个构建正在运行（进程 ${first.pid}）`);
  });
});
