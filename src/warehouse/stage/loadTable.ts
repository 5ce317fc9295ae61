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
import { suggest, suggestZh } from "../../kpi/suggest.js";
import { machineFailure } from "../../machineFailure.js";
import { expressionsToSql, nodes, type SqlNode } from "../sqlTree.js";
import { type Loss, lossesSql } from "./losses.js";
import { readExpression } from "./mappingGuard.js";
import { notesSql } from "./notes.js";
import { looksPersonal } from "./personal.js";
import type { PlannedMapping, PlannedSource } from "./plan.js";
import { literal, quoted } from "./quoting.js";
import { makeTolerant } from "./tolerant.js";
import { requireWidth, wideColumns } from "./width.js";

/** A run of consecutive rows of a staging table that came from one file or one `select`. */
export interface Unit {
  source: PlannedSource;
  mapping: PlannedMapping;
  /** Relative to the data folder; null for a `select` over several files. */
  file: string | null;
  /** `rowid` of its first row, and how many there are. */
  base: number;
  rows: number;
  /** Rows that a `select` made nothing of: they went to the quarantine before. */
  refused: number;
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
export async function createLoadTable(
  db: DuckDBConnection,
  table: TableName,
  extra: readonly string[],
): Promise<void> {
  const columns = [
    ...stagingColumns(table, extra).map(({ name, type }) => `${quoted(name)} ${type}`),
    "updated_at TIMESTAMPTZ",
    "_state UTINYINT",
    "_notes BIGINT",
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
  const expressions = await columnExpressions(db, mapping, extract, label, context);
  const kept = mapping.where
    ? await expressionOf(db, `cast((${mapping.where}\n) as boolean)`, extract, `${label}.where`, context)
    : undefined;
  const cells = new Map([...expressions].map(([name, { type }]) => [name, type]));
  try {
    const inOrder = [...expressions.values(), kept].some((cell) => cell?.isWindow);
    if (inOrder) requireWidth(extract.columns.length, extract.file);
    const count = await extract.load(db, async (relation) => {
      if (!inOrder) {
        const sql = insertSql(mapping, expressions, kept, cells, context, extract.columns, relation);
        return (await db.run(sql)).rowsChanged;
      }
      // A window gives its rows in an order of its own, in which no line of the file could be told any more.
      await db.run(`create or replace temp table rows_in_order as select * from ${relation}`);
      const rows = `(select *, rowid as ${ordinal} from rows_in_order)`;
      const sql = insertSql(mapping, expressions, kept, cells, context, extract.columns, rows, [ordinal]);
      const { rowsChanged } = await db.run(`${sql}\norder by ${ordinal}`);
      await db.run("drop table rows_in_order");
      return rowsChanged;
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

/** SQL over a file's columns that gives a contract column's cell. */
export interface MappedCell {
  value: string;
  type: string;
  /** Where it may lose a cell. */
  loss?: Omit<Loss, "column">;
  /** It looks at other rows of the file. */
  isWindow?: boolean;
}

/** The column of a row's place in its file, where a mapping has windows. */
const ordinal = quoted("_ordinal");

/** A window that numbers rows, or looks ahead or back, without saying in which order: in that of the file. */
const numbering = ["WINDOW_ROW_NUMBER", "WINDOW_LAG", "WINDOW_LEAD"];
const inFileOrder = [
  {
    type: "ORDER_DEFAULT",
    null_order: "ORDER_DEFAULT",
    expression: { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", column_names: ["_ordinal"] },
  },
];

/**
 * What each contract column is read from.
 * @throws CliError 1 for a header without the required columns, 2 for what is no SQL over the file's columns
 */
export async function columnExpressions(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extract: CsvExtract,
  label: string,
  context: Pick<RunContext, "nullValues"> = {},
): Promise<Map<string, MappedCell>> {
  if (!mapping.columns) return columnsByName(mapping, extract, label);
  const mapped = new Map<string, MappedCell>();
  for (const [name, text] of Object.entries(mapping.columns)) {
    // What is a column's name needs no quotes, whatever it is made of.
    const column = /^[\d.]+$/.test(text) ? undefined : columnNamed(text, extract.columns);
    mapped.set(
      name,
      column === undefined
        ? await expressionOf(db, text, extract, `${label}.columns.${name}`, context)
        : { value: quoted(column), type: "VARCHAR" },
    );
  }
  return mapped;
}

async function expressionOf(
  db: DuckDBConnection,
  text: string,
  extract: CsvExtract,
  place: string,
  { nullValues = [] }: Pick<RunContext, "nullValues">,
): Promise<MappedCell> {
  try {
    const node = await readExpression(db, text, place);
    if (node.class === "COLUMN_REF") requireColumn(node, extract.columns, place);
    const overRows = await windowed(db, node);
    const isWindow = overRows !== undefined;
    const value = `(${overRows ?? text}\n)`;
    const relation = isWindow ? `(select *, 0 as ${ordinal} from ${extract.relation()})` : extract.relation();
    const [type = "VARCHAR"] = await typesOf(db, [value], relation, place);
    const plain = { value, type, isWindow };
    if (node.class === "COLUMN_REF" || node.class === "CONSTANT") return plain;
    const [tolerant] = await makeTolerant(db, [node], { nullValues, isDeep: false });
    if (!tolerant) return plain;
    const { lost, lostOver, cells } = tolerant;
    const when = [lost, lostOver].filter((each) => each !== undefined).join(" or ") || "false";
    const types = await typesOf(db, [tolerant.value, when, cells], relation, place).catch(() => []);
    if (types[0] !== type) return plain;
    const loss = when === "false" ? {} : { loss: { expression: text, when, cells } };
    return { ...plain, value: tolerant.value, ...loss };
  } catch (error) {
    throw error instanceof CliError ? withColumns(error, extract.columns) : error;
  }
}

/** Lets windows that number rows do so in the file's order; undefined where an expression looks at no other row. */
async function windowed(db: DuckDBConnection, node: SqlNode): Promise<string | undefined> {
  const windows = nodes(node).filter((each) => each.class === "WINDOW");
  for (const window of windows) {
    const isOrdered = [window.orders, window.arg_orders].some((orders) => (orders as unknown[]).length > 0);
    if (!isOrdered && numbering.includes(String(window.type))) window.orders = inFileOrder;
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
    const reason = (error as Error).message.split("\n")[0];
    throw new CliError({ en: `${place}: ${reason}`, zh: `${place}：SQL 有误：${reason}` }, 2, {
      cause: error,
    });
  }
}

function columnNamed(text: string, columns: readonly string[]): string | undefined {
  const name = foldHeader(text);
  const alike = columns.filter((column) => foldHeader(column) === name);
  return columns.find((column) => column === text.trim()) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** A column that the file does not have; a single one that it has may be the title above its table. */
function requireColumn(node: SqlNode, columns: readonly string[], place: string): void {
  const [name = "", ...more] = node.column_names as string[];
  if (more.length > 0 || columns.some((column) => column.toLowerCase() === name.toLowerCase())) return;
  const [titleEn, titleZh] =
    columns.length === 1
      ? [
          " (a title above the header has to be taken out of the file)",
          "（表头之上若有标题行，请从文件中删去）",
        ]
      : ["", ""];
  throw new CliError(
    {
      en: `${place}: the file has no such column${titleEn}${suggest(name, columns)}: ${name}`,
      zh: `${place}：文件中没有这一列${titleZh}${suggestZh(name, columns)}：${name}`,
    },
    2,
  );
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

function columnsByName(mapping: PlannedMapping, extract: CsvExtract, label: string): Map<string, MappedCell> {
  const columns = extract.columns;
  const found = new Map<string, MappedCell>();
  for (const [index, cell] of extract.header.entries()) {
    const folded = foldHeader(cell);
    const column = mappableColumns(mapping.table, mapping.extra).find(
      (candidate) => foldHeader(candidate.name) === folded,
    );
    if (!column) continue;
    const { name } = column;
    if (found.has(name))
      throw new CliError(
        {
          en: `${label}: the header has two columns of the name: ${name}`,
          zh: `${label}：表头有两列同名：${name}`,
        },
        1,
      );
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
  const text = header
    .map((cell) => (looksPersonal(cell) ? "(masked)" : cell).replaceAll(/[^\P{C}\t]/gu, "�"))
    .join(", ");
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function insertSql(
  mapping: PlannedMapping,
  expressions: ReadonlyMap<string, MappedCell>,
  kept: MappedCell | undefined,
  cells: Cells,
  context: RunContext,
  columns: string[],
  relation: string,
  carried: readonly string[] = [],
): string {
  const losses = [...[...expressions], ...(kept ? [[null, kept] as const] : [])].flatMap(
    ([column, { loss }]): Loss[] => (loss ? [{ column, ...loss }] : []),
  );
  const mapped = [...expressions].map(([name, { value }]) => `${value} as ${quoted(`c_${name}`)}`);
  const told = columns.length > wideColumns ? [] : columns;
  const raw = told.map((column, index) => `${quoted(column)} as "_r${index}"`);
  const whole = kept?.loss ? `(${kept.value} or ${kept.loss.when})` : kept?.value;
  const flags = [`${whole ? `coalesce(${whole}, false)` : "true"} as _kept`, `${lossesSql(losses)} as _lost`];
  const source = `select ${[...mapped, ...raw, ...carried, ...flags].join(", ")} from ${relation} as extract`;
  const carriedRaw = [...told.map((_, index) => `"_r${index}"`), ...carried];
  const rawCells = told.map((column, index) => `${literal(column)}: "_r${index}"`);
  const rawRow = rawCells.length > 0 ? `{${rawCells.join(", ")}}` : "null";
  return judgedInsert(mapping.table, cells, context, source, carriedRaw, rawRow);
}

/**
 * The statement that fills a staging table from a relation of cells, `_kept`, `_lost` and the columns the raw text needs;
 * without any that is null, and told from the file.
 */
export function judgedInsert(
  table: TableName,
  cells: Cells,
  context: RunContext,
  relation: string,
  carriedRaw: readonly string[],
  raw: string,
): string {
  const carriedCells = [...cells.keys()].map((name) => quoted(`c_${name}`));
  const typed = typedSql(table, cells, context, relation, [...carriedCells, ...carriedRaw, "_kept", "_lost"]);
  const mappedTexts = [...cells.keys()].map(
    (name) => `${literal(name)}: cast(${quoted(`c_${name}`)} as VARCHAR)`,
  );
  const columns = [...stagingColumns(table, context.extra).map(({ name }) => quoted(name)), "updated_at"];
  return [
    `insert into staging.${quoted(table)}`,
    `select ${columns.join(", ")},`,
    `case when not _kept then ${rowState.leftOut} when _broken then ${rowState.broken} else ${rowState.good} end,`,
    `${notesSql(table, cells, context)},`,
    `case when _kept and _broken then cast(to_json({'r': ${raw}, 'm': {${mappedTexts.join(", ")}}, 'l': _lost}) as VARCHAR) end`,
    `from (select *, _lost is not null or ${breachSql(table, cells, context)} as _broken from (${typed}) as typed) as judged`,
  ].join("\n");
}
