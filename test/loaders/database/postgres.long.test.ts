import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Kind, kinds } from "../../../loaders/index.js";
import { commandLine } from "../../commandLine.js";
import { stageFolder } from "../../load/stageFolder.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { expectEquations } from "../faultyFile.js";
import { expectOvernight } from "./overnight.js";
import {
  inPostgres,
  inPostgresHeld,
  password,
  postgresProgram,
  postgresUrl,
  startPostgres,
} from "./postgresServer.js";
import { refusal, sourceYaml, storedIn } from "./refusals.js";
import { freePort, type Server, throughProxy } from "./servers.js";
import { expectZoneless } from "./zoneless.js";

const variable = "HERRINGBONE_TEST_POSTGRES";
const secrets = [password, encodeURIComponent(password), "postgres://"];
const source = (relations: string, more = "") => sourceYaml("postgres", variable, relations, more);
const customers =
  "  tables: {customers: {columns: {customer_id: customer_id, name: name, acquired_on: acquired_on}}}\n";

describe.skipIf(!postgresProgram)("a PostgreSQL database (skipped where the machine has no server)", () => {
  let server: Server;
  const at = (more?: Parameters<typeof postgresUrl>[1]) => {
    process.env[variable] = postgresUrl(server.port, more);
  };
  const refused = (relations: string, more = customers) => refusal(source(relations, more), secrets);

  beforeAll(async () => {
    server = await startPostgres();
    await inPostgres(
      server.port,
      `create schema support;
      create table support.tickets (
        id bigint primary key, customer uuid, kind text, opened timestamptz, closed timestamp, day date,
        cost numeric(40, 20), share float8, ok boolean, detail jsonb, picture bytea, updated_at timestamptz
      );
      insert into support.tickets values
        (9007199254740993, '00000000-0000-0000-0000-000000000001', E'a, "b"\\n客户', '2026-03-01 10:00:00.123456+02',
         '2026-03-02 09:30', '2026-02-28', 12345678901234567890.12345678901234567890, 0.1, true, '{"a": [1, null]}', '\\x00ff', '2026-03-05Z'),
        (-2, null, '', '2026-03-31 23:30-05', null, null, 0.1, 'NaN', false, null, null, '2026-03-05Z');
      create table "Od""d. name" ("Id" text, "id" int);
      insert into "Od""d. name" values ('x', 1);
      create table customers (customer_id text primary key, name text, acquired_on date, region text);
      insert into customers select 'C' || g, nullif('n' || g, 'n7'), date '2026-01-01' + g % 30, '东' from generate_series(25000, 1, -1) g;
      create sequence numbers;
      create role reader login password 'nur lesen';
      grant usage on schema support to reader;
      grant select on customers to reader;`,
    );
  });
  beforeEach(() => at());
  afterAll(() => {
    delete process.env[variable];
    server?.stop();
  });

  it("tells of times without a zone whose zone nobody said", () =>
    expectZoneless(kinds.postgres as Kind, variable, "support.tickets", ["closed"]));

  it("takes SQL in names of tables and columns, and in cells, as the text it is", async () => {
    const sql = `x"); drop table customers; --'`;
    const name = `"${sql.replaceAll('"', '""')}"`;
    await inPostgres(
      server.port,
      `create table ${name} (customer_id text primary key, ${name} text); insert into ${name} values ('C1', '${sql.replaceAll("'", "''")}')`,
    );
    const table = JSON.stringify(name);
    const mapping = `  tables: {customers: {from: c, columns: {customer_id: customer_id, name: ${table}}}}\n`;
    const yaml = source(`c: {table: ${table}}`, mapping);
    await stageFolder({ "sources.yaml": yaml }, async ({ rows }) =>
      expect(await rows("select customer_id, name from staging.customers")).toEqual([
        { customer_id: "C1", name: sql },
      ]),
    );
    await inPostgres(server.port, "select count(*) from customers");
  });

  it("gives every value as the server has it, and a bad row where it stands", () =>
    stageFolder(
      {
        "sources.yaml": source(
          "t: {table: support.tickets, cursor: updated_at}",
          `  tables: {products: {max_quarantine_share: 1, columns: {product_id: id, name: kind, category: "concat_ws('|', opened, closed, day, cost, share, ok, detail, picture)"}}}\n`,
        ),
      },
      async ({ rows, quarantine, report }) => {
        await expectEquations({ report, rows });
        expect(await rows("select product_id, name, category from staging.products")).toEqual([
          {
            product_id: "9007199254740993",
            name: 'a, "b"\n客户',
            category:
              '2026-03-01 08:00:00.123456+00|2026-03-02 09:30:00|2026-02-28|12345678901234567890.12345678901234567890|0.1|true|{"a": [1, null]}|\\x00ff',
          },
        ]);
        const [bad] = await quarantine();
        expect(bad).toMatchObject({ place: "crm_db.t:1", rules: [["name", "required"]] });
        expect(JSON.parse(bad?.raw ?? "")).toEqual({
          id: "-2",
          customer: null,
          kind: "",
          opened: "2026-04-01 04:30:00+00",
          closed: null,
          day: null,
          cost: "0.10000000000000000000",
          share: "NaN",
          ok: "false",
          detail: null,
          picture: null,
          updated_at: "2026-03-05 00:00:00+00",
        });
      },
    ));

  it("reads times with their offset, and those without in the source's zone", () =>
    stageFolder(
      {
        "sources.yaml": source(
          "t: {query: \"select 'T' || id as id, opened, closed, 'inquiry' as type, 'C1' as customer from support.tickets where closed is not null; \"}",
          "  time_zone: Europe/Berlin\n  tables: {tickets: {columns: {ticket_id: id, type: type, customer_id: customer, created_at: opened, resolved_at: closed}}}\n",
        ),
      },
      async ({ rows }) =>
        expect(
          await rows(
            "select ticket_id, created_at::varchar as c, resolved_at::varchar as r from staging.tickets",
          ),
        ).toEqual([
          { ticket_id: "T9007199254740993", c: "2026-03-01 08:00:00.123456+00", r: "2026-03-02 08:30:00+00" },
        ]),
    ));

  it("takes a table by its name where nothing maps it, in the order of its key; the same rows are the same build", async () => {
    const load = () =>
      stageFolder(
        { "sources.yaml": source("customers: {table: customers}") },
        async ({ rows, quarantine, report }) => {
          await expectEquations({ report, rows });
          expect(report.files).toMatchObject([
            { file: "crm_db.customers", rowsRead: 25_000, rowsAccepted: 25_000 },
          ]);
          const sorted = Array.from({ length: 25_000 }, (_, index) => `C${index + 1}`).sort();
          expect(await quarantine()).toMatchObject([
            { place: `crm_db.customers:${sorted.indexOf("C7") + 1}`, rules: [["name", "required"]] },
          ]);
          const loaded = await rows("select customer_id from staging.customers order by row_no");
          expect(loaded.map((row) => row.customer_id)).toEqual(sorted.filter((id) => id !== "C7"));
          return rows("select sha256 from ingest.files");
        },
      );
    const [first] = await load();
    expect(first?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await load()).toEqual([first]);
  });

  it("is taken as of one moment: what comes while it is read belongs to the next build", async () => {
    const relations = `slow: {query: "select 1 as one from pg_advisory_lock_shared(7)"}, c: {query: "select customer_id, name, acquired_on from customers where customer_id > 'Z'"}, all: {table: customers}`;
    const loading = await inPostgresHeld(
      server.port,
      () =>
        stageFolder(
          { "sources.yaml": source(relations, customers.replace("columns", "from: all, columns")) },
          async ({ report }) => report.files,
        ),
      "insert into customers values ('Z1', 'late', '2026-01-01', null)",
    );
    expect(loading).toMatchObject([{ file: "crm_db.all", rowsRead: 25_000 }]);
    await inPostgres(server.port, "delete from customers where customer_id = 'Z1'");
  });

  it("joins its relations in a select, where names may be odd and twice", () =>
    stageFolder(
      {
        "sources.yaml": source(
          `odd: {table: '"Od""d. name"'}, c: {query: "select customer_id as k, name, 1 as name from customers where customer_id in ('C1', 'C2') order by 1 desc -- both"}`,
          "  tables: {products: {select: 'select k as product_id, name || name_1 || odd.Id || odd.id_1 as name from c, odd'}}\n",
        ),
      },
      async ({ rows, report }) => {
        await expectEquations({ report, rows });
        expect(await rows("select product_id, name from staging.products order by row_no")).toEqual([
          { product_id: "C2", name: "n21x1" },
          { product_id: "C1", name: "n11x1" },
        ]);
      },
    ));

  describe("is refused with what is wrong, without what is secret", () => {
    it.each([
      [{ secret: "falsch" }, 2, "crm_db.url_env: the database does not let in the user of"],
      [{ user: "nobody" }, 2, "crm_db.url_env: the database does not let in the user of"],
      [{ database: "elsewhere" }, 2, "crm_db.url_env: the server has no database of the name in"],
      [
        { more: "?sslmode=require" },
        1,
        "crm_db.url_env: the connection to the database of HERRINGBONE_TEST_POSTGRES cannot be trusted (no TLS)",
      ],
    ])("%j", async (more: NonNullable<Parameters<typeof postgresUrl>[1]>, exitCode, message) => {
      at(more);
      const said = await refusal(source("c: {table: customers}", customers), [
        ...secrets,
        more.secret ?? password,
      ]);
      expect(said).toMatchObject({ exitCode, en: expect.stringContaining(message) });
    });

    it("a server that is not there", async () => {
      process.env[variable] = postgresUrl(await freePort());
      expect(await refused("c: {table: customers}")).toMatchObject({
        exitCode: 1,
        en: `sources.yaml: crm_db.url_env: there is no connection to the database of ${variable} (ECONNREFUSED)`,
      });
    });

    it.each([
      [
        "c: {table: support.nothing}",
        "relations.c.table: the database has no such table or view, or its user may not know of it: support.nothing",
      ],
      ["c: {table: nowhere.customers}", "relations.c.table: the database has no such table or view"],
      [
        "c: {table: 'customers; drop table customers'}",
        "relations.c.table: the database has no such table or view",
      ],
      [
        'c: {query: "select customer_id, nam from customers"}',
        'relations.c.query: the database refuses: column "nam" does not exist',
      ],
      ['c: {query: "select 1; drop table customers"}', "relations.c.query: the database refuses: "],
      ['c: {query: "drop table customers"}', "relations.c.query: the database refuses: "],
      [
        'c: {query: "with gone as (delete from customers returning *) select * from gone"}',
        "relations.c.query: the database refuses: ",
      ],
      ["c: {query: \"select nextval('numbers') as customer_id\"}", "relations.c.query: this writes"],
      [
        "c: {query: \"select set_config('transaction_read_only', 'off', false)\"}",
        "relations.c.query: this writes",
      ],
      [
        'c: {query: "select 1 / 0 as customer_id"}',
        "relations.c.query: the database refuses: division by zero",
      ],
      [
        "c: {table: customers, cursor: updated}",
        "relations.c.cursor: the relation has no such column (it has customer_id, name, acquired_on, region): updated",
      ],
    ])("%s", async (relations, message) => {
      const said = await refused(relations);
      expect(said).toMatchObject({
        exitCode: 2,
        en: expect.stringContaining(`sources.yaml: crm_db.${message}`),
      });
      await inPostgres(server.port, "select count(*) from customers");
    });

    it("a column that is gone, by source, relation and column", async () => {
      expect((await refused("c: {query: 'select customer_id, name from customers'}")).en).toBe(
        "sources.yaml: crm_db.tables.customers.columns.acquired_on: crm_db.c has no such column: acquired_on (columns of crm_db.c: customer_id, name)",
      );
      const said = await refused("customers: {query: 'select customer_id, region from customers'}", "");
      expect(said.en).toMatch(/^crm_db\.customers: .*\bname\b.* \(found: customer_id, region/);
    });

    it(
      "columns that changed overnight, each by its name, and the build before stays",
      () => expectOvernight(source, (sql) => inPostgres(server.port, sql)),
      60_000,
    );

    it("a table that its user may not read", async () => {
      at({ user: "reader", secret: "nur lesen" });
      await stageFolder({ "sources.yaml": source("customers: {table: customers}") }, async () => undefined);
      expect(await refused("c: {table: support.tickets}")).toMatchObject({
        exitCode: 2,
        en: "sources.yaml: crm_db.relations.c.table: the database's user has no right to select from it: permission denied for table tickets",
      });
    });

    it("one that takes too long, on the server or on the way", async () => {
      const message = "the database gave nothing for 1 second; timeout in sources.yaml lets it take longer";
      const slowly = `  timeout: 1 second\n${customers}`;
      expect(await refused('c: {query: "select 1 from pg_sleep(9)"}', slowly)).toMatchObject({
        exitCode: 1,
        en: `sources.yaml: crm_db.relations.c.query: ${message}`,
      });
      await throughProxy(server.port, 300_000, "silence", async (port) => {
        process.env[variable] = postgresUrl(port);
        expect(await refused("c: {table: customers}", slowly)).toMatchObject({
          exitCode: 1,
          en: `sources.yaml: crm_db.relations.c.table: ${message}`,
        });
      });
    });

    it("a connection that breaks off among the rows", () =>
      throughProxy(server.port, 300_000, "cut", async (port) => {
        process.env[variable] = postgresUrl(port);
        expect(await refused("c: {table: customers}")).toMatchObject({
          exitCode: 1,
          en: expect.stringMatching(/relations\.c\.table: the connection to the database of \w+ broke off/),
        });
      }));
  });

  it("is built by the command line; one that fails leaves the build before, and no secret lies anywhere", async () => {
    const folder = temporaryFolder("postgres");
    const data = join(folder, "data");
    mkdirSync(data);
    const yaml = join(data, "sources.yaml");
    const warehouse = join(folder, "w.duckdb");
    const run = commandLine({ warehouse });
    writeFileSync(yaml, source("customers: {table: customers}"));
    const built = await run("build", "--data", data);
    expect(built.code).toBe(0);
    const digest = () => createHash("sha256").update(readFileSync(warehouse)).digest("hex");
    const before = digest();
    const checked = await run("check");
    expect(checked.out).toContain("crm_db.customers");
    writeFileSync(yaml, source("customers: {table: customer}"));
    const failed = await run("build", "--data", data, "--debug");
    expect(failed.code).toBe(2);
    expect(failed.err).not.toMatch(/\n\s+at .*node_modules/);
    expect(digest()).toBe(before);
    const all =
      [built, checked, failed].map(({ all: printed }) => printed).join() +
      (await storedIn(folder, warehouse));
    for (const secret of secrets) expect(all).not.toContain(secret);
  });

  describe("with TLS", () => {
    let own: Server;
    let authority: string;
    beforeAll(async () => {
      own = await startPostgres(true);
      authority = join(own.folder, "server.crt");
      await inPostgres(
        own.port,
        "create table customers as select 'C1' as customer_id, 'n' as name, date '2026-01-01' as acquired_on",
      );
    });
    afterAll(() => own?.stop());

    it.each([
      ["require", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
      ["verify-full", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
      ["require", true, "ERR_TLS_CERT_ALTNAME_INVALID"],
      ["verify-ca", true, undefined],
      ["no-verify", false, undefined],
      ["disable", false, undefined],
    ])("sslmode=%s, its authority known: %s", async (mode, isKnown, code) => {
      const more = `?sslmode=${mode}${isKnown ? `&sslrootcert=${authority}` : ""}`;
      process.env[variable] = postgresUrl(own.port, { more });
      const yaml = source("customers: {table: customers}");
      if (code === undefined) await stageFolder({ "sources.yaml": yaml }, async () => undefined);
      else expect((await refusal(yaml, secrets)).en).toContain(`cannot be trusted (${code})`);
    });
  });
});
