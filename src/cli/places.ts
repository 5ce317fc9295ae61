import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CatalogueFolder } from "../catalogue/cataloguePlace.js";
import { ownCatalogue } from "../load/plan.js";
import { CliError } from "../run/error.js";
import { defaultWarehouse } from "../warehouse/target.js";
import { told } from "../words/told.js";
import type { Effects } from "./effects.js";

/** The folder of the installed product, which carries a sample and a catalogue to start from. */
const home = fileURLToPath(new URL("../..", import.meta.url));

export interface PlaceOptions {
  warehouse?: string;
}

export interface InputOptions extends PlaceOptions {
  data?: string;
  catalog?: string;
  asOf?: string;
  allowOutside?: boolean;
  acceptDrift?: boolean;
  full?: boolean;
}

/** The warehouse of `--warehouse`, else of the working folder. */
export const warehouseOf = ({ warehouse }: PlaceOptions, effects: Effects): string =>
  resolve(effects.cwd, warehouse ?? defaultWarehouse);

/** What a build reads and writes. */
export interface Places {
  warehouse: string;
  dataDir: string;
  /** Of two catalogues the earlier goes before, file by file. */
  catalogDir: readonly CatalogueFolder[];
}

/**
 * Where extracts, catalogue and warehouse are.
 * @throws CliError 2 when a folder named by the user does not exist
 */
export function resolvePlaces(options: InputOptions, effects: Effects): Places {
  const dataDir = inputDir(options, effects);
  return {
    warehouse: warehouseOf(options, effects),
    dataDir,
    catalogDir: catalogFolders(options, dataDir, effects),
  };
}

/**
 * The catalogue of `--catalog` alone; else the `catalog` beside the extracts over that of the working folder, or over
 * the one the product ships. Files of the one beside the extracts have to lie in their folder, as all that came with them;
 * those of another in its own.
 * @throws CliError 2 when a catalogue named by the user does not exist
 */
export function catalogFolders(
  { catalog, allowOutside }: Pick<InputOptions, "catalog" | "allowOutside">,
  dataDir: string | undefined,
  effects: Effects,
): CatalogueFolder[] {
  const placed = (path: string, inside = path) => ({ path, inside: allowOutside ? null : inside });
  if (catalog !== undefined) {
    const folder = resolve(effects.cwd, catalog);
    if (isFolder(folder)) return [placed(folder)];
    throw new CliError(told("catalogue.missing", { folder: catalog }), 2);
  }
  const own = dataDir === undefined ? [] : [placed(join(dataDir, ownCatalogue), dataDir)];
  const local = resolve(effects.cwd, "data/catalog");
  return [
    ...own.filter(({ path }) => isFolder(path)),
    placed(isFolder(local) ? local : resolve(home, "data/catalog")),
  ];
}

/**
 * Where the extracts are: `--data`, else `data/extracts` when it holds anything, else `data/sample`.
 * @throws CliError 2 when the folder does not exist
 */
export function inputDir(options: InputOptions, effects: Effects): string {
  if (options.data !== undefined) {
    const dir = resolve(effects.cwd, options.data);
    if (!isFolder(dir)) throw new CliError(told("extracts.missing", { folder: options.data }), 2);
    return dir;
  }
  for (const dir of [resolve(effects.cwd, "data/extracts"), resolve(effects.cwd, "data/sample")]) {
    if (isFolder(dir) && readdirSync(dir).length > 0) return dir;
  }
  throw new CliError(told("extracts.unnamed"), 2);
}

/** The folder of extracts where there is one. */
export function inputIfAny(effects: Effects, options: InputOptions = {}): string | undefined {
  try {
    return inputDir(options, effects);
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
