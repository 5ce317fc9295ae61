import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { machineFailure } from "../../src/run/machineFailure.js";
import { canMount, withMounts } from "../mounts.js";
import { folderOfTest } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = folderOfTest("machine");
  mkdirSync(join(folder, "extracts"));
  writeFileSync(join(folder, "extracts", "events.csv"), "event_id,name,held_on\nV1,Fair,2026-03-04\n");
});

function run(...args: string[]) {
  const program = join(root, "src", "cli", "herringbone.js");
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  const lines = stderr.split("\n").filter((line) => line !== "");
  return { status, lines, told: lines.filter((line) => /^herringbone[:：]/.test(line)) };
}

describe("a failure of the machine is told in one line", () => {
  it("in either language, with the place", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    expect(machineFailure(full)).toMatchObject({
      message: "the disk is full",
      wording: inChinese("磁盘空间不足"),
      exitCode: 1,
    });
    const duck = new Error('IO Error: Could not write file "/x/w.duckdb.building": No space left on device');
    expect(machineFailure(duck)?.in("en")).toBe("the disk is full: /x/w.duckdb.building");
    expect(machineFailure(duck)?.in("zh-CN")).toBe("磁盘空间不足：/x/w.duckdb.building");
    expect(machineFailure(new Error("wrapped", { cause: full }))?.message).toBe("the disk is full");
  });

  it("but a fault of the program is not taken for one", () => {
    expect(machineFailure(new TypeError("x is not a function"))).toBeUndefined();
    expect(machineFailure(new Error("no permission denied here"))).toBeUndefined();
  });
});

/** Limits of a shell for what it starts: of open files, and of a file's size in kilobytes. */
describe.skipIf(process.platform === "win32")("a limit of the shell is told with what to do", () => {
  const limited = (limit: string) => {
    const program = join(root, "src", "cli", "herringbone.js");
    const line = `ulimit ${limit} && "$0" "$1" build --data extracts --warehouse w.duckdb --lang en`;
    const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath, program], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
    });
    return { status, told: stderr.split("\n").filter((each) => /^herringbone[:：]/.test(each)) };
  };

  it.each([20, 24, 28, 40])("%s open files", (most) => {
    const { status, told } = limited(`-n ${most}`);
    expect(told).toEqual([expect.stringContaining("too few files may be open, raise ulimit -n")]);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(["extracts"]);
  });

  it("files of a size, and the build before stays", () => {
    expect(run("build", "--data", "extracts", "--warehouse", "w.duckdb").status).toBe(0);
    const before = statSync(join(folder, "w.duckdb"));
    writeFileSync(join(folder, "extracts", "events.csv"), "event_id,name,held_on\nV2,Fair,2026-03-04\n");
    const { status, told } = limited("-f 256");
    expect(told).toEqual([expect.stringContaining("larger than may be written here (ulimit -f")]);
    expect(status).toBe(1);
    expect(statSync(join(folder, "w.duckdb")).mtimeMs).toBe(before.mtimeMs);
    expect(readdirSync(folder).filter((name) => name.includes("building"))).toEqual([]);
  });
});

describe("what stands in the way is told without a stack", () => {
  const build = (...more: string[]) => run("build", "--data", "extracts", "--warehouse", "w.duckdb", ...more);

  it.each(["tickets.csv", "events-2026-01.csv.gz"])("a folder named %s", (name) => {
    mkdirSync(join(folder, "extracts", name));
    const { status, lines } = build();
    expect(status).toBe(2);
    expect(lines).toEqual([`herringbone：此处须是文件，这里不是：${join(folder, "extracts", name)}`]);
    expect(readdirSync(folder)).toEqual(["extracts"]);
  });

  it.skipIf(process.platform === "win32").each([false, true])(
    "a pipe named like a table, linked: %s",
    (linked) => {
      const pipe = join(folder, linked ? "pipe" : "extracts/tickets.csv");
      spawnSync("mkfifo", [pipe]);
      if (linked) symlinkSync(pipe, join(folder, "extracts", "tickets.csv"));
      const { status, lines } = build();
      expect(status).toBe(2);
      expect(lines).toHaveLength(1);
    },
  );

  it("a lock's name taken by a folder, data that are a file, a warehouse's folder that is one", () => {
    mkdirSync(join(folder, "w.duckdb.lock"));
    expect(build()).toMatchObject({ status: 2, lines: [expect.stringContaining("w.duckdb.lock")] });
    rmSync(join(folder, "w.duckdb.lock"), { recursive: true });
    expect(run("build", "--data", "extracts/events.csv")).toMatchObject({
      status: 2,
      told: [expect.any(String)],
    });
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "extracts"), "");
    expect(run("build")).toMatchObject({ status: 2, told: [expect.any(String)] });
    writeFileSync(join(folder, "data", "warehouse"), "");
    expect(run("build", "--data", "extracts")).toMatchObject({ status: 2, told: [expect.any(String)] });
  });

  it.skipIf(!canMount())(
    "a full disk, a read-only folder (skipped where no tmpfs can be mounted: needs root)",
    () => {
      const sample = join(root, "data", "sample");
      const record = "w.duckdb.last-attempt.json";
      for (const [options, data, below = ""] of [
        ["ro", "extracts"],
        ["ro", "extracts", "sub/"],
        ["size=300k", "extracts"],
        ["size=300k", sample],
        ["size=4M", sample],
      ]) {
        const place = join(folder, "disk");
        mkdirSync(place, { recursive: true });
        const program = `${process.execPath} ${join(root, "src", "cli", "herringbone.js")}`;
        const script = `mount -t tmpfs -o ${options} tmpfs ${place} && cd ${folder} && ${program} build --data ${data} --warehouse disk/${below}w.duckdb --quiet; code=$?; ls -A ${place}; cat ${place}/${record} 2>&-; exit $code`;
        const { status, stdout, stderr } = withMounts(script);
        expect(stderr.split("\n").filter((line) => /herringbone[:：]|^\s+at /.test(line))).toEqual([
          expect.stringMatching(/^herringbone：(磁盘空间不足|文件系统为只读|无法在此处建立文件夹（此处只读)/),
        ]);
        expect(status).toBe(1);
        // Nothing is left but, where there was room for it, the whole record of what failed.
        const [left = "", ...kept] = stdout.split("\n");
        expect(["", record]).toContain(left);
        if (left === record) expect(JSON.parse(kept.join("\n"))).toMatchObject({ exit_code: 1 });
      }
    },
  );
});
