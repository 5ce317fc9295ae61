import { setTimeout as sleep } from "node:timers/promises";
import type { PDFDocument } from "pdf-lib";
import type {
  Browser,
  BrowserContext,
  CDPSession,
  ConsoleMessage,
  HTTPRequest,
  Page,
  Protocol,
} from "puppeteer";
import type { PackFigures } from "../published/packFigures.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { told } from "../words/told.js";
import { loadPdf, pagesOfAnchors } from "./pdfAnchors.js";
import type { Picture } from "./xlsx/charts.js";

/** What the printed page says of itself, in the data attributes of its `[data-report]` element. */
export interface ReportFacts {
  title: string;
  /** One sentence on scope and period. */
  subject: string;
  /** BCP 47, the page's own. */
  lang: string;
  /** The data's last second, ISO 8601 with its own offset: `2026-03-31T23:59:59+08:00`. */
  asOf: string;
  buildId: string;
  /** Characters of the report that no font draws, with their codes; empty where every one has a font. */
  undrawn: string;
}

/** What a page that is about to be printed shows. */
export interface DrawnPage {
  facts: ReportFacts;
  /** What the page says that it shows; null of one that does not. */
  figures: PackFigures | null;
  /** What of it no spreadsheet draws. */
  pictures: Picture[];
}

export interface PrintedPage extends DrawnPage {
  pdf: PDFDocument;
}

/** The browser, or the process of a page, ended while it printed. */
export class BrowserEnded extends CliError {
  constructor(url: string, options?: ErrorOptions) {
    super(told("browser.ended", { url }), 1, options);
  }
}

/** A page of a browser that prints one report after the other: what they share is loaded once. */
export class Printer {
  private page: Promise<Page> | undefined;
  private troubles = new Troubles();

  constructor(private readonly browser: Browser) {}

  /**
   * Opens a report page, waits until it says `data-report="ready"`, and prints it. Where it has a table of contents
   * (elements with `data-page-of="<id>"`) whose pages the page did not foresee, it is printed again with those that the print
   * has. After a failure the printer is of no more use.
   *
   * @param drawn called while the browser makes the file of what the page shows, in a process of its own
   * @throws BrowserEnded when that happens
   * @throws CliError when the page fails, asks for something outside its origin, or isn't ready in time.
   */
  async print(
    url: string,
    timeout: number,
    drawn: (page: DrawnPage) => void = () => undefined,
  ): Promise<PrintedPage> {
    return whileAlive(this.browser, url, async (follow) => {
      this.page ??= this.open(url);
      const page = await this.page;
      follow(page);
      this.troubles = new Troubles();
      await open(page, url, this.troubles, timeout);
      const { foreseen, ...read } = await page.evaluate(readPage);
      const shown = { ...read, pictures: await picturesOf(page) };
      const [first] = await Promise.all([print(page, timeout), sleep(begun).then(() => drawn(shown))]);
      let pdf = await loadPdf(first);
      const pages = foreseen.length > 0 ? pagesOfAnchors(pdf) : {};
      if (foreseen.some(([id, number]) => number !== String(pages[id] ?? ""))) {
        await page.evaluate(fillPageNumbers, pages);
        pdf = await loadPdf(await print(page, timeout));
      }
      this.troubles.report(url);
      return { pdf, ...shown };
    });
  }

  async close(): Promise<void> {
    const opening = this.page?.catch(() => undefined);
    const page = await Promise.race([opening, sleep(1000, undefined, { ref: false })]);
    await page
      ?.browserContext()
      .close()
      .catch(() => undefined); // it ended with its browser
  }

  private async open(url: string): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    return whileUncrashed(this.browser, context, url, async () => {
      const page = await context.newPage();
      watch(page, new URL(url).origin, (trouble) => this.troubles.add(trouble));
      await page.emulateMediaType("print");
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: "light" },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      await page.setViewport({ width: 1123, height: 1587 });
      return page;
    });
  }
}

/** Opens a page, and fails as soon as its process has ended: of a page that is not open yet Puppeteer tells nothing. */
async function whileUncrashed<T>(
  browser: Browser,
  context: BrowserContext,
  url: string,
  work: () => Promise<T>,
): Promise<T> {
  const targets = await targetsOf(browser);
  const own = new Set<string>();
  const created = ({ targetInfo }: Protocol.Target.TargetCreatedEvent) => {
    if (targetInfo.browserContextId === context.id) own.add(targetInfo.targetId);
  };
  let fail = (_: Error) => {};
  const crashed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const gone = ({ targetId }: Protocol.Target.TargetCrashedEvent) => {
    if (own.has(targetId)) fail(new BrowserEnded(url));
  };
  targets.on("Target.targetCreated", created);
  targets.on("Target.targetCrashed", gone);
  try {
    return await Promise.race([crashed, work()]);
  } finally {
    targets.off("Target.targetCreated", created);
    targets.off("Target.targetCrashed", gone);
  }
}

/** Tells of the pages of a browser. It is kept: with its end Puppeteer would take the browser's for ended. */
function targetsOf(browser: Browser): Promise<CDPSession> {
  const open = async () => {
    const session = await browser.target().createCDPSession();
    await session.send("Target.setDiscoverTargets", { discover: true });
    return session;
  };
  const kept = sessions.get(browser) ?? open();
  sessions.set(browser, kept);
  return kept;
}

const sessions = new WeakMap<Browser, Promise<CDPSession>>();

/**
 * Does work in the browser, and fails as soon as the browser, or the process of the page it follows, has ended: left to
 * itself Puppeteer waits three minutes for an answer.
 */
async function whileAlive<T>(
  browser: Browser,
  url: string,
  work: (follow: (page: Page) => void) => Promise<T>,
): Promise<T> {
  let ended = () => {};
  let followed: Page | undefined;
  const gone = new Promise<never>((_, fail) => {
    ended = () => fail(new BrowserEnded(url));
  });
  browser.once("disconnected", ended);
  const working = work((page) => {
    followed = page.once("error", ended);
  }).catch((error: unknown) => {
    // The last command fails before the end is told, each in its own words.
    if (error instanceof CliError) throw error;
    throw new BrowserEnded(url, { cause: error });
  });
  try {
    return await Promise.race([gone, working]);
  } finally {
    browser.off("disconnected", ended);
    followed?.off("error", ended);
  }
}

/** What has gone wrong on a page. */
class Troubles {
  private readonly all: string[] = [];
  private tell = () => {};
  /** Comes with the first. */
  readonly first = new Promise<void>((done) => {
    this.tell = done;
  });

  add(...troubles: string[]): void {
    append(this.all, troubles);
    if (this.all.length > 0) this.tell();
  }

  /** @throws CliError where there are some */
  report(url: string): void {
    if (this.all.length === 0) return;
    const errors = [...new Set(this.all)].slice(0, 5).flatMap((trouble) => trouble.split("\n"));
    throw new CliError(told("page.failed", { url, errors }));
  }
}

const settled = ".observablehq--error, [data-report='failed'], [data-report='ready']";

async function open(page: Page, url: string, troubles: Troubles, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  // One trouble seldom comes alone: a moment for the others.
  const trouble = troubles.first.then(() => sleep(100));
  try {
    await page.goto(url, { waitUntil: "domcontentloaded", timeout });
    const left = Math.max(deadline - performance.now(), 1);
    await Promise.race([page.waitForSelector(settled, { timeout: left }), trouble]);
  } catch (error) {
    if ((error as Error).name !== "TimeoutError") throw error;
    throw new CliError(told("page.notReady", { seconds: timeout / 1000, url }));
  }
  troubles.add(...(await page.evaluate(readFailures)));
  troubles.report(url);
}

/** Collects what goes wrong on the page; requests to elsewhere are refused. */
function watch(page: Page, origin: string, add: (trouble: string) => void): void {
  page.on("pageerror", (error) => add(error instanceof Error ? error.message : String(error)));
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") add(message.text());
  });
  page.on("requestfailed", (request: HTTPRequest) => {
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") add(`${reason}: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) add(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request: HTTPRequest) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol.startsWith("http")) add(`request to elsewhere: ${request.url()}`);
  });
}

/** After so many milliseconds the browser has been asked to print. */
const begun = 50;

async function print(page: Page, timeout: number): Promise<Uint8Array> {
  return page.pdf({
    preferCSSPageSize: true,
    printBackground: true, // the style sheet leaves none but those of status cells
    tagged: true,
    outline: true,
    timeout,
  });
}

/** Pictures of what says that it is one (`data-picture="<title>"`), which fits into the window: beyond it all pages would be drawn. */
async function picturesOf(page: Page): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const element of await page.$$("[data-picture]")) {
    const title = await element.evaluate((drawn) => drawn.getAttribute("data-picture") ?? "");
    pictures.push({ title, png: await element.screenshot({ captureBeyondViewport: false }) });
    await element.dispose();
  }
  return pictures;
}

// The functions below run in the page: they may use nothing from outside themselves.

function readFailures(): string[] {
  const failed = document.querySelectorAll(".observablehq--error, [data-report='failed']");
  return [...failed].map((element) => element.textContent?.trim() || "a cell failed");
}

/**
 * What the page says of itself, made ready for print: a cell without a letter would be missing in the tags of its row, whose
 * others a screen reader then takes for those before.
 */
function readPage(): Omit<DrawnPage, "pictures"> & { foreseen: [id: string, page: string][] } {
  const {
    title = "",
    subject = "",
    asOf = "",
    buildId = "",
    undrawn = "",
  } = document.querySelector<HTMLElement>("[data-report]")?.dataset ?? {};
  for (const cell of document.querySelectorAll("th, td")) {
    if (cell.textContent?.trim() === "" && cell.querySelector("img, [role='img']") === null)
      cell.append("\u00a0");
  }
  return {
    facts: { title, subject, asOf, buildId, undrawn, lang: document.documentElement.lang },
    figures: (globalThis as { packFigures?: PackFigures }).packFigures ?? null,
    foreseen: [...document.querySelectorAll<HTMLElement>("[data-page-of]")].map((place) => [
      place.dataset.pageOf ?? "",
      place.textContent ?? "",
    ]),
  };
}

function fillPageNumbers(pages: Record<string, number>): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-page-of]"))
    place.textContent = String(pages[place.dataset.pageOf ?? ""] ?? "");
}
