import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { distanceTo, type Reading, rankCauses, readingOf } from "../../src/analysis/evidence.js";

describe("the distance to the target", () => {
  it.each([
    // (85 − 80) ÷ (85 − 75) = 0.5
    ["up", 80, { target: 85, floor: 75 }, 0.5],
    // At the floor 1, at the target 0, beyond it 0.
    ["up", 75, { target: 85, floor: 75 }, 1],
    ["up", 85, { target: 85, floor: 75 }, 0],
    ["up", 92, { target: 85, floor: 75 }, 0],
    // (85 − 60) ÷ (85 − 75) = 2.5
    ["up", 60, { target: 85, floor: 75 }, 2.5],
    // Lower is better: (1.5 − 2.25) ÷ (1.5 − 2.5) = 0.75
    ["down", 0.0225, { target: 0.015, floor: 0.025 }, 0.75],
    ["down", 0.035, { target: 0.015, floor: 0.025 }, 2],
    ["down", 0.01, { target: 0.015, floor: 0.025 }, 0],
    // No floor: 0 for ↑, so (80 − 60) ÷ 80 = 0.25; twice the target for ↓, so (60 − 90) ÷ (60 − 120) = 0.5
    ["up", 60, { target: 80, floor: null }, 0.25],
    ["down", 90, { target: 60, floor: null }, 0.5],
    // No room between target and floor: missed or not.
    ["down", 3, { target: 0, floor: null }, 1],
    ["down", 0, { target: 0, floor: null }, 0],
    ["up", -0.01, { target: 0, floor: null }, 1],
    ["up", 4, { target: 5, floor: 5 }, 1],
    // 0.15 + 0.15 + 0.15 is 0.44999999999999996, and meets 0.45.
    ["up", 0.15 + 0.15 + 0.15, { target: 0.45, floor: 0.35 }, 0],
  ] as const)("%s %d against %o is %d", (direction, value, limits, distance) => {
    expect(distanceTo(direction, value, limits)).toBeCloseTo(distance, 9);
    if (distance === 0) expect(distanceTo(direction, value, limits)).toBe(0);
  });

  test("does not depend on the unit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("up" as const, "down" as const),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (direction, value, target, room) => {
          const floor = direction === "up" ? target - room : target + room;
          const scaled = (factor: number) =>
            distanceTo(direction, value * factor, { target: target * factor, floor: floor * factor });
          expect(scaled(60)).toBeCloseTo(scaled(1), 6);
        },
      ),
    );
  });
});

describe("a KPI as evidence", () => {
  const kpi = { id: "csat", kind: "mean" as const, direction: "up" as const };
  const point = { value: 75, low: 72, high: 78, n: 40, mature: true, partial: false, incomplete: false };
  const limits = { target: 80, floor: 70 };

  it("has a distance when its value is final and has a target", () => {
    expect(readingOf(kpi, point, limits)).toEqual({ kpi: "csat", standing: "near", distance: 0.5 });
  });

  it.each([
    ["immature", kpi, { ...point, mature: false }, limits],
    ["partial", kpi, { ...point, partial: true }, limits],
    ["incomplete", kpi, { ...point, incomplete: true }, limits],
    ["without a target", kpi, point, null],
    ["without a better direction", { ...kpi, direction: "none" as const }, point, limits],
  ])("is no signal when %s", (_, subject, value, target) => {
    expect(readingOf(subject, value, target)).toEqual({
      kpi: "csat",
      standing: "untargeted",
      distance: null,
    });
  });

  it("has no distance where it cannot be told from the target, or of too few cases", () => {
    const wide = { ...point, high: 81 };
    expect(readingOf(kpi, wide, limits)).toEqual({ kpi: "csat", standing: "unsure", distance: null });
    expect(readingOf(kpi, { ...point, n: 9 }, limits)).toEqual({
      kpi: "csat",
      standing: "few",
      distance: null,
    });
  });

  it("is without data when it has no value", () => {
    const none = { kpi: "csat", standing: "none", distance: null };
    expect(readingOf(kpi, null, limits)).toEqual(none);
    expect(readingOf(kpi, { ...point, value: null }, limits)).toEqual(none);
  });
});

describe("the ranking of causes", () => {
  const reading = (kpi: string, standing: Reading["standing"], distance: number | null): Reading => ({
    kpi,
    standing,
    distance,
  });
  const readings = new Map(
    [
      reading("a", "near", 0.4),
      reading("b", "bad", 1.6),
      reading("c", "good", 0),
      reading("d", "untargeted", null),
      reading("e", "none", null),
      reading("f", "bad", 0.3),
    ].map((one) => [one.kpi, one]),
  );
  const rank = (causes: Record<string, string[]>) =>
    rankCauses(
      Object.entries(causes).map(([id, kpis]) => ({ id, kpis })),
      readings,
    );

  it("takes the largest distance and the worst known standing of a cause's KPIs", () => {
    // b is 1.6 off, farther than a's 0.4; d and e say nothing.
    expect(rank({ x: ["e", "a", "d", "b", "c"] })).toEqual([
      {
        cause: "x",
        readings: ["b", "a", "c", "d", "e"].map((id) => readings.get(id)),
        standing: "bad",
        distance: 1.6,
        rank: 1,
      },
    ]);
  });

  it("orders by distance, then as listed; ties share the rank; without data comes last", () => {
    // 1.6, 0.4, 0.4, 0.3, 0, no target, no data
    const ranked = rank({
      silent: ["e"],
      untold: ["e", "d"],
      met: ["c"],
      near: ["a"],
      missing: ["zzz"],
      same: ["c", "a"],
      worst: ["b", "c"],
      floorless: ["f"],
    });
    expect(ranked.map(({ cause, rank: place, standing }) => [cause, place, standing])).toEqual([
      ["worst", 1, "bad"],
      ["near", 2, "near"],
      ["same", 2, "near"],
      ["floorless", 4, "bad"],
      ["met", null, "good"],
      ["untold", null, "untargeted"],
      ["silent", null, "none"],
      ["missing", null, "none"],
    ]);
  });

  it("shows the worst standing first, though another KPI be farther off", () => {
    // f misses a target without a floor by 0.3; a is between floor and target by 0.4.
    const [evidence] = rank({ x: ["a", "f"] });
    expect(evidence?.readings.map(({ kpi }) => kpi)).toEqual(["f", "a"]);
    expect(evidence).toMatchObject({ standing: "bad", distance: 0.4 });
  });
});
