import { h } from "../element.js";
import { isRanked, type ProblemView, printedHeadlines } from "../fishbone/problem.js";
import { problemFishbone } from "../fishbone/problemFishbone.js";
import { problemMessage } from "../pages/problemPage.js";
import { problemRanking } from "../tables/problemRanking.js";
import { pictured, sectionHead, tableFigure } from "./captions.js";
import { noteValues } from "./figures.js";
import { linkWithin, sheetWidth } from "./fishboneSheet.js";
import { Footnotes, headlineNote, namedNotes } from "./footnotes.js";
import { placeOf, type ReportView } from "./view.js";

/** The problems: a lying page with the fishbone of each, then which causes the figures point to. */
export function problemSheets(view: ReportView): HTMLElement[] {
  if (view.problems.length === 0) return [];
  const sheets = view.problems.map((problem) => problemSheet(view, problem));
  return hasRanks(view.problems) ? [...sheets, rankings(view)] : sheets;
}

function problemSheet(view: ReportView, problem: ProblemView): HTMLElement {
  const { site, captions } = view;
  const { problems } = site.messages;
  const name = problem.problem.label[site.language];
  const headlines = printedHeadlines(problem);
  noteValues(view, name, headlines);
  const sheet = h(
    "section",
    { class: "wide" },
    sectionHead("h2", problemId(problem), {
      happened: problemMessage(site, problem),
      shown: problems.shown(problem.period),
    }),
    h(
      "figure",
      {},
      pictured(problemFishbone(site, problem, { width: sheetWidth }), problems.label(name)),
      captions.figure(problems.label(name)),
      namedNotes(view, headlines),
    ),
  );
  linkWithin(view, sheet);
  return sheet;
}

function rankings(view: ReportView): HTMLElement {
  const { site, captions, words, period } = view;
  const { problems } = site.messages;
  return h(
    "section",
    { class: "rankings" },
    sectionHead("h2", rankingId, { happened: problems.ranking, shown: problems.rankingShown(period) }),
    view.problems.filter(isRanked).map((problem) => {
      const name = problem.problem.label[site.language];
      const footnotes = new Footnotes();
      const mark = (id: string) => {
        const headline = problem.headlines.get(id);
        return headline ? footnotes.mark(headlineNote(view, headline)) : null;
      };
      return [
        h("h3", {}, name),
        tableFigure(
          problemRanking(site, problem, { kpi: (id) => `#${placeOf(view, id)}`, mark }),
          captions.table(words.rankingCaption({ problem: name, period })),
        ),
        footnotes.list(),
      ];
    }),
    h(
      "ul",
      { class: "notes" },
      [problems.causeNote, problems.distanceNote, problems.signalNote].map((note) => h("li", {}, note)),
    ),
  );
}

/** Whether any cause of any problem can be held against a target. */
export const hasRanks = (problems: readonly ProblemView[]): boolean => problems.some(isRanked);

/** The id of a problem's sheet. */
export function problemId({ problem }: ProblemView): string {
  return `problem-${problem.id}`;
}

/** The id of the rankings of all problems. */
export const rankingId = "ranking";
