import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Kind, kinds } from "../../../loaders/index.js";
import { stageFolder } from "../../load/stageFolder.js";
import { expectEquations } from "../faultyFile.js";
import { inMariadb, inMariadbHeld, mariadbProgram, mariadbUrl, startMariadb } from "./mariadbServer.js";
import { expectOvernight } from "./overnight.js";
import { password } from "./postgresServer.js";
import { refusal, sourceYaml } from "./refusals.js";
import { freePort, type Server, throughProxy } from "./servers.js";
import { expectZoneless } from "./zoneless.js";

const variable = "HERRINGBONE_TEST_MYSQL";
const secrets = [password, encodeURIComponent(password), "mysql://"];
const source = (relations: string, more = "") => sourceYaml("mysql", variable, relations, more);
const customers =
  "  tables: {customers: {columns: {customer_id: customer_id, name: name, acquired_on: acquired_on}}}\n";

describe.skipIf(!mariadbProgram)("a MariaDB database (skipped where the machine has no server)", () => {
  let server: Server;
  const at = (more?: Parameters<typeof mariadbUrl>[1]) => {
    process.env[variable] = mariadbUrl(server.port, more);
  };
  const refused = (relations: string, more = customers) => refusal(source(relations, more), secrets);

  beforeAll(async () => {
    server = await startMariadb();
    await inMariadb(
      server.port,
      `create database support character set utf8mb4;
      create table support.tickets (
        id bigint unsigned primary key, customer binary(4), kind text, opened timestamp(6) null, closed datetime, day date,
        cost decimal(60, 20), share double, ok boolean, flags bit(12), detail json, picture blob, updated_at datetime
      );
      set time_zone = '+02:00';
      insert into support.tickets values
        (18446744073709551615, x'00ff10ab', 'a, "b"\\n客户', '2026-03-01 10:00:00.123456', '2026-03-02 09:30', '2026-02-28',
         12345678901234567890.12345678901234567890, 0.1, true, b'100000000001', '{"a": [1, null]}', x'00ff', '2026-03-05'),
        (2, null, '', null, null, null, 0.1, null, false, null, null, '', '2026-03-05');
      create table \`od"d\`\`name\` (Id text);
      insert into \`od"d\`\`name\` values ('x');
      create table customers (customer_id varchar(20) primary key, name varchar(200), acquired_on date, region text);
      insert into customers select concat('C', seq), nullif(concat('n', seq), 'n7'), '2026-01-01' + interval seq % 30 day, '东' from seq_25000_to_1;
      update customers set name = 'n\\0ull' where customer_id = 'C9';
      create user reader@'%' identified by 'nur lesen';
      grant select on crm.customers to reader@'%';`,
    );
  });
  beforeEach(() => at());
  afterAll(() => {
    delete process.env[variable];
    server?.stop();
  });

  it("tells of times without a zone whose zone nobody said", () =>
    expectZoneless(kinds.mysql as Kind, variable, "support.tickets", ["closed", "updated_at"]));

  it(
    "names columns that changed overnight, each by its name, and the build before stays",
    () => expectOvernight(source, (sql) => inMariadb(server.port, sql)),
    60_000,
  );

  it("gives every value as the server has it, and a bad row where it stands", () =>
    stageFolder(
      {
        "sources.yaml": source(
          "t: {table: support.tickets, cursor: updated_at}",
          `  tables: {products: {max_quarantine_share: 1, columns: {product_id: id, name: kind, category: "concat_ws('|', customer, opened, closed, day, cost, share, ok, flags, detail, picture)"}}}\n`,
        ),
      },
      async ({ rows, quarantine, report }) => {
        await expectEquations({ report, rows });
        expect(await rows("select product_id, name, category from staging.products")).toEqual([
          {
            product_id: "18446744073709551615",
            name: 'a, "b"\n客户',
            category:
              '00FF10AB|2026-03-01 08:00:00.123456+00:00|2026-03-02 09:30:00|2026-02-28|12345678901234567890.12345678901234567890|0.1|1|2049|{"a": [1, null]}|00FF',
          },
        ]);
        const [bad] = await quarantine();
        expect(bad).toMatchObject({ place: "crm_db.t:1", rules: [["name", "required"]] });
        expect(JSON.parse(bad?.raw ?? "")).toEqual({
          id: "2",
          customer: null,
          kind: "",
          opened: null,
          closed: null,
          day: null,
          cost: "0.10000000000000000000",
          share: null,
          ok: "0",
          flags: null,
          detail: null,
          picture: "",
          updated_at: "2026-03-05 00:00:00",
        });
      },
    ));

  it("takes a table by its name, in the order of its key; a text with a NUL is refused where it stands", () =>
    stageFolder(
      { "sources.yaml": source("customers: {table: customers}") },
      async ({ rows, quarantine, report }) => {
        await expectEquations({ report, rows });
        expect(report.files).toMatchObject([
          { file: "crm_db.customers", rowsRead: 25_000, rowsAccepted: 24_999, linesRejected: 1 },
        ]);
        const sorted = Array.from({ length: 25_000 }, (_, index) => `C${index + 1}`).sort();
        const place = (id: string) => `crm_db.customers:${sorted.indexOf(id) + 1}`;
        expect(await quarantine()).toMatchObject([
          { place: place("C7"), rules: [["name", "required"]] },
          { place: place("C9"), rules: [[null, "nul_byte"]] },
        ]);
        const loaded = await rows("select customer_id from staging.customers order by row_no");
        expect(loaded.map((row) => row.customer_id)).toEqual(
          sorted.filter((id) => id !== "C7" && id !== "C9"),
        );
      },
    ));

  it("is taken as of one moment: what comes while it is read belongs to the next build", async () => {
    const relations = `slow: {query: "select get_lock('held', 60) as one"}, all: {table: customers}`;
    const loading = await inMariadbHeld(
      server.port,
      () =>
        stageFolder(
          { "sources.yaml": source(relations, customers.replace("columns", "from: all, columns")) },
          async ({ report }) => report.files,
        ),
      "insert into customers values ('Z1', 'late', '2026-01-01', null)",
    );
    expect(loading).toMatchObject([{ file: "crm_db.all", rowsRead: 25_000 }]);
    await inMariadb(server.port, "delete from customers where customer_id = 'Z1'");
  });

  it("joins its relations in a select, where names may be odd", () =>
    stageFolder(
      {
        "sources.yaml": source(
          `odd: {table: '"od""d\`name"'}, c: {query: "select customer_id as k, name from customers where customer_id in ('C1', 'C2') order by 1 desc; "}`,
          "  tables: {products: {select: 'select k as product_id, name || odd.Id as name from c, odd'}}\n",
        ),
      },
      async ({ rows }) =>
        expect(await rows("select product_id, name from staging.products order by row_no")).toEqual([
          { product_id: "C2", name: "n2x" },
          { product_id: "C1", name: "n1x" },
        ]),
    ));

  describe("is refused with what is wrong, without what is secret", () => {
    it.each([
      [{ secret: "falsch" }, 2, "crm_db.url_env: the database does not let in the user of"],
      [{ user: "nobody" }, 2, "crm_db.url_env: the database does not let in the user of"],
      [{ database: "elsewhere" }, 2, "crm_db.url_env: the server has no database of the name in"],
      [
        { more: "?ssl-mode=REQUIRED" },
        1,
        "crm_db.url_env: the connection to the database of HERRINGBONE_TEST_MYSQL cannot be trusted (",
      ],
    ])("%j", async (more: NonNullable<Parameters<typeof mariadbUrl>[1]>, exitCode, message) => {
      at(more);
      const said = await refusal(source("c: {table: customers}", customers), [
        ...secrets,
        more.secret ?? password,
      ]);
      expect(said).toMatchObject({ exitCode, en: expect.stringContaining(message) });
    });

    it("a server that is not there", async () => {
      process.env[variable] = mariadbUrl(await freePort());
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
      [
        "c: {table: 'customers; drop table customers'}",
        "relations.c.table: the database has no such table or view",
      ],
      ["c: {table: 'customers` where 0; -- '}", "relations.c.table: the database has no such table or view"],
      [
        'c: {query: "select customer_id, nam from customers"}',
        "relations.c.query: the database refuses: Unknown column 'nam'",
      ],
      [
        'c: {query: "select * from nowhere"}',
        "relations.c.query: the database refuses: Table 'crm.nowhere' doesn't exist",
      ],
      ['c: {query: "select 1; drop table customers"}', "relations.c.query: the database refuses: "],
      ['c: {query: "drop table customers"}', "relations.c.query: the database refuses: "],
      [
        "c: {query: \"select 1 into outfile '/tmp/herringbone-outfile'\"}",
        "relations.c.query: the database refuses: ",
      ],
    ])("%s", async (relations, message) => {
      const said = await refused(relations);
      expect(said).toMatchObject({
        exitCode: 2,
        en: expect.stringContaining(`sources.yaml: crm_db.${message}`),
      });
      await inMariadb(server.port, "select count(*) from customers");
    });

    it("a query that writes by a function", async () => {
      await inMariadb(
        server.port,
        "create function spoil() returns int modifies sql data begin delete from customers; return 1; end",
      );
      expect(await refused('c: {query: "select spoil() as customer_id"}')).toMatchObject({
        exitCode: 2,
        en: "sources.yaml: crm_db.relations.c.query: this writes; a source is read in a transaction that cannot",
      });
    });

    it("a column that is gone, by source, relation and column", async () =>
      expect((await refused("c: {query: 'select customer_id, name from customers'}")).en).toBe(
        "sources.yaml: crm_db.tables.customers.columns.acquired_on: crm_db.c has no such column: acquired_on (columns of crm_db.c: customer_id, name)",
      ));

    it("a table that its user may not read", async () => {
      at({ user: "reader", secret: "nur lesen" });
      await stageFolder({ "sources.yaml": source("customers: {table: customers}") }, async () => undefined);
      expect(await refused("c: {table: support.tickets}")).toMatchObject({
        exitCode: 2,
        en: expect.stringContaining(
          "relations.c.table: the database's user has no right to select from it: SELECT command denied",
        ),
      });
    });

    it("one that takes too long, on the server or on the way", async () => {
      const message = "the database gave nothing for 1 second; timeout in sources.yaml lets it take longer";
      const slowly = `  timeout: 1 second\n${customers}`;
      expect(await refused('c: {query: "select sleep(9)"}', slowly)).toMatchObject({
        exitCode: 1,
        en: `sources.yaml: crm_db.relations.c.query: ${message}`,
      });
      await throughProxy(server.port, 300_000, "silence", async (port) => {
        process.env[variable] = mariadbUrl(port);
        expect(await refused("c: {table: customers}", slowly)).toMatchObject({
          exitCode: 1,
          en: `sources.yaml: crm_db.relations.c.table: ${message}`,
        });
      });
    });

    it("a connection that breaks off among the rows", () =>
      throughProxy(server.port, 300_000, "cut", async (port) => {
        process.env[variable] = mariadbUrl(port);
        expect(await refused("c: {table: customers}")).toMatchObject({
          exitCode: 1,
          en: expect.stringMatching(/relations\.c\.table: the connection to the database of \w+ broke off/),
        });
      }));
  });

  describe("with TLS", () => {
    let own: Server;
    beforeAll(async () => {
      own = await startMariadb(true);
      await inMariadb(
        own.port,
        "create table customers select 'C1' as customer_id, 'n' as name, date '2026-01-01' as acquired_on",
      );
    });
    afterAll(() => own?.stop());

    it.each([
      ["REQUIRED", false, false],
      ["VERIFY_IDENTITY", true, false],
      ["VERIFY_CA", true, true],
      ["no-verify", false, true],
      ["DISABLED", false, true],
    ])("ssl-mode=%s, its authority known: %s, is taken: %s", async (mode, isKnown, isTaken) => {
      const more = `?ssl-mode=${mode}${isKnown ? `&ssl-ca=${own.folder}/server.crt` : ""}`;
      process.env[variable] = mariadbUrl(own.port, { more });
      const yaml = source("customers: {table: customers}");
      if (isTaken) await stageFolder({ "sources.yaml": yaml }, async () => undefined);
      else expect((await refusal(yaml, secrets)).en).toContain("cannot be trusted (");
    });
  });
});
