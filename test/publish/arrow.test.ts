import { expect, it } from "vitest";
import { readCube } from "../../reports/components/data/cube.js";
import { arrowStream, numberColumn, wordColumn } from "../../src/publish/arrow.js";

it.each([
  { what: "no rows", words: [], numbers: [] },
  { what: "no words", words: [null, null], numbers: [1, null] },
  { what: "no numbers", words: ["a", null], numbers: [null, null] },
  { what: "words and numbers", words: ["b", "a"], numbers: [0.5, 70_000] },
])("pages read a published table with $what as it was", ({ words, numbers }) => {
  const cube = readCube(arrowStream([wordColumn("word", words), numberColumn("number", numbers)]));
  expect(cube.length).toBe(words.length);
  const column = cube.words.get("word");
  const read = Array.from(
    { length: cube.length },
    (_, row) => column?.words[column.codes[row] ?? -1] ?? null,
  );
  expect(read).toEqual(words);
  const values = cube.numbers.get("number");
  expect(Array.from({ length: cube.length }, (_, row) => values?.[row])).toEqual(
    numbers.map((value) => value ?? Number.NaN),
  );
});
