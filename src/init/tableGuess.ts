import { columnsOf, type TableName } from "../contract/index.js";
import type { Told } from "../words/told.js";
import type { Heading } from "./lexicon/heading.js";
import type { Named } from "./lexicon/named.js";
import type { Profile } from "./profile.js";

/** How sure a guess is: it stands, it stands and is to be looked at, or it only stands as a comment. */
export type Certainty = "sure" | "likely" | "unsure";

/** What a column of the contract is guessed to be read from. */
export interface ColumnGuess {
  column: string;
  /** The file's column; null of a constant or what is made from others. */
  source: string | null;
  /** Where it is not that column as it stands: the expression. */
  expression?: string;
  /** Its expression takes the currency away, and nothing else. */
  isSigned?: boolean;
  certainty: Certainty;
  reasons: Told[];
  named?: Named;
  /** Another column that is headed as well. */
  rival?: string;
  /** No heading says it: its words do, which tell what the file is, or it is what was left. */
  byCells?: "telling" | "left";
  /** Words of a closed column that builds have to be told, with their codes. */
  values?: Readonly<Record<string, string>>;
  unknownWords?: readonly (readonly [string, number])[];
  /** Its cells are moments counted from 1970. */
  epoch?: "seconds" | "milliseconds";
  dateFormats?: readonly string[];
  /** Every cell fits this format as well, which takes the day for the month. */
  openDate?: string;
}

/** What a file is guessed to be. */
export interface TableGuess {
  table: TableName;
  columns: ColumnGuess[];
  /** Required columns that nothing was found for. */
  lacking: string[];
  /** Of them those that a column of the file may be by its cells. */
  candidates?: readonly { column: string; source: string; samples: readonly string[] }[];
  score: number;
  /** A column is surely enough its key. */
  hasKey: boolean;
  /** Its name, its key's heading or several headings of its own say that it is this table. */
  isTold: boolean;
  /** Its key's heading names the table. */
  isOwnKey: boolean;
  /** Why it may as well be something else. */
  doubt?: Told;
  /** The table that it may be as well, and nothing tells which. */
  other?: TableGuess;
  /** Of a survey: the columns of further scores, each of something else, which are read as answers of their own. */
  furtherScores?: readonly string[];
}

/** What is known of a file before it is guessed at. */
export interface Evidence {
  /** Its name, and its sheet's. */
  names: readonly string[];
  columns: readonly string[];
  /** What stands below the headings and says in full what they are. */
  labels?: ReadonlyMap<string, string>;
  headings: ReadonlyMap<string, Heading>;
  profiles: ReadonlyMap<string, Profile>;
  /** Columns that other files refer to as a table's ids. */
  referred?: ReadonlyMap<string, TableName>;
  /** Columns that are declared to lead to a table's key. */
  refers?: ReadonlyMap<string, TableName>;
  /** The one column of its declared key. */
  primaryKey?: string;
  /** Of columns whose values are ids of other files, the tables of these. */
  refersTo?: ReadonlyMap<string, ReadonlySet<TableName>>;
}

export const isActive = ({ certainty }: ColumnGuess) => certainty !== "unsure";

/** Whether a file is written as its table, with what that lacks as a question. */
export const isTaken = (guess: TableGuess): boolean =>
  guess.isTold &&
  guess.doubt === undefined &&
  guess.columns.some(isActive) &&
  (guess.lacking.length === 0 || isAsked(guess));

/** What a table lacks is asked for where the rest is well known. */
export function isAsked({ columns, lacking, hasKey, score }: TableGuess): boolean {
  const known = columns.filter(isActive).length;
  return hasKey && score > 0 && known >= 3 && lacking.length <= Math.max(4, known / 2);
}

/** Columns that a table must have and that nothing is read into: none was found, or its guess is unsure. */
export const openColumns = ({ table, columns, lacking }: TableGuess): string[] => [
  ...lacking,
  ...columnsOf(table).flatMap(({ name, required }) =>
    required && columns.some((each) => each.column === name && !isActive(each)) ? [name] : [],
  ),
];
