import type { Wording } from "../words/wording.js";

/** An expected failure: its message goes to the user as it is, without a stack. */
export class CliError extends Error {
  /** The message in Chinese, where there is one; `message` is the English one. */
  readonly zh: string | undefined;

  /**
   * @param wording lower case, the offending value last
   * @param exitCode 1 failed, 2 wrong usage or configuration, 3 data beyond its quarantine limit
   */
  constructor(
    wording: Wording,
    readonly exitCode: 1 | 2 | 3 | 4 = 1,
    options?: ErrorOptions,
  ) {
    super(typeof wording === "string" ? wording : wording.en, options);
    this.name = "CliError";
    this.zh = typeof wording === "string" ? undefined : wording.zh;
  }

  /** The message in a language, in English where it has no other. */
  in(language: "zh-CN" | "en"): string {
    return language === "zh-CN" ? (this.zh ?? this.message) : this.message;
  }
}

/**
 * A mistake in a configuration file: `file: place: what is wrong`.
 * @param place the path of keys; empty for the file as a whole
 */
export function fileFault(file: string, place: string, wrong: { en: string; zh: string }): CliError {
  const en = [file, place, wrong.en].filter((part) => part !== "").join(": ");
  const zh = [file, place, wrong.zh].filter((part) => part !== "").join("：");
  return new CliError({ en, zh }, 2);
}
