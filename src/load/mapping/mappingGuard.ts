import type { DuckDBConnection } from "@duckdb/node-api";
import { ctesOf, isNode, type SqlNode } from "../../engine/sqlTree.js";
import { parseTree } from "../../engine/treeText.js";
import { CliError } from "../../run/error.js";
import { type Told, told } from "../../words/told.js";
import { endlessCall } from "./sizedCalls.js";

/**
 * Reads an expression of `sources.yaml`, before anything of it runs: one scalar expression over the columns of its
 * source, and nothing that reaches beyond them.
 * @param place where it stands, for the message
 * @throws CliError 2 saying what it may not hold
 */
export async function readExpression(db: DuckDBConnection, text: string, place: string): Promise<SqlNode> {
  const node = await readStatement(db, `select ${text}\n`, place);
  const { select_list: items, ...rest } = node;
  const { select_list: _, ...bare } = await readStatement(db, "select null", place);
  const [expression, ...more] = items as SqlNode[];
  if (!expression || more.length > 0 || JSON.stringify(rest) !== JSON.stringify(bare)) throw notOne(place);
  if (expression.alias !== "") throw notOne(place);
  new Guard(place, new Set()).expression(expression, new Set());
  requireEnd(expression, place);
  return expression;
}

/**
 * Reads a `select` of `sources.yaml`, before anything of it runs: one SELECT over the raw tables of its source.
 * @param tables their names
 * @throws CliError 2 saying what it may not hold
 */
export async function readSelect(
  db: DuckDBConnection,
  text: string,
  tables: Iterable<string>,
  place: string,
): Promise<SqlNode> {
  const node = await readStatement(db, text, place);
  new Guard(place, new Set([...tables].map((name) => name.toLowerCase()))).query(node, new Set());
  requireEnd(node, place);
  return node;
}

function requireEnd(tree: SqlNode, place: string): void {
  const call = endlessCall(tree);
  if (call) throw new CliError(told("mapping.endless", { place, ...call }), 2);
}

async function readStatement(db: DuckDBConnection, text: string, place: string): Promise<SqlNode> {
  const reader = await db.runAndReadAll("select cast(json_serialize_sql(cast($1 as varchar)) as varchar)", [
    text,
  ]);
  const tree = parseTree(String(reader.value(0, 0))) as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    statements?: { node: SqlNode; named_param_map: unknown[] }[];
  };
  if (tree.error && tree.error_type === "parser") {
    const [reason = ""] = String(tree.error_message).split("\n");
    throw new CliError(told("sql.wrong", { place, reason }), 2);
  }
  const [statement, ...more] = tree.statements ?? [];
  if (tree.error || !statement || more.length > 0) throw notOne(place);
  return statement.node;
}

const notOne = (place: string) => new CliError(told("mapping.oneStatement", { place }), 2);

/** What a FROM clause may call: functions that make rows of their arguments and read nothing else. */
const rowFunctions = new Set(["unnest", "range", "generate_series", "json_each", "json_tree"]);

/** Functions that read or change what is outside the source's rows, or that give another result each time. */
const outside =
  /^(getenv|getvariable|current_setting|set_config|setseed|random|.*uuid.*|nextval|currval|lastval|sleep_ms|write_log|stats|error|version|in_search_path|get_block_size|query.*|json_serialize.*|json_deserialize.*|json_execute.*|current_(?!date$|time$|timestamp$|localtime$|localtimestamp$).*|session_user|user|txid_current|pg_.*|has_.*_privilege|inet_.*|.*_description|duckdb_.*|pragma_.*|parse_duckdb.*|read_.*|.*_scan.*|glob|sniff_.*|which_secret|copy_.*|import_.*|(force_)?checkpoint|__internal.*|add_parquet_key)$/;

/** Tells functions that a mapping may not call from those it may. */
export const reachesOutside = (name: string): boolean => outside.test(name.toLowerCase());

/** Walks a tree; whatever it does not know is refused. */
class Guard {
  constructor(
    private readonly place: string,
    private readonly tables: ReadonlySet<string>,
  ) {}

  query(node: SqlNode, outer: ReadonlySet<string>): void {
    const seen = new Set(outer);
    for (const { name, query } of ctesOf(node)) {
      this.query(query, seen);
      seen.add(name.toLowerCase());
    }
    const { cte_map: _, from_table: from, left, right, children, ...rest } = node;
    switch (node.type) {
      case "SELECT_NODE":
        this.from(from, seen);
        break;
      case "SET_OPERATION_NODE":
        for (const part of [left, right, ...((children as unknown[] | undefined) ?? [])])
          if (isNode(part)) this.query(part, seen);
        break;
      case "RECURSIVE_CTE_NODE":
        seen.add(String(node.cte_name).toLowerCase());
        for (const part of [left, right]) if (isNode(part)) this.query(part, seen);
        break;
      default:
        throw this.refused(String(node.type));
    }
    this.expression(Object.values(rest), seen);
  }

  /** Any part of a query that holds no table of its own: expressions, modifiers, lists of them. */
  expression(value: unknown, tables: ReadonlySet<string>): void {
    if (Array.isArray(value)) {
      for (const item of value) this.expression(item, tables);
    } else if (isNode(value)) {
      if (value.class === "PARAMETER") throw this.refused(told("sql.parameter"));
      if (value.class === "FUNCTION" || value.class === "WINDOW") this.function(value, reachesOutside);
      if (value.class === "SUBQUERY") {
        const { subquery, ...rest } = value;
        this.query((subquery as { node: SqlNode }).node, tables);
        this.expression(Object.values(rest), tables);
      } else if (isQuery(value)) this.query(value, tables);
      else if ("table_name" in value) this.from(value, tables);
      else for (const child of Object.values(value)) this.expression(child, tables);
    }
  }

  private from(value: unknown, tables: ReadonlySet<string>): void {
    if (!isNode(value)) return;
    const rest = { ...value };
    const take = (key: string) => {
      delete rest[key];
      return value[key];
    };
    switch (value.type) {
      case "EMPTY":
      case "EXPRESSION_LIST":
        break;
      case "BASE_TABLE":
        this.table(value, tables);
        return;
      case "JOIN":
        this.from(take("left"), tables);
        this.from(take("right"), tables);
        break;
      case "SUBQUERY":
        this.query((take("subquery") as { node: SqlNode }).node, tables);
        break;
      case "TABLE_FUNCTION": {
        const { children, ...call } = take("function") as SqlNode;
        this.function(call, (name) => !rowFunctions.has(name.toLowerCase()));
        this.expression(children, tables);
        break;
      }
      case "PIVOT":
        this.from(take("source"), tables);
        break;
      default:
        throw this.refused(String(value.type));
    }
    this.expression(Object.values(rest), tables);
  }

  private table(node: SqlNode, tables: ReadonlySet<string>): void {
    const name = String(node.table_name);
    const isOwn = tables.has(name.toLowerCase()) || this.tables.has(name.toLowerCase());
    if (isOwn && !node.schema_name && !node.catalog_name) return;
    const full = [node.catalog_name, node.schema_name, name].filter(Boolean).join(".");
    const own = [...this.tables].join(", ");
    throw new CliError(told("mapping.otherTable", { place: this.place, own, table: full }), 2);
  }

  private function(call: SqlNode, isRefused: (name: string) => boolean): void {
    const name = String(call.function_name);
    const schema = String(call.schema ?? "");
    if (isRefused(name) || !["", "main"].includes(schema) || call.catalog)
      throw this.refused([call.catalog, schema, name].filter((part) => part && part !== "main").join("."));
  }

  private refused(what: string | Told): CliError {
    return new CliError(told("mapping.beyond", { place: this.place, what }), 2);
  }
}

const isQuery = (node: SqlNode) =>
  typeof node.type === "string" && node.type.endsWith("_NODE") && node.class === undefined;
