// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import {
  assessmentChoice,
  assessmentMessage,
  assessmentParts,
  waitingAnswers,
  withoutTotal,
} from "../../reports/components/pages/assessmentPage.js";
import type { AssessmentDocument, AssessmentPeriod } from "../../src/published/assessmentTypes.js";
import type { Language } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const siteOf = (language: Language): Site => {
  const messages = language === "en" ? en : zhCN;
  return {
    grain: "month",
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

test("the period stands in the address, and one that is not there is told", () => {
  const before = { ...periodOf([0]), period: { grain: "half", start: "2025-07-01", end: "2026-01-01" } };
  const both = { ...doc, periods: [periodOf([0]), before] } as unknown as AssessmentDocument;
  const opened = (search: string) => {
    history.replaceState(null, "", `/assessment.html${search}`);
    const form = assessmentChoice(siteOf("en"), both);
    if (!form) throw new Error("no choice");
    return form;
  };
  expect(opened("?period=half-2025-07-01&employee=E1").value?.period.start).toBe("2025-07-01");
  const form = opened("?period=half-1999-01-01&employee=E1");
  expect([form.value?.period.start, form.querySelector(".notice")?.textContent]).toEqual([
    "2026-01-01",
    "The address asks for “half-1999-01-01” under “Period”, which is not there: shown without it.",
  ]);
  const control = form.querySelector("select") as HTMLSelectElement;
  control.selectedIndex = 1;
  control.dispatchEvent(new Event("change"));
  expect(location.search).toBe("?employee=E1&period=half-2025-07-01");
});

test("what would tell a hidden KPI is not shown, and is not called missing", () => {
  const between = { low: 40, high: 60, isSure: true };
  const rest = { provisional: false, grade: null };
  const quantitative = { scorecard: "c", total: null, covered_weight: 0.7, ...rest, between };
  const row = { subject: "E1", total: null, rank: null, ...rest, between, quantitative, qualitative: null };
  const known = { subject: "E2", total: 50, rank: null, ...rest, quantitative: null, qualitative: null };
  const none = { ...known, subject: "E3", total: null };
  const period = { ...periodOf([0]), combined: [known, row, none] } as unknown as AssessmentPeriod;
  const named = { ...doc, grades: [], weights: { quantitative: 70, qualitative: 30 } } as AssessmentDocument;
  const [section] = assessmentParts(siteOf("en"), named, period);
  const rows = [...(section?.querySelectorAll("tbody tr") ?? [])].map((tr) =>
    [...tr.children].map((cell) => cell.textContent),
  );
  expect(rows.map((cells) => [cells[0], cells[1], ...cells.slice(3, 5)])).toEqual([
    ["not shown", "E2", "50.0", "–"],
    ["not shown", "E1", "not shown", "not shown"],
    ["–", "E3", "–", "–"],
  ]);
  expect(withoutTotal(siteOf("en"), period).map((note) => note.split(":")[0])).toEqual([
    "1 whose combined total and grade are not shown",
    "1 without a combined total",
  ]);
  expect(assessmentMessage(siteOf("en"), named, period).happened).toBe(
    "H1 2026: 2 of 3 employees have a combined total: 1 not shown",
  );
});

test("long lists are paged, and what is said of them is said of the whole", async () => {
  const row = (at: number) => ({
    subject: `E${at}`,
    rank: at + 1,
    total: 90 - at,
    grade: null,
    provisional: false,
    quantitative: null,
    qualitative: null,
  });
  const period = {
    ...periodOf([1]),
    combined: [row(0), row(1)],
    combined_pages: { pages: ["p2"], pageLength: 100, names: "names" },
    summary: {
      combined: { count: 3, known: 3, grades: {} },
      reviews: { count: 1, groups: ["peer"], later_answers: 7 },
    },
  } as unknown as AssessmentPeriod;
  const named = { ...doc, grades: [], weights: { quantitative: 70, qualitative: 30 } } as AssessmentDocument;
  named.employees = [{ employee_id: "E2", name: "Ada", department: null, team: null, role: null }];
  const load = async <T>(path: string) => (path === "p2" ? [row(2)] : ["E0", "E1", "E2"]) as T;
  Element.prototype.scrollIntoView = () => {};
  const [section, reviews] = assessmentParts(siteOf("en"), named, period, load);
  const rows = () => [...(section?.querySelectorAll("tbody th") ?? [])].map((each) => each.textContent);
  expect(rows()).toEqual(["E0", "E1"]);
  const search = section?.querySelector("input") as HTMLInputElement;
  search.value = "ada";
  search.form?.dispatchEvent(new Event("submit"));
  await new Promise((done) => setTimeout(done));
  expect(rows()).toEqual(["E2 Ada"]);
  expect(section?.querySelector("tr.is-found th")?.textContent).toBe("E2 Ada");
  expect(assessmentMessage(siteOf("en"), named, period).happened).toContain("3 of 3");
  expect(reviews?.textContent).toContain("7 answers came after");
  expect([...(reviews?.querySelectorAll("thead th") ?? [])]).toHaveLength(5);
});
