import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../error.js";
import { type AssessmentSettings, defaultAssessment, parseAssessment } from "../kpi/assessmentSettings.js";
import { type Kpi, parseKpis } from "../kpi/catalogue.js";
import { type Fishbones, parseFishbones } from "../kpi/fishbones.js";
import { defaultGrades, parseScorecards, type Scorecards } from "../kpi/scorecards.js";

export interface Catalogue extends Scorecards, Fishbones {
  kpis: Kpi[];
  assessment: AssessmentSettings;
}

/**
 * Reads `kpis.yaml`, `fishbones.yaml` and `scorecards.yaml` of a catalogue folder; only the first has to be there.
 * @throws CliError 2 when a file is missing or wrong
 */
export function readCatalogue(dir: string): Catalogue {
  const kpisFile = join(dir, "kpis.yaml");
  const kpis = parseKpis(readText(kpisFile), kpisFile);
  const fishbonesFile = join(dir, "fishbones.yaml");
  const bones = existsSync(fishbonesFile)
    ? parseFishbones(readText(fishbonesFile), fishbonesFile, kpis)
    : { fishbones: [], problems: [] };
  const scorecardsFile = join(dir, "scorecards.yaml");
  if (!existsSync(scorecardsFile))
    return { kpis, ...bones, grades: defaultGrades, scorecards: [], assessment: defaultAssessment };
  const scorecards = parseScorecards(readText(scorecardsFile), scorecardsFile, kpis);
  const assessment = parseAssessment(readText(scorecardsFile), scorecardsFile, scorecards.scorecards);
  for (const { id, scorecard } of bones.fishbones) {
    if (scorecard === undefined || scorecards.scorecards.some((each) => each.id === scorecard)) continue;
    throw new CliError(`${fishbonesFile}: ${id}.scorecard: not in scorecards.yaml: ${scorecard}`, 2);
  }
  return { kpis, ...bones, ...scorecards, assessment };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CliError(`no such catalogue file: ${file}`, 2);
  }
}
