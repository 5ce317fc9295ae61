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

/** Asks once of a file, as long as it stays what it is; a question that failed is asked again. */
export function onceOf<T>(ask: (file: string) => Promise<T>): (file: string) => Promise<T> {
  const known = new Map<string, { state: string | undefined; answer: Promise<T> }>();
  return (file) => {
    const state = stateOf(file);
    const before = known.get(file);
    if (before && before.state === state) return before.answer;
    const answer = ask(file);
    known.set(file, { state, answer });
    answer.catch(() => known.delete(file));
    return answer;
  };
}

/** What a file's size, times and identity are now, of which a program can put back all but the time of its last change; undefined for one that is not there: whoever opens it says so. */
function stateOf(file: string): string | undefined {
  const state = statSync(file, { bigint: true, throwIfNoEntry: false });
  return state && `${state.size} ${state.mtimeNs} ${state.ctimeNs} ${state.dev} ${state.ino}`;
}
