import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stageFolder } from "../load/stageFolder.js";
import { isLong } from "../long.js";
import { expectEquations } from "./faultyFile.js";

/** What stands in a file: a row, one once more, one changed, one without its name, a broken line or a blank one. */
type Item =
  | { kind: "row"; name: string; category: string }
  | { kind: "copy" | "change"; of: number }
  | { kind: "nameless"; category: string }
  | { kind: "broken"; line: string }
  | { kind: "blank"; line: string };

interface Version {
  name: string;
  category: string | null;
  places: string[];
}

/** What a load has to make of the items, worked out beside writing them. */
interface Account {
  lines: number;
  /** Product id → its different rows, the last read last. */
  products: Map<string, Version[]>;
  rejected: [place: string, raw: string][];
  nameless: string[];
}

const words = [
  "x",
  "名称",
  "a,b",
  "a;b",
  'say "hi"',
  "two\nlines",
  "three\n\nlines",
  "cr\r\nlf",
  '"',
  "1,234",
  "x\ty",
];
const cell = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom("é", "产", '"', ",", "z", "7"), minLength: 1, maxLength: 6 }),
);
const broken = ['P,"x,c', '"P,x,c', "P,x", "P,x,c,d", "P,x,c,", 'P,"a"b,c', 'P,x,"c', '"', "P,\0,c", "lost"];
const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("row" as const), name: cell, category: cell }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("copy" as const, "change" as const), of: fc.nat(30) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("nameless" as const), category: cell }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("broken" as const), line: fc.constantFrom(...broken) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("blank" as const), line: fc.constantFrom("", "  ", "\t") }),
  },
);
const writing = fc.record({
  newline: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\ufeff"),
  /** Every cell in quotes, or only those that need them. */
  quoted: fc.boolean(),
  endsOpen: fc.boolean(),
});

type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never;

const trimmed = (text: string) => text.replaceAll(/^[\s\ufeff]+|[\s\ufeff]+$/g, "");

/** Writes items as one CSV text and books what has to become of each. */
function write(file: string, items: readonly Item[], how: Writing, account: Account): string {
  const quote = (text: string) =>
    how.quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  let text = `product_id,name,category${how.newline}`;
  const add = (record: string) => {
    const place = `${file}:${text.split(/\r\n|\n/).length}`;
    text += record + how.newline;
    return place;
  };
  const book = (id: string, name: string, category: string, blank = "") => {
    const versions = account.products.get(id) ?? [];
    const wanted = { name: trimmed(name), category: trimmed(category) || null };
    const known = versions.find((one) => one.name === wanted.name && one.category === wanted.category);
    const place = add([blank + id, name, category].map(quote).join(","));
    const version = { ...wanted, places: [...(known?.places ?? []), place] };
    account.products.set(id, [...versions.filter((one) => one !== known), version]);
    account.lines++;
  };
  for (const item of items) {
    const ids = [...account.products.keys()];
    if (item.kind === "row") {
      book(`P${ids.length}`, trimmed(item.name) === "" ? "n" : item.name, item.category);
    } else if (item.kind === "copy" || item.kind === "change") {
      const id = ids[item.of % Math.max(1, ids.length)];
      const last = id && account.products.get(id)?.at(-1);
      if (!id || !last) continue;
      if (item.kind === "copy") book(id, `${last.name} `, last.category ?? "", " ");
      else book(id, last.name, `change ${item.of}`);
    } else if (item.kind === "nameless") {
      account.nameless.push(add(["Q", "", item.category].map(quote).join(",")));
      account.lines++;
    } else if (item.kind === "broken") {
      account.rejected.push([add(item.line), item.line]);
      account.lines++;
    } else if (item.kind === "blank") add(item.line);
  }
  return how.mark + (how.endsOpen ? text.slice(0, -how.newline.length) : text);
}

describe("property: nothing is lost", () => {
  it("every clean row is loaded, every other line is in the quarantine at its place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 18 }),
        fc.array(item, { maxLength: 18 }),
        writing,
        writing,
        async (first, second, one, two) => {
          const account: Account = { lines: 0, products: new Map(), rejected: [], nameless: [] };
          const files = {
            "products/1.csv": write("products/1.csv", first, one, account),
            "products/2.csv.gz": gzipSync(write("products/2.csv.gz", second, two, account)),
          };
          const { products } = account;
          await stageFolder(files, async (staged) => {
            await expectEquations(staged);
            const { files: read, tables } = staged.report;
            expect(read.reduce((sum, file) => sum + file.rowsRead, 0)).toBe(account.lines);
            expect(tables[0]?.rowsMapped).toBe(account.lines - account.rejected.length);

            const loaded = await staged.rows("select product_id, name, category from staging.products");
            const kept = [...products].map(([id, versions]) => [
              id,
              versions.at(-1)?.name,
              versions.at(-1)?.category,
            ]);
            const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
            expect(sorted(loaded.map(({ product_id: id, name, category }) => [id, name, category]))).toEqual(
              sorted(kept),
            );

            const quarantine = await staged.quarantine();
            const of = (rule: RegExp) => quarantine.filter(({ rules }) => rule.test(rules[0]?.[1] ?? ""));
            const lines = of(/ragged|broken_quoting|nul_byte/);
            expect(lines.map(({ place, raw }) => [place, raw])).toEqual(account.rejected);
            expect(of(/required/).map(({ place }) => place)).toEqual(account.nameless);

            const losers = [...products.values()].flatMap((versions) => versions.slice(0, -1));
            const superseded = of(/superseded/);
            expect(superseded.length).toBe(losers.length);
            for (const loser of losers)
              expect(superseded.filter(({ place }) => loser.places.includes(place)).length).toBe(1);
            const copies = [...products.values()]
              .flat()
              .reduce((sum, { places }) => sum + places.length - 1, 0);
            expect(tables[0]?.duplicates).toBe(copies);
          });
        },
      ),
      { numRuns: isLong ? 100 : 12, seed: 20261123 },
    );
  }, 300_000);
});
