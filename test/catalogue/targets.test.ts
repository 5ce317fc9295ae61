import { describe, expect, it } from "vitest";
import { targetFaults } from "../../src/catalogue/faults/targetFaults.js";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { otherTargetGrains, type Part, type Target, targetOf } from "../../src/catalogue/targets.js";
import { noTargetText } from "../../src/words/noTarget.js";
import { worded } from "../../src/words/wording.js";

const row = (more: Partial<Target>): Target => ({
  kpi_id: "csat",
  grain: "month",
  valid_from: "2024-01-01",
  valid_to: null,
  scope_dimension: null,
  scope_value: null,
  floor: null,
  target: 80,
  stretch: null,
  ...more,
});
const csat = { id: "csat", kind: "mean" } as const;
const orders = { id: "orders", kind: "count" } as const;
const part = (dimension: Part["dimensions"][number], value: string): Part => ({
  dimensions: [dimension],
  value,
});
const found = (...given: Parameters<typeof targetOf>) => targetOf(...given)?.target ?? null;

describe("the target in force", () => {
  it("is valid on the day before the period's end", () => {
    const targets = [
      row({ valid_to: "2025-03-01", target: 70 }),
      row({ valid_from: "2025-03-01", valid_to: "2025-06-30", target: 75 }),
    ];
    expect(found(targets, csat, "month", "2025-03-01")).toBe(70);
    expect(found(targets, csat, "month", "2025-04-01")).toBe(75);
    expect(found(targets, csat, "quarter", "2025-04-01")).toBe(75);
    // the second ends, exclusively, on the last day of June
    expect(found(targets, csat, "month", "2025-07-01")).toBeNull();
    expect(found(targets, csat, "month", "2024-01-01")).toBeNull();
  });

  it("of another grain alone is told as that, not as none", () => {
    const targets = [row({ grain: "quarter" }), row({ kpi_id: "orders", valid_to: "2025-01-01" })];
    const others = (kpi: typeof csat | typeof orders, grain: "month" | "quarter" | "year", whose?: Part) =>
      otherTargetGrains(targets, kpi, grain, "2025-04-01", whose);
    expect(others(csat, "month")).toEqual(["quarter"]);
    expect(others(csat, "year")).toEqual(["quarter"]);
    expect(others(csat, "quarter")).toEqual([]);
    // Ended in 2024; and the company's is none of a part's share.
    expect(others(orders, "quarter")).toEqual([]);
    expect(others(csat, "month", { ...part("region", "East"), isShare: true })).toEqual([]);
    expect(noTargetText("month", ["quarter"], "en")).toBe("no target by month (there is one by quarter)");
    expect(noTargetText("month", ["quarter", "year"], "zh-CN")).toBe("无月度目标值（有季度、年度的）");
    expect(noTargetText("month", [], "en")).toBeNull();
  });

  it("is the grain's own; else a mean takes the month's, a count the month's times its months", () => {
    const targets = [
      row({ floor: 60, stretch: 90 }),
      row({ grain: "half", target: 82 }),
      row({ kpi_id: "orders", floor: null, target: 5, stretch: 8 }),
      row({ kpi_id: "orders", grain: "half", target: 40 }),
    ];
    expect(found(targets, csat, "half", "2025-07-01")).toBe(82);
    expect(targetOf(targets, csat, "quarter", "2025-04-01")).toMatchObject({
      floor: 60,
      target: 80,
      stretch: 90,
    });
    expect(found(targets, orders, "half", "2025-07-01")).toBe(40);
    expect(targetOf(targets, orders, "quarter", "2025-04-01")).toMatchObject({
      floor: null,
      target: 15,
      stretch: 24,
    });
    expect(found(targets, orders, "year", "2026-01-01")).toBe(60);
  });

  it("of a part is its own, else that of each such part, else the company's", () => {
    const targets = [
      row({ target: 80 }),
      row({ scope_dimension: "region", target: 78 }),
      row({ scope_dimension: "region", scope_value: "East", target: 85 }),
    ];
    expect(found(targets, csat, "month", "2025-03-01", part("region", "East"))).toBe(85);
    expect(found(targets, csat, "month", "2025-03-01", part("region", "West"))).toBe(78);
    expect(found(targets, csat, "month", "2025-03-01", part("team", "East"))).toBe(80);
    expect(found(targets, csat, "month", "2025-03-01")).toBe(80);
  });

  it("goes by the grain first: a quarter's own beats the part's month", () => {
    const targets = [
      row({ grain: "quarter", target: 82 }),
      row({ scope_dimension: "region", scope_value: "East", target: 85 }),
    ];
    expect(found(targets, csat, "quarter", "2025-04-01", part("region", "East"))).toBe(82);
    expect(found(targets, csat, "half", "2025-07-01", part("region", "East"))).toBe(85);
  });

  it("of an employee is found under every name of the dimension", () => {
    const agent: Part = { dimensions: ["employee", "agent"], value: "E1" };
    for (const name of ["employee", "employee_id", "agent", "agent_id"]) {
      const targets = [row({}), row({ scope_dimension: name, scope_value: "E1", target: 90 })];
      expect(found(targets, csat, "month", "2025-03-01", agent), name).toBe(90);
    }
    const owned = [row({}), row({ scope_dimension: "owner_id", scope_value: "E1", target: 90 })];
    expect(found(owned, csat, "month", "2025-03-01", agent)).toBe(80);
  });

  it("of a count, or a share of the company's value, is never the company's", () => {
    const company = row({ kpi_id: "orders", target: 5 });
    const team = row({ kpi_id: "orders", scope_dimension: "team", target: 2 });
    expect(found([company], orders, "month", "2025-03-01", part("team", "A"))).toBeNull();
    expect(found([company, team], orders, "quarter", "2025-04-01", part("team", "A"))).toBe(6);
    expect(found([row({})], csat, "month", "2025-03-01", { ...part("team", "A"), isShare: true })).toBeNull();
  });
});

const kpis = parseKpis(
  ["csat score up", "churn percent down", "calls count none"]
    .map((line) => line.split(" "))
    .reduce(
      (text, [id, unit, direction]) => `${text}
  - { id: ${id}, label: { zh: 名, en: Name }, definition: { zh: 名, en: Name }, formula: { zh: 名, en: Name },
      unit: ${unit}, direction: ${direction}, kind: rate, cases: months, needs: [tickets],
      dimensions: [region, owner], belongs_to: owner }`,
      "kpis:",
    ),
  "kpis.yaml",
);

describe("what is wrong with targets", () => {
  const faultsOf = (targets: Target[], isPercentage = false) =>
    targetFaults(targets, kpis, () => isPercentage).map(({ row: at, column, expected }) => [
      targets.indexOf(at),
      column,
      worded(expected, "en"),
    ]);
  const churn = (more: Partial<Target>) =>
    row({ kpi_id: "churn", floor: 0.05, target: 0.03, stretch: 0.02, ...more });

  it("nothing", () => {
    expect(
      faultsOf([
        row({ floor: 70, target: 80, stretch: 85 }),
        row({ grain: "quarter", floor: null, target: 80, stretch: 85 }),
        row({ scope_dimension: "region", scope_value: "East" }),
        row({ scope_dimension: "team" }),
        row({ scope_dimension: "employee", scope_value: "E1" }),
        churn({ valid_to: "2025-01-01" }),
        churn({ valid_from: "2025-01-01", target: 0.025 }),
        row({ kpi_id: "calls", floor: 9, target: 4, stretch: 7 }),
      ]),
    ).toEqual([]);
  });

  it.each([
    ["an unknown kpi", row({ kpi_id: "csta" }), "kpi_id", /kpis\.yaml \(did you mean csat\?\)/],
    [
      "an unknown dimension",
      row({ scope_dimension: "regoin", scope_value: "East" }),
      "scope_dimension",
      /it has region, owner, employee, team\) \(did you mean region/,
    ],
    [
      "a dimension the kpi has not",
      row({ scope_dimension: "channel", scope_value: "phone" }),
      "scope_dimension",
      /dimension of csat/,
    ],
    [
      "a value without its dimension",
      row({ scope_value: "East" }),
      "scope_dimension",
      /the value's dimension/,
    ],
    [
      "an end before the beginning",
      row({ valid_to: "2024-01-01" }),
      "valid_to",
      /after valid_from, 2024-01-01/,
    ],
    ["↑ a floor at the target", row({ floor: 80 }), "target", /above the floor, 80/],
    ["↑ a stretch below the target", row({ stretch: 79 }), "stretch", /above the target, 80/],
    ["↓ limits that rise", churn({ floor: 0.02, stretch: null }), "target", /below the floor, 0\.02/],
    ["↓ a stretch above the target", churn({ stretch: 0.04 }), "stretch", /below the target, 0\.03/],
    [
      "a bare number above 1 for a % kpi",
      churn({ floor: null, target: 2.13, stretch: null }),
      "target",
      /percentage like 2\.13%/,
    ],
  ])("%s", (_, wrong, column, expected) => {
    expect(faultsOf([wrong])).toEqual([[0, column, expect.stringMatching(expected)]]);
  });

  it("a percentage above 100 % is none", () => {
    expect(faultsOf([churn({ floor: null, target: 1.2, stretch: null })], true)).toEqual([]);
  });

  it("rows that hold at the same time, whatever the dimension is called", () => {
    const east = { scope_dimension: "owner", scope_value: "E1" };
    expect(
      faultsOf([
        row({ valid_to: "2025-01-02" }),
        row({ valid_from: "2025-01-01" }),
        row({ ...east }),
        row({ scope_dimension: "owner_id", scope_value: "E1", valid_from: "2026-01-01" }),
        row({ scope_dimension: "owner", scope_value: "E2" }),
      ]),
    ).toEqual([
      [1, "valid_from", expect.stringContaining("2024-01-01 to 2025-01-02")],
      [3, "valid_from", expect.stringContaining("2024-01-01 to open end")],
    ]);
  });
});
