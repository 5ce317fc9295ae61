import { type Vocabulary, wordKey, wordsOf } from "../catalogue/vocabulary.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { wordTable } from "../contract/reading.js";
import { literal } from "../engine/sql.js";
import { told } from "../words/told.js";
import { fewestWords, fitOf } from "./fit.js";
import { isScaleEnd } from "./surveys.js";
import type { ColumnGuess, Evidence } from "./tableGuess.js";

/**
 * Holds one value that all rows would get against the columns that nothing is read from: a single one whose cells are words of the
 * list is read instead; where one may be it, the value is asked for.
 * @param made what no heading names
 * @param guesses what headings name
 */
export function heldAgainstCells(
  table: TableName,
  made: readonly ColumnGuess[],
  guesses: readonly ColumnGuess[],
  evidence: Evidence,
  vocabulary: Vocabulary,
): ColumnGuess[] {
  const free = unread([...guesses, ...made], evidence);
  const held = made.map((guess) => {
    const kind = columnsOf(table).find(({ name }) => name === guess.column)?.kind;
    if (kind === "enum") return ofWords(table, guess, free, evidence, vocabulary);
    return guess.column === "scale_max" ? ofScale(guess, free, evidence) : guess;
  });
  // A scale is of both its ends.
  const isAsked = held.some(({ column, certainty }) => column === "scale_max" && certainty === "unsure");
  return held.map((each) =>
    isAsked && each.column === "scale_min" ? { ...each, certainty: "unsure" } : each,
  );
}

/** Filled columns that no guess but an unsure one reads. */
export function unread(
  guesses: readonly ColumnGuess[],
  { columns, profiles }: Pick<Evidence, "columns" | "profiles">,
): string[] {
  const used = new Set(guesses.flatMap(({ source, certainty }) => (certainty === "unsure" ? [] : [source])));
  return columns.filter((column) => !used.has(column) && (profiles.get(column)?.filled ?? 0) > 0);
}

function ofWords(
  table: TableName,
  guess: ColumnGuess,
  free: readonly string[],
  { profiles }: Evidence,
  vocabulary: Vocabulary,
): ColumnGuess {
  const column = columnsOf(table).find(({ name }) => name === guess.column);
  const { folded } = wordTable(wordsOf(vocabulary, table, guess.column));
  const found = free.flatMap((source) => {
    const profile = profiles.get(source);
    if (!column || !profile) return [];
    const fit = fitOf(table, column, profile, vocabulary, { isLikely: true });
    return fit.certainty > 0 ? [{ source, profile, fit }] : [];
  });
  const [first] = found;
  if (!first) return guess;
  const { source, profile, fit } = first;
  const isSame = profile.words.every(
    ([word]) => literal(folded.get(wordKey(word)) ?? "") === guess.expression,
  );
  const isTold =
    found.length === 1 &&
    fit.certainty === 2 &&
    profile.filled >= profile.rows * 0.98 &&
    (isSame || profile.words.length >= fewestWords);
  if (!isTold)
    return asked(
      guess,
      found.map((each) => each.source),
    );
  const reasons = [told("init.byWords"), ...(fit.reason ? [fit.reason] : [])];
  return { column: guess.column, source, certainty: "likely", reasons };
}

/** Another end of a scale than the scores show stands in a column of its own. */
function ofScale(guess: ColumnGuess, free: readonly string[], { profiles }: Evidence): ColumnGuess {
  const others = free.filter((source) => {
    const { words = [], isAllWords = false, filled = 0, rows = 0 } = profiles.get(source) ?? {};
    const ends = words.map(([word]) => Number(word));
    return (
      isAllWords &&
      filled >= rows * 0.98 &&
      ends.every(isScaleEnd) &&
      ends.some((end) => String(end) !== guess.expression)
    );
  });
  return others.length === 0 ? guess : asked(guess, others);
}

const asked = (guess: ColumnGuess, others: readonly string[]): ColumnGuess => ({
  ...guess,
  certainty: "unsure",
  reasons: [...guess.reasons, ...others.map((other) => told("init.rival", { other }))],
});
