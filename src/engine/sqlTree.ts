import { type DuckDBConnection, listValue } from "@duckdb/node-api";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { parseTree, treeText } from "./treeText.js";

/** A node of the tree that DuckDB's `json_serialize_sql` gives for a statement. */
export interface SqlNode {
  [key: string]: unknown;
}

/**
 * Parses select statements into DuckDB's own syntax trees, all in one query.
 * @throws CliError 1 naming the file and what the parser said
 */
export async function parseSelects(
  db: DuckDBConnection,
  statements: readonly { sql: string; file: string }[],
): Promise<SqlNode[]> {
  const reader = await db.runAndReadAll(
    "select cast(json_serialize_sql(cast(statement as varchar)) as varchar) from unnest($1::varchar[]) as given (statement)",
    [listValue(statements.map(({ sql }) => sql))],
  );
  return reader
    .getRowsJson()
    .map(([text], index) => statementOf(String(text), statements[index]?.file ?? ""));
}

/** Parses one select statement, as `parseSelects` does. */
export async function parseSelect(db: DuckDBConnection, sql: string, file: string): Promise<SqlNode> {
  const [tree] = await parseSelects(db, [{ sql, file }]);
  return tree as SqlNode;
}

function statementOf(text: string, file: string): SqlNode {
  const tree = parseTree(text) as {
    error: boolean;
    error_message?: string;
    statements?: { node: SqlNode }[];
  };
  if (tree.error) throw new CliError(told("sql.wrong", { place: file, reason: tree.error_message ?? "" }));
  const [statement, ...more] = tree.statements ?? [];
  if (!statement || more.length > 0) throw new CliError(told("model.oneSelect", { file }));
  return statement.node;
}

/** Turns syntax trees of selects back into SQL text, one each. */
export async function selectTexts(db: DuckDBConnection, trees: readonly SqlNode[]): Promise<string[]> {
  if (trees.length === 0) return [];
  const statements = trees.map((node) => treeText({ error: false, statements: [{ node }] }));
  const reader = await db.runAndReadAll(
    "select json_deserialize_sql(cast(statement as json)) from unnest($1::varchar[]) as given (statement)",
    [listValue(statements)],
  );
  return reader.getRowsJson().map(([text]) => String(text));
}

/** Turns expressions of a tree back into SQL text, one each. */
export async function expressionsToSql(
  db: DuckDBConnection,
  expressions: readonly SqlNode[],
): Promise<string[]> {
  const texts = await selectTexts(
    db,
    expressions.map((expression) => selectOf({ ...expression, alias: "" })),
  );
  return texts.map((text) => text.replace(/^SELECT /, ""));
}

/** `select expression`. */
export function selectOf(expression: SqlNode): SqlNode {
  return {
    type: "SELECT_NODE",
    modifiers: [],
    cte_map: { map: [] },
    select_list: [expression],
    from_table: { type: "EMPTY", alias: "", sample: null },
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: "STANDARD_HANDLING",
    having: null,
    sample: null,
    qualify: null,
  };
}

export const isNode = (value: unknown): value is SqlNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every node below and including `value`, in document order. */
export function nodes(value: unknown): SqlNode[] {
  const found: SqlNode[] = [];
  const visit = (each: unknown) => {
    if (Array.isArray(each)) return each.forEach(visit);
    if (!isNode(each)) return;
    found.push(each);
    for (const key in each) visit(each[key]);
  };
  visit(value);
  return found;
}

/** The common table expressions a query node defines, in order. */
export function ctesOf(node: SqlNode): { name: string; query: SqlNode }[] {
  const map = (node.cte_map as { map?: { key: string; value: SqlNode }[] } | undefined)?.map ?? [];
  return map.map(({ key, value }) => {
    const query = (value.query as SqlNode | undefined) ?? {};
    return { name: key, query: isNode(query.node) ? query.node : query };
  });
}

/**
 * The relations a query reads, as `schema.name`; common table expressions are not relations.
 * @throws CliError 1 for a relation without a schema
 */
export function relationsOf(tree: SqlNode, file: string): string[] {
  const found = new Set<string>();
  const ctes = new Set<string>();
  for (const node of nodes(tree)) for (const { name } of ctesOf(node)) ctes.add(name);
  for (const node of nodes(tree)) {
    if (node.type !== "BASE_TABLE") continue;
    const { schema_name: schema, table_name: table } = node as { schema_name: string; table_name: string };
    if (schema) found.add(`${schema}.${table}`);
    else if (!ctes.has(table)) throw new CliError(told("model.noSchema", { file, table }));
  }
  return [...found].sort();
}
