import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../engine/sql.js";
import {
  ctesOf,
  expressionsToSql,
  isNode,
  parseSelect,
  type SqlNode,
  selectTexts,
} from "../../engine/sqlTree.js";
import { readOnce } from "../../warehouse/open.js";
import { idOf } from "./caseId.js";

/** The syntax tree of a model as the warehouse keeps it, a view; undefined of what is a table. */
export async function viewTree(db: DuckDBConnection, relation: string): Promise<SqlNode | undefined> {
  const [schema = "", name = ""] = relation.split(".");
  const reader = await readOnce(
    db,
    `select sql from duckdb_views()
     where database_name = current_database() and schema_name = ${literal(schema)} and view_name = ${literal(name)}`,
  );
  const text = reader.getRows()[0]?.[0];
  if (text === undefined) return undefined;
  const select = String(text)
    .replace(/^CREATE VIEW .+? AS /s, "")
    .replace(/;\s*$/, "");
  return unjoined(await parseSelect(db, select, relation));
}

/** The select of a model's own file: a view of cases joins the customers' dimensions to it. */
function unjoined(tree: SqlNode): SqlNode {
  const from = tree.from_table;
  if (!isNode(from) || from.type !== "JOIN") return tree;
  const [cases, customers] = [from.left as SqlNode, from.right as SqlNode];
  if (cases.alias !== "cases" || customers.alias !== "of_customers") return tree;
  const inner = cases.type === "SUBQUERY" ? (cases.subquery as SqlNode).node : undefined;
  return isNode(inner) ? inner : tree;
}

/** What a select gives under a name. */
export function itemOf(tree: SqlNode, name: string): SqlNode | undefined {
  const items = (tree.select_list ?? []) as SqlNode[];
  return items.find(
    (item) =>
      item.alias === name || (!item.alias && (item.column_names as string[] | undefined)?.at(-1) === name),
  );
}

/** The column that an item is, without its relation; undefined of one that works something out. */
export const referredName = (item: SqlNode | undefined): string | undefined =>
  item?.class === "COLUMN_REF" ? (item.column_names as string[]).at(-1) : undefined;

/** One select that drops rows, its rules apart. */
export interface Filter {
  /** SQL: `id`, and `rule_0 …` for each rule, over the rows before any is dropped. */
  sql: string;
  /** Each rule as people read it. */
  rules: string[];
}

/** The selects on the way from a model's cases down to the table, those closest to the cases first, that drop rows of the columns of a key. */
export async function filtersOf(
  db: DuckDBConnection,
  relation: string,
  keys: readonly string[],
): Promise<Filter[]> {
  const filters: Filter[] = [];
  const seen = new Set<string>();
  const visit = async (name: string, keys: readonly string[]): Promise<void> => {
    if (seen.has(name)) return;
    seen.add(name);
    const tree = await viewTree(db, name);
    if (!tree) return;
    const selects = [tree, ...ctesOf(tree).map(({ query }) => query)]
      .flatMap(branchesOf)
      .filter(
        (select) =>
          select.type === "SELECT_NODE" &&
          keys.every((key) => referredName(itemOf(select, key)) !== undefined),
      );
    const below: (readonly [name: string, keys: string[]])[] = [];
    for (const select of selects) {
      for (const filter of await filtersIn(db, select, tree, keys)) filters.push(filter);
      const base = leftmost(select.from_table);
      if (base?.type === "BASE_TABLE" && base.schema_name && base.schema_name !== "staging")
        below.push([
          `${base.schema_name}.${base.table_name}`,
          keys.map((key) => referredName(itemOf(select, key)) ?? key),
        ]);
    }
    for (const [each, ofIt] of below) await visit(each, ofIt);
  };
  await visit(relation, keys);
  return filters;
}

/** The selects that a union puts below each other; a select is its own. */
function branchesOf(query: SqlNode): SqlNode[] {
  if (query.type !== "SET_OPERATION_NODE") return [query];
  const { left, right, children } = query as { left?: unknown; right?: unknown; children?: unknown[] };
  return [...(children ?? []), left, right].filter(isNode).flatMap(branchesOf);
}

/** The relation that a FROM clause begins with: the others add to its rows. */
function leftmost(from: unknown): SqlNode | undefined {
  if (!isNode(from)) return undefined;
  if (from.type === "JOIN") return leftmost(from.left);
  return from;
}

/** What a select drops rows by: its joins and its condition row by row, and what it asks of groups. */
async function filtersIn(
  db: DuckDBConnection,
  select: SqlNode,
  tree: SqlNode,
  keys: readonly string[],
): Promise<Filter[]> {
  const [from, joins] = keptBy(select.from_table);
  const where = isNode(select.where_clause) ? conjuncts(select.where_clause) : [];
  const named = { ...select, cte_map: tree.cte_map, modifiers: [] };
  const rows = { ...named, from_table: from, where_clause: null, ...ungrouped, having: null, qualify: null };
  const groups = { ...named, having: null, qualify: null };
  const having = isNode(select.having) ? conjuncts(select.having) : [];
  const texts = [...(await ruleTexts(db, joins, false)), ...(await ruleTexts(db, where))];
  const filters = [
    { of: rows, rules: [...joins, ...where], texts },
    { of: groups, rules: having, texts: await ruleTexts(db, having) },
  ];
  const found = filters.filter(({ rules }) => rules.length > 0);
  return Promise.all(
    found.map(async ({ of, rules, texts }) => ({ sql: await filterSql(db, of, keys, rules), rules: texts })),
  );
}

const ungrouped = { group_expressions: [], group_sets: [], aggregate_handling: "STANDARD_HANDLING" };

/** A FROM clause that keeps all rows of the relation it begins with, and the conditions by which its joins would drop some. */
function keptBy(from: unknown): [from: unknown, joins: SqlNode[]] {
  if (!isNode(from) || from.type !== "JOIN") return [from, []];
  const [left, joins] = keptBy(from.left);
  const drops = from.join_type === "INNER" && from.ref_type === "REGULAR" && isNode(from.condition);
  const condition = from.condition as SqlNode;
  return drops ? [{ ...from, left, join_type: "LEFT" }, [...joins, condition]] : [{ ...from, left }, joins];
}

async function filterSql(
  db: DuckDBConnection,
  select: SqlNode,
  keys: readonly string[],
  rules: readonly SqlNode[],
): Promise<string> {
  const list = [
    ...keys.map((key, index) => ({ ...itemOf(select, key), alias: `key_${index}` })),
    ...rules.map((rule, index) => ({ ...rule, alias: `rule_${index}` })),
  ];
  const [sql = ""] = await selectTexts(db, [{ ...select, select_list: list }]);
  const id = idOf(keys.map((_, index) => `key_${index}`));
  return `select ${id} as id, * from (${sql})`;
}

function conjuncts(condition: SqlNode): SqlNode[] {
  if (condition.type !== "CONJUNCTION_AND") return [condition];
  return (condition.children as SqlNode[]).flatMap(conjuncts);
}

/** Conditions as people read them: without what only keeps null away and, of one relation, without its name. */
async function ruleTexts(db: DuckDBConnection, rules: readonly SqlNode[], isOfOne = true): Promise<string[]> {
  if (rules.length === 0) return [];
  const texts = await expressionsToSql(
    db,
    rules.map((rule) => (isOfOne ? (plain(rule) as SqlNode) : rule)),
  );
  return texts.map((text) =>
    text
      .replaceAll('"', "")
      .replaceAll("count_star()", "count(*)")
      .replace(/CAST\('([tf])' AS BOOLEAN\)/g, (_, is) => (is === "t" ? "true" : "false"))
      .replace(
        /\b(IS NOT DISTINCT FROM|IS DISTINCT FROM|IS NOT NULL|IS NULL|AND|OR|NOT|IN|COALESCE|BETWEEN|CASE|WHEN|THEN|ELSE|END)\b/g,
        (word) => word.toLowerCase(),
      )
      .replace(/^\((.*)\)$/s, (whole, inner: string) => (isOne(inner) ? inner : whole)),
  );
}

/** Whether a text's brackets close within it. */
function isOne(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === "(") depth++;
    if (letter === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isNode(value)) return value;
  if (value.type === "OPERATOR_COALESCE" && isFalse((value.children as SqlNode[])[1]))
    return plain((value.children as SqlNode[])[0]);
  const own = value.class === "COLUMN_REF" ? { column_names: [(value.column_names as string[]).at(-1)] } : {};
  return {
    ...Object.fromEntries(Object.entries(value).map(([name, child]) => [name, plain(child)])),
    ...own,
  };
}

const isFalse = (node: SqlNode | undefined) =>
  node?.class === "CAST" && ((node.child as SqlNode).value as SqlNode | undefined)?.value === "f";

/** The condition under which the model counts a case, by what it gives under a name. */
export async function countingRule(
  db: DuckDBConnection,
  relation: string,
  name: "numerator" | "denominator",
): Promise<string | null> {
  const tree = await viewTree(db, relation);
  const item = tree?.type === "SELECT_NODE" ? itemOf(tree, name) : undefined;
  if (!item || item.class === "CONSTANT") return null;
  const checks = item.class === "CASE" ? (item.case_checks as { when_expr: SqlNode }[]) : [];
  const [text = ""] = await ruleTexts(db, [checks[0]?.when_expr ?? { ...item, alias: "" }]);
  return checks.length > 0 ? text : `${text} <> 0`;
}
