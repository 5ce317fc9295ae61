import { least } from "../statistics/extremes.js";
import { round9 } from "../statistics/rounding.js";
import { withheldDimension } from "./reviewAnonymity.js";
import { enoughWeight, isProvisional } from "./totals.js";

/** Who rates: in the order they are shown. */
export const raterGroups = ["customer", "superior", "peer", "subordinate"] as const;
export type RaterGroup = (typeof raterGroups)[number];

/** One answer of a 360° review. */
export interface Rating {
  reviewee: string;
  /** The review round: its `period_start`. */
  round: string;
  group: RaterGroup;
  /** Tells the raters of a reviewee's group apart within a round, and says nothing else about them. */
  rater: number;
  dimension: string;
  /** Normalised, 0–100. */
  score: number;
  /**
   * Raters of a group whose answers came after its figures were shown are a batch of their own; null for answers that
   * were shown otherwise and stay so. By default the first.
   */
  batch?: number | null;
}

/** What a group's raters say on one dimension: the mean over them. */
export interface ReviewCell {
  dimension: string;
  score: number;
  raters: number;
}

export interface ReviewGroup {
  group: RaterGroup;
  /** As configured; the total renormalises over the groups shown. */
  weight: number;
  /** Mean over the raters of each rater's mean score, 0–100; null where the group is not shown. */
  score: number | null;
  /** Over several rounds the fewest of a round; null where the group is not shown. */
  raters: number | null;
  /** Why the group is not shown. */
  unshown: "no_ratings" | "few_raters" | null;
  dimensions: ReviewCell[];
  /** Answers that came after the group was shown and are not counted, or not yet. */
  later_answers: number;
  /** Dimensions of a shown group that are not shown, because a single rater could be told from them. */
  hidden_dimensions: string[];
}

/** A dimension over the groups that show it, by their weights. */
export interface ReviewDimension {
  dimension: string;
  score: number;
  groups: RaterGroup[];
}

/** A reviewee's 360° review of a period. Nothing in it depends on a rating of a hidden cell. */
export interface Review {
  reviewee: string;
  /** First days of the rounds in the period. */
  rounds: string[];
  /** Null where less than half of the groups' weight is shown. */
  total: number | null;
  /** Share of the groups' weight that is shown. */
  covered_weight: number;
  /** Less than 80 % of it stands behind the total. */
  provisional: boolean;
  groups: ReviewGroup[];
  dimensions: ReviewDimension[];
}

export interface ReviewRules {
  /** Weight of each group's score in the total; any non-negative numbers. */
  weights: Readonly<Record<RaterGroup, number>>;
  /** Fewest raters of a cell that is shown; superiors are shown whatever their number. */
  minRaters: number;
}

/**
 * The reviews of a period, one a reviewee, in the order of their ids. Each round is hidden on its own, and what several
 * rounds say is the mean of what each of them shows: a round with few raters must not come to light by being pooled
 * with another (`src/models/DECISIONS.md`, "360° reviews").
 */
export function reviewsOf(ratings: readonly Rating[], rules: ReviewRules): Review[] {
  return [...groupBy(ratings, ({ reviewee }) => reviewee)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([reviewee, own]) => {
      const rounds = groupBy(own, ({ round }) => round);
      const groups = raterGroups.map((group) =>
        overRounds(
          [...rounds.values()].map((round) =>
            overBatches(
              group,
              round.filter((rating) => rating.group === group),
              rules,
            ),
          ),
        ),
      );
      return {
        reviewee,
        rounds: [...rounds.keys()].sort(),
        ...totalOf(groups),
        groups: groups.map(roundedGroup),
        dimensions: dimensionsOf(groups),
      };
    });
}

/**
 * One group's ratings of one round. Each batch of raters is hidden on its own, so that the difference to what was shown
 * before a batch came is about the whole of it; together they are the mean over all of their raters.
 */
function overBatches(group: RaterGroup, ratings: readonly Rating[], rules: ReviewRules): ReviewGroup {
  const counted = ratings.filter(({ batch }) => batch !== null);
  const batches = [...groupBy(counted, ({ batch = 1 }) => batch).values()];
  const groups = batches.map((batch) => groupOf(group, batch, rules));
  const shown = groups.filter(({ score }) => score !== null);
  if (shown.length === 0) return groupOf(group, [], rules);
  const inShown = batches.filter((_, index) => groups[index]?.score !== null);
  const later_answers = ratings.length - inShown.reduce((sum, { length }) => sum + length, 0);
  const sum = (each: readonly number[]) => each.reduce((all, own) => all + own, 0);
  return { ...pooled(shown, { weight: (raters) => raters, raters: sum }), later_answers };
}

/** One group's ratings of one batch. */
function groupOf(
  group: RaterGroup,
  ratings: readonly Rating[],
  { weights, minRaters }: ReviewRules,
): ReviewGroup {
  const fewest = group === "superior" ? 1 : minRaters;
  const cells = [...groupBy(ratings, ({ dimension }) => dimension)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const shown = cells.filter(([, cell]) => ratersOf(cell) >= fewest);
  if (shown.length === 0) {
    const unshown = group === "superior" ? "no_ratings" : "few_raters";
    return {
      group,
      weight: weights[group],
      score: null,
      raters: null,
      unshown,
      dimensions: [],
      later_answers: 0,
      hidden_dimensions: [],
    };
  }
  const visible = group === "superior" ? shown : withoutSingled(shown, minRaters);
  const counted = visible.flatMap(([, cell]) => cell);
  return {
    group,
    weight: weights[group],
    score: meanOverRaters(counted),
    raters: ratersOf(counted),
    unshown: null,
    dimensions: visible.map(([dimension, cell]) => ({
      dimension,
      score: meanOverRaters(cell),
      raters: ratersOf(cell),
    })),
    later_answers: 0,
    hidden_dimensions: cells.filter((cell) => !visible.includes(cell)).map(([dimension]) => dimension),
  };
}

type Cells = readonly (readonly [dimension: string, cell: Rating[]])[];

/** The cells that may stand beside each other: what is kept back is in no figure. */
function withoutSingled(cells: Cells, minRaters: number): Cells {
  const withheld = withheldDimension(
    cells.flatMap(([, cell]) => cell),
    minRaters,
  );
  if (withheld === null) return cells;
  return withoutSingled(
    cells.filter(([dimension]) => dimension !== withheld),
    minRaters,
  );
}

/** A group over the rounds of a period: each figure the mean of the rounds that show it, with the fewest raters of one. */
function overRounds(rounds: readonly ReviewGroup[]): ReviewGroup {
  const [first] = rounds;
  const shown = rounds.filter(({ score }) => score !== null);
  if (!first || rounds.length === 1 || shown.length === 0) return first as ReviewGroup;
  return pooled(shown, { weight: () => 1, raters: least });
}

interface Pooling {
  weight(raters: number): number;
  raters(each: readonly number[]): number;
}

/** Parts of a group's ratings as one group: each figure the weighted mean of the parts that show it. */
function pooled(shown: readonly ReviewGroup[], { weight, raters }: Pooling): ReviewGroup {
  const meanOf = (each: readonly { score: number | null; raters: number | null }[]) => {
    const weights = each.map((part) => weight(part.raters ?? 0));
    const sum = each.reduce((all, part, index) => all + (weights[index] ?? 0) * (part.score ?? 0), 0);
    return sum / weights.reduce((all, own) => all + own, 0);
  };
  const cells = groupBy(
    shown.flatMap(({ dimensions }) => dimensions),
    ({ dimension }) => dimension,
  );
  const hidden = new Set(shown.flatMap(({ hidden_dimensions }) => hidden_dimensions));
  return {
    ...(shown[0] as ReviewGroup),
    score: meanOf(shown),
    raters: raters(shown.map((part) => part.raters ?? 0)),
    dimensions: [...cells]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([dimension, each]) => ({
        dimension,
        score: meanOf(each),
        raters: raters(each.map((part) => part.raters)),
      })),
    later_answers: shown.reduce((sum, { later_answers }) => sum + later_answers, 0),
    hidden_dimensions: [...hidden].filter((dimension) => !cells.has(dimension)).sort(),
  };
}

/** Figures are rounded last, so that the order of the ratings is not seen in the last bit. */
const roundedGroup = (group: ReviewGroup): ReviewGroup => ({
  ...group,
  score: group.score === null ? null : round9(group.score),
  dimensions: group.dimensions.map((cell) => ({ ...cell, score: round9(cell.score) })),
});

function totalOf(groups: readonly ReviewGroup[]): Pick<Review, "total" | "covered_weight" | "provisional"> {
  const all = groups.reduce((sum, { weight }) => sum + weight, 0);
  const shown = groups.filter(({ score }) => score !== null);
  const covered = shown.reduce((sum, { weight }) => sum + weight, 0);
  const covered_weight = all > 0 ? round9(covered / all) : 0;
  const known = weighted(shown.map(({ weight, score }) => ({ weight, score: score ?? 0 })));
  const total = covered_weight >= enoughWeight ? known : null;
  return { total, covered_weight, provisional: isProvisional(total, covered_weight) };
}

function dimensionsOf(groups: readonly ReviewGroup[]): ReviewDimension[] {
  const cells = groups.flatMap(({ group, weight, dimensions }) =>
    dimensions.map((cell) => ({ group, weight, ...cell })),
  );
  return [...groupBy(cells, ({ dimension }) => dimension)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([dimension, own]) => {
      const score = weighted(own);
      return score === null ? [] : [{ dimension, score, groups: own.map(({ group }) => group) }];
    });
}

const ratersOf = (ratings: readonly Rating[]) => new Set(ratings.map(({ rater }) => rater)).size;

function meanOverRaters(ratings: readonly Rating[]): number {
  const raters = groupBy(ratings, ({ rater }) => rater);
  return mean([...raters.values()].map((own) => mean(own.map(({ score }) => score))));
}

function weighted(parts: readonly { weight: number; score: number }[]): number | null {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  return weight > 0 ? round9(parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight) : null;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
