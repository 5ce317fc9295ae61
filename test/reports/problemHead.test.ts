// @vitest-environment jsdom
import { expect, it } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import type { ProblemView } from "../../reports/components/fishbone/problem.js";
import { countSymbol, problemFishbone } from "../../reports/components/fishbone/problemFishbone.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

it.each([
  ["en", "no target: 2, no data: 5"],
  ["zh-CN", "无目标值：2，无数据：5"],
] as const)("the marks in a problem's head are told in words in %s", (language, words) => {
  const messages = language === "en" ? en : zhCN;
  const site = {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
  } as unknown as Site;
  const counts = { bad: 0, near: 0, unsure: 0, good: 0, few: 0, untargeted: 2, none: 5 };
  const label = { "zh-CN": "问题", en: "Problem" };
  const problem = { id: "p", label, branches: [] };
  const view = { problem, period: "2026", causes: [], counts } as unknown as ProblemView;
  const head = problemFishbone(site, view, { width: 400 }).querySelector(".tree-count");
  expect(head?.textContent).toBe(words);
});

it("no dash stands before a count, where it would be a minus", () => {
  const site = { grain: "month", messages: en } as unknown as Site;
  expect([countSymbol(site, "none"), countSymbol(site, "near")]).toEqual(["no data", "◐"]);
});
