import type { Told } from "../../words/told.js";

/** A file that no table is read from, and why. */
export interface Idle {
  file: string;
  why: Told | string;
  columns: readonly string[];
}
