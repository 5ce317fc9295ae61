import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packIds, packsFolder } from "../../src/catalogue/packs.js";
import { exportCommand } from "../../src/cli/export.js";
import { least } from "../../src/statistics/extremes.js";
import { pages, report } from "../../src/words/languages.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { cutFigures, textsBeyond } from "./cutFigures.js";
import { brokenLines, halfEmpty, loneHeadings } from "./pageFaults.js";
import { difference } from "./pictures.js";
import { type ReadPdf, readPdf } from "./readPdf.js";
import { uaFaults } from "./uaFaults.js";

const out = temporaryFolder("allPacks");
const packs = packIds(packsFolder).filter((id) => id !== "feedback");
/** What is printed: every pack, some for a part of the company, and a sheet of one employee. */
const orders = [
  ...packs.map((pack) => ({ name: pack, pack, options: {} })),
  { name: "region", pack: "leadership", options: { for: "region=华东" } },
  { name: "quarter", pack: "service-quality", options: { period: "2026-Q1", paper: "Letter" as const } },
  { name: "sheet", pack: "feedback", options: { for: "employee=E00024" } },
];

/** The pages by which a pack is known. */
const keyPages = [
  { name: "leadership", page: 1 },
  { name: "leadership", page: 2 },
  { name: "scorecard", page: 2 },
  { name: "benefits", page: 2 },
  { name: "sheet", page: 1 },
];

/** What stands at the heads of pages. */
function sectionNames(lang: "zh-CN" | "en"): string[] {
  const { summary, appendix, signoff } = report(lang);
  const { nav, benefits, weights, assessment, problems } = pages(lang);
  return [
    appendix.name,
    signoff.name,
    summary.name,
    nav.scorecards,
    benefits.name,
    weights.name,
    assessment.name,
    problems.name,
    nav.quality,
  ];
}

describe.each([
  { lang: "zh-CN", paper: {} },
  { lang: "en", paper: { paper: "Letter" } },
] as const)("packs in $lang", ({ lang, paper }) => {
  const files: string[] = [];
  const read = new Map<string, ReadPdf>();

  beforeAll(async () => {
    const site = await sampleSite();
    const silent = { write: () => true };
    const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
    for (const { name, pack, options } of orders) {
      const folder = join(out, lang, name);
      const common = { dist: site.dist, out: folder, quiet: true, lang, ...paper };
      await exportCommand([pack], { ...common, ...options }, effects);
      const { files: made } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
      const [file] = made.map((one: { file: string }) => join(folder, one.file));
      files.push(file);
      read.set(name, await readPdf(file));
    }
  }, 600_000);

  it("pass PDF/UA-1", async (context) => {
    const result = await uaFaults(files);
    if ("skipped" in result) return context.skip(result.skipped);
    for (const [at, faults] of result.faults.entries())
      expect({ file: files[at], faults }).toMatchObject({ faults: [] });
  }, 300_000);

  it.each(orders)(
    "$name has no empty page, its title in the metadata, and its pages numbered",
    ({ name }) => {
      const pdf = read.get(name) as ReadPdf;
      expect(pdf.info.Title).toMatch(/\S/);
      expect(pdf.lang).toBe(lang);
      pdf.pages.forEach(({ text }, at) => {
        expect(text.length).toBeGreaterThan(120);
        const { length } = pdf.pages;
        const number = lang === "en" ? `Page ${at + 1} of ${length}` : `第 ${at + 1} 页，共 ${length} 页`;
        expect(text).toContain(number);
        expect(text).toMatch(
          lang === "en"
            ? /Data to 30 Jun 2026\s*·\s*build \d{8}-/
            : /数据截至 2026年6月30日\s*·\s*构建 \d{8}-/,
        );
      });
      for (const font of pdf.fonts) expect(font).toMatchObject({ subtype: "CIDFontType2", isEmbedded: true });
    },
  );

  it("a sheet of an employee takes one page, a pack for leadership eight at most", () => {
    expect(read.get("sheet")?.pages).toHaveLength(1);
    expect(read.get("leadership")?.pages.length).toBeLessThanOrEqual(8);
    expect(read.get("region")?.pages.length).toBeLessThanOrEqual(8);
  });

  it.each(orders)("$name has no page that breaks the rules of paper", ({ name }) => {
    const pdf = read.get(name) as ReadPdf;
    const heads = sectionNames(lang);
    expect(halfEmpty(pdf, heads).length).toBeLessThanOrEqual(pdf.pages.length * 0.05);
    expect(loneHeadings(pdf)).toEqual([]);
    expect(brokenLines(pdf)).toEqual([]);
    const smallest = least(pdf.pages.flatMap(({ sizes }) => sizes));
    expect(smallest).toBeGreaterThan(5);
  });

  it.each(orders)(
    "$name has no figure cut where a page ends, and no text in the margins",
    async ({ name }) => {
      const file = files[orders.findIndex((order) => order.name === name)] ?? "";
      const { figures, cut } = await cutFigures(file);
      if (["kpi-report", "scorecard", "benefits", "service-quality"].includes(name))
        expect(figures).toBeGreaterThan(0);
      expect(cut).toEqual([]);
      expect(await textsBeyond(file)).toEqual([]);
    },
  );

  it("every pack with scores or KPIs says what they mean, which weights hold, and how to make it again", () => {
    for (const name of packs.filter((pack) => pack !== "quality-certificate")) {
      const text = (read.get(name)?.pages ?? []).map((page) => page.text).join(" ");
      const { appendix } = report(lang);
      for (const part of [
        appendix.again,
        `npx herringbone export ${name} ${lang === "en" ? "--paper Letter " : ""}--lang ${lang}`,
      ])
        expect(text).toContain(part);
      if (["leadership", "scorecard", "kpi-report"].includes(name))
        expect(text).toContain(appendix.weights.head);
    }
  });

  it("values that are immature or of few cases have their footnote", () => {
    const bare = (words: string) => words.replace(/\s+/g, "");
    const text = (name: string) => (read.get(name)?.pages ?? []).map((page) => bare(page.text)).join("");
    const { footnotes } = report(lang);
    const day = lang === "en" ? "29 Sep 2026" : "2026年9月29日";
    expect(text("scorecard")).toContain(bare(footnotes.immature(day)));
    expect(text("sheet")).toContain(bare(footnotes.immature(day)));
    for (const name of ["sheet", "leadership"]) expect(text(name)).toContain(bare(footnotes.few));
  });

  // `npm run pictures` renews them.
  it.each(keyPages)("page $page of $name looks as it did", async ({ name, page }) => {
    const file = files[orders.findIndex((order) => order.name === name)] ?? "";
    const { whole, most } = await difference(`${name}-${page}-${lang}`, file, page);
    expect(whole).toBeLessThan(0.02);
    expect(most).toBeLessThan(0.2);
  });

  it("Letter is Letter", () => {
    const sizes = new Set(
      read.get("quarter")?.pages.map(({ width, height }) => `${Math.round(width)}x${Math.round(height)}`),
    );
    expect([...sizes].every((size) => size === "612x792" || size === "792x612")).toBe(true);
  });
});
