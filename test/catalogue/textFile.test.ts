import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTextFile } from "../../src/catalogue/textFile.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("text");

function read(bytes: Uint8Array) {
  const file = join(folder, "file.yaml");
  writeFileSync(file, bytes);
  return () => readTextFile(file, null);
}

it("takes a mark at the beginning of UTF-8 away", () => {
  expect(read(Buffer.from("\ufefflanguage: 中文\n"))()).toBe("language: 中文\n");
});

it.each([
  [
    "GBK",
    Buffer.from([0x61, 0x3a, 0x31, 0x0a, 0x62, 0x3a, 0xd6, 0xd0, 0xce, 0xc4]),
    /line 2: not UTF-8 text, perhaps GBK/,
  ],
  ["UTF-16 with a mark", Buffer.from("\ufeffa: 1", "utf16le"), /written in UTF-16/],
  ["UTF-16 without one", Buffer.from("a: 1", "utf16le"), /line 1: not UTF-8 text, perhaps UTF-16/],
  ["a character cut off at the end", Buffer.from([0x61, 0xe4, 0xb8]), /line 1: not UTF-8/],
])("refuses %s", (_, bytes, message) => {
  expect(read(bytes)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) }),
  );
});

it("refuses what is larger than anybody edits before it is read, and takes what just is not", () => {
  const text = Buffer.alloc(5_000_001, "# a\n");
  expect(read(text.subarray(1))()).toHaveLength(5_000_000);
  const refusal = read(text);
  expect(refusal).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringMatching(/: has 6 MB, and no more than 5 MB/),
    }),
  );
});

it("refuses a folder and a file that is not there", () => {
  mkdirSync(join(folder, "settings.yaml"));
  expect(() => readTextFile(join(folder, "settings.yaml"), null)).toThrow(/has to be a file/);
  expect(() => readTextFile(join(folder, "none.yaml"), null)).toThrow(/no such catalogue file/);
});
