import { quoted } from "../engine/sql.js";
import type { Column, TableName } from "./index.js";
import type { ForgottenPersons } from "./persons.js";
import type { Reading } from "./reading.js";
import type { ZoneSql } from "./timeZone.js";

/** What the rules need to know of the run. */
export interface RunContext {
  /** The zone a source's times without an offset are of. */
  zone: ZoneSql;
  /** The configured zone, whose calendar days the `_on` companions are, where it is another. */
  dayZone?: ZoneSql;
  runStart: Date;
  /** Columns of the table beyond the contract's. */
  extra?: readonly string[];
  /** The run's start as a local calendar day, `YYYY-MM-DD`. */
  today: string;
  /** Rows of before this day, `YYYY-MM-DD`, are no history but placeholders; without it any day is taken. */
  recordFloor?: string;
  /** Nobody said what the commas of this source's decimals are, and its cells are separated by semicolons. */
  isCommaDoubtful?: boolean;
  /** Cells may have the error of a formula in place of a value. */
  mayHoldErrors?: boolean;
  /** Texts that stand for nothing in the source, beside the usual ones. */
  nullValues?: readonly string[];
  /** Persons whose rows are written with pseudonyms. */
  forgotten?: ForgottenPersons;
  /** How the source writes a column's cells; without it the contract alone tells. */
  reading?(table: TableName, column: Column): Reading;
}

/** The mapped columns of a relation: contract column → SQL type of its cell, which is the relation's `c_<column>`. */
export type Cells = ReadonlyMap<string, string>;

/** SQL of a mapped column's cell as the source has it. */
export const cell = (column: Column) => quoted(`c_${column.name}`);
