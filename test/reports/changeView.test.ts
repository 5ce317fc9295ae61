import { describe, expect, test } from "vitest";
import type { Cube } from "../../reports/components/data/cube.js";
import type { Point } from "../../reports/components/data/series.js";
import { type ChangeView, changeView, needsSingles } from "../../reports/components/pages/changeView.js";
import type { Grain, Kpi, Role } from "../../src/published/siteTypes.js";

type Row = Record<string, string | number> & { numerator: number; denominator: number };

/** A published table of such rows: each also in the combinations that leave out region, channel or both. */
function cubeOf(cases: readonly Row[]): Cube {
  const rows: Record<string, string | number | null>[] = ["region", "channel"].reduce(
    (all: Record<string, string | number | null>[], name) =>
      all.flatMap((row) => (name in row ? [row, { ...row, [name]: null }] : [row])),
    [...cases],
  );
  const names = Object.keys(rows[0] ?? {});
  const isNumber = (name: string) => typeof rows[0]?.[name] === "number";
  return {
    length: rows.length,
    words: new Map(
      names
        .filter((name) => !isNumber(name))
        .map((name) => {
          const words = [...new Set(cases.map((row) => String(row[name])))];
          return [name, { words, codes: rows.map((row) => words.indexOf(row[name] as string)) }];
        }),
    ),
    numbers: new Map(names.filter(isNumber).map((name) => [name, rows.map((row) => Number(row[name]))])),
  };
}

const row = (
  [role, grain, period_start]: readonly [Role, Grain, string],
  keys: Record<string, string>,
  numerator: number,
  denominator: number,
): Row => ({ role, grain, period_start, ...keys, numerator, denominator });

const kpiOf = (more: Partial<Kpi>): Kpi =>
  ({
    id: "service_accuracy",
    kind: "rate",
    unit: "percent",
    all_months: false,
    additive: true,
    numerator_dimensions: [],
    published: { cross: ["region", "channel"], single: ["owner"], leftOut: [] },
    ...more,
  }) as Kpi;

const point = (grain: Grain, start: string, more: Partial<Point>): Point =>
  ({ grain, start, value: 0, partial: false, previous: null, lastYear: null, ...more }) as Point;
const difference = (value: number, delta: number) => ({
  value,
  delta,
  low: null,
  high: null,
  p: null,
  certain: null,
});
const byMonth = (month: string) => ["period", "month", month] as const;
const parts = (view: ChangeView | null) =>
  view?.explanation?.groups.map(({ group, contribution }) => [group, Number(contribution.toFixed(12))]);
const choice = (grain: Grain, by = "", where: Record<string, string> = {}) => ({ grain, by, where });

const east = { region: "East", channel: "phone" };
const west = { region: "West", channel: "phone" };
const months = cubeOf([
  row(byMonth("2025-10-01"), east, 2, 4),
  row(byMonth("2025-11-01"), west, 4, 4),
  row(byMonth("2026-01-01"), east, 1, 4),
  row(byMonth("2026-01-01"), { ...east, channel: "email" }, 1, 1),
  row(byMonth("2026-03-01"), west, 1, 4),
  row(["elapsed_previous", "quarter", "2025-10-01"], east, 1, 1),
  row(["elapsed_previous", "quarter", "2025-10-01"], west, 1, 1),
]);

const tables = { cube: months, singles: null, parts: null };

describe("the change of a page's KPI", () => {
  test("sums months to the quarter and splits it by the dimension whose parts lie farthest apart", () => {
    // Q4 2025: East 2/4, West 4/4, whole 6/8. Q1 2026: East 2/5, West 1/4, whole 3/9. Middle 13/24.
    // By region, West: rate (0.5 + 4/9)/2 × (0.25 − 1), mix (4/9 − 0.5)(0.625 − 13/24); by channel, phone has all but 1/9.
    const q1 = point("quarter", "2026-01-01", { value: 3 / 9, previous: difference(0.75, 3 / 9 - 0.75) });
    const view = { kpi: kpiOf({}), points: [q1], choice: choice("quarter") };
    const found = changeView(view, { start: "2026-01-01", compare: "previous" }, tables);
    expect(found).toMatchObject({ dimension: "channel", isWidest: true, from: "2025-10-01" });
    const byRegion = changeView(
      { ...view, choice: choice("quarter", "region") },
      { start: "2026-01-01", compare: "previous" },
      tables,
    );
    const rate = ((0.5 + 4 / 9) / 2) * -0.75;
    const mix = (4 / 9 - 0.5) * (0.625 - 13 / 24);
    expect(byRegion).toMatchObject({ dimension: "region", isWidest: false });
    expect(parts(byRegion)?.[0]).toEqual(["West", Number((rate + mix).toFixed(12))]);
  });

  test("takes a dimension that divides the cases before one of a single group", () => {
    // By region all is East; by channel both halves rise from 1/2 to 2/2 and lie no farther apart than one group does.
    const phone = { region: "East", channel: "phone" };
    const email = { region: "East", channel: "email" };
    const cube = cubeOf([
      row(byMonth("2025-03-01"), phone, 1, 2),
      row(byMonth("2025-03-01"), email, 1, 2),
      row(byMonth("2026-03-01"), phone, 2, 2),
      row(byMonth("2026-03-01"), email, 2, 2),
    ]);
    const march = point("month", "2026-03-01", { value: 1, lastYear: difference(0.5, 0.5) });
    const view = { kpi: kpiOf({}), points: [march], choice: choice("month") };
    const found = changeView(view, { start: "2026-03-01", compare: "year" }, { ...tables, cube });
    expect(found?.dimension).toBe("channel");
  });

  test("compares a partial period with the elapsed window", () => {
    const q1 = point("quarter", "2026-01-01", {
      value: 3 / 9,
      partial: true,
      previous: difference(1, 3 / 9 - 1),
    });
    const view = { kpi: kpiOf({}), points: [q1], choice: choice("quarter", "region") };
    const found = changeView(view, { start: "2026-01-01", compare: "previous" }, tables);
    expect(found?.explanation).toMatchObject({ from: 1, to: 3 / 9 });
  });

  test("keeps to the filters, and leaves out the dimension they fix", () => {
    const q1 = point("quarter", "2026-01-01", { value: 2 / 5, previous: difference(0.5, 2 / 5 - 0.5) });
    const view = { kpi: kpiOf({}), points: [q1], choice: choice("quarter", "", { region: "East" }) };
    const found = changeView(view, { start: "2026-01-01", compare: "previous" }, tables);
    expect(found).toMatchObject({ dimension: "channel", isWidest: false });
    expect(found?.explanation?.groups.map(({ group }) => group).sort()).toEqual(["email", "phone"]);
  });

  test("splits a dimension of the numerator over the whole, also where a value has no row", () => {
    const kpi = kpiOf({
      kind: "customer_rate",
      additive: false,
      numerator_dimensions: ["reason"],
      published: { cross: ["region"], single: ["reason"], leftOut: [] },
    });
    const cube = cubeOf([
      row(byMonth("2025-03-01"), { region: "East" }, 3, 100),
      row(byMonth("2026-03-01"), { region: "East" }, 4, 80),
    ]);
    const singles = cubeOf([
      row(byMonth("2025-03-01"), { by: "reason", value: "price" }, 3, 100),
      row(byMonth("2026-03-01"), { by: "reason", value: "price" }, 1, 80),
      row(byMonth("2026-03-01"), { by: "reason", value: "service" }, 3, 80),
    ]);
    const march = point("month", "2026-03-01", { value: 0.05, lastYear: difference(0.03, 0.02) });
    const found = changeView(
      { kpi, points: [march], choice: choice("month", "reason") },
      { start: "2026-03-01", compare: "year" },
      { cube, singles, parts: null },
    );
    expect(parts(found)).toEqual([
      ["service", 0.0375],
      ["price", -0.0175],
    ]);
  });

  test("splits the growth of a share by what each group adds to the shares of both years", () => {
    // Shares: 5/20 over 4/20 is a growth of 0.25, then 7/20 over 5/20 one of 0.4. A share of the period counts
    // (1/0.2 + 1/0.25)/2 = 4.5, one of the base −(0.25 + 0.35)/2 ÷ (0.2 × 0.25) = −6. East adds 2/20 to the
    // period's: 4.5 × 0.1 = 0.45; West 1/20 to the base's: −6 × 0.05 = −0.3.
    const kpi = kpiOf({
      id: "market_share_growth",
      kind: "growth",
      all_months: true,
      additive: false,
      published: { cross: [], single: ["market"], leftOut: [] },
    });
    const part = (start: string, value: string, numerator: number, base_numerator: number): Row => ({
      ...row(byMonth(start), { kpi_id: "market_share_growth", by: "market", value }, numerator, 10),
      base_numerator,
      base_denominator: 10,
    });
    const sums = cubeOf([
      part("2025-06-01", "East", 2, 2),
      part("2025-06-01", "West", 3, 2),
      part("2026-06-01", "East", 4, 2),
      part("2026-06-01", "West", 3, 3),
    ]);
    const june = point("month", "2026-06-01", { value: 0.4, lastYear: difference(0.25, 0.15) });
    const view = { kpi, points: [june], choice: choice("month") };
    const compared = { start: "2026-06-01", compare: "year" } as const;
    const found = changeView(view, compared, { ...tables, parts: sums });
    expect(found).toMatchObject({ dimension: "market", isWidest: false });
    expect(parts(found)).toEqual([
      ["East", 0.45],
      ["West", -0.3],
    ]);
  });

  test("says nothing where the parts are not those of the value, or cannot be known", () => {
    const q1 = point("quarter", "2026-01-01", { value: 0.9, previous: difference(0.75, 0.15) });
    const view = { kpi: kpiOf({}), points: [q1], choice: choice("quarter", "region") };
    const compared = { start: "2026-01-01", compare: "previous" } as const;
    expect(changeView(view, compared, tables)?.explanation).toBeNull();
    const growth = { ...view, kpi: kpiOf({ kind: "growth", all_months: true }) };
    expect(changeView(growth, compared, tables)?.explanation).toBeNull();
    expect(changeView(view, { ...compared, compare: "year" }, tables)).toBeNull();
    expect(changeView(view, { ...compared, start: "2025-10-01" }, tables)).toBeNull();
  });

  test("reads the table of single dimensions only where it must", () => {
    expect(needsSingles(kpiOf({}), "")).toBe(false);
    expect(needsSingles(kpiOf({}), "owner")).toBe(true);
    expect(needsSingles(kpiOf({ published: { cross: [], single: ["market"], leftOut: [] } }), "")).toBe(true);
  });
});
