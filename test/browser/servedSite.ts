import type { Browser } from "puppeteer";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";

export interface ServedSite {
  site: SampleSite;
  browser: Browser;
  address: string;
  /** Ends both; for `beforeAll` to return. */
  close(): Promise<void>;
}

/** The sample's site behind a server, and a browser. */
export async function servedSite(base = "/"): Promise<ServedSite> {
  const site = await sampleSite();
  return new Promise((ready, fail) => {
    const serving = withStaticServer({ root: site.dist, base }, (address) =>
      withBrowser(
        (browser) =>
          new Promise<void>((release) => {
            ready({
              site,
              browser,
              address,
              close: () => {
                release();
                return serving;
              },
            });
          }),
      ),
    );
    serving.catch(fail);
  });
}
