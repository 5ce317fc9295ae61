import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../warehouse/settings.js";
import type { Effects } from "./effects.js";
import { resolvePlaces } from "./places.js";

/**
 * The language in which a command line says what is wrong with it or its files: that of `--lang`, else of the
 * catalogue's `settings.yaml`. That file may be what is wrong, so only its line `language:` is looked at.
 */
export function languageOf(argv: readonly string[], effects: Effects): Language {
  const asked = optionValue(argv, "--lang");
  if (asked === "en" || asked === "zh-CN") return asked;
  const catalog = optionValue(argv, "--catalog");
  try {
    const { catalogDir } = resolvePlaces(catalog === undefined ? {} : { catalog }, effects);
    const text = readFileSync(join(catalogDir, "settings.yaml"), "latin1");
    return /^language:[ \t]*["']?en\b/m.test(text) ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

function optionValue(argv: readonly string[], option: string): string | undefined {
  const at = argv.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = argv[at];
  return word?.startsWith(`${option}=`) ? word.slice(option.length + 1) : word && argv[at + 1];
}
