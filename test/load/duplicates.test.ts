import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { expectEquations } from "../loaders/faultyFile.js";
import { csv, type Staged, stageFolder } from "./stageFolder.js";

const header = ["product_id", "name", "category"];

/** Loads products files, and tells what is kept, where the superseded stood, and the table's numbers. */
function keeping(
  files: Record<string, string | Buffer>,
  wanted: {
    kept: (string | null)[][];
    superseded?: string[];
    /** Those of them that a later file replaced: they do not count. */
    later?: string[];
    broken?: string[];
    duplicates?: number;
    report?: Partial<Staged["report"]["tables"][number]>;
  },
) {
  return stageFolder(files, async (staged) => {
    await expectEquations(staged);
    const rows = await staged.rows(
      "select product_id, name, category from staging.products order by product_id",
    );
    expect(rows.map(({ product_id: id, name, category }) => [id, name, category])).toEqual(wanted.kept);
    const quarantine = await staged.rows(
      "select file || ':' || line as place, violations ->> '$[0].rule' as rule, counts_toward_share as counts from quarantine.rows order by file, line",
    );
    const places = (which: (row: (typeof quarantine)[number]) => boolean) =>
      quarantine.filter(which).map(({ place }) => place);
    expect(places(({ rule }) => rule === "superseded")).toEqual(wanted.superseded ?? []);
    expect(places(({ rule }) => rule !== "superseded")).toEqual(wanted.broken ?? []);
    expect(places(({ counts }) => counts === false)).toEqual(wanted.later ?? []);
    expect(staged.report.tables).toMatchObject([
      { duplicates: wanted.duplicates ?? 0, superseded: wanted.superseded?.length ?? 0, ...wanted.report },
    ]);
  });
}

describe("identical rows of a key", () => {
  it("are kept once and counted, not quarantined", () =>
    keeping(
      {
        "products.csv": csv(header, [
          ["P1", "a", "x"],
          ["P2", "b", "y"],
          ["P1", "a", "x"],
          ["P1", "a", "x"],
        ]),
      },
      {
        kept: [
          ["P1", "a", "x"],
          ["P2", "b", "y"],
        ],
        duplicates: 2,
        report: { rowsMapped: 4, loaded: 2, quarantined: 0, share: 0 },
      },
    ));

  it("are judged by the typed columns: notation and unknown columns make no difference", () =>
    stageFolder(
      {
        "orders.csv": csv(
          ["order_id", "line_no", "customer_id", "ordered_at", "revenue", "promised_on", "note"],
          [
            ["O1", "1", "C1", "2026-03-01 08:00:00", "1234.5", "2026-03-02", "first"],
            [" O１ ", "01", "C1", "2026-03-01T00:00:00Z", "¥1,234.50", "2026/3/2", "second"],
            ["O1", "2", "C1", "2026-03-01 08:00:00", "1234.5", "2026-03-02", "another line of the order"],
          ],
        ),
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { rowsMapped: 3, loaded: 2, quarantined: 0, duplicates: 1 },
        ]);
      },
    ));

  it("are found across files and notations of the enum", () =>
    stageFolder(
      {
        "customer_status/a.csv": "customer_id,changed_on,status\nC1,2026-01-01,流失\n",
        "customer_status/b.csv": "status,changed_on,customer_id\nchurned,2026/1/1,C1\nactive,2026-01-01,C1\n",
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { rowsMapped: 3, loaded: 2, duplicates: 1, superseded: 0 },
        ]);
      },
    ));

  it("with an empty cell in the key's columns are one key", () =>
    stageFolder(
      {
        "targets.csv":
          "kpi_id,grain,valid_from,target,scope_dimension,scope_value\ncsat,month,2026-01-01,80,,\ncsat,month,2026-01-01,80,,\ncsat,month,2026-01-01,80,region,East\n",
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { rowsMapped: 3, loaded: 2, duplicates: 1, superseded: 0 },
        ]);
      },
    ));
});

describe("different rows of a key, without updated_at", () => {
  it("the last line wins", () =>
    keeping(
      {
        "products.csv": csv(header, [
          ["P1", "a", "x"],
          ["P2", "b", "y"],
          ["P1", "a", "z"],
          ["P1", "a", ""],
        ]),
      },
      {
        kept: [
          ["P1", "a", null],
          ["P2", "b", "y"],
        ],
        superseded: ["products.csv:2", "products.csv:4"],
        report: { rowsMapped: 4, loaded: 2, quarantined: 2, share: 0.5 },
      },
    ));

  it("across files the last path wins, whatever the order they were written in", () =>
    keeping(
      {
        "products/2026-02.csv": csv(header, [["P1", "february", ""]]),
        "products/2026-10.csv.gz": gzipSync(csv(header, [["P1", "october", ""]])),
        "products/2026-01.csv": csv(header, [
          ["P9", "nine", ""],
          ["P1", "january", ""],
        ]),
      },
      {
        kept: [
          ["P1", "october", null],
          ["P9", "nine", null],
        ],
        superseded: ["products/2026-01.csv:3", "products/2026-02.csv:2"],
        later: ["products/2026-01.csv:3", "products/2026-02.csv:2"],
      },
    ));

  it("a superseded row is kept whole, at its physical line", () =>
    stageFolder(
      {
        "products.csv":
          'product_id,name,category,note\r\n"P0","two\r\nlines",x,\r\nP1,"a ""b""",x,"kept, too"\r\nP1,a,x,\r\n',
      },
      async (staged) => {
        await expectEquations(staged);
        const [row, ...more] = await staged.quarantine();
        expect(more).toEqual([]);
        expect(row).toMatchObject({ place: "products.csv:4", rules: [[null, "superseded"]] });
        expect(JSON.parse(row?.raw ?? "")).toEqual({
          product_id: "P1",
          name: 'a "b"',
          category: "x",
          note: "kept, too",
        });
      },
    ));
});

describe("different rows of a key, with updated_at", () => {
  const timed = [...header, "updated_at"];
  it("the latest wins, as an instant, wherever it stands", () =>
    keeping(
      {
        "products.csv": csv(timed, [
          ["P1", "latest", "", "2026-03-01 09:00:00"],
          // 00:30 in UTC is 08:30 in Shanghai.
          ["P1", "earlier", "", "2026-03-01T00:30:00Z"],
          ["P1", "earliest", "", "2026-02-28"],
          ["P2", "never updated", "", ""],
          ["P2", "updated", "", "2020-01-01"],
          ["P2", "never updated and last", "", ""],
        ]),
      },
      {
        kept: [
          ["P1", "latest", null],
          ["P2", "updated", null],
        ],
        superseded: ["products.csv:3", "products.csv:4", "products.csv:5", "products.csv:7"],
      },
    ));

  it("of the same time the last read wins", () =>
    keeping(
      {
        "products/a.csv": csv(timed, [
          ["P1", "a", "", "2026-03-01"],
          ["P2", "a", "", ""],
        ]),
        "products/b.csv": csv(timed, [
          ["P1", "b", "", "2026-03-01 00:00:00"],
          ["P2", "b", "", ""],
        ]),
      },
      {
        kept: [
          ["P1", "b", null],
          ["P2", "b", null],
        ],
        superseded: ["products/a.csv:2", "products/a.csv:3"],
        later: ["products/a.csv:2", "products/a.csv:3"],
      },
    ));

  it("files without the column lose against those with it", () =>
    keeping(
      {
        "products/a.csv": csv(timed, [["P1", "a", "", "2026-03-01"]]),
        "products/b.csv": csv(header, [["P1", "b", ""]]),
      },
      { kept: [["P1", "a", null]], superseded: ["products/b.csv:2"], later: ["products/b.csv:2"] },
    ));

  it("an unreadable one is a broken row", () =>
    keeping(
      {
        "products.csv": csv(timed, [
          ["P1", "a", "", "2026-03-01"],
          ["P1", "b", "", "soon"],
        ]),
      },
      { kept: [["P1", "a", null]], broken: ["products.csv:3"], report: { share: 0.5 } },
    ));
});

describe("validation comes before deduplication", () => {
  it("a broken row neither wins nor counts as a duplicate", () =>
    keeping(
      {
        "products.csv": csv(header, [
          ["P1", "good", "x"],
          ["P1", "", "x"],
          ["P1", "", "x"],
          ["", "nobody", ""],
          ["", "nobody", ""],
        ]),
      },
      {
        kept: [["P1", "good", "x"]],
        broken: ["products.csv:3", "products.csv:4", "products.csv:5", "products.csv:6"],
        duplicates: 0,
        report: { rowsMapped: 5, loaded: 1, quarantined: 4, share: 0.8 },
      },
    ));

  it("rows that a later file replaced do not count towards the share a table allows, broken ones do", () =>
    stageFolder(
      {
        // 40 rows: 18 replaced, 20 kept, 2 broken, which is 5 % and just allowed.
        "products-9.csv": csv(
          header,
          Array.from({ length: 18 }, (_, index) => [`P${index}`, "old", ""]),
        ),
        "products-10.csv": csv(header, [
          ...Array.from({ length: 20 }, (_, index) => [`P${index}`, "new", ""]),
          ["P98", "", ""],
          ["P99", "", ""],
        ]),
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { loaded: 20, quarantined: 20, superseded: 18, share: 0.05 },
        ]);
        expect(staged.report.beyondLimit).toEqual([]);
        expect(await staged.rows("select distinct name from staging.products")).toEqual([{ name: "new" }]);
      },
    ));

  it("rows that another one of their own file replaced count: the key is broken", () =>
    stageFolder(
      {
        // 5 of 25 rows of one file are replaced in it; the other file's five are later versions.
        "products-1.csv": csv(header, [
          ...Array.from({ length: 10 }, (_, index) => [`P${index}`, "old", ""]),
          ...Array.from({ length: 5 }, (_, index) => [`P${index}`, "again", ""]),
        ]),
        "products-2.csv": csv(
          header,
          Array.from({ length: 10 }, (_, index) => [`P${index}`, "new", ""]),
        ),
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { loaded: 10, quarantined: 15, superseded: 15, share: 0.2 },
        ]);
        expect(staged.report.beyondLimit).toHaveLength(1);
      },
    ));
});
