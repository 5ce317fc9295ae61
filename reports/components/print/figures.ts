import { statusOf } from "../../src/kpi/status.js";
import type { PackFigures } from "../../src/published/packFigures.js";
import type { CompanyScore, Scorecard } from "../../src/published/scoreTypes.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type Headline, sayReason } from "../data/headline.js";
import { targetOf } from "../data/targets.js";
import type { ReportView } from "./view.js";

/** Writes down the values that a section shows; of one that several show the first section has it. */
export function noteValues(
  { site, figures }: Pick<ReportView, "site" | "figures">,
  section: string,
  headlines: Iterable<Headline>,
): void {
  const known = new Set(figures.values.map(({ kpi_id }) => kpi_id));
  for (const { kpi, label, point, target } of headlines) {
    if (!point || known.has(kpi.id)) continue;
    const { grain, start, end, value, low, high, numerator, denominator, n, mature, partial, reason } = point;
    figures.values.push({
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
      denominator: value === null || kpi.kind === "count" ? null : denominator,
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
    });
  }
}

/** Writes down a scorecard's score of the company, or of whom the pack is limited to. */
export function noteScore({ site, job, figures }: ReportView, card: Scorecard, score: CompanyScore): void {
  const { language } = site;
  const { scope } = job;
  const { grain, period_start, period_end, total, grade, covered_weight, items } = score;
  const labelOf = (id: string) => card.groups.find((group) => group.id === id)?.label[language] ?? id;
  const target = (kpi: Kpi | undefined) =>
    kpi ? (targetOf(site.targets, kpi, grain, period_end, site.part)?.target ?? null) : null;
  figures.scores.push({
    scorecard: card.id,
    label: card.label[language],
    kind: scope?.dimension === "team" || scope?.dimension === "employee" ? scope.dimension : "company",
    subject: scope?.value ?? null,
    grain,
    period_start,
    period_end,
    total,
    grade,
    covered_weight,
    missing: card.missing,
    items: items.map(({ kpi_id, group, value, weight, score: points }) => {
      const kpi = site.kpi(kpi_id);
      return {
        kpi_id,
        label: kpi?.label[language] ?? kpi_id,
        group: labelOf(group),
        unit: kpi?.unit ?? "count",
        value,
        target: target(kpi),
        weight,
        score: points,
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
export function noteInitiatives(figures: PackFigures, rows: PackFigures["initiatives"]): void {
  figures.initiatives = rows.map(({ companions: _, ...row }) => row);
}
