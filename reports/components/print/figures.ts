import { isUnshown } from "../../src/kpi/coverage.js";
import { statusOf } from "../../src/kpi/status.js";
import type { PackFigures, PackScore, PackValue } from "../../src/published/packFigures.js";
import type { Scorecard, TracedItem } from "../../src/published/scoreTypes.js";
import type { Kpi, Target } from "../../src/published/siteTypes.js";
import { append } from "../../src/statistics/extremes.js";
import { type Headline, sayReason } from "../data/headline.js";
import { kpiOf } from "../data/labels.js";
import { isTotalled, latestScore } from "../data/scores.js";
import type { Point } from "../data/series.js";
import { targetOf } from "../data/targets.js";
import { scopeNames } from "./jobSite.js";
import type { ReportView } from "./view.js";

/** How many periods a trend has: two years and the month they are compared with, the same of every KPI. */
export const periodsDrawn = 25;

/** Writes down the values that a section shows, and their trends; of one that several show the first section has it. */
export function noteValues(view: NotedView, section: string, headlines: Iterable<Headline>): void {
  const { site, figures } = view;
  const known = new Set(figures.values.map(({ kpi_id }) => kpi_id));
  for (const headline of headlines) {
    const { kpi, point, points, target } = headline;
    if (!point || known.has(kpi.id)) continue;
    figures.values.push(packValue(view, section, headline, point, target));
    const trend = points.slice(-periodsDrawn).map((each) => {
      const own = targetOf(site.targets, kpi, each.grain, each.end, site.part);
      return packValue(view, section, headline, each, own);
    });
    append(figures.trends, trend);
  }
}

type NotedView = Pick<ReportView, "site" | "figures">;

function packValue(
  { site, figures }: NotedView,
  section: string,
  { kpi, label }: Headline,
  point: Point,
  target: Target | null,
): PackValue {
  const { grain, start, end, value, low, high, numerator, denominator, n, mature, partial, reason } = point;
  return {
    kpi_id: kpi.id,
    label,
    unit: kpi.unit,
    section,
    grain,
    period_start: start,
    period_end: end,
    by: figures.scope,
    value,
    numerator: value === null ? null : numerator,
    denominator: value === null || kpi.kind === "count" || kpi.kind === "sum" ? null : denominator,
    n,
    low,
    high,
    mature,
    partial,
    floor: target?.floor ?? null,
    target: target?.target ?? null,
    stretch: target?.stretch ?? null,
    status: statusOf(kpi, point, target).status,
    reason_text: reason && sayReason(site, reason),
    ...(isUnshown(point) && { hidden: true }),
  };
}

/** What a page tells of a scorecard of somebody in one period. */
type ToldScore = Pick<
  PackScore,
  "kind" | "subject" | "grain" | "period_start" | "period_end" | "total" | "grade" | "covered_weight"
> & { items: readonly ToldItem[] };
type ToldItem = Pick<TracedItem, "kpi_id" | "group" | "value" | "target" | "weight" | "score" | "hidden">;

/** Writes down the latest totals of scorecards, of the company or of whom the pack is limited to. */
export function noteTotals(view: ReportView, cards: readonly Scorecard[]): void {
  const { scope } = view.job;
  const kind = scope?.dimension === "team" || scope?.dimension === "employee" ? scope.dimension : "company";
  for (const card of cards) {
    const score = latestScore(view.site, card);
    if (score && isTotalled(score))
      noteScore(view, card.id, { ...score, kind, subject: scope?.value ?? null });
  }
}

/** Writes down somebody's score with all its items, those without a value too; of one that several show once. */
export function noteScore({ company, figures }: ReportView, scorecard: string, score: ToldScore): void {
  const { language, catalogue } = company;
  const { kind, subject, grain, period_start, period_end, total, grade, covered_weight, items } = score;
  const isThis = (one: PackScore) =>
    one.scorecard === scorecard &&
    one.subject === subject &&
    one.grain === grain &&
    one.period_start === period_start;
  if (figures.scores.some(isThis)) return;
  const card = catalogue.scorecards.find(({ id }) => id === scorecard);
  figures.scores.push({
    scorecard,
    label: card?.label[language] ?? scorecard,
    kind,
    subject,
    grain,
    period_start,
    period_end,
    total,
    grade,
    covered_weight,
    missing: card?.missing ?? "renormalise",
    items: items.map(({ kpi_id, group, value, target, weight, score: points, hidden }) => {
      const { label, unit } = kpiOf(company, kpi_id);
      return {
        kpi_id,
        label: label[language],
        group: card?.groups.find(({ id }) => id === group)?.label[language] ?? group,
        unit,
        value,
        target,
        weight,
        score: points,
        ...(hidden && { hidden }),
      };
    }),
  });
}

/** Writes down what KPIs mean. */
export function noteDefinitions({ site, figures }: ReportView, kpis: readonly Kpi[]): void {
  for (const { id, label, definition, formula, unit } of kpis) {
    if (figures.definitions.some(({ kpi_id }) => kpi_id === id)) continue;
    const [name, meaning, made] = [label, definition, formula].map((words) => words[site.language]);
    figures.definitions.push({
      kpi_id: id,
      label: name ?? id,
      definition: meaning ?? "",
      formula: made ?? "",
      unit,
    });
  }
}

/** What is told of the company's initiatives, without what only pages draw. */
export function noteInitiatives({ site, figures }: NotedView, rows: PackFigures["initiatives"]): void {
  figures.initiatives = rows.map(({ companions: _, ...row }) => row);
  for (const { kpi_id, scope } of rows) {
    const kpi = site.kpi(kpi_id);
    if (kpi) figures.names.kpis[kpi_id] = { label: kpi.label[site.language], unit: kpi.unit };
    const { dimensions, values } = scopeNames(site, scope);
    Object.assign(figures.names.dimensions, dimensions);
    for (const [dimension, names] of Object.entries(values))
      figures.names.values[dimension] = { ...figures.names.values[dimension], ...names };
  }
}
