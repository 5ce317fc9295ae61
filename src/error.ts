/** An expected failure: its message goes to the user as it is, without a stack. */
export class CliError extends Error {
  /**
   * @param message lower case, the offending value last
   * @param exitCode 1 failed, 2 wrong usage or configuration, 3 data beyond its quarantine limit
   */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 | 3 | 4 = 1,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CliError";
  }
}
