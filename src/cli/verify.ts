import { resolve } from "node:path";
import { headDifferences, unprintedHead } from "../answers/carriedHead.js";
import { hasFigures, leftOut } from "../answers/leftOut.js";
import { unprinted } from "../answers/printedFigures.js";
import { readAsOf } from "../answers/queryKpis.js";
import { verifyFigures, withDifferences } from "../answers/verifyFigures.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { packIds, packsFolder, readPack } from "../catalogue/packs.js";
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

/** What is wrong with pages that are not as they were printed. */
const pagesFaults = {
  altered: "verify.pages",
  covered: "verify.pages",
  retold: "verify.words",
  rewritten: "verify.rewritten",
} as const;

/**
 * `verify`: whether the figures that a PDF carries are those of its build, or of the warehouse's where that is not kept, and its pages
 * those that were printed.
 */
export async function verifyCommand(file: string, options: VerifyOptions, effects: Effects): Promise<void> {
  const password = passwordOf(options.passwordEnv, effects.env);
  const { figures, pages, attachment, text } = await readCarried(resolve(effects.cwd, file), password);
  const { pack: id, title, scope, period, build_id, as_of_on, command } = figures;
  const pack = packIds(packsFolder).includes(id) ? readPack(packsFolder, id) : null;
  const { report, catalogue, settings } = await withWarehouse(
    fileOfBuild(warehouseOf(options, effects), build_id),
    async (db) => {
      const { catalogue, settings } = await readKept(db);
      const reader = await readOnce(db, "select build_id from config.settings");
      const warehouse_build_id = String(reader.getRowsJson()[0]?.[0]);
      const asOfDay = build_id === warehouse_build_id ? (await readAsOf(db)).asOfDay : null;
      const verified = withDifferences(await verifyFigures(db, catalogue, figures), [
        ...headDifferences(figures, { catalogue, settings, pack, asOfDay }),
        ...(pack ? await leftOut(db, catalogue, { pack, figures, text }) : []),
      ]);
      const of = { file, pack: id, title, scope, period, build_id, as_of_on, command };
      const report: VerifyReport = {
        ...of,
        warehouse_build_id,
        pages,
        attachment,
        ...verified,
        unprinted: [...unprintedHead(figures, pack, text), ...unprinted(catalogue.kpis, figures, text)],
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
  const { values, scores, initiatives } = figures;
  const isEmpty = [values, scores, initiatives].every((list) => list.length === 0);
  if (isEmpty && (!pack || hasFigures(pack))) throw new CliError(told("verify.noneCarried"), 2);
  const { length: count } = report.differ;
  if (count > 0) throw new CliError(told("verify.differ", { count }));
  if (pages !== "printed") throw new CliError(told(pagesFaults[pages]));
  if (attachment !== "printed") throw new CliError(told("verify.attachment"));
  const { length: missing } = report.unprinted;
  if (missing > 0) throw new CliError(told("verify.unprinted", { count: missing }));
}
