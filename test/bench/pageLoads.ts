import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer";

/** What a page may load: requests in all, bytes before its fonts, and what its fonts may be. */
export const limits = { requests: 30, bytes: 500_000, fontBytes: 400_000 };

/** A page of each kind, without its ending; of the KPIs the one with most to load. */
export function pagesOfEachKind(site: string): string[] {
  const pages = (folder: string) =>
    readdirSync(join(site, folder)).flatMap((name) => (name.endsWith(".html") ? [name.slice(0, -5)] : []));
  const bytes = (kpi: string) => {
    const html = readFileSync(join(site, "kpi", `${kpi}.html`), "utf8");
    const files = new Set([...html.matchAll(/"path":"([^"]*)"/g)].map(([, path = ""]) => path));
    return [...files].reduce((sum, path) => sum + statSync(join(site, "kpi", path)).size, 0);
  };
  const [largest] = pages("kpi").sort((a, b) => bytes(b) - bytes(a));
  return [...pages(""), `kpi/${largest}`].flatMap((page) => [page, `en/${page}`]);
}

/** What a browser that has nothing of a site yet loads for one of its pages, and how long that takes. */
export interface PageLoad {
  /** With those for fonts. */
  requests: number;
  /** As transferred, but for the fonts. */
  bytes: number;
  fonts: number;
  fontBytes: number;
  /** From the address to the first picture; on a page without one, to its message. */
  firstChartMs: number;
}

/** Opens a page cold and counts what it loads. */
export async function pageLoad(browser: Browser, address: string): Promise<PageLoad> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    const { counted } = await countTransfer(page);
    await page.evaluateOnNewDocument(noteFirstChart);
    await page.goto(address, { waitUntil: "load" });
    await page.waitForFunction(() => document.querySelector("observablehq-loading") === null);
    await page.waitForNetworkIdle({ idleTime: 250 });
    const firstChartMs = await page.evaluate(
      () => (globalThis as { firstChart?: number }).firstChart ?? Number.NaN,
    );
    return { ...counted, firstChartMs };
  } finally {
    await context.close();
  }
}

async function countTransfer(page: Page): Promise<{ counted: Omit<PageLoad, "firstChartMs"> }> {
  const counted = { requests: 0, bytes: 0, fonts: 0, fontBytes: 0 };
  const fonts = new Set<string>();
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!request.url.startsWith("http")) return;
    counted.requests += 1;
    if (!request.url.endsWith(".woff2")) return;
    counted.fonts += 1;
    fonts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    counted[fonts.has(requestId) ? "fontBytes" : "bytes"] += encodedDataLength;
  });
  return { counted };
}

/** Runs in the page, before anything of it. */
function noteFirstChart(): void {
  const noted = globalThis as { firstChart?: number };
  let isChart = false;
  new MutationObserver(() => {
    const main = document.querySelector("#observablehq-main");
    const chart = main?.querySelector("svg");
    if (isChart || !(chart ?? main?.querySelector("h1"))) return;
    isChart = Boolean(chart);
    requestAnimationFrame(() => {
      noted.firstChart = performance.now();
    });
  }).observe(document, { childList: true, subtree: true });
}

/**
 * Turns through the choices of a KPI page's filter bar.
 * @returns how long after each of them the page changed for the last time, in milliseconds
 */
export async function filterTimes(page: Page, turns: number): Promise<number[]> {
  // What tsx names functions with is not there in the page.
  await page.evaluate("globalThis.__name = (value) => value");
  return page.evaluate(async (count) => {
    const times: number[] = [];
    const rest = 60;
    const main = document.querySelector("#observablehq-main") as Element;
    const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
    const idle = () => new Promise((done) => requestIdleCallback(done));
    const settled = async (act: () => void): Promise<number> => {
      let last = performance.now();
      const observer = new MutationObserver(() => {
        last = performance.now();
      });
      observer.observe(main, { childList: true, subtree: true, attributes: true, characterData: true });
      const began = performance.now();
      act();
      // Still is a page that changed nothing for so long, of which the browser had nothing to do at the end.
      do await sleep(Math.max(1, last + rest - performance.now())).then(idle);
      while (performance.now() - last < rest);
      observer.disconnect();
      return last - began;
    };
    const turn = (select: HTMLSelectElement, value: string) => () => {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    for (let done = 0; done < count; done += 1) {
      for (const select of document.querySelectorAll<HTMLSelectElement>(".filters select")) {
        if (select.disabled) continue;
        const values = [...select.options].map(({ value }) => value);
        const next = values[1 + (done % Math.max(1, values.length - 1))] ?? "";
        times.push(await settled(turn(select, next)), await settled(turn(select, values[0] ?? "")));
      }
      for (const button of document.querySelectorAll<HTMLElement>(".filters .grains button"))
        times.push(await settled(() => button.click()));
    }
    return times;
  }, turns);
}
