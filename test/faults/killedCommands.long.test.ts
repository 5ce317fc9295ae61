import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.js";
import { runKilledAt } from "./killedAt.js";

const root = join(import.meta.dirname, "../..");
const folder = temporaryFolder("killed-commands");
const [made, place] = [join(folder, "made"), join(folder, "place")];
const warehouse = join(place, "w.duckdb");
const herringbone = (...args: string[]) =>
  spawnSync(process.execPath, ["src/cli/herringbone.js", ...args], {
    cwd: root,
    encoding: "utf8",
  });

/** What is asked of the warehouse whatever was killed: the figures are those of before. */
const figures = (of = warehouse) =>
  herringbone("kpi", "first_response_time", "--format", "csv", "--warehouse", of).stdout;

let before: string;
beforeAll(() => {
  mkdirSync(made);
  for (let builds = 0; builds < 2; builds++) {
    const { status, stderr } = herringbone(
      ...[
        "build",
        "--data",
        "test/cases/inputs/site-needs",
        "--warehouse",
        join(made, "w.duckdb"),
        "--quiet",
      ],
    );
    if (status !== 0) throw new Error(stderr);
  }
  cpSync(join(root, "test/readme/desk"), join(made, "desk"), { recursive: true });
  before = figures(join(made, "w.duckdb"));
  expect(before).toContain(",30,");
}, 60_000);

/** So many moments of a command's are tried, spread over all. */
const most = 12;

const afresh = () => {
  rmSync(place, { recursive: true, force: true });
  cpSync(made, place, { recursive: true });
};

describe.skipIf(process.platform === "win32")("killed right behind each step, and run again", () => {
  it.each([
    ["close", () => ["close", "2024-01", "--warehouse", warehouse]],
    [
      "reconcile",
      () => [
        ...["reconcile", "first_response_time", "--value-of", "30", "--period", "2024-01", "--page", "show"],
        ...["--warehouse", warehouse],
      ],
    ],
    ["forget", () => ["forget", "A", "--kind", "customer", "--warehouse", warehouse]],
    [
      "restore",
      () => {
        const [id = ""] = readdirSync(join(made, "w.duckdb.builds"));
        return ["build", "--restore", id.replace(/\.duckdb$/, ""), "--warehouse", warehouse];
      },
    ],
    ["init", () => ["init", join(place, "desk")]],
    ["sample", () => ["sample", "--out", join(place, "sample"), "--customers", "20", "--months", "2"]],
  ] as const)(
    "%s is done or not, and then done",
    (_, command) => {
      const args = command();
      afresh();
      const first = runKilledAt(args, `${place}/`, 0);
      const ends = first.status;
      expect([0, 1], first.stderr).toContain(ends);
      expect(first.calls.length).toBeGreaterThan(0);
      const files = below(place);
      const step = Math.max(1, Math.ceil(first.calls.length / most));
      for (let at = 1; at <= first.calls.length; at += step) {
        afresh();
        const { signal, calls } = runKilledAt(args, `${place}/`, at);
        const where = `${at}: ${calls.at(-1)}`;
        expect(signal, where).toBe("SIGKILL");
        expect(figures(), where).toBe(before);
        const again = herringbone(...args);
        // What was done before the end came is not done twice.
        expect([ends, 1, 2], `${where}\n${again.stderr}`).toContain(again.status);
        expect(again.stderr, where).not.toMatch(/^\s+at |程序/m);
        expect(figures(), where).toBe(before);
        // Who finds that it is done leaves it to the next to clear up, and to write what follows from it.
        const isRefused = again.status !== ends;
        const left = below(place).filter((name) => !isRefused || !/\.(building\.tmp|part)$/.test(name));
        expect(left, where).toEqual(isRefused ? files.filter((name) => left.includes(name)) : files);
      }
    },
    600_000,
  );
});

/** What lies there, kept builds and the entries of records without what tells one from another. */
const below = (of: string) =>
  readdirSync(of, { recursive: true, encoding: "utf8" })
    .map((name) => name.replace(/\d{8}-\d{6}-[0-9a-f]{8}/, "BUILD").replace(/\.[0-9a-f]{12,}\./, ".DIGEST."))
    .sort();
