import { beforeAll, describe, expect, it } from "vitest";
import { type Staged, stageFolder } from "./stageFolder.js";

const p = [
  "id,n,d,z,j",
  'P1,1,2026-01-05,1,"{""a"":1}"',
  'P2,2,2026-01-06,0,"{""a"":2"',
  'P3,x,2026-01-07,2,"{""a"":3}"',
  'P4,4,2026-02-30,3,"{""a"":4}"',
  "P5,,,,\n",
].join("\n");
const q = "id,v\nP1,10\nP2,zehn\nP4,12\n";

/** An expression over p → the lines of p that it fails on, or makes nothing of, and the cell. */
const conversions: Record<string, [number, string][]> = {
  "n::int": [[4, "x"]],
  "try_cast(n as int)": [[4, "x"]],
  "strptime(d, '%Y-%m-%d')": [[5, "2026-02-30"]],
  "try_strptime(d, '%Y-%m-%d')::date": [[5, "2026-02-30"]],
  "10 // z::int": [[3, "0"]],
  "z::tinyint * 60::tinyint": [[5, "3"]],
  "regexp_extract(n, '[0-9]')": [[4, "x"]],
  "string_split(d, '-')[z::int + 1]": [[5, "3"]],
  "json_extract(j, '$.a')": [[3, '{"a":2']],
  "list_sum(list_transform(string_split(n, '+'), lambda part: try_cast(part as int)))": [[4, "x"]],
};

/** What each shape is tried with; the others are tried in one. */
const hard =
  "concat(n::int, strptime(d, '%Y-%m-%d'), 10 // nullif(z, '0')::int, z::tinyint * 60::tinyint, json_extract(j, '$.a'))";
const everywhere: Record<string, [number, string][]> = {
  "try_cast(n as int)": [[4, "x"]],
  [hard]: [
    [3, '{"a":2'],
    [4, "x"],
    [5, "2026-02-30"],
  ],
};

/** Places where a conversion may stand; `¤` is where a key begins. */
const shapes: Record<string, (made: string) => string> = {
  "a nested query": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from (select id, ${made} as m from p)`,
  "a common table that others read": (made) =>
    `with a as (select * from p), b as (select a.*, ${made} as m from a), c as (select distinct id, m from b)
    select ¤id as product_id, id as name, m::varchar as category from c`,
  "what a nested query gives": (made) =>
    `select ¤id as product_id, id as name, (${made})::varchar as category from (select * from p union select * from p)`,
  "a branch of a union": (made) =>
    `select ¤id as product_id, id as name, (${made})::varchar as category from p union all select ¤id || 'q', id, v from q`,
  "the condition of a join": (made) =>
    `select ¤own as product_id, own as name from (select id as own from p) left join p on p.id = own and (${made})::varchar <> 'z'`,
  "a window": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from (select id, max(${made}) over (partition by id) as m from p)`,
  "the order of a window that rows are chosen by": (made) =>
    `select ¤id as product_id, id as name from p qualify row_number() over (partition by id order by ${made}) = 1`,
  "a subquery of the same row": (made) =>
    `select ¤id as product_id, id as name, (select max(${made})::varchar from p as other where other.id = p.id) as category from p`,
  "a condition of a nested query": (made) =>
    `select ¤id as product_id, id as name from (select id from p where (${made})::varchar <> 'z')`,
  "a condition with EXISTS": (made) =>
    `select ¤id as product_id, id as name from p where exists (select 1 from p as other where other.id = p.id and (${made})::varchar <> 'z')`,
  "an aggregate": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from (select id, max(${made}) as m from p group by id)`,
  "a key that is grouped by": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from (select id, ${made} as m, count(*) from p group by all)`,
  "a condition of groups": (made) =>
    `select ¤id as product_id, id as name from p group by id having max(${made})::varchar <> 'z'`,
  "the filter of an aggregate": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from (select id, count(*) filter (where (${made})::varchar <> 'z') as m from p group by id)`,
  "a query beside each row": (made) =>
    `select ¤id as product_id, id as name, m::varchar as category from p, lateral (select ${made} as m)`,
  "the order of rows": (made) => `select ¤id as product_id, id as name from p order by ${made}`,
  "a recursion": (made) =>
    `with recursive r as (select *, 0 as step from p union all select * replace (step + 1 as step) from r where step < 1 and (${made})::varchar <> 'z')
    select ¤id || step as product_id, id as name from r`,
};

/** Each as a source of its own: what is refused, as `file:line` and the cell, and what is loaded. */
const alone: [string, [string, string][], Record<string, string | null>][] = [
  [
    "select ¤p.id as product_id, p.id as name, v as category from p left join q on q.id = p.id and try_cast(q.v as int) > 3",
    [["q.csv:3", "zehn"]],
    { P1: "10", P2: null, P3: null, P4: "12", P5: null },
  ],
  [
    "select ¤p.id as product_id, p.id as name, v as category from p, q where p.n::int = q.v::int // 5",
    [
      ["p.csv:4", "x"],
      ["q.csv:3", "zehn"],
    ],
    { P2: "10" },
  ],
  [
    "select ¤id as product_id, id as name, (select sum(v::int) from q)::varchar as category from p",
    [["q.csv:3", "zehn"]],
    { P1: "22", P2: "22", P3: "22", P4: "22", P5: "22" },
  ],
  [
    "select ¤id as product_id, id as name, m as category from (select id, (select max(v::int) + p.n::int from q where q.id <> p.id) as m from p)",
    [
      ["p.csv:4", "x"],
      ["q.csv:3", "zehn"],
    ],
    { P1: "13", P2: "14", P4: "14", P5: null },
  ],
  [
    "select ¤id as product_id, id as name, (select sum(try_cast(part as int)) from unnest(string_split(n, '+')) as parts (part)) as category from p",
    [["p.csv:4", "x"]],
    { P1: "1", P2: "2", P4: "4", P5: null },
  ],
  [
    "select ¤id as product_id, id as name, part as category from p, unnest(try_cast(string_split(n, '+') as int[])) as parts (part)",
    [["p.csv:4", "x"]],
    { P1: "1", P2: "2", P4: "4" },
  ],
  [
    "select ¤id as product_id, id as name, twice as category from (select id, n::int as m, m * 2 as twice from p where m < 4 or m is null)",
    [["p.csv:4", "x"]],
    { P1: "2", P2: "4", P5: null },
  ],
  // The sum is of all rows of the group: none of them alone is at fault.
  [
    "select ¤k as product_id, k as name, m as category from (select length(id) as k, (sum(z::int) * 30)::tinyint as m from p group by k)",
    [
      ["p.csv:2", "180"],
      ["p.csv:3", "180"],
      ["p.csv:4", "180"],
      ["p.csv:5", "180"],
      ["p.csv:6", "180"],
    ],
    {},
  ],
  // What the mapping says itself is nothing, or leaves out, is no loss.
  [
    "with c as (select id, n, coalesce(try_cast(n as int), 0) as m from p) select ¤id as product_id, id as name, m + nullif(n, 'x')::int as category from c",
    [],
    { P1: "2", P2: "4", P3: null, P4: "8", P5: null },
  ],
  [
    "with c as (select id, n from p where n <> 'x') select ¤id as product_id, id as name, n::int as category from c",
    [],
    { P1: "1", P2: "2", P4: "4" },
  ],
  [
    "select ¤id as product_id, id as name, (pair).a as category from (select id, {'a': try_cast(nullif(n, 'x') as int)} as pair from p)",
    [],
    { P1: "1", P2: "2", P3: null, P4: "4", P5: null },
  ],
];

describe("a conversion that fails below a select's own columns", () => {
  const cases = [
    ...Object.entries(shapes).flatMap(([shape, select]) =>
      Object.entries(
        shape === "a common table that others read" ? { ...conversions, ...everywhere } : everywhere,
      ).map(([made, refused]) => ({
        name: `${made} in ${shape}`,
        select: select(made),
        refused: refused.map(([line, cell]): [string, string] => [`p.csv:${line}`, cell]),
      })),
    ),
    ...alone.map(([select, refused]) => ({ name: select, select, refused })),
  ];
  const found = new Map<
    string,
    { refused: { place: string; value: string }[]; loaded: [string, unknown][] }
  >();
  let report: Staged["report"];

  beforeAll(
    () =>
      stageFolder(
        {
          "sources.yaml": cases
            .map(({ select }, index) => {
              const text = JSON.stringify(select.replaceAll("¤", `'s${index}:' || `));
              return `s${index}:\n  files: {p: p.csv, q: q.csv}\n  max_quarantine_share: 1\n  tables:\n    products:\n      select: ${text}\n`;
            })
            .join(""),
          "p.csv": p,
          "q.csv": q,
        },
        async ({ rows, ...staged }) => {
          report = staged.report;
          const refused = await rows(
            `select source, concat(file, ':', line) as place, violation ->> 'value' as value, violation ->> 'rule' as rule
            from (select *, unnest(from_json(violations, '["JSON"]')) as violation from quarantine.rows) order by source, file, line`,
          );
          const loaded = await rows("select product_id, category from staging.products order by product_id");
          for (const [index, { name }] of cases.entries())
            found.set(name, {
              refused: refused.flatMap(({ source, place, value, rule }) =>
                source === `s${index}` && rule === "mapping_failed"
                  ? [{ place: String(place), value: String(value) }]
                  : [],
              ),
              loaded: loaded.flatMap(({ product_id: id, category }): [string, unknown][] =>
                String(id).startsWith(`s${index}:`) ? [[String(id).split(":")[1] ?? "", category]] : [],
              ),
            });
        },
      ),
    300_000,
  );

  it.each(cases)("puts its row into the quarantine: $name", ({ name, refused }) => {
    const told = found.get(name)?.refused ?? [];
    expect([...new Set(told.map(({ place }) => place))]).toEqual([
      ...new Set(refused.map(([place]) => place)),
    ]);
    for (const [place, cell] of refused)
      expect(told.filter((each) => each.place === place).map(({ value }) => value)).toContainEqual(
        expect.stringContaining(cell),
      );
  });

  it.each(alone)("loads the others: %s", (select, _, loaded) => {
    expect(Object.fromEntries(found.get(select)?.loaded ?? [])).toEqual(loaded);
  });

  it("loses none of the others, whatever the shape", () => {
    for (const [shape, select] of Object.entries(shapes)) {
      if (/union|recursion|join/.test(shape)) continue;
      const { loaded } = found.get(`try_cast(n as int) in ${shape}`) ?? { loaded: [] };
      const isCondition = select("n").includes("<> 'z'") && !shape.includes("filter");
      const expected = ["P1", "P2", "P4", ...(isCondition ? [] : ["P5"])];
      expect([shape, loaded.map(([id]) => id)]).toEqual([shape, expected]);
    }
  });

  it("is counted among the rows mapped", () => {
    const [products] = report.tables;
    expect(products?.rowsMapped).toBe((products?.loaded ?? 0) + (products?.quarantined ?? 0));
  });
});
