import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const folder = join(import.meta.dirname, "../../reports");
const second = "[lang]";

it("pages use none of what would have to be fetched", () => {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".md") && !name.includes(".observablehq"),
  );
  for (const page of pages)
    expect(readFileSync(join(folder, page), "utf8"), page).not.toMatch(/\b(html|svg|md|tex|dot|mermaid)`/);
});

it("pages are the same in both languages, but for the way to their style", () => {
  const pages = readdirSync(join(folder, second), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".md"),
  );
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    const [one, other] = [folder, join(folder, second)].map((from) => readFileSync(join(from, page), "utf8"));
    expect(other?.replaceAll("style: ../", "style: "), page).toBe(one);
  }
});

it("a message takes the same in both languages: what one tells the other tells too", () => {
  const arities = (messages: object, path = ""): [string, number][] =>
    Object.entries(messages).flatMap(([name, one]): [string, number][] => {
      if (typeof one === "function") return [[`${path}${name}`, one.length]];
      return typeof one === "object" && one !== null ? arities(one, `${path}${name}.`) : [];
    });
  expect(arities(en)).toEqual(expect.arrayContaining(arities(zhCN)));
});
