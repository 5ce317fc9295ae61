import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { weightsInForce } from "../catalogue/weights.js";
import type { Period } from "../kpi/periods.js";
import { readWeights } from "../load/managedTables.js";
import type { SubjectKind, TracedSubject } from "../score/scored.js";
import type { WhatIf } from "../score/weightReview.js";
import { type KpiWeight, type WeightSet, weightHistory, weightList, whatIf } from "../score/weightReview.js";
import { type GradeFlip, gradeFlips, type RankSwap, rankSwaps } from "../score/weightSensitivity.js";
import { scoreSubjects } from "./scoreSubjects.js";

/** A scorecard's weights: how they came about, and what depends on them in a period. */
export interface WeightReview {
  card: Scorecard;
  period: Period;
  kind: SubjectKind;
  history: WeightSet[];
  /** In the period. */
  in_force: KpiWeight[];
  subjects: TracedSubject[];
  /** Of the company. */
  flips: GradeFlip[];
  /** Of teams or employees. */
  swaps: RankSwap[];
}

export interface WeightRequest {
  card: Scorecard;
  kind: SubjectKind;
  period: Period;
}

/** The review of a scorecard's weights for a period: of the company how far grades are, of others how far ranks are. */
export async function readWeightReview(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { card, kind, period }: WeightRequest,
): Promise<WeightReview> {
  const rows = await readWeights(db);
  const inForce = weightsInForce(rows, card.id, period.end);
  const subjects = await scoreSubjects(db, catalogue, { card, kind, ...spanOf(period) });
  const in_force = weightList(inForce, card);
  const ordered = new Map(in_force.map(({ kpi_id, weight }) => [kpi_id, weight]));
  const [company] = kind === "company" ? subjects : [];
  return {
    card,
    period,
    kind,
    history: weightHistory(rows, card),
    in_force,
    subjects,
    flips: company ? gradeFlips(company.items, ordered, card.missing, catalogue.grades) : [],
    swaps: company ? [] : rankSwaps(subjects, ordered, card.missing),
  };
}

/** A period's subjects under other weights beside those in force; KPIs that weigh nothing yet are scored for it. */
export async function readWhatIf(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { card, kind, period }: WeightRequest,
  other: ReadonlyMap<string, number>,
): Promise<WhatIf<TracedSubject>[]> {
  const inForce = weightsInForce(await readWeights(db), card.id, period.end);
  const weighs = new Map([...inForce, ...[...other].filter(([, weight]) => weight > 0)]);
  const subjects = await scoreSubjects(db, catalogue, { card, kind, ...spanOf(period), weighs });
  return whatIf(subjects, { inForce, other }, card, catalogue.grades);
}

function spanOf({ grain, start }: Period) {
  const month = start.slice(0, 7);
  return { grain, from: month, to: month };
}
