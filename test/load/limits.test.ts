import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { runStart, stageFolder } from "./stageFolder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = temporaryFolder("limits");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const home = join(folder, "warehouse");
const warehouse = join(home, "warehouse.duckdb");
beforeEach(() => {
  for (const dir of [data, catalog]) rmSync(dir, { recursive: true, force: true });
  for (const dir of [data, catalog]) mkdirSync(dir);
  for (const file of ["kpis.yaml", "fishbones.yaml", "settings.yaml"])
    writeFileSync(join(catalog, file), readFileSync(join(root, "data/catalog", file)));
});

const run = commandLine({ now: runStart, warehouse });

/** Builds from files as the command line does. */
async function build(files: Readonly<Record<string, string | Buffer>>, ...args: string[]) {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(data, name), content);
  const places = ["--data", data, "--catalog", catalog, "--lang", "en"];
  const { code, all } = await run("build", ...places, ...args);
  return { code, out: all };
}

/** Customers, so many of them without the name they have to have. */
function customers(sound: number, broken: number): string {
  const rows = Array.from(
    { length: sound + broken },
    (_, index) => `C${index},${index < sound ? "n" : ""},2026-03-01\n`,
  );
  return `customer_id,name,acquired_on\n${rows.join("")}`;
}

const digest = () => createHash("sha256").update(readFileSync(warehouse)).digest("hex");

/** What lies where the warehouse does, without the builds that it replaced. */
const kept = () => readdirSync(home).filter((name) => !name.endsWith(".builds"));

describe("max_quarantine_share", () => {
  it("5 % of a table's rows are allowed, and the equations are shown", async () => {
    const { code, out } = await build({ "customers.csv": customers(19, 1) });
    expect([code, out]).toEqual([0, expect.any(String)]);
    expect(out).toMatch(/customers\.csv: 20 rows read = 20 accepted \+ 0 lines rejected/);
    expect(out).toMatch(/customers: 20 rows mapped = 19 loaded \+ 1 quarantined \+ 0 duplicates/);
    const chinese = await build({ "customers.csv": customers(19, 1) }, "--lang", "zh-CN");
    expect(chinese.out).toMatch(/customers\.csv：读到 20 行 = 接受 20 \+ 拒绝 0/);
    expect(chinese.out).toMatch(/customers：映射 20 行 = 载入 19 \+ 隔离 1 \+ 重复 0/);
    expect(chinese.out).not.toMatch(/quarantine|loaded|[一-鿿][,:;()]/);
  });

  it("more end the build with exit code 3, and the previous warehouse stays, byte for byte", async () => {
    expect((await build({ "customers.csv": customers(19, 0) })).code).toBe(0);
    const before = digest();
    const { code, out } = await build({ "customers.csv": customers(18, 1) }, "--quiet");
    expect(code).toBe(3);
    expect(out).toMatch(/customers: 5\.26 %.*max_quarantine_share.*5\.00 %/);
    expect(digest()).toBe(before);
    expect(kept()).toEqual(["warehouse.duckdb", "warehouse.duckdb.last-attempt.json"]);
  });

  it("lines the reader rejects count, and an equation is held over both", async () => {
    const ragged = "C98,n\nC99,n\n";
    const { code, out } = await build({ "customers.csv": customers(18, 0) + ragged });
    expect(code).toBe(3);
    expect(out).toMatch(/20 rows read = 18 accepted \+ 2 lines rejected/);
    expect(out).toMatch(/customers: 10\.0 %/);
  });

  it("a spoilt line of a GB18030 file is one line rejected, not a file in the wrong encoding", async () => {
    // 客户 is BFCD BBA7; the last line ends within a character.
    const row = (index: number, name: string) => `C${index},${name},2026-03-01\n`;
    const rows = Array.from({ length: 29 }, (_, index) => row(index, "\xbf\xcd\xbb\xa7"));
    const text = `customer_id,name,acquired_on\n${rows.join("")}C30,2026-03-01,\xbf\n`;
    const { code, out } = await build({ "customers.csv": Buffer.from(text, "latin1") });
    expect([code, out]).toEqual([0, expect.any(String)]);
    expect(out).toMatch(/customers\.csv: 30 rows read = 29 accepted \+ 1 lines rejected/);
  });

  it("is a table's: the sound rows of another do not help", async () => {
    const products = Array.from({ length: 1000 }, (_, index) => `P${index},n\n`).join("");
    const { code, out } = await build({
      "customers.csv": customers(9, 1),
      "products.csv": `product_id,name\n${products}`,
    });
    expect(code).toBe(3);
    expect(out).toMatch(/customers: 10\.0 %/);
    expect(out).not.toMatch(/products: 0/);
  });

  const settings = (source: string, table: string) =>
    `crm:\n  files: customers.csv\n${source}  tables:\n    customers: ${table}\n`;
  for (const [name, yaml, broken, wanted] of [
    ["a table's own limit allows more", settings("", "{ max_quarantine_share: 0.5 }"), 10, 0],
    ["a table's own limit is a limit", settings("", "{ max_quarantine_share: 0.5 }"), 11, 3],
    ["a table's own limit may be 0", settings("", "{ max_quarantine_share: 0 }"), 1, 3],
    ["a source's limit is its tables'", settings("  max_quarantine_share: 0.5\n", "{}"), 10, 0],
    [
      "the table's goes first",
      settings("  max_quarantine_share: 0.5\n", "{ max_quarantine_share: 0.1 }"),
      10,
      3,
    ],
  ] as const) {
    it(name, () =>
      stageFolder({ "customers.csv": customers(10, broken), "sources.yaml": yaml }, async ({ report }) =>
        expect(report.beyondLimit.length > 0 ? 3 : 0).toBe(wanted),
      ),
    );
  }

  it("of the KPI team's tables no row may be broken: it is a configuration", async () => {
    writeFileSync(join(catalog, "targets.csv"), "kpi_id,grain,valid_from,target\ncsat,week,2026-01-01,80\n");
    const { code, out } = await build({ "customers.csv": customers(1, 0) });
    expect(code).toBe(2);
    expect(out).toMatch(/targets\.csv: line 2: grain: not one of the allowed values/);
  });
});

describe("mistakes in sources.yaml are exit code 2 and name the path", () => {
  const source = "crm:\n  files: customers.csv\n";
  const cases: Record<string, readonly [yaml: string, message: RegExp]> = {
    "no YAML": ["crm: [", /sources\.yaml/],
    "a list": ["- crm\n", /sources\.yaml/],
    "an unknown setting": [`${source}  encodign: gbk\n  tables:\n    customers: {}\n`, /crm.*encodign/],
    "an unknown setting of a table": [
      `${source}  tables:\n    customers:\n      colums: {}\n`,
      /crm\.tables\.customers.*colums/,
    ],
    "an unknown table": [`${source}  tables:\n    customer: {}\n`, /crm\.tables\.customer: unknown table/],
    "an unknown column": [
      `${source}  tables:\n    customers:\n      columns: { customer: customer_id }\n`,
      /crm\.tables\.customers\.columns\.customer: unknown column/,
    ],
    "a required column without a mapping": [
      `${source}  tables:\n    customers:\n      columns: { customer_id: customer_id }\n`,
      /crm\.tables\.customers\.columns.*name/,
    ],
    "an expression over an unknown column": [
      `${source}  tables:\n    customers:\n      columns: { customer_id: customer_id, name: nmae, acquired_on: acquired_on }\n`,
      /crm\.tables\.customers\.columns\.name.*nmae.*customer_id, name, acquired_on/s,
    ],
    "an expression that is no SQL": [
      `${source}  tables:\n    customers:\n      columns: { customer_id: "lower(", name: name, acquired_on: acquired_on }\n`,
      /crm\.tables\.customers\.columns\.customer_id/,
    ],
    "files that are not there": [
      "crm:\n  files: kunden.csv\n  tables:\n    customers: {}\n",
      /crm\.files.*kunden\.csv/,
    ],
    "no files": ["crm:\n  tables:\n    customers: {}\n", /crm\.files/],
    "a share above 1": [
      `${source}  max_quarantine_share: 5\n  tables:\n    customers: {}\n`,
      /crm\.max_quarantine_share/,
    ],
    "an unknown zone": [
      `${source}  time_zone: Asia/Peking\n  tables:\n    customers: {}\n`,
      /crm\.time_zone/,
    ],
    "an unknown encoding": [
      `${source}  encoding: klingon\n  tables:\n    customers: {}\n`,
      /encoding.*klingon/,
    ],
    "a delimiter of two characters": [
      `${source}  delimiter: "||"\n  tables:\n    customers: {}\n`,
      /crm\.delimiter/,
    ],
    "select beside columns": [
      `${source}  tables:\n    customers:\n      select: select 1\n      columns: { name: name }\n`,
      /crm\.tables\.customers.*select/,
    ],
    "a select of an unknown table": [
      `${source}  tables:\n    customers:\n      select: select * from clients\n`,
      /crm\.tables\.customers\.select.*clients/,
    ],
    "no table at all": [`${source}  tables: {}\n`, /crm\.tables.*missing/],
    "an empty file": ["", /nothing is read yet/],
  };
  for (const [name, [yaml, message]] of Object.entries(cases)) {
    it(name, () =>
      expect(
        stageFolder({ "customers.csv": customers(2, 0), "sources.yaml": yaml }, async () => "loaded"),
      ).rejects.toMatchObject({ name: "CliError", message: expect.stringMatching(message), exitCode: 2 }),
    );
  }

  it("told by the command line, the previous warehouse left alone", async () => {
    expect((await build({ "customers.csv": customers(2, 0) })).code).toBe(0);
    const before = digest();
    const { code, out } = await build(
      { "sources.yaml": `${source}  tables:\n    customer: {}\n` },
      "--quiet",
    );
    expect([code, out]).toEqual([
      2,
      expect.stringMatching(/^herringbone: sources\.yaml: crm\.tables\.customer: unknown table/),
    ]);
    expect(digest()).toBe(before);
    expect(kept()).toEqual(["warehouse.duckdb"]);
  });
});
