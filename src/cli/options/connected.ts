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

/** Kinds of accounts. */
const accounts = ["salesforce", "hubspot", "zendesk"];

/** The options that name a database or an account. */
export function whereOptions(): Option[] {
  return [
    kindOption("--database <kind>", "a database is looked at, too", Object.keys(databases)),
    kindOption("--account <kind>", "the account of a CRM is looked at, too", accounts),
    new Option(
      "--env <name>",
      "how the variables begin that say where it is: NAME_URL, of an account NAME_TOKEN (default: DATABASE, SALESFORCE, …)",
    ),
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
 * The source that options name, if any; of its variables it is only looked at which are set.
 * @throws CliError 2
 */
export function connectedBy(
  { database, account, env }: WhereOptions,
  variables: NodeJS.ProcessEnv,
): Connected | undefined {
  if (env !== undefined && !/^[A-Za-z_]\w*$/.test(env)) throw new CliError(told("init.badEnv"), 2);
  if (database !== undefined && account !== undefined)
    throw new CliError(told("usage.conflict", { option: "--database", other: "--account" }), 2);
  if (database !== undefined) {
    const settings = { url_env: `${env ?? "DATABASE"}_URL` };
    return { kind: databases[database] ?? database, name: "database", settings };
  }
  if (account !== undefined)
    return { kind: account, name: account, settings: accessVariables(account, env, variables) };
  if (env !== undefined) throw new CliError(told("init.envAlone"), 2);
  return undefined;
}

/** The variables of an account: those that it cannot be asked without, and of the others those that are set. */
function accessVariables(
  account: string,
  env: string | undefined,
  variables: NodeJS.ProcessEnv,
): Record<string, string> {
  const name = env ?? account.toUpperCase();
  const isSet = (end: string) => (variables[`${name}_${end}`] ?? "") !== "";
  const hasClient = isSet("CLIENT_ID") && isSet("CLIENT_SECRET");
  const ends = [
    // HubSpot's address is one for all accounts.
    ...(account !== "hubspot" || isSet("URL") ? ["URL"] : []),
    ...(!hasClient || isSet("TOKEN") ? ["TOKEN"] : []),
    ...["USER", "REFRESH_TOKEN"].filter(isSet),
    ...(hasClient ? ["CLIENT_ID", "CLIENT_SECRET"] : []),
  ];
  return Object.fromEntries(ends.map((end) => [`${end.toLowerCase()}_env`, `${name}_${end}`]));
}
