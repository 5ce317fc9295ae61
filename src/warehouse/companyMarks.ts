import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../contract/ddl.js";
import type { TableName } from "../contract/index.js";
import { literal } from "../engine/sql.js";

/** Tables that tell a company by the ids of their rows: those of its CRM, and none that the KPI team writes. */
const telling = [
  "customers",
  "contracts",
  "employees",
  "leads",
  "opportunities",
  "orders",
  "tickets",
  "contacts",
  "survey_answers",
] as const satisfies readonly TableName[];

/** So many ids of a table are noted, by chance but the same each time. */
const most = 200;

/** Ids by table, by which data are known to be a company's. */
export type Marks = Readonly<Record<string, readonly string[]>>;

/** The ids of a table's rows as `mark`. */
function idsOf(table: (typeof telling)[number]): string {
  const [id, ...others] = primaryKeyOf(table);
  return `select ${others.length > 0 ? "distinct" : ""} ${id} as mark from staging.${table}`;
}

/**
 * SQL for an id as a record outside of the warehouse keeps it.
 * @param salt SQL
 */
export const markSql = (id: string, salt: string): string => `left(md5(${salt} || ${id}), 16)`;

/** The same of a mark, which stays the id where there is no salt. */
const saltedSql = (salt: string): string => (salt === "" ? "mark" : markSql("mark", literal(salt)));

/**
 * Whether staged data are of the company that marks are of: of any table at least half of those noted are found.
 * @param salt with which they were made digests; empty where they are the ids themselves
 */
export async function areFound(db: DuckDBConnection, marks: Marks, salt = ""): Promise<boolean> {
  if (Object.keys(marks).length === 0) return true;
  for (const table of telling) {
    const known = marks[table] ?? [];
    if (known.length === 0) continue;
    const list = known.map(literal).join(", ");
    const again = await db.runAndReadAll(
      `select count(*) from (select distinct mark from (${idsOf(table)}) where ${saltedSql(salt)} in (${list}))`,
    );
    if (2 * Number(again.value(0, 0)) >= known.length) return true;
  }
  return false;
}

/**
 * The ids that were noted last.
 * @param salt with which they are made digests; empty for the ids themselves
 */
export async function readMarks(db: DuckDBConnection, salt = ""): Promise<Record<string, string[]>> {
  const reader = await db.runAndReadAll(
    `select table_name, ${saltedSql(salt)} from config.id_marks order by all`,
  );
  const marks: Record<string, string[]> = {};
  for (const [table, mark] of reader.getRowsJson().map((row) => row.map(String))) {
    marks[table ?? ""] ??= [];
    marks[table ?? ""]?.push(mark ?? "");
  }
  return marks;
}

/** Notes ids of staged data; a table without rows keeps those noted before. */
export async function noteMarks(db: DuckDBConnection): Promise<void> {
  for (const table of telling) {
    const found = await db.runAndReadAll(`select 1 from staging.${table} limit 1`);
    if (found.currentRowCount === 0) continue;
    await db.run(`delete from config.id_marks where table_name = ${literal(table)}`);
    await db.run(`
      insert into config.id_marks
      select ${literal(table)}, mark from (${idsOf(table)}) as ids order by hash(mark), mark limit ${most}`);
  }
}
