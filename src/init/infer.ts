import type { DuckDBConnection } from "@duckdb/node-api";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import { type Column, columnsOf, type TableName } from "../contract/index.js";
import { told } from "../words/told.js";
import { fewestWords, fitOf, looksCoded } from "./fit.js";
import type { Profile } from "./profile.js";
import { type Guessed, greatestShare, isSmall, keysOf } from "./refine.js";
import type { ColumnGuess } from "./tableGuess.js";

/** So many different ids have to speak for a column whose heading does not. */
const fewestIds = 8;

/**
 * Finds columns by their cells alone where the heading is of no known word: codes of one closed list, and ids that are keys of
 * another file. Only what nothing else in the file could be, nor anything else in the table, is taken.
 */
export async function inferFromCells(
  db: DuckDBConnection,
  all: readonly Guessed[],
  vocabulary: Vocabulary,
): Promise<void> {
  for (const each of all) {
    const free = unknownColumns(each);
    if (free.length === 0) continue;
    const { table, columns } = each.guess;
    const open = columnsOf(table).filter(({ name }) => !columns.some(({ column }) => column === name));
    const found = [
      ...byWords(table, open, free, vocabulary),
      ...(await byReference(db, each, all, { open, free })),
    ];
    for (const guess of found) {
      columns.push(guess);
      each.guess.lacking = each.guess.lacking.filter((name) => name !== guess.column);
    }
  }
}

type Free = readonly (readonly [source: string, profile: Profile])[];

/** Filled columns that nothing is read from and whose headings say nothing in any language. */
function unknownColumns({ raw, guess, profiles, headings }: Guessed): Free {
  const used = new Set(guess.columns.flatMap(({ source, rival }) => [source, rival]));
  return raw.columns.flatMap((source) => {
    const profile = profiles.get(source);
    const readings = headings.get(source)?.readings ?? [];
    const isUnknown = readings.every(({ means, unknown }) => unknown > 0 && means.size === 0);
    return profile && profile.filled > 0 && isUnknown && !used.has(source)
      ? [[source, profile] as const]
      : [];
  });
}

function byWords(
  table: TableName,
  open: readonly Column[],
  free: Free,
  vocabulary: Vocabulary,
): ColumnGuess[] {
  const closed = open.filter(({ kind }) => kind === "enum");
  const pairs = free.flatMap(([source, profile]) =>
    closed.flatMap((column) => {
      const fit = fitOf(table, column, profile, vocabulary);
      const isTold = fit.certainty === 2 && profile.words.length >= fewestWords;
      return isTold ? [{ source, column: column.name, reason: fit.reason }] : [];
    }),
  );
  return onlyOnes(pairs).map(({ source, column, reason }) => ({
    column,
    source,
    certainty: "likely",
    reasons: [told("init.byCellsAlone"), ...(reason ? [reason] : [])],
  }));
}

async function byReference(
  db: DuckDBConnection,
  { raw }: Guessed,
  all: readonly Guessed[],
  { open, free }: { open: readonly Column[]; free: Free },
): Promise<ColumnGuess[]> {
  // Who of the employees it is, only a heading can say.
  const references = open.filter(({ references: to }) => to !== undefined && to !== "employees");
  const pairs: { source: string; column: string; to: string; share: number }[] = [];
  for (const [source, profile] of free) {
    if (profile.distinct < fewestIds || !looksCoded(profile) || isSmall(profile)) continue;
    for (const { name, references: to } of references) {
      const share = await greatestShare(db, raw, source, keysOf(all, to as TableName));
      if (share !== undefined && share >= 0.95) pairs.push({ source, column: name, to: to ?? "", share });
    }
  }
  return onlyOnes(pairs).map(({ source, column, to, share }) => ({
    column,
    source,
    certainty: "likely",
    reasons: [
      told("init.byCellsAlone"),
      told("init.joins", { share: `${Math.floor(share * 100)} %`, table: to }),
    ],
  }));
}

/** Those of which neither the file's column nor the table's stands in another pair. */
const onlyOnes = <T extends { source: string; column: string }>(pairs: readonly T[]): T[] =>
  pairs.filter((one) =>
    pairs.every((other) => other === one || (other.source !== one.source && other.column !== one.column)),
  );
