import type { Reason } from "../kpi/coverage.js";
import type { Period } from "../kpi/periods.js";
import type { FeedbackSheet, Standing } from "../score/feedback.js";
import type { ImprovementOutcome, Measurement } from "../score/improvements.js";
import type { FeedbackNames, NamedKpi, Teller } from "./feedbackTeller.js";
import { overall, total } from "./feedbackTotals.js";
import { periodName } from "./figures.js";
import {
  besideLimit,
  countedText,
  dayText,
  type Figure,
  limitText,
  pointsText,
  valueText,
} from "./figureText.js";
import type { Language } from "./languages.js";
import { feedback } from "./languages.js";
import { reasonText } from "./reasonText.js";
import { visible } from "./visible.js";
import { labelIn } from "./wording.js";

export type { FeedbackNames };

export interface FeedbackSection {
  heading: string;
  lines: string[];
}

export interface FeedbackText {
  title: string;
  /** Department, team and role in one line; empty where none is known. */
  who: string;
  sections: FeedbackSection[];
}

/** The sentences of a sheet. Every one follows from a figure on it by rule; sections without a sentence are left out. */
export function feedbackText(sheet: FeedbackSheet, names: FeedbackNames, language: Language): FeedbackText {
  const say = feedback(language);
  const teller: Teller = { say, language, names };
  const { headings } = say;
  const best = sheet.qualitative?.dimensions.find(({ dimension }) => sheet.best_dimensions[0] === dimension);
  const sections: FeedbackSection[] = [
    { heading: headings.overall, lines: overall(sheet, teller) },
    {
      heading: headings.strengths,
      lines: [
        ...sheet.strengths.map((each) => reached(each, teller)),
        ...(best
          ? [
              say.bestDimensions(
                sheet.best_dimensions.map((each) => valueName(each, teller)).join(say.list),
                pointsText(best.score),
              ) + say.stop,
            ]
          : []),
      ],
    },
    { heading: headings.belowTarget, lines: sheet.below_target.map((each) => short(each, teller)) },
    {
      heading: headings.unsure,
      lines: sheet.unsure.map((each) => (each.status === "on" ? reached : short)(each, teller)),
    },
    { heading: headings.others, lines: sheet.others.map((each) => untargeted(each, teller)) },
    { heading: headings.notScored, lines: sheet.not_scored.map((each) => notScored(each, teller)) },
    { heading: headings.review, lines: review(sheet, teller) },
    {
      heading: headings.improvements,
      lines: sheet.improvements.flatMap((each) => improvement(each, teller)),
    },
    { heading: headings.reading, lines: reading(sheet, teller) },
  ];
  const facts = [sheet.department, sheet.team, sheet.role]
    .filter((fact) => fact !== null)
    .map((fact) => valueName(fact, teller));
  return {
    title: say.title(
      [sheet.employee_id, sheet.name].filter(Boolean).join(" "),
      periodText(sheet.period, language),
    ),
    who: facts.join(say.dot),
    sections: sections.filter(({ lines }) => lines.length > 0),
  };
}

/** A KPI of a sheet as a row of a table has it. */
export interface FeedbackRow {
  standing: Standing;
  label: string;
  value: string;
  target: string;
  /** How far the value is from its target; a dash of one that is at it, or without. */
  gap: string;
  /** The value of the period before; a dash where there is none. */
  last: string;
  /** Why it has no score; null of one that has. */
  why: string | null;
}

/** The KPIs of a sheet by how they stand, for a table in the place of their sentences. */
export function feedbackRows(
  sheet: FeedbackSheet,
  names: FeedbackNames,
  language: Language,
): { heading: string; rows: FeedbackRow[] }[] {
  const say = feedback(language);
  const teller: Teller = { say, language, names };
  const { headings } = say;
  const row = (standing: Standing): FeedbackRow => {
    const { previous, unscored, reason } = standing;
    const { label, value, target, gap, n } = figures(standing, teller);
    const last = previous
      ? valueText(unitOf(standing, teller), { ...standing, value: previous.value }, language)
      : "–";
    const recorded = recordedText(reason, teller);
    const why = standing.hidden ? recorded : unscored ? say.unscored(unscored, n, recorded) : null;
    const shown = standing.hidden ? say.hidden : standing.value === null ? "–" : value;
    return { standing, label, value: shown, target, gap, last, why };
  };
  return [
    { heading: headings.strengths, rows: sheet.strengths.map(row) },
    { heading: headings.belowTarget, rows: sheet.below_target.map(row) },
    { heading: headings.unsure, rows: sheet.unsure.map(row) },
    { heading: headings.others, rows: sheet.others.map(row) },
    { heading: headings.notScored, rows: sheet.not_scored.map(row) },
  ].filter(({ rows }) => rows.length > 0);
}

/** Sheets as plain text, a blank line between sections and a rule between sheets. */
export function feedbackAsText(texts: readonly FeedbackText[]): string {
  return texts
    .map(({ title, who, sections }) =>
      [
        [title, who].filter(Boolean),
        ...sections.map(({ heading, lines }) => [heading, ...lines.map((line) => `  ${line}`)]),
      ]
        .map((lines) => lines.map(visible).join("\n"))
        .join("\n\n"),
    )
    .map((sheet) => `${sheet}\n`)
    .join(`\n${"─".repeat(60)}\n\n`);
}

function reached(standing: Standing, teller: Teller): string {
  const { say } = teller;
  const { label, value, target, n } = figures(standing, teller);
  const sentence = standing.gap === 0 ? say.atTarget : say.beyondTarget;
  return sentenceOf(standing, [sentence(label, value, target, n)], teller);
}

function short(standing: Standing, teller: Teller): string {
  const { label, value, target, gap, n } = figures(standing, teller);
  const { say } = teller;
  const isNear = standing.status === "near" && standing.sure;
  const parts = [say.shortOfTarget(label, value, target, gap, n), ...(isNear ? [say.near] : [])];
  return sentenceOf(standing, parts, teller);
}

function untargeted(standing: Standing, teller: Teller): string {
  const { label, value, n } = figures(standing, teller);
  return sentenceOf(
    standing,
    [teller.say.untargeted(label, value, pointsText(standing.score ?? 0), n)],
    teller,
  );
}

function notScored(standing: Standing, teller: Teller): string {
  const { label, value, n } = figures(standing, teller);
  const shown = standing.value === null ? null : value;
  const recorded = recordedText(standing.reason, teller);
  const why = standing.hidden
    ? (recorded ?? teller.say.hidden)
    : teller.say.unscored(standing.unscored ?? "no_data", n, recorded);
  return sentenceOf(standing, [teller.say.notScored(label, shown, why)], teller);
}

const recordedText = (reason: Reason | null, { language, names }: Teller) =>
  reason && reasonText(reason, language, names.called ?? String);

function sentenceOf(standing: Standing, parts: string[], teller: Teller): string {
  const { say } = teller;
  if (standing.previous) {
    const { value, change } = standing.previous;
    parts.push(
      say.previous(valueText(unitOf(standing, teller), { ...standing, value }, teller.language), change),
    );
  }
  return parts.join(say.semicolon) + say.stop;
}

function figures(standing: Standing, teller: Teller) {
  const { language, names } = teller;
  const { target } = standing;
  const unit = unitOf(standing, teller);
  const beside =
    target === null || standing.gap === 0 || standing.value === null
      ? { value: valueText(unit, standing, language), gap: "–" }
      : besideLimit(unit, standing, target, language);
  return {
    ...beside,
    label: labelIn(names.kpis.get(standing.kpi_id)?.label, language) ?? standing.kpi_id,
    target: target === null ? "–" : limitText(unit, target, language),
    n: countText(standing.n, names.kpis.get(standing.kpi_id), language),
  };
}

/** `42 tickets`: n with what it counts. */
const countText = (n: number, kpi: NamedKpi | undefined, language: Language): string =>
  [n, countedText(labelIn(kpi?.counts, language) ?? "", n, language)].filter((part) => part !== "").join(" ");

const unitOf = ({ kpi_id }: Standing, { names }: Teller): Figure =>
  names.kpis.get(kpi_id) ?? { unit: "count" };

function review({ qualitative, is_partial: isPartial }: FeedbackSheet, teller: Teller): string[] {
  const { say } = teller;
  if (isPartial) return [say.reviewLater];
  if (!qualitative) return [say.noReview];
  if (qualitative.total === null) return [say.noReviewTotal];
  const { groups, dimensions } = qualitative;
  const shown = groups.filter(({ score }) => score !== null);
  const few = groups.filter(({ unshown }) => unshown === "few_raters").map(({ group }) => say.groups[group]);
  const notes = [
    ...(few.length > 0 ? [say.fewRaters(few.join(say.list), String(qualitative.min_raters))] : []),
    ...(groups.some(({ unshown }) => unshown === "no_ratings") ? [say.noSuperior] : []),
  ];
  const hidden = groups.some(({ hidden_dimensions }) => hidden_dimensions.length > 0);
  const byDimension = say.dimensions(
    dimensions.map(({ dimension, score }) => [valueName(dimension, teller), pointsText(score)]),
  );
  return [
    total(say.reviewTotal, qualitative, qualitative.covered_weight, teller),
    capital(
      shown
        .map(({ group, score, raters }) =>
          say.group(say.groups[group], pointsText(score ?? 0), String(raters)),
        )
        .join(say.semicolon) + say.stop,
    ),
    ...(notes.length > 0 ? [capital(notes.join(say.semicolon) + say.stop)] : []),
    ...(dimensions.length > 0
      ? [[byDimension, ...(hidden ? [say.hiddenDimensions] : [])].join(say.semicolon) + say.stop]
      : []),
  ];
}

function improvement(item: ImprovementOutcome, teller: Teller): string[] {
  const { say, language, names } = teller;
  const { kpi_id: id, dimension, verdict, before, after } = item;
  const kpi = id === null ? undefined : names.kpis.get(id);
  const about =
    id !== null
      ? (labelIn(kpi?.label, language) ?? id)
      : dimension === null
        ? null
        : say.dimension(valueName(dimension, teller));
  const agreed = say.agreed({
    measure: (language === "en" ? item.measure_en : null) ?? item.measure,
    about,
    agreed: dayText(item.agreed_on, language),
    due: dayText(item.due_on, language),
    status: say.status[item.status],
  });
  const figure = ({ value, low, high, n, period }: Measurement) =>
    say.measurement(
      valueText(kpi ?? { unit: "score" }, { value, low, high }, language),
      periodText(period, language),
      n === null ? null : countText(n, kpi, language),
    );
  const said =
    verdict === "still_running"
      ? say.verdict.still_running(say.grain[item.grain], dayText(item.judged_from, language))
      : say.verdict[verdict];
  const figures =
    before && after ? say.measured(figure(before), figure(after)) : before ? figure(before) : "";
  const isUnrecorded = verdict === "no_data" || verdict === "incomplete";
  const reasons = [before, after].map((each) => recordedText(each?.reason ?? null, teller));
  const why = isUnrecorded ? new Set(reasons.filter((reason) => reason !== null)) : [];
  const sentence = [figures, said, ...why].filter(Boolean).join(say.semicolon);
  return [agreed + say.stop, `  ${capital(sentence)}${say.stop}`];
}

function reading(sheet: FeedbackSheet, { say }: Teller): string[] {
  const { strengths, below_target, unsure, others, not_scored } = sheet;
  const standings = [strengths, below_target, unsure, others, not_scored].flat();
  const judgesChange = standings.some(({ previous }) => previous) || sheet.improvements.length > 0;
  const totals = [sheet.quantitative, sheet.qualitative, sheet.combined].filter(
    (each) => each?.total != null,
  );
  const comparesTotals = totals.some((each) => each?.previous?.change);
  return [
    ...(unsure.length > 0 ? [say.reading.target] : []),
    ...(judgesChange ? [say.reading.change] : []),
    ...(comparesTotals ? [say.reading.totals] : []),
    ...(totals.some((each) => each?.provisional) ? [say.reading.provisional] : []),
    ...(standings.some(({ unscored }) => unscored === "few_cases") ? [say.reading.cases] : []),
    ...(sheet.qualitative ? [say.reading.anonymity(String(sheet.qualitative.min_raters))] : []),
  ];
}

const valueName = (value: string, { names, language }: Teller) =>
  labelIn(names.values.get(value), language) ?? value;

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const periodText = ({ grain, start }: Period, language: Language) =>
  periodName({ grain, period_start: start }, language);
