import { expect, test } from "vitest";

import { formatter } from "../../reports/components/data/format.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

test.each([
  [en.trend.splitRest(8, 1), "Drawn: the 8 groups with the most cases; the other one is in the table below."],
  [
    en.trend.splitRest(8, 12),
    "Drawn: the 8 groups with the most cases; the other 12 are in the table below.",
  ],
  [en.trend.earlier("1"), "1 earlier period"],
  [en.trend.splitAll(1), "1 group"],
  [en.mark.awaiting("1"), "Open points: 1 case is still open and values may change."],
  [en.missing.title("1"), "1 KPI has no data yet"],
  [en.overview.unsure("1"), "1 cannot be told from target and is not listed."],
  [en.overview.moreOffTarget("1"), "1 more is short of its target."],
  [en.overview.withinChance("1"), "The other change that can be compared is within chance."],
  [
    en.overview.state({ period: "Jun 2026", good: "1", total: "31", bad: "", unsure: "" }),
    "Jun 2026: 1 of 31 KPIs with a target is on target",
  ],
  [
    en.assessment.title({ period: "H1 2026", count: "1", total: "29" }),
    "H1 2026: 1 of 29 employees has a combined total",
  ],
  [en.scores.leftOut("1"), "1 more is not listed here; herringbone score lists it."],
  [
    en.problems.pageShown("1"),
    "1 problem · each cause against the KPIs that would show it · figures point, they do not prove",
  ],
  [en.quality.clean("1"), "The one row read keeps the contract"],
  [en.quality.published("1", "2 kB"), "1 table published, 2 kB compressed."],
  [en.dictionary.horizonDays("1"), "1 day after the period's end"],
])("one is told in the singular: %s", (text, expected) => {
  expect(text).toBe(expected);
});

test("a unit that has a singular takes it of exactly one, with or without a sign", () => {
  const english = formatter("en", en);
  const like = { value: 82, low: 64, high: 100 };
  expect(english.difference("score", 1.2, like)).toBe("1\u00a0point");
  expect(english.delta("score", -1.2, like)).toBe("\u22121\u00a0point");
  expect(english.delta("nps", 2.4, like)).toBe("+2\u00a0points");
  expect(english.difference("score", 1.02, { value: 83.1, low: 81, high: 85 })).toBe("1.0\u00a0points");
  expect(formatter("zh-CN", zhCN).difference("score", 1.2, like)).toBe("1\u00a0分");
});
