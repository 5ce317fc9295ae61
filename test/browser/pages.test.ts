import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "puppeteer";
import { beforeAll, expect, test } from "vitest";

import { isLong, isTurn } from "../long.js";
import type { SampleSite } from "../sampleSite.js";
import { harmOf } from "./harm.js";
import { closePage, drawn, literals, openPage } from "./openPage.js";
import { servedSite } from "./servedSite.js";

let site: SampleSite;
let pages: string[];
let browser: Browser;
let address: string;

beforeAll(async () => {
  const served = await servedSite("/kpi/");
  ({ site, browser, address } = served);
  pages = (readdirSync(site.dist, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".html"))
    .sort();
  return served.close;
});

const testOnce = test.skipIf(isLong);

testOnce("every page exists in both languages", () => {
  const chinese = pages.filter((page) => !page.startsWith("en/"));
  const english = pages.filter((page) => page.startsWith("en/")).map((page) => page.slice("en/".length));
  expect(english).toEqual(chinese);
  expect(chinese).toContain("index.html");
  expect(chinese).toContain("kpi/churn_rate.html");
});

testOnce("pages link and load by relative addresses only", () => {
  for (const page of pages) {
    const html = readFileSync(join(site.dist, page), "utf8");
    expect(html.match(/(?:href|src)="(?:\/|https?:)[^"]*"/g), page).toBeNull();
    expect(html.match(/from "(?:\/|https?:)[^"]*"/g), page).toBeNull();
  }
});

/**
 * Of pages that there are many of every sixth, by turns in one language or the other, and one of a KPI without data; in
 * `npm run test:long` the others.
 */
const visited = () => {
  const many = pages.filter((path) => /^(kpi|fishbone|scorecard)\//.test(path));
  const some = many.flatMap(
    (path, at) => [[path], [], [], [], [], [], [`en/${path}`], [], [], [], [], []][at % 12] ?? [],
  );
  some.push("kpi/gross_revenue_retention.html");
  const isOfTest = (path: string) => !many.includes(path.replace(/^en\//, "")) || some.includes(path);
  return pages.filter((path) => !path.endsWith("report.html") && isTurn(isOfTest(path)));
};

test("every page draws under /kpi/ without a complaint, a request to elsewhere, or a sideways scroll", async () => {
  const opened = await openPage(browser, address, "index.html");
  const { page, complaints } = opened;
  for (const path of visited()) {
    await page.setViewport({ width: 1440, height: 900 });
    await page.goto(`${address}${path}`, { waitUntil: "load" });
    await drawn(page);
    const facts = await page.evaluate(() => ({
      language: document.documentElement.lang,
      title: document.title,
      heading: document.querySelector("h1")?.textContent ?? "",
      foot: document.querySelector(".build-line")?.textContent ?? "",
      errors: document.querySelectorAll(".observablehq--error").length,
      nothing: [...document.querySelectorAll("#observablehq-main > *")].filter(
        (one) => one.textContent === "null",
      ).length,
    }));
    expect(complaints, path).toEqual([]);
    expect(facts.language, path).toBe(path.startsWith("en/") ? "en" : "zh-CN");
    expect(facts.title, path).toMatch(/ · Herringbone$/);
    expect(facts.heading, path).not.toBe("");
    expect(facts.foot, path).toMatch(/20\d{6}-\d{6}-[0-9a-f]{8}/);
    expect([facts.errors, facts.nothing], path).toEqual([0, 0]);
    expect(await literals(page), path).toEqual([]);
    for (const width of [1024, 768, 390]) {
      await page.setViewport({ width, height: 844 });
      expect(await page.evaluate(widestOverflow), `${path} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
  await closePage(opened);
}, 600_000);

/** By how many px the page is wider than the screen, once it has followed a change of width. */
async function widestOverflow(): Promise<number> {
  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  return document.documentElement.scrollWidth - innerWidth;
}

testOnce(
  "names that are more than text to a browser stay text",
  async () => {
    const name = `</script><img class=hostile src=http://hostile.invalid onerror=hostile=1>" onmouseover="hostile=1`;
    const opened = await openPage(browser, address, "en/index.html");
    const { page, complaints } = opened;
    await page.setCacheEnabled(false);
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const path = new URL(request.url()).pathname.replace(/^\/kpi\//, "");
      if (!path.endsWith(".json")) return void request.continue();
      const text = readFileSync(join(site.dist, decodeURIComponent(path)), "utf8");
      // Labels in either language, and what the sample calls its things.
      const body = text
        .replaceAll(
          /"(zh-CN|en|zh)":"((?:[^"\\]|\\.)*)"/g,
          (_, key, label) => `"${key}":${escaped(label, name)}`,
        )
        .replaceAll(/(?<=[:[,])"([^"\\]*[\u4e00-\u9fff][^"\\]*)"(?=[,}\]])/g, (_, word) =>
          escaped(word, name),
        );
      void request.respond({ contentType: "application/json", body });
    });
    for (const path of [
      "en/index.html",
      "en/fishbone.html",
      "kpi/csat.html",
      "en/benefits.html",
      "quality.html",
    ]) {
      await page.goto(`${address}${path}`, { waitUntil: "load" });
      await drawn(page);
      const { harm, texts } = await page.evaluate(harmOf);
      expect([harm, complaints], path).toEqual([[], []]);
      if (!path.startsWith("quality")) expect(texts.join("\n"), path).toContain(name);
    }
    await page.setRequestInterception(false);
    await page.setCacheEnabled(true);
    await closePage(opened);
  },
  120_000,
);

const escaped = (word: string, name: string) => `"${word}${JSON.stringify(name).slice(1)}`;

testOnce(
  "English pages hold no Chinese but the data's own words",
  async () => {
    for (const path of ["en/index.html", "en/fishbone.html", "en/quality.html", "en/kpis.html"]) {
      const opened = await openPage(browser, address, path);
      const words = await opened.page.evaluate(() => {
        const main = document.querySelector("#observablehq-main")?.cloneNode(true) as HTMLElement;
        for (const cited of main.querySelectorAll(".shown")) cited.remove();
        return main.textContent?.match(/[\u4e00-\u9fff]+/g) ?? [];
      });
      expect(words, path).toEqual([]);
      await closePage(opened);
    }
  },
  120_000,
);

testOnce("the overview fits 1440 × 900", async () => {
  const opened = await openPage(browser, address, "index.html");
  expect(await opened.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(900);
  expect(await opened.page.$$eval(".card", (cards) => cards.length)).toBe(8);
  await closePage(opened);
});

testOnce("the language switch keeps page and choice", async () => {
  const opened = await openPage(browser, address, "kpi/churn_rate.html?grain=quarter&by=segment");
  await Promise.all([
    opened.page.waitForNavigation({ waitUntil: "networkidle0" }),
    opened.page.click("a.language"),
  ]);
  expect(opened.page.url()).toBe(`${address}en/kpi/churn_rate.html?by=segment&grain=quarter`);
  expect(await opened.page.$eval(".selected", (text) => text.textContent)).toBe(
    "Showing the whole company, by quarter, split by segment",
  );
  await closePage(opened);
});

testOnce("the theme follows the system until it is switched, then stays", async () => {
  const opened = await openPage(browser, address, "fishbone.html", { theme: "dark" });
  const ground = () => opened.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await opened.page.click("button.theme");
  const light = await ground();
  expect(light).not.toBe(dark);
  await opened.page.goto(`${address}index.html`, { waitUntil: "networkidle0" });
  expect(await ground()).toBe(light);
  await closePage(opened);
});

testOnce(
  "the dictionary keeps its lineage folded, with all columns in it",
  async () => {
    const opened = await openPage(browser, address, "en/kpis.html");
    const folded = await opened.page.$$eval(".entry", (all) =>
      all.map((entry) => {
        const lineage = entry.querySelector<HTMLDetailsElement>("details.lineage");
        const told = Number(
          /(\d+) contract columns/.exec(lineage?.querySelector("summary")?.textContent ?? "")?.[1],
        );
        return { isOpen: lineage?.open, told, linked: lineage?.querySelectorAll("a").length };
      }),
    );
    expect(folded.length).toBeGreaterThan(40);
    for (const { isOpen, told, linked } of folded) {
      expect(isOpen).toBe(false);
      expect(told).toBe(linked);
      expect(told).toBeGreaterThan(0);
    }
    await closePage(opened);
  },
  60_000,
);
