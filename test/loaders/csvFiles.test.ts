import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { stageFolder } from "../load/stageFolder.js";
import { type Expected, expectEquations, expectProducts } from "./faultyFile.js";

const header = "product_id,name,category";
const sources = (settings: string) => ({
  "sources.yaml": `crm:\n  files: "products.*"\n${settings}  tables:\n    products: {}\n`,
});
const latin1 = (text: string) => Buffer.from(text, "latin1");

/** GB18030: 产品 is B2FA C6B7, 客户 is BFCD BBA7, 㐀 is 81 39 EE 39. */
const gb = latin1(
  `${header}\nP1,\xb2\xfa\xc6\xb7,\xbf\xcd\xbb\xa7\nP2,,x\nP3,"\x81\x39\xee\x39,\nx",\xb2\xfa\nP4,\xc6\xb7\n`,
);
const gbExpected: Expected = {
  encoding: "gb18030",
  loaded: [
    ["P1", "产品", "客户"],
    ["P3", "㐀,\nx", "产"],
  ],
  refused: [
    [3, "required", { product_id: "P2", name: null, category: "x" }],
    [6, "ragged", "P4,品"],
  ],
};

const dirty = `${header}\nP1,产品,客户\nP2,"b,x\nP3,,客\n`;
const dirtyExpected: Expected = {
  loaded: [["P1", "产品", "客户"]],
  refused: [
    [3, "broken_quoting", 'P2,"b,x'],
    [4, "required", { product_id: "P3", name: null, category: "客" }],
  ],
};

const cases: Record<string, [file: string, content: string | Buffer, expected: Expected, settings?: string]> =
  {
    "a byte order mark": ["products.csv", `\ufeff${dirty}`, { ...dirtyExpected, encoding: "utf-8" }],
    "a byte order mark before a quoted header": [
      "products.csv",
      `\ufeff"product_id","name","category"\r\n"P1","产品","客户"\r\n`,
      { loaded: [["P1", "产品", "客户"]] },
    ],
    "GB18030, told by its bytes": ["products.csv", gb, gbExpected],
    "GB18030, told by sources.yaml": ["products.csv", gb, gbExpected, "  encoding: gb18030\n"],
    "GBK by its own name": [
      "products.csv",
      latin1(`${header}\nP1,\xb2\xfa\xc6\xb7,\xbf\xcd\xbb\xa7\n`),
      { encoding: "gb18030", loaded: [["P1", "产品", "客户"]] },
      "  encoding: gbk\n",
    ],
    "UTF-16LE with its mark": [
      "products.csv",
      Buffer.from(`\ufeff${dirty}`, "utf16le"),
      { ...dirtyExpected, encoding: "utf-16le" },
    ],
    "UTF-16BE with its mark": [
      "products.csv",
      Buffer.from(`\ufeff${dirty}`, "utf16le").swap16(),
      { ...dirtyExpected, encoding: "utf-16be" },
    ],
    "UTF-16LE without a mark, told by sources.yaml": [
      "products.csv",
      Buffer.from(dirty, "utf16le"),
      { ...dirtyExpected, encoding: "utf-16le" },
      "  encoding: utf-16le\n",
    ],
    "lines that are no UTF-8": [
      "products.csv",
      Buffer.concat([
        Buffer.from(`${header}\nP1,产品,客户\n`),
        latin1("P2,caf\xe9,x\nP3,\xff\xfe,x\n"),
        Buffer.from("P4,,客\nP5,é,x\n"),
        latin1("P6,\xc0\xaf,x\n"),
        Buffer.from("P7,产,x\n"),
      ]),
      {
        encoding: "utf-8",
        loaded: [
          ["P1", "产品", "客户"],
          ["P5", "é", "x"],
          ["P7", "产", "x"],
        ],
        refused: [
          [3, "bad_encoding", "P2,caf\\xE9,x"],
          [4, "bad_encoding", "P3,\\xFF\\xFE,x"],
          [5, "required", { product_id: "P4", name: null, category: "客" }],
          [7, "bad_encoding", "P6,\\xC0\\xAF,x"],
        ],
      },
    ],
    gzip: ["products.csv.gz", gzipSync(dirty), dirtyExpected],
    "gzip of GB18030": ["products.csv.gz", gzipSync(gb), gbExpected],
    semicolons: [
      "products.csv",
      'product_id;name;category\nP1;a,b;x\nP2;"c;d";x\nP3;e\nP4;;x\n',
      {
        loaded: [
          ["P1", "a,b", "x"],
          ["P2", "c;d", "x"],
        ],
        refused: [
          [4, "ragged", "P3;e"],
          [5, "required", { product_id: "P4", name: null, category: "x" }],
        ],
      },
    ],
    "tabs, told by the name": [
      "products.tsv",
      'product_id\tname\tcategory\nP1\ta,b\tx\nP2\t"c\td"\tx\nP3\te\nP4\t\tx\nP5\t f \t\n',
      {
        loaded: [
          ["P1", "a,b", "x"],
          ["P2", "c\td", "x"],
          ["P5", "f", null],
        ],
        refused: [
          [4, "ragged", "P3\te"],
          [5, "required", { product_id: "P4", name: null, category: "x" }],
        ],
      },
    ],
    "a delimiter told by sources.yaml": [
      "products.csv",
      "product_id|name|category\nP1|a,b;c|x\nP2|d\n",
      { loaded: [["P1", "a,b;c", "x"]], refused: [[3, "ragged", "P2|d"]] },
      '  delimiter: "|"\n',
    ],
    "columns in another order, one unknown and one without a name": [
      "products.csv",
      "category,colour,,name,product_id\nx,red,?,a,P1\ny,blue,!,,P2\n",
      {
        loaded: [["P1", "a", "x"]],
        refused: [
          [3, "required", { category: "y", colour: "blue", column3: "!", name: null, product_id: "P2" }],
        ],
      },
    ],
    "an unknown column twice": [
      "products.csv",
      "product_id,name,note,note,category\nP1,a,one,two,x\n",
      { loaded: [["P1", "a", "x"]] },
    ],
    "a header alone": ["products.csv", `${header}\n`, { loaded: [] }],
    "a header alone, without a line end": ["products.csv", header, { loaded: [] }],
  };

describe("files", () => {
  for (const [name, [file, content, expected, settings]] of Object.entries(cases))
    it(name, () => expectProducts(file, content, expected, settings ? sources(settings) : {}));

  it("several of a table: each with line numbers of its own", () =>
    stageFolder(
      {
        "products/a.csv": `${header}\nP1,a,x\nP2,b\n`,
        "products/b.csv.gz": gzipSync(`${header}\n\nP3,"c,x\nP4,,x\n`),
        "products/c.csv": header,
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([
          { rowsMapped: 2, loaded: 1, quarantined: 1, linesRejected: 2 },
        ]);
        expect(await staged.quarantine()).toMatchObject([
          { place: "products/a.csv:3", raw: "P2,b" },
          { place: "products/b.csv.gz:3", raw: 'P3,"c,x' },
          { place: "products/b.csv.gz:4", rules: [["name", "required"]] },
        ]);
      },
    ));
});

const required = "ticket_id, created_at";
const failures: Record<string, [file: string, content: string | Buffer, message: RegExp]> = {
  "an empty file": ["tickets.csv", "", /empty file.*tickets\.csv/],
  "a byte order mark and nothing else": ["tickets.csv", "\ufeff", /empty file.*tickets\.csv/],
  "blank lines and nothing else": ["tickets.csv", "\r\n \r\n\r\n", /empty file.*tickets\.csv/],
  "no required column": [
    "tickets.csv",
    "Nr,Datum\n1,2026-03-01\n",
    new RegExp(
      `tickets\\.csv.*required.*${required}.*found: Nr, Datum.*expected.*ticket_id\\*, customer_id, type`,
    ),
  ],
  "one required column missing": [
    "tickets.csv",
    "ticket_id,type,channel,created\nT1,request,phone,2026-03-01\n",
    /tickets\.csv.*required columns of tickets: created_at \(found: ticket_id, type, channel, created;/,
  ],
  "rows without a header": [
    "tickets.csv",
    "T1,request,phone,2026-03-01\nT2,request,phone,2026-03-01\n",
    /tickets\.csv.*required.*found: T1, request, phone, 2026-03-01/,
  ],
  "a column twice": [
    "tickets.csv",
    "ticket_id,type,Channel,created_at, channel \nT1,request,phone,2026-03-01,fax\n",
    /tickets\.csv.*two columns.*channel/,
  ],
  "a header with an open quote": [
    "tickets.csv",
    'ticket_id,"type,channel\nT1,request,phone\n',
    /header.*tickets\.csv/,
  ],
  "a PNG": ["tickets.csv", latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02"), /not a CSV.*tickets\.csv/],
  "an Excel workbook": [
    "tickets.csv",
    latin1("PK\x03\x04\x14\0\x06\0\x08\0"),
    /not a CSV.*Excel.*tickets\.csv/,
  ],
  "a gzip without .gz": ["tickets.csv", gzipSync(`${header}\n`), /not a CSV.*gzip.*tickets\.csv/],
  "bytes of any value": [
    "tickets.csv",
    Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * index * 31 + index * 7) % 251)),
    /tickets\.csv/,
  ],
  "UTF-16 without a mark": [
    "tickets.csv",
    Buffer.from("ticket_id,type\nT1,request\n", "utf16le"),
    /UTF-16.*encoding.*tickets\.csv/,
  ],
  "text under .gz": ["tickets.csv.gz", "ticket_id\n", /cannot read.*tickets\.csv\.gz/],
  "a gzip that breaks off": [
    "tickets.csv.gz",
    gzipSync(
      Buffer.from(Array.from({ length: 4000 }, (_, index) => `T${index * 7919},a\n`).join("")),
    ).subarray(0, 5000),
    /tickets\.csv\.gz/,
  ],
};

describe("files that cannot be read end the build with exit code 1 and their name", () => {
  for (const [name, [file, content, message]] of Object.entries(failures))
    it(name, () =>
      expect(stageFolder({ [file]: content }, async () => "loaded")).rejects.toMatchObject({
        name: "CliError",
        message: expect.stringMatching(message),
        exitCode: 1,
      }),
    );
});
