import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOfTables } from "../../reports/components/data/qualityCounts.js";
import type { TableCount } from "../../src/published/quality.js";
import { isLong } from "../long.js";
import { both } from "../words/said.js";
import { csv, stageFolder } from "./stageFolder.js";

const ticketHeader = [
  "ticket_id",
  "customer_id",
  "type",
  "channel",
  "created_at",
  "first_response_at",
  "handling_count",
];
const ticket = (id: string, more: Partial<Record<string, string>> = {}) =>
  ticketHeader.map(
    (name) =>
      ({
        ticket_id: id,
        customer_id: "C1",
        type: "投诉",
        channel: "phone",
        created_at: "2026-03-01 09:00:00",
        ...more,
      })[name] ?? "",
  );

describe.skipIf(isLong)("row_no", () => {
  it("counts a table's rows as they were read, file after file, and is whatever happens to the others", () =>
    stageFolder(
      {
        "tickets-10.csv": csv(ticketHeader, [ticket("T4"), ticket("T5")]),
        "tickets-9.csv": csv(ticketHeader, [
          ticket("T1"),
          ticket("T2", { type: "fault" }),
          ticket("T3"),
          ticket("T1"),
        ]),
      },
      async ({ rows }) =>
        expect(
          await rows("select row_no::int as row_no, ticket_id from staging.tickets order by row_no"),
        ).toEqual([
          { row_no: 2, ticket_id: "T3" },
          { row_no: 3, ticket_id: "T1" },
          { row_no: 4, ticket_id: "T4" },
          { row_no: 5, ticket_id: "T5" },
        ]),
    ));
});

describe.skipIf(isLong)("rows that break the contract", () => {
  it("go to the quarantine once, whole, with every violation and their physical line", () =>
    stageFolder(
      {
        "tickets.csv": csv(
          [...ticketHeader, "extra"],
          [
            [...ticket("T1"), "two\nlines"],
            [...ticket("T2", { type: "fault", handling_count: "1.5" }), "kept, too"],
            [...ticket("T3", { first_response_at: "2026-03-01 08:00:00" }), ""],
            [...ticket("", { created_at: "2099-01-01 00:00:00" }), ""],
          ],
        ),
      },
      async ({ report, rows, quarantine }) => {
        expect(report.tables).toMatchObject([{ rowsMapped: 4, loaded: 1, quarantined: 3, duplicates: 0 }]);
        expect(await quarantine()).toMatchObject([
          {
            place: "tickets.csv:4",
            rules: [
              ["type", "enum"],
              ["handling_count", "int"],
            ],
          },
          { place: "tickets.csv:5", rules: [["first_response_at", "time_order"]] },
          {
            place: "tickets.csv:6",
            rules: [
              ["ticket_id", "required"],
              ["created_at", "in_future"],
            ],
          },
        ]);
        const raw = await rows("select raw from quarantine.rows where line = 4");
        expect(JSON.parse(String(raw[0]?.raw))).toMatchObject({
          type: "fault",
          extra: "kept, too",
          handling_count: "1.5",
        });
        expect(await rows("select ticket_id, type from staging.tickets")).toEqual([
          { ticket_id: "T1", type: "complaint" },
        ]);
      },
    ));

  it("bounds, ranges of the same row, first of month", () =>
    stageFolder(
      {
        "survey_answers.csv": csv(
          [
            "answer_id",
            "customer_id",
            "answered_at",
            "survey",
            "dimension",
            "score",
            "scale_min",
            "scale_max",
          ],
          [
            ["1", "C", "2026-01-01", "periodic", "overall", "5", "1", "5"],
            ["2", "C", "2026-01-01", "periodic", "overall", "5.0001", "1", "5"],
            ["3", "C", "2026-01-01", "periodic", "overall", "0", "1", "5"],
          ],
        ),
        "market_sales.csv": csv(
          ["month", "market", "company", "is_own", "sales"],
          [
            ["2026-01-01", "M", "X", "是", "0"],
            ["2026-01-02", "M", "X", "是", "1"],
            ["2026-02-01", "M", "X", "是", "-1"],
            ["2026-08-01", "M", "X", "是", "1"],
          ],
        ),
      },
      async ({ quarantine }) =>
        expect((await quarantine()).map(({ place, rules }) => [place, ...rules])).toEqual([
          ["market_sales.csv:3", ["month", "first_of_month"]],
          ["market_sales.csv:4", ["sales", "minimum"]],
          ["market_sales.csv:5", ["month", "in_future"]],
          ["survey_answers.csv:3", ["score", "within"]],
          ["survey_answers.csv:4", ["score", "within"]],
        ]),
    ));

  it("beyond the share a table allows are told, those of a later file not among them", () =>
    stageFolder(
      {
        "tickets-1.csv": csv(
          ticketHeader,
          Array.from({ length: 18 }, (_, index) => ticket(`T${index}`)),
        ),
        "tickets-2.csv": csv(ticketHeader, [
          ...Array.from({ length: 18 }, (_, index) => ticket(`T${index}`, { handling_count: "2" })),
          ticket("T99", { type: "?" }),
          ticket("T98", { type: "?" }),
        ]),
      },
      async ({ report }) => {
        expect(report.tables[0]).toMatchObject({ loaded: 18, quarantined: 20, superseded: 18 });
        expect(report.beyondLimit.map(both)).toEqual([
          {
            en: "tickets: 5.26 % of the rows, where max_quarantine_share allows 5.00 %",
            zh: "tickets 有 5.26 % 的行，而 max_quarantine_share 只允许 5.00 %",
          },
        ]);
      },
    ));
});

describe.skipIf(isLong)("rows of one key", () => {
  it("identical ones are kept once; of different ones the latest updated_at, else the last read", () =>
    stageFolder(
      {
        "tickets-1.csv": csv(
          [...ticketHeader, "updated_at"],
          [
            [...ticket("same"), "2026-01-01"],
            [...ticket("newer wins", { handling_count: "1" }), "2026-02-01"],
            [...ticket("none loses", { handling_count: "1" }), "2026-02-01"],
            [...ticket("last wins", { handling_count: "1" }), ""],
            [...ticket("thrice", { handling_count: "1" }), ""],
            [...ticket("thrice", { handling_count: "2" }), ""],
            [...ticket("broken does not count", { handling_count: "1" }), "2026-01-01"],
          ],
        ),
        "tickets-2.csv": csv(
          [...ticketHeader, "updated_at"],
          [
            [
              ...ticket(" same ", { type: "complaint", created_at: "2026-03-01T09:00:00+08:00" }),
              "2026-01-01",
            ],
            [...ticket("newer wins", { handling_count: "2" }), "2026-01-01"],
            [...ticket("none loses", { handling_count: "2" }), ""],
            [...ticket("last wins", { handling_count: "2" }), ""],
            [...ticket("thrice", { handling_count: "1" }), ""],
            [...ticket("broken does not count", { handling_count: "?" }), "2026-02-01"],
          ],
        ),
      },
      async ({ report, rows, quarantine, counts }) => {
        // Later versions break nothing: one broken row of thirteen, for the limit as for whoever reads of it.
        expect(report.tables[0]?.share).toBe(1 / 13);
        const [{ quarantine_share: _, ...counted }] = (await counts()) as [TableCount];
        expect(counted).toMatchObject({ quarantined: 5, replaced: 4, subtotals: 0 });
        expect(shareOfTables([counted, counted] as TableCount[])).toBe(1 / 13);
        expect(report.tables[0]).toMatchObject({
          rowsMapped: 13,
          loaded: 6,
          quarantined: 5,
          superseded: 4,
          duplicates: 2,
        });
        const kept = await rows("select ticket_id, handling_count from staging.tickets order by ticket_id");
        expect(kept.map(({ ticket_id: id, handling_count: count }) => [id, count])).toEqual([
          ["broken does not count", 1],
          ["last wins", 2],
          ["newer wins", 1],
          ["none loses", 1],
          ["same", null],
          ["thrice", 1],
        ]);
        const replaced = (await quarantine()).filter(({ rules }) => rules[0]?.[1] === "superseded");
        expect(replaced.map(({ place }) => place).sort()).toEqual([
          "tickets-1.csv:5",
          "tickets-1.csv:7",
          "tickets-2.csv:3",
          "tickets-2.csv:4",
        ]);
        expect(
          await rows("select count(*)::int as n from quarantine.rows where counts_toward_share"),
        ).toEqual([{ n: 1 }]);
        expect(JSON.parse(replaced[0]?.raw ?? "")).toMatchObject({
          ticket_id: "last wins",
          handling_count: "1",
        });
      },
    ));
});

describe.skipIf(isLong)("warnings", () => {
  it("keep rows whose reference is unknown or whose times are odd", () =>
    stageFolder(
      {
        "customers.csv": csv(["customer_id", "name", "acquired_on"], [["C1", "n", "2026-01-05"]]),
        "leads.csv": csv(
          ["lead_id", "created_at", "converted_at", "customer_id"],
          [["L1", "2026-01-02", "2026-01-01", "C1"]],
        ),
        "orders.csv": csv(
          ["order_id", "line_no", "customer_id", "ordered_at", "revenue"],
          [
            ["O1", "1", "C1", "2026-01-04 23:59:59", "1"],
            ["O2", "1", "C1", "2026-01-05", "1"],
            ["O3", "1", "C9", "2026-01-05", "1"],
          ],
        ),
      },
      async ({ report }) => {
        expect(report.tables.map(({ loaded }) => loaded)).toEqual([1, 1, 3]);
        expect(report.warnings).toEqual([
          expect.objectContaining({ table: "leads", rule: "time_order", column: "converted_at", count: 1 }),
          {
            table: "orders",
            rule: "unknown_reference",
            column: "customer_id",
            file: null,
            count: 1,
            sample: "C9",
          },
          {
            table: "orders",
            rule: "before_acquisition",
            column: "ordered_at",
            file: null,
            count: 1,
            sample: "O1",
          },
        ]);
      },
    ));
});

it.each([
  [["12.400", "1.250", "3"], "", 2],
  [["€12.400", "1.250"], "", 2],
  [["12.400", "1.25"], "", 0],
  [["12.400", "0.125"], "", 0],
  [["12.400", "1.250"], '  decimal: ","\n', 0],
])(
  "says that points before three digits, %j, may group thousands where semicolons stand between cells",
  (amounts, decimal, count) => {
    const lines = amounts.map((amount, at) => `O${at};1;C1;2026-03-01;${amount}`);
    const files = {
      "orders.csv": `order_id;line_no;customer_id;ordered_at;revenue\n${lines.join("\n")}\n`,
      "sources.yaml": `shop:\n  files: {orders: orders.csv}\n${decimal}`,
    };
    return stageFolder(files, async ({ report }) =>
      expect(report.warnings.filter(({ rule }) => rule === "decimal_point")).toEqual(
        count === 0
          ? []
          : [
              {
                table: "orders",
                rule: "decimal_point",
                column: "revenue",
                file: "orders.csv",
                count,
                sample: "12.4000",
              },
            ],
      ),
    );
  },
);

it("says which channels have no response limit of their own, complaints and praise aside", () => {
  const header = ["ticket_id", "type", "channel", "created_at", "first_response_at"];
  const at = ["2026-03-01 10:00:00", "2026-03-01 10:20:00"];
  const tickets = [
    ["T1", "inquiry", "400电话", ...at],
    ["T2", "inquiry", "门户", ...at],
    ["T3", "", "App", ...at],
    ["T4", "repair", "App", ...at],
    ["T5", "complaint", "门户", ...at],
    ["T6", "praise", "门户", ...at],
    ["T7", "inquiry", "", ...at],
    ["T8", "inquiry", "other", ...at],
    ["T9", "inquiry", "门户", at[0] ?? "", ""],
  ];
  return stageFolder({ "tickets.csv": csv(header, tickets) }, async ({ report }) =>
    expect(report.warnings.filter(({ rule }) => rule === "no_own_limit")).toEqual([
      {
        table: "tickets",
        rule: "no_own_limit",
        column: "channel",
        file: null,
        count: 3,
        sample: "App, 门户",
      },
    ]),
  );
});

describe.skipIf(isLong)("files", () => {
  const rows = [ticket("T1", { customer_id: "客户一" }), ticket("T2", { customer_id: 'a "b", c' })];
  const text = csv(ticketHeader, rows);
  const gbk = Buffer.from([0xbf, 0xcd, 0xbb, 0xa7, 0xd2, 0xbb]);
  const inGbk = Buffer.concat(
    text
      .replace("投诉", "complaint")
      .replace("投诉", "complaint")
      .split("客户一")
      .flatMap((part, index) => (index === 0 ? [Buffer.from(part)] : [gbk, Buffer.from(part)])),
  );
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  const cases: Record<string, [string, string | Buffer, string]> = {
    "a byte order mark": ["tickets.csv", `\ufeff${text}`, "utf-8"],
    CRLF: ["tickets.csv", csv(ticketHeader, rows, "\r\n"), "utf-8"],
    CR: ["tickets.csv", csv(ticketHeader, rows, "\r"), "utf-8"],
    semicolons: [
      "tickets.csv",
      text.replaceAll('"a ""b"", c"', '"a ""b""§ c"').replaceAll(",", ";").replace("§", ","),
      "utf-8",
    ],
    tabs: [
      "tickets.tsv",
      text.replaceAll('"a ""b"", c"', '"a ""b""§ c"').replaceAll(",", "\t").replace("§", ","),
      "utf-8",
    ],
    gzip: ["tickets.csv.gz", gzipSync(text), "utf-8"],
    "a folder of the table's name": ["tickets/january.csv", text, "utf-8"],
    GB18030: ["tickets.csv", inGbk, "gb18030"],
    "UTF-16": ["tickets.csv", utf16, "utf-16le"],
    "no line end after the last row": ["tickets.csv", text.trimEnd(), "utf-8"],
    "blank lines around": ["tickets.csv", `\n\n${text}\n\n   \n`, "utf-8"],
    "capitals and blanks in the header": ["tickets.csv", text.replace("ticket_id", '" Ticket_ID "'), "utf-8"],
  };
  for (const [name, [file, content, encoding]] of Object.entries(cases)) {
    it(`with ${name}`, () =>
      stageFolder({ [file]: content }, async ({ report, rows: query }) => {
        expect(report.files).toMatchObject([
          { file, encoding, rowsRead: 2, rowsAccepted: 2, linesRejected: 0 },
        ]);
        expect(await query("select ticket_id, customer_id from staging.tickets")).toEqual([
          { ticket_id: "T1", customer_id: "客户一" },
          { ticket_id: "T2", customer_id: 'a "b", c' },
        ]);
      }));
  }

  const failures: Record<string, [Record<string, string | Buffer>, RegExp, number]> = {
    "an empty file": [{ "tickets.csv": "" }, /empty file, expected a header line: .*tickets\.csv/, 1],
    "a file of blank lines": [{ "tickets.csv": "\n\n" }, /empty file/, 1],
    "a picture": [
      { "tickets.csv": Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1") },
      /a PNG picture: .*tickets/,
      1,
    ],
    "a workbook": [
      { "tickets.csv": Buffer.from("PK\x03\x04whatever", "latin1") },
      /Excel workbook: .*tickets/,
      1,
    ],
    "random bytes": [
      {
        "tickets.csv": Buffer.from(
          Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3)) & 255),
        ),
      },
      /binary data|quoting|header|encoding/,
      1,
    ],
    "a header of another table": [
      { "tickets.csv": "id,when\n1,2026-01-01\n" },
      /tickets\.csv: the header lacks required columns of tickets: ticket_id, created_at \(found: id, when/,
      1,
    ],
    "a column twice": [
      { "tickets.csv": `${text.replace("handling_count", "channel")}` },
      /two columns of the name: channel/,
      1,
    ],
    "a damaged gzip": [
      { "tickets.csv.gz": gzipSync(text).subarray(0, 60) },
      /cannot read .*tickets\.csv\.gz/,
      1,
    ],
    "no extracts": [{ "notes.txt": "x" }, /no extracts found/, 2],
  };
  for (const [name, [files, message, exitCode]] of Object.entries(failures)) {
    it(`refuses ${name}`, () =>
      expect(stageFolder(files, async () => undefined)).rejects.toMatchObject({
        message: expect.stringMatching(message),
        exitCode,
      }));
  }

  it("a header alone is a table without rows", () =>
    stageFolder({ "tickets.csv": `${ticketHeader.join(",")}\n` }, async ({ report }) =>
      expect(report.tables).toMatchObject([{ rowsMapped: 0, loaded: 0, share: 0 }]),
    ));

  it("names what it did not read", () =>
    stageFolder(
      { "tickets.csv": text, "ticket.csv": "x", "README.md": "x", "sources.yaml.bak": "x" },
      async ({ report }) => expect(report.ignored).toEqual(["README.md", "ticket.csv"]),
    ));
});

describe("dirt", () => {
  it.skipIf(isLong)("a stray quote in the middle of 400,000 rows costs its own line", () => {
    const lines = Array.from({ length: 400_000 }, (_, index) => `P${index},name ${index},c`);
    lines[200_000] = 'P200000,"name,c';
    return stageFolder(
      { "products.csv": `product_id,name,category\n${lines.join("\n")}\n` },
      async ({ report, quarantine }) => {
        expect(report.files).toMatchObject([{ rowsRead: 400_000, rowsAccepted: 399_999, linesRejected: 1 }]);
        expect(report.tables).toMatchObject([{ rowsMapped: 399_999, loaded: 399_999 }]);
        expect(await quarantine()).toEqual([
          { place: "products.csv:200002", raw: 'P200000,"name,c', rules: [[null, "broken_quoting"]] },
        ]);
      },
    );
  });

  it.runIf(isLong)("a stray quote beyond the first megabytes is found while the reader is at work", () => {
    const lines = Array.from({ length: 400_000 }, (_, index) => `P${index},${"name ".repeat(8)},c`);
    lines[399_000] = 'P399000,"name,c';
    return stageFolder(
      { "products.csv": `product_id,name,category\n${lines.join("\n")}\n` },
      async ({ report }) => {
        expect(report.files).toMatchObject([{ rowsRead: 400_000, rowsAccepted: 399_999, linesRejected: 1 }]);
        expect(report.tables).toMatchObject([{ loaded: 399_999 }]);
      },
    );
  });

  it.skipIf(isLong)("a line of 10 MB costs itself", () =>
    stageFolder(
      { "products.csv": `product_id,name,category\nP1,${"x".repeat(10_000_000)},c\nP2,y,c\n` },
      async ({ report, quarantine }) => {
        expect(report.files).toMatchObject([{ rowsRead: 2, rowsAccepted: 1, linesRejected: 1 }]);
        expect(await quarantine()).toMatchObject([
          { place: "products.csv:2", rules: [[null, "line_too_long"]] },
        ]);
      },
    ),
  );

  it.skipIf(isLong)("one line in another encoding costs itself", () =>
    stageFolder(
      {
        "products.csv": Buffer.concat([
          Buffer.from("product_id,name,category\nP1,产品一,c\nP2,"),
          Buffer.from([0xb2, 0xfa, 0xc6, 0xb7]),
          Buffer.from(",c\nP3,产品三,c\n"),
        ]),
      },
      async ({ report, rows }) => {
        expect(report.files).toMatchObject([
          { encoding: "utf-8", rowsRead: 3, rowsAccepted: 2, linesRejected: 1 },
        ]);
        expect(await rows("select name from staging.products")).toEqual([
          { name: "产品一" },
          { name: "产品三" },
        ]);
      },
    ),
  );

  it.skipIf(isLong)("bytes that are none of the encoding set cost their line", () =>
    stageFolder(
      {
        "sources.yaml":
          "p:\n  files: p.csv\n  encoding: gb18030\n  tables: {products: {columns: {product_id: a, name: b}}}\n",
        "p.csv": Buffer.concat([
          Buffer.from("a,b\n1,"),
          Buffer.from([0xb2, 0xfa]),
          Buffer.from("\n2,"),
          Buffer.from([0xff, 0xb2]),
          Buffer.from("\n3,c\n"),
        ]),
      },
      async ({ report, rows, quarantine }) => {
        expect(report.files).toMatchObject([{ encoding: "gb18030", rowsRead: 3, rowsAccepted: 2 }]);
        expect(await rows("select name from staging.products")).toEqual([{ name: "产" }, { name: "c" }]);
        expect(await quarantine()).toMatchObject([{ place: "p.csv:3", rules: [[null, "bad_encoding"]] }]);
      },
    ),
  );

  const cell = fc.oneof(
    fc.constantFrom("x", "名称", "a,b", 'say "hi"', "two\nlines", '5" pipe', " padded ", "c\rd"),
    fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[\0\ud800-\udfff]/g, "")),
  );
  const spoilt = fc.constantFrom('P,"x,c', '"P,x,c', "P,x", "P,x,c,d", 'P,"a"b,c', 'P,x,"c', "P,\0,c");
  /** Text of a cell; some words of exports stand for nothing. */
  const said = (text: string) => {
    const plain = trimmed(text);
    return plain === null || /^(null|#?n\/a|nan|\\n|-|\(null\))$/i.test(plain) ? null : plain;
  };
  it("property: whatever stands between sound rows, these are loaded as they were and nothing is lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: fc.tuple(cell, cell) }, { weight: 1, arbitrary: spoilt }), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.constantFrom("\n", "\r\n"),
        async (items, newline) => {
          const wanted: [string, string | null, string | null][] = [];
          const lines = items.map((item, index) => {
            if (typeof item === "string") return item + newline;
            wanted.push([`P${index}`, said(item[0]) ?? "~", said(item[1])]);
            return csv([`P${index}`, said(item[0]) === null ? "~" : item[0], item[1]], [], newline);
          });
          const text = `product_id,name,category${newline}${lines.join("")}`;
          await stageFolder({ "products.csv": text }, async ({ report, rows }) => {
            const [file] = report.files;
            const [table] = report.tables;
            expect(file?.rowsRead).toBe((file?.rowsAccepted ?? 0) + (file?.linesRejected ?? 0));
            expect(table?.rowsMapped).toBe(
              (table?.loaded ?? 0) + (table?.quarantined ?? 0) + (table?.duplicates ?? 0),
            );
            expect(file?.rowsRead).toBe(items.length);
            const loaded = await rows("select product_id, name, category from staging.products");
            expect(loaded.map(({ product_id: id, name, category }) => [id, name, category])).toEqual(wanted);
          });
        },
      ),
      { numRuns: isLong ? 45 : 6 },
    );
  }, 120_000);
});

function trimmed(text: string): string | null {
  const left = text.replaceAll(/^[\p{White_Space}\ufeff]+|[\p{White_Space}\ufeff]+$/gu, "");
  return left === "" ? null : left;
}
