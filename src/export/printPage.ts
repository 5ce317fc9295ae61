import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, ConsoleMessage, HTTPRequest, Page } from "puppeteer";
import type { PackFigures } from "../published/packFigures.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { told } from "../words/told.js";
import { pagesOfAnchors } from "./pdfAnchors.js";

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

export interface PrintedPage {
  pdf: Uint8Array;
  facts: ReportFacts;
  /** What the page says that it shows; null of one that does not. */
  figures: PackFigures | null;
}

/**
 * Opens a report page, waits until it says `data-report="ready"`, and prints it. It is printed twice: the first
 * print tells the table of contents (elements with `data-page-of="<id>"`) the pages.
 *
 * @throws CliError when the page fails, asks for something outside its origin, or isn't ready in time.
 */
export async function printPage(browser: Browser, url: string, timeout: number): Promise<PrintedPage> {
  return whileAlive(browser, url, async (follow) => {
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      follow(page);
      const troubles = watch(page, new URL(url).origin);
      await page.emulateMediaType("print");
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: "light" },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      await page.setViewport({ width: 1123, height: 1587 });
      await open(page, url, troubles, timeout);
      const facts = await page.evaluate(readFacts);
      const figures = await page.evaluate(readFigures);
      await page.evaluate(fillEmptyCells);
      const draft = await print(page, timeout);
      const filled = await page.evaluate(fillPageNumbers, await pagesOfAnchors(draft));
      const pdf = filled > 0 ? await print(page, timeout) : draft;
      report(url, troubles);
      return { pdf, facts, figures };
    } finally {
      await context.close();
    }
  });
}

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
  const gone = new Promise<never>((_, fail) => {
    ended = () => fail(new CliError(told("browser.ended", { url })));
  });
  browser.once("disconnected", ended);
  const working = work((page) => page.once("error", ended)).catch(async (error: unknown) => {
    // The last command fails before the end is told.
    if (!browser.connected || (error as Error).name === "TargetCloseError") ended();
    throw error;
  });
  try {
    return await Promise.race([gone, working]);
  } finally {
    browser.off("disconnected", ended);
  }
}

async function open(page: Page, url: string, troubles: string[], timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  await page.goto(url, { waitUntil: "domcontentloaded", timeout });
  while (!(await page.evaluate(isSettled))) {
    report(url, troubles);
    if (performance.now() > deadline) {
      throw new CliError(told("page.notReady", { seconds: timeout / 1000, url }));
    }
    await sleep(100);
  }
  append(troubles, await page.evaluate(readFailures));
  report(url, troubles);
}

/** Collects what goes wrong on the page; requests to elsewhere are refused. */
function watch(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error instanceof Error ? error.message : String(error)));
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("requestfailed", (request: HTTPRequest) => {
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") troubles.push(`${reason}: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request: HTTPRequest) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol.startsWith("http"))
      troubles.push(`request to elsewhere: ${request.url()}`);
  });
  return troubles;
}

function report(url: string, troubles: string[]): void {
  if (troubles.length === 0) return;
  const errors = [...new Set(troubles)].slice(0, 5).flatMap((trouble) => trouble.split("\n"));
  throw new CliError(told("page.failed", { url, errors }));
}

async function print(page: Page, timeout: number): Promise<Uint8Array> {
  return page.pdf({
    preferCSSPageSize: true,
    printBackground: true, // the style sheet leaves none but those of status cells
    tagged: true,
    outline: true,
    timeout,
  });
}

// The functions below run in the page: they may use nothing from outside themselves.

function isSettled(): boolean {
  const failed = document.querySelector(".observablehq--error, [data-report='failed']") !== null;
  return failed || document.querySelector("[data-report='ready']") !== null;
}

function readFailures(): string[] {
  const failed = document.querySelectorAll(".observablehq--error, [data-report='failed']");
  return [...failed].map((element) => element.textContent?.trim() || "a cell failed");
}

function readFacts(): ReportFacts {
  const {
    title = "",
    subject = "",
    asOf = "",
    buildId = "",
    undrawn = "",
  } = document.querySelector<HTMLElement>("[data-report]")?.dataset ?? {};
  return { title, subject, asOf, buildId, undrawn, lang: document.documentElement.lang };
}

/** A cell without a letter would be missing in the tags of its row, whose others a screen reader then takes for those before. */
function fillEmptyCells(): void {
  for (const cell of document.querySelectorAll("th, td")) {
    if (cell.textContent?.trim() === "" && cell.querySelector("img, [role='img']") === null)
      cell.append("\u00a0");
  }
}

function readFigures(): PackFigures | null {
  return (globalThis as { packFigures?: PackFigures }).packFigures ?? null;
}

function fillPageNumbers(pages: Record<string, number>): number {
  const places = document.querySelectorAll<HTMLElement>("[data-page-of]");
  for (const place of places) place.textContent = String(pages[place.dataset.pageOf ?? ""] ?? "");
  return places.length;
}
