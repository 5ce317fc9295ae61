import { type DiffAsked, diffBuilds } from "../../answers/closed/diffBuilds.js";
import { CliError } from "../../run/error.js";
import { currentBuild, findBuild } from "../../warehouse/builds.js";
import type { Language } from "../../words/languages.js";
import { told } from "../../words/told.js";
import type { Effects } from "../effects.js";
import { type PlaceOptions, warehouseOf } from "../places.js";
import { toDiffCsv, toDiffJson, toDiffTable } from "../print/diffTable.js";

export interface DiffOptions extends PlaceOptions {
  kpi?: string[];
  from?: string;
  to?: string;
  groups?: boolean;
  all?: boolean;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

/** `diff`: the figures in which a build differs from another, by default from the warehouse's, and the rows behind. */
export async function diffCommand(
  older: string,
  newer: string | undefined,
  { kpi: kpis, from, to, groups = false, all = false, ...options }: DiffOptions,
  effects: Effects,
): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const one = await findBuild(warehouse, older);
  const other = await findBuild(warehouse, newer ?? (await currentBuild(warehouse)));
  if (one.id === other.id) throw new CliError(told("diff.same", { build: one.id }), 2);
  const asked: DiffAsked = {
    ...(kpis === undefined ? {} : { kpis }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const { found, kept, former } = await diffBuilds(one, other, asked);
  const pieces =
    options.format === "json"
      ? toDiffJson(found)
      : options.format === "csv"
        ? [toDiffCsv(found, options)]
        : [
            toDiffTable(found, {
              ...{ kept, former, groups, all },
              language: options.lang ?? kept.settings.language,
            }),
          ];
  for (const piece of pieces) effects.stdout.write(piece);
}
