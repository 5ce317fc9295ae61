import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { literal, quoted } from "../../src/engine/sql.js";
import { smallWorkbook } from "../loaders/xlsx/smallWorkbook.js";
import { stageFolder } from "./stageFolder.js";

/** Names that statements of the program, or the engine, have for something of their own. */
const inner = [
  ...["rowid", "file_row_number", "filename", "file_index", "_ordinal", "_kept", "_lost", "_broken", "_row"],
  ...["_rows", "_r0", "_r1", "_raw", "_state", "_notes", "row_no", "updated_at", "number", "columns_of"],
  ...["c_customer_id", "c_name", "c_region", "c0", "c1", "extract", "typed", "judged", "kept", "cells"],
  ...["raw", "staging", "_at", "_found", "_nested", "_beside", "column0", "source", "file", "line"],
];

/** Numbers, such as rows have, but those of other rows. */
const cellOf = (at: number, n: number) => String(at * 10 + 5 - n);

/** Rows whose second has no name: it is refused, and so is the fourth, whose number is none. */
const rowsOf = (n: number) => [
  `C${n}`,
  n === 2 ? "" : `N${n}`,
  n === 4 ? "x" : `${n}0`,
  ...inner.map((_, at) => cellOf(at, n)),
];
const numbers = [1, 2, 3, 4, 5];
const headings = ["id", "label", "staff", ...inner];
const json = (n: number) =>
  JSON.stringify(Object.fromEntries(rowsOf(n).map((cell, at) => [headings[at], cell])));

async function parquet(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-inner-"));
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    const rows = numbers.map((n) => `(${rowsOf(n).map(literal).join(", ")})`).join(", ");
    await db.run(
      `copy (select * from (values ${rows}) as t (${headings.map(quoted).join(", ")})) to '${join(folder, "x.parquet")}' (format parquet)`,
    );
    return readFileSync(join(folder, "x.parquet"));
  } finally {
    db.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

function workbook(): Promise<Buffer> {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = [headings, ...numbers.map(rowsOf)].map((each) => `<row>${each.map(cell).join("")}</row>`);
  return smallWorkbook({ sheets: [{ name: "x", rows: rows.join("") }] });
}

const kinds: Record<string, () => Promise<Buffer | string>> = {
  "x.csv": async () => `${[headings, ...numbers.map(rowsOf)].map((row) => row.join(",")).join("\n")}\n`,
  "x.json": async () => `[${numbers.map(json).join(",\n")}]`,
  "x.ndjson": async () => `${numbers.map(json).join("\n")}\n`,
  "x.parquet": parquet,
  "x.xlsx": workbook,
};

const given = { customer_id: "id", name: "label", employees: "staff" };
const all = `concat_ws(' ', ${inner.map(quoted).join(", ")})`;
const allOf = (n: number) => inner.map((_, at) => cellOf(at, n)).join(" ");
/** Columns of a customer that take any text. */
const taking = ["region", "province", "city", "industry"];
const byName = Array.from({ length: Math.ceil(inner.length / taking.length) }, (_, part) =>
  inner.slice(part * taking.length, (part + 1) * taking.length),
);

/** How all of them are read at once: by an expression, one that looks at other rows, and selects. */
const mappings: Record<string, object> = {
  "an expression": { columns: { ...given, region: all }, where: `${all} <> ''` },
  "a window": {
    columns: { ...given, region: all, city: `lag(${all}) over ()`, province: "row_number() over ()" },
  },
  "a select": {
    select: `select id as customer_id, label as name, staff as employees, ${all} as region from x where ${all} <> ''`,
  },
  "a select of all": {
    select: `select id as customer_id, label as name, staff as employees, region from (select *, ${all} as region from x) as y`,
  },
  "a select that joins": {
    select: `select a.id as customer_id, a.label as name, a.staff as employees, b.r as region from x as a
      left join (select id, ${all} as r, row_number() over (order by id) as n from x) as b on b.id = a.id`,
  },
  "a select that groups": {
    select: `select id as customer_id, min(label) as name, max(staff) as employees, ${all} as region from x group by all`,
  },
  "a select that loses a row": {
    select: `select id as customer_id, label as name, cast(staff as integer) as employees, ${all} as region from x`,
  },
};

async function staged(file: string, content: Buffer | string, mapping: object) {
  const customers = { ...("select" in mapping ? {} : { from: "x" }), ...mapping };
  const yaml = JSON.stringify({ s: { files: { x: file }, max_quarantine_share: 1, tables: { customers } } });
  return stageFolder({ [file]: content, "sources.yaml": yaml }, async ({ rows, quarantine }) => ({
    rows: await rows("select * from staging.customers order by customer_id"),
    refused: (await quarantine()).map(({ place, raw }) => ({ place, raw: JSON.parse(raw) })),
  }));
}

describe.each(Object.entries(kinds))(
  "%s: a column may be called as the program or the engine calls its own",
  (file, write) => {
    const first = file === "x.json" || file === "x.ndjson" || file === "x.parquet" ? 1 : 2;
    const isLines = file !== "x.json";

    it("read by its name", { timeout: 60_000 }, async () => {
      const content = await write();
      for (const part of byName) {
        const columns = { ...given, ...Object.fromEntries(part.map((column, at) => [taking[at], column])) };
        const { rows, refused } = await staged(file, content, { columns });
        expect(rows.map((row) => part.map((_, at) => row[taking[at] ?? ""]))).toEqual(
          [1, 3, 5].map((n) => part.map((column) => cellOf(inner.indexOf(column), n))),
        );
        // What is refused has all its cells, each under its own name.
        expect(refused.map(({ raw }) => raw)).toEqual(
          [2, 4].map((n) =>
            Object.fromEntries(rowsOf(n).map((cell, at) => [headings[at], cell || raw(file)])),
          ),
        );
        if (isLines)
          expect(refused.map(({ place }) => place)).toEqual([2, 4].map((n) => `${file}:${n - 1 + first}`));
      }
    });

    it.each(Object.entries(mappings))("read by %s", { timeout: 60_000 }, async (how, mapping) => {
      const { rows, refused } = await staged(file, await write(), mapping);
      expect(rows.map(({ customer_id, region }) => [customer_id, region])).toEqual(
        [1, 3, 5].map((n) => [`C${n}`, allOf(n)]),
      );
      if (how === "a window")
        expect(rows.map(({ city, province }) => [city, province])).toEqual([
          [null, "1"],
          [allOf(2), "3"],
          [allOf(4), "5"],
        ]);
      const places = refused.map(({ place }) => place).toSorted();
      if (isLines && !/ of all| that groups/.test(how))
        expect(places).toEqual([2, 4].map((n) => `${file}:${n - 1 + first}`));
    });
  },
);

/** What nothing is, as a row that was refused has it. */
const raw = (file: string) => (file === "x.csv" || file === "x.xlsx" ? null : "");
