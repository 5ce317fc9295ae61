import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { limits, pageLoad, pagesOfEachKind } from "../bench/pageLoads.js";
import { sampleSite } from "../sampleSite.js";

let dist: string;

beforeAll(async () => {
  ({ dist } = await sampleSite());
});

test("no kind of page asks for more than it may", async () => {
  await withStaticServer({ root: dist, base: "/kpi/", compressed: true }, (address) =>
    withBrowser(async (browser) => {
      for (const page of pagesOfEachKind(dist)) {
        const { requests, bytes, fonts, fontBytes } = await pageLoad(browser, `${address}${page}.html`);
        expect(fonts, page).toBeGreaterThan(0);
        expect(requests, page).toBeLessThanOrEqual(limits.requests);
        expect(bytes, page).toBeLessThanOrEqual(limits.bytes);
        expect(fontBytes, page).toBeLessThanOrEqual(limits.fontBytes);
      }
    }),
  );
}, 300_000);
