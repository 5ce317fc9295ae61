import type { AssessmentDocument } from "../../src/published/assessmentTypes.js";
import type { BenefitsDocument } from "../../src/published/benefitTypes.js";
import type { WeightsDocument } from "../../src/published/weightTypes.js";
import { h } from "../element.js";
import { benefitsId, hasBenefits } from "./benefits.js";
import { hasRanks, problemId, rankingId } from "./problemSheets.js";
import { readingKey } from "./readingKey.js";
import {
  assessmentId,
  hasAssessment,
  hasFirmness,
  scorecardId,
  scoredCards,
  weightsId,
} from "./scorecards.js";
import { hasBones, missingId, placeOf, type ReportView } from "./view.js";

export interface ContentsEntry {
  id: string;
  label: string;
  /** Entries one level below. */
  below?: ContentsEntry[];
}

/** What decides which parts there are. */
interface ContentsData {
  assessment: AssessmentDocument;
  weights: WeightsDocument;
  benefits: BenefitsDocument;
}

/** The table of contents, whose numbers the printing fills in, and how to read the charts. */
export function contents(view: ReportView, data: ContentsData): HTMLElement {
  const { words } = view;
  return h(
    "section",
    { class: "contents" },
    h("h2", { id: "contents" }, words.contents),
    list(entriesOf(view, data)),
    h("h3", {}, words.key),
    h("p", { class: "shown" }, words.keyShown),
    readingKey(view),
  );
}

/** The parts of the report in its order. */
function entriesOf(view: ReportView, { assessment, weights, benefits }: ContentsData): ContentsEntry[] {
  const { site, words, departments, others, missing, problems } = view;
  const { nav, problems: problemWords, missing: missingWords } = site.messages;
  const [firstProblem] = problems;
  const cards = scoredCards(view).map(({ card }) => ({
    id: scorecardId(card),
    label: card.label[site.language],
  }));
  if (hasAssessment(assessment)) {
    cards.push({ id: assessmentId, label: site.messages.assessment.name });
  }
  if (hasFirmness(weights)) cards.push({ id: weightsId, label: site.messages.weights.name });
  const [firstCard] = cards;
  return [
    ...(firstCard ? [{ id: firstCard.id, label: nav.scorecards, below: cards }] : []),
    ...(hasBenefits(benefits) ? [{ id: benefitsId, label: site.messages.benefits.name }] : []),
    ...departments.map((department) => ({
      id: hasBones(department) ? `fishbone-${department.id}` : (department.sections[0]?.id ?? ""),
      label: hasBones(department) ? site.messages.fishbone.label(department.label) : department.label,
      below: department.sections.map((section) => ({
        id: section.id,
        label: section.label,
        below: section.headlines.map(({ kpi, label: name }) => ({ id: placeOf(view, kpi.id), label: name })),
      })),
    })),
    ...(others
      ? [
          {
            id: others.id,
            label: others.label,
            below: others.headlines.map(({ kpi, label }) => ({ id: placeOf(view, kpi.id), label })),
          },
        ]
      : []),
    ...(firstProblem
      ? [
          {
            id: problemId(firstProblem),
            label: problemWords.name,
            below: [
              ...problems.map((problem) => ({
                id: problemId(problem),
                label: problem.problem.label[site.language],
              })),
              ...(hasRanks(problems) ? [{ id: rankingId, label: problemWords.ranking }] : []),
            ],
          },
        ]
      : []),
    ...(missing.length > 0
      ? [{ id: missingId, label: missingWords.title(site.format.integer(missing.length)) }]
      : []),
    { id: "quality", label: nav.quality },
    { id: "definitions", label: words.definitions.caption },
  ];
}

function list(entries: readonly ContentsEntry[]): HTMLElement {
  return h(
    "ol",
    {},
    entries.map(({ id, label, below }) =>
      h(
        "li",
        {},
        h(
          "a",
          { href: `#${id}` },
          h("span", { class: "contents-entry" }, label),
          h("span", { class: "contents-page", "data-page-of": id }, "00"),
        ),
        below && list(below),
      ),
    ),
  );
}
