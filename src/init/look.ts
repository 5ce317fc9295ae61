import { statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import {
  type Extract,
  filesByName,
  isArchiveName,
  kindOfFile,
  onDisk,
  openOf,
  tablesIn,
  type Written,
} from "../../loaders/index.js";
import { requireReceived } from "../catalogue/receivedFile.js";
import { quoted } from "../engine/sql.js";
import { Archives, listFiles, ownFiles } from "../load/findFiles.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import type { Told } from "../words/told.js";
import { told } from "../words/told.js";
import type { Origin } from "./connected/origin.js";
import { type File, opened } from "./lexicon/encodings.js";

/** A file, or a sheet of one, that was opened, and a sample of its rows in a table of the database. */
export interface Looked {
  file: string;
  /** Of a workbook: the sheet, and the row of its headings. */
  sheet?: { name: string; headerRow: number };
  header: readonly string[];
  columns: readonly string[];
  written?: Written;
  /** Its headings tell the encoding, its bytes do not. */
  isByHeadings?: true;
  /** The encoding that the reader would have to be told, as it cannot tell itself. */
  askedEncoding?: string;
  /** The table with its rows, or some of them, and whether it has all. */
  relation: string;
  rows: number;
  isWhole: boolean;
  /** What stands in the first row below the headings, and says in full what they are. */
  labels?: ReadonlyMap<string, string>;
  /** Of a table of a database or an object of an account. */
  origin?: Origin;
}

/** Names of files that are read as CSV where they are one. */
const mayBeTable = /\.(txt|dat|tab|asc|prn)$/i;

/** What holds tables that no reader of ours opens, or is packed as none unpacks it, and what to do about it. */
const foreign = [
  [
    /\.(db|db3|s3db|sqlite3?|mdb|accdb|dbf|sav|dta|sas7bdat|ods|xlsb|numbers|et|avro|orc|feather|arrow|rds|xml|html?|pdf|docx?)$/i,
    "init.foreign",
  ],
  [/\.(rar|7z|tar|tgz|tbz2?|txz|bz2|xz)$/i, "init.packed"],
] as const;

/** Why no table is read from a file that is no extract but may hold some; undefined where it is anything else. */
export function whyForeign(file: string): Told | undefined {
  const [, why] = foreign.find(([name]) => name.test(file)) ?? [];
  return why && told(why);
}

/** What a folder has, as far as it can be read. */
export interface Look {
  tables: Looked[];
  /** Files that cannot be read, and why. */
  unread: { file: string; why: Told | string }[];
  /** Files that are no extracts. */
  others: string[];
}

/** So many rows of a file are looked at. */
const sampledRows = 20_000;
/** Of a file beyond this only a sample is read, beyond that only its beginning. */
const wholeBytes = 64 << 20;
const scannedBytes = 2 ** 31;
/** A file with more columns than this is not looked at: it would take gigabytes of memory. */
const mostColumns = 12_000;
/** A file with more columns than this is looked at column by column only where headings say something. */
export const wideColumns = 300;

/**
 * Opens every file of a folder by the readers that builds use, and samples its rows.
 * @param tempDir for copies; emptied by the caller
 */
export async function lookAt(
  db: DuckDBConnection,
  { dataDir, inside = dataDir, tempDir }: { dataDir: string; inside?: string | null; tempDir: string },
): Promise<Look> {
  const look: Look = { tables: [], unread: [], others: [] };
  const files = listFiles(dataDir).filter((file) => !ownFiles.test(file));
  const archives = new Archives(dataDir, inside);
  for (const file of files.filter(isArchiveName)) {
    try {
      await archives.membersOf(file);
    } catch (error) {
      look.unread.push({ file, why: reasonOf(error, dataDir) });
    }
  }
  const refused = new Set(look.unread.map(({ file }) => file));
  const unclear: string[] = [];
  const lookInto = async (file: string, isLast: boolean) => {
    const isKnown = kindOfFile(file) !== undefined;
    if (!isKnown && !mayBeTable.test(file)) {
      look.others.push(file);
      return;
    }
    try {
      requireReceived(onDisk(join(dataDir, file)), inside);
      const among = new Set(
        look.tables.map(({ written, askedEncoding }) => (askedEncoding ? undefined : written?.encoding)),
      );
      const at = { dataDir, tempDir, file, isLast, among };
      const found = await lookAtFile(db, at, look.tables.length);
      if (found === undefined) {
        unclear.push(file);
        return;
      }
      // A text of one column is a text.
      if (isKnown || found.every(({ columns }) => columns.length > 2)) append(look.tables, found);
      else look.others.push(file);
    } catch (error) {
      if (isKnown) look.unread.push({ file, why: reasonOf(error, dataDir) });
      else look.others.push(file);
    }
  };
  for (const file of archives.opened(files.filter((name) => !refused.has(name)))) await lookInto(file, false);
  // What the folder's other files are written in may tell what these are.
  for (const file of unclear) await lookInto(file, true);
  return look;
}

/** What is wrong with a file; paths in it are those within the folder, as what is written there stays true where it is moved to. */
function reasonOf(error: unknown, dataDir: string): Told | string {
  if (error instanceof CliError) return within(error.wording, dataDir) as Told | string;
  throw error;
}

function within(value: unknown, dataDir: string): unknown {
  if (typeof value === "string") return value.replaceAll(join(dataDir, "/"), "");
  if (Array.isArray(value)) return value.map((each) => within(each, dataDir));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(each, dataDir)]));
}

/** The tables of a file; undefined where other files may tell in which encoding it is. */
async function lookAtFile(db: DuckDBConnection, at: File, number: number): Promise<Looked[] | undefined> {
  const { dataDir, tempDir, file } = at;
  const opening = { name: file, path: join(dataDir, file), tempDir };
  const sheets = (await tablesIn(opening))?.filter(({ isHidden }) => !isHidden);
  if (!sheets) {
    const found = await opened(at);
    if (!found) return undefined;
    const { extract, askedEncoding, isByHeadings } = found;
    const sampled = await sample(db, extract, `look_${number}`, statSync(onDisk(opening.path)).size);
    const { header, columns, written } = extract;
    const labels = await labelsOf(db, columns, sampled);
    return [
      {
        file,
        header,
        columns,
        ...(written
          ? { written: { ...written, ...(isByHeadings && { certainty: "likely" as const }) } }
          : {}),
        ...(isByHeadings ? { isByHeadings } : {}),
        ...(askedEncoding ? { askedEncoding } : {}),
        ...(labels ? { labels } : {}),
        ...sampled,
        ...(labels ? { rows: sampled.rows - 2 } : {}),
      },
    ];
  }
  if (sheets.length === 0) throw new CliError(told("init.noSheet"), 1);
  const looked: Looked[] = [];
  for (const { name, headerRow } of sheets) {
    const settings = { files: { sheet: { file, sheet: name, header_row: headerRow } } };
    const extract = await openOf(filesByName, { ...opening, part: "sheet" }, settings);
    const sampled = await sample(db, extract, `look_${number + looked.length}`, 0);
    const { header, columns } = extract;
    looked.push({ file, sheet: { name, headerRow }, header, columns, ...sampled });
  }
  return looked;
}

/** How Qualtrics begins the cells of the third row of its headings. */
export const importId = '{"ImportId":';

/** The questions of Qualtrics, which stand below its headings, above a row of its own ids; both are taken out of the rows. */
async function labelsOf(
  db: DuckDBConnection,
  columns: readonly string[],
  { relation, rows, isWhole }: Pick<Looked, "relation" | "rows" | "isWhole">,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!isWhole || rows < 2) return undefined;
  const [questions, ids] = (
    await db.runAndReadAll(
      `select ${columns.map(quoted).join(", ")} from ${relation} where rowid < 2 order by rowid`,
    )
  ).getRows();
  const isOfIds =
    ids !== undefined && ids.filter((cell) => String(cell).startsWith(importId)).length * 2 > ids.length;
  if (!questions || !isOfIds) return undefined;
  await db.run(`create or replace temp table ${relation} as select * from ${relation} where rowid >= 2`);
  return new Map(columns.map((column, at) => [column, String(questions[at] ?? "")]));
}

/** Puts rows of an extract into a table: all where they are few, else some from all over it. */
async function sample(
  db: DuckDBConnection,
  extract: Extract,
  relation: string,
  bytes: number,
): Promise<Pick<Looked, "relation" | "rows" | "isWhole">> {
  const { length: columns } = extract.columns;
  if (columns === 0) return { relation, rows: 0, isWhole: true };
  if (columns > mostColumns) throw new CliError(told("init.tooWide", { columns, most: mostColumns }), 1);
  if (bytes > wholeBytes) {
    const how =
      bytes > scannedBytes
        ? `limit ${sampledRows}`
        : `using sample reservoir(${sampledRows} rows) repeatable (1)`;
    const isDone = await db
      .run(`create or replace temp table ${relation} as select * from ${extract.relation()} ${how}`)
      .then(
        () => true,
        () => false,
      );
    if (isDone) {
      const rows = await countOf(db, relation);
      if (rows > 0) return { relation, rows, isWhole: false };
    }
  }
  const count = await extract.load(db, async (from) => {
    await db.run(`create or replace temp table ${relation} as select * from ${from}`);
    return countOf(db, relation);
  });
  if (count.accepted <= sampledRows) return { relation, rows: count.accepted, isWhole: true };
  const step = Math.ceil(count.accepted / sampledRows);
  await db.run(
    `create or replace temp table ${relation} as select ${extract.columns.map(quoted).join(", ")} from ${relation} where rowid % ${step} = 0`,
  );
  return { relation, rows: await countOf(db, relation), isWhole: false };
}

async function countOf(db: DuckDBConnection, relation: string): Promise<number> {
  return Number((await db.runAndReadAll(`select count(*) from ${relation}`)).value(0, 0));
}
