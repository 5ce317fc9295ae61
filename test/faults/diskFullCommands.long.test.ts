import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { canMount, withMounts } from "../mounts.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("disk-full-commands");
const program = join(import.meta.dirname, "../../src/cli/herringbone.js");
const [place, made, desk] = [join(folder, "disk"), join(folder, "made"), join(folder, "desk")];
const warehouse = `${place}/w.duckdb`;
const run = (...args: string[]) => `${process.execPath} ${program} ${args.join(" ")} --lang en`;
const on = (...args: string[]) => run(...args, "--warehouse", warehouse);

const customer = "C0000007";

beforeAll(() => {
  for (const each of [place, made]) mkdirSync(each);
  cpSync(join(import.meta.dirname, "../readme/desk"), desk, { recursive: true });
  // Two builds, of which one is kept: made once, and copied for each.
  const sample = join(import.meta.dirname, "../../data/sample");
  const build = run("build", "--data", sample, "--warehouse", `${made}/w.duckdb`, "--quiet");
  const { status, stderr } = spawnSync("sh", ["-c", `${build} && ${build}`], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}, 120_000);

/** All files below the place and their digests. */
const state = (to: string) =>
  `(cd ${place} && find . -type f -print0 | sort -z | xargs -0 sha256sum) >${folder}/${to}`;

/** Runs a command on a disk of which so many kB are free, and again when there is room: how each ended, which files differ after the first, and what is left. */
function fill(free: number, command: string) {
  const { stdout, stderr } = withMounts(`mount -t tmpfs -o size=200m tmpfs ${place}
    cp -a ${made}/. ${place}/; cp -a ${desk} ${place}/desk; ${state("before")}
    head -c $(($(df -k --output=avail ${place} | tail -1) - ${free}))k /dev/zero >${place}/filler
    ${command} >${folder}/out 2>${folder}/said; echo $?
    rm ${place}/filler; ${state("after")}
    diff ${folder}/before ${folder}/after | grep '^[<>]'; echo --
    ${command} >${folder}/out 2>&1; echo $?
    ls -A ${place}`);
  const [first = "", second = ""] = stdout.split("--\n");
  const [code, ...changed] = first.trim().split("\n");
  const [again, ...left] = second.trim().split("\n");
  return { code, changed, again, left, stderr, said: readFileSync(join(folder, "said"), "utf8") };
}

describe.skipIf(!canMount())(
  "a disk that is full (skipped where no tmpfs can be mounted: needs root)",
  () => {
    it.each([
      ["close", [0, 100], on("close", "2026-03")],
      ["forget", [0, 500, 4000], on("forget", customer)],
      [
        "reconcile",
        [0],
        on("reconcile", "first_response_time", "--value-of", "97.2", "--period", "2026-03", "--page", "show"),
      ],
      ["init", [0], run("init", `${place}/desk`)],
      ["sample", [0, 1000], `${process.execPath} ${program} sample --out ${place}/sample`],
    ] as const)(
      "%s leaves what was there, says so in a sentence, and does it once there is room",
      (name, frees, command) => {
        for (const free of frees) {
          const { code, changed, again, left, stderr, said } = fill(free, command);
          const at = `${name}, ${free} kB: ${said}${stderr}`;
          expect([code, again], at).toEqual(["1", "0"]);
          // Whom a forgetting is of is written down first, so that the same command goes on with it.
          const others = changed.filter((each) => name !== "forget" || !each.endsWith("forgotten.json"));
          expect(others, at).toEqual([]);
          expect(
            said
              .trim()
              .split("\n")
              .filter((line) => !line.startsWith("wrote ")),
            at,
          ).toEqual([expect.stringMatching(/^herringbone(: the disk is full|：磁盘空间不足)/)]);
          expect(
            left.filter((each) => /\.(lock|part|tmp|partial|building)/.test(each)),
            at,
          ).toEqual([]);
        }
      },
      300_000,
    );
  },
);
