import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser, Page } from "puppeteer";
import { beforeAll, describe, expect, it } from "vitest";
import { packsFolder } from "../../src/catalogue/packs.js";
import { planPrints } from "../../src/export/planPrints.js";
import { printBatch } from "../../src/export/printBatch.js";
import { isRunBySpreadsheets } from "../../src/export/spreadsheetText.js";
import { buildSite } from "../../src/publish/site/build.js";
import { upright } from "../../src/words/visible.js";
import { commandLine } from "../commandLine.js";
import { margin } from "../export/readPdf.js";
import { readWorkbook } from "../export/xlsx/readWorkbook.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { harmOf } from "./harm.js";
import { asked, type Hostile, hostileCompany, hostilePacks, intoWorkbook } from "./hostileCompany.js";
import { drawn, openPage } from "./openPage.js";
import { serving } from "./servedSite.js";

const folder = temporaryFolder("hostile-names");
const [warehouse, dist, out] = ["w.duckdb", "dist", "out"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const run = commandLine({ warehouse, env: process.env });
const theirs = `march [x](javascript:hostile=1) <img src=${asked}file onerror=hostile='file'>.csv`.replaceAll(
  "/",
  "_",
);
const heads = [`Ticket" onmouseover="hostile='id'`, `<b class=hostile>Minutes</b>`];

let names: Hostile[];
let browser: Browser;
let address: string;

beforeAll(async () => {
  await sampleSite(); // two sites at a time would share Framework's cache
  const data = join(folder, "data");
  mkdirSync(data);
  names = [
    ...hostileCompany(data),
    ...(await intoWorkbook(data)),
    { place: "reconciliation.file", text: theirs },
  ];
  const { code, err } = await run("build", "--data", data, "--lang", "en");
  expect([code, err.match(/\u202e|\u2066/)], err).toEqual([0, null]);
  const rows = Array.from(
    { length: 40 },
    (_, index) => `T000${String(2000 + index * 9).padStart(5, "0")},${index}`,
  );
  writeFileSync(
    join(folder, theirs),
    [heads.map((head) => `"${head.replaceAll('"', '""')}"`).join(","), ...rows].join("\n"),
  );
  const shown = await run(
    ...["reconcile", "first_response_time", "--with", join(folder, theirs), "--period", "2025-03"],
    ...["--id", heads[0] as string, "--value", heads[1] as string, "--page", "show", "--lang", "en"],
  );
  expect(shown.code, shown.err).toBe(1);
  await buildSite({ root: join(import.meta.dirname, "../.."), warehouse, out: dist });
  const served = await serving(dist);
  ({ browser, address } = served);
  return served.close;
}, 600_000);

/** Names without what a line or a page may break them by. */
const flat = (text: string) =>
  upright(text)
    .replaceAll("'\\''", "'")
    .replace(/[\s\u200b\u200d]/g, "");
const seenIn = (texts: readonly string[], seen: Set<string>) => {
  const all = flat(texts.join("\n"));
  for (const { place, text } of names) if (all.includes(flat(text))) seen.add(place);
};
/** Places of one kind have one name: `customer.3` and `customer.7`, labels of whatever id. */
const kindOf = (place: string) =>
  place
    .replace(/^(vocabulary\.\w+)\.[^.]+/, "$1.*")
    .replace(/^(kpis\.kpis|(?!vocabulary)[a-zA-Z]+(?:\.labels)?)\.[^.]+(?=\.|$)/, "$1.*")
    .replace(/\.\d+/g, "");

describe("names stay text", () => {
  it("on every page, in both languages, and none makes a page wider than its screen", async () => {
    const pages = readdirSync(dist, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".html") && !file.endsWith("report.html"))
      .sort();
    expect(new Set(pages.map((page) => page.split("/").at(page.startsWith("en/") ? 1 : 0)))).toContain(
      "benefit",
    );
    const asking = [
      "industry",
      "acquisition_channel",
      "source",
      "market",
      "town",
      "class",
      "channel",
      "team",
      "department",
    ];
    const asksFor = asking.map(
      (by) =>
        `en/kpi/${by === "source" ? "lead_conversion_rate" : by === "market" ? "market_share" : "complaint_rate"}.html?by=${by}`,
    );
    const employees = ["E00006", "E00009", "E00011", "E00013", "E00024", "E00012", "E00010"];
    const sheets = employees.flatMap((id) => ["", "en/"].map((at) => `${at}assessment.html?employee=${id}`));
    const seen = new Set<string>();
    const opened = await openPage(browser, address, "index.html");
    const { page, complaints } = opened;
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    for (const path of [...pages, ...asksFor, ...sheets]) {
      await page.setViewport({ width: 1440, height: 900 });
      await page.goto(`${address}${path}`, { waitUntil: "load" });
      await drawn(page);
      const { harm, texts } = await page.evaluate(harmOf);
      expect([harm, complaints], path).toEqual([[], []]);
      seenIn(texts, seen);
      for (const width of [1024, 390]) {
        await page.setViewport({ width, height: 844 });
        expect(await beyond(page), `${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
    expect(unseenBut(seen)).toEqual(notOnPages);
  }, 900_000);

  it("in print, and none leaves its page", async () => {
    const seen = new Set<string>();
    for (const lang of ["zh-CN", "en"]) {
      const packs = ["kpi-report", "benefits", "quality-certificate"];
      const made = await run("export", ...packs, "--dist", dist, "--out", out, "--lang", lang, "--quiet");
      expect(made.code, made.err).toBe(0);
      const { text } = names.find(({ place }) => place === "region.华南") as Hostile;
      const one = await run(
        ...[
          "export",
          "service-quality",
          "--for",
          `region=${text}`,
          "--dist",
          dist,
          "--out",
          out,
          "--lang",
          lang,
          "--quiet",
        ],
      );
      expect(one.code, one.err).toBe(0);
    }
    const packs = join(folder, "packs");
    const titles = hostilePacks(packsFolder, packs);
    for (const lang of ["zh-CN", "en"] as const) {
      // The others have been printed already, with their own titles.
      for (const pack of ["leadership", "scorecard", "feedback"]) {
        const scope = pack === "feedback" ? { for: "employee=E00011" } : {};
        const { prints } = planPrints(dist, packs, { packs: [pack], lang, ...scope });
        const named = prints.map((print) => ({ ...print, out: join(out, `${pack}.${lang}.pdf`) }));
        await printBatch({ dist, prints: named, concurrency: 1, done: () => undefined });
      }
    }
    const files = readdirSync(out).filter((file) => file.endsWith(".pdf"));
    expect(files).toHaveLength(14);
    const all = new Map<string, string>();
    for (const file of files) {
      const { texts, beyond, links, title } = await readPrint(join(out, file));
      all.set(file, flat([...texts, title].join("")));
      seenIn([texts.join("")], seen);
      expect([beyond, links], file).toEqual([[], []]);
    }
    const printedTitles = titles.filter(({ place }) => /\.(leadership|scorecard|feedback)\./.test(place));
    expect(printedTitles).toHaveLength(6);
    for (const { place, text } of printedTitles) {
      const [, pack, lang] = place.split(".");
      expect(all.get(`${pack}.${lang === "zh" ? "zh-CN" : "en"}.pdf`), place).toContain(flat(text));
    }
    const unseen = unseenBut(seen);
    const printed = [
      "kpis.kpis.*.label",
      "kpis.kpis.*.definition",
      "fishbones.*.slow_complaints.label",
      "scorecards.*.balanced.label",
    ];
    for (const kind of [
      "initiative.*",
      "risk.*",
      "milestone.*",
      "initiatives.*",
      "milestones.*",
      "risks.*",
      "region.*",
      ...printed.flatMap((each) => [`${each}.zh`, `${each}.en`]),
    ])
      expect(unseen).not.toContain(kind);
    const verified = await run("verify", join(out, "kpi-report.en.pdf"), "--lang", "en");
    expect(verified.all).toMatch(/(\d+) of \1 figures agree/);
  }, 900_000);

  it("in workbooks, where none is a formula", async () => {
    const seen = new Set<string>();
    const running: string[] = [];
    for (const file of readdirSync(out).filter((name) => name.endsWith(".xlsx"))) {
      const sheets = await readWorkbook(readFileSync(join(out, file)));
      const cells = sheets.flatMap((sheet) => [...sheet.cells.values()]);
      for (const { formula } of cells) expect(formula ?? "", file).not.toMatch(/HYPERLINK|cmd|hostile/);
      const texts = cells.flatMap((cell) =>
        typeof cell.value === "string" ? [{ text: cell.value, isQuoted: cell.isQuoted }] : [],
      );
      const run = texts.filter(({ text }) => isRunBySpreadsheets(text));
      expect(
        run.filter(({ isQuoted }) => !isQuoted),
        file,
      ).toEqual([]);
      for (const { text } of run) running.push(text);
      seenIn(
        texts.map(({ text }) => text),
        seen,
      );
    }
    expect(running.length).toBeGreaterThan(20);
    expect(seen.size).toBeGreaterThan(100);
  }, 300_000);

  it.each([
    ["kpi", "complaint_rate", "--by", "region", "--excel"],
    ["kpi", "complaint_rate", "--explain", "--by", "industry", "--excel"],
    ["score", "--for", "team", "--excel"],
    ["assess", "--excel"],
  ])("in CSV for spreadsheets: %s %s %s", async (...args) => {
    const { code, out: csv, err } = await run(...args, "--format", "csv", "--lang", "en");
    expect(code, err).toBe(0);
    const cells = (parse(csv, { bom: true }) as string[][]).flat();
    expect(
      cells.filter((cell) => isRunBySpreadsheets(cell) && !/^[+-]?[\d.,]+(e[+-]?\d+)?$/.test(cell)),
    ).toEqual([]);
    expect(cells.some((cell) => names.some(({ text }) => cell.includes(text)))).toBe(true);
  });
});

/** Of single customers, events, rows and trainings no page tells, nor of what everybody else sells. */
const notOnPages = [
  "category.*",
  "cause.*",
  "competitor.*",
  "course.*",
  "customer.*",
  "event.*",
  "eventType.*",
  "lost.*",
  "product.*",
  "province.*",
  "reason.*",
  "refused.*",
];

/** Kinds of place of which nothing was seen. */
function unseenBut(seen: ReadonlySet<string>): string[] {
  const kinds = new Set(names.map(({ place }) => kindOf(place)));
  for (const place of seen) kinds.delete(kindOf(place));
  return [...kinds].sort();
}

/** What a print says, what of it crosses the edge of a page's margins, and what its links open. */
async function readPrint(path: string) {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const found = { texts: [] as string[], beyond: [] as string[], links: [] as string[] };
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width } = page.getViewport({ scale: 1 });
    for (const item of (await page.getTextContent()).items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [, slant, , , x] = item.transform as number[];
      found.texts.push(item.str);
      if (slant === 0 && (x ?? 0) + item.width > width - margin + 6)
        found.beyond.push(`${number}: ${item.str}`);
    }
    for (const { url, unsafeUrl, actions } of await page.getAnnotations())
      if (url ?? unsafeUrl ?? actions) found.links.push(JSON.stringify([url, unsafeUrl, actions]));
  }
  expect(await document.getJSActions()).toBeNull();
  const { info } = await document.getMetadata();
  const title = String((info as { Title?: unknown }).Title ?? "");
  await document.destroy();
  return { ...found, title };
}

async function beyond(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollWidth - innerWidth;
  });
}
