import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Effects } from "../../src/cli/effects.js";
import { tell } from "../../src/cli/main.js";
import { CliError } from "../../src/run/error.js";
import { machineFailure } from "../../src/run/machineFailure.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { carryOver, createCarried } from "../../src/warehouse/carried.js";
import { withDatabase, withWarehouse } from "../../src/warehouse/open.js";
import { keepOwnRelations } from "../../src/warehouse/ownRelations.js";
import { warehouseTarget } from "../../src/warehouse/target.js";
import { folderOfTest, temporaryFolder } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "src", "cli", "herringbone.js");
let folder: string;
beforeEach(() => {
  folder = folderOfTest("crashes");
});

function run(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, lines: stderr.split("\n").filter((line) => line !== "") };
}

/** DuckDB's checksum of a header block: storage/checksum.cpp, hashing each eight bytes. */
function checksum(block: Buffer): bigint {
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8)
    sum ^= (block.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n) & ((1n << 64n) - 1n);
  return sum;
}

/** A database file as a coming version of DuckDB writes it. */
async function newerFile(path: string): Promise<Buffer> {
  await withDatabase(path, {}, async (db) => {
    await db.run("create table kept as select 1 as one");
  });
  const file = readFileSync(path);
  expect(checksum(file)).toBe(file.readBigUInt64LE(0));
  file.writeBigUInt64LE(70n, 12);
  file.writeBigUInt64LE(checksum(file), 0);
  writeFileSync(path, file);
  return file;
}

describe("a file of another version of DuckDB", () => {
  it("is refused by a build and by a question, and kept as it is", async () => {
    const path = join(folder, "w.duckdb");
    const before = await newerFile(path);
    mkdirSync(join(folder, "extracts"));
    writeFileSync(join(folder, "extracts", "events.csv"), "event_id,name,held_on\nV1,Fair,2026-03-04\n");
    for (const args of [["build", "--data", "extracts"], ["kpi"], ["site"]]) {
      expect(run(...args, "--warehouse", path, "--lang", "en")).toEqual({
        status: 1,
        lines: [
          expect.stringMatching(
            /^herringbone: this file was written by another version of DuckDB \(storage version 70\).*w\.duckdb$/,
          ),
        ],
      });
    }
    expect(run("build", "--data", "extracts", "--warehouse", path).lines).toEqual([
      expect.stringMatching(/^herringbone：该文件由其他版本的 DuckDB 写成（存储版本 70）/),
    ]);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["extracts", "w.duckdb"]);
  });
});

describe("a warehouse of another version of the program", () => {
  const built = join(temporaryFolder("crashes-built"), "w.duckdb");
  beforeAll(async () => {
    const dataDir = temporaryFolder("crashes-data");
    writeFileSync(
      join(dataDir, "orders.csv"),
      "order_id,line_no,customer_id,ordered_at,revenue\nO1,1,C1,2026-01-02 10:00,5\n",
    );
    const catalogDir = join(root, "data", "catalog");
    await buildWarehouse({ dataDir, catalogDir, warehouse: built, now: new Date("2026-07-01") }, silent);
  });

  it.each([
    "drop table marts.kpi_cube",
    "alter table marts.kpi_period_cube drop column numerator",
    "drop table config.table_records",
  ])("ends a site with a sentence, not with the process: %s", async (change) => {
    const path = join(folder, "w.duckdb");
    copyFileSync(built, path);
    await withDatabase(path, {}, async (db) => {
      await db.run(change);
    });
    const { status, lines } = run("site", "--warehouse", path, "--out", "dist", "--quiet", "--lang", "en");
    expect({ status, lines }).toEqual({ status: 1, lines: [expect.stringMatching(/^herringbone: .*build/)] });
    expect(existsSync(join(folder, "dist"))).toBe(false);
  });
});

describe("a warehouse damaged past its header", () => {
  const blocks = 12_288;
  const blockSize = 262_144;

  /** Its copies with one block each damaged. */
  function* damaged(path: string) {
    const whole = readFileSync(path);
    for (let at = blocks; at < whole.length; at += blockSize) {
      const file = join(folder, `damaged-${at}.duckdb`);
      writeFileSync(file, Buffer.from(whole).fill(0x5a, at + 20, at + 3000));
      yield file;
    }
  }

  it("is told as a damaged file that a build makes anew, whenever it shows", async () => {
    const path = join(folder, "w.duckdb");
    await withDatabase(path, {}, async (db) => {
      await db.run("create table one as select hash(range) as hashed from range(200000)");
      await db.run("create table other as select hash(range, 1) as hashed from range(200000)");
    });
    let opened = 0;
    let refused = 0;
    for (const file of damaged(path)) {
      const reading = withWarehouse(file, async (db) => {
        opened += 1;
        for (const table of ["one", "other"]) await db.run(`select sum(hashed) from ${table}`);
      });
      const error = await reading.then(
        () => undefined,
        (each: unknown) => each,
      );
      if (error === undefined) continue;
      refused += 1;
      expect(error).toMatchObject({
        message: `the warehouse file is damaged, run "herringbone build" to make it anew: ${file}`,
        wording: inChinese("数据仓库文件已损坏，请运行 herringbone build 重新生成"),
        exitCode: 1,
      });
    }
    expect(opened).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(5);
  });

  it("is set aside by a build that would have taken something along from there", async () => {
    const path = join(folder, "w.duckdb");
    await withDatabase(path, {}, async (db) => {
      await db.run("create schema ingest");
      await db.run("create table ingest.files as select 1 as one");
      await createCarried(db);
      await db.run(
        "insert into config.shown_reviews select date '2026-01-01', 'E1', 'peer', 1, hash(range)::varchar, 'r', 'd', 1 from range(200000)",
      );
      await keepOwnRelations(db);
    });
    expect((await warehouseTarget(path)).isBroken).toBe(false);
    let broken = 0;
    for (const file of damaged(path)) {
      const { isBroken } = await warehouseTarget(file);
      broken += Number(isBroken);
      if (isBroken) continue;
      await withDatabase(":memory:", {}, async (db) => {
        await carryOver(db, file);
        expect((await db.runAndReadAll("select count(*) from config.shown_reviews")).getRows()).toEqual([
          [200_000n],
        ]);
      });
    }
    expect(broken).toBeGreaterThan(2);
  });
});

describe("memory that does not suffice is told as such", () => {
  it("by DuckDB, whatever has been made of it", async () => {
    const query = withDatabase(":memory:", {}, async (db) => {
      await db.run("set memory_limit = '30MB'");
      await db.run("set temp_directory = ''");
      await db.run("create table wide as select range as id, hash(range) as hashed from range(50000000)");
    });
    const error = await query.catch((each: unknown) => each);
    for (const told of [error, new CliError("marts/csat.sql: Out of Memory Error", 2, { cause: error })])
      expect(machineFailure(told)).toMatchObject({
        message: "not enough memory or temporary disk space",
        wording: inChinese("内存或临时磁盘空间不足"),
        exitCode: 1,
      });
  });

  it("by Node, and by a Node process under this one", () => {
    const heap = "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory";
    const small = new RangeError("Array buffer allocation failed");
    for (const told of [heap, small])
      expect(machineFailure(told)?.in("zh-CN")).toBe("内存或临时磁盘空间不足");
    expect(machineFailure(new RangeError("Maximum call stack size exceeded"))).toBeUndefined();
  });
});

describe("a fault of the program", () => {
  function told(...more: string[]) {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const effects: Effects = {
      stdout: { write },
      stderr: { write },
      env: {},
      cwd: folder,
      now: () => new Date(0),
    };
    const code = tell(new TypeError("x is not a function"), ["node", "herringbone", "kpi", ...more], effects);
    return { code, lines: text.trimEnd().split("\n") };
  }

  it("is told in a sentence, in either language, and where it was only with --debug", () => {
    expect(told("--lang", "en")).toEqual({
      code: 1,
      lines: ["herringbone: a fault of the program (--debug says where): x is not a function"],
    });
    expect(told().lines).toEqual(["herringbone：程序内部错误（--debug 可显示位置）：x is not a function"]);
    expect(told("--debug").lines).toContainEqual(expect.stringMatching(/^\s+at told .*crashes\.test\.ts/));
  });

  it("--debug stands before or after any command", () => {
    for (const args of [
      ["--debug", "kpi", "--lang", "en"],
      ["kpi", "--debug", "--lang", "en"],
    ]) {
      const { status, lines } = run(...args);
      expect(status).toBe(1);
      expect(lines[0]).toMatch(/^herringbone: no warehouse yet/);
      expect(lines.some((line) => /^\s+at /.test(line))).toBe(true);
    }
    expect(run("kpi", "--lang", "en").lines).toHaveLength(1);
  });
});

it("a reader of the output that has seen enough ends nothing with a trace", () => {
  const { stderr, status } = spawnSync("sh", ["-c", `${process.execPath} ${program} --help | true`], {
    encoding: "utf8",
  });
  expect([stderr, status]).toEqual(["", 0]);
});

it("packages that are not installed are told with the command that installs them", () => {
  const copy = join(folder, "src", "cli");
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  for (const name of ["herringbone.js", "program.js", "../run"])
    cpSync(join(dirname(program), name), join(copy, name), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(copy, "herringbone.js")], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([
    2,
    "herringbone: packages are not installed (tsx), run npm ci / 依赖包尚未安装（tsx），请运行 npm ci\n",
  ]);
});
