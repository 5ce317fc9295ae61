import type { Page } from "puppeteer";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { sampleSite } from "../sampleSite.js";

let dist: string;

beforeAll(async () => {
  ({ dist } = await sampleSite());
}, 300_000);

/** Where the trend's last point and its labels end, in px, and how wide the chart is. */
const ends = (page: Page) =>
  page.evaluate(() => {
    const chart = document.querySelector(".trend-slot svg") as SVGSVGElement;
    const left = chart.getBoundingClientRect().left;
    const right = (selector: string) =>
      [...chart.querySelectorAll(selector)].reduce(
        (most, each) => Math.max(most, each.getBoundingClientRect().right - left),
        0,
      );
    return { points: right("circle"), labels: right("text"), width: chart.getBoundingClientRect().width };
  });

test("a chart drawn before its font has come leaves the same room for its labels as one drawn after it", async () => {
  await withStaticServer({ root: dist, base: "/kpi/" }, (address) =>
    withBrowser(async (browser) => {
      const seen = [];
      for (const isLate of [false, true]) {
        const page = await browser.newPage();
        await page.setViewport({ width: 1440, height: 900 });
        const held: (() => void)[] = [];
        await page.setRequestInterception(true);
        page.on("request", (request) => {
          if (isLate && request.url().endsWith(".woff2")) held.push(() => void request.continue());
          else void request.continue();
        });
        await page.goto(`${address}en/kpi/first_response_time.html`, { waitUntil: "domcontentloaded" });
        await page.waitForSelector(".trend-slot svg");
        const early = await ends(page);
        for (const go of held) go();
        await page.evaluate(async () => {
          await document.fonts.ready;
          await new Promise((done) => setTimeout(done, 200));
        });
        seen.push({ early, late: await ends(page), held: held.length });
        await page.close();
      }
      const [once, twice] = seen;
      expect(once?.held).toBe(0);
      expect(twice?.held).toBeGreaterThan(0);
      // The estimate is another than the measure, or there would be nothing to correct.
      expect(twice?.early.points).not.toBe(once?.late.points);
      expect(twice?.late).toEqual(once?.late);
      expect(twice?.late.labels).toBeLessThanOrEqual((twice?.late.width ?? 0) + 0.5);
    }),
  );
}, 120_000);
