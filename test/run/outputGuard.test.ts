import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesBelow, guardOutput } from "../../src/run/outputGuard.js";
import { type Told, told } from "../../src/words/told.js";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "herringbone-output-")));
  mkdirSync(join(folder, "there"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "there"), join(folder, "link"));
  symlinkSync(join(folder, "gone"), join(folder, "astray"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const guard = (name: string, kind: "folder" | "file", refusal?: () => Told | undefined) =>
  guardOutput(join(folder, name), { option: "--out", kind, ...(refusal && { refusal }) });

test("links are followed to a place that may be written", () => {
  expect(guard("link/a/b", "folder")).toBe(join(folder, "there", "a", "b"));
  expect(guard("new", "file")).toBe(join(folder, "new"));
  expect(guard("astray", "file")).toBe(join(folder, "gone"));
});

test.each([
  ["astray/below", "folder", /^--out is a link that leads nowhere: .*astray$/],
  ["file", "folder", /^--out has to be a folder, this is none: .*file$/],
  ["link", "file", /^--out has to be a file, this is none: .*link$/],
  ["file/a/b", "file", /^--out lies in something that is no folder \(.*file\): .*file\/a\/b$/],
] as const)("%s is refused as a %s", (name, kind, message) => {
  const refusal = expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) });
  expect(() => guard(name, kind)).toThrow(refusal);
});

test("what the caller refuses, absent or not, is told with the place", () => {
  const refusal = () => told("out.protected");
  for (const name of ["there", "new"]) {
    expect(() => guard(name, "folder", refusal)).toThrow(
      `--out is, or holds, what a site must not replace; name a folder of its own: ${join(folder, name)}`,
    );
  }
  expect(guard("there", "folder", () => undefined)).toBe(join(folder, "there"));
});

test("what file managers leave behind is nobody's file", () => {
  mkdirSync(join(folder, "there", "deep"));
  for (const name of ["deep/.DS_Store", "Thumbs.db", "deep/mine"])
    writeFileSync(join(folder, "there", name), "");
  expect(filesBelow(join(folder, "there"))).toEqual(["deep/mine"]);
});
