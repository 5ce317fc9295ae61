import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { literal, quoted } from "../../../src/engine/sql.js";
import { encodeGb18030 } from "../../loaders/encodeGb18030.js";
import { row, smallWorkbook } from "../../loaders/xlsx/smallWorkbook.js";
import { cellsOf, type MadeFolder, type MadeTable } from "./madeUp.js";

type Cells = ReturnType<typeof cellsOf>;

/** Writes the files of a made-up folder. */
export async function writeFolder(folder: string, { tables, write }: MadeFolder): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const books = new Map<string, MadeTable[]>();
  for (const table of tables) {
    if (table.sheet !== undefined) {
      books.set(table.file, [...(books.get(table.file) ?? []), table]);
      continue;
    }
    const rows = cellsOf(table);
    const parts = table.parts ?? [""];
    const size = Math.ceil(rows.length / parts.length);
    for (const [index, part] of parts.entries()) {
      const some = rows.slice(index * size, (index + 1) * size);
      await writeTable(join(folder, table.file.replace("*", part)), table, some, write);
    }
  }
  for (const [file, sheets] of books) writeFileSync(join(folder, file), await workbook(sheets));
}

async function writeTable(
  path: string,
  table: MadeTable,
  rows: Cells,
  { delimiter = ",", encoding = "utf-8", newline = "\n" }: MadeFolder["write"],
): Promise<void> {
  const titles = table.columns.map(([title]) => title);
  if (path.endsWith(".parquet")) return writeParquet(path, titles, rows);
  const objects = rows.map((cells) =>
    Object.fromEntries(titles.map((title, at) => [title, cells[at] === "" ? null : cells[at]])),
  );
  if (path.endsWith(".json")) return writeFileSync(path, JSON.stringify(objects, null, 1));
  if (path.endsWith(".ndjson"))
    return writeFileSync(path, objects.map((object) => `${JSON.stringify(object)}\n`).join(""));
  const cell = (value: Cells[number][number]) => {
    const text = String(value ?? "");
    return text.includes(delimiter) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = [titles, ...rows].map((cells) => cells.map(cell).join(delimiter) + newline).join("");
  writeFileSync(path, bytesOf(text, encoding));
}

function bytesOf(text: string, encoding: string): Buffer {
  if (encoding === "gb18030") return encodeGb18030(text);
  return encoding === "utf-16le" ? Buffer.from(`\ufeff${text}`, "utf16le") : Buffer.from(text);
}

async function writeParquet(path: string, titles: readonly string[], rows: Cells): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const sql = (value: Cells[number][number]) =>
    value === "" || value === null
      ? "null"
      : typeof value === "number"
        ? String(value)
        : literal(String(value));
  const values = rows.map((cells) => `(${cells.map(sql).join(", ")})`).join(", ");
  await db.run(
    `copy (select * from (values ${values}) as rows(${titles.map(quoted).join(", ")})) to ${literal(path)}`,
  );
  db.closeSync();
  instance.closeSync();
}

function workbook(sheets: readonly MadeTable[]): Promise<Buffer> {
  return smallWorkbook({
    sheets: sheets.map((table) => {
      const above = table.above ?? [];
      const first = above.length + 1;
      const xml = [
        ...above.map((title, index) => row(index + 1, [title])),
        row(
          first,
          table.columns.map(([title]) => title),
        ),
        ...cellsOf(table).map((cells, index) =>
          row(
            first + 1 + index,
            cells.map((cell) => (typeof cell === "number" ? cell : String(cell ?? ""))),
          ),
        ),
      ];
      return { name: table.sheet ?? "", rows: xml.join("") };
    }),
  });
}
