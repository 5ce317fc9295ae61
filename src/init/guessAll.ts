import type { DuckDBConnection } from "@duckdb/node-api";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, tableNames } from "../contract/index.js";
import { stopIfInterrupted } from "../run/interrupt.js";
import { told } from "../words/told.js";
import { asideWord } from "./aside.js";
import { type KnownKey, referenceFinder } from "./cells/references.js";
import { declaredLinks, headingOf } from "./connected/declared.js";
import type { RawTable } from "./group.js";
import { mayTellRows } from "./leftOut.js";
import { namedBy } from "./lexicon/named.js";
import { keysByReference } from "./links.js";
import { wideColumns } from "./look.js";
import { joinShare, profilesOf } from "./profile.js";
import type { Guessed } from "./refine.js";
import { type Evidence, isActive, isTaken, type TableGuess } from "./tableGuess.js";
import { guessTable } from "./tables.js";
import type { Idle } from "./write/idle.js";

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
  const guesses = await guessTogether(db, known, vocabulary);
  const all: Guessed[] = [];
  const idle: Idle[] = [];
  for (const { raw, guess, profiles, headings } of guesses) {
    const aside =
      guess &&
      asideWord(raw.file, raw.sheet?.name, guess.table) &&
      asideWord(raw.file, raw.sheet?.name, guess.table, await isJoined(db, { raw, guess }, guesses));
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

/** Whether most of what another file refers to its table by are ids of a file. */
async function isJoined(
  db: DuckDBConnection,
  { raw, guess }: { raw: RawTable; guess: TableGuess },
  all: readonly { raw: RawTable; guess: TableGuess | undefined }[],
): Promise<boolean> {
  const [key] = primaryKeyOf(guess.table);
  const own = guess.columns.find(({ column }) => column === key)?.source;
  if (!own) return false;
  for (const other of all) {
    if (other.raw === raw || !other.guess) continue;
    for (const { column, source } of other.guess.columns) {
      const to = columnsOf(other.guess.table).find(({ name }) => name === column)?.references;
      if (to !== guess.table || source === null) continue;
      const share = await joinShare(
        db,
        { relation: other.raw.relation, column: source },
        { relation: raw.relation, column: own },
      );
      if (share !== null && share >= 0.5) return true;
    }
  }
  return false;
}

/** So often at most what is known of one file is told to the others. */
const mostRounds = 3;

/** Guesses at each file by itself, and again by what those that are known then say of it, until nothing more is told. */
async function guessTogether(db: DuckDBConnection, known: readonly Known[], vocabulary: Vocabulary) {
  const referencesOf = referenceFinder(db);
  let guesses = known.map((each) => ({ ...each, guess: guessTable(each, vocabulary) }));
  const declared = declaredLinks(guesses);
  let before = "";
  for (let round = 0; round < mostRounds; round++) {
    stopIfInterrupted();
    const referred = await keysByReference(db, guesses);
    const keys = knownKeys(guesses);
    const told = await Promise.all(
      known.map(async (each) => ({
        ...each,
        referred: new Map([...(declared.get(each.raw)?.keys ?? []), ...(referred.get(each.raw) ?? [])]),
        refers: declared.get(each.raw)?.refers ?? new Map(),
        refersTo: await referencesOf(each, keys),
      })),
    );
    const now = JSON.stringify(
      told.map(({ referred: of, refersTo }) => [...of, ...[...refersTo].map(([one, to]) => [one, ...to])]),
    );
    if (now === before) break;
    before = now;
    guesses = told.map((each) => ({ ...each, guess: guessTable(each, vocabulary) }));
  }
  return guesses;
}

/** The keys of files that are surely enough a table. */
function knownKeys(all: readonly (Known & { guess: TableGuess | undefined })[]): KnownKey[] {
  return all.flatMap(({ raw, guess, profiles }) => {
    if (!guess || !isTaken(guess) || asideWord(raw.file, raw.sheet?.name, guess.table) !== undefined)
      return [];
    const [key] = primaryKeyOf(guess.table);
    const isReference = columnsOf(guess.table).find(({ name }) => name === key)?.references !== undefined;
    const source = guess.columns.find((each) => each.column === key && isActive(each))?.source;
    const profile = profiles.get(source ?? "");
    return source && profile && !isReference ? [{ raw, source, table: guess.table, profile }] : [];
  });
}

async function evidenceOf(db: DuckDBConnection, raw: RawTable): Promise<Known> {
  const headings = new Map(raw.columns.map((column) => [column, headingOf(column, raw)]));
  const profiles = await profilesOf(db, raw, raw.rows === 0 ? [] : lookedAt(raw, headings));
  const names = namesOf(raw);
  const [primaryKey, ...more] = raw.origin?.surveyed.key ?? [];
  const isAlone = primaryKey !== undefined && more.length === 0;
  const { columns, labels } = raw;
  return {
    raw,
    names,
    columns,
    headings,
    profiles,
    ...(labels ? { labels } : {}),
    ...(isAlone ? { primaryKey } : {}),
  };
}

/** What a file and its sheet are called. */
export function namesOf(raw: RawTable): string[] {
  const [file = ""] = raw.file.split("/").slice(-1);
  return [raw.origin?.surveyed.path.at(-1) ?? file.replace(/\.[a-z.]+$/i, ""), raw.sheet?.name ?? ""];
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
