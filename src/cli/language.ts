import { join } from "node:path";
import { readKept } from "../catalogue/catalogueFiles.js";
import { isThere } from "../catalogue/receivedFile.js";
import { readReceived } from "../catalogue/textFile.js";
import { withWarehouse } from "../warehouse/open.js";
import { isLanguage, type Language } from "../words/languages.js";
import type { Effects } from "./effects.js";
import { catalogFolders, inputIfAny, warehouseOf } from "./places.js";

/**
 * The language in which a command line says what is wrong with it or its files: that of `--lang`, else of the
 * catalogue's `settings.yaml`. That file may be what is wrong, so only its line `language:` is looked at.
 */
export const languageOf = (argv: readonly string[], effects: Effects): Language =>
  languageFor(placesIn(argv), effects);

/** The commands that read extracts and catalogue; the others ask what was built of them. */
const ofInputs: readonly string[] = ["build", "report", "dev", "init", "sample", "doctor"];

/** The language in which the failure of a command is told: of one on a warehouse that of the warehouse, where it can be read. */
export function languageOfFailure(argv: readonly string[], effects: Effects): Promise<Language> {
  const warehouse = optionValue(argv, "--warehouse");
  return languageOn(placesIn(argv), effects, () =>
    ofInputs.includes(argv.slice(2).find((word) => !word.startsWith("-")) ?? "")
      ? languageOf(argv, effects)
      : languageOfWarehouse(warehouseOf(warehouse === undefined ? {} : { warehouse }, effects)),
  );
}

function placesIn(argv: readonly string[]): Parameters<typeof languageFor>[0] {
  const lang = optionValue(argv, "--lang");
  const catalog = optionValue(argv, "--catalog");
  const data = optionValue(argv, "--data");
  return {
    ...(isLanguage(lang) ? { lang } : {}),
    ...(catalog === undefined ? {} : { catalog }),
    ...(data === undefined ? {} : { data }),
    ...(argv.includes("--allow-outside") ? { allowOutside: true } : {}),
  };
}

/** The language in which a command with these options talks. */
export function languageFor(
  options: { lang?: Language; catalog?: string; data?: string; allowOutside?: boolean },
  effects: Effects,
): Language {
  if (options.lang !== undefined) return options.lang;
  try {
    const folders = catalogFolders(options, inputIfAny(effects, options), effects);
    const found = folders
      .map(({ path, inside }) => ({ file: join(path, "settings.yaml"), inside }))
      .find(({ file }) => isThere(file));
    const text = found ? readReceived(found.file, found.inside).toString("latin1") : "";
    const [, named] = /^language:[ \t]*["']?([\w-]+)/m.exec(text) ?? [];
    return isLanguage(named) ? named : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

/**
 * The language in which a command on a warehouse or site talks: that of `--lang`, else the one that it was built with, which
 * need not be that of the catalogue here.
 * @param built tells that one; where there is none to be read the command itself says why
 */
export async function languageOn(
  options: Parameters<typeof languageFor>[0],
  effects: Effects,
  built: () => Language | Promise<Language>,
): Promise<Language> {
  if (options.lang !== undefined) return options.lang;
  try {
    return await built();
  } catch {
    return languageFor(options, effects);
  }
}

/** The language of the settings that a warehouse was built with. */
export const languageOfWarehouse = (warehouse: string): Promise<Language> =>
  withWarehouse(warehouse, async (db) => (await readKept(db)).settings.language);

function optionValue(argv: readonly string[], option: string): string | undefined {
  const at = argv.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = argv[at];
  return word?.startsWith(`${option}=`) ? word.slice(option.length + 1) : word && argv[at + 1];
}
