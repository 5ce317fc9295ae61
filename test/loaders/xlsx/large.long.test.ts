import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { folderOfTest } from "../../temporaryFolder.js";
import { writeLargeWorkbook } from "./largeWorkbook.js";

const reader = fileURLToPath(new URL("./readLarge.ts", import.meta.url));

it("200,000 rows of 20 columns are read within 300 MB, and put into a table beside DuckDB's own 100", async () => {
  const folder = folderOfTest("large-workbook");
  const path = join(folder, "customers.xlsx");
  await writeLargeWorkbook(path, 200_000);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    "--max-old-space-size=96",
    reader,
    path,
    folder,
  ]);
  const read = JSON.parse(stdout);
  const sum = Array.from({ length: 200_000 }, (_, index) => ((index * 31 + 19 * 17) % 100_000) / 8).reduce(
    (total, value) => total + value,
  );
  expect(read).toMatchObject({ rows: 200_000, last: 200_001 });
  expect(read.found.map(String)).toEqual(["200000", "200000", "2026-04-12 21:00:00", String(sum)]);
  expect(read.opened).toBeLessThan(300);
  expect(read.loaded).toBeLessThan(400);
}, 600_000);
