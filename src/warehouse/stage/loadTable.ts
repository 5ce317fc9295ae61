import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type CsvCount, CsvExtract } from "../../../loaders/csv.js";
import { stagingColumns } from "../../contract/ddl.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import {
  breachSql,
  type Cells,
  mappableColumns,
  type RunContext,
  typedSql,
} from "../../contract/validation.js";
import { CliError } from "../../error.js";
import { machineFailure } from "../../machineFailure.js";
import { readExpression } from "./mappingGuard.js";
import type { PlannedMapping, PlannedSource } from "./plan.js";
import { literal, quoted } from "./quoting.js";

/** A run of consecutive rows of a staging table that came from one file or one `select`. */
export interface Unit {
  source: PlannedSource;
  mapping: PlannedMapping;
  /** Relative to the data folder; null for a `select` over several files. */
  file: string | null;
  /** `rowid` of its first row, and how many there are. */
  base: number;
  rows: number;
  /** File and physical line of rows, by their ordinals in the unit. */
  placesOf(ordinals: readonly number[]): Promise<Place[]>;
  /** Rows as the source has them, as JSON objects; ordinals ascend. */
  rawOf(ordinals: readonly number[]): Promise<string[]>;
  /** How cells are typed, to judge its broken rows once more. */
  cells: Cells;
  context: RunContext;
}

/** Where a row stands; null where a `select` joins or sums rows so that it cannot be told. */
export interface Place {
  file: string | null;
  line: number | null;
}

/** States of a row during the load. */
export const rowState = { good: 0, broken: 1, leftOut: 2 } as const;

/** Creates the staging table as it is during the load: with `updated_at`, the row's state and its raw cells. */
export async function createLoadTable(db: DuckDBConnection, table: TableName): Promise<void> {
  const columns = [
    ...stagingColumns(table).map(({ name, type }) => `${quoted(name)} ${type}`),
    "updated_at TIMESTAMPTZ",
    "_state UTINYINT",
    "_raw VARCHAR",
  ];
  await db.run(`create table staging.${quoted(table)} (${columns.join(", ")})`);
}

/** Opens a source's file with the source's settings. */
export function openExtract(source: PlannedSource, file: string, tempDir: string): Promise<CsvExtract> {
  const { delimiter, encoding } = source.settings;
  const tabbed = /\.tsv(\.gz)?$/i.test(file) ? "\t" : undefined;
  const chosen = delimiter ?? tabbed;
  return CsvExtract.open(join(source.folder, file), {
    tempDir,
    ...(chosen ? { delimiter: chosen } : {}),
    ...(encoding ? { encoding } : {}),
  });
}

/**
 * Loads one file into its staging table: one statement reads, maps, types and judges every row.
 * @throws CliError 1 for a header without the required columns, 2 for a mapping that does not bind
 */
export async function loadFile(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: CsvExtract,
  context: RunContext,
  label: string,
): Promise<{ count: CsvCount; cells: Cells }> {
  const expressions = await columnExpressions(db, mapping, extract, label);
  const cells = await bind(db, mapping, expressions, extract, label);
  try {
    const count = await extract.load(db, async (relation) => {
      const sql = insertSql(mapping, expressions, cells, context, extract.columns, relation);
      return (await db.run(sql)).rowsChanged;
    });
    return { count, cells };
  } catch (error) {
    const failure = machineFailure(error);
    if (failure) throw failure;
    const isMapping = Boolean(mapping.columns || mapping.where);
    const reason = (error as Error).message.split("\n")[0];
    throw new CliError(
      { en: `${label}: ${reason}`, zh: `${label}：SQL 有误：${reason}` },
      isMapping ? 2 : 1,
      { cause: error },
    );
  }
}

/**
 * Contract column → SQL over the file's columns.
 * @throws CliError 1 for a header without the required columns, 2 for what is no such SQL
 */
export async function columnExpressions(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: CsvExtract,
  label: string,
): Promise<Map<string, string>> {
  if (mapping.columns) {
    const mapped = new Map<string, string>();
    for (const [name, text] of Object.entries(mapping.columns))
      mapped.set(name, await expressionSql(db, text, extract, `${label}.columns.${name}`));
    return mapped;
  }
  return columnsByName(mapping, extract, label);
}

/** An expression's SQL. What is a column's name needs no quotes, whatever it is made of. */
async function expressionSql(
  db: DuckDBConnection,
  text: string,
  extract: CsvExtract,
  place: string,
): Promise<string> {
  const column = /^[\d.]+$/.test(text) ? undefined : columnNamed(text, extract.columns);
  if (column !== undefined) return quoted(column);
  try {
    await readExpression(db, text, place);
  } catch (error) {
    throw error instanceof CliError ? withColumns(error, extract.columns) : error;
  }
  return `(${text}\n)`;
}

function columnNamed(text: string, columns: readonly string[]): string | undefined {
  const name = foldHeader(text);
  const alike = columns.filter((column) => foldHeader(column) === name);
  return columns.find((column) => column === text.trim()) ?? (alike.length === 1 ? alike[0] : undefined);
}

const withColumns = (error: CliError, columns: readonly string[]) =>
  new CliError(
    {
      en: `${error.message} (columns of the file: ${shown(columns)})`,
      zh: `${error.in("zh-CN")}（文件的列：${shown(columns)}）`,
    },
    2,
    { cause: error },
  );

function columnsByName(mapping: PlannedMapping, extract: CsvExtract, label: string): Map<string, string> {
  const columns = extract.columns;
  const found = new Map<string, string>();
  for (const [index, cell] of extract.header.entries()) {
    const name = foldHeader(cell);
    const column = mappableColumns(mapping.table).find((candidate) => candidate.name === name);
    if (!column) continue;
    if (found.has(name))
      throw new CliError(
        {
          en: `${label}: the header has two columns of the name: ${name}`,
          zh: `${label}：表头有两列同名：${name}`,
        },
        1,
      );
    found.set(name, quoted(columns[index] ?? name));
  }
  const missing = columnsOf(mapping.table)
    .filter((column) => column.required && !found.has(column.name))
    .map(({ name }) => name);
  if (missing.length > 0) {
    const expected = columnsOf(mapping.table).map((column) =>
      column.required ? `${column.name}*` : column.name,
    );
    throw new CliError(
      {
        en: `${label}: the header lacks required columns of ${mapping.table}: ${missing.join(", ")} (found: ${shown(extract.header)}; expected, * required: ${expected.join(", ")})`,
        zh: `${label}：表头缺少 ${mapping.table} 的必填列：${missing.join("、")}（现有：${shown(extract.header)}；应有，* 为必填：${expected.join("、")}）`,
      },
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
  const text = header.map((cell) => cell.replaceAll(/[^\P{C}\t]/gu, "�")).join(", ");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Types of the mapped cells; binding errors are the mapping's. */
async function bind(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  expressions: Map<string, string>,
  extract: CsvExtract,
  label: string,
): Promise<Cells> {
  if (!mapping.columns && !mapping.where)
    return new Map([...expressions.keys()].map((name) => [name, "VARCHAR"]));
  const cells = new Map<string, string>();
  for (const [name, expression] of expressions) {
    cells.set(name, await typeOf(db, expression, extract, `${label}.columns.${name}`));
  }
  if (mapping.where) {
    await readExpression(db, mapping.where, `${label}.where`);
    await typeOf(db, `(${mapping.where}\n)::BOOLEAN`, extract, `${label}.where`);
  }
  for (const column of columnsOf(mapping.table)) {
    if (column.required && !cells.has(column.name)) {
      throw new CliError(
        {
          en: `${label}.columns: nothing is mapped to the required column: ${column.name}`,
          zh: `${label}.columns：必填列没有映射：${column.name}`,
        },
        2,
      );
    }
  }
  return cells;
}

async function typeOf(
  db: DuckDBConnection,
  expression: string,
  extract: CsvExtract,
  path: string,
): Promise<string> {
  try {
    const described = await db.runAndReadAll(
      `describe select ${expression} as cell from ${extract.relation()} as extract`,
    );
    return String(described.getRowObjects()[0]?.column_type);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    const fault = new CliError({ en: `${path}: ${reason}`, zh: `${path}：SQL 有误：${reason}` }, 2, {
      cause: error,
    });
    throw withColumns(fault, extract.columns);
  }
}

function insertSql(
  mapping: PlannedMapping,
  expressions: Map<string, string>,
  cells: Cells,
  context: RunContext,
  columns: string[],
  relation: string,
): string {
  const mapped = [...expressions].map(([name, expression]) => `${expression} as ${quoted(`c_${name}`)}`);
  const raw = columns.map((column, index) => `${quoted(column)} as "_r${index}"`);
  const kept = mapping.where
    ? [`coalesce((${mapping.where}\n)::BOOLEAN, false) as _kept`]
    : ["true as _kept"];
  const source = `select ${[...mapped, ...raw, ...kept].join(", ")} from ${relation} as extract`;
  const carriedRaw = columns.map((_, index) => `"_r${index}"`);
  const rawCells = columns.map((column, index) => `${literal(column)}: "_r${index}"`);
  return judgedInsert(mapping.table, cells, context, source, carriedRaw, `{${rawCells.join(", ")}}`);
}

/** The statement that fills a staging table from a relation of cells, `_kept` and the columns the raw text needs. */
export function judgedInsert(
  table: TableName,
  cells: Cells,
  context: RunContext,
  relation: string,
  carriedRaw: readonly string[],
  raw: string,
): string {
  const carriedCells = [...cells.keys()].map((name) => quoted(`c_${name}`));
  const typed = typedSql(table, cells, context, relation, [...carriedCells, ...carriedRaw, "_kept"]);
  const mappedTexts = [...cells.keys()].map(
    (name) => `${literal(name)}: cast(${quoted(`c_${name}`)} as VARCHAR)`,
  );
  const columns = [...stagingColumns(table).map(({ name }) => quoted(name)), "updated_at"];
  return [
    `insert into staging.${quoted(table)}`,
    `select ${columns.join(", ")},`,
    `case when not _kept then ${rowState.leftOut} when _broken then ${rowState.broken} else ${rowState.good} end,`,
    `case when _kept and _broken then cast(to_json({'r': ${raw}, 'm': {${mappedTexts.join(", ")}}}) as VARCHAR) end`,
    `from (select *, ${breachSql(table, cells, context)} as _broken from (${typed}) as typed) as judged`,
  ].join("\n");
}
