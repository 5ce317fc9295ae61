import type { Wording } from "../words/wording.js";

/** One thing the doctor looked at. */
export interface Finding {
  /** What was looked at, in a word or two. */
  subject: Wording;
  /** `bad` stops the main job, `note` does not. */
  state: "good" | "note" | "bad";
  /** What was found. */
  found: Wording;
  /** How to mend it; absent when there is nothing to mend. */
  mend?: Wording;
}
