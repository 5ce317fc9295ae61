import { expect } from "vitest";
import { type Staged, stageFolder } from "../load/stageFolder.js";

/** A line or row that may not be loaded: physical line, rule, and the line's text or the row's cells. */
export type Refusal = readonly [
  line: number,
  rule: string,
  raw: string | Readonly<Record<string, string | null>>,
];

export interface Expected {
  /** `product_id`, `name`, `category` of what is loaded, in the file's order. */
  loaded: readonly (readonly [string, string, string | null])[];
  refused?: readonly Refusal[];
  encoding?: string;
}

/** Both equations of every file and table, as the warehouse keeps them; and that the quarantine holds what they say. */
export async function expectEquations({ report, rows }: Pick<Staged, "report" | "rows">): Promise<void> {
  const files = await rows("select * from ingest.files");
  expect(files.length).toBe(report.files.length);
  for (const file of files) {
    expect(Number(file.rows_read)).toBe(Number(file.rows_accepted) + Number(file.lines_rejected));
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  const tables = await rows("select * from ingest.tables");
  expect(tables.length).toBe(report.tables.length);
  for (const table of tables) {
    expect(Number(table.rows_mapped)).toBe(
      Number(table.loaded) + Number(table.quarantined) + Number(table.duplicates),
    );
    const staged = await rows(`select count(*) as n from staging."${table.table_name}"`);
    expect(staged[0]?.n).toBe(table.loaded);
  }
  const sum = (column: string, from: Record<string, unknown>[]) =>
    from.reduce((total, row) => total + Number(row[column]), 0);
  const kept = await rows("select count(*) as n from quarantine.rows");
  expect(Number(kept[0]?.n)).toBe(sum("quarantined", tables) + sum("lines_rejected", files));
}

/** Loads one file of products (and whatever stands beside it) and compares all that became of its lines. */
export async function expectProducts(
  file: string,
  content: string | Buffer,
  { loaded, refused = [], encoding }: Expected,
  beside: Readonly<Record<string, string>> = {},
): Promise<void> {
  await stageFolder({ [file]: content, ...beside }, async (staged) => {
    await expectEquations(staged);
    const products = await staged.rows("select product_id, name, category from staging.products");
    expect(products.map(({ product_id: id, name, category }) => [id, name, category])).toEqual(loaded);
    const quarantine = await staged.quarantine();
    expect(
      quarantine.map(({ place, raw, rules }) => [place, rules.map(([, rule]) => rule).join(), readRaw(raw)]),
    ).toEqual(refused.map(([line, rule, raw]) => [`${file}:${line}`, rule, raw]));
    const rejected = refused.filter(([, , raw]) => typeof raw === "string").length;
    expect(staged.report.files).toMatchObject([
      {
        file,
        rowsRead: loaded.length + refused.length,
        rowsAccepted: loaded.length + refused.length - rejected,
        linesRejected: rejected,
        ...(encoding ? { encoding } : {}),
      },
    ]);
  });
}

function readRaw(raw: string): unknown {
  return raw.startsWith("{") ? JSON.parse(raw) : raw;
}
