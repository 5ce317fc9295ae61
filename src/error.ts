export interface CliErrorOptions extends ErrorOptions {
  /** The message for those who work in Chinese; the English one stands in where there is none. */
  zh?: string;
}

/** An expected failure: its message goes to the user as it is, without a stack. */
export class CliError extends Error {
  readonly zh: string | undefined;

  /**
   * @param message lower case, the offending value last
   * @param exitCode 1 failed, 2 wrong usage or configuration, 3 data beyond its quarantine limit
   */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 3 | 4 = 1,
    options?: CliErrorOptions,
  ) {
    super(message, options);
    this.name = "CliError";
    this.zh = options?.zh;
  }

  /** The message in the user's language. */
  in(language: "zh-CN" | "en"): string {
    return language === "zh-CN" ? (this.zh ?? this.message) : this.message;
  }
}
