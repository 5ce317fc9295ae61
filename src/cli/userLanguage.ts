import { readSettings } from "../warehouse/settings.js";
import type { Effects } from "./effects.js";
import { resolvePlaces } from "./places.js";

/** The language in which a command fails: its `--lang`, else that of the settings, which may be what is wrong. */
export function userLanguage(
  given: { lang?: "zh-CN" | "en"; catalog?: string },
  effects: Effects,
): "zh-CN" | "en" {
  if (given.lang !== undefined) return given.lang;
  try {
    return readSettings(resolvePlaces(given, effects).catalogDir).language;
  } catch {
    return "en";
  }
}
