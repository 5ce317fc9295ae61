// @vitest-environment jsdom
import { expect, test } from "vitest";

import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { drift, fileCounts, freshness, shareText, warnings } from "../../reports/components/pages/quality.js";
import type { Quality } from "../../src/published/quality.js";
import { driftTold } from "../../src/words/driftText.js";
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

test("rows of a database are of no file, and have no bytes", () => {
  const file = {
    ...{ source: "desk", table_name: "orders", file: "database.orders", bytes: null, encoding: "utf-8" },
    ...{ encoding_certainty: null, rows_read: 12, rows_accepted: 12, lines_rejected: 0 },
  };
  const [, , bytes] = cells(fileCounts(siteIn("en"), { files: [file] } as unknown as Quality));
  expect(bytes).toBe("–");
});

test("shares of one column have the same decimals, none or some", () => {
  expect([0, 0.0041].map((share) => shareText(siteIn("en"), share))).toEqual(["0.00\u00a0%", "0.41\u00a0%"]);
});

test("how fresh sources are stands in the page's language, then what of them is unusual", () => {
  const fresh = {
    source: "crm",
    table: "orders",
    newest_on: "2026-06-25",
    age_days: 5,
    expected_every: "1 day",
    due_on: "2026-06-26",
    late_days: 4,
    is_late: true,
  };
  const own = { sources: ["crm"], blocks: false };
  const found = driftTold({
    as_of_on: "2026-06-30",
    freshness: [fresh],
    known_builds: 9,
    needed_builds: 8,
    findings: [
      { ...own, kind: "late", table: "orders", freshness: fresh },
      { ...own, kind: "volume", table: "orders", gained: -120, usual: 30.5, z: -12.34, builds: 9 },
    ],
  });
  const lines = (language: "en" | "zh-CN") => {
    const quality = { drift: found } as unknown as Quality;
    const sections = [freshness, drift].map((part) => part(siteIn(language), quality));
    return sections.flatMap((part) =>
      [...(part?.querySelectorAll("li, p") ?? [])].map((line) => line.textContent),
    );
  };
  expect(lines("en")).toEqual([
    "orders of crm: newest day 25 Jun 2026, 5 days old, expected every 1 day: LATE by 4 days",
    "Rows and empty cells: held against the 9 builds before.",
    "orders of crm: −120 rows since the build before, usual is +30.5 (9 builds, robust z −12.3)",
  ]);
  expect(lines("zh-CN")).toEqual([
    "crm 的订单行：最新日期 2026年6月25日，距数据日期 5 天，预期间隔 1 天：已逾期 4 天",
    "行数和空单元格：与此前 9 次构建比较。",
    "crm 的订单行：自上次构建以来 −120 行，通常为 +30.5 行（9 次构建，稳健 z 值 −12.3）",
  ]);
  expect(found?.brief?.en).toBe(
    "Sources: late 1, unusual numbers of rows 1, unusual shares of empty cells 0, changed titles 0; rows and empty cells: held against the 9 builds before. The site and check name them.",
  );
  expect(drift(siteIn("en"), { drift: null } as unknown as Quality)).toBeNull();
});
