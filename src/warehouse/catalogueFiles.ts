import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileFault } from "../error.js";
import { type AssessmentSettings, defaultAssessment, parseAssessment } from "../kpi/assessmentSettings.js";
import { type Kpi, parseKpis } from "../kpi/catalogue.js";
import { type Fishbone, type Fishbones, parseFishbones } from "../kpi/fishbones.js";
import { defaultGrades, parseScorecards, type Scorecards } from "../kpi/scorecards.js";
import { suggest, suggestZh } from "../kpi/suggest.js";
import { readTextFile } from "./textFile.js";

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
  const kpis = parseKpis(readTextFile(kpisFile), kpisFile);
  const fishbonesFile = join(dir, "fishbones.yaml");
  const bones = existsSync(fishbonesFile)
    ? parseFishbones(readTextFile(fishbonesFile), fishbonesFile, kpis)
    : { fishbones: [], problems: [] };
  const scorecardsFile = join(dir, "scorecards.yaml");
  if (!existsSync(scorecardsFile)) {
    return { kpis, ...bones, grades: defaultGrades, scorecards: [], assessment: defaultAssessment };
  }
  const scorecards = parseScorecards(readTextFile(scorecardsFile), scorecardsFile, kpis);
  const assessment = parseAssessment(readTextFile(scorecardsFile), scorecardsFile, scorecards.scorecards);
  requireScorecards(
    bones.fishbones,
    fishbonesFile,
    scorecards.scorecards.map(({ id }) => id),
  );
  return { kpis, ...bones, ...scorecards, assessment };
}

function requireScorecards(fishbones: readonly Fishbone[], file: string, known: readonly string[]): void {
  for (const { id, scorecard } of fishbones) {
    if (scorecard === undefined || known.includes(scorecard)) continue;
    throw fileFault(file, `${id}.scorecard`, {
      en: `not in scorecards.yaml: ${scorecard}${suggest(scorecard, known)}`,
      zh: `scorecards.yaml 中没有 ${scorecard}${suggestZh(scorecard, known)}`,
    });
  }
}
