import type { DuckDBConnection } from "@duckdb/node-api";
import { isNode, parseSelect, type SqlNode, selectOf, selectTexts } from "../../engine/sqlTree.js";
import { expressionsIn, holds } from "./soften.js";

/**
 * How a row of a raw table is called: its storage's own number, since a column of it would be one of those that `*`, a
 * PIVOT or a NATURAL JOIN of the mapping's `select` takes.
 */
export const rawRow = "rowid";

/** A tree's SQL. */
export async function selectSql(db: DuckDBConnection, node: SqlNode): Promise<string> {
  const [text = ""] = await selectTexts(db, [node]);
  return text;
}

/** The tree of an expression, under a name. */
export async function itemOf(db: DuckDBConnection, sql: string, alias: string): Promise<SqlNode> {
  const [item] = itemsOf(await parseSelect(db, `select ${sql}`, "mapping"));
  return { ...item, alias };
}

export const itemsOf = (select: SqlNode) => select.select_list as SqlNode[];

/** The conditions that a condition demands together. */
export function conjuncts(condition: unknown): SqlNode[] {
  if (!isNode(condition)) return [];
  if (condition.type !== "CONJUNCTION_AND") return [condition];
  return (condition.children as SqlNode[]).flatMap(conjuncts);
}

/** The condition that demands them all. */
export function conjunction(conditions: readonly SqlNode[]): SqlNode | null {
  const [only, ...more] = conditions;
  if (!only || more.length === 0) return only ?? null;
  return { class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", children: conditions };
}

/** Whether a condition says which rows of several tables belong together; made tolerant it would be tried with each pair. */
export function isJoining(condition: SqlNode, { from_table: from }: SqlNode): boolean {
  if (condition.class !== "COMPARISON" || !isNode(from) || from.type !== "JOIN") return false;
  const isColumn = (part: SqlNode) => part.class === "COLUMN_REF";
  return [condition.left, condition.right].every((side) => holds(side, isColumn) && !hasSubquery(side));
}

/** The outermost subqueries of any part of a query's own. */
export function subqueriesIn(value: unknown): SqlNode[] {
  return expressionsIn(value).flatMap((expression) => {
    const below = subqueriesIn(
      Object.entries(expression).flatMap(([key, part]) => (key === "subquery" ? [] : [part])),
    );
    return expression.class === "SUBQUERY" ? [expression, ...below] : below;
  });
}

export const hasSubquery = (value: unknown) => holds(value, (part) => part.class === "SUBQUERY");

/** Entries of a query's common tables. */
export const entriesOf = (query: SqlNode) => (query.cte_map as { map: SqlNode[] } | undefined)?.map ?? [];

/** A query below common tables. */
export function withTables(entries: readonly SqlNode[], query: SqlNode): SqlNode {
  if (entries.length === 0) return query;
  const own = entriesOf(query).length > 0 ? allOf(query, "below") : query;
  return { ...own, cte_map: { map: entries } };
}

/** A query beside each of the rows that it may refer to. */
export function besideRows(from: SqlNode, query: SqlNode, where: SqlNode | null): SqlNode {
  const beside = allOf(query, "_beside");
  return {
    ...beside,
    select_list: [{ ...star, relation_name: "_beside" }],
    from_table: crossJoin(from, beside.from_table as SqlNode),
    where_clause: where,
  };
}

export const crossJoin = (left: SqlNode, right: SqlNode): SqlNode => ({
  type: "JOIN",
  alias: "",
  sample: null,
  left,
  right,
  condition: null,
  join_type: "INNER",
  ref_type: "CROSS",
  using_columns: [],
  delim_flipped: false,
  duplicate_eliminated_columns: [],
});

/** `select * from (query) as alias`. */
export const allOf = (query: SqlNode, alias: string): SqlNode => ({
  ...selectOf(star),
  from_table: {
    type: "SUBQUERY",
    alias,
    sample: null,
    subquery: { node: query, named_param_map: [] },
    column_name_alias: [],
  },
});

const star: SqlNode = {
  class: "STAR",
  type: "STAR",
  alias: "",
  relation_name: "",
  exclude_list: [],
  replace_list: [],
  columns: false,
  expr: null,
  qualified_exclude_list: [],
  rename_list: [],
};

/** What GROUP BY ALL stands for, spelt out: the engine does not see through TRY which columns it groups by. */
export async function spelledGroups(
  db: DuckDBConnection,
  items: readonly SqlNode[],
  isAggregate: (part: SqlNode) => boolean,
): Promise<Partial<SqlNode>> {
  const places = items.flatMap((item, index) => (holds(item, isAggregate) ? [] : [index + 1]));
  const all = { aggregate_handling: "STANDARD_HANDLING" };
  if (places.length === 0) return all;
  const { group_expressions, group_sets } = await parseSelect(
    db,
    `select 1 group by ${places.join(", ")}`,
    "mapping",
  );
  return { ...all, group_expressions, group_sets };
}
