import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { guardOutput, refused } from "../run/outputGuard.js";
import type { Told } from "../words/told.js";

/** Who made a PDF or a workbook, as its properties say. */
export const creator = "Herringbone";

/**
 * What a file has that is to be replaced; null where there is none, or nothing in it.
 * @param taken says that the name belongs to something that is no file
 * @throws CliError 2 where no file can be written
 */
export function contentBefore(path: string, taken: Told): Buffer | null {
  guardOutput(dirname(path), { option: "--out", kind: "folder" });
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return null;
  if (!state.isFile()) throw refused(taken, path);
  return state.size === 0 ? null : readFileSync(path);
}
