import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { filesByName, openOf } from "../../loaders/index.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { scanText } from "./scan.js";
import { row, smallWorkbook } from "./xlsx/smallWorkbook.js";

const root = temporaryFolder("changing");

async function load(name: string, content: string | Buffer, meanwhile: (file: string) => void = () => {}) {
  const path = join(root, name);
  const file = path.replace(/(\.zip)\/.*/, "$1");
  writeFileSync(file, content);
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const db = await instance.connect();
  try {
    const extract = await openOf(filesByName, { name, path, tempDir: root }, {});
    await db.run(`create table t (${extract.columns.map((column) => `"${column}" VARCHAR`).join(", ")})`);
    const started = performance.now();
    const count = await extract.load(db, async (relation) => {
      meanwhile(file);
      return (await db.run(`insert into t select * from ${relation}`)).rowsChanged;
    });
    const ms = performance.now() - started;
    const cells = (await db.runAndReadAll("select * from t")).getRowsJson().map((row) => row.join("|"));
    return { count, cells, ms };
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

const text = `id,name\n${Array.from({ length: 5000 }, (_, index) => `P${index},n`).join("\n")}\n`;

describe("a file that changes while it is read", () => {
  const changes: Record<string, (file: string) => void> = {
    grows: (file) => appendFileSync(file, "P9,n\n"),
    "is cut": (file) => truncateSync(file, 500),
    "is written anew": (file) => writeFileSync(file, text.replaceAll("n\n", "m\n")),
    "is changed in place, its time put back": (file) => {
      // To the nanosecond, which Node cannot set.
      spawnSync("cp", ["-p", file, `${file}.before`]);
      const bytes = readFileSync(file);
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
      writeFileSync(file, bytes, { flag: "r+" });
      spawnSync("touch", ["-r", `${file}.before`, file]);
    },
    "is replaced by a renamed one": (file) => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
    "is moved away": (file) => renameSync(file, `${file}.gone`),
    "is touched": (file) => utimesSync(file, new Date(), new Date(2_000_000_000_000)),
  };
  const contents: Record<string, () => string | Buffer | Promise<string | Buffer>> = {
    "plain.csv": () => text,
    "packed.csv.gz": () => gzipSync(text),
    "lines.ndjson": () => Array.from({ length: 5000 }, (_, index) => `{"id":"P${index}"}\n`).join(""),
    "list.json": () => `[${Array.from({ length: 5000 }, (_, index) => `{"id":"P${index}"}`).join()}]`,
    "pages.parquet": () => readFileSync(join(import.meta.dirname, "checked1.parquet")),
    "book.xlsx": () =>
      smallWorkbook({ sheets: [{ name: "S", rows: row(1, ["id"]) + row(2, ["P1"]) + row(3, ["P2"]) }] }),
    "archive.zip/plain.csv": () => new JSZip().file("plain.csv", text).generateAsync({ type: "nodebuffer" }),
  };
  for (const [what, change] of Object.entries(changes))
    for (const [name, content] of Object.entries(contents))
      it(`is refused with that sentence when it ${what}: ${name}`, async () =>
        expect(load(name, await content(), change)).rejects.toMatchObject({
          exitCode: 1,
          message: expect.stringContaining("the file changed while it was read"),
        }));

  it("is read when nothing changes", async () => {
    expect((await load("still.csv", text)).count.accepted).toBe(5000);
  });
});

describe("the end of a file", () => {
  it.each([
    ["id,name\nP1,a\nP2,b", true],
    ["id,name\nP1,a\nP2,b\n", false],
    ["id,name\r\nP1,a\r\nP2,b\r\n", false],
    ['id,name\nP1,a\nP2,"b"', true],
    ["id,name\nP1,a\n  ", false],
    ["id,name", false],
  ])("without a line end is told: %j", async (content, endsOpen) => {
    const { count, cells } = await load("end.csv", content);
    expect(count.warnings).toEqual(endsOpen ? ["no_line_end"] : []);
    expect(cells).toEqual(content === "id,name" ? [] : content.includes("P2") ? ["P1|a", "P2|b"] : ["P1|a"]);
    if (content !== "id,name") expect(scanText(content, 3).scanner.endsOpen).toBe(endsOpen);
  });
});

describe("a header inside a file", () => {
  it.each([
    ["id,name\nP1,a\nid,name\nP2,b\n", 3],
    ["\ufeffid,name\nP1,a\n\ufeffid,name\nP2,b\n", 3],
    ["id,name\r\nP1,a\r\nid,name\r\nP2,b\r\n", 3],
    ['"id","name"\n"P1","a"\n"id","name"\n"P2","b"\n', 3],
    ["id,name\nP1,a\nP2,b\nid,name", 4],
    ["id,name\nid,name\nP1,a\nP2,b\n", 2],
  ])("is refused by its line, the rows behind it are read: %j", async (content, line) => {
    const { count, cells } = await load("twice.csv", content);
    expect(count.rejected.map((rejected) => [rejected.line, rejected.rule])).toEqual([
      [line, "repeated_header"],
    ]);
    expect(cells).toEqual(["P1|a", "P2|b"]);
    expect(count.rowsRead).toBe(3);
    for (const size of [1, 5, 1 << 20]) expect(scanText(content, size).scanner.rejected).toHaveLength(1);
  });

  it("is told from cells that hold its text", async () => {
    const { count } = await load("cells.csv", 'id,name\nP1,"x\nid,name\n"\nxid,name\nid,names\nid,name \n');
    expect(count.rejected).toEqual([]);
    expect(count.accepted).toBe(4);
  });

  it("is found far down a large file", async () => {
    const rows = Array.from({ length: 400_000 }, (_, index) => `P${index},some name`).join("\n");
    const { count } = await load("large.csv", `id,name\n${rows}\nid,name\n${rows}\n`);
    expect(count.rejected).toMatchObject([{ line: 400_002, rule: "repeated_header" }]);
    expect(count.accepted).toBe(800_000);
  });
});

describe("a line without end in a compressed file", () => {
  it("takes at most twice the time of the plain file, and its neighbours are read", async () => {
    const content = Buffer.concat([
      Buffer.from("id,name\nP1,a\n"),
      Buffer.alloc(120_000_000, "x,"),
      Buffer.from("\nP2,b\n"),
    ]);
    const plain = await load("long.csv", content);
    const packed = await load("long.csv.gz", gzipSync(content, { level: 1 }));
    for (const { cells, count } of [plain, packed]) {
      expect(cells).toEqual(["P1|a", "P2|b"]);
      expect(count.rejected.map(({ rule, line }) => [rule, line])).toEqual([["line_too_long", 3]]);
    }
    expect(packed.ms).toBeLessThan(2 * plain.ms + 1000);
  }, 120_000);
});
