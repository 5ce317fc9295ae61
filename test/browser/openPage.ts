import type { Browser, Page } from "puppeteer";

export interface OpenedPage {
  page: Page;
  /** Console errors and warnings, uncaught errors, and requests that failed or left the site. */
  complaints: string[];
}

export interface OpenOptions {
  width?: number;
  height?: number;
  theme?: "light" | "dark";
}

/** Tabs of a browser that nobody uses: to open one costs more than most pages. */
const idle = new WeakMap<Browser, Page[]>();

/** Opens a page of the site, waits until it has drawn everything, and keeps what it complained of. */
export async function openPage(
  browser: Browser,
  address: string,
  path: string,
  { width = 1440, height = 900, theme = "light" }: OpenOptions = {},
): Promise<OpenedPage> {
  const page = idle.get(browser)?.pop() ?? (await (await browser.createBrowserContext()).newPage());
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${String(error)}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) complaints.push(`left the site: ${url}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(`${address}${path}`, { waitUntil: "domcontentloaded" });
  await drawn(page);
  await page.waitForNetworkIdle({ idleTime: 100 });
  return { page, complaints };
}

/** Waits until title and foot are there and nothing is still to be drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("observablehq-loading, [data-report='drawing']") === null &&
      document.querySelector("#observablehq-main h1") !== null &&
      /\d/.test(document.querySelector(".build-line")?.textContent ?? ""),
  );
}

/** Leaves the page, and nothing of what it stored, to the next that is opened. */
export async function closePage({ page }: OpenedPage): Promise<void> {
  for (const event of ["console", "pageerror", "response", "request"] as const)
    page.removeAllListeners(event);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.goto("about:blank");
  const browser = page.browser();
  idle.set(browser, [...(idle.get(browser) ?? []), page]);
}

/** Values of the program that stand among the page's words. */
export async function literals(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label], [title]")].map(
      (one) => `${one.getAttribute("aria-label") ?? ""} ${one.getAttribute("title") ?? ""}`,
    );
    // biome-ignore lint/performance/useDomNodeTextContent: scripts are no words of the page
    const text = [document.body.innerText, document.title, ...labels].join("\n");
    return text.match(/^.*\b(null|undefined|NaN|Infinity|\[object Object\])\b.*$/gm) ?? [];
  });
}
