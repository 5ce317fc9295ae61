import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { readOnce } from "../warehouse/open.js";
import { isThere } from "./receivedFile.js";
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

/** A folder of a catalogue. */
export interface CatalogueFolder {
  path: string;
  /** The folder that the real paths of its files have to lie in; null where they may lie anywhere. */
  inside: string | null;
}

/**
 * Folders of a catalogue, laid over each other file by file: of two files of a name that of the earlier folder holds.
 * The files of one that is only named have to lie in it.
 */
export type CatalogueFolders = string | readonly (string | CatalogueFolder)[];

/** Folders, or files that a warehouse keeps. */
export type CatalogueSource = CatalogueFolders | CatalogueFiles;

export const foldersOf = (folders: CatalogueFolders): readonly CatalogueFolder[] =>
  (typeof folders === "string" ? [folders] : folders).map((folder) =>
    typeof folder === "string" ? { path: folder, inside: folder } : folder,
  );

/** The files of a catalogue, wherever it is. */
export function filesOf(source: CatalogueSource): CatalogueFiles {
  if (typeof source === "object" && "place" in source) return source;
  const folders = foldersOf(source);
  return {
    place: folders[0]?.path ?? "",
    find(name) {
      const found = folders.find(({ path }) => isThere(join(path, name)));
      if (found === undefined) return undefined;
      const file = join(found.path, name);
      return { file, text: readTextFile(file, found.inside) };
    },
  };
}

/** The path that a missing file of a catalogue would have. */
export const pathIn = (source: CatalogueSource, name: string): string => join(filesOf(source).place, name);

/** A file of a folder that holds, and where it has to lie. */
export interface ListedFile extends CatalogueFolder {
  name: string;
}

/** Every file of folders that holds, by name; hidden ones are an editor's or a system's. */
export function listCatalogue(folders: CatalogueFolders): ListedFile[] {
  const byName = new Map<string, ListedFile>();
  for (const { path: folder, inside } of foldersOf(folders)) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((each) => !each.startsWith("."))) {
      const path = join(folder, name);
      const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
      if (isFile && !byName.has(name)) byName.set(name, { name, path, inside });
    }
  }
  return [...byName.values()].sort(({ name: one }, { name: other }) => (one < other ? -1 : 1));
}

/** The YAML files of a catalogue, which a warehouse keeps: what is said of its figures is said by what they were made with. */
const keptFiles = /\.ya?ml$/i;

/** Keeps the catalogue that a build was made with, in `config.catalogue_files`. */
export async function keepCatalogue(db: DuckDBConnection, folders: CatalogueFolders): Promise<void> {
  await db.run("create schema if not exists config");
  await db.run(
    "create or replace table config.catalogue_files (name VARCHAR, file VARCHAR, content VARCHAR)",
  );
  for (const { name, path, inside } of listCatalogue(folders).filter((each) => keptFiles.test(each.name))) {
    await db.run("insert into config.catalogue_files values ($name, $file, $content)", {
      name,
      // A warehouse that is moved says nothing of where it was made.
      file: path.split(sep).slice(-3).join("/"),
      content: readTextFile(path, inside),
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
