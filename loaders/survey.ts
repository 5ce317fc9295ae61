import type { Told } from "../src/words/told.js";

/** A table, view or object that a source has, with some of its rows. */
export interface Surveyed {
  /** As the user knows it: `support.tickets`, `Case`. */
  name: string;
  /** The same as parts, the last of which is its name alone. */
  path: readonly string[];
  /** What `relations` in `sources.yaml` says of it. */
  relation: Readonly<Record<string, string>>;
  /** Its rows are made of those of others. */
  isView: boolean;
  /** Its columns as they stand, and as its relation has them. */
  header: readonly string[];
  columns: readonly string[];
  rows: readonly (readonly (string | null)[])[];
  /** These are all its rows. */
  isWhole: boolean;
  /** How many rows it has, as far as it is known. */
  about?: number;
  /** What people have written down of a column, or call it. */
  comments: ReadonlyMap<string, string>;
  /** The columns of its declared key. */
  key: readonly string[];
  /** Columns that are declared to lead to others of the source, whose `path` `to` is. */
  references: readonly { column: string; to: readonly string[]; key: string }[];
  /** Columns of times without a zone. */
  zoneless: readonly string[];
  /** Columns of days and times, and those that an index begins with. */
  times: readonly string[];
  indexed: readonly string[];
  /** Of an account: fields that the company made, the words that fields may hold, and the field by which builds go on. */
  own?: readonly string[];
  options?: ReadonlyMap<string, readonly string[]>;
  cursor?: string;
}

/** What a source has and does not give, and why. */
export interface Unread {
  name: string;
  why: Told;
}
