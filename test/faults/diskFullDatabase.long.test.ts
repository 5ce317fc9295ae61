import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { inMariadb, mariadbProgram, mariadbUrl, startMariadb } from "../loaders/database/mariadbServer.js";
import {
  inPostgres,
  postgresProgram,
  postgresUrl,
  startPostgres,
} from "../loaders/database/postgresServer.js";
import type { Server } from "../loaders/database/servers.js";
import { canMount } from "../mounts.js";
import { temporaryFolder } from "../temporaryFolder.js";

/** 12 MB, more than a server sorts in its memory. */
const rows = 60_000;
const note = (text: string) => `repeat(md5(${text}), 6) as note`;

const databases = [
  {
    kind: "postgres",
    program: postgresProgram,
    start: () => startPostgres(false, "400m"),
    url: postgresUrl,
    run: inPostgres,
    table: `create table notes as select 'C' || g as customer_id, ${note("g::text")} from generate_series(1, ${rows}) g`,
  },
  {
    kind: "mysql",
    program: mariadbProgram,
    start: () => startMariadb(false, "400m"),
    url: mariadbUrl,
    run: inMariadb,
    table: `create table notes as select concat('C', seq) as customer_id, ${note("seq")} from seq_1_to_${rows}`,
  },
];

describe.each(databases)(
  "$kind on a disk that is full (skipped where no tmpfs can be mounted, which needs root, or the machine has no server)",
  ({ kind, program, start, url, run, table }) => {
    describe.skipIf(!program || !canMount())("", () => {
      let server: Server;
      const folder = temporaryFolder(`disk-full-${kind}`);
      const data = join(folder, "data");
      const warehouse = join(folder, "w.duckdb");

      beforeAll(async () => {
        server = await start();
        await run(server.port, table);
        mkdirSync(data);
        writeFileSync(
          join(data, "sources.yaml"),
          `db:\n  kind: ${kind}\n  url_env: DISK_FULL_URL\n  relations: {c: {query: "select customer_id, note, '2026-01-01' as day from notes order by note"}}
  tables: {customers: {from: c, columns: {customer_id: customer_id, name: note, acquired_on: day}}}\n`,
        );
      }, 60_000);
      afterAll(() => server?.stop());

      it("is told as such, the build before stays, and there is a next one once there is room", async () => {
        const command = commandLine({ warehouse });
        const build = async (lang: string) => {
          process.env.DISK_FULL_URL = url(server.port);
          try {
            return await command("build", "--data", data, "--lang", lang, "--quiet");
          } finally {
            delete process.env.DISK_FULL_URL;
          }
        };
        const digest = () => createHash("sha256").update(readFileSync(warehouse)).digest("hex");
        const built = await build("en");
        expect([built.code, built.err]).toEqual([0, expect.any(String)]);
        const before = digest();

        const filler = join(server.inside, "filler");
        fillUp(filler);
        const full = await build("en");
        expect(full.code).toBe(1);
        expect(full.err.trim()).toMatch(
          /^herringbone: sources\.yaml: db\.relations\.c\.query: the disk of the database's server is full, and has to get room before this runs again: .*No space left on device.*$/,
        );
        expect((await build("zh-CN")).err).toContain("db.relations.c.query：数据库服务器的磁盘已满");
        expect(digest()).toBe(before);
        expect(readdirSync(folder).sort()).toEqual(["data", "w.duckdb", "w.duckdb.last-attempt.json"]);

        rmSync(filler);
        expect((await build("en")).code).toBe(0);
      }, 120_000);
    });
  },
);

/** Writes a file until its disk has no room left. */
function fillUp(path: string): void {
  for (const size of [1 << 20, 1 << 12]) {
    const piece = Buffer.alloc(size);
    try {
      for (;;) appendFileSync(path, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}
