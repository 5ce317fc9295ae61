import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { PackFigures } from "../published/packFigures.js";
import type { PrintJob } from "../published/packTypes.js";
import { CliError } from "../run/error.js";
import { isInterrupted, stopIfInterrupted } from "../run/interrupt.js";
import { told } from "../words/told.js";
import { withBrowser } from "./browser.js";
import { encryptPdf } from "./encryptPdf.js";
import { finishPdf } from "./finishPdf.js";
import { type Machine, thisMachine } from "./machine.js";
import { BrowserEnded, type DrawnPage, type PrintedPage, Printer } from "./printPage.js";
import { withStaticServer } from "./staticServer.js";
import { writeWhole } from "./writeWhole.js";

/** A page of the site that becomes a file. */
export interface BatchPrint {
  /** Below the site's folder, such as `report.html`. */
  page: string;
  /** The file to write. */
  out: string;
  /** What the page is to draw; default: what it draws of itself. */
  job?: PrintJob;
}

export interface Batch<Print extends BatchPrint> {
  /** The built site. */
  dist: string;
  prints: readonly Print[];
  /** How many are printed at the same time. */
  concurrency: number;
  /** How long a page may take to draw and to print, in milliseconds each; default two minutes. */
  timeout?: number;
  /** The build whose figures have to be printed; default: whichever the site shows. */
  buildId?: string;
  /** The password without which none of the files opens; default: all do. */
  password?: string | undefined;
  /** The bytes of what stands beside a file, made while that is printed; null where there is nothing. */
  beside?(print: Print, page: DrawnPage): Promise<Uint8Array | null>;
  /** Called when a file has been written, in the order in which they are; the next print of its page waits for it. */
  done(print: Print, result: PdfResult): Promise<void> | void;
  /** Called when one could not be made, while the others go on. */
  failed?(print: Print, error: CliError): void;
}

export interface PdfResult {
  pages: number;
  /** Of the file. */
  sha256: string;
  bytes: number;
  figures: PackFigures | null;
  /** What stands beside it. */
  beside: Uint8Array | null;
}

type Finished = Awaited<ReturnType<typeof finishPdf>> &
  Pick<PrintedPage, "facts" | "figures"> & { beside: Uint8Array | null };

/** How many entries lists have at most, one after the other, where a pack takes more pages than it may. */
const shorter = [8, 5, 3, 2, 1];

/** After so many failures it is not the one page that is at fault. */
const mostFailures = 3;

/**
 * Prints pages of the built site into PDF files with one browser, which opens a few pages and keeps them. Files appear
 * whole or not at all, and the same site gives the same bytes, however many are printed at a time. What a crash of the
 * browser costs is printed again, once.
 *
 * @throws CliError 1 when the site lacks a page, files could not be made, or there is no browser
 */
export async function printBatch<Print extends BatchPrint>(
  batch: Batch<Print>,
  machine: Machine = thisMachine,
): Promise<void> {
  const root = resolve(batch.dist);
  for (const page of new Set(batch.prints.map((print) => print.page)))
    if (!existsSync(join(root, page))) throw new CliError(told("page.missing", { page: join(root, page) }));
  const beside = (path: string) => {
    const [, number, rows] = /^_print\/(\d+)(?:-(\d+))?\.json$/.exec(path) ?? [];
    const job = number === undefined ? undefined : batch.prints[Number(number)]?.job;
    return job && JSON.stringify(rows === undefined ? job : { ...job, rows: Number(rows) });
  };
  await withStaticServer({ root, beside }, async (address) => {
    const press = new Press(batch, address, machine);
    const count = Math.max(1, Math.min(batch.concurrency, batch.prints.length));
    const queue = batch.prints.entries();
    await Promise.all(Array.from({ length: count }, () => press.run(queue)));
    // One at a time: of two, the one that brings the browser down is told.
    await press.run(press.lost.values(), true);
    press.report();
  });
}

/** A batch being printed, and what became of it so far. */
class Press<Print extends BatchPrint> {
  /** What was in hand when the browser ended. */
  readonly lost: [number, Print][] = [];
  private readonly failures: CliError[] = [];
  /** Something that concerns all of them. */
  private stop: { error: unknown } | undefined;

  constructor(
    private readonly batch: Batch<Print>,
    private readonly address: string,
    private readonly machine: Machine,
  ) {}

  /**
   * Prints one after the other until there is none left; after a failure with a new page.
   * @param isAgain whether a crash is a failure
   */
  async run(queue: Iterator<[number, Print]>, isAgain = false): Promise<void> {
    for (let first = this.take(queue); first; )
      first = await this.withPrinter(async (printer) => {
        let next = first;
        while (next && (await this.make(next, printer, isAgain))) next = this.take(queue);
        return next && this.take(queue);
      });
  }

  /** @throws CliError where not all has been made */
  report(): void {
    if (this.stop) throw this.stop.error;
    const [first, ...others] = this.failures;
    if (first && others.length === 0) throw first;
    const [count, of] = [this.failures.length, this.batch.prints.length];
    if (first) throw new CliError(told("export.incomplete", { count, of }), 1, { cause: first });
  }

  private take(queue: Iterator<[number, Print]>): [number, Print] | undefined {
    if (this.stop || this.failures.length >= mostFailures) return undefined;
    return queue.next().value;
  }

  /** Calls `use` with a page of the browser; what fails beside the print of a page concerns all. */
  private async withPrinter<T>(use: (printer: Printer) => Promise<T>): Promise<T | undefined> {
    try {
      stopIfInterrupted();
      return await withBrowser(async (browser) => {
        const printer = new Printer(browser);
        try {
          return await use(printer);
        } finally {
          await printer.close();
        }
      }, this.machine);
    } catch (error) {
      this.stop ??= { error };
      return undefined;
    }
  }

  /** Makes a file, or notes why not: whether it did. */
  private async make([number, print]: [number, Print], printer: Printer, isAgain: boolean): Promise<boolean> {
    const { timeout = 120_000, done, failed } = this.batch;
    const url = `${this.address}${print.page}${print.job ? `?job=${number}` : ""}`;
    let finished: Finished;
    try {
      finished = await this.within(print, url, async (address) => {
        let beside: Promise<Uint8Array | null> | undefined;
        const page = await printer.print(address, timeout, (drawn) => {
          beside = this.batch.beside?.(print, drawn);
          beside?.catch(() => undefined); // thrown where it is awaited
        });
        const { facts, figures, pdf } = page;
        return { facts, figures, ...(await finishPdf(pdf, facts, figures)), beside: (await beside) ?? null };
      });
    } catch (error) {
      if (!(error instanceof CliError) || isInterrupted()) throw error;
      if (error instanceof BrowserEnded && !isAgain) this.lost.push([number, print]);
      else {
        this.failures.push(error);
        failed?.(print, error);
      }
      return false;
    }
    await done(print, await this.write(print, finished));
    return true;
  }

  /**
   * Prints a pack. One of bounded pages is printed with ever shorter lists until it keeps to them.
   * @throws CliError 1 where it does not with the shortest
   */
  private async within(
    print: Print,
    url: string,
    make: (url: string) => Promise<Finished>,
  ): Promise<Finished> {
    const most = print.job?.pack.max_pages ?? Number.POSITIVE_INFINITY;
    let finished = await make(url);
    for (const rows of shorter) {
      if (finished.pages <= most) break;
      finished = await make(`${url}-${rows}`);
    }
    const { pages } = finished;
    if (pages > most) throw new CliError(told("export.tooLong", { name: basename(print.out), pages, most }));
    return finished;
  }

  private async write(
    { out }: Print,
    { bytes: open, pages, facts, figures, beside }: Finished,
  ): Promise<PdfResult> {
    const { buildId, dist } = this.batch;
    if (buildId !== undefined && facts.buildId !== buildId)
      throw new CliError(
        told("site.replaced", { found: facts.buildId, wanted: buildId, folder: resolve(dist) }),
      );
    if (facts.undrawn !== "") this.machine.note(told("pdf.undrawn", { characters: facts.undrawn }));
    const { password } = this.batch;
    const bytes = password === undefined ? open : await encryptPdf(open, password);
    await writeWhole(resolve(out), bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { pages, sha256, bytes: bytes.length, figures, beside };
  }
}
