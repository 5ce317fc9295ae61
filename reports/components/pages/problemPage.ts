import { isKnown } from "../data/headline.js";
import type { Site } from "../data/site.js";
import { statuses } from "../data/targets.js";
import { h } from "../element.js";
import { statusMark } from "../fishbone/bone.js";
import { countsOf, isRanked, type ProblemView, problemView } from "../fishbone/problem.js";
import { countSymbol, problemFishbone } from "../fishbone/problemFishbone.js";
import { problemRanking } from "../tables/problemRanking.js";
import { message, notes } from "./message.js";
import { missingList } from "./missing.js";

/** `fitted`: draws again whenever the width changes. */
type Resize = (draw: (width: number) => Node) => Node;

/** All problems of the catalogue. */
export function problemViews(site: Site): ProblemView[] {
  return site.catalogue.problems.map((problem) => problemView(site, problem));
}

/** Every text whose width the pictures measure. */
export function problemTexts(site: Site, views: readonly ProblemView[]): string[] {
  const { language } = site;
  return views.flatMap(({ problem, headlines, words }) => [
    problem.label[language],
    ...problem.branches.flatMap(({ label, causes }) =>
      [label, ...causes.map((cause) => cause.label)].map((one) => one[language]),
    ),
    ...[...headlines.values()].map(({ label }) => label),
    ...[...words.values()].map(({ value, remark }) => value + remark),
  ]);
}

/** What the figures say of all problems: how many causes show signs, and which KPI is farthest off target. */
export function problemsTitle(site: Site, views: readonly ProblemView[]): HTMLElement {
  const { messages, format } = site;
  const words = messages.problems;
  const [first] = views;
  if (!first) return message(words.none, "");
  const causes = views.flatMap((view) => view.causes.map((one) => ({ view, one })));
  const { bad, near, unsure } = countsOf(causes.map(({ one }) => one));
  const counted = words.counted({ total: causes.length, bad, near, unsure });
  const parts = { period: first.period, total: format.integer(causes.length) };
  const shown = words.pageShown(format.integer(views.length));
  const worst = farthest(
    causes.flatMap(({ view, one }) => one.readings.map((reading) => ({ view, reading }))),
  );
  if (!worst && unsure > 0)
    return message(words.unsure(`${first.period}${messages.punctuation.comma}${counted}`), shown);
  if (!worst) {
    const isKnown = causes.some(({ one }) => one.distance !== null);
    return message(isKnown ? words.quiet(parts) : words.silent(parts), shown);
  }
  const { view, reading } = worst;
  const headline = view.headlines.get(reading.kpi);
  const { value = "", remark = "" } = view.words.get(reading.kpi) ?? {};
  const target = headline?.target && words.targetOf(format.limit(headline.kpi.unit, headline.target.target));
  const { open, close, comma } = messages.punctuation;
  const facts = [remark, target].filter(Boolean).join(comma);
  return message(
    words.farthest({
      period: first.period,
      counted,
      kpi: headline?.label ?? reading.kpi,
      value: facts === "" ? value : `${value}${open}${facts}${close}`,
    }),
    shown,
  );
}

function farthest<T extends { reading: { distance: number | null } }>(all: readonly T[]): T | null {
  return all.reduce<T | null>(
    (best, one) => ((one.reading.distance ?? 0) > (best?.reading.distance ?? 0) ? one : best),
    null,
  );
}

/** The problems with how many of their causes show signs, each leading to its section. */
export function problemIndex(site: Site, views: readonly ProblemView[]): HTMLElement | null {
  if (views.length < 2) return null;
  const { messages, language } = site;
  return h(
    "nav",
    { class: "problem-index", "aria-label": messages.problems.index },
    views.map(({ problem, counts }) =>
      h(
        "a",
        { href: `#${problem.id}` },
        h("strong", {}, problem.label[language]),
        statuses
          .filter((status) => counts[status] > 0)
          .map((status) => [
            " ",
            statusMark(
              site,
              status,
              String(counts[status]),
              messages.status[status],
              countSymbol(site, status),
            ),
          ]),
      ),
    ),
  );
}

/** What the figures say of one problem's causes, in one sentence. */
export function problemMessage(site: Site, { problem, causes, counts }: ProblemView): string {
  const { messages, language, format } = site;
  const words = messages.problems;
  const parts = { problem: problem.label[language], total: format.integer(causes.length) };
  const { bad, near, unsure } = counts;
  const counted = words.counted({ total: causes.length, bad, near, unsure });
  if (bad + near === 0 && unsure > 0)
    return words.unsure(`${parts.problem}${messages.punctuation.colon}${counted}`);
  if (bad + near === 0) {
    return causes.some(({ distance }) => distance !== null) ? words.noSigns(parts) : words.unknown(parts);
  }
  const first = causes.filter(({ rank }) => rank === 1).map(({ cause }) => cause.label[language]);
  const names =
    first.length > 2
      ? words.causesMore(first[0] ?? "", format.integer(first.length))
      : first.map(words.quoted).join(messages.punctuation.list);
  return words.signs({ problem: parts.problem, counted, causes: names });
}

/** A problem's part of the page: its message, the fishbone, and the ranking of its causes. */
export function problemSection(site: Site, view: ProblemView, resize: Resize): HTMLElement {
  const { messages } = site;
  const words = messages.problems;
  return h(
    "section",
    { class: "problem-section", id: view.problem.id },
    message(problemMessage(site, view), words.shown(view.period), "h2"),
    isTold(view) && resize((width) => problemFishbone(site, view, { width })),
    isRanked(view) && [
      h("h3", {}, words.ranking),
      h(
        "div",
        { class: "scroll", tabindex: 0 },
        problemRanking(site, view, { kpi: (id, cause) => `${site.href(`kpi/${id}`)}#${cause}` }),
      ),
    ],
    !isTold(view) && missingList(site, [...view.headlines.values()], { level: "h3" }),
  );
}

/** Whether any KPI that would show a cause has a value. */
export const isTold = ({ headlines }: ProblemView): boolean => [...headlines.values()].some(isKnown);

/** What the marks mean, how the distance is measured, and what it does not say. */
export function problemLegend(site: Site, views: readonly ProblemView[]): HTMLElement | null {
  if (!views.some(isTold)) return null;
  const { causeNote, distanceNote, signalNote, keys } = site.messages.problems;
  return notes([
    site.targets.length === 0 && site.messages.overview.setTargets,
    causeNote,
    ...(views.some(isRanked) ? [distanceNote, signalNote] : []),
    h(
      "span",
      { class: "legend" },
      statuses.map((status) => statusMark(site, status)),
    ),
    keys,
  ]);
}
