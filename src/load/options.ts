import type { CatalogueFolders } from "../catalogue/cataloguePlace.js";
import type { Vocabulary } from "../catalogue/vocabulary.js";
import type { TableName } from "../contract/index.js";
import type { ForgottenPersons } from "../contract/persons.js";
import type { BuildCache } from "../warehouse/kept/buildCache.js";
import type { StoodTable } from "./kept/tables.js";

/** What a load is asked for. */
export interface StagingOptions {
  /** Folder with `sources.yaml`, or with files named after contract tables. */
  dataDir: string;
  /** Folder of the KPI team, whose `targets.csv` and the like are read with the same checks. */
  catalogDir?: CatalogueFolders;
  /** IANA name; times without an offset are of this zone unless a source says otherwise. */
  timeZone: string;
  /** The run's start: rows of a later time are refused. */
  runStart: Date;
  /** The words of coded columns; by default those that every company begins with. */
  vocabulary?: Vocabulary;
  /** Rows of before this day are refused. */
  recordFloor?: string;
  /** What amounts without a currency are in; by default the yuan. */
  currency?: string;
  /** For transcoded and salvaged copies. */
  tempDir: string;
  /** Persons who do not come back with their rows. */
  forgotten?: ForgottenPersons;
  /** What earlier builds kept of the files that they read. */
  cache?: BuildCache;
  /** The database has the tables of an earlier build, and this is what they were made of. */
  stood?: ReadonlyMap<TableName, StoodTable>;
  /** Files outside the folder of extracts may be read. */
  allowOutside?: boolean;
}

/** What the bookkeeping keeps of a file beyond its report. */
export interface FileDetails {
  bytes: number | null;
  sha256: string | null;
}
