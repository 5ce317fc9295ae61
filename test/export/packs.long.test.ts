import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packIds, packsFolder } from "../../src/catalogue/packs.js";
import { exportCommand } from "../../src/cli/export.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
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

describe.each(["zh-CN", "en"] as const)("packs in %s", (lang) => {
  const files: string[] = [];
  const read = new Map<string, ReadPdf>();

  beforeAll(async () => {
    const site = await sampleSite();
    const silent = { write: () => true };
    const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
    for (const { name, pack, options } of orders) {
      const folder = join(out, lang, name);
      await exportCommand([pack], { dist: site.dist, out: folder, quiet: true, lang, ...options }, effects);
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
      });
      for (const font of pdf.fonts) expect(font).toMatchObject({ subtype: "CIDFontType2", isEmbedded: true });
    },
  );

  it("a sheet of an employee takes two pages at most, a page for leadership eight", () => {
    expect(read.get("sheet")?.pages.length).toBeLessThanOrEqual(2);
    expect(read.get("leadership")?.pages.length).toBeLessThanOrEqual(8);
  });

  it("Letter is Letter", () => {
    const sizes = new Set(
      read.get("quarter")?.pages.map(({ width, height }) => `${Math.round(width)}x${Math.round(height)}`),
    );
    expect([...sizes].every((size) => size === "612x792" || size === "792x612")).toBe(true);
  });
});
