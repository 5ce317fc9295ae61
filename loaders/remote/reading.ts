import type { Told } from "../../src/words/told.js";
import type { Cells } from "./cells.js";

/** An object's records, as an interface gives them. */
export interface Reading {
  /** The column that tells records apart; of several versions of one the last is taken. */
  key: string;
  /** Columns that there are whether or not a record has them. */
  columns?: readonly string[];
  /** How many records there are by the interface's own count; undefined where it has none. */
  count(): Promise<number | undefined>;
  /** Waits before it is read once more. */
  rest?(): Promise<void>;
  /** All of them, page by page. */
  pages(): AsyncIterable<readonly Cells[]>;
  /** What a record has that is deleted; its count may leave these out. */
  gone?: { column: string; is: string; isCounted: boolean };
  /** How many fewer or more than it counts there may be, so that it is told and no fault; absent: none. */
  slack?(count: number): { fewer: number; more: number };
  /** How it goes on from what an earlier build kept, or why it does not. */
  since?: Since | Told;
}

/** How records are read that changed since an earlier reading. */
export interface Since {
  /** What has to be the same for records that were kept to be still what the account has. */
  shape: unknown;
  /** Those that came or changed since a mark. */
  pages(mark: string): AsyncIterable<readonly Cells[]>;
  /** All that are deleted come with these, so that those kept as such are none any more. */
  givesGone: boolean;
  /** The column of times of change, or where the pages ended. */
  mark: { column: string } | (() => string | undefined);
  /** Columns that every record has or none. */
  ofAll?: RegExp;
}
