import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../contract/index.js";
import type { RawTable } from "./group.js";
import { joinShare, type Profile } from "./profile.js";
import { type Evidence, isActive, isTaken, type TableGuess } from "./tableGuess.js";

/** So many different values have to refer for it to follow that they do. */
const fewestIds = 8;
const nearlyAll = 0.95;

/** Texts of letters fall together by chance less than numbers do. */
const leastOf = ({ words }: Profile) => (words.every(([word]) => /\p{L}/u.test(word)) ? 3 : fewestIds);

/** A folder of very many files is looked at only so far. */
const mostJoins = 2000;

interface File extends Evidence {
  raw: RawTable;
  guess?: TableGuess | undefined;
}

/**
 * The columns of files that others refer to: what is headed as an id of a customer, and has the values of another file's column that
 * stand there once each, is that file's key, whatever it is called.
 * @returns of each such file the column and the table whose key it is
 */
export async function keysByReference(
  db: DuckDBConnection,
  files: readonly File[],
): Promise<Map<RawTable, Map<string, TableName>>> {
  const found = new Map<RawTable, Map<string, TableName>>();
  const keys = files.map((file) => ({
    file,
    columns: file.raw.columns.filter((column) => mayBeKey(file, column)),
    names: file.raw.columns.filter((column) => mayBeName(file, column)),
  }));
  let joins = 0;
  for (const { raw, guess, profiles } of files) {
    for (const { column, source } of guess?.columns ?? []) {
      const to = columnsOf(guess?.table ?? "customers").find(({ name }) => name === column)?.references;
      const profile = profiles.get(source ?? "");
      if (to === undefined || source === null || !profile || profile.distinct < leastOf(profile)) continue;
      for (const { file, columns: ids, names } of keys) {
        const columns = to === "customers" ? [...ids, ...names] : ids;
        if (file.raw === raw || file.guess?.columns.some((each) => isKeyOf(each, file, to))) continue;
        for (const key of columns.filter((each) => mayRefer(profile, file.profiles.get(each)))) {
          if (joins++ >= mostJoins) return found;
          const share = await joinShare(
            db,
            { relation: raw.relation, column: source },
            { relation: file.raw.relation, column: key },
          );
          if (share === null || share < nearlyAll) continue;
          const of = found.get(file.raw) ?? new Map<string, TableName>();
          found.set(file.raw, of.set(key, to as TableName));
        }
      }
    }
  }
  for (const [raw, column] of await soldByHeading(db, files)) {
    const of = found.get(raw) ?? new Map<string, TableName>();
    found.set(raw, of.set(column, "products"));
  }
  return found;
}

/**
 * What orders name by a column that no word says what it is, and another file has under the same heading once each, beside a name, is what
 * is sold: `serviceCode`.
 * @returns of each such file its column
 */
async function soldByHeading(db: DuckDBConnection, files: readonly File[]): Promise<[RawTable, string][]> {
  const readFrom = ({ guess }: File, column: string) =>
    guess?.columns.find((each) => each.column === column && isActive(each));
  const orders = files.filter(({ guess }) => guess?.table === "orders" && isTaken(guess));
  // What was told so before is told so again.
  const lists = files.filter(
    (file) =>
      file.guess?.table === "products" &&
      readFrom(file, "name") !== undefined &&
      (!isTaken(file.guess) || readFrom(file, "product_id")?.named?.isReferred === true),
  );
  const found: [RawTable, string][] = [];
  for (const list of lists)
    for (const key of list.raw.columns.filter((column) => mayBeKey(list, column))) {
      const heading = list.headings.get(key)?.key;
      for (const order of orders) {
        const { raw, headings } = order;
        const column = raw.columns.find((each) => headings.get(each)?.key === heading);
        const other = readFrom(order, "product_id")?.source ?? column;
        if (column === undefined || other !== column) continue;
        const share = await joinShare(
          db,
          { relation: raw.relation, column },
          { relation: list.raw.relation, column: key },
        );
        if (share !== null && share >= nearlyAll) found.push([list.raw, key]);
      }
    }
  return found;
}

/** Whether cells begin alike and are of one length somewhere, as ids of one kind are; it spares looking at most columns. */
export function mayRefer({ words }: Profile, key: Profile | undefined): boolean {
  const [one, other] = [words, key?.words ?? []].map((texts) => ({
    prefixes: new Set(texts.map(([word]) => /^[^\d]*/.exec(word)?.[0])),
    lengths: new Set(texts.map(([word]) => word.length)),
  }));
  if (!one || !other || ![...one.lengths].some((length) => other.lengths.has(length))) return false;
  return one.prefixes.size > 3 || [...one.prefixes].some((prefix) => other.prefixes.has(prefix));
}

/** Whether a file is known to be the table that is referred to, by a key that its heading names. */
const isKeyOf = (each: TableGuess["columns"][number], { guess }: File, to: string): boolean =>
  guess?.table === to && each.certainty === "sure" && columnsOf(guess.table)[0]?.name === each.column;

function mayBeKey({ raw, profiles }: File, column: string): boolean {
  const profile = profiles.get(column);
  return profile !== undefined && raw.rows >= leastOf(profile) && profile.isOnce && isId(profile, raw.rows);
}

/** Whether customers without an id may go by their names, each of which stands once. */
function mayBeName({ raw, guess, profiles, headings }: File, column: string): boolean {
  if (guess?.table !== "customers" || guess.hasKey || raw.rows < fewestIds) return false;
  const { isOnce = false, filled = 0, personal = 1, people = 1 } = profiles.get(column) ?? {};
  const isName = headings
    .get(column)
    ?.readings.some(({ means }) => means.has("name") || means.has("company"));
  return isName === true && isOnce && filled === raw.rows && personal < 0.05 && people < 0.5;
}

/** Codes in every row, no amounts and no times. */
export const isId = ({ filled, codes, days, times, whole, point }: Profile, rows: number) =>
  filled >= rows * 0.99 &&
  codes >= filled * 0.98 &&
  Math.max(days, times) < filled * 0.1 &&
  (point <= whole || point < filled);
