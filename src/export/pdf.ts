import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PackFigures } from "../published/packFigures.js";
import type { PrintJob } from "../published/packTypes.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { withBrowser } from "./browser.js";
import { oldestChromium } from "./findBrowser.js";
import { finishPdf } from "./finishPdf.js";
import { type Machine, thisMachine } from "./machine.js";
import { refuseOthersFile } from "./pdfTarget.js";
import { printPage } from "./printPage.js";
import { withStaticServer } from "./staticServer.js";
import { writeWhole } from "./writeWhole.js";

export interface PdfOptions {
  /** The built site. */
  dist: string;
  /** The site's page to print, below `dist`, such as `report.html`. */
  page: string;
  /** The file to write. */
  out: string;
  /** How long the page may take to draw and to print, in milliseconds each; default two minutes. */
  timeout?: number;
  /** The build whose figures have to be printed; default: whichever the site shows. */
  buildId?: string;
  /** What the page is to draw; default: what it draws of itself. */
  job?: PrintJob;
}

export interface PdfResult {
  pages: number;
  /** Of the file. */
  sha256: string;
  bytes: number;
  figures: PackFigures | null;
}

/**
 * Prints a page of the built site into a PDF file. The file appears whole or not at all. The same site gives the
 * same bytes.
 *
 * @throws CliError 2 when the file would take the place of one that is not this program's, 1 when the site lacks the page, the page fails, or there is no browser
 */
export async function exportPdf(options: PdfOptions, machine: Machine = thisMachine): Promise<PdfResult> {
  const root = resolve(options.dist);
  if (!existsSync(join(root, options.page))) {
    throw new CliError(told("page.missing", { page: join(root, options.page) }));
  }
  refuseOthersFile(resolve(options.out));
  const { job } = options;
  const beside = (path: string) => (job && path === "_print/job.json" ? JSON.stringify(job) : undefined);
  const { pdf, facts, figures } = await withStaticServer({ root, beside }, (address) =>
    withBrowser(async (browser) => {
      requireRecent(await browser.version());
      const url = `${address}${options.page}${job ? "?job=job" : ""}`;
      return printPage(browser, url, options.timeout ?? 120_000);
    }, machine),
  );
  if (options.buildId !== undefined && facts.buildId !== options.buildId) {
    throw new CliError(
      told("site.replaced", { found: facts.buildId, wanted: options.buildId, folder: root }),
    );
  }
  if (facts.undrawn !== "") machine.note(told("pdf.undrawn", { characters: facts.undrawn }));
  const { bytes, pages } = await finishPdf(pdf, facts, figures);
  await writeWhole(resolve(options.out), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { pages, sha256, bytes: bytes.length, figures };
}

function requireRecent(version: string): void {
  const major = Number(/\/(\d+)\./.exec(version)?.[1]);
  if (major < oldestChromium) {
    throw new CliError(told("browser.tooOld", { oldest: oldestChromium, version }));
  }
}
