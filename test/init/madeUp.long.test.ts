import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { init } from "../../src/init/index.js";
import { stageDir } from "../load/stageFolder.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { folders } from "./madeUp/folders.js";
import { further } from "./madeUp/further.js";
import { more } from "./madeUp/more.js";
import { scoreOf } from "./madeUp/score.js";
import { writeFolder } from "./madeUp/writeFolder.js";
import { uncommented } from "./uncommented.js";

const place = temporaryFolder("init");

describe("init on made-up folders, whose columns' meanings are written down beside them", () => {
  const totals = { mappable: 0, right: 0 };

  it.each([...folders, ...more, ...further].map((folder) => [folder.name, folder] as const))(
    "%s: nothing is mapped wrongly, and what is read is what was made up",
    { timeout: 60_000 },
    async (name, folder) => {
      const dataDir = join(place, name);
      mkdirSync(dataDir);
      await writeFolder(dataDir, folder);
      await init({ dataDir, machineZone: "UTC" });
      const { mappable, right, wrong } = await scoreOf(dataDir, folder);
      expect(wrong).toEqual([]);
      expect(uncommented(readFileSync(join(dataDir, "sources.yaml"), "utf8")).wrong).toEqual([]);
      totals.mappable += mappable;
      totals.right += right;
      await stageDir(dataDir, async ({ rows, report }) => {
        for (const { table, column, is } of folder.read) {
          const [first] = await rows(
            `select ${column}::varchar as cell from staging.${table} order by row_no limit 1`,
          );
          expect(first?.cell, `${table}.${column}`).toBe(is);
        }
        expect(report.tables.map(({ table, quarantined }) => [table, quarantined])).toEqual(
          report.tables.map(({ table }) => [table, 0]),
        );
        expect(report.brokenReferences).toEqual([]);
      });
    },
  );

  it("nine of ten of all columns that can be mapped are", () => {
    expect(totals.mappable).toBeGreaterThan(350);
    expect(totals.right / totals.mappable).toBeGreaterThanOrEqual(0.9);
  });
});
