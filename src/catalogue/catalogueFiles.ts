import { dirname } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { type AssessmentSettings, defaultAssessment, parseAssessment } from "./assessmentSettings.js";
import {
  type CatalogueFile,
  type CatalogueSource,
  filesOf,
  keptCatalogue,
  pathIn,
} from "./cataloguePlace.js";
import { type Fishbone, type Fishbones, parseFishbones } from "./fishbones.js";
import { type Kpi, parseKpis } from "./kpis.js";
import { lackFault } from "./lacking.js";
import { withOwnDimensions } from "./ownDimensions.js";
import { readDimensions } from "./readDimensions.js";
import { defaultGrades, parseScorecards, type Scorecards } from "./scorecards.js";
import { readSettings, type Settings } from "./settings.js";
import { suggest } from "./suggest.js";
import type { Vocabulary } from "./vocabulary.js";
import { keptVocabulary } from "./vocabularyFile.js";

export interface Catalogue extends Scorecards, Fishbones {
  kpis: Kpi[];
  assessment: AssessmentSettings;
}

/**
 * Reads `kpis.yaml`, `fishbones.yaml`, `scorecards.yaml` and `assessment.yaml` of a catalogue; only the first has to be there.
 * @throws CliError 2 when a file is missing or wrong
 */
export function readCatalogue(source: CatalogueSource): Catalogue {
  const files = filesOf(source);
  const kpisFile = files.find("kpis.yaml");
  if (!kpisFile) {
    const path = pathIn(source, "kpis.yaml");
    throw new CliError(told("catalogueFile.missing", { file: path }), 2);
  }
  /** The path of a file of one's own that stands in place of the one which the other was shipped with. */
  const inPlace = (found: CatalogueFile | undefined, other: CatalogueFile) => {
    const isOwn = ({ file }: CatalogueFile) => dirname(file) === dirname(pathIn(source, "kpis.yaml"));
    return found && isOwn(found) && !isOwn(other) ? found.file : undefined;
  };
  const { currency } = readSettings(source);
  const own = readDimensions(source);
  const kpis = withOwnDimensions(parseKpis(kpisFile.text, kpisFile.file), own).map((kpi) => ({
    ...kpi,
    currency,
  }));
  const bonesFile = files.find("fishbones.yaml");
  const bones = bonesFile
    ? parseFishbones(bonesFile.text, bonesFile.file, kpis, inPlace(kpisFile, bonesFile))
    : { fishbones: [], problems: [] };
  const cardsFile = files.find("scorecards.yaml");
  const scorecards = cardsFile
    ? parseScorecards(cardsFile.text, cardsFile.file, kpis, inPlace(kpisFile, cardsFile))
    : { grades: defaultGrades, scorecards: [] };
  const assessmentFile = files.find("assessment.yaml");
  const assessment = assessmentFile
    ? parseAssessment(
        assessmentFile.text,
        assessmentFile.file,
        scorecards.scorecards,
        inPlace(cardsFile, assessmentFile),
      )
    : defaultAssessment;
  if (bonesFile) {
    const ids = scorecards.scorecards.map(({ id }) => id);
    if (cardsFile) requireScorecards(bones.fishbones, bonesFile.file, ids, inPlace(cardsFile, bonesFile));
  }
  return { kpis, ...bones, ...scorecards, assessment };
}

/** What a warehouse was built with: catalogue and settings. */
export interface Kept {
  catalogue: Catalogue;
  settings: Settings;
  /** The words of coded columns and their labels. */
  vocabulary: Vocabulary;
}

/** Reads the catalogue and the settings that a warehouse was built with; every answer about it is given by them. */
export async function readKept(db: DuckDBConnection): Promise<Kept> {
  const files = await keptCatalogue(db);
  return {
    catalogue: readCatalogue(files),
    settings: readSettings(files),
    vocabulary: keptVocabulary(files),
  };
}

function requireScorecards(
  fishbones: readonly Fishbone[],
  file: string,
  known: readonly string[],
  ownCards: string | undefined,
): void {
  for (const { id, scorecard } of fishbones) {
    if (scorecard === undefined || known.includes(scorecard)) continue;
    const wrong = told("scorecard.unlisted", { id: scorecard, near: suggest(scorecard, known) });
    throw lackFault({ file, place: `${id}.scorecard`, id: scorecard }, ownCards, wrong, known);
  }
}
