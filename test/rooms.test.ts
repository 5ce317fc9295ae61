import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { expect, test } from "vitest";

const rooms = ["src", "loaders", "reports", "test"];
const passed = new Set(["node_modules", ".observablehq", "fonts", "inputs"]);

/** Every folder below one with what lies in it; links are followed nowhere. */
function folders(folder: string): { folder: string; files: string[] }[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory() && !passed.has(entry.name));
  return [
    { folder, files: entries.filter((entry) => entry.isFile()).map(({ name }) => name) },
    ...below.flatMap(({ name }) => folders(join(folder, name))),
  ];
}

const all = rooms.flatMap(folders);
const importsOf = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map(([, to]) =>
    normalize(join(file, "..", to ?? "")),
  );
const modules = (room: string) =>
  folders(room).flatMap(({ folder, files }) =>
    files.filter((name) => /\.[jt]s$/.test(name)).map((name) => join(folder, name)),
  );

test("no room has more than thirty files on one floor", () => {
  expect(all.filter(({ files }) => files.length > 30).map(({ folder }) => folder)).toEqual([]);
});

test.each([
  ["src", "reports"],
  ["src", "test"],
  ["loaders", "reports"],
  ["reports", "test"],
])("nothing in %s imports from %s", (from, to) => {
  const files = modules(from);
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => importsOf(file).some((path) => path.startsWith(`${to}/`)))).toEqual([]);
});

test("what answers, computes or tells knows nothing of how the command line prints", () => {
  const files = modules("src").filter((file) => !file.startsWith("src/cli/"));
  expect(files.filter((file) => importsOf(file).some((path) => path.startsWith("src/cli/")))).toEqual([]);
});

test("no room knows a kind of source but by the registry", () => {
  const read = modules("src").flatMap(importsOf);
  const loaders = new Set(read.filter((path) => path.startsWith("loaders/")));
  expect([...loaders]).toEqual(["loaders/index.js"]);
});
