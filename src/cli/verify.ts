import { resolve } from "node:path";
import { unprinted } from "../answers/printedFigures.js";
import { verifyFigures } from "../answers/verifyFigures.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { readCarried } from "../export/carried/readCarried.js";
import { CliError } from "../run/error.js";
import { fileOfBuild } from "../warehouse/builds.js";
import { readOnce, withWarehouse } from "../warehouse/open.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { passwordOf } from "./password.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { toVerifyTable, type VerifyReport } from "./print/verifyTable.js";

export interface VerifyOptions extends PlaceOptions {
  format?: "table" | "json";
  lang?: Language;
  /** The variable of the environment that holds the password of a locked file. */
  passwordEnv?: string;
}

/**
 * `verify`: whether the figures that a PDF carries are those of its build, or of the warehouse's where that is not kept, and its pages
 * those that were printed.
 */
export async function verifyCommand(file: string, options: VerifyOptions, effects: Effects): Promise<void> {
  const password = passwordOf(options.passwordEnv, effects.env);
  const { figures, pages, text } = await readCarried(resolve(effects.cwd, file), password);
  const { pack, title, scope, period, build_id, as_of_on, command } = figures;
  const { report, catalogue, settings } = await withWarehouse(
    fileOfBuild(warehouseOf(options, effects), build_id),
    async (db) => {
      const { catalogue, settings } = await readKept(db);
      const reader = await readOnce(db, "select build_id from config.settings");
      const warehouse_build_id = String(reader.getRowsJson()[0]?.[0]);
      const verified = await verifyFigures(db, catalogue, figures);
      const of = { file, pack, title, scope, period, build_id, as_of_on, command };
      const report: VerifyReport = {
        ...of,
        warehouse_build_id,
        pages,
        ...verified,
        unprinted: unprinted(catalogue.kpis, figures, text),
      };
      return { report, catalogue, settings };
    },
  );
  const language = options.lang ?? settings.language;
  effects.stdout.write(
    options.format === "json"
      ? `${JSON.stringify(report, null, 2)}\n`
      : toVerifyTable(report, catalogue, language),
  );
  const { length: count } = report.differ;
  if (count > 0) throw new CliError(told("verify.differ", { count }));
  if (pages !== "printed") throw new CliError(told(pages === "retold" ? "verify.words" : "verify.pages"));
  const { length: missing } = report.unprinted;
  if (missing > 0) throw new CliError(told("verify.unprinted", { count: missing }));
}
