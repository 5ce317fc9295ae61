import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNames } from "../../src/export/fileNames.js";
import { folderOfTest } from "../temporaryFolder.js";

const others = "service-quality.2026-Q1.zh";
const namesOf = (...values: string[]) => [...fileNames(values, others).values()];

test("a value stands as it is as far as file systems take it", () => {
  expect(namesOf("East", "华东大区", "São Paulo", "R&D (new)", "CON")).toEqual([
    "East",
    "华东大区",
    "São Paulo",
    "R&D (new)",
    "CON",
  ]);
  expect(namesOf("../../etc/passwd")).toEqual(["_/../etc/passwd".replaceAll("/", "_")]);
  expect(namesOf("..", ".", "East.", " East", "")).toEqual(["_", "__2", "East_", "_East", "__3"]);
  expect(namesOf("a\u0000b\nc\u007f")).toEqual(["a_b_c_"]);
  // What turns the reading round, is not seen, or is half a letter.
  expect(namesOf("fdp.\u202Eexe", "Ea\u200Bst", "\uFEFFEast", "a\u2028b", "\uD800x")).toEqual([
    "fdp._exe",
    "Ea_st",
    "_East",
    "a_b",
    "_x",
  ]);
});

test("names that would be the same, or the same but for case, are told apart, whichever are printed", () => {
  const all = ["a/b", "a:b", "a_b", "A_b", "a_b_2", "a_b.2"];
  const names = fileNames(all, others);
  expect(names.get("a_b")).toBe("a_b");
  expect(names.get("a_b_2")).toBe("a_b_2");
  expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(all.length);
  // A letter with its accent apart is the same letter.
  expect(new Set(namesOf("Zu\u0308rich", "Z\u00fcrich")).size).toBe(2);
});

test("no value looks like what else stands in a name: a period, a language, a number, that it is locked", () => {
  expect(
    namesOf("East.2026-06", "East.2026-Q2.en", "East.EN", "East.locked", "East.2", "St. Louis", "East.end"),
  ).toEqual(["St. Louis", "East.end", "East_2026-06", "East_2026-Q2_en", "East_EN", "East_locked", "East_2"]);
  // Nor where it is cut.
  const long = `${"a".repeat(176)}.2026-06`;
  const [cut = ""] = namesOf(`${long}-and-on-and-on-and-on-and-on-and-on-and-on-and-on`);
  expect(cut.length).toBeLessThan(200);
  expect(cut).not.toContain(".");
});

test("200 Chinese characters are shortened to what a name may have, with all that stands beside them", () => {
  const long = "华".repeat(200);
  const [one = "", two = ""] = namesOf(`${long}东`, `${long}西`);
  expect(one).not.toBe(two);
  expect(one.startsWith("华".repeat(60))).toBe(true);
  const folder = folderOfTest("names");
  mkdirSync(folder, { recursive: true });
  for (const name of [one, two])
    writeFileSync(join(folder, `service-quality.${name}.2026-Q1.zh.locked.xlsx.4194304.tmp`), "");
  expect(readdirSync(folder)).toHaveLength(2);
  // A letter of two units is not cut in half.
  expect(namesOf("😀".repeat(100))[0]).toMatch(/^(😀)+$/u);
});

test("any values give as many names that every file system takes", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: "binary", maxLength: 300 }), { maxLength: 30 }),
      (values) => {
        const names = [...fileNames(values, others).values()];
        expect(new Set(names.map((name) => name.normalize("NFC").toLowerCase())).size).toBe(values.length);
        for (const name of names) {
          expect(name).not.toMatch(/[\p{Cc}\p{Cf}<>:"/\\|?*]|^[. ]|[. ]$|^$/u);
          expect(Buffer.byteLength(`${others}.${name}.locked.xlsx.4194304.tmp`)).toBeLessThanOrEqual(255);
        }
      },
    ),
  );
});
