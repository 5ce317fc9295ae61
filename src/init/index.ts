import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { presets } from "../../loaders/index.js";
import { readVocabulary } from "../catalogue/vocabularyFile.js";
import { tableNames } from "../contract/index.js";
import { CliError } from "../run/error.js";
import { stopIfInterrupted } from "../run/interrupt.js";
import { withScratch } from "../run/scratch.js";
import { append } from "../statistics/extremes.js";
import type { Language } from "../words/languages.js";
import { type Told, told } from "../words/told.js";
import { worded } from "../words/wording.js";
import { asideWord } from "./aside.js";
import { refineCandidates } from "./candidates.js";
import { refineLines } from "./cells/lines.js";
import { refineSpellings } from "./cells/spellings.js";
import { refineUnknownWords } from "./cells/unknownWords.js";
import { accountOf } from "./connected/account.js";
import { refineDeclared } from "./connected/declared.js";
import { lookAtSource } from "./connected/lookAtSource.js";
import type { Connected } from "./connected/origin.js";
import { refineDecimals } from "./decimals.js";
import { doubtByOthers } from "./doubts.js";
import { byScore } from "./furtherScores.js";
import { grouped } from "./group.js";
import { guessAll, namesOf, placeOf } from "./guessAll.js";
import { inferFromCells } from "./infer.js";
import { refineRows } from "./leftOut.js";
import { lookAt, whyForeign } from "./look.js";
import { refineOrder } from "./order.js";
import { presetOf } from "./presets.js";
import { type Guessed, refineNotations, refineReferences } from "./refine.js";
import { withoutRepeats } from "./repeats.js";
import { isActive, isAsked, isTaken, type TableGuess } from "./tableGuess.js";
import { refineTotals } from "./totals.js";
import { refineUnits } from "./units.js";
import { catalogueTexts, guessSettings } from "./write/catalogueText.js";
import { clearKilled, requireOwnPlaces, writeTexts } from "./write/files.js";
import type { Idle } from "./write/idle.js";
import { planSources } from "./write/plan.js";
import { accountRows, type InitRow, presetRows, rowsOf } from "./write/rows.js";
import { sourcesText } from "./write/sourcesText.js";
import { vocabularyText } from "./write/vocabularyText.js";
import { refineZones } from "./zones.js";

const shippedBones = fileURLToPath(new URL("../../data/catalog/fishbones.yaml", import.meta.url));

export interface InitOptions {
  dataDir: string;
  /** Of comments and of the catalogue; by default that of most headings. */
  lang?: Language;
  machineZone: string;
  /** What is there is kept beside as `.bak` and written anew. */
  isForced?: boolean;
  allowOutside?: boolean;
  /** A database or an account that is looked at beside the files of the folder, which may be none then. */
  connected?: Connected;
}

/**
 * Looks at a folder of files and writes `sources.yaml`, `vocabulary.yaml` and `catalog/` into it: all of them, or none.
 * @throws CliError 2 when there is a `sources.yaml`, or nothing to look at
 */
export async function init(
  options: InitOptions,
): Promise<{ rows: InitRow[]; written: string[]; language: Language }> {
  const { dataDir, isForced = false } = options;
  clearKilled(dataDir);
  if (!isForced && existsSync(join(dataDir, "sources.yaml")))
    throw new CliError(told("init.exists", { file: join(dataDir, "sources.yaml") }), 2);
  requireOwnPlaces(dataDir);
  const tempDir = mkdtempSync(join(tmpdir(), "herringbone-init-"));
  return withScratch(tempDir, async () => {
    const instance = await DuckDBInstance.create(":memory:", { temp_directory: tempDir });
    const db = await instance.connect();
    try {
      await db.run("set TimeZone = 'UTC'");
      const { texts, rows, language } = await guessed(db, options, tempDir);
      stopIfInterrupted();
      return { rows, written: await writeTexts(dataDir, texts), language };
    } finally {
      db.closeSync();
      instance.closeSync();
    }
  });
}

async function guessed(db: DuckDBConnection, options: InitOptions, tempDir: string) {
  const { dataDir, lang, machineZone, allowOutside = false, connected } = options;
  const there = connected ? await lookAtSource(db, connected) : undefined;
  const look = existsSync(dataDir)
    ? await lookAt(db, { dataDir, inside: allowOutside ? null : dataDir, tempDir })
    : { tables: [], unread: [], others: [] };
  if (there && there.tables.length + there.unread.length === 0)
    throw new CliError(told("init.nothingThere", { variable: connected?.settings.url_env ?? "" }), 2);
  if (!there && look.tables.length + look.unread.length === 0)
    throw new CliError(told("init.nothing", { folder: dataDir }), 2);
  const vocabulary = readVocabulary();
  const paths = look.tables.map(({ file }) => file);
  const files = await grouped(db, look.tables, [
    ...paths,
    ...look.unread.map(({ file }) => file),
    ...look.others,
  ]);
  append(look.unread, there?.unread ?? []);
  const isAccount = connected !== undefined && Object.hasOwn(presets, connected.kind);
  const found = isAccount && there ? await accountOf(db, connected, there.tables, vocabulary) : undefined;
  const raws = [...files, ...(found ? [] : (there?.tables ?? []))];
  const ordinary = raws.filter(({ file, sheet }) => asideWord(file, sheet?.name) === undefined);
  // A system's objects lie in files or in a database that copies them, not in both.
  const preset =
    presetOf(ordinary.filter(({ origin }) => !origin)) ?? presetOf(ordinary.filter(({ origin }) => origin));
  const mapped = new Set(preset?.parts.values());
  const { all, idle } = await guessAll(
    db,
    raws.filter((each) => !mapped.has(each)),
    vocabulary,
  );
  await doubtByOthers(
    db,
    all.filter(({ guess }) => isTaken(guess)),
  );
  const { taken: likely, left } = chosen(all);
  const fed = new Set(
    [...(preset?.tables ?? []), ...(found?.account.tables ?? [])].map(({ table }) => table),
  );
  const isFed = ({ guess }: Guessed) => fed.has(guess.table);
  const { kept: taken, repeats } = await withoutRepeats(
    db,
    likely.filter((each) => !isFed(each)),
  );
  const byPreset = likely.filter(isFed);
  append(
    left,
    byPreset.map(({ raw, guess: { table } }) => ({
      file: placeOf(raw),
      why: told("init.presetFeeds", { table }),
      columns: raw.columns,
    })),
  );
  append(
    left,
    repeats.map(({ repeat, of }) => ({
      file: placeOf(repeat.raw),
      why: told("init.repeats", { table: of.guess.table, other: placeOf(of.raw) }),
      columns: repeat.raw.columns,
    })),
  );
  await inferFromCells(db, taken, vocabulary);
  await refineReferences(db, taken);
  await refineSpellings(db, taken);
  await refineLines(db, taken);
  refineDeclared(taken);
  const known = { machineZone, ...(lang ? { lang } : {}) };
  await refineNotations(db, taken, guessSettings(taken, known).timeZone.value);
  await refineNotations(
    db,
    left.flatMap(({ may = [] }) => may),
    guessSettings(taken, known).timeZone.value,
  );
  await refineOrder(db, taken);
  await refineTotals(db, taken);
  refineDecimals(taken);
  refineUnits(taken);
  refineZones(taken);
  refineRows(taken);
  refineUnknownWords(taken);
  refineCandidates(taken, vocabulary);
  append(idle, found?.idle ?? []);
  append(idle, left);
  append(
    idle,
    look.unread.map(({ file, why }) => ({ file, why, columns: [] })),
  );
  append(
    idle,
    look.others.flatMap((file) => {
      const why = whyForeign(file);
      return why ? [{ file, why, columns: [] }] : [];
    }),
  );
  const settings = guessSettings(taken, known);
  const language = settings.language.value;
  const say = (message: Parameters<typeof worded>[0]) => worded(message, language);
  const catalogue = catalogueTexts(settings, readFileSync(shippedBones, "utf8"), say);
  const texts: Record<string, string> = {
    "sources.yaml": sourcesText(
      {
        sources: planSources(taken.flatMap((each) => byScore(each, namesOf(each.raw)))),
        idle,
        ...(preset ? { preset } : {}),
        ...(found ? { account: found.account } : {}),
      },
      say,
    ),
    "vocabulary.yaml": vocabularyText(taken, vocabulary, say),
    ...Object.fromEntries(Object.entries(catalogue).map(([name, text]) => [`catalog/${name}`, text])),
  };
  return {
    texts,
    rows: [...presetRows(preset), ...accountRows(found?.account), ...rowsOf(taken, idle)],
    language,
  };
}

/** What is to be written as a table, and what is only like one. */
function chosen(all: readonly Guessed[]): { taken: Guessed[]; left: Idle[] } {
  const left = all
    .filter((each) => !isTaken(each.guess))
    .map((each) => {
      const { raw, guess } = each;
      const may = oneOfTwo(each);
      return { file: placeOf(raw), why: whyLeft(guess, may.length > 0), columns: raw.columns, may };
    });
  const order = (one: Guessed) => tableNames.indexOf(one.guess.table);
  return {
    taken: all.filter(({ guess }) => isTaken(guess)).sort((one, other) => order(one) - order(other)),
    left,
  };
}

/** What a file may be of which nothing tells that it is it, where that is two tables that each could be read. */
function oneOfTwo(each: Guessed): Guessed[] {
  const { doubt: _, other, ...guess } = each.guess;
  if (other === undefined) return [];
  const both = [guess, other].map((one) => ({
    ...each,
    guess: { ...one, columns: one.columns.map((found) => ({ ...found })) },
  }));
  return both.every((one) => one.guess.hasKey && one.guess.columns.filter(isActive).length > 2) ? both : [];
}

/** Why a file is only like a table. */
function whyLeft(guess: TableGuess, mayBeOther: boolean): Told {
  const { table, lacking, doubt, isTold } = guess;
  if (lacking.length > 0 && !isAsked(guess)) return told("init.likeLacks", { table, lacking: [...lacking] });
  return doubt !== undefined && (isTold || mayBeOther) ? doubt : told("init.maybe", { table });
}
