import { tooFew } from "../../src/kpi/coverage.js";
import type { CompanyScore, Ranking, Scorecard } from "../../src/published/scoreTypes.js";
import type { Grain } from "../../src/published/siteTypes.js";
import { scoreChart } from "../charts/scoreChart.js";
import { choosePeriod } from "../controls/choosePeriod.js";
import { headlineOf, sayReason } from "../data/headline.js";
import { valueLabel } from "../data/labels.js";
import {
  cardOf,
  changeOfTotal,
  gradeText,
  hasTotals,
  isTotalled,
  lowestGroup,
  points,
  rankingOf,
  scoresOf,
} from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { pagedRanking } from "../tables/pagedRanking.js";
import { groupTiles, scorecardTable, withoutValue } from "../tables/scorecardTable.js";
import { message, notes } from "./message.js";
import { missingList } from "./missing.js";

/** `fitted`: draws again whenever the width changes. */
type Resize = (draw: (width: number) => Node) => Node;

/** The scorecard of a page: the one named in its address, else the first. */
export function pageScorecard(site: Site, id?: string): Scorecard | undefined {
  return id === undefined ? site.catalogue.scorecards[0] : cardOf(site, id);
}

/** A scorecard's page. The first one is the page `scorecards`. */
export function scorecardPage({ catalogue }: Site, id: string): string {
  return catalogue.scorecards[0]?.id === id ? "scorecards" : `scorecard/${id}`;
}

/** The way between the scorecards and to what is decided by them. */
export function scorecardNav(site: Site, current: string | undefined): HTMLElement | string {
  const { language, messages, catalogue } = site;
  if (catalogue.scorecards.length === 0) return "";
  const pages = [
    ...catalogue.scorecards.map(({ id, label }) => ({
      id,
      page: scorecardPage(site, id),
      label: label[language],
    })),
    { id: "assessment", page: "assessment", label: messages.assessment.name },
    { id: "weights", page: "weights", label: messages.weights.name },
  ];
  return h(
    "nav",
    { class: "subnav", "aria-label": messages.scores.all },
    pages.map(({ id, page, label }) =>
      h("a", { href: site.href(page), "aria-current": id === current && "page" }, label),
    ),
  );
}

/** A period that a reader can choose, with the company's score where the scorecard judges the company. */
export interface ScorePeriod {
  grain: Grain;
  period_start: string;
  score: CompanyScore | null;
}

/** The periods of a scorecard, its own length first, the newest first; of one that judges no company those of its rankings. */
function periodsOf(site: Site, card: Scorecard, rankings: readonly Ranking[]): ScorePeriod[] {
  const scores = scoresOf(site, card);
  if (scores.length > 0)
    return scores.map((score) => ({ grain: score.grain, period_start: score.period_start, score }));
  const periods = new Map<string, ScorePeriod>();
  for (const { scorecard, grain, period_start } of rankings.toReversed()) {
    if (scorecard === card.id) {
      periods.set(`${grain} ${period_start}`, { grain, period_start, score: null });
    }
  }
  return [...periods.values()].sort(
    (one, other) => Number(other.grain === card.grain) - Number(one.grain === card.grain),
  );
}

/** Whether the company, or anyone where the scorecard judges no company, has a total in a period. */
function isTold(card: Scorecard, period: ScorePeriod, rankings: readonly Ranking[]): boolean {
  if (period.score !== null) return isTotalled(period.score);
  const own = (["team", "employee"] as const).map((kind) => rankingOf(rankings, card, kind, period));
  return own.some((ranking) => ranking !== null && hasTotals(ranking));
}

/** Chooses the period; its `value` is the one chosen, told by `input` events and kept in the address. */
export function periodChoice(
  site: Site,
  card: Scorecard,
  rankings: readonly Ranking[],
): HTMLElement & { value: ScorePeriod | null } {
  const choices = periodsOf(site, card, rankings);
  return choosePeriod(site, choices, {
    nameOf: ({ grain, period_start }) => `${grain}-${period_start}`,
    textOf: ({ grain, period_start }) => site.format.period(grain, period_start),
    otherwise:
      choices.find((period) => period.grain === card.grain && isTold(card, period, rankings)) ?? choices[0],
  });
}

/** Total, grade, change and the weakest group, in one sentence. */
export function scorecardMessage(
  site: Site,
  card: Scorecard,
  score: CompanyScore,
): { happened: string; shown: string } {
  const { messages, format, language } = site;
  const words = messages.scores;
  const parts = { period: format.period(score.grain, score.period_start), card: card.label[language] };
  const covered = format.share(score.covered_weight);
  const shown = words.shown({
    whose: site.part ? valueLabel(site, site.part.dimensions[0] ?? "", site.part.value) : words.company,
    covered,
    items: format.integer(score.items.filter(({ weight }) => weight > 0).length),
  });
  if (score.between) return { happened: words.cardUntold(parts), shown };
  if (score.total === null) {
    const isBare = score.items.every((item) => item.score === null);
    return { happened: isBare ? words.scoreless(parts) : words.untotalled({ ...parts, covered }), shown };
  }
  const moved = changeOfTotal(site, score);
  const lowest = lowestGroup(score);
  const group = card.groups.find(({ id }) => id === lowest?.id);
  const title = words.title({
    ...parts,
    total: points(site, score.total),
    grade: gradeText(site, score),
  });
  const change = moved === null ? "" : changeText(site, moved.delta);
  const low = lowest && group ? words.lowest(group.label[language], points(site, lowest.total)) : "";
  const basis = moved === null || moved.basis === "" ? "" : ` · ${moved.basis}`;
  return { happened: `${title}${change}${low}`, shown: `${shown}${basis}` };
}

/** How a total differs from the one before, as a part of a sentence. */
function changeText(site: Site, delta: number): string {
  const { scores: words } = site.messages;
  const size = points(site, Math.abs(delta));
  if (!/[1-9]/.test(size)) return words.same;
  return delta > 0 ? words.higher(size) : words.lower(size);
}

export function scorecardTitle(
  site: Site,
  card: Scorecard | undefined,
  period: ScorePeriod | null,
  rankings: readonly Ranking[],
): HTMLElement {
  const { messages, language } = site;
  if (!card) return message(messages.scores.none, "");
  const label = card.label[language];
  if (!period && !site.catalogue.weighed.includes(card.id))
    return message(messages.scores.noWeights(label), "");
  if (!period) return message(messages.scores.noPeriod(label), "");
  if (!period.score) {
    const judged = card.subjects.map((kind) => messages.scores.judged[kind]).join(messages.punctuation.list);
    const judges = messages.scores.judges({ card: label, judged });
    const graded = gradedText(site, card, period, rankings);
    return graded === null
      ? message(judges, messages.scores.noCompany)
      : message(graded, `${judges} · ${messages.scores.noCompany}`);
  }
  const { happened, shown } = scorecardMessage(site, card, period.score);
  return message(happened, shown);
}

/** How many of those a scorecard is for have a total, and with which grades; null where it is for several kinds. */
function gradedText(
  site: Site,
  card: Scorecard,
  period: ScorePeriod,
  rankings: readonly Ranking[],
): string | null {
  const { messages, format, catalogue, language } = site;
  const [kind] = card.subjects;
  if (card.subjects.length !== 1 || kind === undefined || kind === "company") return null;
  const ranking = rankingOf(rankings, card, kind, period);
  if (!ranking) return null;
  const { untold = 0 } = ranking;
  const counts = catalogue.grades.flatMap(({ id, label }) => {
    const count = ranking.grades[id] ?? 0;
    return count > 0 ? [messages.assessment.gradeCount(label[language], format.integer(count))] : [];
  });
  return messages.scores.graded({
    period: format.period(ranking.grain, ranking.period_start),
    card: card.label[language],
    count: format.integer(ranking.ranked + untold),
    total: format.integer(ranking.count),
    grades: [
      ...counts,
      ...(untold > 0 ? [messages.assessment.gradeCount(messages.unshown, format.integer(untold))] : []),
    ].join(messages.punctuation.list),
  });
}

/** The company's part of the page: tiles of the groups, the totals so far, and what the total is made of. */
export function companyPart(site: Site, card: Scorecard, score: CompanyScore, resize: Resize): HTMLElement[] {
  const { messages, language } = site;
  const words = messages.scores;
  const run = scoresOf(site, card)
    .filter(({ grain }) => grain === score.grain)
    .toReversed();
  const label = words.historyLabel(card.label[language]);
  const links = { kpi: (id: string) => `${site.href(`kpi/${id}`)}?grain=${score.grain}` };
  const parts = [
    score.groups.some(({ total }) => total !== null) ? groupTiles(site, card, score) : null,
    run.filter(({ total }) => total !== null).length > 1
      ? h(
          "section",
          {},
          h("h2", {}, words.history),
          h(
            "div",
            { class: "score-chart" },
            resize((width) => scoreChart(site, run, { width, chosen: score.period_start, label })),
          ),
        )
      : null,
    h(
      "section",
      {},
      h("h2", {}, words.items),
      h("div", { class: "scroll", tabindex: 0 }, scorecardTable(site, card, score, links)),
    ),
    site.targets.length === 0 && h("p", { class: "shown" }, site.messages.overview.setTargets),
    withoutValue(site, score),
  ];
  return parts.filter((part) => part instanceof HTMLElement);
}

/** What the KPIs of a scorecard without any period wait for. */
export function silentPart(site: Site, card: Scorecard): HTMLElement | null {
  const kpis = card.groups.flatMap((group) => group.kpis.flatMap((id) => site.kpi(id) ?? []));
  return missingList(
    site,
    kpis.map((kpi) => headlineOf(site, kpi)),
  );
}

/** The rankings of teams and employees, where the scorecard judges them. */
export function rankingPart(
  site: Site,
  card: Scorecard,
  score: ScorePeriod,
  rankings: readonly Ranking[],
): HTMLElement[] {
  const words = site.messages.scores;
  return (["team", "employee"] as const)
    .filter((kind) => card.subjects.includes(kind))
    .map((kind) => {
      const ranking = rankingOf(rankings, card, kind, score);
      const title = h("h2", {}, words.rankingOf[kind]);
      if (!ranking)
        return h("section", {}, title, h("p", { class: "shown" }, words.nobody[kind](periodOf(site, score))));
      const links = { kpi: (id: string) => `${site.href(`kpi/${id}`)}?grain=${ranking.grain}` };
      return h(
        "section",
        {},
        title,
        h("p", { class: "shown" }, rankingShown(site, ranking)),
        pagedRanking(site, card, ranking, links),
        rankingNotes(site, { ...ranking, leftOut: 0 }).map((note) => h("p", { class: "shown" }, note)),
      );
    });
}

const periodOf = ({ format }: Site, { grain, period_start }: Pick<Ranking, "grain" | "period_start">) =>
  format.period(grain, period_start);

/** The period that all rows of a ranking are of, and how many have a total in it. */
export function rankingShown(site: Site, ranking: Ranking): string {
  const words = site.messages.scores;
  const period = periodOf(site, ranking);
  if (!hasTotals(ranking)) return ranking.untold ? words.noneTold(period) : words.notRanked(period);
  return words.ranked({ period, count: site.format.integer(ranking.ranked) });
}

/** How many have no total, and how many the pages leave out. */
export function rankingNotes(
  site: Site,
  { count, ranked, leftOut, unshown = 0, untold = 0 }: Ranking,
): string[] {
  const { format, messages } = site;
  const without = count - ranked - untold;
  const few = sayReason(site, tooFew(site.build.min_cell, "employees"));
  return [
    ...(unshown > 0 ? [messages.scores.unshown(unshown, few)] : []),
    ...(untold > 0 ? [messages.scores.untold(format.integer(untold))] : []),
    ...(without > 0 ? [messages.scores.unranked(format.integer(without))] : []),
    ...(leftOut > 0 ? [messages.scores.leftOut(format.integer(leftOut))] : []),
  ];
}

/** How a total comes about, what the grades are, and where the figures come from. */
export function scorecardNotes(
  site: Site,
  card: Scorecard,
  { trace = site.messages.scores.traceNote } = {},
): HTMLElement {
  const { messages, catalogue, language } = site;
  const words = messages.scores;
  const grades = catalogue.grades
    .map(({ label, from }) => words.gradeFrom(label[language], String(from)))
    .join(messages.punctuation.list);
  return notes([
    card.missing === "zero" ? words.zeroNote : words.totalNote,
    words.gradeNote(grades),
    card.subjects.length > 1 && words.personNote,
    trace,
  ]);
}
