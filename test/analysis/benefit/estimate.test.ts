import { describe, expect, it } from "vitest";
import { type BenefitCases, estimate } from "../../../src/analysis/benefit/estimate.js";
import { jackknifeP, leastSquares } from "../../../src/statistics/clustered.js";

const contrast = { place: "in", before: 0, after: 1 };

/** Customers of two windows with events by rule, of some segments. */
function counted(customers: readonly { segment: string; events: readonly [number, number] }[]): BenefitCases {
  const segments = [...new Set(customers.map(({ segment }) => segment))];
  const cells = segments.flatMap((segment) =>
    [0, 1].map((window) => ({ place: "in", window, segment, type: null, weight: 0, sum: 0, squares: 0 })),
  );
  const rows = customers.flatMap(({ segment, events }, cluster) =>
    events.map((sum, window) => ({ cluster, cell: 2 * segments.indexOf(segment) + window, sum })),
  );
  for (const { cell, sum } of rows) {
    const own = cells[cell];
    if (own) own.sum += sum;
  }
  return {
    cells,
    parts: {
      clusters: rows.map(({ cluster }) => cluster),
      cells: rows.map(({ cell }) => cell),
      weights: rows.map(() => 90),
      sums: rows.map(({ sum }) => sum),
    },
    alone: [],
  };
}

const busy = Array.from({ length: 60 }, (_, at) => ({
  segment: at % 2 ? "a" : "b",
  events: [(at * 7) % 5, (at * 11) % 4] as const,
}));
const quiet = Array.from({ length: 12 }, () => ({ segment: "quiet", events: [0, 0] as const }));

describe("a segment of which nothing was counted", () => {
  it("changes the estimate by no more than its customers' number", () => {
    const without = estimate(counted(busy), "poisson", contrast);
    const beside = estimate(counted([...busy, ...quiet]), "poisson", contrast);
    expect(beside?.coefficient).toBeCloseTo(without?.coefficient ?? Number.NaN, 10);
    expect(beside?.clusters).toBe(72);
    // CR1's factor G/(G − 1) · (N − 1)/(N − K) of 72 customers, 144 rows and 4 terms, in the place of 60, 120 and 3.
    const factor = (clusters: number, rows: number, terms: number) =>
      (clusters / (clusters - 1)) * ((rows - 1) / (rows - terms));
    const ratio = Math.sqrt(factor(72, 144, 4) / factor(60, 120, 3));
    expect((beside?.error ?? 0) / (without?.error ?? 1)).toBeCloseTo(ratio, 10);
  });

  it("leaves no estimate where nothing at all was counted in a window", () => {
    expect(estimate(counted(quiet), "poisson", contrast)).toBeNull();
    const ended = busy.map(({ segment, events }) => ({ segment, events: [events[0], 0] as const }));
    expect(estimate(counted(ended), "poisson", contrast)).toBeNull();
  });
});

describe("of few customers", () => {
  it("the jackknife is asked, too", () => {
    expect(estimate(counted(busy), "poisson", contrast)?.steady_p).toBeGreaterThan(0);
    expect(estimate(counted([...busy, ...busy]), "poisson", contrast)?.steady_p).toBeUndefined();
  });

  it("of single cases it is the one-sample t-test", () => {
    // The jackknife's variance of a mean is s²/n: of 2, 4, 4, 7, 8 it is 5 ± √(24/4/5), t = 4.5644 with 4 degrees, p = 0.0103
    // (scipy 1.17.1, ttest_1samp).
    const values = [2, 4, 4, 7, 8];
    const data = {
      terms: [[1]],
      parts: {
        clusters: values.map((_, at) => at),
        cells: values.map(() => 0),
        weights: values.map(() => 1),
        sums: values,
      },
      observations: values.length,
    };
    expect(jackknifeP(data, leastSquares, 0)).toBeCloseTo(0.01030476361562764, 12);
  });
});

it("a place that is left out is in nobody's comparison group", () => {
  const at = (place: string, sums: readonly [number, number]) =>
    sums.map((sum, window) => ({
      place,
      window,
      segment: null,
      type: null,
      weight: 90 * 4,
      sum,
      squares: 0,
    }));
  const places = { in: [8, 30], treated: [9, 2], other: [10, 12] } as const;
  const cells = Object.entries(places).flatMap(([place, sums]) => at(place, sums));
  const rows = cells.flatMap(({ sum }, cell) =>
    [0, 1, 2, 3].map((part) => ({
      cluster: 4 * Math.floor(cell / 2) + part,
      cell,
      sum: (sum * (part + 1)) / 10,
    })),
  );
  const parts = {
    clusters: rows.map(({ cluster }) => cluster),
    cells: rows.map(({ cell }) => cell),
    weights: rows.map(() => 90),
    sums: rows.map(({ sum }) => sum),
  };
  const of = (without?: string) =>
    estimate({ cells, parts, alone: [] }, "poisson", { ...contrast, ...(without ? { without } : {}) })
      ?.coefficient;
  // A ratio of ratios, by hand: against the other alone, and against both.
  expect(of("treated")).toBeCloseTo(Math.log(30 / 8 / (12 / 10)), 9);
  expect(of()).toBeCloseTo(Math.log(30 / 8 / (14 / 19)), 9);
});

it("a customer whose days stand in several places of a comparison group is one of it", () => {
  // Of 50 customers in place p (0 the scope) and window w. statsmodels 0.15.0: GLM(Poisson) of 200 rows, a customer's events
  // outside the scope in one; fit(cov_type="cluster", use_t=True).
  const eventsOf = (customer: number, place: number, window: number) =>
    (customer * (3 + 2 * place) + window * (5 + place) + customer * window) % (4 + place + window);
  const cells = ["out", "in", "b", "c"].flatMap((place) =>
    [0, 1].map((window) => ({ place, window, segment: null, type: null, weight: 0, sum: 0, squares: 0 })),
  );
  const rows = Array.from({ length: 50 }, (_, cluster) =>
    cells.map(({ window }, cell) => ({
      cluster,
      cell,
      sum: cell < 2 ? 7 : eventsOf(cluster, Math.floor(cell / 2) - 1, window),
    })),
  ).flat();
  for (const { cell, sum } of rows) {
    const own = cells[cell];
    if (own) Object.assign(own, { sum: own.sum + sum, weight: own.weight + 90 });
  }
  const parts = {
    clusters: rows.map(({ cluster }) => cluster),
    cells: rows.map(({ cell }) => cell),
    weights: rows.map(() => 90),
    sums: rows.map(({ sum }) => sum),
  };
  const found = estimate({ cells, parts, alone: [] }, "poisson", { ...contrast, without: "out" });
  expect(found?.coefficient).toBeCloseTo(0.09304003126977944, 9);
  expect(found?.error).toBeCloseTo(0.18598034770740446, 9);
  expect(found?.p).toBeCloseTo(0.6191258146322541, 9);
});
