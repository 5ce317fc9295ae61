import { CliError } from "../../src/run/error.js";
import { machineFailure } from "../../src/run/machineFailure.js";
import { type Told, told } from "../../src/words/told.js";

/** A workbook that is not what was saved. */
export function damaged(file: string, error: unknown): CliError {
  if (error instanceof CliError) return error;
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return machineFailure(error) ?? new CliError(told("xlsx.damaged", { file, reason }), 1, { cause: error });
}

/** A workbook that holds, or unpacks to, more than any table. */
export const tooLarge = (file: string, what: Told): CliError =>
  new CliError(told("xlsx.tooLarge", { file, what }), 1);
