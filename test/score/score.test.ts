import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { type Limits, type Scored, scoreOf } from "../../src/score/score.js";
import type { ScoreRule } from "../../src/score/scoreRule.js";

const kpi = (direction: "up" | "down", score: ScoreRule, unit: Scored["unit"] = "percent"): Scored => ({
  direction,
  score,
  unit,
});
const limits = (floor: number | null, target: number, stretch: number | null = null): Limits => ({
  floor,
  target,
  stretch,
});

describe("direct", () => {
  it.each([
    ["percent", 0.934, 93.4],
    ["percent", 1.2, 100],
    ["percent", -0.1, 0],
    ["score", 78.25, 78.25],
    ["nps", -20, 0],
    ["nps", 45, 45],
  ] as const)("%s %d is %d", (unit, value, score) => {
    expect(scoreOf(kpi("up", { rule: "direct" }, unit), value, null)).toBe(score);
  });
});

describe("linear", () => {
  const up = kpi("up", { rule: "linear" });
  const down = kpi("down", { rule: "linear" });

  it("has no score without a target", () => expect(scoreOf(up, 0.5, null)).toBeNull());

  // floor → 0, target → 100: (75 − 70) ÷ (80 − 70) = 0.5
  it.each([
    ["rises from floor to target", up, limits(70, 80), 75, 50],
    ["is 0 at the floor", up, limits(70, 80), 70, 0],
    ["is 0 below it", up, limits(70, 80), 12, 0],
    ["is 100 at the target", up, limits(70, 80), 80, 100],
    ["is 100 beyond it", up, limits(70, 80), 99, 100],
    // with a stretch: target → 80, stretch → 100
    ["is 80 at the target where there is a stretch", up, limits(70, 80, 90), 80, 80],
    ["is 40 half way to it", up, limits(70, 80, 90), 75, 40],
    ["is 95 three quarters from target to stretch", up, limits(70, 80, 90), 87.5, 95],
    ["is 100 beyond the stretch", up, limits(70, 80, 90), 91, 100],
    // ↓: the limits fall
    ["falls from target to floor", down, limits(0.04, 0.02), 0.03, 50],
    ["has the stretch below the target", down, limits(0.04, 0.02, 0.01), 0.015, 90],
    ["is 0 at a floor above", down, limits(0.04, 0.02, 0.01), 0.04, 0],
    // no floor: 0 for ↑, twice the target for ↓
    ["rises from 0 without a floor", up, limits(null, 80), 20, 25],
    ["falls to 0 at twice the target without a floor", down, limits(null, 60), 90, 50],
    ["is 0 at twice the target", down, limits(null, 60), 120, 0],
    ["is met by no case where none is allowed", down, limits(null, 0), 0, 100],
    ["is 0 with one case where none is allowed", down, limits(null, 0), 1, 0],
    ["of a growth may go below 0", up, limits(-0.1, 0, 0.1), -0.05, 40],
  ])("%s", (_, rated, target, value, score) => {
    expect(scoreOf(rated, value, target)).toBe(score);
  });
});

describe("step", () => {
  // the catalogue's example: complaint rate ≤ 5 % → 100, each further 1 point −10
  const complaints = kpi("down", { rule: "step", limit: 0.05, deduct: 10, per: 0.01 });
  it.each([
    [0.02, 100],
    [0.05, 100],
    [0.0500001, 90],
    [0.054, 90],
    [0.06, 90],
    [0.0601, 80],
    [0.07, 80],
    [0.149, 0],
    [0.15, 0],
    [0.9, 0],
  ])("complaint rate %d is %d", (rate, score) => expect(scoreOf(complaints, rate, null)).toBe(score));

  it("every whole point beyond the limit is a full step, whatever its last bit", () => {
    // 6.0 % − 5 % is 1.0000000000000009 points
    for (let points = 6; points <= 15; points++) {
      for (const rate of [points / 100, 0.05 + (points - 5) * 0.01, 1 - (1 - points / 100)]) {
        expect(scoreOf(complaints, rate, null), String(rate)).toBe(100 - 10 * (points - 5));
      }
    }
  });

  const onTime = kpi("up", { rule: "step", limit: 0.95, deduct: 5, per: 0.02 });
  it.each([
    [1, 100],
    [0.95, 100],
    [0.949, 95],
    [0.93, 95],
    [0.929, 90],
    [0.5, 0],
  ])("mirrored for ↑: on time %d is %d", (rate, score) => expect(scoreOf(onTime, rate, null)).toBe(score));
});

describe("bands", () => {
  const bands = [
    { limit: 0.95, score: 100 },
    { limit: 0.9, score: 80 },
    { limit: 0.8, score: 60 },
  ];
  const up = kpi("up", { rule: "bands", bands, otherwise: 20 });
  const down = kpi("down", {
    rule: "bands",
    bands: [
      { limit: 30, score: 100 },
      { limit: 60, score: 70 },
    ],
    otherwise: 0,
  });
  it.each([
    [up, 0.97, 100],
    [up, 0.95, 100],
    [up, 0.1 * 9.5, 100],
    [up, 0.9499, 80],
    [up, 0.8, 60],
    [up, 0.79, 20],
    [down, 30, 100],
    [down, 30.01, 70],
    [down, 60, 70],
    [down, 61, 0],
  ])("a limit belongs to the better side (%#)", (rated, value, score) => {
    expect(scoreOf(rated, value, null)).toBe(score);
  });
});

describe("any rule", () => {
  const fraction = fc.integer({ min: -500_000, max: 1_500_000 }).map((millionths) => millionths / 1e6);
  const rule: fc.Arbitrary<(direction: "up" | "down") => ScoreRule> = fc.oneof(
    fc.constant(() => ({ rule: "linear" as const })),
    fc
      .record({
        limit: fraction,
        deduct: fc.integer({ min: 1, max: 40 }),
        per: fc.double({ min: 0.001, max: 1, noNaN: true }),
      })
      .map((step) => () => ({ rule: "step" as const, ...step })),
    fc
      .uniqueArray(fc.integer({ min: -50, max: 150 }), { minLength: 1, maxLength: 5 })
      .map((list) => (direction: "up" | "down") => ({
        rule: "bands" as const,
        bands: list
          .sort((a, b) => (direction === "up" ? b - a : a - b))
          .map((limit, index) => ({ limit: limit / 100, score: 100 - 20 * index })),
        otherwise: 0,
      })),
  );
  const ordered = fc
    .uniqueArray(fc.integer({ min: -20, max: 120 }), { minLength: 3, maxLength: 3 })
    .map((list) => list.sort((a, b) => a - b).map((limit) => limit / 100));
  const target = fc.record({
    limits: ordered,
    hasFloor: fc.boolean(),
    hasStretch: fc.boolean(),
  });

  it("lies within 0 and 100 and never falls as the value gets better", () => {
    let distinct = 0;
    fc.assert(
      fc.property(
        rule,
        target,
        fc.constantFrom("up" as const, "down" as const),
        fraction,
        fraction,
        (make, { limits: three, hasFloor, hasStretch }, direction, one, other) => {
          const [floor = 0, aim = 0, stretch = 0] = direction === "up" ? three : [...three].reverse();
          const rated = kpi(direction, make(direction));
          const scores = [Math.min(one, other), Math.max(one, other)].map(
            (value) =>
              scoreOf(rated, value, limits(hasFloor ? floor : null, aim, hasStretch ? stretch : null)) ?? -1,
          );
          const [low = -1, high = -1] = direction === "up" ? scores : [...scores].reverse();
          for (const score of scores) expect(score >= 0 && score <= 100).toBe(true);
          expect(low).toBeLessThanOrEqual(high);
          if (low < high) distinct++;
        },
      ),
      { numRuns: 2000, seed: 11 },
    );
    expect(distinct).toBeGreaterThan(300);
  });
});

describe("a rule of the catalogue", () => {
  const text = (direction: string, unit: string, rule: string) => `kpis:
  - id: rate
    label: { zh: 率, en: Rate }
    definition: { zh: 率, en: Rate }
    formula: { zh: 率, en: Rate }
    unit: ${unit}
    direction: ${direction}
    kind: rate
    cases: months
    needs: [tickets]
    dimensions: [agent]
    score: ${rule}
`;
  const parse = (direction: string, unit: string, rule: string) =>
    parseKpis(text(direction, unit, rule), "kpis.yaml")[0]?.score;

  it("takes percentages as fractions, without the noise of a division", () => {
    expect(parse("down", "percent", "{ rule: step, limit: 5%, deduct: 10, per: 0.7% }")).toEqual({
      rule: "step",
      limit: 0.05,
      deduct: 10,
      per: 0.007,
    });
    expect(parse("up", "percent", "{ rule: step, limit: 150%, deduct: 10, per: 1% }")).toMatchObject({
      limit: 1.5,
    });
    expect(parse("down", "minutes", "{ rule: step, limit: 60, deduct: 10, per: 5 }")).toMatchObject({
      limit: 60,
    });
  });

  it.each([
    [
      "down",
      "percent",
      "{ rule: step, limit: 5, deduct: 10, per: 1% }",
      /rate\.score\.limit: expected a fraction or a percentage.*: 5$/,
    ],
    ["down", "percent", "{ rule: step, limit: 5%, deduct: 10, per: 2 }", /rate\.score\.per: .*: 2$/],
    [
      "up",
      "percent",
      "{ rule: bands, bands: [{ limit: 95, score: 100 }] }",
      /rate\.score\.bands\.0\.limit: .*: 95$/,
    ],
    [
      "up",
      "percent",
      "{ rule: bands, bands: [{ limit: 80%, score: 80 }, { limit: 90%, score: 60 }] }",
      /rate\.score: bands: expected the best limit first, going down: 0\.8, 0\.9$/,
    ],
    [
      "down",
      "minutes",
      "{ rule: bands, bands: [{ limit: 30, score: 60 }, { limit: 60, score: 80 }] }",
      /expected scores that fall from band to band: 60, 80$/,
    ],
    [
      "up",
      "percent",
      "{ rule: bands, bands: [{ limit: 80%, score: 40 }], otherwise: 50 }",
      /otherwise: expected at most 40: 50$/,
    ],
    ["down", "percent", "{ rule: direct }", /direct: .*: down$/],
    ["up", "minutes", "{ rule: direct }", /direct: .*: minutes$/],
  ])("refuses %s %s %s", (direction, unit, rule, message) => {
    expect(() => parse(direction, unit, rule)).toThrow(message);
  });
});
