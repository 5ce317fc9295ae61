import type { z } from "zod";
import { csv } from "./csv/index.js";
import { hubspot } from "./hubspot/index.js";
import { json, ndjson } from "./json/index.js";
import { mysql } from "./mysql/index.js";
import { unpacked } from "./packed/index.js";
import { onDisk as packedOnDisk, unpackedName } from "./packed/names.js";
import { parquet } from "./parquet/index.js";
import { postgres } from "./postgres/index.js";
import { salesforce } from "./salesforce/index.js";
import type { Extract, InnerTable, Kind, Opening } from "./source.js";
import { xlsx } from "./xlsx/index.js";
import { workbookOf } from "./xlsx/names.js";
import { zendesk } from "./zendesk/index.js";

export { columnNames } from "./columns.js";
export { decoderFor } from "./csv/encoding.js";
export { digestOf } from "./digest.js";
export { isArchiveName, unpackedName } from "./packed/names.js";
export { membersOf } from "./packed/zip.js";
export {
  areIds,
  fieldsOf,
  type Gone,
  isId,
  longIds,
  type Preset,
  type PresetExtract,
  plainColumns,
  presets,
  recognised,
  resolvePreset,
  shortIds,
} from "./presets/index.js";
export type { Schedule } from "./remote/schedule.js";
export { streamed } from "./rows.js";
export type { Count, Extract, InnerTable, Kind, Refused, RowCache, Written } from "./source.js";
export type { Surveyed } from "./survey.js";
export { unchangedSince } from "./unchanged.js";
export { placeOfSheet, workbookOf } from "./xlsx/names.js";

/** The kinds of source that there are, by the name that `kind:` in `sources.yaml` has for each. */
export const kinds: Record<string, Kind> = {
  csv,
  json,
  ndjson,
  parquet,
  xlsx,
  postgres,
  mysql,
  salesforce,
  hubspot,
  zendesk,
};

/** The kind of a file by its name, compressed or not; undefined where the name says nothing. */
export const kindOfFile = (name: string): Kind | undefined =>
  Object.values(kinds).find(({ fileName }) => fileName?.test(unpackedName(workbookOf(name))));

/** The file on the disk that a path means: of what lies in an archive the archive, of a sheet its workbook. */
export const onDisk = (path: string): string => packedOnDisk(workbookOf(path));

/** What a source is that does not say: files, each of the kind that its name tells, else CSV. */
export const filesByName: Kind = {
  ...csv,
  open: (opening, settings) => (kindOfFile(opening.name) ?? csv).open(opening, settings),
};

/** The tables inside one file, where its kind may have several; undefined of a file that is one table. */
export async function tablesIn(opening: Opening): Promise<InnerTable[] | undefined> {
  const kind = kindOfFile(opening.name);
  if (!kind?.tables) return undefined;
  const copy = await unpacked(opening);
  return kind.tables(copy ? { ...opening, unpacked: copy } : opening);
}

/** Opens an extract, a packed one by a copy of what is in it. */
export async function openOf<Shape extends z.ZodRawShape>(
  kind: Kind<Shape>,
  opening: Opening,
  settings: Partial<z.infer<z.ZodObject<Shape>>>,
): Promise<Extract> {
  if (!kind.fileName) return kind.open(opening, settings);
  const file = { ...opening, path: workbookOf(opening.path) };
  const copy = await unpacked(file);
  return kind.open(copy ? { ...file, unpacked: copy } : file, settings);
}
