import { type CliError, fileFault } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { masked } from "./mask.js";
import type { RemoteSettings } from "./settings.js";

/** Where an interface is and by what right it is asked: never to be printed. */
export interface Access {
  /** Without a path's end. */
  base: URL;
  token: string | undefined;
  user: string | undefined;
  /** What a new token can be asked for by. */
  client: { id: string; secret: string; refreshToken: string | undefined } | undefined;
  /** The variable that says by what right. */
  variable: string;
  /** Takes what is secret out of a text. */
  masked(text: string): string;
  /** A further secret. */
  keep(secret: string): void;
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);

/**
 * Reads the address of an interface and its secrets, these from the environment alone. Nothing but HTTPS leaves the machine.
 * @throws CliError 2 when a variable is not set or the address is none; what they hold is not told
 */
export function accessOf(source: string, settings: RemoteSettings, defaultUrl: string | undefined): Access {
  return accessBy(settings, defaultUrl, (key, wrong) => fileFault("sources.yaml", `${source}.${key}`, wrong));
}

/** The same, of settings that stand in no file: `fail` makes the failure. */
export function accessBy(
  settings: Partial<RemoteSettings>,
  defaultUrl: string | undefined,
  fail: (key: keyof RemoteSettings, wrong: Told) => CliError,
): Access {
  const secrets: string[] = [];
  const held = (key: keyof RemoteSettings, isSecret = true): string | undefined => {
    const variable = settings[key];
    if (typeof variable !== "string") return undefined;
    const value = process.env[variable]?.trim();
    if (!value) throw fail(key, told("remote.noVariable", { variable }));
    // A header takes no more.
    if (!/^[\x21-\x7e]+$/.test(value)) throw fail(key, told("remote.badSecret", { variable }));
    if (isSecret) secrets.push(value);
    return value;
  };
  const address = held("url_env", false) ?? settings.url ?? defaultUrl;
  const key = settings.url_env === undefined ? "url" : "url_env";
  if (address === undefined) throw fail("url", told("remote.noUrl"));
  const base = URL.canParse(address) ? new URL(address) : undefined;
  if (base?.username !== "" || base.password !== "" || base.search !== "")
    throw fail(key, told("remote.badUrl"));
  if (base.protocol !== "https:" && !(base.protocol === "http:" && isLoopback(base.hostname)))
    throw fail(key, told("remote.insecure"));
  const token = held("token_env");
  const user = held("user_env", false);
  const [id, secret, refreshToken] = [
    held("client_id_env"),
    held("client_secret_env"),
    held("refresh_token_env"),
  ];
  const client = id !== undefined && secret !== undefined ? { id, secret, refreshToken } : undefined;
  if (token === undefined && !client) throw fail("token_env", told("schema.missing"));
  if (user !== undefined && token !== undefined) secrets.push(`${user}/token:${token}`);
  return {
    base,
    token,
    user,
    client,
    variable: settings.token_env ?? settings.client_id_env ?? "",
    keep: (secret) => secrets.push(secret),
    masked: (text) => masked(text, secrets),
  };
}
