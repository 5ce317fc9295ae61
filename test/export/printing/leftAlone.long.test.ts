import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packsFolder } from "../../../src/catalogue/packs.js";
import { planPrints } from "../../../src/export/planPrints.js";
import { printBatch } from "../../../src/export/printBatch.js";
import type { Paper } from "../../../src/published/packTypes.js";
import type { Language } from "../../../src/words/languages.js";
import { sampleSite } from "../../sampleSite.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { leftAlone } from "./leftAlone.js";

const folder = temporaryFolder("left-alone");
const packs = ["kpi-report", "benefits", "scorecard", "service-quality"];

/** Prints packs of a site, and finds the headings that stand alone, by file. */
async function alone(dist: string, lang: Language, paper: Paper, packs: readonly string[]) {
  const { prints } = planPrints(dist, packsFolder, { packs, lang, paper });
  const named = prints.map((print, at) => ({ ...print, out: join(folder, `${lang}-${paper}-${at}.pdf`) }));
  await printBatch({ dist, prints: named, concurrency: 1, done: () => undefined });
  const found = await Promise.all(named.map(({ out }) => leftAlone(out)));
  return Object.fromEntries(named.map(({ file }, at) => [file, found[at] ?? []]));
}

it.each([
  ["zh-CN", "A4"],
  ["zh-CN", "Letter"],
  ["en", "A4"],
  ["en", "Letter"],
] as const)("no page of a print ends with a heading: %s, %s", { timeout: 300_000 }, async (lang, paper) => {
  const { dist } = await sampleSite();
  const found = await alone(dist, lang, paper, packs);
  expect(Object.keys(found)).toHaveLength(packs.length);
  for (const [file, headings] of Object.entries(found)) expect(headings, file).toEqual([]);
});

it("headings are seen that no rule keeps with what they are of", { timeout: 300_000 }, async () => {
  const dist = join(folder, "dist");
  cpSync((await sampleSite()).dist, dist, { recursive: true });
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".css")) continue;
    const file = join(dist, name);
    const style = readFileSync(file, "utf8");
    writeFileSync(file, style.replaceAll(/break-(after|before): *avoid/g, "break-$1: auto"));
  }
  const found = await alone(dist, "zh-CN", "Letter", ["kpi-report"]);
  expect(Object.values(found).flat()).not.toEqual([]);
});
