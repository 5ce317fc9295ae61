import { Command, Option } from "commander";
import { suggest } from "../catalogue/suggest.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/** A command whose wrong usage is a failure like any other, told in the user's language. */
export class CommandLine extends Command {
  override createCommand(name?: string): CommandLine {
    return new CommandLine(name);
  }

  /** @throws CliError 2 */
  unknownOption(option: string): void {
    const commands = [this, ...(this.parent ? [this.parent] : [])];
    const known = commands.flatMap((command) => command.options.flatMap(({ long }) => long ?? []));
    throw new CliError(
      told("usage.unknownOption", { option, near: suggest(option, [...known, "--help"]) }),
      2,
    );
  }

  /** @throws CliError 2 */
  unknownCommand(): void {
    const [command = ""] = this.args;
    const known = this.commands.map((each) => each.name());
    throw new CliError(told("usage.unknownCommand", { command, near: suggest(command, known) }), 2);
  }

  /** @throws CliError 2 */
  optionMissingArgument({ flags, long }: Option): void {
    throw new CliError(told("usage.noValue", { flags, option: long ?? flags }), 2);
  }

  /** @throws CliError 2 */
  _conflictingOption({ long, flags }: Option, other: Option): void {
    throw new CliError(
      told("usage.conflict", { option: long ?? flags, other: other.long ?? other.flags }),
      2,
    );
  }

  /** @throws CliError 2 */
  _excessArguments({ length: given }: readonly string[]): void {
    const most = this.registeredArguments.length;
    const of = this.parent ? told("usage.forCommand", { command: this.name() }) : "";
    throw new CliError(told(most === 1 ? "usage.moreThanOne" : "usage.tooMany", { of, most, given }), 2);
  }
}

/** An option that takes one of some words. */
export function choice(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description).choices(choices);
  return option.argParser((value: string) => {
    if (choices.includes(value)) return value;
    throw new CliError(told("usage.otherChoice", { flags, option: option.long ?? flags, value, choices }), 2);
  });
}
