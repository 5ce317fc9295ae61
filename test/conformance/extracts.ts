import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { describe } from "vitest";
import type { KpiValue } from "../../src/kpi/answer.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shared = join(root, "../shared/data");

/**
 * Tests on real extracts that the repository does not hold; skipped, saying so, where they are absent.
 * @param name folder of the extracts
 */
export function describeExtract(name: string, tests: () => void): void {
  if (existsSync(join(shared, name))) describe(name, tests);
  else describe.skip(`${name} (skipped: the extract is not on this machine)`, tests);
}

/** A warehouse built from a folder under `test/conformance`, for the tests of one `describe`. */
export function conformanceWarehouse() {
  const folder = temporaryFolder("conformance");
  const warehouse = join(folder, "warehouse.duckdb");

  const herringbone = commandLine({ warehouse });

  async function run(...args: string[]): Promise<string> {
    const { code, out, err } = await herringbone(...args);
    if (code !== 0) throw new Error(`exit ${code}: ${err}`);
    return out;
  }

  return {
    folder,
    // The mappings stand here, the extracts beside the project.
    build: (dataDir: string, ...args: string[]) =>
      run("build", "--quiet", "--allow-outside", "--data", dataDir, ...args),
    kpi: async (...args: string[]) => JSON.parse(await run("kpi", ...args, "--format", "json")) as KpiValue[],
    /** The rows of a query as JSON values: counts are strings. */
    rows: (sql: string) =>
      withWarehouse(warehouse, async (db: DuckDBConnection) =>
        (await db.runAndReadAll(sql)).getRowObjectsJson(),
      ),
  };
}
