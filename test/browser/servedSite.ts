import type { Browser } from "puppeteer";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";

export interface Served {
  browser: Browser;
  address: string;
  /** Ends both; for `beforeAll` to return. */
  close(): Promise<void>;
}

export interface ServedSite extends Served {
  site: SampleSite;
}

/** The sample's site behind a server, and a browser. */
export async function servedSite(base = "/"): Promise<ServedSite> {
  const site = await sampleSite();
  return { site, ...(await serving(site.dist, base)) };
}

/** A site behind a server, and a browser. */
export async function serving(root: string, base = "/"): Promise<Served> {
  return new Promise((ready, fail) => {
    const serving = withStaticServer({ root, base }, (address) =>
      withBrowser(
        (browser) =>
          new Promise<void>((release) => {
            ready({
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
