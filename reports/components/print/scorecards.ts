import { summaryOf } from "../../src/published/assessmentSummary.js";
import type { AssessmentDocument, AssessmentPeriod } from "../../src/published/assessmentTypes.js";
import type { CompanyScore, Ranking, Scorecard, TracedItem } from "../../src/published/scoreTypes.js";
import type { WeightScorecard, WeightsDocument } from "../../src/published/weightTypes.js";
import { scoreChart } from "../charts/scoreChart.js";
import { hasTotals, isTotalled, latestScore, rankingOf, scoresOf } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import {
  assessedPeriods,
  assessmentMessage,
  periodText,
  reviewShown,
  waitingAnswers,
  withoutTotal,
} from "../pages/assessmentPage.js";
import { rankingNotes, rankingShown, scorecardMessage, scorecardNotes } from "../pages/scorecardPage.js";
import { reviewedScore, weightMessage, weightsMessage } from "../pages/weightPage.js";
import { combinedTable, reviewTable } from "../tables/assessmentTables.js";
import { rankingTable } from "../tables/rankingTable.js";
import { itemsWithoutValue, scorecardTable, withoutValue } from "../tables/scorecardTable.js";
import { historyTable, weightTable } from "../tables/weightTables.js";
import { saying, sectionHead, tableFigure } from "./captions.js";
import { noteTotals } from "./figures.js";
import { Footnotes, itemNote } from "./footnotes.js";
import { missingId, placeOf, type ReportView } from "./view.js";

/** Px between the margins of A4 at 96 dpi. */
const textWidth = 656;

/** Each scorecard with a score: the message, the totals so far, what the total is made of, and the rankings. */
export function scorecardSections(view: ReportView, rankings: readonly Ranking[]): HTMLElement[] {
  return scoredCards(view).map(({ card, score }) => scorecardSection(view, card, score, rankings));
}

/** The scorecards that the report treats, each with its latest total; one that never had any has nothing to say. */
export function scoredCards({ site, job }: ReportView): { card: Scorecard; score: CompanyScore }[] {
  const { scorecards: wanted } = job.pack;
  return site.catalogue.scorecards.flatMap((card) => {
    if (wanted && !wanted.includes(card.id)) return [];
    const score = latestScore(site, card);
    return score && isTotalled(score) ? [{ card, score }] : [];
  });
}

/** The id of a scorecard's section. */
export function scorecardId({ id }: Scorecard): string {
  return `scorecard-${id}`;
}

/** The id of the section on the assessment of employees. */
export const assessmentId = "assessment";

function scorecardSection(
  view: ReportView,
  card: Scorecard,
  score: CompanyScore,
  rankings: readonly Ranking[],
): HTMLElement {
  const { site, captions } = view;
  const { messages, format, language } = site;
  const words = messages.scores;
  noteTotals(view, [card]);
  const label = card.label[language];
  const period = format.period(score.grain, score.period_start);
  const footnotes = new Footnotes();
  const links = {
    kpi: (id: string) => `#${placeOf(view, id)}`,
    mark: (item: TracedItem) => footnotes.mark(itemNote(view, item, score.period_end)),
  };
  const never = new Set(view.missing.map(({ kpi }) => kpi.id));
  const silent = itemsWithoutValue(score).filter(({ kpi_id }) => never.has(kpi_id)).length;
  const run = scoresOf(site, card)
    .filter(({ grain }) => grain === score.grain)
    .toReversed();
  const message = scorecardMessage(site, card, score);
  const own = (["team", "employee"] as const).flatMap(
    (kind) => (card.subjects.includes(kind) && rankingOf(rankings, card, kind, score)) || [],
  );
  return h(
    "section",
    { class: "scores" },
    sectionHead("h2", scorecardId(card), message),
    run.filter(({ total }) => total !== null).length > 1 &&
      h(
        "figure",
        {},
        saying(
          scoreChart(site, run, {
            width: textWidth,
            height: 120,
            chosen: score.period_start,
            label: words.historyLabel(label),
          }),
          message.happened,
          site,
        ),
        captions.figure(words.historyLabel(label)),
      ),
    score.items.some(({ value }) => value !== null) && [
      tableFigure(
        scorecardTable(site, card, score, links),
        captions.table(words.itemsCaption(label, period)),
      ),
      footnotes.list(),
    ],
    withoutValue(site, score, { level: "h3", link: links.kpi }, (id) => !never.has(id)),
    silent > 0 &&
      h("p", {}, h("a", { href: `#${missingId}` }, view.words.seeMissing(format.integer(silent)))),
    own.map((ranking) => {
      const { kind } = ranking;
      if (!hasTotals(ranking)) return null;
      const caption = words.rankingCaption({
        card: label,
        what: words.rankingOf[kind],
        period: format.period(ranking.grain, ranking.period_start),
      });
      return [
        tableFigure(rankingTable(site, card, ranking), captions.table(caption)),
        rankingNotes(site, ranking).map((note) => h("p", { class: "shown" }, note)),
      ];
    }),
    rankingsWithout(site, own),
    scorecardNotes(site, card, { trace: words.printedTraceNote }),
  );
}

/** Rankings in which none has a total, those of which the same is said in one line. */
function rankingsWithout(site: Site, rankings: readonly Ranking[]): HTMLElement[] {
  const { scores, punctuation } = site.messages;
  const names = new Map<string, string[]>();
  for (const ranking of rankings) {
    if (hasTotals(ranking)) continue;
    const shown = rankingShown(site, ranking);
    names.set(shown, [...(names.get(shown) ?? []), scores.rankingOf[ranking.kind]]);
  }
  return [...names].map(([shown, of]) =>
    h("p", {}, `${of.join(punctuation.list)}${punctuation.colon}${shown}`),
  );
}

/** The employees' assessment of the last complete period: combined totals and 360° reviews; nothing where there is none. */
export function assessmentSection(view: ReportView, doc: AssessmentDocument): HTMLElement | null {
  const { site, captions } = view;
  const words = site.messages.assessment;
  const period = assessedUntil(view, doc);
  if (!period) return null;
  const name = periodText(site, period);
  const { combined, reviews } = summaryOf(period);
  const notListed = (count: number) =>
    count > 0 ? [site.messages.scores.leftOut(site.format.integer(count))] : [];
  return h(
    "section",
    { class: "scores" },
    sectionHead("h2", assessmentId, assessmentMessage(site, doc, period)),
    period.combined.some(isTotalled) && [
      tableFigure(combinedTable(site, doc, period), captions.table(words.combinedCaption(name))),
      [...notListed(combined.count - period.combined.length), ...withoutTotal(site, period)].map((note) =>
        h("p", { class: "shown" }, note),
      ),
    ],
    period.reviews.some(({ total }) => total !== null) && [
      tableFigure(reviewTable(site, doc, period), captions.table(words.reviewCaption(name))),
      [
        reviewShown(site, doc, period),
        ...notListed(reviews.count - period.reviews.length),
        ...waitingAnswers(site, period),
      ].map((note) => h("p", { class: "shown" }, note)),
    ],
    h("p", { class: "shown" }, words.noteDash),
  );
}

/** The last period that is over by the end of the report's, where anybody has a total in it. */
function assessedUntil({ job }: ReportView, doc: AssessmentDocument): AssessmentPeriod | null {
  const until = job.period?.end ?? "9999";
  const last = assessedPeriods(doc).find(({ period }) => period.end <= until);
  const hasTotal = last?.combined.some(isTotalled) || last?.reviews.some(({ total }) => total !== null);
  return last && hasTotal ? last : null;
}

/** Whether anybody has a total in the period that the report is about. */
export const hasAssessment = (view: ReportView, doc: AssessmentDocument): boolean =>
  assessedUntil(view, doc) !== null;

/** Whether any scorecard has a grade that weights could turn, or weights that were changed. */
export const hasFirmness = ({ scorecards }: WeightsDocument): boolean => scorecards.some(isFirmnessTold);

const isFirmnessTold = ({ company, history }: WeightScorecard) =>
  company?.total != null || history.length > 1;

/** The review of weights: where each scorecard's grade turns, and the weights so far. */
export function weightSection(view: ReportView, { scorecards }: WeightsDocument): HTMLElement | null {
  const { site, captions } = view;
  const words = site.messages.weights;
  const told = scorecards.filter(isFirmnessTold);
  if (told.length === 0) return null;
  return h(
    "section",
    { class: "scores" },
    sectionHead("h2", weightsId, {
      happened: weightsMessage(site, scorecards).happened,
      shown: view.words.weightsShown,
    }),
    told.map((card) => {
      const label = card.label[site.language];
      const period = site.format.period(card.period.grain, card.period.start);
      const scores = new Map(reviewedScore(site, card)?.items.map((item) => [item.kpi_id, item.score]));
      return [
        h("h3", {}, weightMessage(site, card).happened),
        tableFigure(weightTable(site, card, scores), captions.table(words.flipsCaption(label, period))),
        card.history.length > 1 &&
          tableFigure(historyTable(site, card), captions.table(words.historyCaption(label))),
      ];
    }),
    h("p", { class: "shown" }, words.note),
  );
}

/** The id of the review of weights. */
export const weightsId = "weights";
