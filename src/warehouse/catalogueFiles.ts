import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../error.js";
import { type Fishbone, type Kpi, parseFishbones, parseKpis } from "../kpi/catalogue.js";

export interface Catalogue {
  kpis: Kpi[];
  fishbones: Fishbone[];
}

/**
 * Reads `kpis.yaml` and `fishbones.yaml` of a catalogue folder.
 * @throws CliError 2 when a file is missing or wrong
 */
export function readCatalogue(dir: string): Catalogue {
  const kpisFile = join(dir, "kpis.yaml");
  const kpis = parseKpis(readText(kpisFile), kpisFile);
  const fishbonesFile = join(dir, "fishbones.yaml");
  const fishbones = existsSync(fishbonesFile)
    ? parseFishbones(readText(fishbonesFile), fishbonesFile, kpis)
    : [];
  return { kpis, fishbones };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CliError(`no such catalogue file: ${file}`, 2);
  }
}
