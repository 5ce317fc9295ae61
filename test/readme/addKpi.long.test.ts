// @vitest-environment jsdom
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Site } from "../../reports/components/data/site.js";
import { kpiDictionary } from "../../reports/components/pages/kpiDictionary.js";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import { catalogueDocument } from "../../src/publish/catalogue.js";
import { lineageDocument } from "../../src/publish/documents.js";
import type { LineageRow } from "../../src/published/lineage.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { defaultWarehouse } from "../../src/warehouse/target.js";
import { pages as en } from "../../src/words/en.js";
import { copyProject } from "../copyProject.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { blocksOf, patched } from "./blocks.js";

const copy = copyProject(temporaryFolder("add-kpi"), ["data/sample", "test", "vitest.config.ts"]);

const id = "serious_complaint_rate";

/** Runs `npx …` in the copy; what it prints. */
async function run(line: string): Promise<string> {
  const [program = "", ...words] = line.replace(/^\$ npx /, "").split(" ");
  const script = { vitest: "node_modules/vitest/vitest.mjs", herringbone: "src/cli/herringbone.js" }[program];
  const { VITEST, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  const options = { cwd: copy, env: { ...env, NO_COLOR: "1" }, maxBuffer: 1e8 };
  const { stdout } = await promisify(execFile)(process.execPath, [script ?? program, ...words], options);
  return stdout;
}

describe("a KPI added to a copy of the project, step by step of the README", { timeout: 1_200_000 }, () => {
  const blocks = blocksOf("Add a KPI in four steps");

  it("touches its model, its row and its test, and a fishbone if it is to hang on one", () => {
    const files = blocks.filter(({ kind }) => kind !== "console").map(({ file }) => file);
    expect(new Set(files.map((file) => dirname(file)))).toEqual(
      new Set(["src/models/marts/tickets", "data/catalog", "test/models/cases/serious_complaints"]),
    );
  });

  for (const { kind, file, lines } of blocks) {
    const path = join(copy, file);
    if (kind === "console") {
      for (const line of lines) {
        it(line, async () => {
          const printed = await run(
            line.endsWith(" test/models") ? `${line} test/catalogue test/bench --reporter=verbose` : line,
          );
          if (line.includes(" vitest "))
            expect(printed).toContain(`serious_complaints > ${id} month 2024-01-01`);
          if (line.includes(" kpi ")) expect(printed).toMatch(new RegExp(`^严重投诉占比 ${id}[^]*电话 +\\d`));
        });
      }
      continue;
    }
    it(`${kind} ${file}`, () => {
      mkdirSync(dirname(path), { recursive: true });
      const before = existsSync(path) ? readFileSync(path, "utf8") : "";
      writeFileSync(path, kind === "diff" ? patched(before, lines) : `${before}${lines.join("\n")}\n`);
    });
  }

  it("stands in the dictionary and on its bone", async () => {
    await withWarehouse(join(copy, defaultWarehouse), async (db) => {
      const catalogue = await catalogueDocument(db, await readKept(db), []);
      expect(catalogue.fishbones.flatMap(({ branches }) => branches.flatMap(({ kpis }) => kpis))).toContain(
        id,
      );
      const site = {
        grain: "month",
        language: "en",
        messages: en,
        format: formatter("en", en),
        catalogue,
        kpi: (wanted: string) => catalogue.kpis.find((kpi) => kpi.id === wanted),
        href: (page: string) => page,
      } as unknown as Site;
      const lineage = (await lineageDocument(db)) as unknown as LineageRow[];
      const entry = kpiDictionary(site, lineage).querySelector(`#${id}`)?.textContent;
      expect(entry).toContain("serious and very serious complaints ÷ complaints with a severity");
      expect(entry).toContain("tickets.severity");
    });
  });
});
