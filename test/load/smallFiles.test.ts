import { DuckDBConnection } from "@duckdb/node-api";
import { afterEach, expect, it, vi } from "vitest";
import { refusalOf, stageFolder } from "./stageFolder.js";

afterEach(() => vi.restoreAllMocks());

const count = 24;
const nameOf = (at: number) => `products-${at}.csv`;

/** Files of which every third has a row that breaks a rule, and some are not like the others. */
const files: Record<string, string> = Object.fromEntries(
  Array.from({ length: count }, (_, at) => [
    nameOf(at),
    `product_id,name\nP${at}a,n${at}\n${at % 3 === 0 ? `P${at}b,\n` : ""}P${at}c,"two\nlines"\nP${at}d,n\n`,
  ]),
);
files[nameOf(5)] = "name,product_id\nn5,P5a\n";
files[nameOf(6)] = "product_id;name\nP6a;n6\n";
files[nameOf(7)] = "product_id,name\n";
files[nameOf(11)] = 'product_id,name\nP11a,n11\nP11x,n,too many\nP11y,"broken" quote\nP11d,n\n';

const read = (given = files) =>
  stageFolder(given, async ({ rows, quarantine, report }) => ({
    rows: await rows("select product_id, name, row_no from staging.products order by row_no"),
    refused: await quarantine(),
    files: report.files.map(({ file, rowsRead, rowsAccepted, linesRejected }) => [
      file,
      rowsRead,
      rowsAccepted,
      linesRejected,
    ]),
  }));

const yaml = (more: string) =>
  `s:\n  files: {p: "products-*.csv"}\n  max_quarantine_share: 1\n  tables: {products: {from: p, ${more}}}\n`;
const byColumns = { ...files, "sources.yaml": yaml("columns: {product_id: product_id, name: name}") };

/** How many statements judged rows of files. */
function counted() {
  const run = vi.spyOn(DuckDBConnection.prototype, "run");
  return () => run.mock.calls.filter(([sql]) => /^insert into staging."products"/.test(String(sql))).length;
}

it("small files that follow each other and are alike are judged by one statement, each row at its place", async () => {
  const statements = counted();
  const { rows, refused, files: found } = await read(byColumns);
  // Those before, between and behind the two that have other columns; the one of another delimiter may have decimal commas.
  expect(statements()).toBeLessThanOrEqual(6);
  const ids = Array.from({ length: count }, (_, at) => {
    if (at === 5 || at === 6) return [`P${at}a`];
    if (at === 7) return [];
    return at === 11 ? ["P11a", "P11d"] : [`P${at}a`, `P${at}c`, `P${at}d`];
  }).flat();
  expect(rows.map(({ product_id: id }) => id)).toEqual(ids);
  const places = refused.map(({ place }) => place).sort();
  const broken = Array.from({ length: count / 3 }, (_, at) => `${nameOf(at * 3)}:3`).filter(
    (place) => place !== `${nameOf(6)}:3`,
  );
  expect(places).toEqual([...broken, `${nameOf(11)}:3`, `${nameOf(11)}:4`].sort());
  expect(found.find(([file]) => file === nameOf(0))).toEqual([nameOf(0), 4, 4, 0]);
  expect(found.find(([file]) => file === nameOf(11))).toEqual([nameOf(11), 4, 2, 2]);
  expect(found).toHaveLength(count);
});

it("where one statement fails each file is read by its own, to the same rows", async () => {
  const together = await read(byColumns);
  const real = DuckDBConnection.prototype.run;
  let failed = 0;
  vi.spyOn(DuckDBConnection.prototype, "run").mockImplementation(async function (
    this: DuckDBConnection,
    sql,
    ...more
  ) {
    if (String(sql).includes("from small_files as extract")) {
      failed++;
      throw new Error("Conversion Error: of all of them");
    }
    return real.call(this, sql, ...more);
  });
  expect(await read(byColumns)).toEqual(together);
  expect(failed).toBe(2);
});

it("a row's number within its file is that of each file", async () => {
  const numbered = yaml('columns: {product_id: product_id, name: "cast(row_number() over () as varchar)"}');
  const three = Object.fromEntries([0, 1, 2].map((at) => [nameOf(at), files[nameOf(at)] as string]));
  const { rows } = await read({ ...three, "sources.yaml": numbered });
  expect(rows.map(({ name }) => name)).toEqual(["1", "2", "3", "4", "1", "2", "3", "1", "2", "3"]);
});

it("a file without a column that its mapping names is named, wherever it stands", async () => {
  const given = { ...byColumns, [nameOf(20)]: "product_id,title\nP20,n\n" };
  expect((await refusalOf(given)).en).toBe(
    "sources.yaml: s.tables.products.columns.name: products-20.csv has no such column: name (columns of products-20.csv: product_id, title)",
  );
});
