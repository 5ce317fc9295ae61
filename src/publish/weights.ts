import type { DuckDBConnection } from "@duckdb/node-api";
import { openingPeriod } from "../answers/openingPeriod.js";
import { readWeightReview } from "../answers/weightReviews.js";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { weightsInForce } from "../catalogue/weights.js";
import { readWeights } from "../load/managedTables.js";
import type { WeighedTotal, WeightScorecard, WeightsDocument } from "../published/weightTypes.js";
import type { SubjectKind } from "../score/scored.js";
import { type WeightSet, weightHistory, weightList } from "../score/weightReview.js";
import { byLanguage } from "./catalogue.js";
import { shownSubjects } from "./scores.js";
import type { Unshown } from "./unshown.js";

/**
 * The review of every scorecard's weights.
 * @param withNames whether settings allow names, such as who changed a weight
 */
export async function weightsDocument(
  db: DuckDBConnection,
  catalogue: Catalogue,
  unshown: Unshown,
  { withNames }: { withNames: boolean },
): Promise<WeightsDocument> {
  const rows = await readWeights(db);
  const scorecards: WeightScorecard[] = [];
  for (const card of catalogue.scorecards) {
    const period = await openingPeriod(db, catalogue.kpis, card);
    const review = async (kind: SubjectKind) =>
      card.subjects.includes(kind) ? readWeightReview(db, catalogue, { card, kind, period }) : undefined;
    const [company, teams] = [await review("company"), await review("team")];
    const whole = company?.subjects[0];
    const shown = await shownSubjects(
      teams?.subjects ?? [],
      catalogue,
      { kind: "team", grain: period.grain },
      unshown,
    );
    // Where ranks swap tells how far apart two totals are, and that nobody is between them: of whom all is shown, and the rank.
    const known = new Set(
      shown.flatMap(({ subject, rank, items }) =>
        rank === null || items.some(({ hidden }) => hidden) ? [] : [subject],
      ),
    );
    scorecards.push({
      id: card.id,
      label: byLanguage(card.label),
      history: weightHistory(rows, card).map((set) => (withNames ? set : unsigned(set))),
      period,
      in_force: weightList(weightsInForce(rows, card.id, period.end), card),
      company: whole ? totalOf(whole) : null,
      flips: company?.flips ?? [],
      teams: shown.map((row) => ({
        team: row.subject ?? "",
        rank: row.rank,
        ...totalOf(row),
      })),
      swaps: (teams?.swaps ?? []).filter(({ ahead, behind }) =>
        [ahead, behind].every((team) => known.has(team)),
      ),
    });
  }
  return {
    grades: catalogue.grades.map((grade) => ({ ...grade, label: byLanguage(grade.label) })),
    scorecards,
  };
}

const totalOf = ({ total, covered_weight, provisional, grade }: WeighedTotal) => ({
  total,
  covered_weight,
  provisional,
  grade,
});

function unsigned(set: WeightSet): WeightSet {
  return { ...set, changes: set.changes.map((change) => ({ ...change, changed_by: null })) };
}
