import type { DuckDBConnection } from "@duckdb/node-api";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import { tableNames } from "../contract/index.js";
import { stopIfInterrupted } from "../run/interrupt.js";
import { told } from "../words/told.js";
import { asideWord } from "./aside.js";
import { declaredLinks, headingOf } from "./connected/declared.js";
import type { RawTable } from "./group.js";
import { mayTellRows } from "./leftOut.js";
import { namedBy } from "./lexicon/named.js";
import { keysByReference } from "./links.js";
import { wideColumns } from "./look.js";
import { profilesOf } from "./profile.js";
import type { Guessed } from "./refine.js";
import type { Evidence } from "./tableGuess.js";
import { guessTable } from "./tables.js";
import type { Idle } from "./write/sourcesText.js";

export const placeOf = ({ files, sheet }: RawTable) =>
  sheet ? `${files[0]}/${sheet.name}` : files.length > 1 ? `${files[0]} …` : (files[0] ?? "");

/** A file before it is known what it is. */
interface Known extends Evidence {
  raw: RawTable;
}

/**
 * Guesses what each file of a folder is: by itself, and once more by which of its columns other files refer to.
 * @returns files that are like a table, and those of which none is read
 */
export async function guessAll(
  db: DuckDBConnection,
  raws: readonly RawTable[],
  vocabulary: Vocabulary,
): Promise<{ all: Guessed[]; idle: Idle[] }> {
  const known: Known[] = [];
  for (const raw of raws) {
    stopIfInterrupted();
    known.push(await evidenceOf(db, raw));
  }
  const first = known.map((each) => ({ ...each, guess: guessTable(each, vocabulary) }));
  const keys = await keysByReference(db, first);
  const declared = declaredLinks(first);
  const all: Guessed[] = [];
  const idle: Idle[] = [];
  for (const { raw, guess: alone, ...evidence } of first) {
    const links = declared.get(raw);
    const referred = new Map([...(links?.keys ?? []), ...(keys.get(raw) ?? [])]);
    const refers = links?.refers ?? new Map();
    const isLinked = referred.size + refers.size > 0;
    const guess = isLinked ? guessTable({ ...evidence, referred, refers }, vocabulary) : alone;
    const { profiles, headings } = evidence;
    const aside = guess && asideWord(raw.file, raw.sheet?.name, guess.table);
    if (guess && aside === undefined) all.push({ raw, guess, profiles, headings });
    else
      idle.push({
        file: placeOf(raw),
        why: guess
          ? told("init.aside", { table: guess.table, word: aside ?? "" })
          : told(raw.rows === 0 ? "init.noRows" : "init.likeNone"),
        columns: raw.columns,
      });
  }
  return { all, idle };
}

async function evidenceOf(db: DuckDBConnection, raw: RawTable): Promise<Known> {
  const headings = new Map(raw.columns.map((column) => [column, headingOf(column, raw)]));
  const profiles = await profilesOf(db, raw, raw.rows === 0 ? [] : lookedAt(raw, headings));
  const [file = ""] = raw.file.split("/").slice(-1);
  const names = [raw.origin?.surveyed.path.at(-1) ?? file.replace(/\.[a-z.]+$/i, ""), raw.sheet?.name ?? ""];
  const [primaryKey, ...more] = raw.origin?.surveyed.key ?? [];
  const isAlone = primaryKey !== undefined && more.length === 0;
  return { raw, names, columns: raw.columns, headings, profiles, ...(isAlone ? { primaryKey } : {}) };
}

/** The columns that are looked at: all, of a very wide file those whose headings may name a column. */
function lookedAt({ columns }: RawTable, headings: Guessed["headings"]): string[] {
  const isNamed = (column: string) => {
    const heading = headings.get(column);
    return heading !== undefined && tableNames.some((table) => namedBy(heading, table).length > 0);
  };
  return columns.length <= wideColumns
    ? [...columns]
    : columns.filter((column) => isNamed(column) || mayTellRows(column)).slice(0, wideColumns);
}
