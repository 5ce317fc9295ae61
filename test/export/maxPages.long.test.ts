import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { unprinted } from "../../src/answers/printedFigures.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { packsFolder } from "../../src/catalogue/packs.js";
import { readCarried } from "../../src/export/carried/readCarried.js";
import { planPrints } from "../../src/export/planPrints.js";
import { printBatch } from "../../src/export/printBatch.js";
import type { Language } from "../../src/words/languages.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("maxPages");

/** Prints the leadership pack, for which so many pages are allowed. */
async function print(most: number, lang: Language): Promise<{ out: string; pages: number }> {
  const { dist } = await sampleSite();
  const packs = join(folder, `${most}-${lang}`);
  mkdirSync(packs);
  const pack = readFileSync(join(packsFolder, "leadership.yaml"), "utf8");
  writeFileSync(
    join(packs, "leadership.yaml"),
    pack.replace(/^max_pages: \d+$/m, () => `max_pages: ${most}`),
  );
  const { prints } = planPrints(dist, packs, { packs: ["leadership"], lang });
  const out = join(packs, "leadership.pdf");
  let pages = 0;
  await printBatch({
    dist,
    prints: prints.map((one) => ({ ...one, out })),
    concurrency: 1,
    done: (_, result) => {
      pages = result.pages;
    },
  });
  return { out, pages };
}

it.each(["zh-CN", "en"] as const)(
  "a pack of fewer pages than its lists fill has shorter ones, and carries what it shows, in %s",
  async (lang) => {
    const { out, pages } = await print(5, lang);
    expect(pages).toBe(5);
    const { figures, text } = await readCarried(out);
    expect(figures.values.length).toBeGreaterThan(10);
    expect(unprinted(readCatalogue("data/catalog").kpis, figures, text)).toEqual([]);
  },
);

it("one that does not keep to its pages with the shortest is refused, and none is left", async () => {
  await expect(print(2, "en")).rejects.toThrow(/leadership\.pdf has \d pages.*allows 2/);
  expect(existsSync(join(folder, "2-en", "leadership.pdf"))).toBe(false);
});
