import type { Kpi } from "../../catalogue/kpis.js";
import type { Grade, Scorecard } from "../../catalogue/scorecards.js";
import { type InForce, toldOf } from "../../score/weightReview.js";
import { firmnessOf, type RankSwap, type Turn } from "../../score/weightSensitivity.js";
import { periodName } from "../../words/figures.js";
import { firmnessText } from "../../words/firmness.js";
import type { Language } from "../../words/languages.js";
import { weightTable } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { align } from "./align.js";
import type { ReviewedWeights } from "./weightReviewFormat.js";

export interface WeightsTableOptions {
  language: Language;
  kpis: readonly Kpi[];
  grades: readonly Grade[];
}

type Review = ReviewedWeights & { card: Scorecard };

/** A scorecard's weights for people: their history and what depends on them, or what hypothetical ones give. */
export function toWeightsTable(review: Review, options: WeightsTableOptions): string {
  const { card, period } = review;
  const name = periodName({ grain: period.grain, period_start: period.start }, options.language);
  const head = visible(`${labelIn(card.label, options.language)} ${card.id} · ${name}`);
  const blocks = review.what_if
    ? whatIfBlocks(review, review.what_if, options)
    : [historyBlock(review, options), ...(review.kind === "company" ? flips : swaps)(review, options)];
  return `${[head, ...blocks.map((block) => block.trimEnd())].join("\n\n")}\n`;
}

function historyBlock({ history }: Review, options: WeightsTableOptions): string {
  const say = weightTable(options.language);
  const sets = history.flatMap(({ effective_from, changes }, index) => {
    const who = toldOf(changes, "changed_by", options.language).join(say.listed);
    const why = toldOf(changes, "note", options.language).join(say.listed);
    const title = [
      say.from(effective_from),
      ...(index === 0 ? [say.first] : []),
      ...(who === "" ? [] : [say.by(who)]),
      ...(why === "" ? [] : [say.why(why)]),
    ].join(say.joined);
    if (index === 0) return [title];
    const lines = changes.map(
      ({ kpi_id, before, weight }) => `  ${kpiName(kpi_id, options)}  ${share(before)} → ${share(weight)}`,
    );
    return [title, ...lines];
  });
  return [say.history, ...sets.map((line) => `  ${visible(line)}`)].join("\n");
}

function flips({ flips: rows, subjects }: Review, options: WeightsTableOptions): string[] {
  const say = weightTable(options.language);
  const [company] = subjects;
  if (!company) return [say.none];
  const firm = company.total === null ? [] : [firmnessText(firmnessOf(rows), options.language)];
  const now = [`${say.now} ${totalText(company, options)}`, ...firm].join(say.joined);
  const lines = rows.map(({ kpi_id, weight, flip }) => [
    kpiName(kpi_id, options),
    share(weight),
    flip ? grouped(Math.abs(flip.change) * 100, 1) : "–",
  ]);
  return [
    `${say.grades}\n  ${visible(now)}\n${align([[say.kpi, say.weight, say.least], ...lines])}`,
    ...(company.total === null ? [say.noTotal] : []),
    ...(rows.some(({ flip }) => flip === null) ? [say.never] : []),
  ];
}

function swaps({ swaps: rows, in_force }: Review, options: WeightsTableOptions): string[] {
  const say = weightTable(options.language);
  if (rows.length === 0) return [say.tooFew];
  const lines = in_force.map(({ kpi_id, weight }) => {
    const able = rows.filter((row) => row.kpi_id === kpi_id && row.swap !== null);
    const [first] = able.sort((one, other) => size(one) - size(other));
    const pair = first?.swap
      ? say.passes(first.swap.leads, first.swap.leads === first.ahead ? first.behind : first.ahead)
      : "";
    return [
      kpiName(kpi_id, options),
      share(weight),
      ...turnCells(first?.swap ?? null),
      String(able.length),
      pair,
    ];
  });
  const head = [say.kpi, say.weight, say.at, say.change, say.pairs, say.pair];
  const isStuck = in_force.some(({ kpi_id }) => !rows.some((row) => row.kpi_id === kpi_id && row.swap));
  return [`${say.ranks}\n${align([head, ...lines])}`, ...(isStuck ? [say.never] : [])];
}

const size = ({ swap }: RankSwap) => Math.abs(swap?.change ?? 1);

function whatIfBlocks(
  { card, kind, in_force }: Review,
  { weights, subjects }: NonNullable<Review["what_if"]>,
  options: WeightsTableOptions,
): string[] {
  const say = weightTable(options.language);
  const of = (list: readonly { kpi_id: string; weight: number }[], id: string) =>
    list.find(({ kpi_id }) => kpi_id === id)?.weight ?? 0;
  const kpis = card.groups.flatMap((group) => group.kpis);
  const weighing = kpis.filter((id) => of(in_force, id) > 0 || of(weights, id) > 0);
  const weightLines = weighing.map((id) => [
    kpiName(id, options),
    share(of(in_force, id)),
    share(of(weights, id)),
  ]);
  const isRanked = kind !== "company";
  const cells = (row: InForce) => [
    ...(isRanked ? [row.rank === null ? "–" : String(row.rank)] : []),
    points(row.total),
    gradeText(row, options),
  ];
  const names = [...(isRanked ? [say.rank] : []), say.total, say.grade];
  const head = [say.subjects[kind], ...names, ...names.map(say.before)];
  const lines = subjects.map((row) => [
    row.subject ?? say.subjects.company,
    ...cells(row),
    ...cells(row.in_force),
  ]);
  return [
    `${say.whatIf}\n${align([[say.kpi, say.weight, say.other], ...weightLines])}`,
    subjects.length === 0 ? say.none : align([head, ...lines]),
  ];
}

function turnCells(turn: Turn | null): string[] {
  if (!turn) return ["–", "–"];
  const sign = turn.direction === "up" ? "+" : "−";
  return [`${grouped(turn.weight * 100, 2)} %`, `${sign}${grouped(Math.abs(turn.change) * 100, 2)}`];
}

function totalText(row: InForce, options: WeightsTableOptions): string {
  return [points(row.total), gradeText(row, options)].join(" ");
}

function kpiName(id: string, { kpis, language }: WeightsTableOptions): string {
  return labelIn(kpis.find((kpi) => kpi.id === id)?.label, language) ?? id;
}

function gradeText({ grade, provisional }: InForce, options: WeightsTableOptions): string {
  const name = gradeName(grade, options);
  return provisional ? weightTable(options.language).provisional(name) : name;
}

function gradeName(grade: string | null, { grades, language }: WeightsTableOptions): string {
  return labelIn(grades.find(({ id }) => id === grade)?.label, language) ?? weightTable(language).noGrade;
}

const points = (score: number | null) => (score === null ? "–" : grouped(score, 1));
const share = (weight: number) => `${grouped(weight * 100, 1)} %`;
