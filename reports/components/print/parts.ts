import type { AssessmentDocument } from "../../src/published/assessmentTypes.js";
import { type BenefitsDocument, namedAll, namingOnly } from "../../src/published/benefitTypes.js";
import type { PackSection } from "../../src/published/packTypes.js";
import type { Quality } from "../../src/published/quality.js";
import type { Ranking } from "../../src/published/scoreTypes.js";
import type { WeightsDocument } from "../../src/published/weightTypes.js";
import { append } from "../../src/statistics/extremes.js";
import { append as appendTo, h } from "../element.js";
import { appendixId, appendixSection } from "./appendix.js";
import { benefitSection, benefitsId, hasBenefits } from "./benefits.js";
import type { ContentsEntry, Part } from "./contents.js";
import { feedbackSection } from "./feedback.js";
import { fishboneSheet } from "./fishboneSheet.js";
import { hasRanks, problemId, problemSheets, rankingId } from "./problemSheets.js";
import { ownQualitySection, qualitySection } from "./quality.js";
import {
  assessmentId,
  assessmentSection,
  hasAssessment,
  hasFirmness,
  scorecardId,
  scorecardSections,
  scoredCards,
  weightSection,
  weightsId,
} from "./scorecards.js";
import { kpiSection, missingSection } from "./sections.js";
import { signoffId, signoffSection } from "./signoff.js";
import { summaryId, summarySection } from "./summary.js";
import { firstOf, hasBones, missingId, placeOf, type ReportSection, type ReportView } from "./view.js";

/** What a pack's parts are drawn of beyond the data all pages share, each loaded when a part wants it. */
export interface PackData {
  quality(): Promise<Quality>;
  rankings(): Promise<Ranking[]>;
  assessment(): Promise<AssessmentDocument>;
  weights(): Promise<WeightsDocument>;
  benefits(): Promise<BenefitsDocument>;
}

type Draw = (view: ReportView, data: PackData) => Promise<Part[]>;

/** How each section of a pack is drawn; none where its data say nothing. */
const draws: Record<PackSection, Draw> = {
  summary: async (view, data) => [
    {
      entry: { id: summaryId, label: view.words.summary.name },
      drawn: [summarySection(view, await benefitsOf(view, data), await data.quality())],
    },
  ],
  scorecards: async (view, data) => {
    const cards = scoredCards(view);
    if (cards.length === 0) return [];
    const { language, messages } = view.site;
    const below = cards.map(({ card }) => ({ id: scorecardId(card), label: card.label[language] }));
    const [first] = below;
    return [
      {
        entry: { id: first?.id ?? "", label: messages.nav.scorecards, below },
        drawn: scorecardSections(view, view.job.scope ? [] : await data.rankings()),
      },
    ];
  },
  assessment: async (view, data) => {
    if (view.job.scope) return [];
    const doc = await data.assessment();
    const label = view.site.messages.assessment.name;
    return hasAssessment(view, doc)
      ? [{ entry: { id: assessmentId, label }, drawn: [assessmentSection(view, doc)] }]
      : [];
  },
  weights: async (view, data) => {
    if (view.job.scope) return [];
    const doc = await data.weights();
    const label = view.site.messages.weights.name;
    return hasFirmness(doc) ? [{ entry: { id: weightsId, label }, drawn: [weightSection(view, doc)] }] : [];
  },
  benefits: async (view, data) => initiatives(view, await benefitsOf(view, data), false),
  benefits_brief: async (view, data) => initiatives(view, await benefitsOf(view, data), true),
  fishbones: async (view) => departments(view),
  // Of a pack with fishbones the KPIs of each stand behind its picture.
  kpis: async (view) => (view.job.pack.sections.includes("fishbones") ? [] : departments(view)),
  problems: async (view) => {
    const [first] = view.problems;
    if (!first) return [];
    const words = view.site.messages.problems;
    return [
      {
        entry: {
          id: problemId(first),
          label: words.name,
          below: [
            ...view.problems.map((problem) => ({
              id: problemId(problem),
              label: problem.problem.label[view.site.language],
            })),
            ...(hasRanks(view.problems) ? [{ id: rankingId, label: words.ranking }] : []),
          ],
        },
        drawn: problemSheets(view),
      },
    ];
  },
  missing: async (view) => {
    const { missing, site } = view;
    if (missing.length === 0) return [];
    const label = site.messages.missing.title(site.format.integer(missing.length));
    return [{ entry: { id: missingId, label }, drawn: [missingSection(view)] }];
  },
  feedback: async (view, data) => feedbackSection(view, await data.assessment()),
  quality: async (view, data) => {
    const draw = view.job.scope ? ownQualitySection : qualitySection;
    const label = view.site.messages.nav.quality;
    return [{ entry: { id: "quality", label }, drawn: [draw(view, await data.quality())] }];
  },
  definitions: async (view, data) => [
    {
      entry: { id: appendixId, label: view.words.appendix.name },
      drawn: [appendixSection(view, await data.weights(), await data.quality())],
    },
  ],
  signoff: async (view) => [
    { entry: { id: signoffId, label: view.words.signoff.name }, drawn: [signoffSection(view)] },
  ],
};

/** Draws the parts of a pack in its order. */
export async function partsOf(view: ReportView, data: PackData): Promise<Part[]> {
  const parts: Part[] = [];
  let [hasSubject, isTold] = [false, false];
  for (const section of view.job.pack.sections) {
    const drawn = await draws[section](view, data);
    append(parts, drawn);
    if (isFrame(section)) continue;
    hasSubject = true;
    isTold ||= drawn.length > 0;
  }
  return hasSubject && !isTold ? [nothing(view), ...parts] : parts;
}

/** What stands around the subject of a pack, and is no subject. */
const isFrame = (section: PackSection): boolean => section === "definitions" || section === "signoff";

/** Says of a pack that its subject has no data. */
function nothing({ words, title, job }: ReportView): Part {
  const id = "nothing";
  const section = h(
    "section",
    {},
    h("h2", { id }, words.nothing.title(title)),
    h("p", {}, job.scope ? words.nothing.ofPart : words.nothing.why),
  );
  return { entry: { id, label: title }, drawn: [section] };
}

const benefitsOf = async ({ site }: ReportView, data: PackData) =>
  namedAll(await data.benefits(), site.language);

/** The initiatives that the pack may tell of; briefly without a paragraph and a chart of each. */
function initiatives(view: ReportView, all: BenefitsDocument, isBrief: boolean): Part[] {
  const doc = ofScope(view, all);
  const label = view.site.messages.benefits.name;
  return hasBenefits(doc)
    ? [{ entry: { id: benefitsId, label }, drawn: [benefitSection(view, doc, { isBrief })] }]
    : [];
}

/** Initiatives that a scope may know of: its own, beside which no others are named. */
function ofScope({ job: { scope } }: ReportView, doc: BenefitsDocument): BenefitsDocument {
  if (!scope) return doc;
  const own = doc.initiatives.filter((row) => row.scope[scope.dimension] === scope.value);
  const known = new Set(own.map(({ initiative_id }) => initiative_id));
  return {
    ...doc,
    initiatives: own.map((row) => ({
      ...row,
      // What is drawn of the others together is of the others.
      trend: row.trend.map((month) => ({ ...month, comparison: null })),
      companions: row.companions && {
        ...namingOnly(row.companions, known),
        placebo_space: null,
      },
    })),
    milestones: [],
    risks: [],
  };
}

/** A part for each department, and one for the KPIs beside them. */
function departments(view: ReportView): Part[] {
  const { job, site, others } = view;
  const { sections, kpis } = job.pack;
  const [hasSheets, hasKpis] = [sections.includes("fishbones"), sections.includes("kpis")];
  const below = (section: ReportSection): ContentsEntry[] =>
    section.headlines.map(({ kpi, label }) => ({ id: placeOf(view, kpi.id), label }));
  const treated = firstOf(view, kpis ? [] : view.departments);
  const parts = treated.shown.flatMap((department): Part[] => {
    const isDrawn = hasSheets && hasBones(department);
    const first = hasKpis ? department.sections[0] : undefined;
    if (!isDrawn && !first) return [];
    return [
      {
        entry: {
          id: isDrawn ? `fishbone-${department.id}` : (first?.id ?? ""),
          label: isDrawn ? site.messages.fishbone.label(department.label) : department.label,
          ...(hasKpis && {
            below: department.sections.map((section) => ({
              id: section.id,
              label: section.label,
              below: below(section),
            })),
          }),
        },
        drawn: [
          isDrawn && fishboneSheet(view, department),
          ...(hasKpis ? department.sections.map((section) => kpiSection(view, department, section)) : []),
        ],
      },
    ];
  });
  const [last] = parts.at(-1)?.drawn ?? [];
  if (treated.more > 0 && last instanceof HTMLElement)
    last.append(h("p", { class: "shown" }, view.words.andMore(site.format.integer(treated.more))));
  if (!others || !hasKpis) return parts;
  return [
    ...parts,
    {
      entry: { id: others.id, label: others.label, below: below(others) },
      drawn: [kpiSection(view, null, others)],
    },
  ];
}

/** Puts what is drawn into sections of a page's name, so that running heads can say where one is. */
export function appendParts(report: HTMLElement, parts: readonly Part[]): void {
  for (const [at, { entry, drawn }] of parts.entries()) {
    const before = report.children.length;
    appendTo(report, drawn);
    for (const element of [...report.children].slice(before))
      Object.assign((element as HTMLElement).dataset, { part: String(at), head: entry?.label ?? "" });
  }
}
