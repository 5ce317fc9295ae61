import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patience } from "../../loaders/database/survey.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { commandLine } from "../commandLine.js";
import { inMariadb, mariadbProgram, mariadbUrl, startMariadb } from "../loaders/database/mariadbServer.js";
import {
  inPostgres,
  password,
  postgresProgram,
  postgresUrl,
  startPostgres,
} from "../loaders/database/postgresServer.js";
import { type Server, throughProxy } from "../loaders/database/servers.js";
import { folderOfTest } from "../temporaryFolder.js";
import { type Dialect, statementsOf } from "./inDatabase.js";

const env = { TZ: "Asia/Shanghai" };

/** Lets `init` look at a database, whose URL is in the environment alone. */
async function initOf(url: string, kind: string, ...given: (string | Record<string, string>)[]) {
  const dir = join(folderOfTest("init-database"), "crm");
  const more = given.filter((each) => typeof each === "string");
  for (const [name, text] of given.filter((each) => typeof each === "object").flatMap(Object.entries)) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  process.env.HERRINGBONE_TEST_INIT_URL = url;
  const run = commandLine({ cwd: folderOfTest("elsewhere"), env });
  const said = await run("init", dir, "--database", kind, "--env", "HERRINGBONE_TEST_INIT", ...more);
  const yaml = existsSync(join(dir, "sources.yaml")) ? readFileSync(join(dir, "sources.yaml"), "utf8") : "";
  for (const secret of [password, encodeURIComponent(password), "@127.0.0.1"]) {
    expect(said.all).not.toContain(secret);
    if (existsSync(dir))
      for (const file of readdirSync(dir, { recursive: true, encoding: "utf8" }))
        if (/\.(yaml|csv)$/.test(file)) expect(readFileSync(join(dir, file), "utf8")).not.toContain(secret);
  }
  return { dir, run, yaml, ...said };
}

/** Builds a folder that `init` wrote, into a warehouse beside it. */
const builtOf = (run: ReturnType<typeof commandLine>, dir: string) =>
  run(
    "build",
    "--data",
    dir,
    "--lang",
    "en",
    "--as-of",
    "2026-06-30",
    "--warehouse",
    join(dir, "../built.duckdb"),
  );

/** All values of all KPIs that a build of a folder gives. */
async function figuresOf(data: string): Promise<unknown> {
  const run = commandLine({ cwd: folderOfTest("figures"), env, warehouse: "w.duckdb" });
  const built = await run("build", "--data", data, "--as-of", "2026-06-30");
  expect([built.code, built.err.split("\n").filter((line) => line.startsWith("herringbone"))]).toEqual([
    0,
    [],
  ]);
  const { out } = await run("kpi", "--format", "json");
  return (JSON.parse(out) as Record<string, unknown>[]).map(
    ({ kpi_id, period_start, value, numerator, denominator, n, reason }) =>
      [kpi_id, period_start, value, numerator, denominator, n, reason] as const,
  );
}

const sample = async () => {
  const folder = folderOfTest("init-sample");
  const run = commandLine({ cwd: folder });
  const { code, err } = await run(
    "sample",
    "--customers",
    "80",
    "--months",
    "8",
    "--dirt",
    "0",
    "--variety",
    "0",
    "--out",
    folder,
    "--force",
  );
  expect([code, err]).toEqual([0, expect.anything()]);
  // Its mapping says more than its rows do; plans are kept by hand.
  for (const file of ["sources.yaml", "initiatives.csv", "milestones.csv"])
    rmSync(join(folder, file), { force: true });
  return folder;
};

const databases: readonly {
  name: string;
  kind: string;
  program: string | undefined;
  start: () => Promise<Server>;
  inDatabase: (port: number, sql: string) => Promise<void>;
  urlOf: (port: number, more?: { user?: string; secret?: string; database?: string }) => string;
  dialect: Dialect;
}[] = [
  {
    name: "PostgreSQL",
    kind: "postgresql",
    program: postgresProgram,
    start: startPostgres,
    inDatabase: inPostgres,
    urlOf: postgresUrl,
    dialect: {
      quoted: (name) => `"${name.replaceAll('"', '""')}"`,
      types: {
        date: "date",
        timestamp: "timestamp",
        decimal: "numeric(18, 4)",
        int: "int",
        bool: "boolean",
        text: "text",
      },
    },
  },
  {
    name: "MariaDB",
    kind: "mysql",
    program: mariadbProgram,
    start: startMariadb,
    inDatabase: inMariadb,
    urlOf: mariadbUrl,
    dialect: {
      quoted: (name) => `\`${name.replaceAll("`", "``")}\``,
      types: {
        date: "date",
        timestamp: "datetime",
        decimal: "decimal(18, 4)",
        int: "int",
        bool: "boolean",
        text: "varchar(200)",
      },
    },
  },
];

for (const { name, kind, program, start, inDatabase, urlOf, dialect } of databases)
  describe.skipIf(!program)(`init on ${name} (skipped where the machine has no server)`, () => {
    let server: Server;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => {
      delete process.env.HERRINGBONE_TEST_INIT_URL;
      server?.stop();
    });

    it("gives at once the figures that the same rows give as files", async () => {
      const files = await sample();
      await inDatabase(server.port, await statementsOf(files, dialect));
      const { dir, code, out } = await initOf(urlOf(server.port), kind, "--lang", "zh-CN");
      expect([code, out]).toEqual([0, expect.stringContaining("reviews_360")]);
      expect(await figuresOf(dir)).toEqual(await figuresOf(files));
    });

    it("reads what keys, indexes and comments declare, says what it may not read, and goes on", async () => {
      const { dir, run, code, out, yaml } = await initOf(await odd(server.port), kind, "--lang", "en");
      expect(code).toBe(0);
      const { sources = {} } = readSourcesYaml(dir) ?? {};
      const read = Object.values(sources).map(({ tables }) => tables);
      const find = (table: "customers" | "tickets") => read.flatMap((tables) => tables[table] ?? []);
      expect(find("customers").map(({ columns }) => columns)).toEqual([
        { customer_id: "pk", name: "bezeichnung" },
      ]);
      expect(find("tickets").map(({ columns }) => columns)).toEqual([
        {
          ticket_id: "Id",
          type: "type",
          customer_id: "k",
          created_at: "opened",
          resolved_at: "c7",
          updated_at: "updated_at",
        },
      ]);
      expect(yaml).toMatch(/customer_id: k # .*a foreign key of the database leads to /);
      expect(yaml).toMatch(/customer_id: pk # likely: .*the database's primary key/);
      expect(yaml).toMatch(
        /tickets: .* # rows: 300; if every change moves updated_at on, cursor: updated_at lets the next build read what changed alone$/m,
      );
      expect(yaml).toMatch(/# Times without a zone \(.*c7.*\)/);
      expect(out).toMatch(/not read: .*open_tickets: like tickets, but its rows are those of/);
      expect(out).toMatch(/not read: nothing_in_it: it has no rows/);
      const built = await run(
        "build",
        "--data",
        dir,
        "--lang",
        "en",
        "--warehouse",
        join(dir, "../w.duckdb"),
      );
      expect([built.code, built.err]).toEqual([
        0,
        expect.stringContaining("tickets: 300 rows mapped = 300 loaded"),
      ]);
    });

    it("tells what its user may not read, of a table and of columns, and reads the rest of five hundred tables", async () => {
      const { quoted } = dialect;
      const many = Array.from({ length: 500 }, (_, at) => `create table t_${at} (a int);`).join("\n");
      await inDatabase(
        server.port,
        `${emptied}${many}
        create table tickets (ticket_id int primary key, created_at ${dialect.types.timestamp}, secret text);
        insert into tickets values (1, '2026-03-01 10:00:00', 'x'), (2, '2026-03-02 10:00:00', 'x');
        create table orders (order_id int);
        ${
          kind === "mysql"
            ? `create user reader@'%' identified by 'Nur-l3sen!'; grant select (ticket_id, created_at) on crm.tickets to reader@'%';
               ${Array.from({ length: 500 }, (_, at) => `grant select on crm.t_${at} to reader@'%';`).join("\n")} grant insert on crm.orders to reader@'%';`
            : `create role reader login password 'Nur-l3sen!'; grant usage on schema public to reader;
               grant select on all tables in schema public to reader; revoke select on orders, tickets from reader;
               grant select (ticket_id, created_at) on tickets to reader;`
        }`,
      );
      const started = performance.now();
      const url = urlOf(server.port, { user: "reader", secret: "Nur-l3sen!" });
      const { code, out, yaml } = await initOf(url, kind, "--lang", "en");
      expect(code).toBe(0);
      expect((performance.now() - started) / 1000).toBeLessThan(60);
      expect(yaml).toContain(`select ${quoted("ticket_id")}, ${quoted("created_at")} from `);
      expect(yaml).not.toContain("Nur-l3sen!");
      expect(yaml).toMatch(/orders: the database's user has no right to select from it/);
      expect(out).toContain("more files; sources.yaml lists them");
      expect(yaml.match(/: it has no rows/g)).toHaveLength(500);
    });

    it("gives up a view that takes too long, and reads what comes after it", async () => {
      const { seconds } = patience;
      patience.seconds = 1;
      const slow = kind === "mysql" ? "sleep(60)" : "pg_sleep(60)::text";
      await inDatabase(
        server.port,
        `${emptied}create view a_slow_view as select ${slow} as ticket_id;
        create table customers (customer_id varchar(20) primary key, name varchar(40));
        insert into customers values ('C1', 'Firma A GmbH');`,
      );
      const { code, out, err } = await initOf(urlOf(server.port), kind, "--lang", "en").finally(() => {
        patience.seconds = seconds;
      });
      expect([code, err, out]).toEqual([
        0,
        "",
        expect.stringContaining("a_slow_view: it gave nothing for 1 s"),
      ]);
      expect(out).toMatch(/customers +customers +2/);
    });

    it("fails in one sentence where the connection breaks off, and writes nothing", async () => {
      const rows = Array.from({ length: 1000 }, (_, at) => `('C${at}', 'Firma ${at} GmbH')`).join(", ");
      await inDatabase(
        server.port,
        `${emptied}create table customers (customer_id varchar(20) primary key, name varchar(40)); insert into customers values ${rows};`,
      );
      await throughProxy(server.port, 6000, "cut", async (port) => {
        const { code, err, dir } = await initOf(urlOf(port), kind, "--lang", "en");
        expect([code, err]).toEqual([
          1,
          expect.stringMatching(
            /^herringbone: the connection to the database of HERRINGBONE_TEST_INIT_URL broke off/,
          ),
        ]);
        expect(existsSync(dir)).toBe(false);
      });
    });

    it("reads copies of a system's objects by its preset, and files beside them by their own headings", async () => {
      await inDatabase(
        server.port,
        `${emptied}create table account (id varchar(18) primary key, name varchar(40), industry varchar(20), billing_country varchar(20), master_record_id varchar(18));
        insert into account values ('001a', 'Firma A', 'Metall', 'DE', null), ('001b', 'Firma B', 'Metall', 'DE', null);
        create table ${kind === "mysql" ? "`case`" : '"case"'} (id varchar(18) primary key, account_id varchar(18), case_number varchar(9), type varchar(20), priority varchar(9), origin varchar(9), created_date ${dialect.types.timestamp}, closed_date ${dialect.types.timestamp}, is_closed boolean, status varchar(9));
        insert into ${kind === "mysql" ? "`case`" : '"case"'} values ('500a', '001a', '1', 'Problem', 'High', 'Web', '2026-03-01 10:00:00', null, false, 'New');`,
      );
      const files = {
        "orders.csv":
          "order_id,customer_id,ordered_at,revenue\nO1,001a,2026-03-01,10\nO2,001b,2026-03-02,20\n",
      };
      const { dir, run, yaml, out } = await initOf(urlOf(server.port), kind, files, "--lang", "en");
      expect(yaml).toContain("preset: salesforce # likely");
      expect(Object.keys(readSourcesYaml(dir)?.sources ?? {})).toEqual(["salesforce", "extracts"]);
      expect(out).toMatch(/orders\.csv +orders/);
      const { code, err } = await builtOf(run, dir);
      expect([code, err]).toEqual([0, expect.stringContaining("orders: 2 rows mapped = 2 loaded")]);
      for (const said of ["customers: 2 rows mapped = 2 loaded", "tickets: 1 rows mapped = 1 loaded"])
        expect(err).toContain(said);
    });

    it("reads tables of one name in two schemas, each as its own", async () => {
      const rows = (prefix: string) => `('${prefix}1', 'Firma A GmbH'), ('${prefix}2', 'Firma B GmbH')`;
      await inDatabase(
        server.port,
        `${emptied}create table customers (customer_id varchar(20) primary key, name varchar(40));
        create schema other; create table other.customers (customer_id varchar(20) primary key, name varchar(40));
        insert into customers values ${rows("A")}; insert into other.customers values ${rows("B")};`,
      );
      const { dir, run, yaml } = await initOf(urlOf(server.port), kind, "--lang", "en");
      expect(yaml).toMatch(/customers: \{ table: customers \}/);
      expect(yaml).toMatch(/customers: \{ table: other\.customers \}/);
      const { err } = await builtOf(run, dir);
      expect(err).toContain("customers: 4 rows mapped = 4 loaded");
    });

    it.each([
      ["a wrong password", () => urlOf(server.port, { secret: "wrong" }), 2, "user or password is wrong"],
      ["no such database", () => urlOf(server.port, { database: "none" }), 2, "no database of the name"],
      ["no server", () => urlOf(1), 1, "no connection to the database of HERRINGBONE_TEST_INIT_URL"],
      ["another scheme", () => "https://u:p@x/y", 2, "does not hold a URL like"],
      ["nothing in the variable", () => "", 2, "is not set: HERRINGBONE_TEST_INIT_URL"],
    ])("%s is told in one sentence, and nothing is written", async (_, url, exitCode, sentence) => {
      const { code, err, dir } = await initOf(url(), kind, "--lang", "en");
      expect([code, err]).toEqual([exitCode, expect.stringContaining(sentence)]);
      expect(err.trim().split("\n")).toHaveLength(1);
      expect(existsSync(dir)).toBe(false);
    });

    const emptied =
      kind === "mysql"
        ? "drop database crm; create database crm character set utf8mb4; use crm;"
        : `drop schema public cascade; create schema public; drop schema if exists ${dialect.quoted("A b")} cascade;`;

    async function odd(port: number): Promise<string> {
      const q = dialect.quoted;
      const time = dialect.types.timestamp;
      const named =
        kind === "mysql"
          ? { schema: "crm", table: q('"Tickets."') }
          : { schema: q("A b"), table: q('"Tickets."') };
      const rows = (count: number, row: (at: number) => string) =>
        Array.from({ length: count }, (_, at) => `(${row(at)})`).join(", ");
      const day = (at: number, hour: number) =>
        `'2026-03-${String(1 + (at % 28)).padStart(2, "0")} ${hour}:00:00'`;
      const comment = kind === "mysql" ? " comment '解决时间：空为未解决'" : "";
      const tickets = `${named.schema}.${named.table}`;
      await inDatabase(
        port,
        `${emptied}${kind === "mysql" ? "" : `create schema ${named.schema};`}
        create table ${named.schema}.firmen (pk int primary key, bezeichnung varchar(60));
        insert into ${named.schema}.firmen values ${rows(3, (at) => `${at}, 'Firma ${at} GmbH'`)};
        create table ${tickets} (
          ${q("Id")} int primary key, k int, type varchar(20), opened ${time}, c7 ${time}${comment}, updated_at ${time},
          foreign key (k) references ${named.schema}.firmen (pk)
        );
        ${kind === "mysql" ? "" : `comment on column ${tickets}.c7 is '解决时间：空为未解决';`}
        create index moved on ${tickets} (updated_at);
        insert into ${tickets} values ${rows(300, (at) => `${at}, ${at % 3}, '${["complaint", "repair"][at % 2]}', ${day(at, 10)}, ${at % 5 === 0 ? "null" : day(at, 15)}, ${day(at, 16)}`)};
        create view ${named.schema}.open_tickets as select t.*, 'email' as channel, 'serious' as severity from ${tickets} t where c7 is null;
        create table nothing_in_it (ticket_id int);`,
      );
      return urlOf(port);
    }
  });
