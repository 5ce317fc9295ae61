import type { CompanyScore, Ranking, Scorecard } from "../../src/published/scoreTypes.js";
import type { WeightScorecard, WeightsDocument } from "../../src/published/weightTypes.js";
import type { ScoredSubject } from "../../src/score/scored.js";
import { reweighed, withWeights } from "../../src/score/weightReview.js";
import { firmnessOf } from "../../src/score/weightSensitivity.js";
import { firmnessText } from "../../src/words/firmness.js";
import { valueLabel } from "../data/labels.js";
import { cardOf, gradeText, points, scoresOf } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h, say } from "../element.js";
import { stack } from "../tables/table.js";
import { always, historyTable, kpiName, swapTable, weightTable } from "../tables/weightTables.js";
import { message, notes } from "./message.js";

/** How many scorecards there are, and how often their weights were changed. */
export function weightsTitle(site: Site, { scorecards }: WeightsDocument): HTMLElement {
  if (scorecards.length === 0) return message(site.messages.weights.none, "");
  const { happened, shown } = weightsMessage(site, scorecards);
  return message(happened, shown);
}

/** The same as a message. */
export function weightsMessage(
  site: Site,
  scorecards: readonly WeightScorecard[],
): { happened: string; shown: string } {
  const words = site.messages.weights;
  const changes = scorecards.reduce((sum, { history }) => sum + Math.max(0, history.length - 1), 0);
  const title = words.title({
    cards: site.format.integer(scorecards.length),
    changes: site.format.integer(changes),
  });
  const isTried = scorecards.some((card) => canTry(site, card));
  return { happened: title, shown: isTried ? words.shown : words.cardShownOnly };
}

/** How firm a scorecard's grade is against other weights, in a sentence. */
export function weightMessage(site: Site, card: WeightScorecard): { happened: string; shown: string } {
  const { messages, format, language } = site;
  const words = messages.weights;
  const label = card.label[language];
  const total = card.company?.total ?? null;
  const grade = card.company ? gradeText(site, card.company) : "";
  const shown = words.cardShown({
    period: format.period(card.period.grain, card.period.start),
    total: points(site, total),
    grade,
  });
  if (!card.company) return { happened: words.cardNoCompany(label), shown: words.cardShownOnly };
  if (total === null) {
    const cardless = canTry(site, card) ? words.cardUntotalled : words.cardUnscored;
    return { happened: cardless(label), shown: format.period(card.period.grain, card.period.start) };
  }
  const firm = firmnessText(firmnessOf(card.flips), language);
  return { happened: words.cardTitle({ card: label, grade, firm }), shown };
}

/** The scores that a scorecard's review is about. */
export function reviewedScore(site: Site, card: WeightScorecard): CompanyScore | undefined {
  const listed = cardOf(site, card.id);
  return listed && scoresOf(site, listed).find((score) => isOf(card, score));
}

const isOf = ({ period }: WeightScorecard, score: { grain: string; period_start: string }) =>
  score.grain === period.grain && score.period_start === period.start;

/** A scorecard's part of the page: what if, where grades and ranks turn, and the weights so far. */
export function weightSection(
  site: Site,
  review: WeightScorecard,
  rankings: readonly Ranking[],
): HTMLElement {
  const words = site.messages.weights;
  const { happened, shown } = weightMessage(site, review);
  const swaps = swapTable(site, review.swaps);
  return h(
    "section",
    { class: "weight-section", id: review.id },
    message(happened, shown, "h2"),
    h("h3", {}, canTry(site, review) ? words.whatIf : words.columns.inForce),
    whatIfPart(site, review, rankings),
    review.teams.length > 1 && [
      h("h3", {}, words.swaps),
      swaps
        ? h("div", { class: "scroll", tabindex: 0 }, stack(swaps))
        : h("p", { class: "shown" }, words.swapsStable),
    ],
    isChosen(review) && [
      h("h3", {}, words.history),
      h("div", { class: "scroll", tabindex: 0 }, stack(historyTable(site, review))),
    ],
  );
}

/** Whether anybody chose the weights: they are not the neutral ones from the start. */
const isChosen = ({ history }: WeightScorecard) =>
  history.length > 1 || history.some((set) => set.effective_from !== always);

/** Whether other weights would give anything: some KPI has a score. */
const canTry = (site: Site, review: WeightScorecard): boolean =>
  reviewedScore(site, review)?.items.some((item) => item.score !== null) ?? false;

function whatIfPart(site: Site, review: WeightScorecard, rankings: readonly Ranking[]): HTMLElement {
  const words = site.messages.weights;
  const card = cardOf(site, review.id);
  const score = reviewedScore(site, review);
  const scores = new Map(score?.items.map((item) => [item.kpi_id, item.score]));
  if (!card || !score || !canTry(site, review))
    return h("div", { class: "scroll", tabindex: 0 }, stack(weightTable(site, review, scores)));
  const inForce = new Map(review.in_force.map(({ kpi_id, weight }) => [kpi_id, weight]));
  // Of a part of the teams, or of a part of their KPIs, there would be no ranks.
  const teams = rankings.find(
    (one) =>
      one.scorecard === card.id &&
      one.kind === "team" &&
      one.leftOut === 0 &&
      !one.untold &&
      isOf(review, one),
  );
  const set = new Map<string, number>();
  const outcome = h("p", { class: "outcome", "aria-live": "polite" });
  const inputs = new Map(
    review.in_force.map(({ kpi_id }): [string, HTMLInputElement] => [
      kpi_id,
      h("input", {
        type: "number",
        min: 0,
        max: 100,
        step: 0.5,
        "aria-label": `${words.columns.assumed} ${kpiName(site, kpi_id)}`,
        change: (event) => {
          const typed = (event.target as HTMLInputElement).valueAsNumber;
          if (Number.isNaN(typed)) set.delete(kpi_id);
          else set.set(kpi_id, typed / 100);
          draw();
        },
      }) as HTMLInputElement,
    ]),
  );
  const reset = h(
    "button",
    {
      type: "button",
      class: "reset",
      click: () => {
        set.clear();
        draw();
      },
    },
    words.reset,
  );
  const draw = () => {
    reset.hidden = set.size === 0;
    for (const [id, input] of inputs) input.classList.toggle("is-set", set.has(id));
    const other = assumedWeights(inForce, set);
    if (!other) {
      outcome.textContent = words.tooMuch;
      return;
    }
    for (const [id, input] of inputs) {
      input.value = String(Math.round((other.get(id) ?? 0) * 1000) / 10);
    }
    say(outcome, outcomeText(site, card, { score, teams, other }));
  };
  draw();
  return h(
    "div",
    { class: "what-if" },
    outcome,
    h("div", { class: "scroll", tabindex: 0 }, stack(weightTable(site, review, scores, inputs))),
    reset,
  );
}

/** Null where the weights set cannot be: one beyond 0 to 1, or too many of them. */
function assumedWeights(
  inForce: ReadonlyMap<string, number>,
  set: ReadonlyMap<string, number>,
): Map<string, number> | null {
  const values = [...set.values()];
  const taken = values.reduce((sum, weight) => sum + weight, 0);
  const rest = [...inForce].some(([id, weight]) => !set.has(id) && weight > 0);
  const isWhole = rest ? taken <= 1 : Math.abs(taken - 1) < 1e-9;
  return isWhole && values.every((weight) => weight >= 0 && weight <= 1) ? withWeights(inForce, set) : null;
}

function outcomeText(
  site: Site,
  card: Scorecard,
  { score, teams, other }: { score: CompanyScore; teams: Ranking | undefined; other: Map<string, number> },
): string {
  const { catalogue, messages, format } = site;
  const words = messages.weights;
  const again = <S extends { subject: string | null }>(
    rows: readonly (S &
      Omit<ScoredSubject, "scorecard" | "kind" | "period_start" | "period_end" | "subject">)[],
    kind: ScoredSubject["kind"],
  ) =>
    reweighed(
      rows.map((row) => ({ ...row, scorecard: card.id, kind, period_start: "", period_end: "" })),
      other,
      {
        missing: card.missing,
        groups: card.groups.map((group) => ({ ...group, label: { zh: "", en: "" } })),
      },
      catalogue.grades.map(({ id, from }) => ({ id, from, label: { zh: "", en: "" } })),
    );
  const [now] = again([{ ...score, subject: null, rank: null }], "company");
  const sentences = [
    words.outcome({
      total: points(site, now?.total ?? null),
      grade: now ? gradeText(site, now) : "",
      total0: points(site, score.total),
      grade0: gradeText(site, score),
    }),
  ];
  const ranks = teams ? again(teams.subjects, "team").filter(({ rank }) => rank !== null) : [];
  if (ranks.length > 1) {
    const list = ranks.map(({ rank, subject, total }) =>
      words.team({
        rank: format.integer(rank ?? 0),
        team: valueLabel(site, "team", subject ?? ""),
        total: points(site, total),
      }),
    );
    sentences.push(words.teams(list.join(messages.punctuation.list)));
  }
  return sentences.join(messages.punctuation.semicolon);
}

/** How the points of turning are found. */
export function weightNotes(site: Site, { scorecards }: WeightsDocument): HTMLElement | null {
  if (scorecards.every(({ company }) => company?.total == null)) return null;
  return notes([site.messages.weights.note]);
}
