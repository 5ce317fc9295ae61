import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/run/error.js";
import { refusalOf, stageFolder } from "../load/stageFolder.js";
import { isLong } from "../long.js";
import { expectEquations } from "./faultyFile.js";

/** A Parquet file of a query's rows. */
async function parquet(sql: string, options = ""): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-parquet-"));
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    const file = join(folder, "x.parquet");
    await db.run("set TimeZone = 'America/New_York'");
    await db.run(`copy (${sql}) to '${file}' (format parquet${options})`);
    return readFileSync(file);
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

describe("Parquet", () => {
  it("its cells are texts like those of a CSV", async () => {
    const cells = [
      ["1.10::decimal(9, 2)", "1.10"],
      ["12345678901234567890::uint64", "12345678901234567890"],
      ["101::double", "101"],
      ["1e-5::double", "0.00001"],
      ["0.1::float", "0.1"],
      ["1234567.25::double", "1234567.25"],
      ["date '2026-03-01'", "2026-03-01"],
      ["timestamp '2026-03-01 00:00:00'", "2026-03-01"],
      ["timestamp '2026-03-01 09:30:00'", "2026-03-01 09:30:00"],
      ["timestamp_ns '2026-03-01 09:30:00.123456789'", "2026-03-01 09:30:00.123456789"],
      ["timestamptz '2026-03-01 08:30:00+08:00'", "2026-03-01 00:30:00+00:00"],
      ["true", "true"],
      ["encode('北京')", "北京"],
      ["[1.25::decimal(3, 2), null]", "[1.25,null]"],
      ["{'a': date '2026-03-01'}", '{"a":"2026-03-01"}'],
      ["'0001'", "0001"],
    ] as const;
    const columns = cells.map(([value], index) => `${value} as v${index}`);
    const names = cells.map((_, index) => `v${index}`);
    const yaml = `s: {files: x.parquet, tables: {products: {select: "select generate_subscripts([${names}], 1) as product_id, unnest([${names}]) as name from extract"}}}\n`;
    await stageFolder(
      { "x.parquet": await parquet(`select ${columns}`), "sources.yaml": yaml },
      async ({ rows }) => {
        const found = await rows("select name from staging.products order by product_id::int");
        expect(found.map(({ name }, index) => [cells[index]?.[0], name])).toEqual(cells);
      },
    );
  });

  it("its rows have their numbers for places, whatever becomes of them", async () => {
    const content = await parquet(
      `select 'C' || (i % 5000) as customer_id, case when i = 3000 then null else 'n' || i end as name,
        (timestamp '2026-01-01' + to_days((i % 90)::int)) as acquired_on, 7::double as employees from range(5002) as t(i)`,
      ", row_group_size 2048",
    );
    await stageFolder({ "customers.parquet": content }, async (staged) => {
      await expectEquations(staged);
      expect(staged.report.files).toMatchObject([
        {
          file: "customers.parquet",
          rowsRead: 5002,
          rowsAccepted: 5002,
          linesRejected: 0,
          encoding: "utf-8",
        },
      ]);
      expect(await staged.quarantine()).toEqual([
        {
          place: "customers.parquet:1",
          raw: '{"customer_id":"C0","name":"n0","acquired_on":"2026-01-01","employees":"7"}',
          rules: [[null, "superseded"]],
        },
        {
          place: "customers.parquet:2",
          raw: '{"customer_id":"C1","name":"n1","acquired_on":"2026-01-02","employees":"7"}',
          rules: [[null, "superseded"]],
        },
        {
          place: "customers.parquet:3001",
          raw: '{"customer_id":"C3000","name":null,"acquired_on":"2026-01-31","employees":"7"}',
          rules: [["name", "required"]],
        },
      ]);
      expect(
        await staged.rows(
          "select customer_id, acquired_on::varchar as day, employees from staging.customers order by row_no limit 1",
        ),
      ).toEqual([{ customer_id: "C2", day: "2026-01-03", employees: 7 }]);
      expect(await staged.rows("select bytes::int as bytes, sha256 from ingest.files")).toEqual([
        { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") },
      ]);
    });
  });

  it("a column may have the engine's own name for a row's number", async () => {
    const file = await parquet(
      "select 'c' || range as customer_id, case when range % 2 = 0 then 'n' end as name, 'x' || range as File_Row_Number from range(4)",
    );
    const yaml =
      "s: {files: customers.parquet, max_quarantine_share: 1, tables: {customers: {columns: {customer_id: customer_id, name: name, segment: File_Row_Number}}}}\n";
    await stageFolder({ "customers.parquet": file, "sources.yaml": yaml }, async ({ rows, quarantine }) => {
      expect(await rows("select customer_id, segment from staging.customers order by 1")).toEqual([
        { customer_id: "c0", segment: "x0" },
        { customer_id: "c2", segment: "x2" },
      ]);
      expect((await quarantine()).map(({ place, raw }) => [place, JSON.parse(raw).File_Row_Number])).toEqual([
        ["customers.parquet:2", "x1"],
        ["customers.parquet:4", "x3"],
      ]);
    });
  });

  it("in folders that say what is in them, named after a table or by a pattern, and in an archive", async () => {
    const part = (id: string) => parquet(`select '${id}' as product_id, 'n' as name`);
    const archive = new JSZip();
    archive.file("employees.parquet", await parquet("select 'E1' as employee_id, 'e' as name"));
    const files = {
      "products.parquet/category=A%20B/year=2026/part-0.parquet": await part("P1"),
      "products.parquet/category=C/year=2026/part-0.parquet": await part("P2"),
      "products.parquet/category=__HIVE_DEFAULT_PARTITION__/year=2026/part-0.parquet": await part("P3"),
      "all.zip": await archive.generateAsync({ type: "nodebuffer" }),
    };
    const expected = [
      { product_id: "P1", category: "A B" },
      { product_id: "P2", category: "C" },
      { product_id: "P3", category: null },
    ];
    await stageFolder(files, async ({ rows, report }) => {
      expect(await rows("select product_id, category from staging.products order by all")).toEqual(expected);
      expect(await rows("select employee_id from staging.employees")).toEqual([{ employee_id: "E1" }]);
      expect(report.ignored).toEqual([]);
    });
    const yaml =
      's: {kind: parquet, files: "products.parquet/**/*.parquet", tables: {products: {columns: {product_id: product_id, name: year, category: category}}}}\n';
    await stageFolder({ ...files, "sources.yaml": yaml }, async ({ rows }) =>
      expect(
        await rows("select product_id, category from staging.products where name = '2026' order by all"),
      ).toEqual(expected),
    );
  });
});

describe("a Parquet file that is damaged ends the build with its name", () => {
  const sql =
    "select 'C' || (100000 + i) as customer_id, 'n' || (i % 100) as name, i::int as employees from range(3000) as t(i)";
  const flipped = (content: Buffer, at: number, bit: number) => {
    const copy = Buffer.from(content);
    copy[at] = (copy[at] as number) ^ bit;
    return copy;
  };

  it.each([
    ["cut off", (content: Buffer) => content.subarray(0, -40)],
    ["a text", () => Buffer.from("customer_id,name\nC1,a\n")],
    ["empty", () => Buffer.alloc(0)],
    ["its footer flipped", (content: Buffer) => flipped(content, content.length - 200, 0x40)],
    [
      "an id flipped beyond what its writer took down",
      (content: Buffer) => flipped(content, content.indexOf("C100020") + 1, 0x08),
    ],
    [
      "a letter flipped to what is none",
      (content: Buffer) => flipped(content, content.indexOf("C100020"), 0x80),
    ],
  ])("%s", async (_, damage) => {
    const content = damage(await parquet(sql, ", codec 'uncompressed'"));
    const { en, zh, exitCode: code } = await refusalOf({ "customers.parquet": content });
    expect(en).toMatch(
      /^cannot read .*\/customers\.parquet: it is damaged, cut off or not what its name says/,
    );
    expect(en).not.toContain("\n");
    expect(zh).toMatch(/^无法读取/);
    expect(code).toBe(1);
  });

  // Two row groups of 60 customers, by pyarrow with write_page_checksum, data pages of version 1 and 2.
  const checked = [1, 2].map((version) =>
    readFileSync(join(import.meta.dirname, `checked${version}.parquet`)),
  );
  const figures = (content: Buffer) =>
    stageFolder({ "customers.parquet": content }, async ({ rows, quarantine }) => ({
      rows: await rows("select customer_id, name, employees, region from staging.customers order by all"),
      refused: await quarantine(),
    }));

  it.each(checked)(
    "whose pages have checksums: a bit flipped anywhere is refused, or changes nothing",
    async (content) => {
      const sound = await figures(content);
      expect(sound).toMatchObject({ rows: { length: 60 }, refused: [] });
      // One in each part, drawn anew by the part's number.
      const parts = isLong ? 120 : 8;
      let refused = 0;
      for (let part = 0; part < parts; part++) {
        const bit = Math.floor(((part + ((part * 7919) % 97) / 97) / parts) * content.length * 8);
        const found = await figures(flipped(content, bit >> 3, 1 << (bit & 7))).catch(
          (error: unknown) => error,
        );
        if (found instanceof CliError) refused++;
        else expect(found, `bit ${bit}`).toEqual(sound);
      }
      expect(refused).toBeGreaterThan(parts / 3);
    },
  );

  it("whose pages have checksums: a letter of a text within its column's bounds is told, a heading too", async () => {
    for (const content of checked) {
      const at = content.indexOf("C100020");
      expect(at).toBeGreaterThan(0);
      const { en } = await refusalOf({ "customers.parquet": flipped(content, at + 6, 1) });
      expect(en).toContain("a page of column customer_id is not what its writer put there");
      const heading = await refusalOf({
        "customers.parquet": flipped(content, content.indexOf("employees") + 8, 1),
      });
      expect(heading.en).toContain("the footer has two names for column employeer");
    }
  });
});
