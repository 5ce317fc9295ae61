import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSite, siteEffects } from "../publish/site/build.js";
import { siteTarget } from "../publish/site/target.js";
import { greatest } from "../statistics/extremes.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";
import { languageOfWarehouse, languageOn } from "./language.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

/** The project that carries the pages. */
const home = fileURLToPath(new URL("../..", import.meta.url));

export interface SiteCommandOptions extends PlaceOptions, ProgressOptions {
  out?: string;
  /** The build whose site it has to be; default: the one that the warehouse holds. */
  buildId?: string;
}

/** `site`: warehouse → `dist/`; says what was published at what size, and what was left out for size. */
export async function siteCommand(options: SiteCommandOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const lang = await languageOn(options, effects, () => languageOfWarehouse(warehouse));
  const progress = reportProgress({ ...options, lang }, effects);
  progress.step(told("site.step"));
  const { out, tables, hidden } = await buildSite(
    {
      root: home,
      warehouse,
      out: siteFolder(options, effects),
      kept: [effects.cwd],
      ...(options.buildId === undefined ? {} : { buildId: options.buildId }),
    },
    { ...siteEffects, env: effects.env },
  );
  progress.end();
  const bytes = tables.reduce((sum, table) => sum + table.compressedBytes, 0);
  const largest = greatest(
    tables.map((table) => table.compressedBytes),
    0,
  );
  progress.say(told("site.done", { folder: out }), { out });
  progress.say(
    told("site.published", { tables: tables.length, size: kilobytes(bytes), largest: kilobytes(largest) }),
    { tables: tables.length, bytes, largest },
  );
  for (const { path, leftOut } of tables) {
    if (leftOut.length === 0) continue;
    progress.warn(told("site.leftOut", { path, dimensions: leftOut }), { path, leftOut });
  }
  for (const { id, hidden: why } of hidden)
    progress.warn(told("site.hiddenInitiative", { id, why: told(`site.hidden.${why}`) }), {
      id,
      hidden: why,
    });
}

/** The site of a kept build, in a folder of its own. */
export const buildKeptSite = (
  options: { warehouse: string; out: string; buildId: string },
  effects: Effects,
): Promise<unknown> => buildSite({ root: home, ...options }, { ...siteEffects, env: effects.env });

const siteFolder = ({ out }: SiteCommandOptions, effects: Effects) => resolve(effects.cwd, out ?? "dist");

/**
 * What `site` would refuse of its target, for a command that does other work first.
 * @throws CliError 2
 */
export function checkSiteFolder(
  options: SiteCommandOptions,
  effects: Effects,
  inputs: readonly string[],
): void {
  const kept = [effects.cwd, warehouseOf(options, effects), ...inputs];
  siteTarget(siteFolder(options, effects), { root: home, kept });
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000).toLocaleString("en-US")} kB`;
