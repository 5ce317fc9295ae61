import { describe, expect, it } from "vitest";
import { refusalOf, stageFolder } from "./stageFolder.js";

const rows =
  "id,d,n,k\nP1,2026-01-05,1,a\nP2,待定,2,b\nP3,,x,a\nP4,2026-02-30,0,b\nP5, ,,\nP6,2026-03-01,7,c\n";

/** What becomes of the rows when `category` is mapped by an expression: values loaded, and what was refused. */
const mapped = (expression: string, more = "", settings = "") =>
  stageFolder(
    {
      "sources.yaml": `s:\n  files: p.csv\n  max_quarantine_share: 1\n${settings}  tables:\n    products:\n      columns:\n        product_id: id\n        name: id\n        category: ${JSON.stringify(expression)}\n${more}`,
      "p.csv": rows,
    },
    outcome,
  );

const selected = (select: string, settings = "") =>
  stageFolder(
    {
      "sources.yaml": `s:\n  files: {p: p.csv, q: q.csv}\n  max_quarantine_share: 1\n${settings}  tables:\n    products:\n      select: ${JSON.stringify(select)}\n`,
      "p.csv": rows,
      "q.csv": "id,v\nP1,10\nP2,zehn\nP4,12\n",
    },
    outcome,
  );

async function outcome(staged: { rows(sql: string): Promise<Record<string, unknown>[]> }) {
  const loaded = await staged.rows("select product_id as id, category from staging.products order by 1");
  const refused = await staged.rows(
    `select concat(file, ':', line) as place, v ->> 'rule' as rule, v ->> 'column' as column_name, v ->> 'value' as value
    from (select file, line, unnest(from_json(violations, '["JSON"]')) as v from quarantine.rows)
    order by file, line, value`,
  );
  return {
    loaded: Object.fromEntries(loaded.map(({ id, category }) => [id, category])),
    refused: refused.map(({ place, rule, column_name, value }) => [place, rule, column_name, value]),
  };
}

const failed = (line: number, value: string) => [`p.csv:${line}`, "mapping_failed", "category", value];

describe("a cell that a mapping cannot take", () => {
  it.each([
    ["strptime(d, '%Y-%m-%d')::date", [failed(3, "待定"), failed(5, "2026-02-30")]],
    ["try_strptime(d, '%Y-%m-%d')::date", [failed(3, "待定"), failed(5, "2026-02-30")]],
    ["d::date", [failed(3, "待定"), failed(5, "2026-02-30")]],
    ["try(d::date)", [failed(3, "待定"), failed(5, "2026-02-30")]],
    [
      "coalesce(try_strptime(d, '%Y-%m-%d'), try_strptime(d, '%d.%m.%Y'))",
      [failed(3, "待定"), failed(5, "2026-02-30")],
    ],
    ["n::int + 1", [failed(4, "x")]],
    ["coalesce(n::int, 0)", [failed(4, "x")]],
    ["100 // n::int", [failed(4, "x"), failed(5, "0")]],
    ["map {'a': 'A', 'b': 'B'}[k]", [failed(7, "c")]],
    ["regexp_extract(d, '(\\d+)-', 1)", [failed(3, "待定")]],
    ["case when k = 'a' then n::int end", [failed(4, "k=a, n=x")]],
    ["make_date(2026, n::int, 1)", [failed(4, "x"), failed(5, "0")]],
  ])("goes to the quarantine with its place, by %s", async (expression, refused) => {
    expect((await mapped(expression)).refused).toEqual(refused);
  });

  it.each([
    [
      "nullif(d, '待定')",
      { P1: "2026-01-05", P2: null, P3: null, P4: "2026-02-30", P5: null, P6: "2026-03-01" },
    ],
    [
      "case when k <> 'b' then d end",
      { P1: "2026-01-05", P2: null, P3: null, P4: null, P5: null, P6: "2026-03-01" },
    ],
    ["coalesce(try_cast(n as int), 0)", { P1: "1", P2: "2", P3: "0", P4: "0", P5: "0", P6: "7" }],
    [
      "try_cast(n as int) is null",
      { P1: "false", P2: "false", P3: "true", P4: "false", P5: "true", P6: "false" },
    ],
    ["k || n", { P1: "a1", P2: "b2", P3: "ax", P4: "b0", P5: null, P6: "c7" }],
    [
      "coalesce(nullif(n, 'x')::bigint, 9007199254740993)",
      { P1: "1", P3: "9007199254740993", P5: "9007199254740993" },
    ],
  ])("is none where the mapping itself says what is nothing: %s", async (expression, loaded) => {
    const { refused, ...found } = await mapped(expression);
    expect(refused).toEqual([]);
    expect(found.loaded).toMatchObject(loaded);
  });

  it.each([
    ["strptime(d, '%Y-%m-%d')::date", [failed(5, "2026-02-30")]],
    ["coalesce(try_strptime(d, '%Y-%m-%d'), try_strptime(d, '%d.%m.%Y'))", [failed(5, "2026-02-30")]],
    ["coalesce(n::int, 0)", []],
    ["make_date(2026, n::int, 1)", [failed(5, "0")]],
    ["strptime(d || ' ' || n, '%Y-%m-%d %M')", [failed(5, "d=2026-02-30, n=0")]],
    ["regexp_extract(d, '(\\d+)-', 1)", []],
  ])("is none where the source says that its word stands for nothing: %s", async (expression, refused) => {
    expect((await mapped(expression, "", "  null_values: [待定, X]\n")).refused).toEqual(refused);
  });

  it("is refused by a condition, too; other rows it drops stay dropped", async () => {
    const { loaded, refused } = await mapped("k", "      where: n::int > 0\n");
    expect(Object.keys(loaded)).toEqual(["P1", "P2", "P6"]);
    expect(refused).toEqual([["p.csv:4", "mapping_failed", null, "x"]]);
  });

  it("is told of each column, and once where several share an expression", () =>
    stageFolder(
      {
        "sources.yaml": `s:\n  files: t.csv\n  max_quarantine_share: 1\n  tables:\n    ticket_steps:\n      columns:\n        ticket_id: id\n        step: case when strptime(t, '%d.%m.%Y') > date '2000-01-01' then 'received' end\n        entered_at: strptime(t, '%d.%m.%Y')\n        updated_at: strptime(t, '%d.%m.%Y') + interval 1 day\n`,
        "t.csv": "id,t\n1,01.02.2026\n2,morgen\n",
      },
      async ({ rows: query, quarantine }) => {
        expect(await query("select ticket_id from staging.ticket_steps")).toEqual([{ ticket_id: "1" }]);
        expect(await quarantine()).toMatchObject([
          {
            place: "t.csv:3",
            rules: [
              ["step", "mapping_failed"],
              ["entered_at", "mapping_failed"],
              ["updated_at", "mapping_failed"],
            ],
          },
        ]);
      },
    ));
});

describe("a cell that a select cannot take", () => {
  it("goes to the quarantine with its row's place", async () => {
    const { loaded, refused } = await selected(
      "select p.id as product_id, p.id as name, strptime(d, '%Y-%m-%d')::date::varchar || coalesce(v::int, 0) as category from p left join q on q.id = p.id where d <> '待定'",
    );
    expect(loaded).toEqual({ P1: "2026-01-0510", P6: "2026-03-010", P5: null });
    expect(refused).toEqual([failed(5, "d=2026-02-30, v=12")]);
  });

  it("is none where the source says that its word stands for nothing", async () => {
    const { loaded, refused } = await selected(
      "select p.id as product_id, p.id as name, cast(v as int) + n::int as category from p left join q on q.id = p.id",
      "  null_values: [zehn, x]\n",
    );
    expect(loaded).toEqual({ P1: "11", P2: null, P3: null, P4: "12", P5: null, P6: null });
    expect(refused).toEqual([]);
  });

  it("is found below common tables, recursion and large numbers", async () => {
    const { loaded, refused } = await selected(
      "with recursive one as (select 1 as i union all select i + 1 from one where i < 1) select id as product_id, id as name, coalesce(n::int, 9007199254740993) as category from p, one where i = 1",
    );
    expect(loaded).toEqual({ P1: "1", P2: "2", P3: undefined, P4: "0", P5: "9007199254740993", P6: "7" });
    expect(refused).toEqual([failed(4, "x")]);
  });

  it("puts a sum that lacks it into the quarantine", async () => {
    const { loaded, refused } = await selected(
      "select k as product_id, k as name, sum(try_cast(n as int)) as category from p where k is not null group by k",
    );
    expect(loaded).toEqual({ b: "2", c: "7" });
    expect(refused).toEqual([failed(4, "x")]);
  });

  it("puts a group whose key lacks it into the quarantine", async () => {
    const { loaded, refused } = await selected(
      "select make_date(2026, n::int, 1)::varchar as product_id, any_value(id) as name, count(*) as category from p where id <> 'P4' group by all",
    );
    expect(loaded).toEqual({ "2026-01-01": "1", "2026-02-01": "1", "2026-07-01": "1" });
    expect(refused.filter(([, rule]) => rule === "mapping_failed")).toEqual([
      ["p.csv:4", "mapping_failed", "product_id", "x"],
    ]);
  });

  it("is refused by its condition, too", async () => {
    const { loaded, refused } = await selected(
      "select id as product_id, id as name, k as category from p where n::int > 1",
    );
    expect(loaded).toEqual({ P2: "b", P6: "c" });
    expect(refused).toEqual([["p.csv:4", "mapping_failed", null, "x"]]);
  });
});

describe("columns that changed at once", () => {
  const columns = { ticket_id: "Nr", type: "Art", created_at: "strptime(Am, '%d.%m.%Y')", channel: "Weg" };
  const yaml = JSON.stringify({ s: { files: "t.csv", tables: { tickets: { columns } } } });
  const place = (column: string) => `sources.yaml: s.tables.tickets.columns.${column}: `;

  it("are named one by one, each with its place, in one sentence", async () => {
    const file = "Nummer,Art,Datum,Kanal\n1,complaint,05.03.2026,phone\n";
    const { en, zh, exitCode } = await refusalOf({ "t.csv": file, "sources.yaml": yaml });
    expect(exitCode).toBe(2);
    for (const column of ["ticket_id", "created_at", "channel"]) {
      expect(en.split(place(column))).toHaveLength(2);
      expect(zh).toContain(`s.tables.tickets.columns.${column}`);
    }
    expect(en).not.toContain(place("type"));
    expect(en.split("columns of t.csv: Nummer, Art, Datum, Kanal")).toHaveLength(2);
    expect(en).not.toContain("\n");
  });

  it("a single one is told as before", async () => {
    const file = "Nr,Art,Am,Kanal\n1,complaint,05.03.2026,phone\n";
    const { en } = await refusalOf({ "t.csv": file, "sources.yaml": yaml });
    expect(en).toMatch(
      /^sources\.yaml: s\.tables\.tickets\.columns\.channel: t\.csv has no such column.*: Weg/,
    );
  });
});
