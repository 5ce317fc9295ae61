import type { Told } from "../../words/told.js";
import type { Guessed } from "../refine.js";

/** A file that no table is read from, and why. */
export interface Idle {
  file: string;
  why: Told | string;
  columns: readonly string[];
  /** What it may be, each of which stands as a mapping to take the # from. */
  may?: readonly Guessed[];
}
