import type { Picture } from "../../../src/export/xlsx/charts.js";
import { makeWorkbook, writeWorkbook } from "../../../src/export/xlsx/workbook.js";
import type { Assessment } from "../../../src/published/benefitTypes.js";
import type { PackFigures, PackItem, PackScore, PackValue } from "../../../src/published/packFigures.js";
import type { Language } from "../../../src/words/wording.js";

/** Makes a workbook and writes it. */
export const putWorkbook = async (
  ...[figures, out, pictures]: [figures: PackFigures, out: string, pictures?: Picture[]]
) => writeWorkbook(await makeWorkbook(figures, pictures), out);

/** A value of a KPI, March 2026. */
export const kpiValueOf = (more: Partial<PackValue> = {}): PackValue => ({
  kpi_id: "churn_rate",
  label: "Churn rate",
  unit: "percent",
  section: "Retention",
  grain: "month",
  period_start: "2026-03-01",
  period_end: "2026-04-01",
  by: {},
  value: 0.0213,
  numerator: 17,
  denominator: 798,
  n: 798,
  low: 0.0133,
  high: 0.0339,
  mature: true,
  partial: false,
  floor: 0.03,
  target: 0.02,
  stretch: 0.01,
  status: "near",
  reason_text: null,
  ...more,
});

const item = (
  kpi_id: string,
  weight: number,
  score: number | null,
  more: Partial<PackItem> = {},
): PackItem => ({
  kpi_id,
  label: kpi_id,
  group: "Service",
  unit: "percent",
  value: score === null ? null : score / 100,
  target: 0.9,
  weight,
  score,
  ...more,
});

/** A scorecard of the company, first quarter of 2026: 0.5 × 80 + 0.3 × 60 + 0.2 × none. */
export const scoreOf = (more: Partial<PackScore> = {}): PackScore => ({
  scorecard: "customer",
  label: "Customer scorecard",
  kind: "company",
  subject: null,
  grain: "quarter",
  period_start: "2026-01-01",
  period_end: "2026-04-01",
  total: 72.5,
  grade: "B",
  covered_weight: 0.8,
  missing: "renormalise",
  items: [item("first_response", 0.5, 80), item("resolution", 0.3, 60), item("nps", 0.2, null)],
  ...more,
});

/** An initiative that lowered churn: worth 50,000 for 20,000. */
export const initiativeOf = (more: Partial<Assessment> = {}): Assessment => ({
  initiative_id: "onboarding",
  name: "Onboarding calls",
  kpi_id: "churn_rate",
  scope: { region: "East" },
  copy_of: null,
  scope_unknown: null,
  withdrawn: false,
  started_on: "2025-10-01",
  baseline: {
    start: "2025-07-01",
    end: "2025-10-01",
    value: 0.0351,
    numerator: 70,
    denominator: 1994,
    n: 1994,
  },
  follow_up: {
    start: "2025-10-01",
    end: "2026-01-01",
    value: 0.0224,
    numerator: 45,
    denominator: 2009,
    n: 2009,
  },
  delta: -0.0127,
  low: -0.0231,
  high: -0.0023,
  relative: -0.3618,
  p: 0.0164,
  q: 0.0328,
  method: "least_squares_did",
  verdict: "improved",
  expected: -0.01,
  expected_reached: "open",
  value_money: 50_000,
  value_money_low: 9_000,
  value_money_high: 91_000,
  cost: 20_000,
  value_per_unit: 2000,
  return: 1.5,
  return_low: -0.55,
  return_high: 3.55,
  registered: null,
  decided: null,
  untestable: null,
  ...more,
});

/** What a pack shows. */
export const packOf = (more: Partial<PackFigures> = {}): PackFigures => ({
  format: 1,
  pack: "leadership",
  title: "Leadership pack",
  language: "en",
  scope: {},
  names: {
    dimensions: { region: "Region" },
    values: { region: { East: "East China" } },
    grades: { B: "good" },
    kpis: { churn_rate: { label: "Churn rate", unit: "percent" } },
  },
  period: "Mar 2026",
  build_id: "b-2026-03-31-1a2b3c",
  as_of_on: "2026-03-31",
  currency: "CNY",
  command: "npx herringbone export leadership --lang en",
  values: [kpiValueOf()],
  trends: [],
  scores: [scoreOf()],
  initiatives: [initiativeOf()],
  definitions: [
    {
      kpi_id: "churn_rate",
      label: "Churn rate",
      definition: "Share of the customers of the month's opening book that were lost in the month.",
      formula: "customers lost ÷ customers at the month's start",
      unit: "percent",
    },
  ],
  ...more,
});

export const bothLanguages: Language[] = ["en", "zh-CN"];
