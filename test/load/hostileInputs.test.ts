import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { smallWorkbook } from "../loaders/xlsx/smallWorkbook.js";
import { folderOfTest, temporaryFolder } from "../temporaryFolder.js";
import { refusalOf, stageFolder } from "./stageFolder.js";

const written = join(temporaryFolder("hostile-inputs"), "written");

const sql = `x"); copy (select 1) to '${written}'; drop table staging.products; --`;
const quotedSql = `"${sql.replaceAll('"', '""')}"`;
const products = (columns: object, more: object = {}, files: object = { p: "p.csv" }) =>
  JSON.stringify({ s: { files, ...more, tables: { products: { from: "p", columns } } } });
const id = { product_id: "id", name: "name" };
const taken = (files: Readonly<Record<string, string | Buffer>>) =>
  stageFolder(files, async ({ rows, quarantine, report }) => ({
    rows: await rows("select product_id, name from staging.products order by row_no"),
    refused: (await quarantine()).map(({ rules }) => rules[0]?.[1]),
    files: report.files.map(({ file }) => file),
  }));

describe("SQL stays text", () => {
  it("in a heading, mapped or not, a cell, a word, a word for nothing and a format of days", async () => {
    const expected = { rows: [{ product_id: "P1", name: "a" }], refused: [] };
    expect(
      await taken({
        "p.csv": `id,${quotedSql}\nP1,a\n`,
        "sources.yaml": products({ product_id: "id", name: quotedSql }),
      }),
    ).toMatchObject(expected);
    expect(await taken({ "products.csv": `product_id,name,${quotedSql}\nP1,a,b\n` })).toMatchObject(expected);
    const more = { null_values: [sql], date_formats: [`%Y ${sql}`] };
    expect(
      await taken({
        "p.csv": `id,name,c\nP1,a,${quotedSql}\n`,
        "sources.yaml": products({ ...id, category: "c" }, more),
      }),
    ).toMatchObject(expected);
    // As a word that stands for another, and as that other one.
    for (const [word, code] of [
      [sql, "b"],
      ["a", sql],
    ] as const) {
      const columns = { customer_id: "id", name: "name", region: "c" };
      const customers = { from: "p", columns, values: { region: { [word]: code } } };
      const yaml = JSON.stringify({ s: { files: { p: "p.csv" }, tables: { customers } } });
      const cell = `"${word.replaceAll('"', '""')}"`;
      const { rows } = await stageFolder(
        { "p.csv": `id,name,c\nC1,a,${cell}\n`, "sources.yaml": yaml },
        async (staged) => ({ rows: await staged.rows("select region from staging.customers") }),
      );
      expect(rows).toEqual([{ region: code }]);
    }
    expect(await taken({ "products.csv": `product_id,name\nP1,${quotedSql}\n` })).toMatchObject({
      rows: [{ product_id: "P1", name: sql }],
    });
  });

  it("in a file's and a sheet's name", async () => {
    const file = "p'; drop table staging.products; --.csv";
    expect(
      await taken({ [file]: "id,name\nP1,a\n", "sources.yaml": products(id, {}, { p: file }) }),
    ).toMatchObject({ rows: [{ product_id: "P1" }], files: [file] });
    const sheet = "'); drop table x";
    const rows =
      '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>name</v></c></row><row r="2"><c r="A2" t="str"><v>P1</v></c><c r="B2" t="str"><v>a</v></c></row>';
    const book = await smallWorkbook({
      sheets: [
        { name: sheet, rows },
        { name: "other", rows },
      ],
    });
    const files = { p: { file: "a.xlsx", sheet } };
    expect(await taken({ "a.xlsx": book, "sources.yaml": products(id, {}, files) })).toMatchObject({
      rows: [{ product_id: "P1", name: "a" }],
    });
  });

  it.each([
    ["a source's name", (text: string) => products(id).replace('"s"', JSON.stringify(text))],
    ["a raw table's name", (text: string) => products(id, {}, { [text]: "p.csv" })],
    ...[
      "encoding",
      "delimiter",
      "time_zone",
      "decimal",
      "kind",
      "preset",
      "max_quarantine_share",
      "expected_every",
    ].map((key) => [key, (text: string) => products(id, { [key]: text })] as const),
    ["block", (text: string) => products(id, { block: [text] })],
    [
      "covers_from",
      (text: string) =>
        products(id).replace('"from":"p"', `"from":"p","covers_from":${JSON.stringify(text)}`),
    ],
    [
      "where",
      (text: string) => products(id).replace('"from":"p"', `"from":"p","where":${JSON.stringify(text)}`),
    ],
    ["from", (text: string) => products(id).replace('"from":"p"', `"from":${JSON.stringify(text)}`)],
    [
      "covers_to",
      (text: string) => products(id).replace('"from":"p"', `"from":"p","covers_to":${JSON.stringify(text)}`),
    ],
    ["as_of", (text: string) => products(id).replace("{", `{"as_of":${JSON.stringify(text)},`)],
    ["files", (text: string) => products(id, {}, { p: text })],
    ["a column", (text: string) => products({ ...id, [text]: "name" })],
    ["a table", (text: string) => products(id).replace('"products"', JSON.stringify(text))],
  ] as const)("in %s of sources.yaml it is refused", async (place, yaml) => {
    for (const text of place === "a source's name" ? [sql, "__proto__"] : [sql, "__proto__", "constructor"]) {
      const { exitCode, en } = await refusalOf({ "p.csv": "id,name\nP1,a\n", "sources.yaml": yaml(text) });
      expect([exitCode, en]).toEqual([2, expect.stringMatching(/^sources\.yaml: [^\n]*$/)]);
    }
    expect(existsSync(written)).toBe(false);
  });
});

describe("names that objects inherit are columns as any other", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"])("%s", async (name) => {
    const yaml = (files: string) =>
      products({ product_id: "id", name }, { max_quarantine_share: 1 }, { p: files });
    const expected = { rows: [{ product_id: "P1", name: "b" }], refused: ["required"] };
    expect(await taken({ "p.csv": `id,${name}\nP1,b\n,c\n`, "sources.yaml": yaml("p.csv") })).toMatchObject(
      expected,
    );
    const lines = `{"id":"P1","${name}":"b"}\n{"id":"","${name}":"c"}\n`;
    expect(await taken({ "p.ndjson": lines, "sources.yaml": yaml("p.ndjson") })).toMatchObject(expected);
  });
});

describe("what no text may hold", () => {
  it.each([
    ["\u200bP\u200d1\ufeff", "P1"],
    ["a\u202eb", "a\u202eb"],
    ["=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"],
  ])("an id %j is %j", async (given, read) => {
    expect((await taken({ "products.csv": `product_id,name\n"${given}",n\n` })).rows).toEqual([
      { product_id: read, name: "n" },
    ]);
  });

  it("a NUL costs its row", async () => {
    const yaml = '{"s": {"files": "p.*", "max_quarantine_share": 1, "tables": {"products": {}}}}';
    for (const [name, text] of [
      ["p.csv", "product_id,name\nP\0,n\nP2,n\n"],
      ["p.ndjson", '{"product_id":"P\\u0000","name":"n"}\n{"product_id":"P2","name":"n"}\n'],
    ] as const)
      expect(await taken({ [name]: text, "sources.yaml": yaml })).toMatchObject({
        rows: [{ product_id: "P2" }],
        refused: ["nul_byte"],
      });
  });
});

describe("a sources.yaml that is made to fill memory", () => {
  const rows = "abcdefgh".split("").map((name, index) => {
    const before = "abcdefgh"[index - 1];
    return `${name}: &${name} [${Array(9)
      .fill(before ? `*${before}` : "x")
      .join(",")}]\n`;
  });
  it.each([
    ["aliases of aliases", rows.join(""), "too many aliases"],
    ["an alias of itself", "a: &a {b: *a}\n", "an alias (*name) of what it stands in itself"],
    ["lists in lists", "[".repeat(50_000), "not valid YAML"],
    ["a tag", "s: !!js/function 'x'\n", "an unknown tag"],
  ])("%s", async (_, yaml, message) => {
    expect(await refusalOf({ "p.csv": "id\n1\n", "sources.yaml": yaml })).toMatchObject({
      exitCode: 2,
      en: expect.stringContaining(message),
    });
  });
});

describe.skipIf(process.platform === "win32")("names and kinds of files", () => {
  const at = (make: (data: string) => void) => {
    const folder = folderOfTest("hostile-files");
    const data = join(folder, "data");
    mkdirSync(data);
    make(data);
    const run = commandLine({ cwd: folder, warehouse: join(folder, "w.duckdb") });
    return run("build", "--data", data, "--lang", "en", "--quiet");
  };

  it("line ends, emoji, wild cards, markup, 255 bytes", async () => {
    const names = ["-a\nb", "-😀", "-*", "-[a]", "-%41", "-<img src=x onerror=alert(1)>", '-"', "-\u202e"];
    names.push(`-${"x".repeat(255 - "products-.csv".length)}`);
    const files = names.map((name, index) => [`products${name}.csv`, `id,name\nP${index},n\n`]);
    const found = await taken({
      ...Object.fromEntries(files),
      "sources.yaml": products(id, {}, { p: "products-*" }),
    });
    expect(found.rows).toHaveLength(names.length);
    expect([...found.files].sort()).toEqual(files.map(([name]) => name).sort());
  });

  it("links in a circle, named after a table or not", async () => {
    const round = await at((data) => symlinkSync("customers.csv", join(data, "customers.csv")));
    expect([round.code, round.err.split("\n")]).toEqual([
      1,
      [expect.stringMatching(/^herringbone: links lead in a circle: .*customers\.csv$/), ""],
    ]);
    await stageFolder({ "products.csv": "product_id,name\nP1,n\n", "x/note.txt": "" }, async ({ report }) =>
      expect(report.files).toHaveLength(1),
    );
    const beside = await at((data) => {
      mkdirSync(join(data, "x"));
      symlinkSync("..", join(data, "x", "up"));
      symlinkSync("self", join(data, "self"));
    });
    expect([beside.code, beside.err]).toEqual([
      2,
      expect.stringContaining("no extracts found (there are self, x/up;"),
    ]);
  });

  it.each(["products.csv", "sources.yaml", "all.zip", "products.xlsx", "products.parquet", "products.json"])(
    "a pipe and a socket named %s",
    async (name) => {
      const pipe = await at((data) => {
        writeFileSync(join(data, "customers.csv"), "customer_id,name\nC1,a\n");
        spawnSync("mkfifo", [join(data, name)]);
      });
      expect([pipe.code, pipe.err]).toEqual([
        2,
        expect.stringContaining("this has to be a file, and is none"),
      ]);
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    "a device without end (skipped where none can be made: needs root)",
    async () => {
      const device = await at((data) => spawnSync("mknod", [join(data, "products.csv"), "c", "1", "5"]));
      expect([device.code, device.err]).toEqual([
        2,
        expect.stringContaining("this has to be a file, and is none"),
      ]);
    },
  );
});
