import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { readOnce } from "./open.js";
import { readTextFile } from "./textFile.js";

/** A file of a catalogue: its text, and what messages call it. */
export interface CatalogueFile {
  file: string;
  text: string;
}

/** A catalogue's files by their names. */
export interface CatalogueFiles {
  /** What messages call the catalogue. */
  place: string;
  find(name: string): CatalogueFile | undefined;
}

/** Folders of a catalogue, laid over each other file by file: of two files of a name that of the earlier folder holds. */
export type CatalogueFolders = string | readonly string[];

/** Folders, or files that a warehouse keeps. */
export type CatalogueSource = CatalogueFolders | CatalogueFiles;

export const foldersOf = (folders: CatalogueFolders): readonly string[] =>
  typeof folders === "string" ? [folders] : folders;

/** The files of a catalogue, wherever it is. */
export function filesOf(source: CatalogueSource): CatalogueFiles {
  if (typeof source === "object" && "place" in source) return source;
  const folders = foldersOf(source);
  return {
    place: folders[0] ?? "",
    find(name) {
      const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
      return file === undefined ? undefined : { file, text: readTextFile(file) };
    },
  };
}

/** The path that a missing file of a catalogue would have. */
export const pathIn = (source: CatalogueSource, name: string): string => join(filesOf(source).place, name);

/** Every file of folders that holds, by name. */
export function listCatalogue(folders: CatalogueFolders): string[] {
  const byName = new Map<string, string>();
  for (const folder of foldersOf(folders)) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!byName.has(name) && statSync(path).isFile()) byName.set(name, path);
    }
  }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
}

/** The YAML files of a catalogue, which a warehouse keeps: what is said of its figures is said by what they were made with. */
const keptFiles = /\.ya?ml$/i;

/** Keeps the catalogue that a build was made with, in `config.catalogue_files`. */
export async function keepCatalogue(db: DuckDBConnection, folders: CatalogueFolders): Promise<void> {
  await db.run("create schema if not exists config");
  await db.run(
    "create or replace table config.catalogue_files (name VARCHAR, file VARCHAR, content VARCHAR)",
  );
  for (const file of listCatalogue(folders).filter((path) => keptFiles.test(path))) {
    const name = file.split(/[\\/]/).at(-1) ?? file;
    await db.run("insert into config.catalogue_files values ($name, $file, $content)", {
      name,
      file,
      content: readTextFile(file),
    });
  }
}

/** The catalogue that a warehouse was built with. */
export async function keptCatalogue(db: DuckDBConnection): Promise<CatalogueFiles> {
  const reader = await readOnce(db, "select name, file, content from config.catalogue_files");
  const files = new Map(
    reader
      .getRowsJson()
      .map(([name, file, content]) => [String(name), { file: String(file), text: String(content) }]),
  );
  return { place: "", find: (name) => files.get(name) };
}
