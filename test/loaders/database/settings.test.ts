import { afterEach, describe, expect, it } from "vitest";
import { bareQuery, milliseconds, nameParts } from "../../../loaders/database/settings.js";
import { databaseUrl } from "../../../loaders/database/url.js";
import { kinds } from "../../../loaders/index.js";
import { CliError } from "../../../src/run/error.js";
import { refusal, sourceYaml } from "./refusals.js";

const variable = "HERRINGBONE_TEST_URL";
const password = "Gehe1m/@öß";
const secrets = [password, encodeURIComponent(password), "u:"];
const schemes = ["postgres", "postgresql"];

afterEach(() => {
  delete process.env[variable];
});

describe.each(
  Object.keys(kinds).filter((kind) => {
    const settings = kinds[kind]?.settings ?? {};
    return "url_env" in settings && !("token_env" in settings);
  }),
)("a source of kind %s is refused", (kind) => {
  const tables = "  tables: {customers: {columns: {customer_id: a, name: b}}}\n";
  const yaml = (relations: string, more = "") => sourceYaml(kind, variable, relations, more + tables);

  it.each([
    ["t: {}", "", "crm_db.relations.t: a relation has either table or query"],
    ["t: {table: a, query: select 1}", "", "crm_db.relations.t: a relation has either table or query"],
    ["t: {table: a..b}", "", 'crm_db.relations.t.table: expected a table like support.tickets: "a..b"'],
    ["t: {table: 'a\"b'}", "", "crm_db.relations.t.table: expected a table like support.tickets"],
    [
      "t: {table: a, where: 1}",
      "",
      "crm_db.relations.t: unknown key (allowed: table, query, cursor, full_extract)",
    ],
    ["", "", "crm_db.relations: expected at least one entry"],
    ["t: {table: a}", "  timeout: soon\n", 'crm_db.timeout: expected like "10 minutes": "soon"'],
    ["t: {table: a}", "  url: postgres://u:p@h/d\n", "crm_db: unknown key"],
    [
      "t: {table: a}, s: {table: b}",
      "",
      'crm_db.tables.customers: "from" or "select" has to say which of t, s it reads',
    ],
  ])("with relations {%s} %s", async (relations, more, message) =>
    expect(await refusal(yaml(relations, more), secrets)).toMatchObject({
      exitCode: 2,
      en: expect.stringContaining(`sources.yaml: ${message}`),
    }),
  );

  it("with the URL itself in the file, which is not said again", async () => {
    const said = await refusal(
      `crm_db:\n  kind: ${kind}\n  url_env: "postgres://u:${password}@h/d"\n  relations: {t: {table: a}}\n${tables}`,
      secrets,
    );
    expect(said.en).toBe(
      'sources.yaml: crm_db.url_env: expected the name of an environment variable (what it holds does not stand here): "postgres://***@h/d"',
    );
  });

  it("whose relations feed nothing", async () =>
    expect((await refusal(sourceYaml(kind, variable, "t: {table: a}"), secrets)).en).toBe(
      "sources.yaml: crm_db.tables: is missing",
    ));

  it("whose variable is not set, or holds no URL of its kind", async () => {
    const [unset] = [await refusal(yaml("t: {table: a}"), secrets)];
    expect(unset).toEqual({
      exitCode: 2,
      en: `sources.yaml: crm_db.url_env: the environment variable that has to hold the database's URL is not set: ${variable}`,
      zh: `sources.yaml：crm_db.url_env：没有设置存放数据库 URL 的环境变量：${variable}`,
    });
    for (const url of [
      `http://u:${encodeURIComponent(password)}@h/d`,
      `//u:${password}@h`,
      `${kind}://u:${encodeURIComponent(password)}@h`,
    ]) {
      process.env[variable] = url;
      expect(await refusal(yaml("t: {table: a}"), secrets)).toMatchObject({
        exitCode: 2,
        en: expect.stringMatching(
          /crm_db\.url_env: the variable does not hold a URL like \w+:\/\/user:password@host\/database: HERRINGBONE_TEST_URL$/,
        ),
      });
    }
  });
});

describe("a database's URL", () => {
  const read = (text: string) => {
    process.env[variable] = text;
    return databaseUrl("crm_db", variable, schemes);
  };

  it("is read with all that may stand in it, and its secrets are taken out of a text", () => {
    const url = read(`postgresql://me%40x:${encodeURIComponent(password)}@db.example:6543/my%2Fcrm`);
    expect(url).toMatchObject({
      host: "db.example",
      port: 6543,
      user: "me@x",
      password,
      database: "my/crm",
      tls: false,
    });
    expect(url.masked(`a ${password} b ${encodeURIComponent(password)} c`)).toBe("a *** b *** c");
    expect(read("postgres:///crm?host=/var/run/postgresql")).toMatchObject({
      host: "/var/run/postgresql",
      user: "",
    });
    expect(read("postgres://[::1]/crm")).toMatchObject({ host: "::1", port: undefined });
  });

  it.each([
    ["require", true, false],
    ["verify-ca", true, true],
    ["verify-full", true, false],
    ["REQUIRED", true, false],
    ["no-verify", false, false],
  ])("sslmode=%s checks the certificate: %s, without its name: %s", (mode, isChecked, isNameless) => {
    const { tls } = read(`postgres://u@h/d?sslmode=${mode}`);
    expect(tls).toMatchObject({ rejectUnauthorized: isChecked });
    expect("checkServerIdentity" in (tls || {})).toBe(isNameless);
  });

  it.each(["prefer", "allow", "__proto__", "1"])("sslmode=%s is refused, for it promises nothing", (mode) =>
    expect(() => read(`postgres://u:${encodeURIComponent(password)}@h/d?sslmode=${mode}`)).toThrow(
      new CliError(
        {
          id: "file.fault",
          values: {
            at: ["sources.yaml", "crm_db.url_env"],
            wrong: {
              id: "database.badMode",
              values: { variable, modes: ["disable", "require", "verify-ca", "verify-full", "no-verify"] },
            },
          },
        },
        2,
      ),
    ),
  );

  it("names a certificate that is not there by the parameter alone", () =>
    expect(() => read("postgres://u@h/d?sslmode=require&sslrootcert=/nowhere/ca.crt")).toThrow(
      `the file that sslrootcert in the variable's URL names cannot be read: ${variable}`,
    ));
});

describe("what stands in the settings", () => {
  it.each([
    ["tickets", ["tickets"]],
    ["support.tickets", ["support", "tickets"]],
    ['a."b.c".d', ["a", "b.c", "d"]],
    ['"a""b"', ['a"b']],
    ["x; drop table y", ["x; drop table y"]],
  ])("table %s has the parts %j", (table, parts) => expect(nameParts(table)).toEqual(parts));

  it("a query loses its last semicolon, a time becomes milliseconds", () => {
    expect(bareQuery("select ';' ;\n; ")).toBe("select ';'");
    expect(["30 seconds", "1 minute", "2 hours"].map(milliseconds)).toEqual([30_000, 60_000, 7_200_000]);
  });
});
