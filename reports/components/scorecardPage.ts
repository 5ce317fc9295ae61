import { h } from "./element.js";
import { message, notes } from "./message.js";
import { rankingTable } from "./rankingTable.js";
import { scoreChart } from "./scoreChart.js";
import { groupTiles, scorecardTable } from "./scorecardTable.js";
import { cardOf, gradeLabel, lowestGroup, points, rankingOf, scoreBefore, scoresOf } from "./scores.js";
import type { CompanyScore, Ranking, Scorecard } from "./scoreTypes.js";
import type { Site } from "./site.js";

/** Framework's `resize`: draws again whenever the width changes. */
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

/** Chooses the period; its `value` is the score chosen, told by `input` events and kept in the address. */
export function periodChoice(site: Site, card: Scorecard): HTMLElement & { value: CompanyScore | null } {
  const { messages, format } = site;
  const choices = scoresOf(site, card);
  const keyOf = ({ grain, period_start }: CompanyScore) => format.period(grain, period_start);
  const nameOf = ({ grain, period_start }: CompanyScore) => `${grain}-${period_start}`;
  const asked = new URLSearchParams(location.search).get("period");
  const first =
    choices.find((score) => nameOf(score) === asked) ??
    choices.find(({ total, grain }) => total !== null && grain === card.grain) ??
    choices[0] ??
    null;
  const control = h(
    "select",
    {
      change: (event) => {
        const name = (event.target as HTMLSelectElement).value;
        form.value = choices.find((score) => nameOf(score) === name) ?? first;
        const query = new URLSearchParams(location.search);
        query.set("period", name);
        history.replaceState(history.state, "", `?${query}${location.hash}`);
        form.dispatchEvent(new Event("input", { bubbles: true }));
      },
    },
    choices.map((score) => h("option", { value: nameOf(score), selected: score === first }, keyOf(score))),
  );
  control.addEventListener("input", (event) => event.stopPropagation());
  const form = h(
    "form",
    { class: "filters", submit: (event) => event.preventDefault() },
    h("label", {}, h("span", {}, messages.scores.period), control),
  ) as HTMLElement & { value: CompanyScore | null };
  form.value = first;
  return form;
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
    company: words.company,
    covered,
    items: format.integer(score.items.filter(({ weight }) => weight > 0).length),
  });
  if (score.total === null) return { happened: words.untotalled({ ...parts, covered }), shown };
  const before = scoreBefore(site, score)?.total ?? null;
  const lowest = lowestGroup(score);
  const group = card.groups.find(({ id }) => id === lowest?.id);
  const title = words.title({
    ...parts,
    total: points(site, score.total),
    grade: gradeLabel(site, score.grade),
  });
  const change = before === null ? "" : changeText(site, score.total - before);
  const low = lowest && group ? words.lowest(group.label[language], points(site, lowest.total)) : "";
  return { happened: `${title}${change}${low}`, shown };
}

/** How a total differs from the one before, as a part of a sentence. */
export function changeText(site: Site, delta: number): string {
  const { scores: words } = site.messages;
  const size = points(site, Math.abs(delta));
  if (!/[1-9]/.test(size)) return words.same;
  return delta > 0 ? words.higher(size) : words.lower(size);
}

export function scorecardTitle(
  site: Site,
  card: Scorecard | undefined,
  score: CompanyScore | null,
): HTMLElement {
  const { messages, language } = site;
  if (!card) return message(messages.scores.none, "");
  if (!score) return message(messages.scores.noPeriod(card.label[language]), "");
  const { happened, shown } = scorecardMessage(site, card, score);
  return message(happened, shown);
}

/** The company's part of the page: tiles of the groups, the totals so far, and what the total is made of. */
export function companyPart(
  site: Site,
  card: Scorecard,
  score: CompanyScore,
  resize: Resize,
): (HTMLElement | null)[] {
  const { messages, language } = site;
  const words = messages.scores;
  const run = scoresOf(site, card)
    .filter(({ grain }) => grain === score.grain)
    .toReversed();
  const label = words.historyLabel(card.label[language]);
  const links = { kpi: (id: string) => `${site.href(`kpi/${id}`)}?grain=${score.grain}` };
  return [
    groupTiles(site, card, score),
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
      h("div", { class: "scroll" }, scorecardTable(site, card, score, links)),
    ),
  ];
}

/** The rankings of teams and employees, where the scorecard judges them. */
export function rankingPart(
  site: Site,
  card: Scorecard,
  score: CompanyScore,
  rankings: readonly Ranking[],
): HTMLElement[] {
  const words = site.messages.scores;
  return (["team", "employee"] as const)
    .filter((kind) => card.subjects.includes(kind))
    .map((kind) => {
      const ranking = rankingOf(rankings, card, kind, score);
      const title = h("h2", {}, words.rankingOf[kind]);
      if (!ranking) return h("section", {}, title, h("p", {}, words.notRanked));
      const links = { kpi: (id: string) => `${site.href(`kpi/${id}`)}?grain=${ranking.grain}` };
      return h(
        "section",
        {},
        title,
        h("p", { class: "shown" }, rankingShown(site, score, ranking)),
        h("div", { class: "scroll" }, rankingTable(site, card, ranking, links)),
        rankingNotes(site, ranking).map((note) => h("p", { class: "shown" }, note)),
      );
    });
}

function rankingShown(site: Site, score: CompanyScore, ranking: Ranking): string {
  const { format, messages } = site;
  const period = format.period(ranking.grain, ranking.period_start);
  const asked = format.period(score.grain, score.period_start);
  const count = format.integer(ranking.subjects.filter(({ rank }) => rank !== null).length);
  return period === asked
    ? messages.scores.ranked({ period, count })
    : messages.scores.rankedElsewhere({ asked, period, count });
}

/** How many have no total, and how many the pages leave out. */
export function rankingNotes({ format, messages }: Site, { subjects, leftOut }: Ranking): string[] {
  const without = subjects.filter(({ rank }) => rank === null).length;
  return [
    ...(without > 0 ? [messages.scores.unranked(format.integer(without))] : []),
    ...(leftOut > 0 ? [messages.scores.leftOut(format.integer(leftOut))] : []),
  ];
}

/** How a total comes about, what the grades are, and where the figures come from. */
export function scorecardNotes(site: Site, card: Scorecard): HTMLElement {
  const { messages, catalogue, language } = site;
  const words = messages.scores;
  const grades = catalogue.grades
    .map(({ label, from }) => words.gradeFrom(label[language], String(from)))
    .join(messages.punctuation.list);
  return notes([
    card.missing === "zero" ? words.zeroNote : words.totalNote,
    words.gradeNote(grades),
    card.subjects.length > 1 && words.personNote,
    words.traceNote,
  ]);
}
