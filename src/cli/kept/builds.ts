import type { DuckDBConnection } from "@duckdb/node-api";
import { readKept } from "../../catalogue/catalogueFiles.js";
import { CliError } from "../../run/error.js";
import { type FoundBuild, listBuilds, restoreBuild, startOf } from "../../warehouse/builds.js";
import { openClosings, readClosings } from "../../warehouse/closings.js";
import { readOnce, withWarehouse } from "../../warehouse/open.js";
import type { Language } from "../../words/languages.js";
import { told } from "../../words/told.js";
import { worded } from "../../words/wording.js";
import type { Effects } from "../effects.js";
import { type PlaceOptions, warehouseOf } from "../places.js";
import { type ListedBuild, toBuildsCsv, toBuildsJson, toBuildsTable } from "../print/buildsTable.js";
import { forgottenLine } from "./forget.js";

export interface BuildsOptions extends PlaceOptions {
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

/** `builds`: the build that the warehouse holds and those kept beside it, newest first. */
export async function buildsCommand(options: BuildsOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const { settings } = await withWarehouse(warehouse, readKept);
  const closings = openClosings(readClosings(warehouse));
  const rows: ListedBuild[] = [];
  for (const build of await listBuilds(warehouse)) {
    const closed_periods = closings.flatMap(({ build_id, period }) =>
      build_id === build.id ? [period] : [],
    );
    rows.push({ ...(await describe(build)), closed_periods });
  }
  const language = options.lang ?? settings.language;
  effects.stdout.write(
    options.format === "json"
      ? toBuildsJson(rows)
      : options.format === "csv"
        ? toBuildsCsv(rows, options)
        : toBuildsTable(rows, language) + forgottenLine(warehouse, language),
  );
}

/** What a build was made of; of one that does not open only its name is known. */
async function describe({ id, path, isCurrent }: FoundBuild): Promise<Omit<ListedBuild, "closed_periods">> {
  const named = { build_id: id, built_at: startOf(id).toISOString().replace(/\.\d+/, "") };
  try {
    return { ...named, ...(await withWarehouse(path, inputsOf)), state: isCurrent ? "current" : "kept" };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { ...named, as_of_on: null, files: null, rows: null, bytes: null, state: "unreadable" };
  }
}

async function inputsOf(db: DuckDBConnection) {
  const reader = await readOnce(
    db,
    `select
        strftime((select as_of_on from config.settings), '%Y-%m-%d'),
        (select cast(count(*) as double) from ingest.files),
        (select cast(coalesce(sum(loaded), 0) as double) from ingest.tables),
        (select cast(coalesce(sum(bytes), 0) as double) from ingest.files),
        (select strftime(timezone('UTC', max(run_start)), '%Y-%m-%dT%H:%M:%SZ') from ingest.sources)`,
  );
  const [as_of_on, files, rows, bytes, built_at] = reader.getRows()[0] as [
    string,
    number,
    number,
    number,
    string | null,
  ];
  return { as_of_on, files, rows, bytes, ...(built_at === null ? {} : { built_at }) };
}

/** `build --restore`: a kept build is the warehouse's again, as it was. */
export async function restoreCommand(
  wanted: string,
  options: PlaceOptions & { lang?: Language },
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const { settings } = await withWarehouse(warehouse, readKept);
  const { id, replaced } = await restoreBuild(warehouse, wanted);
  const said = told("builds.restored", { build: id, replaced, path: warehouse });
  effects.stdout.write(`${worded(said, options.lang ?? settings.language)}\n`);
}
