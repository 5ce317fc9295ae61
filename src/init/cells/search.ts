import type { Vocabulary } from "../../catalogue/vocabulary.js";
import type { Column, TableName } from "../../contract/index.js";
import type { Told } from "../../words/told.js";
import type { Fit } from "../fit.js";
import type { Profile } from "../profile.js";
import type { ColumnGuess, Evidence } from "../tableGuess.js";
import { saysAny } from "./turning.js";

/** A column of the file that nothing is read from yet. */
export interface Free {
  source: string;
  profile: Profile;
}

/** What is known when one column of a table is looked for. */
export interface Search {
  table: TableName;
  column: Column;
  free: readonly Free[];
  evidence: Evidence;
  vocabulary: Vocabulary;
  known: readonly ColumnGuess[];
}

export interface Found {
  source: string;
  reasons: Told[];
  fit?: Fit;
  isTelling?: boolean;
}

export const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

export const meant = ({ evidence }: Search, { source }: Free, some: ReadonlySet<string>): boolean =>
  saysAny(evidence.headings.get(source), some);
