import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type Extract,
  fieldsOf,
  isArchiveName,
  type Kind,
  kindOfFile,
  kinds,
  onDisk,
  openOf,
  presets,
  type RowCache,
  tablesIn,
  unpackedName,
  workbookOf,
} from "../../loaders/index.js";
import { type CatalogueFolder, type CatalogueFolders, foldersOf } from "../catalogue/cataloguePlace.js";
import { extraColumns } from "../catalogue/ownDimensions.js";
import { ownValue } from "../catalogue/ownValue.js";
import { readDimensions } from "../catalogue/readDimensions.js";
import { requireInside, requireReceived } from "../catalogue/receivedFile.js";
import { contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { mappableColumns } from "../contract/validation.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import { Archives, type Folder, inNaturalOrder, listFiles, matching, ownFiles } from "./findFiles.js";
import { keysIn } from "./kept/keysIn.js";
import {
  type ExtraOf,
  isTableName,
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
  /** Of a source with a preset, what makes its mappings of the columns that its extracts have. */
  byPreset?: ByPreset;
}

export interface ByPreset {
  /** What `tables` says, before the preset. */
  given: Readonly<Partial<Record<TableName, MappingSettings>>>;
  /** A mapping of a raw table, planned. */
  planned(table: TableName, mapping: MappingSettings): PlannedMapping;
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
export function openExtract(
  source: PlannedSource,
  name: string,
  tempDir: string,
  rows?: RowCache | "forgotten",
): Promise<Extract> {
  const { kind, folder, settings } = source;
  const part = [...source.parts].find(([, names]) => names.includes(name))?.[0];
  const sought = soughtIn(source, part);
  const kept = { keys: keysIn(source.mappings), ...(rows === undefined ? {} : { rows }) };
  const opening = { name, path: join(folder, name), tempDir, sought, ...kept };
  return openOf(kind, part === undefined ? opening : { ...opening, part }, settings);
}

/** The names of the tables in a source's file: the sheets of a workbook that are not hidden, where it has several, else itself. */
export async function sheetsIn({ folder }: PlannedSource, file: string, tempDir: string): Promise<string[]> {
  if (workbookOf(file) !== file) return [file];
  const inside = await tablesIn({ name: file, path: join(folder, file), tempDir });
  const shown = (inside ?? []).filter(({ isHidden }) => !isHidden);
  return shown.length > 1 ? shown.map(({ name }) => `${file}/${name}`) : [file];
}

/** The columns that mappings take from a raw table: names, and expressions over them. */
function soughtIn({ mappings, settings, byPreset }: PlannedSource, part: string | undefined): string[] {
  const preset = byPreset && ownValue(presets, settings.preset ?? "");
  if (preset)
    return [
      ...Object.keys(preset.objects).flatMap((object) => fieldsOf(preset, object)),
      // What stands beside it may take further columns.
      ...Object.values(byPreset.given).flatMap(({ columns = {}, where = "", select = "" }) => [
        ...Object.values(columns),
        where,
        select,
      ]),
    ];
  return mappings.flatMap((mapping) => {
    if (mapping.select) return [mapping.select];
    if (mapping.part !== part) return [];
    const { table, columns, extra } = mapping;
    return columns ? Object.values(columns) : mappableColumns(table, extra).map(({ name }) => name);
  });
}

/** What a source's extracts are called. */
export const extractsOf = ({ parts }: PlannedSource): string[] => [...parts.values()].flat();

/** The paths of a source's files, archives among them; none where its extracts are no files. */
export const pathsOf = (source: PlannedSource): string[] =>
  source.kind.fileName
    ? [...new Set(extractsOf(source).map((file) => onDisk(join(source.folder, file))))]
    : [];

/** The folder of extracts that holds the catalogue of their company. */
export const ownCatalogue = "catalog";

/** The source that the catalogue's tables are read from. */
export const catalogSource = "catalog";

/** A table's share of broken rows beyond which a build fails. */
export const defaultQuarantineShare = 0.05;

/**
 * Finds out what is to be read from a folder: by its `sources.yaml`, or else files named after contract tables:
 * `tickets.csv`, `tickets-2026-01.csv` (also `_` or `.` before a digit), `tickets/*.csv`, whatever their kind, compressed
 * or not; what lies in an archive, by its name there.
 * The tables the KPI team manages are read from files of their name in the catalogue's folder, too.
 * @param allowOutside files may lie, or links lead, outside the folder of extracts; of a catalogue's it says so itself
 * @throws CliError 2 when there is nothing to read, the settings are wrong, or a file lies outside
 */
export async function planLoad(
  dataDir: string,
  catalogDir: CatalogueFolders = [],
  allowOutside = false,
): Promise<LoadPlan> {
  if (!existsSync(dataDir) || !statSync(dataDir).isDirectory()) {
    throw new CliError(told("extracts.missing", { folder: dataDir }), 2);
  }
  const files = listFiles(dataDir).filter((file) => !ownFiles.test(file));
  const own = readDimensions(catalogDir);
  const extraOf = (table: TableName) => extraColumns(own, table);
  const inside = allowOutside ? null : dataDir;
  const yaml = readSourcesYaml(dataDir, extraOf, inside);
  const folder = { dataDir, files, inside, archives: new Archives(dataDir, inside) };
  const plan = yaml ? await planBySettings(yaml, folder, extraOf) : await planFolder(folder, extraOf);
  if (plan.sources.every(({ mappings, byPreset }) => mappings.length === 0 && !byPreset)) {
    if (yaml && Object.keys(yaml.sources).length === 0)
      throw new CliError(told("extracts.open", { file: join(dataDir, "sources.yaml") }), 2);
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
        const table = kinds.csv?.fileName?.test(unpackedName(file)) ? tableOfFile(file) : undefined;
        return table && (contract[table] as Table).managed && !taken.has(table);
      });
      const source = planByName(files.sort(inNaturalOrder), folder).sources[0];
      if (files.length === 0 || !source) return [];
      requireFiles(source, inside);
      for (const { table } of source.mappings) taken.add(table);
      return [{ ...source, name: catalogSource }];
    });
}

/** A folder without `sources.yaml`. */
async function planFolder({ dataDir, files, archives }: Folder, extraOf: ExtraOf): Promise<LoadPlan> {
  for (const file of files) if (isArchiveName(file)) await archives.membersOf(file);
  const plan = planByName(archives.opened(files), dataDir, extraOf);
  return { ...plan, ignored: [...plan.ignored, ...archives.others()] };
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

/** The table that a file is named after; in an archive by its own name or its folder's, wherever that lies. */
function tableOfFile(file: string): TableName | undefined {
  const kind = kindOfFile(file);
  if (!kind) return undefined;
  const [outside = "", ...inArchive] = file.toLowerCase().split(/(?<=\.zip)\//);
  const path = (inArchive.at(-1) ?? outside).split("/");
  const segments = kind.inParts ? path.filter((segment) => !segment.includes("=")) : path;
  const [first = "", ...rest] = inArchive.length > 0 ? segments.slice(-2) : segments;
  if (rest.length > 1) return undefined;
  const folder = kind.inParts ? nameOf(first) : first;
  const byFolder = rest.length === 1 ? tableNames.find((table) => table === folder) : undefined;
  if (byFolder || (rest.length === 1 && inArchive.length === 0)) return byFolder;
  const name = nameOf(rest[0] ?? first);
  return tableNames.find((table) => name === table || new RegExp(`^${table}[-_.](\\d.*)$`).test(name));
}

/** A file's name without what says its kind. */
const nameOf = (file: string) => unpackedName(file).replace(/\.[a-z]+$/, "");

async function planBySettings(
  { asOf, sources: yaml }: SourcesFile,
  folder: Folder,
  extraOf: ExtraOf,
): Promise<LoadPlan> {
  const { dataDir, files, archives } = folder;
  const sources: PlannedSource[] = [];
  for (const [name, { tables, ...others }] of Object.entries(yaml)) {
    const settings: ReadingSettings = others;
    const kind = kindOf(settings);
    const parts = new Map<string, readonly string[]>();
    for (const [part, list] of Object.entries(kind.parts(settings, name)))
      parts.set(part, kind.fileName ? await matching(folder, name, part, list) : list);
    const names = [...parts.keys()];
    const planned = (table: TableName, mapping: MappingSettings): PlannedMapping => ({
      ...mapping,
      table,
      extra: extraOf(table),
      part: mapping.from ?? (names.includes(table) ? table : names[0]) ?? "extract",
      byName: !mapping.columns && !mapping.select,
    });
    if (settings.preset !== undefined) {
      sources.push({
        name,
        folder: dataDir,
        kind,
        settings,
        parts,
        mappings: [],
        byPreset: { given: tables, planned },
      });
      continue;
    }
    const named = Object.entries(tables).map(([table, mapping]) => planned(table as TableName, mapping));
    const mappings = [...named, ...untold(names, named).map((table) => planned(table, {}))];
    sources.push({ name, folder: dataDir, kind, settings, parts, mappings });
  }
  const used = new Set(["sources.yaml", "vocabulary.yaml", ...sources.flatMap(extractsOf).map(workbookOf)]);
  return {
    sources,
    ignored: [...archives.opened(files).filter((file) => !used.has(file)), ...archives.others()],
    hasSettings: true,
    ...(asOf === undefined ? {} : { asOf }),
  };
}

/** Raw tables named after a contract's table that no mapping reads: each is that table. */
export function untold(parts: readonly string[], mappings: readonly PlannedMapping[]): TableName[] {
  const isRead = (name: string) =>
    mappings.some(
      ({ table, part, select }) =>
        table === name || (select ? new RegExp(`\\b${name}\\b`, "i").test(select) : part === name),
    );
  return parts.filter(isTableName).filter((part) => !isRead(part));
}

function requireFiles(source: PlannedSource, inside: string | null): void {
  for (const path of pathsOf(source)) requireReceived(path, inside);
}
