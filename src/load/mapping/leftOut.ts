import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../../contract/ddl.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import { readCell } from "../../contract/notation.js";
import type { RunContext } from "../../contract/runContext.js";
import { literal, quoted } from "../../engine/sql.js";
import { expressionsToSql, isNode, type SqlNode } from "../../engine/sqlTree.js";
import { rowState, type Unit } from "../loadTable.js";
import { pseudonymised } from "../persons/pseudonyms.js";
import { conjunction, conjuncts, isJoining, itemsOf, selectSql } from "./blocks.js";
import { softenedWhole } from "./softSelect.js";

/** The columns of a table's key that are ids: by them `ingest.left_out` knows a row (`key_0`, `key_1`). */
export const idKeysOf = (table: TableName): string[] =>
  primaryKeyOf(table).filter((key) =>
    columnsOf(table).some(({ name, kind }) => name === key && kind === "id"),
  );

interface Of {
  source: string;
  table: TableName;
}

/** Keeps the ids of rows that a mapping's `where` leaves out, with it: they were read, and are in no table. */
export async function keepFiltered(
  db: DuckDBConnection,
  { source, mapping, base, rows }: Unit,
): Promise<void> {
  const { table, where } = mapping;
  if (!where) return;
  const relation = `select ${keyItems(idKeysOf(table).map(quoted))} from staging.${quoted(table)}
     where _state = ${rowState.leftOut} and row_no >= ${base} and row_no < ${base + rows}`;
  await keep(db, { source: source.name, table }, relation, where);
}

/** The rows that a `select` would have if it left none out by its condition, joins and groups, and what these ask; undefined where that cannot be told. */
export async function unfiltered(
  db: DuckDBConnection,
  table: TableName,
  select: SqlNode,
): Promise<{ sql: string; where: string } | undefined> {
  if (select.type !== "SELECT_NODE" || isNode(select.qualify)) return undefined;
  const conditions = conjuncts(select.where_clause);
  const joining = conditions.filter((each) => isJoining(each, select));
  const filter = conjunction(conditions.filter((each) => !joining.includes(each)));
  const [from, joins] = withoutLoss(select.from_table);
  const keys = idKeysOf(table).map((key) => itemsOf(select).find((item) => nameOf(item) === key));
  const isFiltered = filter !== null || joins.length > 0 || isNode(select.having);
  if (!isFiltered || keys.some((item) => item === undefined)) return undefined;
  const bare = {
    ...select,
    from_table: from,
    having: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: "STANDARD_HANDLING",
    modifiers: [],
  };
  const items = keys.map((item, at) => ({ ...item, alias: `key_${at}` }));
  const all = { ...bare, select_list: items, where_clause: conjunction(joining) };
  const having = isNode(select.having) ? [select.having] : [];
  const texts = await expressionsToSql(db, [
    ...(filter ? [filter] : []),
    ...joins.map(({ condition }) => condition),
    ...having,
  ]);
  const joined = joins.map(({ relation }) => `inner join ${relation} on`);
  const heads = [...(filter ? [""] : []), ...joined, ...having.map(() => "having")];
  const where = heads
    .map((head, at) => `${head} ${texts[at] ?? ""}`.trim())
    .join(" ")
    .replaceAll("count_star()", "count(*)");
  return { sql: await selectSql(db, await softenedWhole(db, all)), where };
}

/** A FROM clause that keeps all rows of the relation it begins with, and the joins by which it would lose some. */
function withoutLoss(from: unknown): [from: unknown, joins: { relation: string; condition: SqlNode }[]] {
  if (!isNode(from) || from.type !== "JOIN") return [from, []];
  const [left, joins] = withoutLoss(from.left);
  const { condition, right } = from;
  if (from.join_type !== "INNER" || from.ref_type !== "REGULAR" || !isNode(condition))
    return [{ ...from, left }, joins];
  const { table_name: name = "", alias = "" } = isNode(right) ? right : {};
  return [{ ...from, left, join_type: "LEFT" }, [...joins, { relation: String(name || alias), condition }]];
}

const nameOf = ({ alias, column_names: names }: SqlNode) =>
  String(alias || (Array.isArray(names) ? names.at(-1) : "")).toLowerCase();

/** Keeps the ids of `unselected`, a temp table of what a `select` would have, that are not in what it has. */
export async function keepUnselected(
  db: DuckDBConnection,
  of: Of,
  mapped: string,
  where: string,
  { forgotten }: Pick<RunContext, "forgotten">,
): Promise<void> {
  const keys = idKeysOf(of.table);
  const persons = pseudonymised(of.table, forgotten);
  const same = keys.map(
    (key, at) => `cast(mapped.${quoted(key)} as varchar) = cast(all_rows.key_${at} as varchar)`,
  );
  const ids = keys.map(
    (key, at) => `${readCell({ kind: "id" }, `cast(key_${at} as varchar)`)} as ${quoted(key)}`,
  );
  const relation = `select ${keyItems(keys.map((key) => persons?.column(key) ?? quoted(key)))} from (
     select ${ids.join(", ")} from unselected as all_rows
     where not exists (select 1 from ${mapped} as mapped where ${same.join(" and ")}))`;
  await keep(db, of, relation, where);
}

const keyItems = (keys: readonly string[]) =>
  [0, 1].map((at) => `${keys[at] ?? "cast(null as varchar)"} as key_${at}`).join(", ");

async function keep(db: DuckDBConnection, { source, table }: Of, relation: string, where: string) {
  const rule = where.replaceAll(/\s+/g, " ").trim();
  await db.run(
    `insert into ingest.left_out
     select distinct ${literal(source)}, ${literal(table)}, key_0, key_1, ${literal(rule)}
     from (${relation}) as rows_left where key_0 is not null order by all`,
  );
}
