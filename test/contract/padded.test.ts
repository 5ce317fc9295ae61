import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { columnsOf, tableNames } from "../../src/contract/index.js";
import { contractReading, isFilled, readCell, readInstant } from "../../src/contract/notation.js";
import { literal } from "../../src/engine/sql.js";

/** Cells of every notation, read at once as they stand and, with blanks around them, the long way. */
const notations = [
  ..."2024-03-05|2024/3/5|2024/03/05|05.03.2024|5/3/2024|2024年3月5日|20240305|0000-01-01|2024-13-05|2024-02-30".split(
    "|",
  ),
  ..."2024-03-05 08:09|2024-03-05 08:09:10|2024-03-05T08:09:10.123|2024-03-05 8:09|2024-03-05  08:09|2024-03-05 25:00".split(
    "|",
  ),
  ..."2024-03-05T08:09:10Z|2024-03-05T08:09:10.000+0000|2024-03-05 08:09+08|2024-03-05T08:09+05:30|2024-03-05T08:09:10-24:00".split(
    "|",
  ),
  ..."05/03/2024 08:09|2024年3月5日 8:09|24-03-05|5-Mar-2024".split("|"),
  ..."7|-7|+7|007|７|1.5|1,234.5|1.234,5|¥12|￥1,200.50|-$3|$-3|12%|12.5%|１２．５|1e3|1E+5|4.2E+15|.5|5.|,5".split(
    "|",
  ),
  ..."true|TRUE|Yes|y|是|否|No|n|0|1|2|yes please".split("|"),
  ..."complaint|COMPLAINT|Com_plaint|投诉|Very Serious|very-serious|非常严重|phone|Web Chat|portal|Social  media|微信".split(
    "|",
  ),
  ..."A-1|agent_x|张三|e\u0301-1|é-1|A\u200b1|a  b|a\u00a0b|Ａ１|null|N/A|-|无|（null）|合计|Sub-total:|小 计|nan|\\N|#N/A".split(
    "|",
  ),
  "O'Brien",
  "a\tb",
  "a\nb",
  "'",
];

const words = tableNames.flatMap((table) =>
  columnsOf(table).flatMap(({ labels = {} }) => Object.entries(labels).flat()),
);
const cells = [...new Set([...notations, ...words])];

const formats = [
  [],
  ["%d/%m/%Y", "%d/%m/%Y %H:%M"],
  ["%Y年%m月%d日", "%Y年%m月%d日 %H:%M"],
  ["%y-%m-%d"],
  ["%d.%m.%Y", "%Y%m%d"],
];

it("reads a cell with blanks around it as the cell, in every column", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const db = await instance.connect();
    const rows = cells.map((cell) => `(${literal(cell)}, ${literal(`\u3000 ${cell}\t\u00a0`)})`);
    await db.run(`create table cells as select * from (values ${rows.join(", ")}) as cells (bare, padded)`);
    const questions = new Map<string, (cell: string) => string>([
      ["filled", (cell) => isFilled(cell)],
      ["instant", (cell) => readInstant(cell)],
    ]);
    for (const table of tableNames)
      for (const column of columnsOf(table))
        for (const dateFormats of column.kind === "date" || column.kind === "timestamp" ? formats : [[]])
          for (const decimal of column.kind === "decimal" ? ([".", ","] as const) : (["."] as const))
            for (const isKey of column.kind === "id" ? [true, false] : [false]) {
              const reading = {
                ...contractReading(column),
                dateFormats,
                decimal,
                isKey,
                nullValues: ["keine", "0000-01-01"],
              };
              const about = JSON.stringify([
                column.kind,
                column.labels,
                column.percentage,
                dateFormats,
                decimal,
                isKey,
              ]);
              questions.set(about, (cell) => readCell(column, cell, reading));
            }
    const read: Record<string, number> = {};
    for (const [about, sql] of questions) {
      const reader = await db.runAndReadAll(
        `select bare, cast(${sql("bare")} as varchar), cast(${sql("padded")} as varchar) from cells`,
      );
      const differing = reader.getRowsJson().filter(([, bare, padded]) => bare !== padded);
      expect(differing, about).toEqual([]);
      read[about] = reader.getRowsJson().filter(([, bare]) => bare !== null).length;
    }
    expect(Object.values(read).filter((count) => count === 0)).toEqual([]);
  } finally {
    instance.closeSync();
  }
});
