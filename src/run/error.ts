import { type Told, told } from "../words/told.js";
import { type Language, type Wording, worded } from "../words/wording.js";

/** An expected failure: its message goes to the user as it is, without a stack. */
export class CliError extends Error {
  /**
   * @param wording in lower case, the offending value last
   * @param exitCode 1 failed, 2 wrong usage or configuration, 3 data beyond its quarantine limit
   */
  constructor(
    readonly wording: Wording,
    readonly exitCode: 1 | 2 | 3 | 4 = 1,
    options?: ErrorOptions,
  ) {
    super(worded(wording, "en"), options);
    this.name = "CliError";
  }

  /** The message in a language. */
  in(language: Language): string {
    return worded(this.wording, language);
  }
}

/**
 * A mistake in a configuration file: `file: place: what is wrong`.
 * @param place the path of keys; empty for the file as a whole
 */
export function fileFault(file: string, place: string, wrong: Told): CliError {
  const at = [file, place].filter((part) => part !== "");
  return new CliError(told("file.fault", { at, wrong }), 2);
}
