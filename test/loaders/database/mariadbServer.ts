import { writeFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { password } from "./postgresServer.js";
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

export const mariadbProgram = program("mariadbd");
const install = program("mariadb-install-db");

/** A MariaDB server with a user `owner`, if asked with a certificate or on a disk of its own. */
export async function startMariadb(isSafe = false, disk?: string): Promise<Server> {
  const folder = serverFolder();
  const data = join(folder, "data");
  const setup = join(folder, "setup.sql");
  const port = await freePort();
  runAs(install ?? "", [
    "--no-defaults",
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  writeFileSync(
    setup,
    `set names utf8mb4;\ncreate database crm character set utf8mb4;\ncreate user owner@'%' identified by '${password}';\ngrant all on *.* to owner@'%' with grant option;\n`,
    { mode: 0o644 },
  );
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
    `--port=${port}`,
    `--socket=${join(folder, "socket")}`,
  ];
  args.push(
    "--bind-address=127.0.0.1",
    `--init-file=${setup}`,
    `--pid-file=${join(folder, "pid")}`,
    "--innodb-flush-log-at-trx-commit=0",
  );
  if (isSafe) {
    const { certificate, key } = makeCertificate(folder);
    args.push(`--ssl-cert=${certificate}`, `--ssl-key=${key}`);
  }
  return startServer(mariadbProgram ?? "", args, port, folder, disk);
}

export const mariadbUrl = (
  port: number,
  { user = "owner", secret = password, database = "crm", more = "" } = {},
) => `mysql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}${more}`;

/** Runs statements, as their owner. */
export async function inMariadb(port: number, sql: string): Promise<void> {
  const connection = await connected(port);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

/** Runs statements while work waits in a query for the lock `held`, then lets it go on. */
export async function inMariadbHeld<T>(port: number, work: () => Promise<T>, sql: string): Promise<T> {
  const holder = await connected(port);
  await holder.query("select get_lock('held', 0)");
  const waiting = "select 1 from information_schema.processlist where state = 'User lock'";
  return whileHeld(
    work,
    async () => ((await holder.query(waiting))[0] as unknown[]).length > 0,
    () => inMariadb(port, sql),
    () => holder.end(),
  );
}

const connected = (port: number) =>
  mysql.createConnection({
    host: "127.0.0.1",
    port,
    user: "owner",
    password,
    database: "crm",
    multipleStatements: true,
    charset: "utf8mb4",
  });
