import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import { changesOfWeights, type WeightRow, weightsInForce } from "../catalogue/weights.js";
import { addDays } from "../kpi/periods.js";
import { round9 } from "../statistics/rounding.js";
import type { Language } from "../words/languages.js";
import { type Told, told } from "../words/told.js";
import type { ScoredSubject, TracedSubject } from "./scored.js";
import { ranked, totalled } from "./totals.js";

/** What a subject got under the weights in force, where others were asked for. */
export type InForce = Pick<TracedSubject, "total" | "covered_weight" | "provisional" | "grade" | "rank">;

/** How much a KPI weighs of its scorecard, as a fraction. */
export interface KpiWeight {
  kpi_id: string;
  weight: number;
}

/** One KPI's weight before and from a day on; 0 where it does not count. */
export interface WeightDifference {
  kpi_id: string;
  before: number;
  weight: number;
  changed_by: string | null;
  note: string | null;
  note_en: string | null;
}

/** The weights of a scorecard from a day on, with what changed then. */
export interface WeightSet {
  /** An ISO day. */
  effective_from: string;
  changes: WeightDifference[];
  /** All weights in force from then on, in the order of the scorecard. */
  weights: KpiWeight[];
}

/** Everybody who changed a set, or every reason that was given, each once, in the order of the rows. */
export const toldOf = (
  changes: readonly WeightDifference[],
  key: "changed_by" | "note",
  language: Language,
): string[] => [
  ...new Set(changes.flatMap((each) => (key === "note" ? noteIn(each, language) : each.changed_by) ?? [])),
];

/** Why a weight was changed, in a language as far as it is told in it. */
export const noteIn = (
  { note, note_en }: Pick<WeightDifference, "note" | "note_en">,
  language: Language,
): string | null => (language === "en" && note_en) || note;

/**
 * A scorecard's weights from the first set to the newest, which may lie in the future; a row that repeats the weight in
 * force is no change.
 */
export function weightHistory(
  rows: readonly WeightRow[],
  card: Pick<Scorecard, "id" | "groups">,
): WeightSet[] {
  let before: ReadonlyMap<string, number> = new Map();
  return changesOfWeights(rows, card.id).map((effective_from) => {
    const since = weightsInForce(rows, card.id, addDays(effective_from, 1));
    const changes = kpisOf(card).flatMap((kpi_id): WeightDifference[] => {
      const [old, weight] = [before.get(kpi_id) ?? 0, since.get(kpi_id) ?? 0];
      if (round9(old) === round9(weight)) return [];
      const row = rows.find(
        (each) =>
          each.scorecard_id === card.id && each.kpi_id === kpi_id && each.effective_from === effective_from,
      );
      const { changed_by = null, note = null, note_en = null } = row ?? {};
      return [{ kpi_id, before: old, weight, changed_by, note, note_en }];
    });
    before = since;
    return { effective_from, changes, weights: weightList(since, card) };
  });
}

/** Weights in the order of the scorecard. */
export function weightList(
  weights: ReadonlyMap<string, number>,
  card: Pick<Scorecard, "groups">,
): KpiWeight[] {
  return kpisOf(card).flatMap((kpi_id) => {
    const weight = weights.get(kpi_id);
    return weight === undefined ? [] : [{ kpi_id, weight }];
  });
}

const kpisOf = ({ groups }: Pick<Scorecard, "groups">) => groups.flatMap(({ kpis }) => kpis);

/** Weights with some of them set and the others rescaled proportionally, so that all sum to 1 (see `faultOfSet`). */
export function withWeights(
  weights: ReadonlyMap<string, number>,
  set: ReadonlyMap<string, number>,
): Map<string, number> {
  const { others, left, taken } = split(weights, set);
  const scale = left > 0 ? Math.max(0, 1 - taken) / left : 0;
  return new Map([...others.map(([id, weight]): [string, number] => [id, weight * scale]), ...set]);
}

/** Why weights in [0, 1] cannot be set so, the offending value last: they cannot sum to 1. */
export function faultOfSet(
  weights: ReadonlyMap<string, number>,
  set: ReadonlyMap<string, number>,
): Told | undefined {
  const { left, taken } = split(weights, set);
  const sum = round9(taken);
  if (sum > 1) return told("weights.tooMuch", { sum });
  if (left > 0 || sum === 1) return undefined;
  return told("weights.tooLittle", { sum });
}

function split(weights: ReadonlyMap<string, number>, set: ReadonlyMap<string, number>) {
  const sum = (list: Iterable<number>) => [...list].reduce((total, weight) => total + weight, 0);
  const others = [...weights].filter(([id]) => !set.has(id));
  return { others, left: sum(others.map(([, weight]) => weight)), taken: sum(set.values()) };
}

/** A subject under other weights, beside what it is under those in force. */
export type WhatIf<S extends ScoredSubject> = S & { in_force: InForce };

/**
 * Totals, grades and ranks of one period's subjects under other weights, beside those under the weights in force; in the
 * order of the new ranks. Their items have to be those of both: of a KPI that has none a weight says nothing.
 */
export function whatIf<S extends ScoredSubject>(
  subjects: readonly S[],
  weights: { inForce: ReadonlyMap<string, number>; other: ReadonlyMap<string, number> },
  card: Pick<Scorecard, "groups" | "missing">,
  grades: readonly Grade[],
): WhatIf<S>[] {
  const before = reweighed(subjects, weights.inForce, card, grades);
  return reweighed(subjects, weights.other, card, grades).map((row) => {
    const { total, covered_weight, provisional, grade, rank } =
      before.find(({ subject }) => subject === row.subject) ?? row;
    return { ...row, in_force: { total, covered_weight, provisional, grade, rank } };
  });
}

/** One period's subjects with the totals, grades and ranks that these weights give them; the company has no rank. */
export function reweighed<S extends ScoredSubject>(
  subjects: readonly S[],
  weights: ReadonlyMap<string, number>,
  card: Pick<Scorecard, "groups" | "missing">,
  grades: readonly Grade[],
): S[] {
  const rows = subjects.map((subject): S => {
    const items = subject.items.flatMap((item) => {
      const weight = weights.get(item.kpi_id) ?? 0;
      return weight > 0 ? [{ ...item, weight }] : [];
    });
    return { ...subject, ...totalled(items, card, grades), rank: null, items };
  });
  return rows.every(({ kind }) => kind === "company") ? rows : ranked(rows);
}
