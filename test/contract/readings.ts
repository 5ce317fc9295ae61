import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import type { TableName } from "../../src/contract/index.js";
import type { RunContext } from "../../src/contract/runContext.js";
import { zoneSql } from "../../src/contract/timeZone.js";
import { typedSql, violationsSql } from "../../src/contract/validation.js";

export const refused = "refused";
export type Reading = readonly [cell: string | null, reading: string | null];

/** A run in a zone, whose calendar days may be those of another one. */
export const contextOf = (zone: string, dayZone?: string): RunContext => ({
  zone: zoneSql(zone),
  ...(dayZone ? { dayZone: zoneSql(dayZone) } : {}),
  runStart: new Date("2090-01-01T00:00:00Z"),
  today: "2090-01-01",
});

const sqlText = (cell: string | null) => (cell === null ? "null" : `'${cell.replaceAll("'", "''")}'`);

/** Runs the contract's own SQL over cells of one column; what each became, or `refused` where that is a violation. */
async function read(
  table: TableName,
  column: string,
  cells: readonly (string | null)[],
  { shown = column, context = contextOf("Asia/Shanghai") } = {},
): Promise<(string | null)[]> {
  const mapped = new Map([[column, "VARCHAR"]]);
  const values = cells.map((cell, index) => `(${index}, ${sqlText(cell)}::VARCHAR)`).join(", ");
  const relation = `select * from (values ${values}) as cells(n, "c_${column}")`;
  const typed = typedSql(table, mapped, context, relation, ["n", `"c_${column}"`]);
  const rows = await queried(
    `select cast("${shown}" as VARCHAR), cast(${violationsSql(table, mapped, context)} as VARCHAR)
    from (${typed}) as typed order by n`,
  );
  return rows.map(([value, violations]) => {
    const found = (JSON.parse(String(violations)) as { column: string; rule: string }[]).filter(
      (violation) => violation.column === column && violation.rule !== "required",
    );
    return found.length > 0 ? refused : value === null ? null : String(value);
  });
}

/** A test that each cell of a column reads as told. */
export function readings(
  name: string,
  [table, column]: readonly [TableName, string],
  pairs: readonly Reading[],
  options: { shown?: string; context?: RunContext } = {},
) {
  it(name, async () => {
    const found = await read(
      table,
      column,
      pairs.map(([cell]) => cell),
      options,
    );
    expect(pairs.map(([cell], index) => [cell, found[index]])).toEqual(pairs);
  });
}

async function queried(sql: string) {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const db = await instance.connect();
  try {
    await db.run("set TimeZone = 'UTC'");
    return (await db.runAndReadAll(sql)).getRows();
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** Cells that all read alike. */
export const each = (cells: readonly (string | null)[], reading: string | null): Reading[] =>
  cells.map((cell) => [cell, reading]);

export const empties: Reading[] = each([null, "", " ", "\t", "　", " 　\t ", "\u00a0"], null);
