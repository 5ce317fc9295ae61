import { buildCommand } from "./build.js";
import type { Effects } from "./effects.js";
import { exportCommand } from "./export.js";
import type { InputOptions } from "./places.js";
import type { ProgressOptions } from "./progress.js";
import { siteCommand } from "./site.js";

/** `report`: build + site + export. */
export async function reportCommand(
  options: InputOptions & ProgressOptions & { lang?: "zh-CN" | "en" },
  effects: Effects,
): Promise<void> {
  await buildCommand(options, effects);
  await siteCommand(options, effects);
  await exportCommand([], options, effects);
}
