import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../../catalogue/catalogueFiles.js";
import type { Scorecard } from "../../catalogue/scorecards.js";
import { suggest } from "../../catalogue/suggest.js";
import { changesOfWeights } from "../../catalogue/weights.js";
import { readWeights } from "../../load/managedTables.js";
import { CliError } from "../../run/error.js";
import type { SubjectKind } from "../../score/scored.js";
import { told } from "../../words/told.js";

/**
 * The scorecard that an id names, or all of them, as far as they judge such subjects.
 * @param ids what the argument may be
 * @throws CliError 2
 */
export function cardsAsked(
  id: string | undefined,
  kind: SubjectKind,
  { scorecards }: Catalogue,
  ids: readonly string[],
): Scorecard[] {
  if (scorecards.length === 0) throw new CliError(told("scorecards.none"), 2);
  if (id !== undefined && !ids.includes(id)) {
    throw new CliError(told("scorecard.unknown", { ids, id, near: suggest(id, ids) }), 2);
  }
  const asked = scorecards.filter((card) => id === undefined || card.id === id);
  const cards = asked.filter(({ subjects }) => subjects.includes(kind));
  if (cards.length === 0) {
    const subjects = [...new Set(asked.flatMap((card) => card.subjects))];
    throw new CliError(
      told("scorecard.otherSubjects", { card: id ?? told("scorecard.none"), subjects, kind }),
      2,
    );
  }
  return cards;
}

/**
 * Refuses a scorecard without weights on a day.
 * @throws CliError 2
 */
export async function requireWeights(db: DuckDBConnection, { id }: Scorecard, day: string): Promise<void> {
  const [first] = changesOfWeights(await readWeights(db), id);
  if (first === undefined) throw new CliError(told("scorecard.noWeights", { id }), 2);
  if (first > day) throw new CliError(told("scorecard.weightsBegin", { id, first, day }), 2);
}
