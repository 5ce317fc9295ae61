import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { loadStaging } from "../../src/load/index.js";
import { reachesOutside } from "../../src/load/mapping/mappingGuard.js";
import { silent } from "../../src/run/progress.js";
import { lockEngine } from "../../src/warehouse/lockEngine.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { runStart } from "./stageFolder.js";

const root = temporaryFolder("hostile");

const secret = join(root, "secret.csv");
const target = join(root, "written");
writeFileSync(secret, "a,b\nhunter2,1\n");

let serial = 0;

/** Loads a folder with that `sources.yaml`; gives all text that reached the database. */
async function load(yaml: string, files: Record<string, string> = {}, allowOutside = false): Promise<string> {
  const folder = join(root, `run ${++serial}'s`);
  const [dataDir, tempDir] = [join(folder, "data"), join(folder, "temp")];
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(tempDir);
  writeFileSync(join(dataDir, "sources.yaml"), yaml);
  writeFileSync(join(dataDir, "p.csv"), "id,name\nP1,one\nP2,two\n");
  writeFileSync(join(dataDir, "q.csv"), "id,name\nQ1,other\n");
  for (const [name, to] of Object.entries(files)) symlinkSync(to, join(dataDir, name));
  const instance = await DuckDBInstance.create(join(folder, "w.duckdb"), { threads: "2" });
  const db = await instance.connect();
  try {
    await loadStaging(db, { dataDir, timeZone: "UTC", runStart, tempDir, allowOutside }, silent);
    const found = await db.runAndReadAll(
      "select string_agg(product_id || name, ' ' order by product_id) from staging.products",
    );
    return String(found.value(0, 0));
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

const column = (sql: string) =>
  `s:\n  files: p.csv\n  tables:\n    products:\n      columns:\n        product_id: id\n        name: ${JSON.stringify(sql)}\n`;
const select = (sql: string) =>
  `s:\n  files: {p: p.csv}\n  tables:\n    products:\n      select: ${JSON.stringify(sql)}\nother:\n  files: {q: q.csv}\n  tables:\n    products:\n      from: q\n      columns: {product_id: id, name: name}\n`;

const copy = `copy (select 1) to '${target}'`;

const attempts: Record<string, string> = {
  "a second statement behind an expression": column(`name; ${copy}`),
  "a second statement behind a closing bracket": column(`name) from extract; ${copy}; select (1`),
  "a second statement behind a comment": column(`name -- \n; ${copy} --`),
  "a second statement behind a select": select(`select id as product_id, name from p; ${copy}`),
  "a COPY alone": select(copy),
  "an ATTACH": select(`attach '${target}' as stolen`),
  "an INSTALL": select("install httpfs"),
  "a LOAD": select("load httpfs"),
  "a SET": select("set memory_limit = '1MB'"),
  "a PRAGMA": select("pragma database_list"),
  "a CALL": select("call pragma_version()"),
  "an EXPORT": select(`export database '${target}'`),
  "a DROP": select("drop table p"),
  "an INSERT inside a common table": select(
    "with x as (insert into p values ('a', 'b') returning *) select * from x",
  ),
  "a FROM behind an expression": column("name from extract"),
  "two expressions": column("name, id"),
  "a parameter": column("coalesce(name, $1)"),
  "a table in an expression": column("(select max(a) from 'secret.csv')"),
  "a file as a table": select(`select a as product_id, b as name from '${secret}'`),
  "a file behind a common table of its name": select(
    `with "${secret}" as (select * from "${secret}") select a as product_id, b as name from "${secret}"`,
  ),
  "a file beside a nested common table of its name": select(
    `select x.a as product_id, x.b as name from (with "${secret}" as (select 1) from "${secret}") as t, "${secret}" as x`,
  ),
  read_csv: select(`select a as product_id, b as name from read_csv('${secret}')`),
  "read_text in an expression": column(`(select content from read_text('${secret}'))`),
  read_blob: select(`select filename as product_id, content::varchar as name from read_blob('${secret}')`),
  read_json: select(`select 1 as product_id, json::varchar as name from read_json('${secret}')`),
  parquet_scan: select(`select 1 as product_id, 2 as name from parquet_scan('${secret}')`),
  sniff_csv: select(`select 1 as product_id, columns::varchar as name from sniff_csv('${secret}')`),
  glob: select(`select file as product_id, file as name from glob('${root}/*')`),
  query: select(`select a as product_id, b as name from query('from "${secret}"')`),
  query_table: select(`select a as product_id, b as name from query_table('${secret}')`),
  duckdb_settings: select("select name as product_id, value as name from duckdb_settings()"),
  json_execute_serialized_sql: select(
    "select 1 as product_id, 2 as name from json_execute_serialized_sql(json_serialize_sql('select 1'))",
  ),
  getenv: column("getenv('PATH')"),
  getvariable: column("getvariable('x')"),
  current_setting: column("current_setting('temp_directory')"),
  "current_setting in a WINDOW's order": column(
    "max(name) over (order by current_setting('temp_directory'))",
  ),
  "current_setting in ORDER BY": select(
    "select id as product_id, name from p order by current_setting('temp_directory')",
  ),
  "current_setting in a condition": column("name").concat(
    "      where: current_setting('threads')::int > 0\n",
  ),
  write_log: column("write_log(name)"),
  random: column("name || random()"),
  "a function with a schema of its own": column("pg_catalog.pg_get_viewdef(1)"),
  ...Object.fromEntries(
    [
      "repeat(name, 500000000)",
      "repeat(name, length(name)::int * 100000000)",
      "main.repeat(name, 500000000)",
      "repeat(repeat(repeat(name, 100), 100), 100)",
      "len(list_transform(range(100), x -> repeat(name, 100)))",
      "lpad(name, 500000000, ' ')",
      "rpad(name, 5e8::int, ' ')",
      "len(repeat([1], 500000000))",
      "len(list_resize([1], 500000000))",
      "len(array_resize([1], 500000000))",
      "len(range(500000000))",
      "len(generate_series(0, 500000000, 1))",
      "len(generate_series(date '1-1-1', date '9999-1-1', interval 1 second))",
      "bit_length(bitstring('1', 500000000))",
      "printf('%500000000d', 1)",
      "printf('%.500000000f', 1.5)",
      "printf('%*d', 500000000, 1)",
      "printf('%' || '500000000d', 1)",
      "format('{:>500000000}', name)",
      "format('{:>{}}', name, 500000000)",
      "format('{{{:>{}}', name, 500000000)",
    ].map((sql) => [`a value of any length: ${sql}`, column(sql)]),
  ),
  "a value of any length in a select": select(
    "select id as product_id, n as name from p, (select repeat('x', 500000000) as n)",
  ),
  "values that grow from table to table": select(
    "with a as (select id, repeat(name, 100) as n from p), b as (select id, repeat(n, 100) as n from a) select id as product_id, n as name from b",
  ),
  "values that grow in a recursion": select(
    "with recursive n as (select name as s, 1 as i from p union all select repeat(s, 100), i + 1 from n where i < 5) select s as product_id, s as name from n",
  ),
  "a table of another source": select("select id as product_id, name from q"),
  "a table of another source by its schema": select("select id as product_id, name from other.q"),
  "a table of the warehouse": select("select customer_id as product_id, name from staging.customers"),
  information_schema: select(
    "select table_name as product_id, table_schema as name from information_schema.tables",
  ),
  "a system view": select("select table_name as product_id, 1 as name from duckdb_tables"),
  "SHOW as a table": select("select name as product_id, 1 as name from (show tables)"),
  "DESCRIBE as a table": select("select column_name as product_id, 1 as name from (describe p)"),
  "SUMMARIZE of a file": select(
    `select column_name as product_id, 1 as name from (summarize from '${secret}')`,
  ),
  "an absolute path": column("name").replace("p.csv", secret),
  "a path that climbs": column("name").replace("p.csv", "../../secret.csv"),
  "a path that climbs later": column("name").replace("p.csv", "x/../../../secret.csv"),
};

it("more sources than anybody writes are refused before each is judged", async () => {
  const many = Array.from({ length: 50_000 }, (_, at) => `s${at}: {files: {products: p.csv}}`).join("\n");
  await expect(load(many)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^sources.yaml: 50000 sources, at most 1000/),
  });
});

describe("a sources.yaml is data, not a program", () => {
  for (const [what, yaml] of Object.entries(attempts)) {
    it(`refuses ${what}`, async () => {
      await expect(load(yaml)).rejects.toMatchObject({ exitCode: 2 });
      expect(existsSync(target)).toBe(false);
    });
  }

  it("refuses a link that leads outside, unless it is allowed", async () => {
    const yaml = "s:\n  files: linked.csv\n  tables:\n    products: {columns: {product_id: a, name: b}}\n";
    await expect(load(yaml, { "linked.csv": secret })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("--allow-outside"),
    });
    expect(await load(yaml, { "linked.csv": secret }, true)).toBe("hunter21");
    const absolute = yaml.replace("linked.csv", secret);
    expect(await load(absolute, {}, true)).toBe("hunter21");
  });

  it("takes what a mapping needs: common tables, recursion, coalesce, large numbers, row functions", async () => {
    expect(
      await load(
        select(
          "with recursive n as (select 1 as i union all select i + 1 from n where i < 2), labelled as (select id, name from p)" +
            " select labelled.id || n.i as product_id, coalesce(nullif(name, 'two'), cast(9007199254740993 as varchar)) as name" +
            " from labelled, n, unnest([1]) as u(one), range(1) where n.i = one + 1 and exists (select 1 from p where p.id = labelled.id)",
        ),
      ),
    ).toBe("P12one P229007199254740993 Q1other");
  });

  it("takes a length that is written out", async () => {
    const sized =
      "repeat(left(name, 1), least(length(name)::int, 4)) || lpad(id, 3, '0') || printf('%05.1f%%', 1.5) || format('{{{:>4}}}', name) || len(range(1, 12))";
    expect(await load(column(sized))).toBe("P1ooo0P1001.5%{ one}11 P2ttt0P2001.5%{ two}11");
    await expect(load(column("repeat(name, 101)"))).rejects.toMatchObject({
      message: expect.stringMatching(
        /products.columns.name: repeat may make a value of any length; .* up to 100,/,
      ),
    });
  });

  it("knows every function of this engine that gives another result each time", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    const found = await db.runAndReadAll(
      "select distinct function_name from duckdb_functions() where stability = 'VOLATILE' and function_type in ('scalar', 'aggregate')",
    );
    const names = found.getRows().map(([name]) => String(name));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !reachesOutside(name))).toEqual([]);
    db.closeSync();
    instance.closeSync();
  });
});

describe("the engine behind it is shut in", () => {
  it("opens the files it is given and no other, and takes no setting", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    const scratch = join(root, "scratch");
    mkdirSync(scratch);
    const own = join(root, "own.csv");
    writeFileSync(own, "a\n1\n");
    await lockEngine(db, [own], [scratch]);
    await db.run(`attach '${join(scratch, "raw.duckdb")}' as raw`);
    expect((await db.runAndReadAll(`select a from '${own}'`)).value(0, 0)).toBe(1n);
    for (const sql of [
      `select * from '${secret}'`,
      `select * from read_text('${secret}')`,
      copy,
      `attach '${target}' as stolen`,
      "install httpfs",
      "set enable_external_access = true",
      "set threads = 1",
    ])
      await expect(db.run(sql), sql).rejects.toThrow();
    expect(existsSync(target)).toBe(false);
    expect(readFileSync(secret, "utf8")).toContain("hunter2");
    db.closeSync();
    instance.closeSync();
  });
});
