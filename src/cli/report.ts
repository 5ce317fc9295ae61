import { buildCommand } from "./build.js";
import type { Effects } from "./effects.js";
import { checkExportFolder, exportCommand } from "./export.js";
import { type InputOptions, inputDir } from "./places.js";
import type { ProgressOptions } from "./progress.js";
import { checkSiteFolder, siteCommand } from "./site.js";

/** `report`: build + site + export. */
export async function reportCommand(
  options: InputOptions & ProgressOptions & { lang?: "zh-CN" | "en" },
  effects: Effects,
): Promise<void> {
  checkSiteFolder(options, effects, [inputDir(options, effects)]);
  checkExportFolder(options, effects);
  await buildCommand(options, effects);
  await siteCommand(options, effects);
  await exportCommand([], options, effects);
}
