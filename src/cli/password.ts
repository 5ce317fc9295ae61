import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/**
 * The password of a variable of the environment: on a command line others could read it.
 * @throws CliError 2 where it has none
 */
export function passwordOf(name: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (name === undefined) return undefined;
  const password = env[name] ?? "";
  if (password === "") throw new CliError(told("export.noPassword", { name }), 2);
  return password;
}
