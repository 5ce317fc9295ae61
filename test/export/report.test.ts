import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { withWarehouse } from "../../src/warehouse/open.js";
import { pages } from "../../src/words/languages.js";
import { isLong, isTurn } from "../long.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { type OutlineEntry, type ReadPdf, readPdf } from "./readPdf.js";
import { printReport, sampleReport } from "./sampleReport.js";

interface Labelled {
  id: string;
  label: { zh: string; en: string };
}

let site: SampleSite;
const out = temporaryFolder("report");
let build: { id: string; asOf: string };
let kpis: Labelled[];
let branches: Labelled[];
/** Fishbones and problems each have a lying page. */
let lying: number;

beforeAll(async () => {
  site = await sampleSite();
  const catalogue = (name: string) => parse(readFileSync(join(site.root, "data", "catalog", name), "utf8"));
  const { fishbones, problems } = catalogue("fishbones.yaml");
  const [fishbone] = fishbones;
  lying = fishbones.length + problems.length;
  branches = fishbone.branches;
  const shown = [
    ...fishbone.success_factors,
    ...fishbone.branches.flatMap((branch: { kpis: string[] }) => branch.kpis),
  ];
  kpis = catalogue("kpis.yaml").kpis.filter(({ id }: Labelled) => shown.includes(id));
  const sql = "select build_id, as_of_on::varchar from config.settings";
  const [row] = await withWarehouse(site.warehouse, async (db) => (await db.runAndReadAll(sql)).getRows());
  build = { id: String(row?.[0]), asOf: String(row?.[1]) };
});

const flat = (entries: OutlineEntry[]): OutlineEntry[] =>
  entries.flatMap((entry) => [entry, ...flat(entry.children)]);

// In Chinese, in `npm run test:long` in English.
const languages = [
  {
    lang: "zh-CN",
    key: "zh",
    page: (at: number, of: number) => `第 ${at} 页，共 ${of} 页`,
  },
  {
    lang: "en",
    key: "en",
    page: (at: number, of: number) => `Page ${at} of ${of}`,
  },
] as const;

describe.each(languages.filter(({ lang }) => isTurn(lang === "zh-CN")))(
  "the report in $lang",
  ({ lang, key, page }) => {
    let first: string;
    let pdf: ReadPdf;

    beforeAll(async () => {
      first = await sampleReport(lang);
      pdf = await readPdf(first);
    });

    test("is A4 with the fishbones lying", () => {
      const sizes = pdf.pages.map(({ width, height }) => `${Math.round(width)}x${Math.round(height)}`);
      expect(new Set(sizes)).toEqual(new Set(["595x842", "842x595"]));
      expect(sizes.filter((size) => size === "842x595")).toHaveLength(lying);
    });

    test("has title, language, the data's date and the build in its metadata", () => {
      expect(pdf.info.Title).toBe(key === "zh" ? "客户关键绩效报告" : "Customer KPI report");
      expect(pdf.info.Subject).toMatch(
        key === "zh" ? /客户关系对接部、售后服务部/ : /Customer relations, After-sales/,
      );
      expect(pdf.lang).toBe(lang);
      expect(pdf.info.CreationDate).toMatch(new RegExp(`^D:${build.asOf.replaceAll("-", "")}`));
      expect(pdf.info.ModDate).toBe(pdf.info.CreationDate);
      expect(pdf.info.Keywords).toBe(build.id);
      expect(pdf.isTagged).toBe(true);
    });

    test("numbers its pages, and says build and data date on each", () => {
      const [year, month, day] = build.asOf.split("-").map(Number);
      const date = key === "zh" ? `${year}年${month}月${day}日` : new RegExp(`${day} \\w{3} ${year}`);
      pdf.pages.forEach(({ text }, index) => {
        expect(text).toContain(page(index + 1, pdf.pages.length));
        expect(text).toContain(build.id);
        expect(text).toMatch(date);
      });
    });

    test("has no empty page, and behind the cover none of a line or two", () => {
      const lengths = pdf.pages.map(({ text }) => text.length);
      expect(lengths[0]).toBeGreaterThan(120);
      for (const length of lengths.slice(1)) expect(length).toBeGreaterThan(key === "zh" ? 250 : 450);
    });

    test("is printed at its own size, not shrunk to make something wide fit", () => {
      expect(pdf.pages[0]?.sizes).toContain(10);
      expect(pdf.pages.at(-1)?.sizes).toContain(9);
    });

    test("names every KPI and every branch, and finds them by text", () => {
      const text = pdf.pages.map((each) => each.text).join(" ");
      for (const { label } of [...kpis, ...branches]) expect(text).toContain(label[key]);
      expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    });

    test("draws no heading twice", () => {
      for (const { title } of flat(pdf.outline)) {
        const half = title.slice(0, title.length / 2);
        expect(half + half, title).not.toBe(title);
      }
    });

    test("has a bookmark for each branch and each KPI, on the page that shows it", () => {
      const entries = flat(pdf.outline);
      for (const { label } of [...kpis, ...branches]) {
        const entry = entries.find(({ title }) => title.startsWith(label[key]));
        expect(entry, label[key]).toBeDefined();
        expect(pdf.pages[(entry?.page ?? 0) - 1]?.text).toContain(label[key]);
      }
    });

    test("has the pages of its contents right", () => {
      const entries = flat(pdf.outline);
      for (const { label } of branches) {
        const at = entries.find(({ title }) => title.startsWith(label[key]))?.page;
        expect(pdf.pages[1]?.text).toContain(`${label[key]} ${at}`);
      }
    });

    test("numbers figures and tables without a gap", () => {
      const text = pdf.pages.map((each) => each.text).join(" ");
      for (const word of key === "zh" ? ["图", "表"] : ["Figure", "Table"]) {
        const numbers = [...text.matchAll(new RegExp(`(?:^|\\s)${word} (\\d+) `, "g"))].map(([, number]) =>
          Number(number),
        );
        const found = [...new Set(numbers)].sort((a, b) => a - b);
        expect(found).toEqual(found.map((_, index) => index + 1));
        expect(found.length).toBeGreaterThan(4);
      }
    });

    test("has all charts of an initiative on one page, of one that still runs its trend alone", () => {
      const { trend, effects, study, time, space } = pages(lang).benefits;
      const bare = (text: string) => text.replace(/\s+/g, "");
      const drawnOn = (name: string, shown: string) =>
        pdf.pages.flatMap(({ text }, at) => {
          const caption = bare(`${name}${pages(lang).punctuation.colon}${shown}`);
          return bare(text).includes(caption) ? [at + 1] : [];
        });
      const names =
        lang === "en"
          ? ["Regional dispatch centre", "Twice as many follow-up calls", "Event invitations redesigned"]
          : ["区域派单中心", "加倍回访电话", "客户活动邀约改版"];
      const [deskName = "", callsName = "", eventsName = ""] = names;
      const desk = [trend.shown, effects.shown, study.shownDid, time.shown, space.shown].map((shown) =>
        drawnOn(deskName, shown),
      );
      const calls = [trend.shown, effects.shown, study.shownDid, time.shown].map((shown) =>
        drawnOn(callsName, shown),
      );
      const [[first = 0] = [], [second = 0] = []] = [desk[0], calls[0]];
      expect(desk).toEqual(Array(5).fill([first]));
      expect(calls).toEqual(Array(4).fill([second]));
      expect([first > 0, second > first]).toEqual([true, true]);
      expect(drawnOn(eventsName, trend.shownAlone)).toHaveLength(1);
      expect(drawnOn(eventsName, effects.shown)).toEqual([]);
    });

    test("shows both equations of the data contract", () => {
      const text = pdf.pages.map((each) => each.text).join(" ");
      const [files, tables] =
        key === "zh"
          ? [
              /读取 ([\d,]+) = 接受 ([\d,]+) \+ 拒绝 ([\d,]+)/,
              /映射 ([\d,]+) = 载入 ([\d,]+) \+ 隔离 ([\d,]+) \+ 重复 ([\d,]+)/,
            ]
          : [
              /([\d,]+) read = ([\d,]+) accepted \+ ([\d,]+) rejected/,
              /([\d,]+) mapped = ([\d,]+) loaded \+ ([\d,]+) quarantined \+ ([\d,]+) duplicates/,
            ];
      for (const equation of [files, tables]) {
        const [total = 0, ...parts] = (equation.exec(text) ?? [])
          .slice(1)
          .map((part) => Number(part.replaceAll(",", "")));
        expect(total).toBeGreaterThan(0);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      }
    });

    test("embeds its own fonts as outlines, none of the machine's, and links to nothing outside", () => {
      for (const font of pdf.fonts) {
        expect(font).toMatchObject({ subtype: "CIDFontType2", isEmbedded: true });
        expect(font.name).toContain("NotoSansSC");
      }
      expect(pdf.addresses).toEqual([]);
    });

    // That packs are is told by `reproducible` in `npm test`.
    test.runIf(isLong)("is the same when exported again", async () => {
      expect(await printReport({ dist: site.dist, out, lang })).toEqual([]);
      expect(readFileSync(join(out, basename(first))).equals(readFileSync(first))).toBe(true);
    });
  },
);
