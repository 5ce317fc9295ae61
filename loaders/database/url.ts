import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { type CliError, fileFault } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";

/** Where a database is and who reads it: never to be printed. */
export interface DatabaseUrl {
  host: string;
  /** Undefined: as the kind of database has it. */
  port: number | undefined;
  user: string;
  password: string;
  database: string;
  /** How the connection is made safe; false where the URL does not ask for it. */
  tls: ConnectionOptions | false;
  /** Takes what is secret out of a text. */
  masked(text: string): string;
}

/** In the words of both kinds of database. */
const modes: Readonly<Record<string, "none" | "unchecked" | "chain" | "full">> = {
  disable: "none",
  disabled: "none",
  "no-verify": "unchecked",
  require: "full",
  required: "full",
  true: "full",
  "verify-ca": "chain",
  verify_ca: "chain",
  "verify-full": "full",
  verify_identity: "full",
};

/**
 * Reads a database's URL from the environment. `sslmode=require` and stricter check the server's certificate and, but for
 * `verify-ca`, its name; `no-verify` has to be asked for; without a word the connection is as the URL says: not encrypted.
 * @throws CliError 2 when the variable is not set or holds no such URL, which is not told
 */
export function databaseUrl(source: string, variable: string, schemes: readonly string[]): DatabaseUrl {
  return urlIn(variable, schemes, (wrong) => fileFault("sources.yaml", `${source}.url_env`, wrong));
}

/** The same, of a variable that stands in no file: `fail` makes the failure. */
export function urlIn(
  variable: string,
  schemes: readonly string[],
  fail: (wrong: Told) => CliError,
): DatabaseUrl {
  const text = process.env[variable]?.trim();
  if (!text) throw fail(told("database.noVariable", { variable }));
  const bad = () =>
    fail(told("database.badUrl", { variable, like: `${schemes[0]}://user:password@host/database` }));
  let parts: Omit<DatabaseUrl, "tls" | "masked">;
  let url: URL;
  try {
    url = new URL(text);
    parts = {
      // A socket's folder stands among the parameters.
      host: url.searchParams.get("host") ?? decodeURIComponent(url.hostname).replace(/^\[|\]$/g, ""),
      port: url.port === "" ? undefined : Number(url.port),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
    };
  } catch {
    throw bad();
  }
  if (!schemes.includes(url.protocol.slice(0, -1)) || parts.host === "" || parts.database === "") throw bad();
  const asked = ["sslmode", "ssl-mode", "ssl_mode", "ssl"].flatMap(
    (name) => url.searchParams.get(name) ?? [],
  );
  const mode = Object.hasOwn(modes, asked[0]?.toLowerCase() ?? "disable")
    ? modes[asked[0]?.toLowerCase() ?? "disable"]
    : undefined;
  if (!mode)
    throw fail(
      told("database.badMode", {
        variable,
        modes: ["disable", "require", "verify-ca", "verify-full", "no-verify"],
      }),
    );
  const secrets = [text, url.href, parts.password, url.password].filter((secret) => secret !== "");
  return {
    ...parts,
    tls: mode === "none" ? false : tlsOf(url, mode, variable, fail),
    masked: (said) => secrets.reduce((masked, secret) => masked.replaceAll(secret, "***"), said),
  };
}

function tlsOf(
  url: URL,
  mode: "unchecked" | "chain" | "full",
  variable: string,
  fail: (wrong: Told) => CliError,
): ConnectionOptions {
  const file = (...names: string[]) => {
    const name = names.find((each) => url.searchParams.has(each));
    const path = name && url.searchParams.get(name);
    if (!path || path === "system") return undefined;
    try {
      return readFileSync(path);
    } catch {
      throw fail(told("database.noCertificate", { variable, name }));
    }
  };
  const ca = file("sslrootcert", "ssl-ca");
  const cert = file("sslcert", "ssl-cert");
  const key = file("sslkey", "ssl-key");
  return {
    rejectUnauthorized: mode !== "unchecked",
    ...(mode === "chain" ? { checkServerIdentity: () => undefined } : {}),
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
  };
}
