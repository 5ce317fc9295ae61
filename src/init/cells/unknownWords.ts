import { columnsOf } from "../../contract/index.js";
import { told } from "../../words/told.js";
import type { Guessed } from "../refine.js";

/** A build takes so many rows of a table at most that break the contract. */
const mostRefused = 0.05;

/** A closed column of which a build would refuse too many rows for words that nobody knows stands as a comment, with these words. */
export function refineUnknownWords(all: readonly Guessed[]): void {
  for (const { guess, profiles } of all)
    for (const found of guess.columns) {
      const kind = columnsOf(guess.table).find(({ name }) => name === found.column)?.kind;
      const profile = profiles.get(found.source ?? "");
      if (kind !== "enum" || !profile || !found.unknownWords) continue;
      const rows = found.unknownWords.reduce((sum, [, count]) => sum + count, 0);
      if (rows <= profile.rows * mostRefused || found.certainty === "unsure") continue;
      found.certainty = "unsure";
      found.reasons.push(
        told("init.tooManyUnknown", { share: `${Math.floor((100 * rows) / profile.rows)} %` }),
      );
    }
}
