import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName, tableNames } from "../contract/index.js";
import { told } from "../words/told.js";
import type { RawTable } from "./group.js";
import { type Guessed, greatestShare, isSmall, keysOf } from "./refine.js";
import { isActive } from "./tableGuess.js";

/** So many different values have to be another file's for it to follow that they are its ids. */
const fewestIds = 8;
const nearlyAll = 0.9;

/**
 * Doubts what other files of the folder speak against: rows whose own ids are those of another table are something of that
 * table's rows, and answers that name employees but no customers are of colleagues.
 */
export async function doubtByOthers(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  const doubted = new Set<Guessed>();
  for (const each of [...all].sort((one, other) => one.guess.score - other.guess.score)) {
    const others = all.filter((other) => other !== each && !doubted.has(other));
    if ((await hasIdsOfAnother(db, each, others)) || (await isOfColleagues(db, each, others)))
      doubted.add(each);
  }
}

async function hasIdsOfAnother(
  db: DuckDBConnection,
  { raw, guess, profiles }: Guessed,
  others: readonly Guessed[],
): Promise<boolean> {
  const [key, second] = primaryKeyOf(guess.table);
  const source = guess.columns.find(({ column }) => column === key)?.source;
  const profile = profiles.get(source ?? "");
  if (!source || second !== undefined || !profile || profile.distinct < fewestIds || isSmall(profile))
    return false;
  for (const table of tableNames.filter((name) => name !== guess.table)) {
    if (isReference(table)) continue;
    const share = await greatestShare(db, raw, source, keysOf(others, table));
    if (share === undefined || share < nearlyAll) continue;
    guess.doubt = told("init.idsOf", { table: guess.table, column: source, other: table });
    return true;
  }
  return false;
}

/** Whether the first column of a table's key is another table's id. */
const isReference = (table: TableName) =>
  columnsOf(table).find(({ name }) => name === primaryKeyOf(table)[0])?.references !== undefined;

/** No initials, which may stand for anything. */
const isWritten = /\p{Script=Han}|\p{L}{4}/u;

async function isOfColleagues(
  db: DuckDBConnection,
  { raw, guess, profiles, headings }: Guessed,
  others: readonly Guessed[],
): Promise<boolean> {
  const has = (name: string) => guess.columns.some((each) => each.column === name && isActive(each));
  if (guess.table !== "survey_answers" || has("customer_id") || has("ticket_id")) return false;
  const used = new Set(guess.columns.map(({ source }) => source));
  const says = (column: string, ...what: readonly string[]) =>
    headings.get(column)?.readings.some(({ means }) => what.some((each) => means.has(each))) ?? false;
  const department = raw.columns.find((column) => isWritten.test(column) && says(column, "department"));
  if (
    department !== undefined &&
    !raw.columns.some((column) => says(column, "customer", "company", "ticket", "order"))
  ) {
    guess.doubt = told("init.ofEmployees", { table: guess.table, column: department });
    return true;
  }
  const keys = keysOf(others, "employees");
  for (const column of raw.columns.filter((each: RawTable["columns"][number]) => !used.has(each))) {
    const profile = profiles.get(column);
    if (!profile || profile.distinct < 3 || isSmall(profile)) continue;
    const share = await greatestShare(db, raw, column, keys);
    if (share === undefined || share < nearlyAll) continue;
    guess.doubt = told("init.ofEmployees", { table: guess.table, column });
    return true;
  }
  return false;
}
