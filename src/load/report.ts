import type { TableName } from "../contract/index.js";
import type { Doubt, Told } from "../words/told.js";

/** A file as read: `rowsRead = rowsAccepted + linesRejected`. */
export interface FileReport {
  source: string;
  tables: readonly TableName[];
  file: string;
  encoding: string;
  /** How sure the encoding is where it was guessed; else null. */
  certainty: "sure" | "likely" | null;
  rowsRead: number;
  rowsAccepted: number;
  linesRejected: number;
  doubts: readonly Doubt[];
}

/** A table as loaded: `rowsMapped = loaded + quarantined + duplicates`. */
export interface TableReport {
  table: TableName;
  rowsMapped: number;
  loaded: number;
  /** Whole rows in the quarantine, the superseded among them. */
  quarantined: number;
  superseded: number;
  duplicates: number;
  leftOut: number;
  /** Physical lines the reader was not given. */
  linesRejected: number;
  /**
   * What counts against the limit: broken rows and rejected lines, of all rows mapped and lines rejected; of several
   * sources that which is nearest to its limit or furthest beyond.
   */
  share: number;
  limit: number;
  bySource: readonly { source: string; share: number; limit: number }[];
  /** The contract's columns that any of its sources maps. */
  mapped: readonly string[];
  /** What the sources say that it covers, both days inclusive. */
  covers: readonly { source: string; from: string | null; to: string | null }[];
  /** The numbers (`row_no`) of the rows that each source gave, the last exclusive. */
  ranges: readonly { source: string; from: number; to: number }[];
}

/** The titles that the extracts of a raw table have. */
export interface TitleReport {
  source: string;
  part: string;
  /** Those of any, in order of appearance; what looks like a person's is masked. */
  titles: readonly string[];
  /** Those of all. */
  common: readonly string[];
}

/** The titles of any of several headers, in order of appearance, and those of all of them. */
export function ofAnyAndAll(headers: readonly (readonly string[])[]): Pick<TitleReport, "titles" | "common"> {
  const counts = new Map<string, number>();
  for (const header of headers)
    for (const title of new Set(header)) counts.set(title, (counts.get(title) ?? 0) + 1);
  const titles = [...counts.keys()];
  return { titles, common: titles.filter((title) => counts.get(title) === headers.length) };
}

export interface WarningReport {
  table: TableName;
  rule: string;
  /** Null where it is about a file's lines. */
  column: string | null;
  /** The file the rows stand in; null where the warning is about a table, or a `select` over several files. */
  file: string | null;
  count: number;
  /** One offending value. */
  sample: string | null;
}

/** What a load did; the same numbers stand in the warehouse's schema `ingest`. */
export interface StagingReport {
  files: FileReport[];
  tables: TableReport[];
  warnings: WarningReport[];
  /** Of each raw table that was read, but for the catalogue's. */
  titles: TitleReport[];
  /** Files of the folder nothing was read from. */
  ignored: string[];
  /** A sentence for each source of a table whose broken rows exceed its limit; the build has to fail with exit code 3. */
  beyondLimit: Told[];
  /** A sentence for each column most of whose references find nothing; the build has to fail with exit code 3, too. */
  brokenReferences: Told[];
}
