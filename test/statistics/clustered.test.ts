import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  cellsOf,
  effectOf,
  jackknifeP,
  leastSquares,
  poissonRegression,
} from "../../src/statistics/clustered.js";
import { type Case, clusteredCases } from "./clusteredCases.js";

/**
 * 600 cases of 27 customers by rules that a reference program repeats. The expected figures are of statsmodels 0.15.0,
 * `OLS(…)` and `GLM(…, family=Poisson(), offset=log(days))`, `.fit(cov_type="cluster", use_t=True)`.
 */
const made = Array.from({ length: 600 }, (_, i) => {
  const customer = (i * i * 7 + i * 3) % 53;
  const after = (i * 13) % 7 >= 3 ? 1 : 0;
  const scope = customer % 3 === 0 ? 1 : 0;
  const segment = customer % 4;
  const type = (i * 11) % 5;
  return {
    customer,
    after,
    scope,
    segment,
    type,
    value: ((i * 37 + customer * 101) % 97) / 10 + 1.5 * after * scope - 0.4 * segment + 0.7 * type,
    hit: (i * 29 + customer * 5) % 11 < 4 + after ? 1 : 0,
    days: 28 + ((i * 17) % 63),
    events: ((i * i + customer * customer) % 13) % 4,
  };
});
type Made = (typeof made)[number];

const levels = (value: number, list: readonly number[]) => list.map((level) => (value === level ? 1 : 0));
const terms = ({ after, segment, type }: Made, scope: number) => [
  1,
  after,
  scope,
  after * scope,
  ...levels(segment, [1, 2, 3]),
  ...levels(type, [1, 2, 3, 4]),
];
const cases = (of: (one: Made) => Pick<Case, "weight" | "sum">, scope = (one: Made) => one.scope) =>
  clusteredCases(made.map((one) => ({ cluster: one.customer, terms: terms(one, scope(one)), ...of(one) })));
const effect = 3;

describe("least squares, clustered", () => {
  it.each([
    {
      name: "a mean",
      of: ({ value }: Made) => value,
      estimate: 1.6258594522964125,
      p: 0.005537711592911428,
      interval: [0.5210838367307151, 2.73063506786211],
    },
    {
      name: "a rate",
      of: ({ hit }: Made) => hit,
      estimate: -0.0978939369077846,
      p: 0.296144649475389,
      interval: [-0.28662799826788293, 0.09084012445231375],
    },
  ])(
    "gives the difference in differences of $name with its p and interval",
    ({ of, estimate, p, interval }) => {
      const fit = leastSquares(cases((one) => ({ weight: 1, sum: of(one) })));
      const found = fit && effectOf(fit, effect);
      expect(found?.estimate).toBeCloseTo(estimate, 11);
      expect(found?.p).toBeCloseTo(p, 11);
      expect(found?.interval.low).toBeCloseTo(interval[0] ?? Number.NaN, 11);
      expect(found?.interval.high).toBeCloseTo(interval[1] ?? Number.NaN, 11);
      expect(fit?.degrees).toBe(26);
    },
  );

  it("leaves out a term that others make up: the scope is one of the segments", () => {
    const fit = leastSquares(
      cases(
        ({ value }) => ({ weight: 1, sum: value }),
        ({ segment }) => (segment === 2 ? 1 : 0),
      ),
    );
    expect(fit?.coefficients.map((value) => value === null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(fit?.coefficients[effect]).toBeCloseTo(-0.9223306725162175, 11);
    const error = Math.sqrt(fit?.covariance[effect]?.[effect] ?? 0);
    expect(error).toBeCloseTo(0.6372759357763181, 11);
  });

  /** Card and Krueger (1994), table 3: full-time equivalents of 410 stores before and after New Jersey's minimum wage. */
  it.each([
    {
      who: "all stores",
      isBalanced: false,
      cases: 794,
      stores: 410,
      estimate: 2.75360578298054,
      error: 1.3066070124191211,
    },
    {
      who: "stores with both waves",
      isBalanced: true,
      cases: 768,
      stores: 384,
      estimate: 2.75,
      error: 1.3385982150769533,
    },
  ])("gives the employment effect of $who", ({ isBalanced, cases: count, stores, estimate, error }) => {
    const rows = readFileSync(join(import.meta.dirname, "cardKrueger.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const observed = rows.flatMap((row, cluster): Case[] => {
      const [nj = 0, ...waves] = row.split(",").map((text) => (text === "" ? Number.NaN : Number(text)));
      const known = waves.flatMap((sum, after) =>
        Number.isNaN(sum) ? [] : [{ cluster, terms: [1, after, nj, after * nj], weight: 1, sum }],
      );
      return isBalanced && known.length < 2 ? [] : known;
    });
    const data = clusteredCases(observed);
    const fit = leastSquares(data);
    expect([data.observations, fit?.degrees]).toEqual([count, stores - 1]);
    expect(fit?.coefficients[effect]).toBeCloseTo(estimate, 10);
    expect(Math.sqrt(fit?.covariance[effect]?.[effect] ?? 0)).toBeCloseTo(error, 10);
    if (!isBalanced) {
      const means = cellsOf(data).map(({ terms: [, after, nj], sum, weight }) => [
        nj,
        after,
        Number((sum / weight).toFixed(2)),
      ]);
      expect(means.sort()).toEqual([
        [0, 0, 23.33],
        [0, 1, 21.17],
        [1, 0, 20.44],
        [1, 1, 21.03],
      ]);
    }
  });

  it("takes cases that are clusters of their own by their cells' sums", () => {
    const single = made.map((each, at) => ({
      cluster: each.customer % 2 === 0 ? each.customer : `case ${at}`,
      terms: [1, each.after],
      weight: 1,
      sum: each.value,
    }));
    const whole = leastSquares(clusteredCases(single));
    const isAlone = (one: Case) => typeof one.cluster === "string";
    const shared = clusteredCases(single.filter((one) => !isAlone(one)));
    const alone = shared.terms.map((terms, cell) => {
      const values = single
        .filter((one) => isAlone(one) && one.terms.join() === terms.join())
        .map(({ sum }) => sum);
      const sum = values.reduce((total, value) => total + value, 0);
      const squares = values.reduce((total, value) => total + (value - sum / values.length) ** 2, 0);
      return { cell, cases: values.length, sum, squares };
    });
    const fit = leastSquares({ ...shared, alone, observations: single.length });
    expect(fit?.degrees).toBe(whole?.degrees);
    expect(fit?.coefficients[1]).toBeCloseTo(whole?.coefficients[1] ?? Number.NaN, 11);
    expect(fit?.covariance[1]?.[1]).toBeCloseTo(whole?.covariance[1]?.[1] ?? Number.NaN, 12);
  });

  it("keeps its digits where values are a million times their spread", () => {
    const near = leastSquares(cases(({ value }) => ({ weight: 1, sum: value })));
    const far = leastSquares(cases(({ value }) => ({ weight: 1, sum: value + 1e6 })));
    const error = (fit: typeof near) => Math.sqrt(fit?.covariance[effect]?.[effect] ?? 0);
    expect(error(far)).toBeCloseTo(error(near), 7);
  });

  it("knows nothing of a single cluster or of as many cases as terms, and all of what does not vary", () => {
    const one = clusteredCases(
      made.map((each) => ({ cluster: 1, terms: [1, each.after], weight: 1, sum: each.value })),
    );
    expect(leastSquares(one)).toBeNull();
    const few = made
      .slice(0, 4)
      .map((each, at) => ({ cluster: at, terms: [1, each.after], weight: 1, sum: each.value }));
    expect(leastSquares(clusteredCases(few.slice(0, 2)))).toBeNull();
    const equal = leastSquares(
      clusteredCases(
        made.map((each) => ({ cluster: each.customer, terms: [1, each.after], weight: 1, sum: 5 })),
      ),
    );
    expect(equal && effectOf(equal, 1)).toEqual({
      estimate: 0,
      error: 0,
      p: 1,
      interval: { low: 0, high: 0 },
    });
    // Every case is 1 before and 2 after: no chance at all.
    const sure = leastSquares(
      clusteredCases(
        made.map((each) => ({
          cluster: each.customer,
          terms: [1, each.after],
          weight: 1,
          sum: 1 + each.after,
        })),
      ),
    );
    expect(sure && effectOf(sure, 1)).toMatchObject({ estimate: expect.closeTo(1, 12), p: 0 });
  });
});

describe("Poisson regression, clustered", () => {
  it("gives the logarithm of the ratio of ratios with its p and interval", () => {
    const fit = poissonRegression(cases(({ events, days }) => ({ weight: days, sum: events })));
    const found = fit && effectOf(fit, effect);
    expect(found?.estimate).toBeCloseTo(0.1423875606504526, 10);
    expect(found?.p).toBeCloseTo(0.5301208322494664, 9);
    expect(found?.interval.low).toBeCloseTo(-0.31756185105677726, 9);
    expect(found?.interval.high).toBeCloseTo(0.6023369723576825, 9);
  });

  it("has no estimate where one of the groups has no events", () => {
    const none = made.map(({ customer, after, events, days }) => ({
      cluster: customer,
      terms: [1, after],
      weight: days,
      sum: after ? 0 : events,
    }));
    expect(poissonRegression(clusteredCases(none))).toBeNull();
    expect(poissonRegression(clusteredCases(none.map((each) => ({ ...each, sum: 0 }))))).toBeNull();
  });
});

it("the jackknife leaves out cases that are clusters of their own as it does other clusters", () => {
  const terms = [
    [1, 0],
    [1, 1],
  ];
  // Customers with several cases, and in each window cases whose customer nobody knows.
  const customers = [
    [0, 3, 12],
    [1, 2, 13],
    [0, 1, 6],
    [1, 4, 22],
  ] as const;
  const unknown = [
    [2, 7, 4],
    [9, 5, 1, 6],
  ];
  const parts = (rows: readonly (readonly [number, number, number])[]) => ({
    clusters: rows.map((_, at) => at),
    cells: rows.map(([cell]) => cell),
    weights: rows.map(([, weight]) => weight),
    sums: rows.map(([, , sum]) => sum),
  });
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const alone = unknown.map((values, cell) => {
    const mean = sum(values) / values.length;
    return {
      cell,
      cases: values.length,
      sum: sum(values),
      squares: sum(values.map((value) => (value - mean) ** 2)),
    };
  });
  const singles = unknown.flatMap((values, cell) => values.map((value) => [cell, 1, value] as const));
  const [together, apart] = [
    jackknifeP({ terms, parts: parts(customers), alone, observations: 17 }, leastSquares, 1),
    jackknifeP({ terms, parts: parts([...customers, ...singles]), observations: 17 }, leastSquares, 1),
  ];
  expect(together).not.toBeNull();
  expect(together).toBeCloseTo(apart ?? 0, 12);
});
