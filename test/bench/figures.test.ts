import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { kinds } from "../../src/catalogue/kpis.js";
import { main } from "../../src/cli/main.js";
import { generateSample } from "../../src/sample/generate.js";
import { isLong } from "../long.js";
import { compareFigures } from "./compare.js";
import { benchOptions } from "./extract.js";
import { runFloor } from "./floorRun.js";

const catalog = join(import.meta.dirname, "..", "..", "data", "catalog");

// A floor that measures something else shows in no product: in `npm run test:long`.
test.runIf(isLong)(
  "the floor, written on its own, gives the build's figures of one KPI of each kind",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "herringbone-floor-"));
    const data = join(directory, "data");
    const floor = join(directory, "floor.duckdb");
    const warehouse = join(directory, "build.duckdb");
    try {
      await generateSample(data, benchOptions(20_000));
      await runFloor(data, floor);
      const quiet = { write: () => true };
      const effects = { stdout: quiet, stderr: quiet, env: {}, cwd: process.cwd(), now: () => new Date() };
      const build = ["build", "--data", data, "--warehouse", warehouse, "--catalog", catalog, "--quiet"];
      expect(await main(["node", "herringbone", ...build], effects)).toBe(0);
      const { figures, kpis, differences } = await compareFigures(floor, warehouse);
      expect(differences.slice(0, 20)).toEqual([]);
      const computed = readCatalogue(catalog).kpis.filter(({ id }) => kpis.includes(id));
      expect(computed.map(({ id }) => id).sort()).toEqual(kpis);
      expect(new Set(computed.map(({ kind }) => kind))).toEqual(new Set(kinds));
      expect(new Set(computed.map(({ cases }) => cases))).toEqual(new Set(["months", "periods"]));
      expect(figures).toBeGreaterThan(100_000);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
