import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { suggest, suggestZh } from "../catalogue/suggest.js";
import { changesOfWeights } from "../catalogue/weights.js";
import { readWeights } from "../load/managedTables.js";
import { CliError } from "../run/error.js";
import type { SubjectKind } from "../score/scored.js";

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
  if (scorecards.length === 0)
    throw new CliError(
      { en: "no scorecards in the catalogue: scorecards.yaml", zh: "目录中没有计分卡：scorecards.yaml" },
      2,
    );
  if (id !== undefined && !ids.includes(id)) {
    throw new CliError(
      {
        en: `unknown scorecard (there are ${ids.join(", ")}): ${id}${suggest(id, ids)}`,
        zh: `未知的计分卡 ${id}${suggestZh(id, ids)}，可用的有：${ids.join("、")}`,
      },
      2,
    );
  }
  const asked = scorecards.filter((card) => id === undefined || card.id === id);
  const cards = asked.filter(({ subjects }) => subjects.includes(kind));
  if (cards.length === 0) {
    const subjects = [...new Set(asked.flatMap((card) => card.subjects))].join(", ");
    throw new CliError(
      {
        en: `${id ?? "no scorecard"} is not for this (it is for ${subjects}): ${kind}`,
        zh: `${id ?? "没有计分卡"} 不用于 ${kind}，它用于：${subjects.replaceAll(", ", "、")}`,
      },
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
  if (first === undefined)
    throw new CliError(
      {
        en: `no weights in weights.csv of the scorecard: ${id}`,
        zh: `weights.csv 中没有这个计分卡的权重：${id}`,
      },
      2,
    );
  if (first > day)
    throw new CliError(
      {
        en: `the weights of ${id} begin only on ${first}: ${day}`,
        zh: `${id} 的权重自 ${first} 才开始，所要的日期为 ${day}`,
      },
      2,
    );
}
