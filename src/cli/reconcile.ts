import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { requirePeriods } from "../answers/periodLimits.js";
import { reconcile } from "../answers/reconcile/reconcile.js";
import { hideReconciliation, showReconciliation } from "../answers/reconcile/shown.js";
import { readKept } from "../catalogue/catalogueFiles.js";
import { ownValue } from "../catalogue/ownValue.js";
import type { Period } from "../kpi/periods.js";
import { CliError } from "../run/error.js";
import { withScratch } from "../run/scratch.js";
import { withWarehouse } from "../warehouse/open.js";
import type { Language } from "../words/languages.js";
import { told } from "../words/told.js";
import { worded } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { conditionOf } from "./options/condition.js";
import { periodAsked } from "./options/periodOption.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { reconcileCsv, reconcileJson, reconcileTable } from "./print/reconcileFormat.js";

export interface ReconcileOptions extends PlaceOptions {
  with?: string;
  period?: string;
  where?: string[];
  id?: string;
  value?: string;
  row?: string;
  encoding?: string;
  timeZone?: string;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  page?: "show" | "hide";
  lang?: Language;
}

/** `reconcile`: the difference between our figure and another system's, case by case. */
export async function reconcileCommand(
  kpiId: string,
  options: ReconcileOptions,
  effects: Effects,
): Promise<void> {
  const { with: file, id, value, row, encoding, timeZone, lang, format } = options;
  // Every object inherits something of that name.
  const given = ownValue(options as Record<string, unknown>, "valueOf");
  const period = periodAsked(options.period);
  if (!period) throw new CliError(told("reconcile.noPeriod"), 2);
  if (options.page === "hide") return hide(kpiId, period, options, effects);
  if (options.page === "show" && (options.where ?? []).length > 0)
    throw new CliError(told("reconcile.pageOfPart"), 2);
  if ((file === undefined) === (given === undefined)) throw new CliError(told("reconcile.oneOf"), 2);
  const tempDir = mkdtempSync(join(tmpdir(), "herringbone-reconcile-"));
  const theirs =
    file === undefined
      ? String(given)
      : {
          path: resolve(effects.cwd, file),
          tempDir,
          ...(id === undefined ? {} : { id }),
          ...(value === undefined ? {} : { value }),
          ...(row === undefined ? {} : { row }),
          ...(encoding === undefined ? {} : { encoding }),
        };
  const request = {
    kpiId,
    period,
    where: (options.where ?? []).map(conditionOf),
    theirs,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(lang === undefined ? {} : { language: lang }),
  };
  const warehouse = warehouseOf(options, effects);
  const { result, catalogue, settings } = await withScratch(tempDir, () =>
    withWarehouse(warehouse, async (db) => {
      const { catalogue, settings } = await readKept(db);
      await requirePeriods(db, settings, [period.start.slice(0, 7)]);
      const result = await reconcile(db, catalogue.kpis, request);
      if (options.page === "show") await showReconciliation(db, warehouse, result, effects.now());
      return { result, catalogue, settings };
    }),
  );
  const language = lang ?? settings.language;
  effects.stdout.write(
    format === "json"
      ? reconcileJson(result)
      : format === "csv"
        ? reconcileCsv(result, options)
        : reconcileTable(result, catalogue.kpis, language),
  );
  if (options.page === "show") effects.stderr.write(`${worded(told("reconcile.shown"), language)}\n`);
  if (result.differences.every(({ explained }) => explained)) return;
  const { cases } = result.rest;
  throw new CliError(
    result.id_column === null ? told("reconcile.totals") : told("reconcile.rest", { cases }),
  );
}

/** Takes a reconciliation from the page again. */
async function hide(
  kpi: string,
  { grain, start }: Period,
  options: ReconcileOptions,
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const { settings } = await withWarehouse(warehouse, readKept);
  if (!hideReconciliation(warehouse, { kpi_id: kpi, grain, period_start: start }))
    throw new CliError(told("reconcile.notShown", { kpi, period: options.period ?? "" }), 2);
  effects.stdout.write(`${worded(told("reconcile.hidden"), options.lang ?? settings.language)}\n`);
}
