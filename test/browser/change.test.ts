import type { Browser, Page } from "puppeteer";
import { beforeAll, expect, test } from "vitest";

import { remainder } from "../../reports/components/data/remainder.js";
import { explainKpis } from "../../src/answers/explainKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { isLong, isTurn } from "../long.js";
import type { SampleSite } from "../sampleSite.js";
import { closePage, openPage } from "./openPage.js";
import { servedSite } from "./servedSite.js";

let site: SampleSite;
let browser: Browser;
let address: string;

beforeAll(async () => {
  const served = await servedSite();
  ({ site, browser, address } = served);
  return served.close;
});

const shown = (page: Page) =>
  page.$$eval(".what-changed tbody tr", (rows) =>
    rows.map((row): [string, number] => [
      row.querySelector("[data-group]")?.getAttribute("data-group") ?? "",
      Number(row.querySelector("[data-contribution]")?.getAttribute("data-contribution")),
    ]),
  );

/** By turns in `npm test` and `npm run test:long`. */
const changes = [
  ["churn_rate", "month", "segment", "2026-03", "year"],
  ["churn_rate", "month", "reason", "2026-03", "previous"],
  ["first_response_time", "quarter", "channel", "2026-03", "year"],
  ["new_customers", "quarter", "owner", "2026-03", "previous"],
  ["market_share", "quarter", "market", "2026-03", "year"],
  ["market_share_growth", "month", "market", "2026-06", "year"],
  ["market_share_growth", "quarter", "market", "2026-03", "previous"],
  ["new_customer_growth", "month", "region", "2026-03", "year"],
] as const;

test.each(changes.filter((_, at) => isTurn(at % 2 === 0)))(
  "%s by %s and %s is split as on the command line",
  async (id, grain, by, to, compare) => {
    const start = grain === "quarter" ? "2026-01-01" : `${to}-01`;
    const query = new URLSearchParams({ by, grain, period: start, against: compare });
    const opened = await openPage(browser, address, `kpi/${id}.html?${query}`);
    const rows = await shown(opened.page);
    const { kpis } = readCatalogue(`${site.root}/data/catalog`);
    const [asked] = await withWarehouse(site.warehouse, (db) =>
      explainKpis(db, kpis, { kpiIds: [id], grain, by: [by], where: [], to, compare }),
    );
    const groups = asked?.groups.map((row) => [row.group[0] ?? "", row.contribution] as const) ?? [];
    expect(groups.length).toBeGreaterThan(1);
    // Groups that are not shown stand together: what they add is the sum of what each of them adds.
    const names = new Set(rows.map(([group]) => group));
    const rest = groups.filter(([group]) => !names.has(group)).map(([, contribution]) => contribution);
    const known = groups.filter(([group]) => names.has(group));
    const sum = rest.reduce((total, contribution) => total + contribution, 0);
    if (rest.length > 0) known.push([remainder, sum]);
    const section = await opened.page.$eval(".what-changed", (one) => one.textContent);
    if (rest.length > 0) expect(section).toContain(`${rest.length} 组不显示`);
    if (rest.length < groups.length) {
      expect(rows.at(-1)).toEqual(["", expect.closeTo(asked?.delta ?? Number.NaN, 9)]);
      const inOrder = (list: readonly (readonly [string, number])[]) =>
        [...list].sort(([one], [other]) => (one < other ? -1 : 1));
      expect(inOrder(rows.slice(0, -1))).toEqual(
        inOrder(known).map(([group, contribution]) => [group, expect.closeTo(contribution, 9)]),
      );
    }
    expect(opened.complaints).toEqual([]);
    await closePage(opened);
  },
  120_000,
);

test.skipIf(isLong)(
  "period and comparison are chosen on the page and stay in its address",
  async () => {
    const opened = await openPage(browser, address, "en/kpi/service_accuracy.html?by=channel", {
      width: 390,
    });
    const { page } = opened;
    const title = () => page.$eval(".what-changed h2", (heading) => heading.textContent ?? "");
    expect(await title()).toMatch(/last year/);
    await page.select(".compare select", "2026-02-01");
    await page.click(".compare .against button:last-child");
    await page.waitForFunction(() =>
      /previous period/.test(document.querySelector(".what-changed h2")?.textContent ?? ""),
    );
    expect(
      await page.$eval(".what-changed .shown, .what-changed .message p", (line) => line.textContent),
    ).toContain("Feb 2026 against Jan 2026");
    expect(page.url()).toMatch(/\?by=channel&period=2026-02-01&against=previous$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.click(".filters .grains button:nth-child(2)");
    await page.waitForFunction(() => /grain=quarter/.test(location.search));
    expect(page.url()).toContain("by=channel");
    expect(opened.complaints).toEqual([]);
    await closePage(opened);
  },
  120_000,
);
