import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer";
import { beforeAll, expect, test } from "vitest";

import { isLong, isTurn } from "../long.js";
import { drawn } from "./openPage.js";
import { type ServedSite, servedSite } from "./servedSite.js";

let site: ServedSite["site"];
let address: string;
let browser: Browser;
beforeAll(async () => {
  const served = await servedSite();
  ({ site, browser, address } = served);
  return served.close;
});

/** What a reader sees of a page that cannot come up: its notice, and what is left of Framework's own. */
async function seen(page: Page) {
  await page.waitForSelector(".page-notice");
  return page.evaluate(() => ({
    notices: [...document.querySelectorAll<HTMLElement>(".page-notice")].map((each) => each.textContent),
    others: [...document.querySelectorAll<HTMLElement>(".observablehq--error, observablehq-loading")].filter(
      (each) => each.getClientRects().length > 0,
    ).length,
  }));
}

test.skipIf(isLong)("a page that is opened as a file says what to run", async () => {
  const page = await browser.newPage();
  for (const [path, said] of [
    ["index.html", /^浏览器不允许.*npx herringbone serve/],
    ["en/kpi/csat.html", /^A page that is opened as a file.*npx herringbone serve/],
  ] as const) {
    await page.goto(pathToFileURL(join(site.dist, path)).href);
    expect(await seen(page)).toEqual({ notices: [expect.stringMatching(said)], others: 0 });
  }
});

test.each([
  { what: "a document", pattern: /ranking\.\w+\.json$/ },
  { what: "what all pages share", pattern: /build\.\w+\.json$/ },
  { what: "its script", pattern: /_import\/charts\.\w+\.js$/ },
])("where $what does not come, one sentence says so, and can try again", async ({ pattern }) => {
  // In Chinese, in `npm run test:long` in English.
  const pages = [
    ["scorecards.html", "本页有内容未能载入。", "重试"],
    ["en/scorecards.html", "Part of this page could not be loaded.", "Try again"],
  ] as const;
  for (const [path, failed, retry] of pages.filter((_, at) => isTurn(at === 0))) {
    const context = await browser.createBrowserContext(); // with nothing in its cache
    const page = await context.newPage();
    await page.setRequestInterception(true);
    let isFailing = true;
    page.on("request", (request) => {
      if (isFailing && pattern.test(request.url())) void request.abort();
      else void request.continue();
    });
    await page.goto(`${address}${path}`);
    expect(await seen(page)).toEqual({ notices: [`${failed} ${retry}`], others: 0 });
    isFailing = false;
    await Promise.all([page.waitForNavigation(), page.click(".page-notice button")]);
    await drawn(page);
    expect(await page.$$(".page-notice")).toEqual([]);
    await context.close();
  }
});
