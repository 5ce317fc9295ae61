import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import puppeteer, { type Browser, type Page } from "puppeteer";
import { packsFolder } from "../../src/catalogue/packs.js";
import { withBrowser } from "../../src/export/browser.js";
import { findBrowser } from "../../src/export/findBrowser.js";
import { planPrints } from "../../src/export/planPrints.js";
import { printBatch } from "../../src/export/printBatch.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { buildSite } from "../../src/publish/site/build.js";
import { silent } from "../../src/run/progress.js";
import { generateSample } from "../../src/sample/generate.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { median, treeBytes } from "./measure.js";

/** Sections without which the report has about the thirty pages that its limit is of. */
const leftOut: readonly string[] = ["problems", "missing"];

const limits = { floor: 1.2, naive: 4, reportSeconds: 5 };
/** A browser a file takes so long that a part of them has to do. */
const naiveFiles = 20;
/** Floor and product print so many by turns, so that both meet the machine's other work. */
const blockFiles = 40;

const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const ms = (one: number) => `${Math.round(one)} ms`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A site of a company with some 200 employees who have a sheet. */
async function siteOf(folder: string): Promise<string> {
  const [data, warehouse, dist] = ["data", "w.duckdb", "dist"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const root = join(import.meta.dirname, "..", "..");
  await generateSample(data, { employees: 270 }, () => {});
  const catalogDir = [join(data, "catalog"), join(root, "data", "catalog")];
  await buildWarehouse({ dataDir: data, catalogDir, warehouse, now: new Date() }, silent);
  await buildSite({ root, warehouse, out: dist });
  return dist;
}

/** What a page of bare Puppeteer does for a file. */
async function printBare(page: Page, url: string, out: string): Promise<void> {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.waitForSelector("[data-report='ready']");
  writeFileSync(out, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
}

interface Sheet {
  url: string;
  out: string;
}

/** The floor: one warm browser, as many pages as there are at a time. */
async function printFloor(browser: Browser, sheets: readonly Sheet[], concurrency: number): Promise<void> {
  const queue = sheets.values();
  const work = async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    for (const { url, out } of queue) await printBare(page, url, out);
    await context.close();
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function benchPdf(dist: string, folder: string, count: number): Promise<boolean> {
  const concurrency = availableParallelism();
  const planned = planPrints(dist, packsFolder, { packs: ["feedback"] }).prints;
  const prints = Array.from({ length: count }, (_, at) => {
    const print = planned[at % planned.length];
    if (!print) throw new Error("no feedback sheets");
    return { ...print, out: join(folder, `${at}.pdf`) };
  });
  const [report] = planPrints(dist, packsFolder, { packs: ["kpi-report"] }).prints;
  if (!report) throw new Error("no report");
  const { job } = report;
  const thirty = {
    ...report,
    job: {
      ...job,
      pack: { ...job.pack, sections: job.pack.sections.filter((one) => !leftOut.includes(one)) },
    },
  };
  say(`${count} feedback sheets (of ${planned.length} employees), ${concurrency} at a time`);
  const times = { floor: [] as number[], product: [] as number[], naive: [] as number[] };
  const reports: number[] = [];
  const memory: number[] = [];
  let pages = 0;
  const print = (some: typeof prints) =>
    printBatch<(typeof prints)[number]>({ dist, prints: some, concurrency, done: () => {} });
  const beside = (path: string) => {
    const [, at] = /^_print\/(\d+)\.json$/.exec(path) ?? [];
    return at === undefined ? undefined : JSON.stringify(prints[Number(at)]?.job);
  };
  await withStaticServer({ root: dist, beside }, async (address) => {
    const sheets = prints.map(({ page, out }, at) => ({ url: `${address}${page}?job=${at}`, out }));
    await withBrowser(async (browser) => {
      await printFloor(browser, sheets.slice(0, 4), concurrency);
      for (let at = 0; at < count; at += blockFiles) {
        const turns = [
          async () => times.product.push(await timed(() => print(prints.slice(at, at + blockFiles)))),
          async () =>
            times.floor.push(
              await timed(() => printFloor(browser, sheets.slice(at, at + blockFiles), concurrency)),
            ),
        ];
        if ((at / blockFiles) % 2 === 1) turns.reverse();
        for (const turn of turns) await turn();
        memory.push(treeBytes(process.pid));
      }
    });
    const executablePath = await findBrowser();
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    for (const { url, out } of sheets.slice(0, Math.min(naiveFiles, count)))
      times.naive.push(
        await timed(async () => {
          const browser = await puppeteer.launch({ executablePath, args });
          await printBare(await browser.newPage(), url, out);
          await browser.close();
        }),
      );
  });
  for (let round = 0; round < 3; round += 1)
    reports.push(
      await timed(() =>
        printBatch({
          dist,
          prints: [{ ...thirty, out: join(folder, "report.pdf") }],
          concurrency,
          done: (_, result) => {
            pages = result.pages;
          },
        }),
      ),
    );
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  const whole = { floor: sum(times.floor), product: sum(times.product) };
  const naive = (sum(times.naive) / times.naive.length) * count;
  const toFloor = whole.product / whole.floor;
  const ratios = times.product.map((one, at) => one / (times.floor[at] ?? Number.NaN));
  say(
    `floor    ${seconds(whole.floor)}, ${ms(whole.floor / count)} a file: bare Puppeteer, one warm browser`,
  );
  say(`product  ${seconds(whole.product)}, ${ms(whole.product / count)} a file`);
  say(
    `product ÷ floor ${toFloor.toFixed(2)} (median of ${ratios.length} turns ${median(ratios).toFixed(2)}); limit ${limits.floor}`,
  );
  say(
    `memory, browser and all, after each turn: ${memory.map((one) => Math.round(one / 1e6)).join(", ")} MB`,
  );
  say(
    `naive    ${seconds(naive)}, ${ms(median(times.naive))} a file (median): a browser a file, ${times.naive.length} files extrapolated to ${count}`,
  );
  say(`naive ÷ product ${(naive / whole.product).toFixed(1)}; at least ${limits.naive}`);
  say(
    `a report of ${pages} pages, browser and all: ${seconds(median(reports))} (median of ${reports.length}); limit ${limits.reportSeconds} s`,
  );
  return (
    toFloor <= limits.floor &&
    naive / whole.product >= limits.naive &&
    median(reports) <= limits.reportSeconds * 1000
  );
}

const { values } = parseArgs({
  options: { site: { type: "string" }, sheets: { type: "string", default: "200" } },
});
const folder = mkdtempSync(join(tmpdir(), "herringbone-bench-pdf-"));
try {
  mkdirSync(join(folder, "out"));
  const dist = values.site === undefined ? await siteOf(folder) : resolve(values.site);
  if (!(await benchPdf(dist, join(folder, "out"), Number(values.sheets)))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
