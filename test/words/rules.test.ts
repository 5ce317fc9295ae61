import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { languages, messages, pages } from "../../src/words/languages.js";

/** The rules that what reads and loads gives to rows, lines and columns. */
const given = ["loaders", "src/load", "src/contract"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [
        ...readFileSync(join(folder, file), "utf8").matchAll(
          /\brule(?: =|:) "([a-z_]+)"|^ {2}\| "([a-z_]+)"/gm,
        ),
      ].map(([, named, listed]) => named ?? listed ?? ""),
    ),
);

it.each(languages)("every rule has words on pages and in print: %s", (language) => {
  const told = Object.keys(messages(language)).flatMap((id) => /^rule\.([a-z_]+)$/.exec(id)?.[1] ?? []);
  expect(given).toEqual(expect.arrayContaining(["no_json", "ragged", "nul_byte", "within", "in_future"]));
  const words = pages(language).rule;
  expect([...new Set([...given, ...told])].filter((rule) => !Object.hasOwn(words, rule))).toEqual([]);
});
