// @vitest-environment jsdom
import { expect, test } from "vitest";
import { biggestChanges } from "../../reports/components/data/changes.js";
import { formatter } from "../../reports/components/data/format.js";
import type { Headline } from "../../reports/components/data/headline.js";
import { readOf, shareOfTables } from "../../reports/components/data/qualityCounts.js";
import type { Site } from "../../reports/components/data/site.js";
import { wordsFor } from "../../reports/components/fishbone/bone.js";
import { othersTargeted, overviewTitle, qualityLine } from "../../reports/components/pages/overview.js";
import { farthestOffTarget, offTargetList } from "../../reports/components/pages/overviewLists.js";
import { qualityTitle } from "../../reports/components/pages/quality.js";
import { standingOf, statusOf } from "../../src/kpi/status.js";
import type { Quality } from "../../src/published/quality.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

type Limits = { target: number; floor: number | null };

function headline(
  id: string,
  direction: "up" | "down",
  value: number,
  limits: Limits | null,
  width = 0,
): Headline {
  const kpi = { id, direction, kind: "mean" } as const;
  const point = {
    value,
    low: value - width,
    high: value + width,
    n: 50,
    mature: true,
    partial: false,
    incomplete: false,
  };
  return {
    kpi,
    label: id,
    targetGrains: [],
    points: [],
    point,
    target: limits,
    status: standingOf(statusOf(kpi, point, limits)).standing,
  } as unknown as Headline;
}

test("those below the floor stand first, then by how far each is from its target", () => {
  const off = farthestOffTarget([
    headline("met", "up", 90, { target: 80, floor: 70 }),
    // (80 − 73) ÷ (80 − 70) = 0.7
    headline("near", "up", 73, { target: 80, floor: 70 }),
    // (1.5 − 2.25) ÷ (1.5 − 2.5) = 0.75
    headline("nearer the floor", "down", 2.25, { target: 1.5, floor: 2.5 }),
    // without a floor, 0 is it: (80 − 70) ÷ 80 = 0.125, but a missed target without a floor is off target
    headline("off", "up", 70, { target: 80, floor: null }),
    headline("untargeted", "up", 1, null),
    // its interval reaches across the target
    headline("unsure", "up", 60, { target: 80, floor: 70 }, 21),
  ]);
  expect(off.map(({ headline: { label }, distance }) => [label, distance])).toEqual([
    ["off", 0.125],
    ["nearer the floor", 0.75],
    ["near", 0.7],
  ]);
});

test("what changed most is what stays beyond chance among all that were looked at, each in its own period", () => {
  const changed = (id: string, p: number | null, delta: number) =>
    ({
      kpi: { id, direction: "up" },
      label: id,
      point: {
        grain: "month",
        start: "2026-03-01",
        lastYear: p === null && delta === 0 ? null : { value: 10, delta, p },
      },
    }) as unknown as Headline;
  // By hand: of 0.01, 0.02, 0.04, 0.045 the q are 0.04, 0.04, 0.045, 0.045; with a fifth of 0.9 they are 0.05, 0.05, 0.05625, 0.05625.
  const four = [changed("a", 0.01, 1), changed("b", 0.02, -3), changed("c", 0.04, 5), changed("d", 0.045, 2)];
  const names = (headlines: Headline[]) => {
    const { changes, within } = biggestChanges(headlines);
    return [changes.map(({ headline }) => headline.label), within];
  };
  expect(names([...four, changed("untested", null, 9), changed("new", null, 0)])).toEqual([
    ["c", "b", "d", "a"],
    0,
  ]);
  expect(names([...four, changed("e", 0.9, 7)])).toEqual([["b", "a"], 3]);
  // Each of the five by itself: p of 0.01 to 0.045 are below 0.05.
  expect(biggestChanges([...four, changed("e", 0.9, 7)]).alone).toBe(4);
});

test("that nothing changed most does not deny what is called more than chance by itself", () => {
  expect(en.overview.noChanges({ tested: 30, alone: 2 })).toBe(
    "Of 30 changes tested together none is beyond chance; tested alone 2 would be.",
  );
  expect(zhCN.overview.noChanges({ tested: 30, alone: 0 })).toBe("一并检验 30 项变化，没有一项超出偶然。");
});

test("a target of another grain is no missing one: cards, lists and headlines say which there is", () => {
  const quarterly = { ...headline("r", "up", 1, null), targetGrains: ["quarter"] } as unknown as Headline;
  Object.assign(quarterly.point ?? {}, { grain: "month", lastYear: null });
  const told = (["en", "zh-CN"] as const).map((language) => {
    const messages = language === "en" ? en : zhCN;
    const site = {
      grain: "month",
      language,
      messages,
      format: formatter(language, messages),
    } as unknown as Site;
    const words = wordsFor(site, { ...quarterly, kpi: { ...quarterly.kpi, unit: "count" } as Kpi }, null);
    return [words.status, othersTargeted(site, [quarterly, headline("s", "up", 1, null)])];
  });
  expect(told).toEqual([
    ["no target by month (there is one by quarter)", "; 1 has a target, but not by month"],
    ["无月度目标值（有季度的）", "；1 项有目标值，但不是月度的"],
  ]);
});

test("what was refused is lines rejected and rows quarantined, of all rows read of the extracts", () => {
  const files = [
    { source: "crm", rows_read: 100, lines_rejected: 2 },
    { source: "shop", rows_read: 60, lines_rejected: 0 },
    { source: "catalog", rows_read: 40, lines_rejected: 1 },
  ];
  const none = { subtotals: 0, replaced: 0, lines_rejected: 0 };
  const tables = [
    {
      ...none,
      source: "crm",
      table_name: "tickets",
      rows_mapped: 98,
      quarantined: 4,
      loaded: 0,
      replaced: 3,
    },
    {
      ...none,
      source: "shop",
      table_name: "orders",
      rows_mapped: 60,
      quarantined: 7,
      loaded: 53,
      subtotals: 2,
    },
    { ...none, source: "catalog", table_name: "weights", quarantined: 3, loaded: 37, subtotals: 1 },
  ].map((table) => (table.table_name === "tickets" ? { ...table, lines_rejected: 2 } : table));
  const quality = { files, tables, reasons: [] } as unknown as Quality;
  // (2 + 0 + 4 + 7 − 2 sums of other rows − 3 later versions) ÷ 160 = 0.05
  const read = { files: 2, rows: 160, subtotals: 2, replaced: 3, refused: 8, share: 0.05 };
  expect(readOf(quality)).toEqual(read);
  // (1 + 2 lines + 5) ÷ (98 + 2 lines + 60): the total below the tables says what the title does.
  expect(shareOfTables(quality.tables.slice(0, 2))).toBe(0.05);
  // One table's is the one that its limit was held against.
  const [orders] = quality.tables.slice(1).map((table) => ({ ...table, quarantine_share: 0.07 }));
  expect(orders && shareOfTables([orders])).toBe(0.07);
  expect(shareOfTables([])).toBeNull();
  expect(readOf({ files: [], tables: [] }).share).toBe(0);
  const site = {
    grain: "month",
    messages: en,
    format: formatter("en", en),
    build: { as_of_on: "2026-05-31", as_of_from: "tickets.resolved_at" },
    href: (page: string) => page,
  } as unknown as Site;
  const title = qualityTitle(site, quality).textContent;
  expect(title).toContain("5.00\u00a0% of 160 rows read broke the contract");
  expect(title).toContain("2 files of extracts read by the last build");
  expect(title).toContain("2 rows are sums of others, which breaks nothing");
  expect(title).toContain("3 rows have a newer version in a later file, which breaks nothing");
  expect(qualityLine(site, quality).textContent).toContain("53 rows loaded into 1 table; 5.00\u00a0%");
});

test("a state counts the values of its period, and every value far from its target names its own", () => {
  const start = "2025-01-01";
  const at = (one: Headline, quarter: string) =>
    ({ ...one, label: one.kpi.id, point: { ...one.point, grain: "quarter", start: quarter } }) as Headline;
  const headlines = [
    at(headline("met", "up", 90, { target: 80, floor: 70 }), start),
    at(headline("short", "up", 60, { target: 80, floor: 70 }), start),
    at(headline("earlier", "up", 50, { target: 80, floor: 70 }), "2024-10-01"),
  ];
  const told = (["en", "zh-CN"] as const).map((language) => {
    const messages = language === "en" ? en : zhCN;
    const site = {
      grain: "quarter",
      language,
      messages,
      format: formatter(language, messages),
      catalogue: { fishbones: [], kpis: [] },
      targets: [],
      build: {
        periods: [
          { role: "period", grain: "quarter", period_start: start, period_end: "2025-04-01", is_partial: 0 },
        ],
      },
      href: (page: string) => page,
    } as unknown as Site;
    expect(overviewTitle(site, headlines, ["short"]).textContent).toMatch(
      language === "en" ? /KPIs chosen for this report/ : /本报告选定的指标/,
    );
    const list = offTargetList(site, headlines);
    const rows = [...list.querySelectorAll("li")].map((row) => row.children[1]?.textContent);
    const bare = { ...headline("bare", "up", 1, null), targetGrains: [] } as Headline;
    const others = offTargetList({ ...site, targets: [{}] } as Site, [bare]).textContent;
    return [overviewTitle(site, headlines).textContent, rows, others];
  });
  expect(told).toEqual([
    [
      expect.stringMatching(
        /Q1 2025: 1 of 2 KPIs with a target is on target; off target: short; 1 more has a target, but a value of another period only.*by quarter, the latest whose value is final/,
      ),
      ["Q4 2024", "Q1 2025"],
      expect.stringContaining("None of the targets that are set applies here"),
    ],
    [
      expect.stringMatching(
        /有目标的 2 项指标中 1 项达标；未达标：short；另有 1 项有目标的指标只有其他期间的数值.*按季度，取最近一个数值已定的季度/,
      ),
      ["2024年四季度", "2025年一季度"],
      expect.stringContaining("已设定的目标值都不适用于此"),
    ],
  ]);
});
