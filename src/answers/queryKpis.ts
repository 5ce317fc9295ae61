import type { DuckDBConnection, DuckDBResultReader } from "@duckdb/node-api";
import { keptCatalogue } from "../catalogue/cataloguePlace.js";
import { type Dimension, unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { suggest } from "../catalogue/suggest.js";
import { codeOf, codesOf, type Vocabulary } from "../catalogue/vocabulary.js";
import { keptVocabulary } from "../catalogue/vocabularyFile.js";
import { literal } from "../engine/sql.js";
import {
  type AnswerContext,
  answer,
  type Cell,
  groupKey,
  type KpiValue,
  windowName,
  windowsOf,
} from "../kpi/answer.js";
import { type AsOf, type Grain, periodOf } from "../kpi/periods.js";
import { cellsSql, groupsSql, percentilesSql, together } from "../kpi/query.js";
import type { Stored } from "../kpi/queryRows.js";
import {
  employeeColumn,
  type KpiQuestion,
  type KpiRequest,
  questionsOf,
  teamHolder,
} from "../kpi/request.js";
import { readTargets } from "../load/managedTables.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { type Percentiles, percentileNames } from "../statistics/percentiles.js";
import { holderColumn } from "../warehouse/cube/holders.js";
import { foundOnce, isFindable, readOnce } from "../warehouse/open.js";
import { readCoverage } from "../warehouse/readCoverage.js";
import { isLanguage, type Language } from "../words/languages.js";
import { told } from "../words/told.js";

/**
 * Answers a request from the cubes of a warehouse, or from the KPIs' cases where no cuboid holds what is asked.
 * @throws CliError 2 for names the catalogue or the data do not know
 */
export async function queryKpis(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  request: KpiRequest,
): Promise<KpiValue[]> {
  const rows: KpiValue[] = [];
  for await (const values of answerEach(db, questionsOf(request, kpis), request)) append(rows, values);
  return rows;
}

/** Answers questions KPI by KPI, each value when it is asked for: all at once may be more than memory holds. */
export async function* answerEach(
  db: DuckDBConnection,
  questions: readonly KpiQuestion[],
  request: KpiRequest,
): AsyncGenerator<Iterable<KpiValue>> {
  const spanned = questions.map((question) => ({ ...question, span: spanAsked(request) }));
  await readAhead(db, spanned, request.grain);
  for (const question of spanned) {
    const resolved = { ...question, where: await knownValues(db, question) };
    const context = await contextOf(db, question.kpi, request);
    const { lacking } = context.coverage;
    const cells = lacking ? [] : await readCells(db, resolved, request.grain, request);
    const known = lacking || request.isBare ? [] : await readGroups(db, resolved, request.grain);
    yield answer(resolved, request, cells, { ...context, known });
  }
}

/** Reads the cells that questions which ask alike will want in one statement, in the place of one each. */
async function readAhead(
  db: DuckDBConnection,
  questions: readonly KpiQuestion[],
  grain: Grain,
): Promise<void> {
  const wanted: { question: KpiQuestion; stored: Stored }[] = [];
  for (const question of questions) {
    const stored = await storedOf(db, question.kpi);
    if (question.where.size > 0 || !areKept(question)) continue;
    if (isFindable(db, rowsOf(cellsSql(question, grain, stored)))) wanted.push({ question, stored });
  }
  for (const { asked, sql } of together(wanted, grain)) {
    const reader = await db.runAndReadAll(sql);
    const places = runsOf(reader);
    for (const { question, stored } of asked) {
      const { from, to } = places.get(question.kpi.id) ?? { from: 0, to: 0 };
      const rows = () => rowsBetween(reader, from, to);
      await foundOnce(db, rowsOf(cellsSql(question, grain, stored)), async () => rows);
    }
  }
}

/** Where the rows of each value of an ordered first column are. */
function runsOf(reader: DuckDBResultReader): Map<string, { from: number; to: number }> {
  const runs = new Map<string, { from: number; to: number }>();
  for (let row = 0; row < reader.currentRowCount; row++) {
    const value = String(reader.value(0, row));
    const run = runs.get(value);
    if (run) run.to = row + 1;
    else runs.set(value, { from: row, to: row + 1 });
  }
  return runs;
}

function rowsBetween(reader: DuckDBResultReader, from: number, to: number): Record<string, unknown>[] {
  const names = reader.columnNames();
  return Array.from({ length: to - from }, (_, index) => {
    const row: Record<string, unknown> = {};
    for (const [column, name] of names.entries()) row[name] = reader.value(column, from + index);
    return row;
  });
}

/** The periods whose cells an answer needs; a comparison needs others, too. */
export function spanAsked({
  grain,
  from,
  to,
  compare,
}: Pick<KpiRequest, "grain" | "from" | "to" | "compare">): NonNullable<KpiQuestion["span"]> {
  if (compare) return {};
  return {
    ...(from === undefined ? {} : { from: periodOf(from, grain).start }),
    ...(to === undefined ? {} : { until: periodOf(to, grain).end }),
  };
}

/** What the answers about a KPI depend on besides its cells. */
export async function contextOf(
  db: DuckDBConnection,
  kpi: Kpi,
  { language }: Pick<KpiRequest, "language">,
): Promise<AnswerContext> {
  const { language: ofSettings, ...asOf } = await readAsOf(db);
  return {
    ...asOf,
    coverage: await readCoverage(db, kpi),
    language: language ?? ofSettings,
    targets: await readTargets(db),
  };
}

/** Up to when the warehouse's build knows what happened. */
export async function readAsOf(
  db: DuckDBConnection,
): Promise<{ asOf: AsOf; asOfDay: string; language: Language }> {
  const reader = await readOnce(
    db,
    `select epoch_us(as_of) / 1000 as at, epoch_us(limits_passed_at) / 1000 as limits_passed_at, time_zone,
       strftime(as_of_on, '%Y-%m-%d') as day, language
     from config.settings`,
  );
  const [at, limitsPassedAt, timeZone, day, language] = reader.getRowsJson()[0] ?? [];
  return {
    asOf: { at: Number(at), limitsPassedAt: Number(limitsPassedAt), timeZone: String(timeZone) },
    asOfDay: String(day),
    language: isLanguage(String(language)) ? (language as Language) : "zh-CN",
  };
}

/** The cells of a question over the periods of a grain, all of them or those of its span. */
export async function readCells(
  db: DuckDBConnection,
  question: KpiQuestion,
  grain: Grain,
  { withoutPercentiles = false }: Pick<KpiRequest, "withoutPercentiles"> = {},
): Promise<Cell[]> {
  const stored = await storedOf(db, question.kpi);
  const cells: Cell[] = [];
  const keysOf = keysReader(question);
  for await (const rows of cellRows(db, question, cellsSql(question, grain, stored))) {
    for (const row of rows) {
      const { role, start, group } = keysOf(row);
      cells.push({
        role,
        start,
        group,
        numerator: numberOf(row.numerator),
        denominator: numberOf(row.denominator),
        n: numberOf(row.n) || 0,
        sumSq: numberOf(row.sum_sq),
        awaiting: numberOf(row.awaiting),
      });
    }
  }
  if (!question.kpi.percentiles || withoutPercentiles) return cells;
  const windows = windowsOf(cells);
  for await (const rows of inChunks(
    db,
    percentilesSql(question, grain, stored, new Set(cells.map(({ n }) => n))),
  )) {
    for (const row of rows) {
      const { role, start, group } = keysOf(row);
      const cell = windows.get(windowName(role, start))?.get(groupKey(group));
      if (!cell) continue;
      cell.percentiles = Object.fromEntries(
        percentileNames.map((name) => [name, row[name] ?? null]),
      ) as unknown as Percentiles;
    }
  }
  return cells;
}

/** The groups that a question's KPI has cases of in other periods than those of its span. */
async function readGroups(db: DuckDBConnection, question: KpiQuestion, grain: Grain): Promise<string[][]> {
  const sql = groupsSql(question, grain, await storedOf(db, question.kpi));
  const rows = sql === undefined ? [] : await objects(db, sql);
  return rows.map((row) => question.by.map((_, index) => String(row[`by_${index}`] ?? unknown)));
}

/** Reads which cell a row is of; the many cells of a window or a group share its words. */
function keysReader({
  by,
}: KpiQuestion): (row: Record<string, unknown>) => Pick<Cell, "role" | "start" | "group"> {
  const words = new Map<string, string>();
  const groups = new Map<string, readonly string[]>();
  const shared = (value: unknown): string => {
    const word = String(value ?? unknown);
    const known = words.get(word);
    if (known === undefined) words.set(word, word);
    return known ?? word;
  };
  return (row) => {
    const values = by.map((_, index) => shared(row[`by_${index}`]));
    const key = groupKey(values);
    const group = groups.get(key) ?? values;
    groups.set(key, group);
    return { role: shared(row.role) as Cell["role"], start: shared(row.start_on), group };
  };
}

const numberOf = (value: unknown) => (value === null || value === undefined ? Number.NaN : Number(value));

/** Of everybody, or of a few periods, the same cells are asked for by many: they are few enough to be kept. */
const areKept = ({ by, span }: KpiQuestion) => by.length === 0 || span?.from !== undefined;

const cellRows = (
  db: DuckDBConnection,
  question: KpiQuestion,
  sql: string,
): AsyncIterable<Record<string, unknown>[]> | Promise<Record<string, unknown>[]>[] =>
  areKept(question) ? [unchanging(db, sql)] : inChunks(db, sql);

/** Rows chunk by chunk, for results of which only some rows at once should be objects. */
async function* inChunks(db: DuckDBConnection, sql: string): AsyncGenerator<Record<string, unknown>[]> {
  yield* (await db.run(sql)).yieldRowObjectJson();
}

async function objects(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson();
}

/** What a statement's rows are found by; objects are made of them each time that they are asked for. */
const rowsOf = (sql: string) => `rows of ${sql}`;

async function unchanging(db: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  const rows = await foundOnce(db, rowsOf(sql), async () => {
    const reader = await db.runAndReadAll(sql);
    return () => reader.getRowObjectsJson() as Record<string, unknown>[];
  });
  return rows();
}

/** What the warehouse holds of a KPI. */
export async function storedOf(db: DuckDBConnection, kpi: Kpi): Promise<Stored> {
  const table = kpi.additive ? "kpi_cube" : "kpi_period_cube";
  const cuboids = await listed(db, `select distinct kpi_id, cuboid from marts.${table} order by cuboid`);
  const columns = await listed(
    db,
    `select table_name, column_name from information_schema.columns
     where table_catalog = current_database() and table_schema = 'marts' order by ordinal_position`,
  );
  return {
    cuboids: (cuboids.get(kpi.id) ?? []).map((cuboid) => (cuboid === "all" ? [] : cuboid.split(","))),
    columns: columns.get(kpi.id) ?? [],
    ...holdersOf(kpi),
  };
}

/** What a query's second column lists of each value of its first. */
const listed = (db: DuckDBConnection, sql: string): Promise<ReadonlyMap<string, string[]>> =>
  foundOnce(db, `lists of ${sql}`, async () => {
    const lists = new Map<string, string[]>();
    for (const row of (await db.runAndReadAll(sql)).getRowsJson()) {
      const [name = "", value = ""] = row.map(String);
      lists.set(name, [...(lists.get(name) ?? []), value]);
    }
    return lists;
  });

/**
 * Of a KPI whose numerator alone is anybody's, who has a row of the table that it counts among: who handles tickets and has no
 * complaint among them has 0, who handles none has no complaint rate.
 */
export function holdersOf(kpi: Kpi): Pick<Stored, "holders"> {
  const column = holderColumn(kpi);
  if (column === undefined) return {};
  const tables = kpi.numerators_of.map(literal).join(", ");
  return {
    holders: `select holder as id from marts.holders where column_name = ${literal(column)} and table_name in (${tables})`,
  };
}

/**
 * The codes of the values that a question's conditions name, by code or by label.
 * @throws CliError 2 for a value that the data do not know
 */
export async function knownValues(
  db: DuckDBConnection,
  { kpi, where }: KpiQuestion,
): Promise<KpiQuestion["where"]> {
  const resolved = new Map<Dimension, string[]>();
  if (where.size === 0) return resolved;
  for (const [dimension, values] of where) {
    const { all, codeFor } = await valuesOf(db, kpi, dimension);
    resolved.set(
      dimension,
      values.map((value) => {
        const code = codeFor(value);
        if (code !== undefined) return code;
        const some = [...all.slice(0, 12), ...(all.length > 12 ? ["…"] : [])];
        throw new CliError(told("value.unknown", { dimension, some, value, near: suggest(value, all) }), 2);
      }),
    );
  }
  return resolved;
}

/** The values that a dimension of a KPI has, and the code of a word for one; undefined for a word that none has. */
export async function valuesOf(
  db: DuckDBConnection,
  kpi: Kpi,
  dimension: Dimension,
): Promise<{ all: string[]; codeFor(word: string): string | undefined }> {
  const vocabulary = await vocabularyOf(db);
  const found = await objects(db, `${valuesSql(kpi, dimension)} order by value`);
  const known = new Set([
    ...codesOf(vocabulary, dimension),
    unknown,
    ...found.map(({ value }) => String(value)),
  ]);
  return {
    all: [...known],
    codeFor: (word) => {
      const code = known.has(word) ? word : codeOf(vocabulary, dimension, word);
      return code !== undefined && known.has(code) ? code : undefined;
    },
  };
}

const vocabularies = new WeakMap<DuckDBConnection, Vocabulary>();

/** The words that the warehouse of a connection was built with. */
async function vocabularyOf(db: DuckDBConnection): Promise<Vocabulary> {
  const known = vocabularies.get(db) ?? keptVocabulary(await keptCatalogue(db));
  vocabularies.set(db, known);
  return known;
}

/** The values a dimension has anywhere; an employee who never had a case is one all the same. */
function valuesSql(kpi: Kpi, dimension: Dimension): string {
  if (dimension === "team" && teamHolder(kpi))
    return "select distinct team as value from intermediate.known_employees where team is not null";
  const employees =
    dimension === employeeColumn(kpi) ? "union select employee_id from intermediate.known_employees" : "";
  return `
    select distinct ${dimension} as value from marts.kpi_cube where ${dimension} is not null
    union select distinct ${dimension} from marts.kpi_period_cube where ${dimension} is not null ${employees}`;
}
