import { createRequire } from "node:module";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { expect, test } from "vitest";

import { readCube, sumCube } from "../../reports/components/cube.js";
import { arrowStream } from "../../src/site/publish/arrow.js";
import { zip } from "../../src/site/publish/zip.js";

/** What Framework reads archives with. */
const framework = createRequire(
  join(import.meta.dirname, "../../node_modules/@observablehq/framework/package.json"),
);
const JSZip = framework("jszip") as typeof import("jszip");

test("an archive reads back, and the same entries give the same bytes", async () => {
  const entries = [
    { path: "totals.arrow", bytes: Uint8Array.of(1, 2, 3, 0, 255) },
    { path: "cube/流失率.json", bytes: Buffer.from('{"a":"客户"}') },
    { path: "empty.json", bytes: new Uint8Array() },
  ];
  const read = await JSZip.loadAsync(zip(entries), { checkCRC32: true });
  for (const { path, bytes } of entries) {
    expect(await read.file(path)?.async("uint8array")).toEqual(Uint8Array.from(bytes));
  }
  expect(zip(entries)).toEqual(zip(entries));
});

test("columns keep words, numbers and nulls", () => {
  const word = fc.option(fc.constantFrom("East", "华东", "(unknown)", ""), { nil: null });
  const number = fc.option(fc.oneof(fc.nat(70_000), fc.double({ noNaN: true, noDefaultInfinity: true })), {
    nil: null,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(word, number), { maxLength: 300 }), (rows) => {
      const words = rows.map(([value]) => value);
      const numbers = rows.map(([, value]) => value);
      const table = tableFromIPC(
        arrowStream([
          { name: "region", kind: "word", values: words },
          { name: "numerator", kind: "number", values: numbers },
        ]),
      );
      expect(rows.length === 0 ? [] : [...(table.getChild("region") ?? [])]).toEqual(words);
      expect([...(table.getChild("numerator") ?? [])].map((value) => (value === 0 ? 0 : value))).toEqual(
        numbers.map((value) => (value === 0 ? 0 : value)),
      );
    }),
  );
});

test("a cube adds up by what is asked, and its parts add up to the whole", () => {
  const table = tableFromIPC(
    arrowStream([
      { name: "region", kind: "word", values: ["East", "East", "North", "North"] },
      { name: "channel", kind: "word", values: ["phone", "email", "phone", "email"] },
      { name: "numerator", kind: "number", values: [1, 2, 4, 8] },
      { name: "denominator", kind: "number", values: [10, 10, 10, 10] },
    ]),
  );
  const cube = readCube(table);
  expect(sumCube(cube, {}, []).get("")).toMatchObject({ numerator: 15, denominator: 40 });
  expect(sumCube(cube, { region: ["North"] }, []).get("")).toMatchObject({ numerator: 12, denominator: 20 });
  const byChannel = sumCube(cube, {}, ["channel"]);
  expect([...byChannel].map(([key, { numerator }]) => [key, numerator])).toEqual([
    ["phone", 5],
    ["email", 10],
  ]);
  expect(sumCube(cube, { segment: ["x"] }, []).size).toBe(0);
});
