import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { decoderFor, type Extract, filesByName, openOf } from "../../../loaders/index.js";
import { suggest } from "../../catalogue/suggest.js";
import { readCell } from "../../contract/notation.js";
import { plainReading } from "../../contract/reading.js";
import { quoted } from "../../engine/sql.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import { idOf, looseId } from "./caseId.js";
import type { CaseList } from "./caseList.js";
import { figureOfSheet, type SheetAsked, type SheetFigure } from "./figureSheet.js";
import { keyNames } from "./ownRows.js";
import { decimalsSql, numberSql } from "./theirNumber.js";
import { isTotalOfOthers, saysTotal } from "./theirTotals.js";

/** What another system's report is and which of its columns are asked for. */
export interface TheirFile {
  path: string;
  /** The column of ids, of an id of several columns their names with commas between; by default those that hold ids of the cases. */
  id?: string;
  /** The column of the cases' values, or of the one figure. */
  value?: string;
  /** What a cell of the row says that the one figure stands in. */
  row?: string;
  /** As `encoding` of a source has it; by default told by the bytes. */
  encoding?: string;
  /** For copies; emptied by its owner. */
  tempDir: string;
}

/** Their list, in the temp tables `their_rows` and `theirs`, or their one figure. */
export type Theirs = { file: string; refusedLines: number; totalRows: number; valueColumn: string | null } & (
  | { idColumn: string; figure: null }
  | ({ idColumn: null } & SheetFigure)
);

/** SQL of an id as the contract reads it: what is no id, a total among them, is null. */
const idSql = (cell: string) => readCell({ kind: "id" }, cell, { ...plainReading, isKey: true });

/**
 * Reads their report with the loaders of extracts. A list's rows go to `their_rows` (row_no, spelt, id, value, decimals),
 * each case of it to `theirs` (the same of its first row): `id` is ours where theirs is only spelt otherwise.
 * @param list how cases are known, or why the KPI has none: then only a figure is looked for
 * @throws CliError 1 for a file that cannot be read, 2 for columns that it lacks and for an encoding that cannot be told
 */
export async function readTheirs(
  db: DuckDBConnection,
  list: CaseList | CliError,
  { kpi, period }: Pick<SheetAsked, "kpi" | "period">,
  given: TheirFile,
): Promise<Theirs> {
  const file = basename(given.path);
  const extract = await opened(given, file);
  const cells = extract.columns.map((name, index) => `${quoted(name)} as c${index}`);
  const { rejected } = await extract.load(db, async (relation) => {
    await db.run(
      `create or replace temp table their_cells as select row_number() over () as row_no, ${cells.join(", ")} from ${relation}`,
    );
    return countOf(db, "their_cells");
  });
  const header = extract.header.map((name) => name.trim());
  const valueAt = given.value === undefined ? -1 : columnOf(given.value, header, file);
  const read = { file, refusedLines: rejected.length, totalRows: 0 };
  const idsAt =
    list instanceof CliError || given.row !== undefined
      ? []
      : await idsOf(db, list, kpi.id, { header, file, id: given.id });
  if (list instanceof CliError || idsAt.length < list.keys.length) {
    const { doubtsCommas } = extract;
    const asked = { file, header, kpi, period, valueAt, row: given.row, doubtsCommas };
    const found = await figureOfSheet(db, asked);
    if (found) return { ...read, idColumn: null, valueColumn: found.column, ...found };
    if (list instanceof CliError) throw list;
    const none = list.keys.length > 1 ? "reconcile.noPairs" : "reconcile.noIds";
    throw new CliError(told(none, { file, keys: keyNames(list), columns: header }), 2);
  }
  const decimal = valueAt === -1 ? "." : await decimalOf(db, extract, valueAt);
  const ids = idsAt.map((at) => `c${at}`);
  const asked = { ids, all: header.map((_, at) => `c${at}`), value: valueAt === -1 ? null : `c${valueAt}` };
  const totalRows = await resolve(db, asked, decimal, list.isWhole);
  const valueColumn = valueAt === -1 ? null : (header[valueAt] ?? null);
  const idColumn = idsAt.map((at) => header[at] ?? "").join(", ");
  return { ...read, totalRows, idColumn, figure: null, valueColumn };
}

/** Where the ids stand, by what is asked for or by themselves; fewer than the parts of an id where it is not to be told. */
async function idsOf(
  db: DuckDBConnection,
  { keys }: CaseList,
  kpiId: string,
  { header, file, id }: { header: readonly string[]; file: string; id: string | undefined },
): Promise<number[]> {
  // Customers that their own table lacks are cases all the same.
  const others =
    keys.join() === "customer_id"
      ? ` union select cast(customer_id as varchar) as id, id as key_0 from marts.${quoted(kpiId)} where customer_id is not null`
      : "";
  const parts = keys.map((_, at) => `key_${at}`);
  await db.run(
    `create or replace temp view known_keys as select id, ${parts.join(", ")} from own_rows${others}`,
  );
  return id === undefined
    ? idColumns(db, header.length, parts)
    : namesOf(id, keys.length).map((name) => columnOf(name, header, file));
}

/** A list has no entry in `sources.yaml` in which its encoding could be said: `--encoding` says it. */
async function opened({ path, encoding, tempDir }: TheirFile, file: string): Promise<Extract> {
  if (encoding !== undefined) decoderFor(encoding, "--encoding");
  try {
    const extract = await openOf(
      filesByName,
      { name: file, path, tempDir },
      encoding === undefined ? {} : { encoding },
    );
    // A workbook says itself how it is written.
    if (encoding !== undefined && !extract.written)
      throw new CliError(told("reconcile.noEncoding", { file }), 2);
    return extract;
  } catch (error) {
    const { wording } = error instanceof CliError ? error : {};
    if (typeof wording !== "object" || !("id" in wording)) throw error;
    if (wording.id !== "encoding.unclear" && wording.id !== "csv.utf16") throw error;
    throw new CliError(told("reconcile.encoding", { file }), 2, { cause: error });
  }
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

/** The names of columns that are asked for; a comma in a name is one between names only where an id has several. */
const namesOf = (text: string, count: number) => (count === 1 ? [text] : text.split(/[,，]/));

/** For each part of an id the column with most of ours, the first of several; fewer where one has none. */
async function idColumns(db: DuckDBConnection, columns: number, keys: readonly string[]): Promise<number[]> {
  // A list without a case has no ids to be told by.
  if ((await countOf(db, "their_cells")) === 0) return keys.map((_, at) => at).filter((at) => at < columns);
  const found: number[] = [];
  for (const key of keys) {
    const places = Array.from({ length: columns }, (_, at) => at).filter((at) => !found.includes(at));
    const at = await idColumn(db, places, key);
    if (at === -1) return [];
    found.push(at);
  }
  return found;
}

/** The column with most ids of ours, the first of several; −1 where none has any. The first rows tell, else all; then their spelling is passed over. */
async function idColumn(db: DuckDBConnection, places: readonly number[], key: string): Promise<number> {
  const some = "(select * from their_cells limit 5000)";
  const asIs = (id: string) => id;
  for (const [rows, folded] of [
    [some, asIs],
    [some, looseId],
    ["their_cells", looseId],
  ] as const) {
    const cells = places.map((at) => `select ${at} as place, ${folded(idSql(`c${at}`))} as id from ${rows}`);
    const reader = await db.runAndReadAll(
      `select place from (${cells.join(" union ")}) as given where id in (select ${folded(key)} from known_keys)
       group by place order by count(*) desc, place limit 1`,
    );
    const [found] = reader.getRows();
    if (found) return Number(found[0]);
  }
  return -1;
}

/** Where semicolons stand between cells a comma may be the decimal one: then some value has another than three digits behind it. */
async function decimalOf(db: DuckDBConnection, extract: Extract, at: number): Promise<"." | ","> {
  if (!extract.doubtsCommas) return ".";
  const isDecimal = `regexp_full_match(trim(c${at}), '[+-]?[0-9.]*,([0-9]{1,2}|[0-9]{4,}) ?%?')`;
  return (await countOf(db, `their_cells where ${isDecimal}`)) > 0 ? "," : ".";
}

/** @returns how many rows are totals of others, which are no cases and left away */
async function resolve(
  db: DuckDBConnection,
  { ids, all, value }: { ids: readonly string[]; all: readonly string[]; value: string | null },
  decimal: "." | ",",
  isWhole: boolean,
): Promise<number> {
  await db.run(
    `create or replace temp table given as
     select row_no, ${idOf(ids)} as spelt, ${idOf(ids.map(idSql))} as id,
       ${value === null ? "cast(null as double)" : numberSql(value, decimal)} as value,
       cast(${value === null ? "0" : decimalsSql(value, decimal)} as double) as decimals
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
  // An id of ours is a case whatever it is called.
  await db.run(
    `create or replace temp table doubtful as
     select given.* from given where id is null or (id in (select id from unknown) and id not in (select id from alike))`,
  );
  await db.run("create or replace temp table their_totals (row_no bigint)");
  if ((await countOf(db, "doubtful")) > 0)
    await db.run(
      `insert into their_totals
       select row_no from (select their_cells.* from their_cells semi join doubtful on doubtful.row_no = their_cells.row_no) where ${saysTotal(ids, all)}
       union select row_no from doubtful as given where ${isTotalOfOthers}`,
    );
  await db.run(
    `create or replace temp table their_rows as
     select given.row_no, coalesce(given.id, given.spelt) as spelt, coalesce(alike.ours, given.id) as id,
       given.value, given.decimals
     from given left join alike on alike.id = given.id
     anti join their_totals on their_totals.row_no = given.row_no`,
  );
  // A long list is in memory once.
  await db.run("drop table their_cells");
  await db.run("drop table given");
  if (!isWhole) {
    await db.run(
      `create or replace temp table theirs as
       select id, min(spelt) as spelt, sum(value) as value, max(decimals) as decimals, min(row_no) as row_no
       from their_rows where id is not null group by id`,
    );
    return countOf(db, "their_totals");
  }
  await db.run(
    `create or replace temp table theirs as
     with firsts as (
       select id, min(row_no) as row_no from their_rows where id is not null group by id having count(*) > 1
     )
     select their_rows.id, spelt, value, decimals, their_rows.row_no
     from their_rows left join firsts on firsts.id = their_rows.id
     where their_rows.id is not null and their_rows.row_no = coalesce(firsts.row_no, their_rows.row_no)`,
  );
  return countOf(db, "their_totals");
}

export async function countOf(db: DuckDBConnection, relation: string): Promise<number> {
  return Number((await db.runAndReadAll(`select count(*) from ${relation}`)).value(0, 0));
}
