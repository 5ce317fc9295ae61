import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { type Extract, type Kind, kinds } from "../../loaders/index.js";
import { type CatalogueFolder, type CatalogueFolders, foldersOf } from "../catalogue/cataloguePlace.js";
import { extraColumns } from "../catalogue/ownDimensions.js";
import { readDimensions } from "../catalogue/readDimensions.js";
import { requireInside, requireReceived } from "../catalogue/receivedFile.js";
import { contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { CliError, fileFault } from "../run/error.js";
import { told } from "../words/told.js";
import {
  type ExtraOf,
  kindOf,
  type MappingSettings,
  type ReadingSettings,
  readSourcesYaml,
  type SourcesFile,
} from "./sourcesYaml.js";

/** A source with its files found. */
export interface PlannedSource {
  name: string;
  /** The folder its files' paths are relative to. */
  folder: string;
  kind: Kind;
  settings: ReadingSettings;
  /** Raw table name → what its extracts are called: of files their paths, in natural order. */
  parts: ReadonlyMap<string, readonly string[]>;
  mappings: PlannedMapping[];
}

export interface PlannedMapping extends MappingSettings {
  table: TableName;
  /** The raw table a mapping of columns reads. */
  part: string;
  /** Columns beyond the contract's that the catalogue's own dimensions take. */
  extra: readonly string[];
  /** Columns are taken by the header's names, where no setting maps them. */
  byName: boolean;
}

export interface LoadPlan {
  sources: PlannedSource[];
  /** Files of the folder no table is read from. */
  ignored: string[];
  hasSettings: boolean;
  /** The data date that `sources.yaml` asks for. */
  asOf?: string;
}

/** Opens one of a source's extracts with the source's settings. */
export function openExtract(source: PlannedSource, name: string, tempDir: string): Promise<Extract> {
  const { kind, folder, settings } = source;
  return kind.open({ name, path: join(folder, name), tempDir }, settings);
}

/** What a source's extracts are called. */
export const extractsOf = ({ parts }: PlannedSource): string[] => [...parts.values()].flat();

/** The paths of a source's files; none where its extracts are no files. */
export const pathsOf = (source: PlannedSource): string[] =>
  source.kind.fileName ? extractsOf(source).map((file) => join(source.folder, file)) : [];

/** The folder of extracts that holds the catalogue of their company. */
export const ownCatalogue = "catalog";

/** The source that the catalogue's tables are read from. */
export const catalogSource = "catalog";

/** A table's share of broken rows beyond which a build fails. */
export const defaultQuarantineShare = 0.05;

/**
 * Finds out what is to be read from a folder: by its `sources.yaml`, or else files named after contract tables:
 * `tickets.csv`, `tickets-2026-01.csv` (also `_` or `.` before a digit), `tickets/*.csv`; `.tsv` and `.gz` as well.
 * The tables the KPI team manages are read from files of their name in the catalogue's folder, too.
 * @param allowOutside files may lie, or links lead, outside the folder of extracts; of a catalogue's it says so itself
 * @throws CliError 2 when there is nothing to read, the settings are wrong, or a file lies outside
 */
export function planLoad(dataDir: string, catalogDir: CatalogueFolders = [], allowOutside = false): LoadPlan {
  if (!existsSync(dataDir) || !statSync(dataDir).isDirectory()) {
    throw new CliError(told("extracts.missing", { folder: dataDir }), 2);
  }
  const files = listFiles(dataDir).filter((file) => !file.startsWith(`${ownCatalogue}/`));
  const own = readDimensions(catalogDir);
  const extraOf = (table: TableName) => extraColumns(own, table);
  const inside = allowOutside ? null : dataDir;
  const yaml = readSourcesYaml(dataDir, extraOf, inside);
  const plan = yaml
    ? planBySettings(yaml, { dataDir, files, inside }, extraOf)
    : planByName(files, dataDir, extraOf);
  if (plan.sources.every((source) => source.mappings.length === 0)) {
    const tables = tableNames.filter((table) => !(contract[table] as Table).managed);
    const seen = `${plan.ignored.slice(0, 5).join(", ")}${plan.ignored.length > 5 ? ", …" : ""}`;
    const files = seen === "" ? "" : told("extracts.seen", { seen });
    throw new CliError(told("extracts.none", { files, tables, folder: dataDir }), 2);
  }
  for (const source of plan.sources) requireFiles(source, inside);
  return { ...plan, sources: [...plan.sources, ...planManaged(foldersOf(catalogDir))] };
}

/**
 * The tables of the catalogue's folders; one that an earlier folder has is not read from a later. Read last, so that of
 * two rows of a key the catalogue's stays.
 */
function planManaged(folders: readonly CatalogueFolder[]): PlannedSource[] {
  const taken = new Set<TableName>();
  return folders
    .filter(({ path }) => existsSync(path))
    .flatMap(({ path: folder, inside }) => {
      requireInside(folder, inside);
      const files = readdirSync(folder).filter((file) => {
        const table = tableOfFile(file);
        return table && (contract[table] as Table).managed && !taken.has(table);
      });
      const source = planByName(files.sort(inNaturalOrder), folder).sources[0];
      if (files.length === 0 || !source) return [];
      requireFiles(source, inside);
      for (const { table } of source.mappings) taken.add(table);
      return [{ ...source, name: catalogSource }];
    });
}

function planByName(files: string[], folder: string, extraOf: ExtraOf = () => []): LoadPlan {
  const parts = new Map<string, string[]>();
  const ignored: string[] = [];
  for (const file of files) {
    const table = tableOfFile(file);
    if (table) parts.set(table, [...(parts.get(table) ?? []), file]);
    else if (file !== "vocabulary.yaml") ignored.push(file);
  }
  const mappings = tableNames
    .filter((table) => parts.has(table))
    .map((table) => ({ table, part: table, extra: extraOf(table), byName: true }));
  return {
    sources: [{ name: "extracts", folder, kind: kindOf({}), settings: {}, parts, mappings }],
    ignored,
    hasSettings: false,
  };
}

function tableOfFile(file: string): TableName | undefined {
  const { fileName } = kindOf({});
  const [first = "", ...rest] = file.toLowerCase().split("/");
  if (!fileName?.test(file)) return undefined;
  if (rest.length === 1) return tableNames.find((table) => table === first);
  if (rest.length > 1) return undefined;
  const stem = first.replace(fileName, "");
  return tableNames.find((table) => stem === table || new RegExp(`^${table}[-_.](\\d.*)$`).test(stem));
}

interface Folder {
  dataDir: string;
  files: string[];
  inside: string | null;
}

function planBySettings({ asOf, sources: yaml }: SourcesFile, folder: Folder, extraOf: ExtraOf): LoadPlan {
  const { dataDir, files } = folder;
  const sources = Object.entries(yaml).map(([name, { tables, ...others }]) => {
    const settings: ReadingSettings = others;
    const kind = kindOf(settings);
    const wanted = Object.entries(kind.parts(settings));
    const parts = new Map(
      wanted.map(([part, list]) => [part, kind.fileName ? matching(folder, name, part, list) : list]),
    );
    const names = [...parts.keys()];
    const mappings = Object.entries(tables).map(([table, mapping]) => ({
      ...mapping,
      table: table as TableName,
      extra: extraOf(table as TableName),
      part: mapping.from ?? (names.includes(table) ? table : names[0]) ?? "extract",
      byName: !mapping.columns && !mapping.select,
    }));
    return { name, folder: dataDir, kind, settings, parts, mappings };
  });
  const used = new Set(["sources.yaml", "vocabulary.yaml", ...sources.flatMap(extractsOf)]);
  return {
    sources,
    ignored: files.filter((file) => !used.has(file)),
    hasSettings: true,
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** The files that a source's patterns for a raw table match. */
function matching(
  { dataDir, files, inside }: Folder,
  source: string,
  part: string,
  patterns: readonly string[],
): string[] {
  // Before anything is looked for: what is answered must not tell what there is outside.
  for (const pattern of patterns) requireInside(fixedPlace(pattern, dataDir).folder, inside, pattern);
  const found = [...new Set(patterns.flatMap((pattern) => expand(pattern, files, dataDir)))];
  if (found.length > 0) return found.sort(inNaturalOrder);
  const path = part === "extract" ? "files" : `files.${part}`;
  throw fileFault("sources.yaml", `${source}.${path}`, told("sources.noMatch", { patterns }));
}

function requireFiles(source: PlannedSource, inside: string | null): void {
  for (const path of pathsOf(source)) requireReceived(path, inside);
}

/** Every file below a folder, and folders named like an extract, as `/`-separated relative paths in natural order, hidden ones left out. */
function listFiles(dir: string): string[] {
  const found = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || isExtractName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, "/").length).replaceAll("\\", "/"))
    .filter((file) => !file.split("/").some((segment) => segment.startsWith(".")));
  return found.sort(inNaturalOrder);
}

const isExtractName = (name: string) => Object.values(kinds).some(({ fileName }) => fileName?.test(name));

/** Paths in natural order: numbers as numbers, all else by code point. */
export function inNaturalOrder(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => path.match(/[0-9]+|[^0-9]+/g) ?? []);
  for (const [index, piece] of (one ?? []).entries()) {
    const against = other?.[index];
    if (against === undefined) return 1;
    if (piece === against) continue;
    const areNumbers = /^[0-9]/.test(piece) && /^[0-9]/.test(against);
    const [left, right] = areNumbers ? [BigInt(piece), BigInt(against)] : [piece, against];
    if (left !== right) return left < right ? -1 : 1;
  }
  return (other?.length ?? 0) > (one?.length ?? 0) ? -1 : a < b ? -1 : a > b ? 1 : 0;
}

/** Files matching a pattern; one that leaves the folder (`../`, `/`) is looked up where its fixed part leads. */
function expand(pattern: string, files: string[], dataDir: string): string[] {
  const { folder, rest } = fixedPlace(pattern, dataDir);
  if (folder === dataDir) return files.filter((file) => globToRegExp(rest).test(file));
  if (!existsSync(folder)) return [];
  const matcher = globToRegExp(rest);
  return listFiles(folder)
    .filter((file) => matcher.test(file))
    .map((file) => relative(dataDir, join(folder, file)).split(sep).join("/"));
}

/** The folder below which files of a pattern are looked for, and what of the pattern their paths have to match there. */
function fixedPlace(pattern: string, dataDir: string): { folder: string; rest: string } {
  const path = isAbsolute(pattern) ? relative(dataDir, pattern).split(sep).join("/") : pattern;
  const segments = path.split("/");
  if (!segments.includes("..")) return { folder: dataDir, rest: path };
  const wild = segments.findIndex((segment, index) => /[*?]/.test(segment) || index === segments.length - 1);
  return { folder: join(dataDir, ...segments.slice(0, wild)), rest: segments.slice(wild).join("/") };
}

function globToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, "")
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*\*\/|\*\*|\*|\?/g, (wild) =>
      wild === "**/" ? "(?:.*/)?" : wild === "**" ? ".*" : wild === "*" ? "[^/]*" : "[^/]",
    );
  return new RegExp(`^${source}$`);
}
