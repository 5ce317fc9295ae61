import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "puppeteer";
import { beforeAll, describe, expect, test } from "vitest";

import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { isTurn } from "../long.js";
import { sampleSite } from "../sampleSite.js";
import { drawn, literals } from "./openPage.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** One page of every kind, seen in one language, in `npm run test:long` in the other. */
const kinds = [
  "index",
  "fishbone",
  "problems",
  "scorecards",
  "assessment",
  "weights",
  "benefits",
  "benefit/I01",
  "kpis",
  "quality",
  "reconciliations",
  "contract",
  "report",
  "kpi/churn_rate",
  "kpi/first_response_time",
  "kpi/market_share",
];
const queries: Record<string, string> = {
  "kpi/churn_rate": "?by=segment&region=xx",
  "kpi/first_response_time": "?by=channel",
};

let dist: string;
beforeAll(async () => {
  ({ dist } = await sampleSite());
});

describe("the pages of the site", () => {
  test.each(["", "en/"])(
    "/%s have no serious finding of axe in light or dark, can be enlarged, and say neither null nor NaN",
    async (folder) => {
      const found: string[] = [];
      await withStaticServer({ root: dist, base: "/" }, (address) =>
        withBrowser(async (browser) => {
          const page = await browser.newPage();
          await page.setViewport({ width: 1440, height: 900 });
          for (const [at, name] of kinds.entries()) {
            if (!isTurn((at % 2 === 0) === (folder === ""))) continue;
            await page.goto(`${address}${folder}${name}.html${queries[name] ?? ""}`);
            await drawn(page);
            for (const word of await literals(page)) found.push(`${name}: ${word}`);
            await page.evaluate(axe);
            // Colours know no language: of each kind they are seen in dark once.
            const themes = isTurn(at % 3 === 0) ? (["light", "dark"] as const) : (["light"] as const);
            for (const theme of themes)
              for (const finding of await findings(page, theme)) found.push(`${name} ${theme}: ${finding}`);
          }
        }),
      );
      expect(found).toEqual([]);
    },
    900_000,
  );
});

/**
 * What axe calls serious or critical, and whatever keeps a reader from enlarging the page; in dark only the colours,
 * since nothing else differs.
 */
async function findings(page: Page, theme: "light" | "dark"): Promise<string[]> {
  return page.evaluate(async (chosen) => {
    document.documentElement.dataset.theme = chosen;
    const { run } = (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe;
    const { violations } = await run({
      resultTypes: ["violations"],
      ...(chosen === "dark" && { runOnly: { type: "rule", values: ["color-contrast"] } }),
    });
    return violations
      .filter(({ id, impact }) => id === "meta-viewport" || impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)}`);
  }, theme);
}
