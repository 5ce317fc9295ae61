import { type Vocabulary, wordKey, wordsOf } from "../../catalogue/vocabulary.js";
import { columnsOf } from "../../contract/index.js";
import { wordTable } from "../../contract/reading.js";
import { looksPersonal } from "../../load/persons/personal.js";
import { told } from "../../words/told.js";
import { visible } from "../../words/visible.js";
import type { Guessed } from "../refine.js";
import { isActive } from "../tableGuess.js";
import type { Say } from "./nodes.js";

/** So many words of a column are offered labels. */
const mostWords = 40;

/** The text of `vocabulary.yaml`: comments alone, with the words of open columns to which labels may be given. */
export function vocabularyText(all: readonly Guessed[], vocabulary: Vocabulary, say: Say): string {
  const words = new Map<string, Map<string, number>>();
  for (const { guess, profiles } of all) {
    for (const { column, source } of guess.columns.filter(isActive)) {
      const known = columnsOf(guess.table).find(({ name }) => name === column);
      const profile = source === null ? undefined : profiles.get(source);
      if (known?.kind !== "open" || !profile?.isAllWords || profile.words.length > mostWords) continue;
      const { folded } = wordTable(wordsOf(vocabulary, guess.table, column));
      const found = words.get(column) ?? new Map<string, number>();
      // What stands once or twice may be a person's.
      for (const [word, count] of profile.words)
        if (count > 2 && !folded.has(wordKey(word)) && !looksPersonal(word))
          found.set(word, (found.get(word) ?? 0) + count);
      words.set(column, found);
    }
  }
  const lines = [...words]
    .filter(([, found]) => found.size > 0)
    .flatMap(([column, found]) => [
      `${column}:`,
      ...[...found].map(([word, count]) => {
        const label = /\p{Script=Han}/u.test(word) ? "en" : "zh-CN";
        return `  ${JSON.stringify(word)}: { labels: { ${label}: ${JSON.stringify("")} } } # ${say(told("init.rows", { count: String(count) }))}`;
      }),
    ]);
  const head = [say(told("init.vocabulary")), say(told("init.vocabularyLines"))];
  return [...head, ...(lines.length > 0 ? ["", ...lines] : [])]
    .map((line) => `# ${visible(line)}`.trimEnd())
    .join("\n")
    .concat("\n");
}
