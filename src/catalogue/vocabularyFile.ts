import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { type Column, columnsOf, tableNames } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { told } from "../words/told.js";
import { type CatalogueFolders, type CatalogueSource, filesOf, foldersOf } from "./cataloguePlace.js";
import { readYaml } from "./readYaml.js";
import { isThere } from "./receivedFile.js";
import { suggest } from "./suggest.js";
import { readTextFile } from "./textFile.js";
import { mergedVocabulary, spellingsOf, type Vocabulary, wordKey } from "./vocabulary.js";

const fileName = "vocabulary.yaml";

/** The words that every company begins with. */
const usual = fileURLToPath(new URL(`../../data/catalog/${fileName}`, import.meta.url));

const spelling = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);
const schema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.strictObject({
      labels: z
        .strictObject({ "zh-CN": z.string().min(1), en: z.string().min(1) })
        .partial()
        .default({}),
      spellings: z.array(spelling).default([]),
    }),
  ),
);

/**
 * The words of a catalogue: the usual ones, over them those of its folders' `vocabulary.yaml` and of the one beside the
 * extracts, code by code.
 * @param allowOutside the file beside the extracts may lie elsewhere
 * @throws CliError 2 for a column or code that the contract does not know, and a spelling that means two codes
 */
export function readVocabulary(
  folders: CatalogueFolders = [],
  dataDir?: string,
  allowOutside = false,
): Vocabulary {
  const own = [...foldersOf(folders)].reverse();
  const beside = dataDir === undefined ? [] : [{ path: dataDir, inside: allowOutside ? null : dataDir }];
  const places = new Map([[usual, null as string | null]]);
  for (const { path, inside } of [...own, ...beside]) {
    const file = join(path, fileName);
    if (!places.has(file) && isThere(file)) places.set(file, inside);
  }
  let merged: Vocabulary = {};
  for (const [file, inside] of places) {
    merged = mergedVocabulary(merged, parseVocabulary(readTextFile(file, inside), file));
    requireOneMeaning(merged, file);
  }
  return merged;
}

/** Keeps a build's words in the warehouse, all in one, in place of the catalogue's own file. */
export async function keepVocabulary(db: DuckDBConnection, vocabulary: Vocabulary): Promise<void> {
  await db.run("delete from config.catalogue_files where name = $name", { name: fileName });
  await db.run("insert into config.catalogue_files values ($name, $name, $content)", {
    name: fileName,
    content: JSON.stringify(vocabulary),
  });
}

/** The words that a warehouse was built with. */
export function keptVocabulary(source: CatalogueSource): Vocabulary {
  const found = filesOf(source).find(fileName);
  return found ? parseVocabulary(found.text, found.file) : {};
}

function parseVocabulary(text: string, file: string): Vocabulary {
  const vocabulary = readYaml(schema, text, file, { whenEmpty: {} });
  for (const [name, codes] of Object.entries(vocabulary)) {
    const closed = columnsNamed(name).find(({ kind }) => kind === "enum");
    const known = Object.keys(closed?.labels ?? {});
    const unknown = closed && Object.keys(codes).find((code) => !known.includes(code));
    if (unknown === undefined) continue;
    throw fileFault(
      file,
      `${name}.${unknown}`,
      told("vocabulary.unknownCode", { known, near: suggest(unknown, known) }),
    );
  }
  return vocabulary;
}

/** The contract's columns that a name of the vocabulary stands for; none for a dimension of one's own. */
function columnsNamed(name: string): Column[] {
  return tableNames.flatMap((table) =>
    columnsOf(table).filter((column) => column.name === name || `${table}.${column.name}` === name),
  );
}

function requireOneMeaning(vocabulary: Vocabulary, file: string): void {
  for (const [column, codes] of Object.entries(vocabulary)) {
    const meanings = new Map<string, string>();
    for (const [code, words] of Object.entries(codes)) {
      for (const word of spellingsOf(code, words)) {
        const other = meanings.get(wordKey(word));
        if (other !== undefined && other !== code) {
          throw fileFault(file, `${column}.${code}`, told("vocabulary.twoMeanings", { other, word }));
        }
        meanings.set(wordKey(word), code);
      }
    }
  }
}
