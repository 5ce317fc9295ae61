import type {
  CompanyScore,
  Grade,
  Ranking,
  Score,
  Scorecard,
  ScoredGroup,
} from "../../src/published/scoreTypes.js";
import type { Fishbone } from "../../src/published/siteTypes.js";
import { totalChange } from "../../src/score/totals.js";
import type { HeadScore } from "../fishbone/fishboneHead.js";
import { kpiOf } from "./labels.js";
import type { Site } from "./site.js";

/** A scorecard's scores of the company that a reader can choose from, its own periods first, each kind the newest first. */
export function scoresOf({ scores }: Site, card: Scorecard): CompanyScore[] {
  const own = scores.filter(({ scorecard }) => scorecard === card.id).toReversed();
  return [
    ...own.filter(({ grain }) => grain === card.grain),
    ...own.filter(({ grain }) => grain !== card.grain),
  ];
}

/** Whether there is a total, shown or not. */
export const isTotalled = ({ total, between }: Pick<Score, "total" | "between">): boolean =>
  total !== null || between !== undefined;

/** The score of the period that was asked for where it is one of the scorecard's, else its newest, with a total where any has one. */
export function latestScore(site: Site, card: Scorecard): CompanyScore | null {
  const own = scoresOf(site, card).filter(({ grain }) => grain === card.grain);
  const asked =
    site.isAsked && site.grain === card.grain
      ? own.find(({ period_start }) => period_start === site.about)
      : undefined;
  return asked ?? own.find(isTotalled) ?? own[0] ?? null;
}

/** The score of the period before, of the same length. */
function scoreBefore(site: Site, score: CompanyScore): CompanyScore | null {
  const before = site.scores.find(
    ({ scorecard, grain, period_end }) =>
      scorecard === score.scorecard && grain === score.grain && period_end === score.period_start,
  );
  return before ?? null;
}

/** The scorecard of a fishbone, as its head shows it. */
export function headScore(site: Site, fishbone: Fishbone): HeadScore | undefined {
  const card = cardOf(site, fishbone.scorecard);
  const score = card && latestScore(site, card);
  if (!score || score.total === null) return undefined;
  return {
    total: score.total,
    grade: gradeLabel(site, score.grade) || null,
    provisional: score.provisional
      ? site.messages.scores.provisionalHead(site.format.share(score.covered_weight))
      : "",
    period: site.format.period(score.grain, score.period_start),
  };
}

/** What each KPI of a fishbone weighs in its scorecard now; nothing where it has none. */
export function weightsOf(site: Site, fishbone: Fishbone): Map<string, number> {
  const card = cardOf(site, fishbone.scorecard);
  const score = card && latestScore(site, card);
  return new Map(score?.items.map(({ kpi_id, weight }) => [kpi_id, weight]));
}

export function cardOf({ catalogue }: Site, id: string | null | undefined): Scorecard | undefined {
  return catalogue.scorecards.find((card) => card.id === id);
}

/** A grade's name; empty for none. */
export function gradeLabel({ catalogue, language }: Site, id: string | null): string {
  return catalogue.grades.find((grade) => grade.id === id)?.label[language] ?? "";
}

/** The same of a total, marked where too little of the weight stands behind it. */
export function gradeText(site: Site, { grade, provisional }: Pick<Score, "grade" | "provisional">): string {
  const label = gradeLabel(site, grade);
  return provisional && label !== "" ? site.messages.scores.provisional(label) : label;
}

/** A total's change to the period before, over the KPIs scored in both, with what joined or fell out, and how new weights moved it, in words. */
export function changeOfTotal(
  site: Site,
  score: CompanyScore,
): { delta: number; isOfBoth: boolean; isReweighed: boolean; basis: string } | null {
  const before = scoreBefore(site, score);
  const change = before && totalChange(before, score);
  if (!change) return null;
  const { scores: words, punctuation } = site.messages;
  const names = (ids: readonly string[]) =>
    ids.map((id) => kpiOf(site, id).label[site.language]).join(punctuation.list);
  const parts = [
    change.joined.length > 0 ? words.joined(names(change.joined)) : "",
    change.left.length > 0 ? words.fellOut(names(change.left)) : "",
  ].filter(Boolean);
  const { formerDelta } = change;
  const isReweighed = formerDelta !== null;
  const basis = [
    parts.length > 0 ? words.scoredInBoth(parts.join(punctuation.semicolon)) : "",
    isReweighed ? words.reweighed(site.format.delta("score", formerDelta)) : "",
  ];
  return {
    delta: change.delta,
    isOfBoth: parts.length > 0,
    isReweighed,
    basis: basis.filter(Boolean).join(punctuation.semicolon),
  };
}

/** A total or score to one digit; a dash for none. */
export function points({ format }: Site, value: number | null): string {
  return format.number("score", { value });
}

/** A rank, a dash of who has none, or that it is not shown. */
export function rankText(
  { format, messages }: Site,
  { rank, ...own }: Pick<Score, "total" | "between"> & { rank: number | null },
): string {
  if (rank !== null) return format.integer(rank);
  return isTotalled(own) ? messages.unshown : messages.none;
}

/** A total to one digit, or that it is not shown. */
export const totalText = (site: Site, own: Pick<Score, "total" | "between"> | null | undefined): string =>
  own?.between ? site.messages.unshown : points(site, own?.total ?? null);

/** The group whose total is lowest; null where fewer than two have one. */
export function lowestGroup({ groups }: Score): ScoredGroup | null {
  const known = groups.filter(({ total }) => total !== null);
  if (known.length < 2) return null;
  return known.reduce((low, group) => ((group.total ?? 0) < (low.total ?? 0) ? group : low));
}

/** The totals between two grades, where one gives way to the next. */
export function gradeLimits(grades: readonly Grade[]): number[] {
  return grades.map(({ from }) => from).filter((from) => from > 0);
}

/** The ranking of a period: all rows are of that period and scorecard, whoever of them has a total. */
export function rankingOf(
  rankings: readonly Ranking[],
  card: Scorecard,
  kind: Ranking["kind"],
  { grain, period_start }: Pick<CompanyScore, "grain" | "period_start">,
): Ranking | null {
  const found = rankings.find(
    (one) =>
      one.scorecard === card.id &&
      one.kind === kind &&
      one.grain === grain &&
      one.period_start === period_start,
  );
  return found ?? null;
}

/** Whether anyone in a ranking has a total. */
export const hasTotals = ({ ranked }: Ranking) => ranked > 0;
