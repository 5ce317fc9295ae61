import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type RaterGroup,
  type Rating,
  type ReviewRules,
  raterGroups,
  reviewsOf,
} from "../../src/score/review360.js";

const rules: ReviewRules = {
  weights: { customer: 30, superior: 30, peer: 25, subordinate: 15 },
  minRaters: 3,
};

/** Answers of one reviewee: `group rater dimension score`, one round unless said otherwise. */
const answers = (lines: string, round = "2026-01-01"): Rating[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [group, rater, dimension = "", score] = line.trim().split(/\s+/);
      return {
        reviewee: "E1",
        round,
        group: group as RaterGroup,
        rater: Number(rater),
        dimension,
        score: Number(score),
      };
    });

const only = (ratings: readonly Rating[]) => {
  const [review] = reviewsOf(ratings, rules);
  if (!review) throw new Error("no review");
  return review;
};

// By hand. Customers: teamwork has 2 raters and is left out, so 1, 2 and 3 count with communication alone: (80+100+60)/3 = 80.
// Superior: (50+70)/2 = 60. Peers are 2: hidden. Total (30·80 + 30·60)/60 = 70, 60 of 100 weight shown.
const worked = answers(`
  customer 1 communication 80
  customer 1 teamwork 60
  customer 2 communication 100
  customer 2 teamwork 80
  customer 3 communication 60
  superior 1 communication 50
  superior 1 teamwork 70
  peer 1 communication 10
  peer 2 communication 0`);

describe("a review", () => {
  it("is the worked example's", () => {
    expect(reviewsOf(worked, rules)).toEqual([
      {
        reviewee: "E1",
        rounds: ["2026-01-01"],
        total: 70,
        covered_weight: 0.6,
        provisional: true,
        groups: [
          {
            group: "customer",
            weight: 30,
            score: 80,
            raters: 3,
            unshown: null,
            dimensions: [{ dimension: "communication", score: 80, raters: 3 }],
            later_answers: 0,
            hidden_dimensions: ["teamwork"],
          },
          {
            group: "superior",
            weight: 30,
            score: 60,
            raters: 1,
            unshown: null,
            dimensions: [
              { dimension: "communication", score: 50, raters: 1 },
              { dimension: "teamwork", score: 70, raters: 1 },
            ],
            later_answers: 0,
            hidden_dimensions: [],
          },
          {
            group: "peer",
            weight: 25,
            score: null,
            raters: null,
            unshown: "few_raters",
            dimensions: [],
            later_answers: 0,
            hidden_dimensions: [],
          },
          {
            group: "subordinate",
            weight: 15,
            score: null,
            raters: null,
            unshown: "few_raters",
            dimensions: [],
            later_answers: 0,
            hidden_dimensions: [],
          },
        ],
        dimensions: [
          { dimension: "communication", score: 65, groups: ["customer", "superior"] },
          { dimension: "teamwork", score: 70, groups: ["superior"] },
        ],
      },
    ]);
  });

  it("gives each rater the same say, however many answers they gave", () => {
    // 1 to 3: means of 60; 4 to 6 answered once, 100: (3·60 + 3·100)/6 = 80, not the 9 answers' mean, 660/9 = 73.3.
    const review = only(
      answers(`
        peer 1 a 50
        peer 1 b 70
        peer 2 a 50
        peer 2 b 70
        peer 3 a 50
        peer 3 b 70
        peer 4 b 100
        peer 5 b 100
        peer 6 b 100`),
    );
    expect(review.groups[2]).toMatchObject({ score: 80, hidden_dimensions: [] });
  });

  it("keeps back a dimension from which one rater could be told", () => {
    // With a = 50 and b = 77.5 shown, 2 × (4 × 70 − ½ × (3 × 50 + 4 × 77.5)) = 100 is what rater 4 answered.
    const lines = `
      peer 1 a 50
      peer 1 b 70
      peer 2 a 50
      peer 2 b 70
      peer 3 a 50
      peer 3 b 70`;
    const skipped = only(answers(`${lines}\npeer 4 b 100`)).groups[2];
    expect(skipped?.dimensions).toEqual([{ dimension: "b", score: 77.5, raters: 4 }]);
    expect(skipped?.hidden_dimensions).toEqual(["a"]);
    expect(skipped?.score).toBe(77.5);
    const complete = only(answers(`${lines}\npeer 4 a 60\npeer 4 b 100`)).groups[2];
    expect(complete?.hidden_dimensions).toEqual([]);
  });

  it("hides a group whose three raters never met on a dimension", () => {
    const { groups, total } = only(answers("customer 1 a 50\ncustomer 2 b 60\ncustomer 3 c 70"));
    expect(groups[0]).toMatchObject({ score: null, raters: null, unshown: "few_raters" });
    expect(total).toBeNull();
  });

  it("counts raters who came after it was shown together, once there are three of them", () => {
    const first = answers("peer 1 a 60\npeer 2 a 70\npeer 3 a 80");
    const later = (lines: string) => answers(lines).map((rating) => ({ ...rating, batch: 2 }));
    const two = later("peer 4 a 0\npeer 5 a 0");
    const corrected = answers("peer 1 a 0").map((rating) => ({ ...rating, batch: null }));
    expect(only([...first, ...two, ...corrected]).groups[2]).toMatchObject({
      score: 70,
      raters: 3,
      later_answers: 3,
    });
    // (60 + 70 + 80 + 0 + 0 + 30) / 6 = 40; of dimension b the later three are too few.
    const three = later("peer 4 a 0\npeer 5 a 0\npeer 6 a 30\npeer 6 b 100");
    expect(only([...first, ...three]).groups[2]).toMatchObject({
      score: 40,
      raters: 6,
      later_answers: 0,
      dimensions: [{ dimension: "a", score: 40, raters: 6 }],
      hidden_dimensions: ["b"],
    });
    expect(only(two).groups[2]).toMatchObject({ score: null, later_answers: 0 });
  });

  it("says apart that no superior has rated", () => {
    expect(only(answers("peer 1 a 50")).groups[1]?.unshown).toBe("no_ratings");
  });

  it("of several rounds is the mean of what each round shows", () => {
    // First round: 80. Second: two raters, hidden, though both rounds together have five.
    const first = answers("peer 1 a 70\npeer 2 a 80\npeer 3 a 90", "2025-01-01");
    const second = answers("peer 1 a 0\npeer 2 a 0", "2025-07-01");
    const pooled = only([...first, ...second]);
    expect(pooled.rounds).toEqual(["2025-01-01", "2025-07-01"]);
    expect(pooled.groups[2]?.score).toBe(80);
    const third = answers("peer 1 a 50\npeer 2 a 60\npeer 3 a 70\npeer 4 a 60", "2025-07-01");
    const both = only([...first, ...third]);
    expect(both.groups[2]).toMatchObject({
      score: 70,
      raters: 3,
      dimensions: [{ dimension: "a", score: 70, raters: 3 }],
    });
  });

  it("has a total from half of the groups' weight on, provisional below 80 %", () => {
    const of = (...groups: RaterGroup[]) =>
      only(groups.flatMap((group) => answers([1, 2, 3].map((rater) => `${group} ${rater} a 60`).join("\n"))));
    expect(of("customer")).toMatchObject({ total: null, covered_weight: 0.3, provisional: false });
    expect(of("customer", "subordinate")).toMatchObject({ total: null, covered_weight: 0.45 });
    expect(of("customer", "superior")).toMatchObject({ total: 60, covered_weight: 0.6, provisional: true });
    expect(of("customer", "superior", "peer")).toMatchObject({ covered_weight: 0.85, provisional: false });
  });
});

const arbitraryRatings = fc
  .array(
    fc.record({
      round: fc.constantFrom("2025-07-01", "2026-01-01"),
      group: fc.constantFrom(...raterGroups),
      rater: fc.integer({ min: 1, max: 5 }),
      dimension: fc.constantFrom("a", "b", "c"),
      score: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row): Rating => ({ reviewee: "E1", ...row })));

/** Full groups in which a few answers are missing, where dimensions are nearly always shown. */
const skippedAnswers = fc
  .tuple(fc.integer({ min: 3, max: 6 }), fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }))
  .map(([raters, skips]) =>
    Array.from({ length: raters * 3 }, (_, index) => index)
      .filter((index) => index % 3 === 0 || !skips[index])
      .map(
        (index): Rating => ({
          reviewee: "E1",
          round: "2026-01-01",
          group: "peer",
          rater: Math.floor(index / 3),
          dimension: "abc"[index % 3] ?? "",
          score: 50,
        }),
      ),
  );

const key = ({ round, group, dimension }: Rating) => `${round} ${group} ${dimension}`;

function hiddenCells(ratings: readonly Rating[]): Set<string> {
  const cells = new Map<string, Set<number>>();
  for (const rating of ratings) {
    if (rating.group === "superior") continue;
    cells.set(key(rating), (cells.get(key(rating)) ?? new Set()).add(rating.rater));
  }
  return new Set([...cells].filter(([, raters]) => raters.size < 3).map(([cell]) => cell));
}

describe("anonymity", () => {
  it("no figure changes with the ratings of a hidden cell", () => {
    fc.assert(
      fc.property(arbitraryRatings, fc.integer({ min: 0, max: 100 }), (ratings, other) => {
        const hidden = hiddenCells(ratings);
        const changed = ratings.map((rating) =>
          hidden.has(key(rating)) ? { ...rating, score: other } : rating,
        );
        expect(reviewsOf(changed, rules)).toEqual(reviewsOf(ratings, rules));
      }),
      { numRuns: 500 },
    );
  });

  it("every figure over several cells, groups or rounds is made of the cells that are shown, and of nothing else", () => {
    let withheld = 0;
    fc.assert(
      fc.property(
        fc.oneof(arbitraryRatings, skippedAnswers),
        fc.integer({ min: 0, max: 100 }),
        (drawn, other) => {
          const ratings = distinctAnswers(drawn);
          const seen = new Set(
            [...new Set(ratings.map(({ round }) => round))].flatMap((round) =>
              reviewsOf(
                ratings.filter((rating) => rating.round === round),
                rules,
              ).flatMap(({ groups }) =>
                groups.flatMap(({ group, dimensions }) =>
                  dimensions.map(({ dimension }) => `${round} ${group} ${dimension}`),
                ),
              ),
            ),
          );
          withheld += ratings.filter(
            (rating) => !seen.has(key(rating)) && !hiddenCells(ratings).has(key(rating)),
          ).length;
          const changed = ratings.map((rating) =>
            seen.has(key(rating)) ? rating : { ...rating, score: other },
          );
          expect(reviewsOf(changed, rules)).toEqual(reviewsOf(ratings, rules));
        },
      ),
      { numRuns: 500 },
    );
    expect(withheld).toBeGreaterThan(50);
  });

  it("a hidden group's size is not told, be it none, one or two", () => {
    const others = answers("superior 1 a 50\ncustomer 1 a 60\ncustomer 2 a 60\ncustomer 3 a 60");
    const none = reviewsOf(others, rules);
    expect(reviewsOf([...others, ...answers("peer 1 a 10")], rules)).toEqual(none);
    expect(reviewsOf([...others, ...answers("peer 1 a 10\npeer 2 b 20")], rules)).toEqual(none);
  });

  // Every figure is linear in the ratings. What can be computed from all figures together about two raters (or one) and nobody
  // else is a combination of the figures' rows that is zero on everybody else: then the rows lose rank without the two.
  it.each([
    ["answers at random", arbitraryRatings],
    ["skipped questions", skippedAnswers],
  ])("no combination of figures is about fewer than three raters: %s", (_, arbitrary) => {
    let compared = 0;
    fc.assert(
      fc.property(arbitrary, (drawn) => {
        const ratings = distinctAnswers(drawn);
        const rows = figureRows(ratings);
        const full = rank(rows);
        for (const pair of pairs(ratings)) {
          compared += 1;
          const rest = rows.map((row) => row.filter((_value, index) => !pair.has(raterKey(ratings[index]))));
          expect(rank(rest), [...pair].join(" and ")).toBe(full);
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it.each([
    ["answers at random", arbitraryRatings],
    ["skipped questions", skippedAnswers],
  ])("nor does what an earlier build showed tell more together with it: %s", (_, arbitrary) => {
    let compared = 0;
    fc.assert(
      fc.property(arbitrary, arbitrary, (drawn, more) => {
        const first = distinctAnswers(drawn);
        const later = distinctAnswers(more).map((rating) => ({
          ...rating,
          rater: rating.rater + 10,
          batch: 2,
        }));
        const ratings = [...first, ...later];
        const before = figureRows(first).map((row) => [...row, ...later.map(() => 0)]);
        const rows = [...before, ...figureRows(ratings)];
        const full = rank(rows);
        for (const pair of pairs(ratings)) {
          compared += 1;
          const rest = rows.map((row) => row.filter((_value, index) => !pair.has(raterKey(ratings[index]))));
          expect(rank(rest), [...pair].join(" and ")).toBe(full);
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it("does not depend on the order of the ratings", () => {
    fc.assert(
      fc.property(arbitraryRatings, (ratings) => {
        expect(reviewsOf(ratings.toReversed(), rules)).toEqual(reviewsOf(ratings, rules));
      }),
    );
  });
});

const raterKey = (rating: Rating | undefined) => `${rating?.round} ${rating?.group} ${rating?.rater}`;

function distinctAnswers(ratings: readonly Rating[]): Rating[] {
  return [...new Map(ratings.map((rating) => [`${raterKey(rating)} ${rating.dimension}`, rating])).values()];
}

/** The figures of the review and of each of its rounds, as coefficients of the ratings. */
function figureRows(ratings: readonly Rating[]): number[][] {
  const columns = ratings.map((_, rated) => {
    const unit = ratings.map((rating, index) => ({ ...rating, score: index === rated ? 1 : 0 }));
    const rounds = [...new Set(ratings.map(({ round }) => round))].sort();
    return [unit, ...rounds.map((round) => unit.filter((rating) => rating.round === round))].flatMap((own) =>
      reviewsOf(own, rules).flatMap(({ total, groups, dimensions }) => [
        total ?? 0,
        ...groups.flatMap(({ score, dimensions: cells }) => [score ?? 0, ...cells.map((cell) => cell.score)]),
        ...dimensions.map(({ score }) => score),
      ]),
    );
  });
  return (columns[0] ?? []).map((_, row) => columns.map((column) => column[row] ?? 0));
}

function* pairs(ratings: readonly Rating[]): Generator<Set<string>> {
  const raters = [...new Set(ratings.filter(({ group }) => group !== "superior").map(raterKey))];
  for (const one of raters) for (const other of raters) if (one <= other) yield new Set([one, other]);
}

function rank(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, index) => index >= found && Math.abs(row[column] ?? 0) > 1e-6);
    if (pivot < 0) continue;
    const [row = []] = rows.splice(pivot, 1);
    rows.splice(found, 0, row);
    for (let index = found + 1; index < rows.length; index++) {
      const factor = (rows[index]?.[column] ?? 0) / (row[column] ?? 1);
      rows[index] = (rows[index] ?? []).map((value, at) => value - factor * (row[at] ?? 0));
    }
    found += 1;
  }
  return found;
}
