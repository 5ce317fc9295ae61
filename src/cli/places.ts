import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "../error.js";
import { defaultWarehouse } from "../warehouse/target.js";
import type { Effects } from "./effects.js";

/** The folder of the installed product, which carries a sample and a catalogue to start from. */
const home = fileURLToPath(new URL("../..", import.meta.url));

export interface PlaceOptions {
  warehouse?: string;
  catalog?: string;
}

export interface InputOptions extends PlaceOptions {
  data?: string;
  asOf?: string;
}

export interface Places {
  warehouse: string;
  catalogDir: string;
}

/**
 * Where warehouse and catalogue are: the options, else the working folder, else the catalogue the product ships.
 * @throws CliError 2 when a catalogue named by the user does not exist
 */
export function resolvePlaces(options: PlaceOptions, effects: Effects): Places {
  const warehouse = resolve(effects.cwd, options.warehouse ?? defaultWarehouse);
  if (options.catalog !== undefined) {
    const catalogDir = resolve(effects.cwd, options.catalog);
    if (!isFolder(catalogDir))
      throw new CliError(
        { en: `no such catalogue folder: ${options.catalog}`, zh: `没有这个目录文件夹：${options.catalog}` },
        2,
      );
    return { warehouse, catalogDir };
  }
  const local = resolve(effects.cwd, "data/catalog");
  return { warehouse, catalogDir: isFolder(local) ? local : resolve(home, "data/catalog") };
}

/**
 * Where the extracts are: `--data`, else `data/extracts` when it holds anything, else `data/sample`.
 * @throws CliError 2 when the folder does not exist
 */
export function inputDir(options: InputOptions, effects: Effects): string {
  if (options.data !== undefined) {
    const dir = resolve(effects.cwd, options.data);
    if (!isFolder(dir))
      throw new CliError(
        { en: `no such folder of extracts: ${options.data}`, zh: `没有这个数据文件夹：${options.data}` },
        2,
      );
    return dir;
  }
  for (const dir of [resolve(effects.cwd, "data/extracts"), resolve(effects.cwd, "data/sample")]) {
    if (isFolder(dir) && readdirSync(dir).length > 0) return dir;
  }
  throw new CliError(
    {
      en: "no extracts: put them into data/extracts, or name their folder with --data",
      zh: "没有数据：请放入 data/extracts，或用 --data 指定文件夹",
    },
    2,
  );
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
