import type { Wording } from "../words/wording.js";

/** What a long command tells while it works. Counts are rows; times are taken by the reporter. */
export interface Progress {
  /** A step begins; ends the one before it. */
  step(name: Wording): void;
  /** Rows the running step has dealt with, shown when it ends. */
  rows(count: number): void;
  /** How far the running step is; the reporter says how long the rest may take. */
  far(done: number, of: number): void;
  /** A line of result for the user, in order with the steps. */
  say(line: Wording, data?: Record<string, unknown>): void;
  /** Something the user should look at, though the command goes on. */
  warn(line: Wording, data?: Record<string, unknown>): void;
  /** The last step ends. */
  end(): void;
}

/** Progress that tells nothing, for tests and callers that report themselves. */
export const silent: Progress = { step() {}, rows() {}, far() {}, say() {}, warn() {}, end() {} };
