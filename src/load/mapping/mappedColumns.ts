import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { columnNames, type Extract } from "../../../loaders/index.js";
import { suggest } from "../../catalogue/suggest.js";
import { columnsOf } from "../../contract/index.js";
import { formulaError, isFormulaError } from "../../contract/notation.js";
import type { RunContext } from "../../contract/runContext.js";
import { mappableColumns } from "../../contract/validation.js";
import { quoted } from "../../engine/sql.js";
import { expressionsToSql, nodes, type SqlNode } from "../../engine/sqlTree.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import { looksPersonal, masked } from "../persons/personal.js";
import type { PlannedMapping } from "../plan.js";
import type { Loss } from "./losses.js";
import { readExpression } from "./mappingGuard.js";
import { makeTolerant } from "./tolerant.js";

/** SQL over a file's columns that gives a contract column's cell. */
export interface MappedCell {
  value: string;
  type: string;
  /** Where it may lose a cell. */
  loss?: Omit<Loss, "column">;
  /** It looks at other rows of the file. */
  isWindow?: boolean;
}

/** What the column of a row's place in its file is called, where a mapping has windows: as none of the file's is. */
export const ordinalOf = (columns: readonly string[]): string =>
  columnNames([...columns, "_ordinal"]).at(-1) ?? "";

/** A window that numbers rows, or looks ahead or back, without saying in which order: in that of the file. */
const numbering = ["WINDOW_ROW_NUMBER", "WINDOW_LAG", "WINDOW_LEAD"];
const inFileOrder = (ordinal: string) => [
  {
    type: "ORDER_DEFAULT",
    null_order: "ORDER_DEFAULT",
    expression: { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", column_names: [ordinal] },
  },
];

/**
 * What each contract column is read from.
 * @throws CliError 1 for a header without the required columns, 2 for what is no SQL over the file's columns
 */
export async function columnExpressions(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: Extract,
  label: string,
  context: Pick<RunContext, "nullValues"> = {},
): Promise<Map<string, MappedCell>> {
  if (!mapping.columns) return columnsByName(mapping, extract, label);
  const mapped = new Map<string, MappedCell>();
  const faults: CliError[] = [];
  for (const [name, text] of Object.entries(mapping.columns)) {
    const column = columnNamed(text, extract.columns);
    const cell =
      column === undefined
        ? await expressionOf(db, text, extract, `${label}.columns.${name}`, context).catch(asFault)
        : { value: quoted(column), type: "VARCHAR" };
    if (cell instanceof CliError) faults.push(cell);
    else mapped.set(name, cell);
  }
  const last = faults.pop();
  if (last === undefined) return mapped;
  // Several columns that changed at once are told at once; what the file has instead, behind the last.
  const others = faults.map(({ cause, wording }) => (cause instanceof CliError ? cause.wording : wording));
  throw faults.length === 0
    ? last
    : new CliError(told("faults", { faults: [...others, last.wording] }), last.exitCode, { cause: last });
}

/** What is wrong with a mapping, to be told with the others'; anything else is thrown on. */
function asFault(error: unknown): CliError {
  if (error instanceof CliError && error.exitCode === 2) return error;
  throw error;
}

/**
 * An expression of `sources.yaml` over the columns of a file.
 * @throws CliError 2 for what is no SQL over them
 */
export async function expressionOf(
  db: DuckDBConnection,
  text: string,
  extract: Extract,
  place: string,
  { nullValues = [] }: Pick<RunContext, "nullValues">,
): Promise<MappedCell> {
  try {
    const node = await readExpression(db, text, place);
    if (node.class === "COLUMN_REF") requireColumn(node, extract, place);
    const ordinal = ordinalOf(extract.columns);
    const overRows = await windowed(db, node, ordinal);
    const isWindow = overRows !== undefined;
    const value = `(${overRows ?? text}\n)`;
    const relation = isWindow
      ? `(select *, 0 as ${quoted(ordinal)} from ${extract.relation()})`
      : extract.relation();
    const [type = "VARCHAR"] = await typesOf(db, [value], relation, place);
    const plain = { value, type, isWindow };
    if (node.class === "COLUMN_REF" || node.class === "CONSTANT") return plain;
    const [tolerant] = await makeTolerant(db, [node], { nullValues, isDeep: false });
    if (!tolerant) return plain;
    const { lost, lostOver, cells, reads } = tolerant;
    // What names an error itself knows what to make of it.
    const mayMeetErrors = extract.mayHoldErrors && !new RegExp(formulaError).test(text);
    const errors = mayMeetErrors
      ? reads.map((names) => isFormulaError(names.map(quoted).join("."), nullValues))
      : [];
    const when = [lost, lostOver, ...errors].filter((each) => each !== undefined).join(" or ") || "false";
    const types = await typesOf(db, [tolerant.value, when, cells], relation, place).catch(() => []);
    if (types[0] !== type) return plain;
    const loss = when === "false" ? {} : { loss: { expression: text, when, cells } };
    return { ...plain, value: tolerant.value, ...loss };
  } catch (error) {
    throw error instanceof CliError ? withColumns(error, extract) : error;
  }
}

/** Lets windows that number rows do so in the file's order; undefined where an expression looks at no other row. */
async function windowed(db: DuckDBConnection, node: SqlNode, ordinal: string): Promise<string | undefined> {
  const windows = nodes(node).filter((each) => each.class === "WINDOW");
  for (const window of windows) {
    const isOrdered = [window.orders, window.arg_orders].some((orders) => (orders as unknown[]).length > 0);
    if (!isOrdered && numbering.includes(String(window.type))) window.orders = inFileOrder(ordinal);
  }
  return windows.length > 0 ? (await expressionsToSql(db, [node]))[0] : undefined;
}

async function typesOf(
  db: DuckDBConnection,
  expressions: readonly string[],
  relation: string,
  place: string,
): Promise<string[]> {
  try {
    const items = expressions.map((expression, index) => `${expression} as item${index}`);
    const described = await db.runAndReadAll(
      `describe select ${items.join(", ")} from ${relation} as extract`,
    );
    return described.getRowObjects().map((row) => String(row.column_type));
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new CliError(told("sql.wrong", { place, reason }), 2, {
      cause: error,
    });
  }
}

/** The column that a mapping's text is the name of: that needs no quotes, whatever it is made of but digits. */
export function columnNamed(text: string, columns: readonly string[]): string | undefined {
  if (/^[\d.]+$/.test(text)) return undefined;
  const name = foldHeader(text);
  const alike = columns.filter((column) => foldHeader(column) === name);
  return columns.find((column) => column === text.trim()) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** A column that the file does not have; a single one that it has may be the title above its table. */
function requireColumn(node: SqlNode, { columns, file, isRelation }: Extract, place: string): void {
  const [name = "", ...more] = node.column_names as string[];
  if (more.length > 0 || columns.some((column) => column.toLowerCase() === name.toLowerCase())) return;
  const title = columns.length === 1 && !isRelation ? told("header.titleAbove") : "";
  const near = suggest(name, columns);
  throw new CliError(told("column.missing", { place, file: basename(file), title, near, name }), 2);
}

function withColumns(error: CliError, { columns, file }: Extract): CliError {
  const wording = told("sql.columnsOf", {
    wrong: error.wording,
    columns: shown(columns),
    file: basename(file),
  });
  return new CliError(wording, 2, { cause: error });
}

function columnsByName(mapping: PlannedMapping, extract: Extract, label: string): Map<string, MappedCell> {
  const columns = extract.columns;
  const found = new Map<string, MappedCell>();
  for (const [index, cell] of extract.header.entries()) {
    const folded = foldHeader(cell);
    const column = mappableColumns(mapping.table, mapping.extra).find(
      (candidate) => foldHeader(candidate.name) === folded,
    );
    if (!column) continue;
    const { name } = column;
    if (found.has(name)) throw new CliError(told("header.twice", { place: label, name }), 1);
    found.set(name, { value: quoted(columns[index] ?? name), type: "VARCHAR" });
  }
  const missing = columnsOf(mapping.table)
    .filter((column) => column.required && !found.has(column.name))
    .map(({ name }) => name);
  if (missing.length > 0) {
    const expected = columnsOf(mapping.table).map((column) =>
      column.required ? `${column.name}*` : column.name,
    );
    throw new CliError(
      told("header.lacks", {
        place: label,
        table: mapping.table,
        missing,
        found: shown(extract.header),
        expected,
      }),
      1,
    );
  }
  return found;
}

/** The name a header cell stands for. */
export function foldHeader(cell: string): string {
  return cell
    .normalize("NFKC")
    .replaceAll(/^[\s\ufeff]+|[\s\ufeff]+$/g, "")
    .toLowerCase();
}

function shown(header: readonly string[]): string {
  const text = header
    .map((cell) => (looksPersonal(cell) ? masked : cell).replaceAll(/[^\P{C}\t]/gu, "�"))
    .join(", ");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
