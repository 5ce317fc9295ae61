import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadStaging } from "../../../src/load/index.js";
import { type Progress, silent } from "../../../src/run/progress.js";
import { buildWarehouse } from "../../../src/warehouse/build.js";
import { forgetPerson } from "../../../src/warehouse/forget.js";
import { BuildCache } from "../../../src/warehouse/kept/buildCache.js";
import { worded } from "../../../src/words/wording.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { differing, everyRow } from "../../warehouse/everyRow.js";
import { inMariadb, mariadbProgram, mariadbUrl, startMariadb } from "./mariadbServer.js";
import { inPostgres, password, postgresProgram, postgresUrl, startPostgres } from "./postgresServer.js";
import { sourceYaml } from "./refusals.js";
import type { Server } from "./servers.js";

const variable = "HERRINGBONE_TEST_CURSOR";

const servers = [
  {
    kind: "postgres",
    program: postgresProgram,
    start: startPostgres,
    url: postgresUrl,
    run: inPostgres,
    time: "timestamp",
    instant: "timestamptz",
  },
  {
    kind: "mysql",
    program: mariadbProgram,
    start: startMariadb,
    url: mariadbUrl,
    run: inMariadb,
    time: "datetime(6)",
    instant: "timestamp(6) null",
  },
];

/** What becomes of a table in a night, by SQL of both kinds of server, and what is said of it then. */
interface Night {
  name: string;
  sql(next: () => number, hour: string): string;
  says: RegExp;
}

const anew = /^crm_db\.t: of \d+ rows \d+ read anew$/;
const behind = /^crm_db\.t: read whole: rows were deleted or changed without the cursor telling it$/;

const ticket = (id: number, seen: string, type = "complaint") =>
  `insert into tickets (id, type, channel, opened, ok, seen_at) values (${id}, '${type}', 'phone', '2026-05-01 08:00:00', true, ${seen});`;

/** The first ticket whose cursor is not of what is read anew. */
const old = "select id from (select min(id) as id from tickets where seen_at < '2026-06-29') as first";

const nights: Night[] = [
  { name: "nothing", sql: () => "select 1;", says: anew },
  {
    name: "new rows",
    sql: (next, hour) => ticket(next(), `'${hour}'`) + ticket(next(), `'${hour}'`),
    says: anew,
  },
  {
    name: "changed rows, with their cursor",
    sql: (next, hour) =>
      `update tickets set channel = 'email', seen_at = '${hour}' where id % 7 = ${next() % 7};`,
    says: anew,
  },
  {
    name: "rows equal to the last cursor",
    sql: (next) =>
      `insert into tickets (id, type, channel, opened, ok, seen_at)
      select ${next()}, 'repair', 'phone', '2026-05-01 08:00:00', false, max(seen_at) from tickets where seen_at < '2027-01-01';`,
    says: anew,
  },
  {
    name: "rows that were committed late",
    sql: (next) =>
      `insert into tickets (id, type, channel, opened, ok, seen_at)
      select ${next()}, 'repair', 'phone', '2026-05-01 08:00:00', false, max(seen_at) - interval '30' minute from tickets where seen_at < '2027-01-01';`,
    says: anew,
  },
  { name: "no cursor", sql: (next) => ticket(next(), "null"), says: anew },
  { name: "a cursor in the future", sql: (next) => ticket(next(), "'2030-01-01 00:00:00'"), says: anew },
  { name: "rows of long ago", sql: (next) => ticket(next(), "'2025-01-01 00:00:00'"), says: behind },
  {
    name: "deleted rows",
    sql: () => `delete from tickets where id in (${old});`,
    says: behind,
  },
  {
    name: "as many deleted as come",
    sql: (next, hour) => `delete from tickets where id in (${old});${ticket(next(), `'${hour}'`)}`,
    says: behind,
  },
  {
    name: "changed, the cursor not",
    sql: () => `update tickets set channel = 'visit', ok = not ok where id in (${old});`,
    says: behind,
  },
  {
    name: "another column",
    sql: (next) => `alter table tickets add column extra_${next()} int;`,
    says: /^crm_db\.t: read whole: its columns or their types are others than they were$/,
  },
];

/** More columns than a function of PostgreSQL takes arguments. */
const wide = Array.from({ length: 110 }, (_, at) => `n${at} int default ${at}`).join(", ");

/** A small linear congruential generator: the same sequence in every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(servers)(
  "a relation of $kind with a cursor",
  ({ kind, program, start, url, run, time, instant }) => {
    describe.skipIf(!program)("(skipped where the machine has no server)", () => {
      const folder = temporaryFolder(`cursor-${kind}`);
      const data = join(folder, "data");
      const kept = join(folder, "kept", "w.duckdb");
      const whole = join(folder, "whole", "w.duckdb");
      const catalog = smallCatalogue(["complaint_rate", "revenue"], join(folder, "catalog"));
      let server: Server;
      let serial = 1000;
      const next = () => ++serial;
      const sources = (more = "") =>
        writeFileSync(
          join(data, "sources.yaml"),
          sourceYaml(
            kind,
            variable,
            `customers: {table: customers, cursor: updated_at}, t: {table: tickets, cursor: seen_at${more}},
          o: {query: "select order_id, ordered_at, revenue, version, customer from orders", cursor: version}`,
            `  max_quarantine_share: 1
  tables:
    customers: {columns: {customer_id: customer_id, name: name, acquired_on: acquired_on}}
    tickets: {from: t, columns: {ticket_id: id, type: type, channel: channel, created_at: opened, qa_correct: ok}}
    orders: {from: o, columns: {order_id: order_id, line_no: 1, customer_id: customer, ordered_at: ordered_at, revenue: revenue}}
`,
          ),
        );

      async function build(path: string, turn: number, full = false): Promise<string[]> {
        const said: string[] = [];
        const progress: Progress = { ...silent, say: (line) => said.push(worded(line, "en")) };
        const now = new Date(Date.UTC(2026, 6, 1) + turn * 86_400_000);
        const options = {
          dataDir: data,
          catalogDir: [{ path: catalog, inside: null }],
          warehouse: path,
          now,
          full,
        };
        await buildWarehouse({ ...options, keptFrom: 0 }, progress);
        return said;
      }

      /** Loads alone, without models: what a warehouse's models read. */
      async function load(path: string, turn: number, full: boolean) {
        const said: string[] = [];
        const tempDir = `${path}.temp`;
        for (const each of [path, tempDir]) rmSync(each, { recursive: true, force: true });
        mkdirSync(tempDir, { recursive: true });
        const cache = new BuildCache(path, !full, 0);
        const instance = await DuckDBInstance.create(path, { threads: "1" });
        const db = await instance.connect();
        try {
          const runStart = new Date(Date.UTC(2026, 6, 1) + turn * 86_400_000);
          const options = { dataDir: data, timeZone: "Asia/Shanghai", runStart, tempDir, cache };
          await loadStaging(db, options, { ...silent, say: (line) => said.push(worded(line, "en")) });
        } finally {
          db.closeSync();
          instance.closeSync();
        }
        cache.sweep();
        return { said, rows: await everyRow(path) };
      }

      /** Loads by the cursors and anew; all that both hold is alike. */
      async function compared(turn: number, name: string): Promise<string[]> {
        const { said, rows } = await load(kept, turn, false);
        const all = await load(whole, turn, true);
        expect(all.said.filter((line) => / read anew$/.test(line))).toEqual([]);
        expect(differing(rows, all.rows), name).toEqual([]);
        return said.filter((line) => /^crm_db\.\w+: (of .* read anew|read whole)/.test(line));
      }

      beforeAll(async () => {
        for (const each of ["data", "kept", "whole", "built"].map((name) => join(folder, name)))
          mkdirSync(each, { recursive: true });
        server = await start();
        process.env[variable] = url(server.port);
        sources();
        const numbers = Array.from({ length: 300 }, (_, at) => at + 1);
        const hour = (at: number) => `2026-06-${String((at % 28) + 1).padStart(2, "0")} 0${at % 10}:00:00.25`;
        await run(
          server.port,
          `create table customers (customer_id varchar(20) primary key, name varchar(100), acquired_on date, updated_at ${time});
        create table tickets (id bigint primary key, type varchar(20), channel varchar(20), opened ${time}, ok boolean, cost numeric(10, 2), seen_at ${instant}, code char(5), ${wide});
        create table orders (order_id varchar(20), ordered_at ${time}, revenue numeric(12, 2), version int, customer varchar(20));
        insert into customers values ${numbers.map((at) => `('${at % 2 ? "c" : "C"}${at}', '客户 ${at}', '2026-01-15', '${hour(at)}')`).join(", ")};
        insert into tickets (id, type, channel, opened, ok, cost, seen_at, code) values ${numbers.map((at) => `(${at}, '${at % 9 ? "complaint" : "nonsense"}', 'phone', '${hour(at)}', ${at % 2 === 0}, ${at}.5, ${at % 50 ? `'${hour(at)}'` : "null"}, 'x')`).join(", ")};
        insert into orders values ${numbers.map((at) => `('o${at}', '${hour(at)}', ${at % 11 ? at : -at}.25, ${at * 100}, 'C${at}')`).join(", ")};`,
        );
      });
      afterAll(() => {
        delete process.env[variable];
        server?.stop();
      });

      it("is read by it, held against the database, and gives what a full read gives", {
        timeout: 900_000,
      }, async () => {
        expect(await compared(0, "the first")).toEqual([]);
        const roll = dice(7);
        const order = [...nights, ...Array.from({ length: 4 }, () => nights[roll(nights.length)] as Night)];
        for (const [at, { name, sql, says }] of order.entries()) {
          const day = new Date(Date.UTC(2026, 6, 1, 2) + at * 86_400_000);
          await run(server.port, sql(next, day.toISOString().slice(0, 19).replace("T", " ")));
          const said = await compared(at + 1, name);
          expect(
            said.filter((line) => says.test(line)),
            `${name}: ${said.join("; ")}`,
          ).toHaveLength(1);
          expect(said).toContainEqual(
            expect.stringMatching(/^crm_db\.customers: of 300 rows \d{1,2} read anew$/),
          );
          expect(said).toContainEqual(expect.stringMatching(/^crm_db\.o: of 300 rows 11 read anew$/));
        }
      });

      it("is read whole where that is asked for, or what was kept is damaged", {
        timeout: 120_000,
      }, async () => {
        sources(", full_extract: true");
        expect((await compared(50, "full_extract")).filter((line) => line.startsWith("crm_db.t"))).toEqual(
          [],
        );
        sources();
        const cache = `${kept}.cache`;
        for (const name of readdirSync(cache).filter((each) => each.endsWith(".parquet"))) {
          const bytes = readFileSync(join(cache, name));
          bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
          writeFileSync(join(cache, name), bytes);
        }
        expect(await compared(51, "damaged")).toEqual([]);
        expect(await compared(52, "kept again")).toHaveLength(3);
      });

      it("gives the same warehouse, and keeps no rows once someone was forgotten", {
        timeout: 600_000,
      }, async () => {
        const built = join(folder, "built", "w.duckdb");
        const anew = join(folder, "anew", "w.duckdb");
        await build(built, 59);
        const cache = `${built}.cache`;
        for (const name of readdirSync(cache))
          expect(readFileSync(join(cache, name), "latin1")).not.toContain(password);
        cpSync(join(folder, "built"), join(folder, "anew"), { recursive: true });
        expect(await build(built, 60)).toContain("crm_db.o: of 300 rows 11 read anew");
        await build(anew, 60, true);
        expect(differing(await everyRow(built), await everyRow(anew))).toEqual([]);
        await forgetPerson(built, { id: "c7", kind: "customer", now: new Date("2026-09-01T00:00:00Z") });
        expect(existsSync(cache)).toBe(false);
        const why = "persons were forgotten whom the source may have, so its rows are not kept";
        expect(await build(built, 61)).toContain(`crm_db.customers: read whole: ${why}`);
        // Sums of months are kept, which are of nobody; rows of a relation are noted with its shape.
        const notes = readdirSync(cache).filter((name) => name.endsWith(".json"));
        for (const name of notes) expect(readFileSync(join(cache, name), "utf8")).not.toContain('"shape"');
      });
    });
  },
);
