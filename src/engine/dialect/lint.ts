import { isNode, nodes, type SqlNode } from "../sqlTree.js";
import { macros } from "./macros.js";

/** What a statement uses that not every engine has. */
export interface Finding {
  file: string;
  line: number;
  found: string;
}

/** The functions that models and cube use: every engine has them under this name, or the dialect has a word for it. */
const functions = new Set([
  ...macros.map(({ name }) => name),
  ...["+", "-", "*", "/", "%", "||", "~~", "!~~"],
  ...["count", "count_star", "sum", "min", "max", "bit_or", "grouping"],
  ...["row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value"],
  ...["year", "month", "date_trunc", "floor", "ceil", "round", "abs", "sqrt", "greatest", "least", "nullif"],
  ...["lower", "upper", "trim", "length", "replace", "translate", "regexp_matches", "regexp_replace"],
]);

const types = new Set("VARCHAR INTEGER BIGINT DOUBLE DECIMAL DATE TIMESTAMP BOOLEAN".split(" "));

const wholeTypes = new Set(["INTEGER", "BIGINT"]);

/** Functions of the above that give whole numbers, or sum them up. */
const wholes = new Set(
  "floor ceil round sum count count_star row_number year month days_between divide epoch_us".split(" "),
);

/** Columns that hold whole numbers by their name. */
const isNumber = /_(count|number|month|days|microseconds)$/;

/** Columns that hold a day or an instant by their name: a number is neither added to them nor taken off them. */
const isOfTime = /(_on|_at|_start|_day|period_end)$/;

/** Everything of a select statement that the portable core of SQL does not have, in the order of its lines. */
export function lintSelect({ file, sql, tree }: { file: string; sql: string; tree: SqlNode }): Finding[] {
  const bytes = Buffer.from(sql);
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString().split("\n").length;
  const found = trailingCommas(sql).map((offset) => ({
    line: lineAt(offset),
    found: "a comma before nothing",
  }));
  const visit = (value: unknown, near: number) => {
    if (Array.isArray(value)) for (const each of value) visit(each, near);
    if (!isNode(value)) return;
    const place = placeOf(value) ?? placeOf(nodes(value).find((each) => placeOf(each) !== undefined)) ?? near;
    const what = refused(value);
    if (what !== undefined) found.push({ line: lineAt(place), found: what });
    for (const key in value) visit(value[key], place);
  };
  visit(tree, 0);
  return found.map((each) => ({ file, ...each })).sort((one, other) => one.line - other.line);
}

/** Findings as the lines of a message. */
export const findingsText = (findings: readonly Finding[]) =>
  findings.map(({ file, line, found }) => `${file}:${line}: not in every engine: ${found}`).join("\n");

function placeOf(node: SqlNode | undefined): number | undefined {
  const text = (node?.query_location as { "\u0000number": string } | undefined)?.["\u0000number"];
  const place = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(place) ? place : undefined;
}

/** The name of what a node is, where not every engine has it. */
function refused(node: SqlNode): string | undefined {
  return (
    refusedExpression(node) ??
    refusedRelation(node) ??
    (node.qualify ? "qualify" : undefined) ??
    (node.aggregate_handling === "FORCE_AGGREGATES" ? "group by all" : undefined)
  );
}

function refusedExpression(node: SqlNode): string | undefined {
  const name = String(node.function_name ?? "");
  switch (node.class) {
    case "FUNCTION":
    case "WINDOW":
      return functions.has(name) ? refusedCall(node, name) : name;
    case "STAR":
      return refusedStar(node);
    case "LAMBDA":
      return "a lambda";
    case "CAST": {
      const { id } = node.cast_type as { id: string };
      if (node.try_cast === true) return "try_cast";
      if (wholeTypes.has(id) && !isWhole(node.child)) return "a cast that rounds";
      return types.has(id) ? undefined : `the type ${id.toLowerCase()}`;
    }
    case "COLUMN_REF":
      return (node.column_names as string[]).at(-1) === "rowid" ? "rowid" : undefined;
    default:
      return String(node.type).startsWith("ARRAY_") || node.type === "STRUCT_EXTRACT"
        ? "a list or struct"
        : undefined;
  }
}

function refusedCall(node: SqlNode, name: string): string | undefined {
  if (name === "regexp_replace" && (node.children as SqlNode[]).length < 4)
    return "regexp_replace without 'g'";
  if (name === "/") return refusedDivision(...(node.children as [SqlNode, SqlNode]));
  if (name !== "+" && name !== "-") return undefined;
  const isTime = (child: SqlNode) =>
    (child.class === "COLUMN_REF" && isOfTime.test((child.column_names as string[]).at(-1) ?? "")) ||
    (child.class === "CAST" && ["DATE", "TIMESTAMP"].includes((child.cast_type as { id: string }).id));
  return (node.children as SqlNode[]).some(isTime) ? `a day ${name} a number` : undefined;
}

/** Whole numbers divided are whole in some engines, decimals keep their scale, and by zero is an error, null or infinite. */
function refusedDivision(dividend: SqlNode, divisor: SqlNode): string | undefined {
  if (!isDouble(dividend) && !isDouble(divisor)) return "/ without a double";
  const constant = divisor.class === "CONSTANT" ? (divisor.value as { value?: unknown }).value : undefined;
  const isKept = divisor.function_name === "nullif" || (constant !== undefined && numberOf(constant) !== 0);
  return isKept ? undefined : "/ by what may be 0";
}

/** A number of a tree, which may be kept as its text. */
const numberOf = (value: unknown) =>
  Number(isNode(value) ? (value as { "\u0000number"?: string })["\u0000number"] : value);

/** Whether an expression is a double by its words: a cast, a literal such as 1e0, or arithmetic with one. */
function isDouble(node: SqlNode): boolean {
  if (node.class === "CAST") return (node.cast_type as { id: string }).id === "DOUBLE";
  if (node.class === "CONSTANT") return (node.value as { type: { id: string } }).type.id === "DOUBLE";
  const isKept = ["+", "-", "*", "/", "nullif", "sqrt"].includes(String(node.function_name));
  return isKept && (node.children as SqlNode[]).some(isDouble);
}

/** Whether what is cast to a whole number is one already by its words; each engine rounds halves in its own way. */
function isWhole(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.class === "CONSTANT") {
    const { type, is_null: isNull } = value.value as { type: { id: string }; is_null: boolean };
    return isNull || wholeTypes.has(type.id);
  }
  if (value.class === "COLUMN_REF") return isNumber.test((value.column_names as string[]).at(-1) ?? "");
  const isMade = value.type === "OPERATOR_COALESCE" || ["+", "-", "*"].includes(String(value.function_name));
  return isMade ? (value.children as unknown[]).every(isWhole) : wholes.has(String(value.function_name));
}

function refusedStar(node: SqlNode): string | undefined {
  const has = (key: string) => Array.isArray(node[key]) && (node[key] as unknown[]).length > 0;
  if (node.columns === true) return "columns(…), or order by all";
  if (has("replace_list")) return "* replace";
  return has("exclude_list") || has("rename_list") ? "* exclude" : undefined;
}

function refusedRelation(node: SqlNode): string | undefined {
  if (node.type === "TABLE_FUNCTION") return "a function as a table";
  if (node.type === "PIVOT") return "pivot";
  if (node.type === "RECURSIVE_CTE_NODE") return "a recursive query";
  if (node.setop_type === "UNION_BY_NAME") return "union by name";
  if (node.type === "DISTINCT_MODIFIER" && (node.distinct_on_targets as unknown[]).length > 0)
    return "distinct on";
  if (node.type !== "JOIN") return undefined;
  if (!["REGULAR", "CROSS"].includes(String(node.ref_type)))
    return `a ${String(node.ref_type).toLowerCase()} join`;
  return ["SEMI", "ANTI", "MARK"].includes(String(node.join_type)) ? "a semi join" : undefined;
}

const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}\p{N}_]+|[^\s]/gu;
const closing = /^(?:from|where|group|having|order|union|limit|window|\)|;)$/i;

/** Where commas stand that DuckDB passes over and its tree does not show, as offsets in bytes. */
function trailingCommas(sql: string): number[] {
  const tokens = [...sql.matchAll(token)].filter(
    ([text]) => !text.startsWith("--") && !text.startsWith("/*"),
  );
  return tokens
    .filter(([text], index) => text === "," && closing.test(tokens[index + 1]?.[0] ?? ";"))
    .map(({ index }) => Buffer.byteLength(sql.slice(0, index)));
}
