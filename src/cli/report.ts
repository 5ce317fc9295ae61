import type { Language } from "../words/languages.js";
import { buildCommand } from "./build.js";
import type { Effects } from "./effects.js";
import { checkExportFolder, exportCommand } from "./export.js";
import { type InputOptions, resolvePlaces } from "./places.js";
import type { ProgressOptions } from "./progress.js";
import { checkSiteFolder, siteCommand } from "./site.js";

/** `report`: build + site + export. */
export async function reportCommand(
  options: InputOptions & ProgressOptions & { lang?: Language },
  effects: Effects,
): Promise<void> {
  const { dataDir, catalogDir } = resolvePlaces(options, effects);
  checkSiteFolder(options, effects, [dataDir, ...catalogDir.map(({ path }) => path)]);
  checkExportFolder(options, effects);
  const buildId = await buildCommand(options, effects);
  await siteCommand({ ...options, buildId }, effects);
  await exportCommand([], { ...options, buildId }, effects);
}
