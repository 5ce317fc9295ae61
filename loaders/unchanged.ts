import { statSync } from "node:fs";
import { CliError } from "../src/run/error.js";
import { told } from "../src/words/told.js";

/**
 * Takes down a file's size, time and identity as they are now.
 * @returns what compares them with those at a later time, and the size with the bytes that were read
 */
export function unchangedSince(file: string): (bytesRead?: number | undefined) => void {
  const before = stateOf(file);
  return (bytesRead) => {
    const isSame = before === stateOf(file);
    if (isSame && (bytesRead === undefined || before?.startsWith(`${bytesRead} `))) return;
    throw new CliError(told("csv.changed", { file }), 1);
  };
}

/** Undefined for a file that is not there: whoever opens it says so. */
function stateOf(file: string): string | undefined {
  const state = statSync(file, { bigint: true, throwIfNoEntry: false });
  return state && `${state.size} ${state.mtimeNs} ${state.dev} ${state.ino}`;
}
