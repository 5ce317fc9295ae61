import type { Browser } from "puppeteer";
import { beforeAll, expect, test } from "vitest";

import { isLong, isTurn } from "../long.js";
import { closePage, drawn, openPage } from "./openPage.js";
import { servedSite } from "./servedSite.js";

let browser: Browser;
let address: string;

beforeAll(async () => {
  const served = await servedSite();
  ({ browser, address } = served);
  return served.close;
});

const narrow = { width: 390, height: 844 };

// Each in one language, in `npm run test:long` in the other.
test.each(
  ["quality", "reconciliations", "problems", "scorecards", "contract", "weights", "benefits"].map(
    (name, at) => ({ name, at }),
  ),
)(
  "at 390 px the rows of $name stack, so that none needs a sideways scroll",
  async ({ name, at }) => {
    const both = [`${name}.html`, `en/${name}.html`];
    for (const path of both.filter((_, of) => isTurn(of === at % 2))) {
      const opened = await openPage(browser, address, path, narrow);
      const tables = await opened.page.$$eval(".stacked, .ranking", (all) =>
        all.map((one) => {
          const box = one.closest(".scroll") ?? one.parentElement ?? one;
          return { wider: box.scrollWidth - box.clientWidth, isSeen: one.clientHeight > 0 };
        }),
      );
      expect(tables.filter(({ isSeen }) => isSeen).length, path).toBeGreaterThan(0);
      expect(
        tables.filter(({ wider }) => wider > 0),
        path,
      ).toEqual([]);
      await closePage(opened);
    }
  },
  120_000,
);

// In one language, in `npm run test:long` in the other.
test("at 1024 px the list of initiatives, plan and risks need no sideways scroll", async () => {
  const path = ["benefits.html", "en/benefits.html"].find((_, at) => isTurn(at === 1)) ?? "";
  const opened = await openPage(browser, address, path, { width: 1024, height: 768 });
  const wider = await opened.page.$$eval("table", (all) =>
    all.map((table) => {
      const box = table.closest(".scroll") ?? table.parentElement ?? table;
      return box.scrollWidth - box.clientWidth;
    }),
  );
  expect(wider).toEqual([0, 0, 0]);
  await closePage(opened);
}, 60_000);

test.skipIf(isLong)(
  "at 390 px a stacked row says what each number is",
  async () => {
    const opened = await openPage(browser, address, "en/quality.html", narrow);
    const heads = await opened.page.$eval(".stacked tbody tr", (row) =>
      [...row.querySelectorAll("td")].map((cell) => getComputedStyle(cell, "::before").content),
    );
    expect(heads[0]).toBe('"Source "');
    expect(heads.at(-2)).toBe('"Share "');
    await closePage(opened);
  },
  60_000,
);

test.skipIf(isLong)(
  "at 390 px a KPI's values show period, value, interval and change to last year at once",
  async () => {
    for (const path of ["kpi/churn_rate.html", "en/kpi/churn_rate.html", "en/kpi/revenue.html"]) {
      const opened = await openPage(browser, address, path, narrow);
      const hidden = await opened.page.$$eval(".values thead tr", (rows) => {
        const row = rows.at(-1) as HTMLElement;
        const edge = row.closest(".scroll")?.getBoundingClientRect().right ?? 0;
        return [...row.children]
          .filter((head) => head.getBoundingClientRect().right > edge)
          .map((one) => one.textContent ?? "");
      });
      for (const head of hidden)
        expect(head, path).not.toMatch(/期间|数值|区间|去年|Period|Value|interval|last year/);
      await closePage(opened);
    }
  },
  120_000,
);

const steady = ["index", "fishbone", "scorecards", "problems", "quality", "kpi/churn_rate"].map(
  (name) => `${name}.html`,
);

// Each at one width, in `npm run test:long` at the other.
test.each([1440, 390])(
  "at %d px what loads takes the room it was given",
  async (width) => {
    const page = await browser.newPage();
    await page.setCacheEnabled(false);
    await page.setViewport({ width, height: 900 });
    await page.evaluateOnNewDocument(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const path of steady.filter((_, at) => isTurn((at % 2 === 0) === (width === 1440)))) {
      await page.goto(`${address}${path}`, { waitUntil: "networkidle0" });
      await drawn(page);
      const moved = await page.evaluate(() =>
        (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, one) => sum + one, 0),
      );
      // What is called good is up to 0.1, poor from 0.25 (web.dev/cls).
      expect(moved, path).toBeLessThan(0.15);
      const foot = await page.$eval("#observablehq-footer", (one) => getComputedStyle(one).visibility);
      expect(foot, path).toBe("visible");
    }
    await page.close();
  },
  180_000,
);
