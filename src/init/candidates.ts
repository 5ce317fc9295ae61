import type { Vocabulary } from "../catalogue/vocabulary.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { type Column, columnsOf, type TableName } from "../contract/index.js";
import { looksPersonal, masked } from "../load/persons/personal.js";
import { unread } from "./constants.js";
import { fitOf, looksCoded } from "./fit.js";
import { isOwnId } from "./guess.js";
import type { Profile } from "./profile.js";
import type { Guessed } from "./refine.js";

/** Names for each column that a table lacks the one of the file that may be it by its cells, where there is one. */
export function refineCandidates(all: readonly Guessed[], vocabulary: Vocabulary): void {
  for (const { raw, guess, profiles } of all) {
    if (guess.lacking.length === 0) continue;
    const free = unread(guess.columns, { columns: raw.columns, profiles }).flatMap((source) => {
      const profile = profiles.get(source);
      return profile ? [{ source, profile }] : [];
    });
    guess.candidates = guess.lacking.flatMap((name) => {
      const column = columnsOf(guess.table).find((each) => each.name === name);
      const found = column
        ? free.filter(({ profile }) => mayBe(guess.table, column, profile, vocabulary))
        : [];
      const [best, second] = found.sort((one, other) => distinctness(other) - distinctness(one));
      const isSole = second === undefined || (column?.kind === "text" && isMore(best, second));
      return best && column && isSole
        ? [{ column: name, source: best.source, samples: samplesOf(column, best.profile) }]
        : [];
    });
  }
}

interface Free {
  source: string;
  profile: Profile;
}

const distinctness = ({ profile: { distinct, filled } }: Free) => distinct / filled;

/** Of two texts the one that tells rows apart is the name. */
const isMore = (one: Free | undefined, other: Free) =>
  one !== undefined && distinctness(one) > distinctness(other) * 1.5;

function mayBe(table: TableName, column: Column, profile: Profile, vocabulary: Vocabulary): boolean {
  const isKey = primaryKeyOf(table)[0] === column.name;
  const fit = fitOf(table, column, profile, vocabulary, {
    isKey,
    isGroup: isOwnId(table, column),
    isLikely: true,
  });
  if (profile.filled < profile.rows * 0.9) return false;
  // What groups rows, or says how, is no number: scores are no channel.
  const isWords = profile.words.every(([word]) => /\p{L}/u.test(word));
  if ((column.kind === "open" || column.kind === "enum") && !isWords) return false;
  if (column.kind === "id") return fit.certainty === 2 && looksCoded(profile);
  if (column.kind !== "text") return fit.certainty > 0;
  const isText = profile.words.every(([word]) => /\p{L}/u.test(word));
  return fit.certainty === 2 && isText && !looksCoded(profile);
}

/** Two of its values, none that leads to a person. */
function samplesOf({ personal }: Column, { words, people, companies }: Profile): string[] {
  const isMasked = personal === true || people > 0.3 || companies > 0.3;
  return words.slice(0, 2).map(([word]) => {
    if (isMasked || looksPersonal(word)) return masked;
    return word.length > 30 ? `${word.slice(0, 30)}…` : word;
  });
}
