import { Option } from "commander";
import type { Connected } from "../../init/connected/origin.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import { choice } from "../commandLine.js";

/** What a user says of a database or an account. */
export interface WhereOptions {
  database?: string;
  account?: string;
  /** How the names of the variables begin. */
  env?: string;
}

/** Kinds of databases, by every name that they are called by. */
const databases: Readonly<Record<string, string>> = {
  postgres: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
};

/** The options that name a database or an account. */
export function whereOptions(): Option[] {
  return [
    kindOption("--database <kind>", "a database is looked at, too", Object.keys(databases)),
    new Option("--env <name>", "how the variables begin that say where it is: NAME_URL (default: DATABASE)"),
  ];
}

/** An option that takes a kind; a URL in its place is not shown, for it may hold a password. */
function kindOption(flags: string, description: string, kinds: readonly string[]): Option {
  const option = choice(flags, description, kinds);
  const among = option.parseArg;
  return option.argParser((value: string, before: string) => {
    requireNoUrl(value);
    return among ? among(value, before) : value;
  });
}

/**
 * What others may read on a command line holds no URL with a password.
 * @throws CliError 2
 */
export function requireNoUrl(value: string): void {
  if (value.includes("://")) throw new CliError(told("init.urlGiven"), 2);
}

/**
 * The source that options name, if any; what its variables hold is not looked at.
 * @throws CliError 2
 */
export function connectedBy({ database, env }: WhereOptions): Connected | undefined {
  if (env !== undefined && !/^[A-Za-z_]\w*$/.test(env)) throw new CliError(told("init.badEnv"), 2);
  if (database === undefined) {
    if (env !== undefined) throw new CliError(told("init.envAlone"), 2);
    return undefined;
  }
  return {
    kind: databases[database] ?? database,
    name: "database",
    settings: { url_env: `${env ?? "DATABASE"}_URL` },
  };
}
