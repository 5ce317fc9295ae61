// @vitest-environment jsdom
import { expect, test } from "vitest";

import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { shareText, warnings } from "../../reports/components/pages/quality.js";
import type { Quality } from "../../src/published/quality.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const siteIn = (language: "en" | "zh-CN") => {
  const messages = language === "en" ? en : zhCN;
  const tables = {
    customers: { "zh-CN": "客户", en: "Customers" },
    orders: { "zh-CN": "订单行", en: "Order lines" },
  };
  return {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
    catalogue: { tables },
  } as unknown as Site;
};

const warning = (more: Partial<Quality["warnings"][number]>) => ({
  table_name: "orders",
  rule: "unknown_reference",
  column_name: "customer_id",
  file: null,
  missing: { table: "customers", isGiven: true },
  count: 954,
  ...more,
});

const quality = (...found: ReturnType<typeof warning>[]) => ({ warnings: found }) as unknown as Quality;

const cells = (section: HTMLElement) => [...section.querySelectorAll("td")].map((cell) => cell.textContent);

test("a table that nobody gave is said to be missing, not that each of its rows is", () => {
  const given = quality(warning({}));
  const alone = quality(warning({ missing: { table: "customers", isGiven: false } }));
  expect(cells(warnings(siteIn("en"), alone))).toContain(
    "customers is not among the extracts, counts as unknown",
  );
  expect(cells(warnings(siteIn("zh-CN"), alone))).toContain("没有客户的数据，归入“未知”");
  expect(cells(warnings(siteIn("en"), given))).toContain("customers has no such row, counts as unknown");
});

test("warnings of which none is of a file have no column of dashes for it", () => {
  const heads = (found: Quality) =>
    [...warnings(siteIn("en"), found).querySelectorAll("th[scope=col]")].map((head) => head.textContent);
  expect(heads(quality(warning({})))).not.toContain("File");
  const ofFile = warning({ rule: "no_line_end", column_name: null, missing: null, file: "orders.csv" });
  expect(heads(quality(warning({}), ofFile))).toContain("File");
});

test("shares of one column have the same decimals, none or some", () => {
  expect([0, 0.0041].map((share) => shareText(siteIn("en"), share))).toEqual(["0.00\u00a0%", "0.41\u00a0%"]);
});
