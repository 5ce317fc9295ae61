import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../error.js";
import type { Scorecard } from "../kpi/scorecards.js";
import type { SubjectKind } from "../kpi/scored.js";
import { suggest } from "../kpi/suggest.js";
import { changesOfWeights } from "../kpi/weights.js";
import type { Catalogue } from "../warehouse/catalogueFiles.js";
import { readWeights } from "../warehouse/managedTables.js";

/**
 * The scorecard that an id names, or all of them, as far as they judge such subjects.
 * @param ids what the argument may be
 * @throws CliError 2
 */
export function cardsAsked(
  id: string | undefined,
  kind: SubjectKind,
  { scorecards }: Catalogue,
  catalogDir: string,
  ids: readonly string[],
): Scorecard[] {
  if (scorecards.length === 0) throw new CliError(`no scorecards in the catalogue: ${catalogDir}`, 2);
  if (id !== undefined && !ids.includes(id)) {
    const message = `unknown scorecard (there are ${ids.join(", ")}): ${id}${suggest(id, ids)}`;
    throw new CliError(message, 2);
  }
  const asked = scorecards.filter((card) => id === undefined || card.id === id);
  const cards = asked.filter(({ subjects }) => subjects.includes(kind));
  if (cards.length === 0) {
    const subjects = [...new Set(asked.flatMap((card) => card.subjects))].join(", ");
    throw new CliError(`${id ?? "no scorecard"} is not for this (it is for ${subjects}): ${kind}`, 2);
  }
  return cards;
}

/**
 * Refuses a scorecard without weights on a day.
 * @throws CliError 2
 */
export async function requireWeights(db: DuckDBConnection, { id }: Scorecard, day: string): Promise<void> {
  const [first] = changesOfWeights(await readWeights(db), id);
  if (first === undefined) throw new CliError(`no weights in weights.csv of the scorecard: ${id}`, 2);
  if (first > day) throw new CliError(`the weights of ${id} begin only on ${first}: ${day}`, 2);
}
