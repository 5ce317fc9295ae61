import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import {
  freePort,
  makeCertificate,
  program,
  runAs,
  type Server,
  serverFolder,
  startServer,
  whileHeld,
} from "./servers.js";

export const postgresProgram = program("postgres");
const initdb = program("initdb");

/** What nothing printed or stored may hold. */
export const password = "Gehe1m!/öß";

/** A PostgreSQL server whose every connection asks for a password, if asked also with a certificate or on a disk of its own. */
export async function startPostgres(isSafe = false, disk?: string): Promise<Server> {
  const folder = serverFolder();
  const secret = join(folder, "secret");
  writeFileSync(secret, password, { mode: 0o644 });
  const data = join(folder, "data");
  const port = await freePort();
  runAs(initdb ?? "", [
    "-D",
    data,
    "-U",
    "owner",
    "-A",
    "scram-sha-256",
    "--pwfile",
    secret,
    "-E",
    "UTF8",
    "--locale=C",
    "-N",
  ]);
  const settings = ["fsync=off", "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
  if (isSafe) {
    const { certificate, key } = makeCertificate(folder);
    settings.push("ssl=on", `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`);
  }
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  return startServer(postgresProgram ?? "", args, port, folder, disk);
}

export const postgresUrl = (
  port: number,
  { user = "owner", secret = password, database = "postgres", more = "" } = {},
) => `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}${more}`;

/** Runs statements, as their owner, as soon as the server is up. */
export async function inPostgres(port: number, sql: string): Promise<void> {
  const client = await connected(port);
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Runs statements while work waits in a query for the advisory lock 7, then lets it go on. */
export async function inPostgresHeld<T>(port: number, work: () => Promise<T>, sql: string): Promise<T> {
  const holder = await connected(port);
  await holder.query("select pg_advisory_lock(7)");
  const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted";
  return whileHeld(
    work,
    async () => (await holder.query(waiting)).rows.length > 0,
    () => inPostgres(port, sql),
    () => holder.end(),
  );
}

async function connected(port: number): Promise<pg.Client> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: postgresUrl(port) });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries > 50 || (error as { code?: string }).code !== "57P03") throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
