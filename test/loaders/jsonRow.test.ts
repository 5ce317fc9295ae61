import fc from "fast-check";
import { expect, it } from "vitest";
import { readRow } from "../../loaders/json/row.js";

const word = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"京"',
    '""',
    '"\\u4eac"',
    '"a\\"b"',
    "1.10",
    "-0",
    "1e3",
    "12345678901234567890",
    "01",
    "1.",
    "+1",
  ),
  fc.constantFrom("true", "false", "null", "nul", "NaN", "'a'", '"\t"', '"\u0000"', "[1.0]", '{"b":1.50}'),
);
const blank = fc.constantFrom("", " ", "\n", "\t ", "\u00a0");
const member = fc
  .tuple(blank, fc.constantFrom('"a"', '"b"', '"b"', '"京"', '"\\u0061"', "c"), blank, word, blank)
  .map(([one, key, two, value, three]) => `${one}${key}${two}:${three}${value}${one}`);
const object = fc
  .tuple(fc.array(member, { maxLength: 4 }), fc.constantFrom("}", "} ", "}}", "", ",}"))
  .map(([members, end]) => `{${members.join(",")}${end}`);

it("gives a flat row just what it gives a row with something nested beside, which the parser reads", () => {
  const cells = (text: string) => {
    const read = readRow(Buffer.from(text));
    return "cells" in read ? Object.fromEntries(read.cells) : read.rule;
  };
  let rows = 0;
  fc.assert(
    fc.property(object, (text) => {
      const beside = text.replace("{", /^\{\s*\}/.test(text) ? '{"nested":[]' : '{"nested":[],');
      const [flat, parsed] = [cells(text), cells(beside)];
      if (typeof flat !== "string") rows++;
      expect(typeof flat === "string" ? flat : { ...flat, nested: "[]" }).toEqual(parsed);
    }),
    { numRuns: 3000 },
  );
  expect(rows).toBeGreaterThan(300);
});
