import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Extract, filesByName, openOf } from "../../../loaders/index.js";
import { suggest } from "../../catalogue/suggest.js";
import { readCell } from "../../contract/notation.js";
import { plainReading } from "../../contract/reading.js";
import { literal, quoted } from "../../engine/sql.js";
import { bareId } from "../../load/brokenReferences.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import type { CaseList } from "./caseList.js";

/** What another system's report is and which of its columns are asked for. */
export interface TheirFile {
  path: string;
  /** The column of ids; by default the one that holds ids of the cases. */
  id?: string;
  /** The column of the cases' values, or of the one figure. */
  value?: string;
  /** For copies; emptied by its owner. */
  tempDir: string;
}

/** Their list, in the temp tables `their_rows` and `theirs`, or their one figure. */
export type Theirs = { file: string; refusedLines: number; valueColumn: string | null } & (
  | { idColumn: string; figure: null }
  | { idColumn: null; figure: TheirNumber }
);

export interface TheirNumber {
  value: number;
  /** How many decimals it was written with, a percentage's as of the fraction. */
  decimals: number;
}

/** SQL of an id as the contract reads it: what is no id, a total among them, is null. */
const idSql = (cell: string) => readCell({ kind: "id" }, cell, { ...plainReading, isKey: true });

/** SQL of an id without case, blanks and what spreadsheets add to it. */
export const looseId = (id: string) => bareId(`regexp_replace(${id}, '\\s+', '', 'g')`);

/** SQL of a cell's number, null where it is none; yes is 1. */
function numberSql(cell: string, decimal: "." | ","): string {
  const text = `trim(${cell})`;
  const plain = decimal === "," ? `replace(replace(${text}, '.', ''), ',', '.')` : text;
  const digits = "[+-]?[0-9]+(\\.[0-9]+)?";
  return `case
    when regexp_full_match(${plain}, '${digits}([eE][+-]?[0-9]+)?') then try_cast(${plain} as double)
    when regexp_full_match(${plain}, '${digits} ?%') then try_cast(rtrim(${plain}, ' %') as double) / 100
    else coalesce(cast(${readCell({ kind: "decimal" }, cell, { ...plainReading, decimal })} as double),
      cast(cast(${readCell({ kind: "bool" }, cell)} as integer) as double)) end`;
}

const decimalsSql = (cell: string, decimal: "." | ",") =>
  `length(regexp_extract(${cell}, '\\${decimal}([0-9]+)', 1)) + case when contains(${cell}, '%') then 2 else 0 end`;

/**
 * The number that a text says.
 * @throws CliError 2
 */
export async function numberOf(db: DuckDBConnection, text: string): Promise<TheirNumber> {
  const cell = literal(text);
  const reader = await db.runAndReadAll(`select ${numberSql(cell, ".")}, ${decimalsSql(cell, ".")}`);
  const [value, decimals] = reader.getRows()[0] ?? [];
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new CliError(told("reconcile.noNumber", { text }), 2);
  return { value, decimals: Number(decimals) };
}

/**
 * Reads their report with the loaders of extracts. A list's rows go to `their_rows` (row_no, spelt, id, value, decimals,
 * copy), each case of it to `theirs` (id, spelt, value, decimals): `id` is ours where theirs is only spelt otherwise.
 * @throws CliError 1 for a file that cannot be read, 2 for columns that it lacks
 */
export async function readTheirs(
  db: DuckDBConnection,
  { table, key, isWhole }: CaseList,
  kpiId: string,
  given: TheirFile,
): Promise<Theirs> {
  const file = basename(given.path);
  const extract = await openOf(filesByName, { name: file, path: given.path, tempDir: given.tempDir }, {});
  const cells = extract.columns.map((name, index) => `${quoted(name)} as c${index}`);
  const { rejected } = await extract.load(db, async (relation) => {
    await db.run(
      `create or replace temp table their_cells as select row_number() over () as row_no, ${cells.join(", ")} from ${relation}`,
    );
    return countOf(db, "their_cells");
  });
  // Customers that their own table lacks are cases all the same.
  const others =
    table === "customers" ? ` union select cast(${quoted(key)} as varchar) from marts.${quoted(kpiId)}` : "";
  await db.run(
    `create or replace temp view known_keys as select id from (select ${quoted(key)} as id from staging.${quoted(table)}${others}) as keys where id is not null`,
  );
  const header = extract.header.map((name) => name.trim());
  const asked = (name: string | undefined) => (name === undefined ? -1 : columnOf(name, header, file));
  const valueAt = asked(given.value);
  const idAt = given.id === undefined ? await idColumn(db, header.length) : asked(given.id);
  const read = { file, refusedLines: rejected.length };
  if (idAt === -1) {
    const at = (await countOf(db, "their_cells")) === 1 ? await figureColumn(db, header, valueAt, kpiId) : -1;
    if (at === -1)
      throw new CliError(told("reconcile.noIds", { file, key: `${table}.${key}`, columns: header }), 2);
    const reader = await db.runAndReadAll(`select c${at} from their_cells`);
    const figure = await numberOf(db, String(reader.getRows()[0]?.[0] ?? ""));
    return { ...read, idColumn: null, figure, valueColumn: header[at] ?? null };
  }
  const decimal = valueAt === -1 ? "." : await decimalOf(db, extract, valueAt);
  await resolve(db, `c${idAt}`, valueAt === -1 ? null : `c${valueAt}`, decimal, isWhole);
  const valueColumn = valueAt === -1 ? null : (header[valueAt] ?? null);
  return { ...read, idColumn: header[idAt] ?? "", figure: null, valueColumn };
}

function columnOf(name: string, header: readonly string[], file: string): number {
  const wanted = name.trim().toLowerCase();
  const exact = header.indexOf(name.trim());
  const at = exact >= 0 ? exact : header.findIndex((each) => each.toLowerCase() === wanted);
  if (at >= 0) return at;
  throw new CliError(
    told("reconcile.noColumn", { name, file, columns: header, near: suggest(name, header) }),
    2,
  );
}

/** The column with most ids of ours, the first of several; −1 where none has any. The first rows tell, else all; then their spelling is passed over. */
async function idColumn(db: DuckDBConnection, columns: number): Promise<number> {
  const some = "(select * from their_cells limit 5000)";
  const asIs = (id: string) => id;
  for (const [rows, folded] of [
    [some, asIs],
    [some, looseId],
    ["their_cells", looseId],
  ] as const) {
    const cells = Array.from(
      { length: columns },
      (_, at) => `select ${at} as place, ${folded(idSql(`c${at}`))} as id from ${rows}`,
    );
    const reader = await db.runAndReadAll(
      `select place from (${cells.join(" union ")}) as given where id in (select ${folded("id")} from known_keys)
       group by place order by count(*) desc, place limit 1`,
    );
    const [found] = reader.getRows();
    if (found) return Number(found[0]);
  }
  return -1;
}

/** Of a report of one row the column of the figure: the one asked for, that of the KPI's name, or the only number. */
async function figureColumn(
  db: DuckDBConnection,
  header: readonly string[],
  asked: number,
  kpiId: string,
): Promise<number> {
  if (asked !== -1) return asked;
  const named = header.findIndex((name) => [kpiId, "value"].includes(name.toLowerCase()));
  if (named !== -1) return named;
  const numbers = header.map((_, at) => `(${numberSql(`c${at}`, ".")}) is not null`);
  const reader = await db.runAndReadAll(`select ${numbers.join(", ")} from their_cells`);
  const are = reader.getRows()[0] ?? [];
  const [only = -1, ...more] = are.flatMap((is, at) => (is === true ? [at] : []));
  return more.length === 0 ? only : -1;
}

/** Where semicolons stand between cells a comma may be the decimal one: then some value has another than three digits behind it. */
async function decimalOf(db: DuckDBConnection, extract: Extract, at: number): Promise<"." | ","> {
  if (!extract.doubtsCommas) return ".";
  const isDecimal = `regexp_full_match(trim(c${at}), '[+-]?[0-9.]*,([0-9]{1,2}|[0-9]{4,}) ?%?')`;
  return (await countOf(db, `their_cells where ${isDecimal}`)) > 0 ? "," : ".";
}

async function resolve(
  db: DuckDBConnection,
  id: string,
  value: string | null,
  decimal: "." | ",",
  isWhole: boolean,
): Promise<void> {
  await db.run(
    `create or replace temp table given as
     select row_no, ${id} as spelt, ${idSql(id)} as id,
       ${value === null ? "cast(null as double)" : numberSql(value, decimal)} as value,
       ${value === null ? "0" : decimalsSql(value, decimal)} as decimals
     from their_cells`,
  );
  await db.run(
    `create or replace temp table unknown as
     select distinct given.id from given anti join known_keys on known_keys.id = given.id where given.id is not null`,
  );
  const isAnyUnknown = (await countOf(db, "unknown")) > 0;
  await db.run(
    `create or replace temp table alike as
     select unknown.id, min(known_keys.id) as ours
     from unknown join known_keys on ${isAnyUnknown ? `${looseId("known_keys.id")} = ${looseId("unknown.id")}` : "false"}
     group by unknown.id having count(distinct known_keys.id) = 1`,
  );
  await db.run(
    `create or replace temp table their_rows as
     select given.row_no, coalesce(given.id, given.spelt) as spelt, coalesce(alike.ours, given.id) as id,
       given.value, given.decimals,
       row_number() over (partition by coalesce(alike.ours, given.id) order by given.row_no) as copy
     from given left join alike on alike.id = given.id`,
  );
  const first = "id, spelt, value, decimals from their_rows where id is not null and copy = 1";
  const lines = `id, min(spelt) as spelt, sum(value) as value, max(decimals) as decimals
    from their_rows where id is not null group by id`;
  await db.run(`create or replace temp table theirs as select ${isWhole ? first : lines}`);
}

export async function countOf(db: DuckDBConnection, relation: string): Promise<number> {
  return Number((await db.runAndReadAll(`select count(*) from ${relation}`)).value(0, 0));
}
