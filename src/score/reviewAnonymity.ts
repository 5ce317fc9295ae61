/** What the question needs to know of an answer. */
interface Answer {
  rater: number;
  dimension: string;
}

/**
 * The dimension of a group that may not stand beside the group's score and the other dimensions, or null. The score gives
 * each rater the same say, so an answer of someone who skipped a question weighs more in it than in its dimension, and
 * score and dimensions together can single that person out: of four raters one of whom answered one question of two,
 * `4 × score − ½ × (3 × first + 4 × second) = ½ × the answer of the one`.
 *
 * Nothing can be singled out where in each dimension every answer has the same weight in the score, which then follows
 * from the dimensions; nor where some dimension keeps at least `minRaters` of its raters apart from any one weight.
 * Otherwise one dimension is kept back, that of the fewest raters: what the score then says beyond the dimensions shown
 * is about all the raters of that one.
 *
 * @param answers those the group's score is made of, each dimension with at least `minRaters` raters
 */
export function withheldDimension(answers: readonly Answer[], minRaters: number): string | null {
  const perRater = new Map<number, number>();
  const dimensions = new Map<string, Map<number, number>>();
  for (const { rater, dimension } of answers) {
    perRater.set(rater, (perRater.get(rater) ?? 0) + 1);
    const own = dimensions.get(dimension) ?? new Map<number, number>();
    dimensions.set(dimension, own.set(rater, (own.get(rater) ?? 0) + 1));
  }
  let isMixed = false;
  for (const raters of dimensions.values()) {
    const weights = new Map<string, number>();
    for (const [rater, count] of raters) {
      const weight = (count / (perRater.get(rater) ?? 1)).toPrecision(12);
      weights.set(weight, (weights.get(weight) ?? 0) + 1);
    }
    if (weights.size === 1) continue;
    isMixed = true;
    if ([...weights.values()].every((count) => raters.size - count >= minRaters)) return null;
  }
  if (!isMixed) return null;
  const [fewest] = [...dimensions].sort(
    ([one, its], [other, others]) => its.size - others.size || (one < other ? -1 : 1),
  );
  return fewest?.[0] ?? null;
}
