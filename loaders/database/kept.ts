import type { Told } from "../../src/words/told.js";
import type { Spooled } from "./spool.js";

/** A relation as it was at the moment of its source, kept in a file. */
export interface Kept extends Spooled {
  /** The Parquet file. */
  path: string;
  header: string[];
  columns: string[];
  /** Its rows as the database counted them. */
  counted: number;
  /** Columns of times without a zone. */
  zoneless?: readonly string[];
  /** What is to be told of how it was read. */
  told?: readonly Told[];
}
