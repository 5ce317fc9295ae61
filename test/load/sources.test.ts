import { describe, expect, it } from "vitest";
import { planLoad } from "../../src/load/plan.js";
import { csv, stageFolder } from "./stageFolder.js";

const cases = csv(
  ["编号", "客户", "类型", "渠道", "创建", "done", "amount"],
  [
    ["1", "C1", "投诉", "电话", "2026-01-01 10:00:00", "2026-01-01 12:00:00", "1"],
    ["2", "C2", "投诉", "电话", "2026-01-02 10:00:00", "2026-01-01 12:00:00", "2"],
    ["3", "C3", "咨询", "微信", "2026-01-03 10:00:00", "", "3"],
    ["4", "C4", "spam", "微信", "2026-01-03 10:00:00", "", "4"],
  ],
);

const settings = (tables: string, more = "") => `crm:\n  files: cases*.csv\n${more}  tables:\n${tables}`;

const tickets = `    tickets:
      columns:
        ticket_id: '"编号"'
        customer_id: '"客户"'
        type: '"类型"'
        channel: '"渠道"'
        created_at: '"创建"'
        resolved_at: done
`;

describe("sources.yaml", () => {
  it("maps columns by SQL over a header in Chinese; rows a filter drops are left out", () =>
    stageFolder(
      {
        "sources.yaml": settings(
          `${tickets}        handling_count: amount::double * 2\n      where: '"类型" <> ''spam'''\n`,
        ),
        "cases-1.csv": cases,
      },
      async ({ report, rows, quarantine }) => {
        expect(report.tables).toMatchObject([
          { table: "tickets", rowsMapped: 3, loaded: 2, quarantined: 1, leftOut: 1 },
        ]);
        expect(await rows("select ticket_id, type, channel, handling_count from staging.tickets")).toEqual([
          { ticket_id: "1", type: "complaint", channel: "phone", handling_count: 2 },
          { ticket_id: "3", type: "inquiry", channel: "wechat", handling_count: 6 },
        ]);
        const [row] = await quarantine();
        expect(row).toMatchObject({ place: "cases-1.csv:3", rules: [["resolved_at", "time_order"]] });
        expect(JSON.parse(row?.raw ?? "")).toMatchObject({ 编号: "2", done: "2026-01-01 12:00:00" });
      },
    ));

  it("takes a column's name as it stands, whatever it is made of", () =>
    stageFolder(
      {
        "sources.yaml":
          "desk:\n  files: calls.csv\n  tables:\n    products:\n      columns:\n        product_id: Call Id\n        name: 姓名 (全称)\n        category: order\n",
        "calls.csv": "Call Id,姓名 (全称),Order\n7,甲,x\n",
      },
      async ({ rows }) =>
        expect(await rows("select product_id, name, category from staging.products")).toEqual([
          { product_id: "7", name: "甲", category: "x" },
        ]),
    ));

  // 3,000 orders of two lines each, the second lines behind all first ones; the amount of lines 1501 and 4502 is no number.
  it("takes the contract's own days beside formats of the source that begin with the year", () =>
    stageFolder(
      {
        "sources.yaml":
          'crm:\n  files: contracts.csv\n  date_formats: ["%Y年%m月%d日", "%Y/%m/%d"]\n  tables:\n    contracts:\n      columns: {contract_id: id, customer_id: who, starts_on: day}\n',
        "contracts.csv": "id,who,day\n1,C1,2025-03-29\n2,C1,2025年3月1日\n3,C1,2025/7/9\n",
      },
      async ({ rows }) =>
        expect(await rows("select contract_id, starts_on from staging.contracts order by all")).toEqual([
          { contract_id: "1", starts_on: "2025-03-29" },
          { contract_id: "2", starts_on: "2025-03-01" },
          { contract_id: "3", starts_on: "2025-07-09" },
        ]),
    ));

  it("numbers rows in the file's order by a window, and tells their lines", () => {
    const rows = [1, 2].flatMap((line) =>
      Array.from({ length: 3000 }, (_, index) => {
        const id = (index * 7919) % 3000;
        const amount = index === 1499 + (line - 1) * 1 ? "x" : String(id * 10 + line);
        return [`O${id}`, `C${id % 7}`, "2026-01-05", amount];
      }),
    );
    return stageFolder(
      {
        "sources.yaml":
          'shop:\n  files: shop.csv\n  tables:\n    orders:\n      columns: {order_id: Order, line_no: row_number() over (partition by "Order"), customer_id: max(Who) over (partition by "Order"), ordered_at: Day, revenue: Amount}\n',
        "shop.csv": csv(["Order", "Who", "Day", "Amount"], rows),
      },
      async ({ rows: asked, quarantine }) => {
        expect((await quarantine()).map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual([
          ["shop.csv:1501", "decimal"],
          ["shop.csv:4502", "decimal"],
        ]);
        expect(
          await asked(
            "select count(*)::int as n, count(*) filter (revenue % 10 <> line_no)::int as wrong, max(line_no)::int as most from staging.orders",
          ),
        ).toEqual([{ n: 5998, wrong: 0, most: 2 }]);
      },
    );
  });

  it("of rows of one key keeps the last of the file beside a window, too", () =>
    stageFolder(
      {
        "sources.yaml":
          'shop:\n  files: shop.csv\n  tables:\n    orders:\n      max_quarantine_share: 1\n      columns: {order_id: Order, line_no: 1, customer_id: max(Who) over (partition by "Order"), ordered_at: Day, revenue: Amount}\n',
        "shop.csv": csv(
          ["Order", "Who", "Day", "Amount"],
          [100, 900].flatMap((amount) =>
            Array.from({ length: 600 }, (_, index) => [
              `O${(index * 17) % 600}`,
              `C${index % 7}`,
              "2026-01-05",
              String(amount),
            ]),
          ),
        ),
      },
      async ({ rows }) =>
        expect(await rows("select sum(revenue)::int as sum from staging.orders")).toEqual([{ sum: 540000 }]),
    ));

  it("reads a source's times in its own zone and keeps days in the configured one", () =>
    stageFolder(
      { "sources.yaml": settings(tickets, "  time_zone: America/New_York\n"), "cases.csv": cases },
      async ({ rows }) =>
        expect(
          await rows(
            "select cast(created_at as VARCHAR) as at, cast(created_on as VARCHAR) as day from staging.tickets where ticket_id = '1'",
          ),
        ).toEqual([{ at: "2026-01-01 15:00:00+00", day: "2026-01-01" }]),
    ));

  it.each(["2026-06-30", "2026-06-30T18:00:00+08:00"])("takes as_of beside the sources: %s", (asOf) =>
    stageFolder(
      { "sources.yaml": `as_of: ${asOf}\n${settings(tickets)}`, "cases.csv": cases },
      async ({ dataDir, report }) => {
        expect((await planLoad(dataDir)).asOf).toBe(asOf);
        expect(report.tables).toMatchObject([{ table: "tickets" }]);
      },
    ),
  );

  it("takes typed results as they are", () =>
    stageFolder(
      {
        "sources.yaml": `shop:
  files: lines.csv
  tables:
    orders:
      columns:
        order_id: o
        line_no: "n::bigint"
        customer_id: "'C' || c"
        ordered_at: "strptime(t, '%d.%m.%Y %H:%M')"
        quantity: "q::double"
        revenue: "q::double * 1.1"
        promised_on: "strptime(t, '%d.%m.%Y %H:%M')::date"
`,
        "lines.csv":
          "o,n,c,t,q\nA,1,7,02.01.2026 08:30,3\nA,2.5,7,02.01.2026 08:30,3\nA,99999999999,7,02.01.2026 08:30,3\n",
      },
      async ({ rows, quarantine }) => {
        expect(
          await rows(
            "select line_no, customer_id, cast(ordered_at as VARCHAR) as at, revenue, promised_on from staging.orders",
          ),
        ).toEqual([
          {
            line_no: 1,
            customer_id: "C7",
            at: "2026-01-02 00:30:00+00",
            revenue: "3.3000",
            promised_on: "2026-01-02",
          },
          {
            line_no: 3,
            customer_id: "C7",
            at: "2026-01-02 00:30:00+00",
            revenue: "3.3000",
            promised_on: "2026-01-02",
          },
        ]);
        expect(await quarantine()).toMatchObject([{ place: "lines.csv:4", rules: [["line_no", "int"]] }]);
      },
    ));

  it("joins raw tables by one select; rows keep their place, and what is joined away is left out", () =>
    stageFolder(
      {
        "sources.yaml": `funnel:
  files:
    leads: leads*.csv
    deals: deals.csv
  tables:
    leads:
      select: |
        select leads.id as lead_id, leads.day as created_at, deals.won as converted_at
        from leads left join deals on deals.id = leads.id
        where leads.day <> '2026-01-09'
`,
        "leads-1.csv": "id,day\nL1,2026-01-01\nL2,never\n",
        "leads-2.csv": "day,id,note\n2026-01-03,L3,x\n2026-01-09,L4,y\n",
        "deals.csv": "id,won\nL1,2026-02-01\nL9,2026-02-01\n",
      },
      async ({ report, rows, quarantine }) => {
        expect(report.files.map(({ file, rowsRead }) => [file, rowsRead])).toEqual([
          ["leads-1.csv", 2],
          ["leads-2.csv", 2],
          ["deals.csv", 2],
        ]);
        expect(report.tables).toMatchObject([{ rowsMapped: 3, loaded: 2, quarantined: 1, leftOut: 1 }]);
        expect(
          await rows("select lead_id, converted_at is not null as won from staging.leads order by 1"),
        ).toEqual([
          { lead_id: "L1", won: true },
          { lead_id: "L3", won: false },
        ]);
        expect(await quarantine()).toMatchObject([
          { place: "leads-1.csv:3", rules: [["created_at", "timestamp"]] },
        ]);
      },
    ));

  it("sums by a select", () =>
    stageFolder(
      {
        "sources.yaml": `m:
  files: m.csv
  tables:
    market_sales:
      select: >
        select make_date(y::int, m::int, 1) as month, 'X' as market, c as company, c = 'own' as is_own, sum(s::int) as sales
        from extract group by all
`,
        "m.csv": "y,m,c,s\n2026,1,own,1\n2026,1,own,2\n2026,1,other,4\n",
      },
      async ({ report, rows }) => {
        expect(report.tables).toMatchObject([{ rowsMapped: 2, loaded: 2, leftOut: 1 }]);
        expect(await rows("select company, sales from staging.market_sales order by 1")).toEqual([
          { company: "other", sales: "4.0000" },
          { company: "own", sales: "3.0000" },
        ]);
      },
    ));

  it("feeds several tables from one file, whose rejected lines are quarantined once", () =>
    stageFolder(
      {
        "sources.yaml": settings(`${tickets}      max_quarantine_share: 1
    products:
      max_quarantine_share: 0.5
      columns: {product_id: '"编号"', name: '"客户"'}
`),
        "cases.csv": `${cases}5,x\n`,
      },
      async ({ report, quarantine }) => {
        expect(report.files).toMatchObject([
          { tables: ["products", "tickets"], rowsRead: 5, linesRejected: 1 },
        ]);
        expect(report.tables).toMatchObject([
          { table: "products", loaded: 4, linesRejected: 1, limit: 0.5 },
          { table: "tickets", loaded: 2, linesRejected: 1, limit: 1 },
        ]);
        expect((await quarantine()).filter(({ rules }) => rules[0]?.[1] === "ragged")).toHaveLength(1);
      },
    ));

  const wrong: Record<string, [string, RegExp]> = {
    "an unknown table": [settings("    ticket: {}\n"), /^sources\.yaml: crm\.tables\.ticket: unknown table/],
    "an unknown column": [
      settings(`${tickets}        creatd_at: done\n`),
      /^sources\.yaml: crm\.tables\.tickets\.columns\.creatd_at: unknown column/,
    ],
    "an unknown setting": [
      settings(tickets, "  presett: salesforce\n"),
      /^sources\.yaml: crm: unknown key \(allowed: files, .*\): presett/,
    ],
    "a column the file lacks": [
      settings(tickets.replace("resolved_at: done", "resolved_at: finished")),
      /^sources\.yaml: crm\.tables\.tickets\.columns\.resolved_at: \S+ has no such column: finished \(columns of \S+: 编号, /,
    ],
    "a required column without mapping": [
      settings("    tickets:\n      columns: {ticket_id: done}\n"),
      /nothing is mapped to the required columns created_at \(tickets also takes customer_id, /,
    ],
    "a pattern no file matches": [
      settings(tickets).replace("cases*", "nothing*"),
      /^sources\.yaml: crm\.files: no file matches/,
    ],
    "a select that does not bind": [
      settings("    tickets:\n      select: select nothing as ticket_id from extract\n"),
      /^sources\.yaml: crm\.tables\.tickets\.select: Binder Error/,
    ],
    "a select of unknown columns": [
      settings(
        "    products:\n      select: select done as product_id, done as name, done as x from extract\n",
      ),
      /select: unknown column of products: x/,
    ],
    "a wrong share": [settings(tickets, "  max_quarantine_share: 5\n"), /crm\.max_quarantine_share: /],
    "an unknown zone": [settings(tickets, "  time_zone: Mars/Olympus\n"), /crm\.time_zone: not a time zone/],
    "an unknown encoding": [settings(tickets, "  encoding: klingon\n"), /unknown encoding: "klingon"/],
    "an as_of that is no day": [
      `as_of: 30/06/2026\n${settings(tickets)}`,
      /^sources\.yaml: as_of: expected a day \(2026-06-30\) or an instant .*: "30\/06\/2026"/,
    ],
    "a source without a name": [`my crm: {}\n${settings(tickets)}`, /^sources\.yaml: my crm/],
    "broken yaml": ["crm: [", /sources\.yaml: /],
    nothing: ["", /nothing is read yet/],
  };
  for (const [name, [yaml, message]] of Object.entries(wrong)) {
    it(`refuses ${name} as wrong configuration`, () =>
      expect(
        stageFolder({ "sources.yaml": yaml, "cases.csv": cases }, async () => undefined),
      ).rejects.toMatchObject({ message: expect.stringMatching(message), exitCode: 2 }));
  }
});
