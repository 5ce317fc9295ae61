// @vitest-environment jsdom
import { expect, test } from "vitest";

import { assessmentParts, waitingAnswers } from "../../reports/components/assessmentPage.js";
import type { AssessmentDocument, AssessmentPeriod } from "../../reports/components/assessmentTypes.js";
import { formatter } from "../../reports/components/format.js";
import { en } from "../../reports/components/messages/en.js";
import { zhCN } from "../../reports/components/messages/zh-CN.js";
import type { Site } from "../../reports/components/site.js";
import type { Language } from "../../reports/components/siteTypes.js";

const siteOf = (language: Language): Site => {
  const messages = language === "en" ? en : zhCN;
  return {
    language,
    messages,
    format: formatter(language, messages),
    catalogue: { grades: [] },
  } as unknown as Site;
};

const group = (name: string, later_answers: number) => ({
  group: name,
  weight: 0.5,
  score: 80,
  raters: 3,
  unshown: null,
  dimensions: [],
  later_answers,
  hidden_dimensions: [],
});
const periodOf = (later: readonly number[]) =>
  ({
    period: { grain: "half", start: "2026-01-01", end: "2026-07-01" },
    reviews: later.map((count, index) => ({
      subject: `E${index}`,
      total: 80,
      rank: index + 1,
      grade: null,
      provisional: false,
      groups: [group("peer", count), group("superior", 0)],
    })),
    combined: [],
    sheets: [],
    left_out: 0,
  }) as unknown as AssessmentPeriod;
const doc = {
  min_raters: 3,
  review_weights: { customer: 0, superior: 0.5, peer: 0.5, subordinate: 0 },
  employees: [],
  scorecards: [],
} as unknown as AssessmentDocument;

test("360° answers that wait are told once, at the table of reviews", () => {
  const [section] = assessmentParts(siteOf("en"), doc, periodOf([2, 1]));
  const said = [...(section?.querySelectorAll("p") ?? [])].filter((p) =>
    p.textContent?.includes("not counted"),
  );
  expect(said.map((p) => p.textContent)).toEqual([
    "3 answers came after the figures were shown and are not counted: new raters of a group count together, once there are enough of them that none can be told.",
  ]);
  expect(waitingAnswers(siteOf("zh-CN"), periodOf([1]))[0]).toMatch(/^1 条评价在结果显示之后才到，未计入/);
  expect(waitingAnswers(siteOf("en"), periodOf([0, 0]))).toEqual([]);
});
