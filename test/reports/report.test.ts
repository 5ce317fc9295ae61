// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { statuses } from "../../reports/components/data/targets.js";
import { captions } from "../../reports/components/print/captions.js";
import { glueUnits } from "../../reports/components/print/paging.js";
import { readingKey } from "../../reports/components/print/readingKey.js";
import { scoredCards } from "../../reports/components/print/scorecards.js";
import type { ReportView } from "../../reports/components/print/view.js";
import { report } from "../../src/words/languages.js";

const languages = ["zh-CN", "en"] as const;

describe.each(languages)("the report's words in %s", (language) => {
  const words = report(language);
  const view = { words, captions: captions(words, language) } as unknown as ReportView;

  it("explain each mark once, and every mark that stands for a status", () => {
    const marks = [...readingKey(view).querySelectorAll(".symbol")].map(({ textContent }) => textContent);
    expect(new Set(marks).size).toBe(marks.length);
    expect(marks).toHaveLength(statuses.length + 1);
    expect(marks.filter((mark) => mark?.endsWith("?"))).toEqual(["◐?"]);
  });

  it("say who a section is of where it is of somebody, and no name twice", () => {
    const shown = (department: string | null) => words.section.shown({ department, period: "P" });
    expect(shown("D")).toMatch(/^D · P · /);
    expect(shown(null)).toMatch(/^P · /);
    const { tableCaption } = words.section;
    expect(tableCaption({ name: words.others, period: "P" })).not.toMatch(/指标各指标/);
  });
});

it("a Chinese number and its unit stay in one line", () => {
  const report = document.createElement("article");
  report.innerHTML = "<h2>总分 68.2，比上期高 3.3 分</h2><p>已计分权重 88% 的指标，95% 区间</p>";
  glueUnits(report);
  expect(report.textContent).toBe("总分 68.2，比上期高 3.3\u00a0分已计分权重 88%\u00a0的指标，95%\u00a0区间");
});

it("a scorecard that never had a total has no page", () => {
  const score = (scorecard: string, period_start: string, total: number | null) => ({
    scorecard,
    grain: "quarter",
    period_start,
    total,
    items: [],
  });
  const cards = ["never", "once"].map((id) => ({ id, grain: "quarter" }));
  const site = {
    catalogue: { scorecards: cards },
    scores: [
      score("never", "2026-01-01", null),
      score("once", "2026-01-01", null),
      score("once", "2025-10-01", 71),
    ],
  };
  const told = scoredCards({ site, job: { pack: { scorecards: null } } } as unknown as ReportView);
  expect(told.map(({ card, score: { total } }) => [card.id, total])).toEqual([["once", 71]]);
});
