import { createRequire } from "node:module";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { expect, test } from "vitest";

import { readCube, sumCube } from "../../reports/components/data/cube.js";
import { arrowStream, numberColumn, wordColumn } from "../../src/publish/arrow.js";
import { zip } from "../../src/publish/zip.js";

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
        arrowStream([wordColumn("region", words), numberColumn("numerator", numbers)]),
      );
      expect(rows.length === 0 ? [] : [...(table.getChild("region") ?? [])]).toEqual(words);
      expect([...(table.getChild("numerator") ?? [])].map((value) => (value === 0 ? 0 : value))).toEqual(
        numbers.map((value) => (value === 0 ? 0 : value)),
      );
    }),
  );
});

test("of a cube, the rows of exactly the dimensions asked for are read", () => {
  const cube = readCube(
    arrowStream([
      wordColumn("region", ["East", "East", "North", "North", "East", "North", null, null, null]),
      wordColumn("channel", ["phone", "email", "phone", "email", null, null, "phone", "email", null]),
      numberColumn("numerator", [1, 2, 4, 8, 16, 32, 64, 128, 256]),
      numberColumn("denominator", [10, 10, 10, 10, 20, 20, 20, 20, 40]),
    ]),
  );
  expect(sumCube(cube, {}, []).get("")).toMatchObject({ numerator: 256, denominator: 40 });
  expect(sumCube(cube, { region: ["North"] }, []).get("")).toMatchObject({ numerator: 32, denominator: 20 });
  expect(sumCube(cube, { region: ["North", "East"] }, []).get("")).toMatchObject({ numerator: 48 });
  const byChannel = (where: Record<string, string[]>) =>
    [...sumCube(cube, where, ["channel"])].map(([key, sums]) => [key, sums?.numerator]);
  expect(byChannel({})).toEqual([
    ["phone", 64],
    ["email", 128],
  ]);
  expect(byChannel({ region: ["North"] })).toEqual([
    ["phone", 4],
    ["email", 8],
  ]);
  expect(sumCube(cube, { segment: ["x"] }, []).size).toBe(0);
});

test("a group of which any row is hidden is hidden, and told from one without rows", () => {
  const cube = readCube(
    arrowStream([
      wordColumn("period_start", ["2026-01-01", "2026-02-01", "2026-01-01"]),
      wordColumn("region", ["East", "East", "West"]),
      numberColumn("numerator", [1, null, 3]),
      numberColumn("denominator", [10, null, 30]),
      numberColumn("hidden", [0, 1, 0]),
    ]),
  );
  const groups = sumCube(cube, {}, ["region"]);
  expect(groups.get("East")).toBeNull();
  expect(groups.get("West")).toMatchObject({ numerator: 3, denominator: 30 });
  expect(groups.get("North")).toBeUndefined();
});
