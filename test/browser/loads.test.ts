import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { limits, pageLoad, pagesOfEachKind } from "../bench/pageLoads.js";
import { isTurn } from "../long.js";
import { sampleSite } from "../sampleSite.js";

let dist: string;

beforeAll(async () => {
  ({ dist } = await sampleSite());
});

// Chinese pages have the larger fonts; the English ones are opened in `npm run test:long`.
test("no kind of page asks for more than it may", async () => {
  const pages = pagesOfEachKind(dist).filter((page) => isTurn(!page.startsWith("en/")));
  await withStaticServer({ root: dist, base: "/kpi/", compressed: true }, (address) =>
    withBrowser(async (browser) => {
      for (const page of pages) {
        const { requests, bytes, fonts, fontBytes } = await pageLoad(browser, `${address}${page}.html`);
        expect(fonts, page).toBeGreaterThan(0);
        expect(requests, page).toBeLessThanOrEqual(limits.requests);
        expect(bytes, page).toBeLessThanOrEqual(limits.bytes);
        expect(fontBytes, page).toBeLessThanOrEqual(limits.fontBytes);
      }
    }),
  );
}, 300_000);
