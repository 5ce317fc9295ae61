import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderOfTest } from "../temporaryFolder.js";

const root = join(import.meta.dirname, "..", "..");
/** Writes the largest amount of memory that a process had, in kB, when it ends. */
const peak = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))`;

/** A file with a field of a gigabyte between two parts. */
function written(file: string, before: string, after: string): void {
  const at = openSync(file, "w");
  writeSync(at, before);
  const part = Buffer.alloc(1 << 24, "x");
  for (let written = 0; written < 1 << 30; written += part.length) writeSync(at, part);
  writeSync(at, after);
  closeSync(at);
}

it.each([
  [
    "products.csv",
    'product_id,name\nP1,a\nP2,"',
    '"\nP3,b\n',
    /^herringbone: no line end within 268435456 bytes, is this a CSV file: .*products\.csv$/,
  ],
  [
    "products.csv",
    "product_id,name\nP1,a\nP2,",
    "\nP3,b\n",
    /^herringbone: no line end within 268435456 bytes, is this a CSV file: .*products\.csv$/,
  ],
  [
    "products.ndjson",
    '{"product_id":"P1","name":"a"}\n{"product_id":"P2","name":"',
    '"}\n',
    /^herringbone: an object of more than 67108864 bytes, or one that does not end, on line 2: .*products\.ndjson$/,
  ],
  [
    "products.json",
    '[{"product_id":"P1","name":"a"},\n{"product_id":"P2","name":"',
    '"}]\n',
    /^herringbone: an object of more than 67108864 bytes, or one that does not end, on line 2: .*products\.json$/,
  ],
])(
  "a field of a gigabyte in %s ends the build in a sentence and little memory",
  (name, before, after, said) => {
    const folder = folderOfTest("long-field");
    mkdirSync(join(folder, "data"));
    written(join(folder, "data", name), before, after);
    const code = `data:text/javascript,${encodeURIComponent(peak)}`;
    const args = [
      "build",
      "--data",
      join(folder, "data"),
      "--warehouse",
      join(folder, "w.duckdb"),
      "--lang",
      "en",
      "--quiet",
    ];
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", code, "src/cli/herringbone.js", ...args],
      { cwd: root, encoding: "utf8" },
    );
    const [line = "", memory = ""] = stderr.trim().split("\n");
    expect([status, line]).toEqual([1, expect.stringMatching(said)]);
    // Peak in kB: below a GB, of which 512 MB may be the engine's.
    expect(Number(memory.replace("peak ", ""))).toBeLessThan(1_000_000);
  },
  120_000,
);
