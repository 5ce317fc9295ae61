import { contract, tableNames } from "../contract/index.js";
import { ctesOf, isNode, nodes, type SqlNode } from "../engine/sqlTree.js";
import type { Model } from "./modelFiles.js";

/** Columns of a relation that no two rows share; empty for a relation of one row. */
type Key = readonly string[];

/** What the SQL tells of a query's rows: a key, if one is known, and the columns that are constants. */
interface Facts {
  key: Key | null;
  constants: ReadonlyMap<string, string>;
}

type Scope = ReadonlyMap<string, Facts>;

const nothing: Facts = { key: null, constants: new Map() };

/**
 * The models whose grain follows from their SQL and the grains they read, and so needs no query: rows of one relation
 * filtered, projected and joined to at most one row of others; groups; distinct rows; stacks of such, told apart by a
 * constant column.
 */
export function provenGrains(models: readonly Model[]): Set<string> {
  const keys = new Map<string, Key>(tableNames.map((name) => [`staging.${name}`, contract[name].primaryKey]));
  keys.set("config.settings", []);
  keys.set("config.table_records", ["table_name"]);
  const proven = new Set<string>();
  for (const { relation, tree, grain } of models) {
    const { key } = factsOf(tree, new Map(), keys);
    if (key?.every((column) => grain.includes(column))) proven.add(relation);
    keys.set(relation, grain);
  }
  return proven;
}

function factsOf(node: SqlNode, outer: Scope, keys: ReadonlyMap<string, Key>): Facts {
  const scope = new Map(outer);
  for (const { name, query } of ctesOf(node)) scope.set(name, factsOf(query, scope, keys));
  if (node.type === "SET_OPERATION_NODE") return factsOfUnion(node, scope, keys);
  if (node.type !== "SELECT_NODE") return nothing;
  const items = (node.select_list ?? []) as SqlNode[];
  const from = node.from_table as SqlNode;
  const isStar = items.length === 1 && items[0]?.class === "STAR";
  if (isStar && from.type === "BASE_TABLE" && !from.schema_name) {
    return scope.get(String(from.table_name)) ?? nothing;
  }
  const constants = new Map(
    items
      .filter(
        (item) => ![...nodes(item)].some((each) => each.class === "COLUMN_REF" || each.class === "STAR"),
      )
      .map((item) => [outputName(item), expressionId(item)]),
  );
  return { key: keyOfSelect(node, items, isStar, scope, keys), constants };
}

function keyOfSelect(
  node: SqlNode,
  items: readonly SqlNode[],
  isStar: boolean,
  scope: Scope,
  keys: ReadonlyMap<string, Key>,
): Key | null {
  const modifiers = (node.modifiers ?? []) as SqlNode[];
  if (modifiers.some(({ type }) => type === "DISTINCT_MODIFIER")) return items.map(outputName);
  const groups = (node.group_expressions ?? []) as SqlNode[];
  if (groups.length > 0) {
    return ((node.group_sets ?? []) as unknown[]).length === 1
      ? outputsOf(groups.map(expressionId), items)
      : null;
  }
  const whole = keyOfFrom(node.from_table as SqlNode, scope, keys);
  if (!whole) return null;
  const fixed = new Set(fixedColumns(node.where_clause));
  const key = whole.filter((column) => !fixed.has(column) && !fixed.has(column.split(".").at(-1) ?? ""));
  return isStar ? key.map((column) => column.split(".").at(-1) ?? "") : outputsOf(key, items);
}

/** The key of two relations stacked by `union all`: both keys, and a constant column that differs. */
function factsOfUnion(node: SqlNode, scope: Scope, keys: ReadonlyMap<string, Key>): Facts {
  const [one, other] = [node.left, node.right].filter(isNode).map((arm) => factsOf(arm, scope, keys));
  if (node.setop_type !== "UNION" || node.setop_all !== true || !one?.key || !other?.key) return nothing;
  const mark = [...one.constants.keys()].find(
    (name) => other.constants.has(name) && other.constants.get(name) !== one.constants.get(name),
  );
  if (mark === undefined) return nothing;
  return { key: [...new Set([...one.key, ...other.key, mark])], constants: new Map() };
}

/** The names under which a select list passes on all of the expressions, or null where it drops one. */
function outputsOf(expressions: readonly string[], items: readonly SqlNode[]): Key | null {
  const names: string[] = [];
  for (const expression of expressions) {
    const bare = expression.split(".").at(-1);
    const item =
      items.find((each) => expressionId(each) === expression) ??
      items.find((each) => each.class === "COLUMN_REF" && expressionId(each) === bare);
    if (!item) return null;
    names.push(outputName(item));
  }
  return names;
}

/**
 * The key of a FROM clause as `alias.column`: that of its leftmost relation, and what the joins do not fix of the other
 * relations' keys.
 */
function keyOfFrom(from: SqlNode, scope: Scope, keys: ReadonlyMap<string, Key>): Key | null {
  if (from.type === "BASE_TABLE") {
    const { schema_name: schema, table_name: table = "", alias } = from as Record<string, string>;
    const key = schema ? keys.get(`${schema}.${table}`) : scope.get(table)?.key;
    return key?.map((column) => `${alias || table}.${column}`) ?? null;
  }
  if (from.type !== "JOIN") return null;
  const left = keyOfFrom(from.left as SqlNode, scope, keys);
  const right = keyOfFrom(from.right as SqlNode, scope, keys);
  if (!left || !right) return null;
  if (from.join_type !== "LEFT" && from.join_type !== "INNER") return null;
  const equated = new Set(from.ref_type === "CROSS" ? [] : equalColumns(from.condition));
  return [...left, ...right.filter((column) => !equated.has(column))];
}

/** The columns that a condition, taken apart at its ANDs, sets equal to something of another relation. */
function equalColumns(condition: unknown): string[] {
  if (!isNode(condition)) return [];
  if (condition.type === "CONJUNCTION_AND") return (condition.children as SqlNode[]).flatMap(equalColumns);
  if (condition.type !== "COMPARE_EQUAL") return [];
  const sides = [condition.left, condition.right] as SqlNode[];
  const relations = new Set(sides.map((side) => expressionId(side).split(".")[0]));
  return relations.size === 2 ? sides.filter((side) => side.class === "COLUMN_REF").map(expressionId) : [];
}

/** The columns that a condition, taken apart at its ANDs, sets equal to a constant. */
function fixedColumns(condition: unknown): string[] {
  if (!isNode(condition)) return [];
  if (condition.type === "CONJUNCTION_AND") return (condition.children as SqlNode[]).flatMap(fixedColumns);
  if (condition.type !== "COMPARE_EQUAL") return [];
  const sides = [condition.left, condition.right] as SqlNode[];
  const isFixed = sides.some((side) => side.class === "CONSTANT");
  return isFixed ? sides.filter((side) => side.class === "COLUMN_REF").map(expressionId) : [];
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
