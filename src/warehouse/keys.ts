import { contract, type TableName, tableNames } from "../contract/index.js";
import type { Model } from "./modelFiles.js";
import { ctesOf, isNode, type SqlNode } from "./sqlTree.js";

/** Columns of a relation that no two rows share; empty for a relation of one row. */
type Key = readonly string[];

/** The keys below the models: what loading enforced, and the one row of settings. */
function keysBelow(): Map<string, Key> {
  const keys = new Map<string, Key>(
    tableNames.map((name) => [`staging.${name}`, contract[name as TableName].primaryKey as Key]),
  );
  keys.set("config.settings", []);
  return keys;
}

/**
 * The models whose grain follows from their SQL and the grains they read, and so needs no query: rows of one relation
 * filtered, projected and joined to at most one row of others; groups; distinct rows.
 */
export function provenGrains(models: readonly Model[]): Set<string> {
  const keys = keysBelow();
  const proven = new Set<string>();
  for (const { relation, tree, grain } of models) {
    const key = keyOfQuery(tree, new Map(), keys);
    if (key?.every((column) => grain.includes(column))) proven.add(relation);
    keys.set(relation, grain);
  }
  return proven;
}

type Scope = ReadonlyMap<string, Key | null>;

/** The key of a query's result, null where none is known. */
function keyOfQuery(node: SqlNode, outer: Scope, keys: ReadonlyMap<string, Key>): Key | null {
  const scope = new Map(outer);
  for (const { name, query } of ctesOf(node)) scope.set(name, keyOfQuery(query, scope, keys));
  if (node.type !== "SELECT_NODE") return null;
  const items = (node.select_list ?? []) as SqlNode[];
  const isDistinct = ((node.modifiers ?? []) as SqlNode[]).some(({ type }) => type === "DISTINCT_MODIFIER");
  if (isDistinct) return items.map(outputName);
  const groups = (node.group_expressions ?? []) as SqlNode[];
  if (groups.length > 0) {
    if (((node.group_sets ?? []) as unknown[]).length !== 1) return null;
    return outputsOf(groups.map(expressionId), items);
  }
  const key = keyOfFrom(node.from_table as SqlNode, scope, keys);
  if (!key) return null;
  if (items.length === 1 && items[0]?.class === "STAR")
    return key.map((column) => column.split(".").at(-1) ?? "");
  return outputsOf(key, items);
}

/** The names under which a select list passes on all of the expressions, or null where it drops one. */
function outputsOf(expressions: readonly string[], items: readonly SqlNode[]): Key | null {
  const names: string[] = [];
  for (const expression of expressions) {
    const bare = expression.split(".").at(-1);
    const item =
      items.find((each) => expressionId(each) === expression) ??
      items.find((each) => expressionId(each) === bare && each.class === "COLUMN_REF");
    if (!item) return null;
    names.push(outputName(item));
  }
  return names;
}

/** The key of a FROM clause as `alias.column`: of its leftmost relation, when all others join on their whole key. */
function keyOfFrom(from: SqlNode, scope: Scope, keys: ReadonlyMap<string, Key>): Key | null {
  if (from.type === "BASE_TABLE") {
    const { schema_name: schema, table_name: table, alias } = from as Record<string, string>;
    const key = schema ? keys.get(`${schema}.${table}`) : scope.get(table ?? "");
    return key?.map((column) => `${alias || table}.${column}`) ?? null;
  }
  if (from.type !== "JOIN") return null;
  const left = keyOfFrom(from.left as SqlNode, scope, keys);
  const right = keyOfFrom(from.right as SqlNode, scope, keys);
  if (!left || !right) return null;
  if (from.ref_type === "CROSS") return right.length === 0 ? left : null;
  if (from.join_type !== "LEFT" && from.join_type !== "INNER") return null;
  const equated = new Set(equalColumns(from.condition as SqlNode));
  return right.every((column) => equated.has(column)) ? left : null;
}

/** The columns that a condition, taken apart at its ANDs, sets equal to something. */
function equalColumns(condition: unknown): string[] {
  if (!isNode(condition)) return [];
  if (condition.type === "CONJUNCTION_AND") return (condition.children as SqlNode[]).flatMap(equalColumns);
  if (condition.type !== "COMPARE_EQUAL") return [];
  const sides = [condition.left, condition.right] as SqlNode[];
  const tables = new Set(sides.map((side) => expressionId(side).split(".")[0]));
  return tables.size === 2 ? sides.filter((side) => side.class === "COLUMN_REF").map(expressionId) : [];
}

/** What tells expressions apart: a column by its name, anything else by its tree. */
function expressionId(expression: SqlNode): string {
  if (expression.class === "COLUMN_REF") return (expression.column_names as string[]).join(".");
  return JSON.stringify(expression, (name, value) =>
    name === "query_location" || name === "alias" ? undefined : value,
  );
}

function outputName(item: SqlNode): string {
  return String(item.alias || (item.column_names as string[] | undefined)?.at(-1) || "");
}
