import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stageFolder } from "../load/stageFolder.js";
import { isLong } from "../long.js";
import { encodeGb18030, twoByteCharacters } from "./encodeGb18030.js";
import { type Expected, expectEquations, expectProducts, type Refusal } from "./faultyFile.js";

const header = "product_id,name,category";
const latin1 = (text: string) => Buffer.from(text, "latin1");
const gb = (...parts: (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? encodeGb18030(part) : part)));
const utf8 = (...parts: (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));

/** 客 is BFCD, 户 BBA7: BF before a line end is the first half of 客 alone. */
const half = latin1("\xbf");

const cases: Record<string, [content: Buffer, expected: Expected, encoding: "gb18030" | "utf-8"]> = {
  "GB18030 with half a character before a line end": [
    gb(`${header}\nP1,产品,客户\nP2,产品,客`, half, "\nP3,,客户\nP4,客户,产品\n"),
    {
      loaded: [
        ["P1", "产品", "客户"],
        ["P4", "客户", "产品"],
      ],
      refused: [
        [3, "bad_encoding", "P2,产品,客\\xBF"],
        [4, "required", { product_id: "P3", name: null, category: "客户" }],
      ],
    },
    "gb18030",
  ],
  "GB18030 spoilt in several ways, with CRLF, the last line without an end": [
    gb(
      `${header}\r\nP1,产品,客户\r\nP2,`,
      latin1("caf\xe9,\xff\xff\r\nP3,\x81\x30,x\r\n"),
      'P4,"产,\r\n品",x\r\nP5,产品,x\r\nP6,客户,x\r\nP7,户,',
      half,
    ),
    {
      loaded: [
        ["P1", "产品", "客户"],
        ["P4", "产,\r\n品", "x"],
        ["P5", "产品", "x"],
        ["P6", "客户", "x"],
      ],
      refused: [
        [3, "bad_encoding", "P2,caf\\xE9,\\xFF\\xFF"],
        [4, "bad_encoding", "P3,\\x810,x"],
        [9, "bad_encoding", "P7,户,\\xBF"],
      ],
    },
    "gb18030",
  ],
  "GB18030 with CR for line ends": [
    gb(`${header}\rP1,产品,客户\rP2,产品,客`, half, "\rP3,客户,产品\r"),
    {
      loaded: [
        ["P1", "产品", "客户"],
        ["P3", "客户", "产品"],
      ],
      refused: [[3, "bad_encoding", "P2,产品,客\\xBF"]],
    },
    "gb18030",
  ],
  "GB18030 spoilt in the header, in a column nobody needs": [
    gb(`${header},备`, half, "\nP1,产品,客户,\nP2,客户,产品,产\nP3,客户,产品\n"),
    {
      loaded: [
        ["P1", "产品", "客户"],
        ["P2", "客户", "产品"],
      ],
      refused: [[4, "ragged", "P3,客户,产品"]],
    },
    "gb18030",
  ],
  "GB18030 spoilt in quoted cells over several lines": [
    gb(
      `${header}\nP1,产品,"客户\n产`,
      half,
      `"\nP2,"客`,
      half,
      `\n产品\n",x\nP3,"产`,
      half,
      `,x\nP4,产品,x\nP5,"客\n户",x\nP6,产,x\n`,
    ),
    {
      loaded: [
        ["P4", "产品", "x"],
        ["P5", "客\n户", "x"],
        ["P6", "产", "x"],
      ],
      refused: [
        [2, "bad_encoding", 'P1,产品,"客户\n产\\xBF"'],
        [4, "bad_encoding", 'P2,"客\\xBF\n产品\n",x'],
        [7, "bad_encoding", 'P3,"产\\xBF,x'],
      ],
    },
    "gb18030",
  ],
  "GB18030 whose short names are UTF-8 by accident": [
    // D5 A1 is 铡 in GB18030 and U+0561 in UTF-8.
    gb(`${header}\nP1,`, latin1("\xd5\xa1"), `,x\nP2,产品,x\nP3,客户,客`, half, "\nP4,户,x\n"),
    {
      loaded: [
        ["P1", "铡", "x"],
        ["P2", "产品", "x"],
        ["P4", "户", "x"],
      ],
      refused: [[4, "bad_encoding", "P3,客户,客\\xBF"]],
    },
    "gb18030",
  ],
  "UTF-8 with lines that are GB18030, and spoilt ones": [
    utf8(`${header}\nP1,产品,客户\nP2,`, gb("产品"), `,x\nP3,,客户\nP4,客户,x\nP5,é,客`, half, "\nP6,产,x\n"),
    {
      loaded: [
        ["P1", "产品", "客户"],
        ["P4", "客户", "x"],
        ["P6", "产", "x"],
      ],
      refused: [
        // 品 is C6B7, the UTF-8 of Ʒ.
        [3, "bad_encoding", "P2,\\xB2\\xFAƷ,x"],
        [4, "required", { product_id: "P3", name: null, category: "客户" }],
        [6, "bad_encoding", "P5,é,客\\xBF"],
      ],
    },
    "utf-8",
  ],
  "UTF-8 spoilt in the header, in a column nobody needs": [
    utf8(`${header},备`, half, "\nP1,产品,客户,\nP2,,产品,产\nP3,客户,产品\n"),
    {
      loaded: [["P1", "产品", "客户"]],
      refused: [
        [3, "required", { product_id: "P2", name: null, category: "产品", "备\ufffd": "产" }],
        [4, "ragged", "P3,客户,产品"],
      ],
    },
    "utf-8",
  ],
  "as many lines of each: UTF-8": [
    utf8(`${header}\nP1,产品,x\nP2,`, gb("产品"), ",x\nP3,a,x\n"),
    {
      loaded: [
        ["P1", "产品", "x"],
        ["P3", "a", "x"],
      ],
      refused: [[3, "bad_encoding", "P2,\\xB2\\xFAƷ,x"]],
    },
    "utf-8",
  ],
  "U+FFFD written in GB18030 is text": [
    gb(`${header}\nP1,产\ufffd,客户\nP2,产\ufffd,客`, half, "\nP3,\ufffd,x\n"),
    {
      loaded: [
        ["P1", "产\ufffd", "客户"],
        ["P3", "\ufffd", "x"],
      ],
      refused: [[3, "bad_encoding", "P2,产\ufffd,客\\xBF"]],
    },
    "gb18030",
  ],
  "U+FFFD written in UTF-8 is text": [
    utf8(`${header}\nP1,产\ufffd,客户\nP2,产\ufffd,客`, half, "\nP3,\ufffd,x\n"),
    {
      loaded: [
        ["P1", "产\ufffd", "客户"],
        ["P3", "\ufffd", "x"],
      ],
      refused: [[3, "bad_encoding", "P2,产\ufffd,客\\xBF"]],
    },
    "utf-8",
  ],
};

describe.skipIf(isLong)("a spoilt line costs itself, the encoding is what holds most lines", () => {
  for (const [name, [content, expected, encoding]] of Object.entries(cases)) {
    it(name, () => expectProducts("products.csv", content, { ...expected, encoding }));
    it(`${name}, compressed`, () =>
      expectProducts("products.csv.gz", gzipSync(content), { ...expected, encoding }));
  }

  it("a file of another encoding keeps the digest of its own bytes", async () => {
    const content = gb(`${header}\nP1,产品,客户\n`);
    const files = { "products/a.csv": content, "products/b.csv.gz": gzipSync(content) };
    await stageFolder(files, async ({ rows }) => {
      const kept = await rows("select file, sha256 from ingest.files order by file");
      expect(kept).toEqual(
        Object.entries(files).map(([file, bytes]) => ({
          file,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        })),
      );
    });
  });
});

describe.skipIf(isLong)("text whose encoding cannot be told is asked for, naming the file", () => {
  const asked: Record<string, string> = {
    "one byte beyond ASCII, which Windows-1252 has": "P1,a,x\nP2,b\xff,x\n",
    "Latin-1, most of whose lines could be Chinese":
      "P1,M\xfcller,x\nP2,J\xe4ger,x\nP3,K\xf6hler,x\nP4,caf\xe9,x\n",
    "Big5: 臺灣積體電路, 鴻海精密工業":
      "P1,\xbb\x4f\xc6\x57\xbf\x6e\xc5\xe9\xb9\x71\xb8\xf4,x\nP2,\xc2\x45\xae\xfc\xba\xeb\xb1\x4b\xa4\x75\xb7\x7e,x\n",
    "EUC-KR: 삼성전자, 현대자동차":
      "P1,\xbb\xef\xbc\xba\xc0\xfc\xc0\xda,x\nP2,\xc7\xf6\xb4\xeb\xc0\xda\xb5\xbf\xc2\xf7,x\n",
  };
  for (const [name, rows] of Object.entries(asked))
    it(name, () =>
      expect(
        stageFolder({ "products.csv": latin1(`${header}\n${rows}`) }, async () => undefined),
      ).rejects.toMatchObject({
        message: expect.stringMatching(/set "encoding:".*products\.csv/),
        exitCode: 2,
      }),
    );
});

describe("spoilt lines deep in large files", () => {
  // 1 MiB is looked at when a file is opened, 8 MiB are scanned before the reader starts.
  const count = 300_000;
  const places = [0, 20_000, 20_001, 150_000, 299_999];
  const refusedAt = (places: readonly number[]) =>
    places.map((index) => ({ place: `products.csv:${index + 2}`, rules: [[null, "bad_encoding"]] }));
  const large = (encode: (text: string) => Buffer, row: (index: number) => string, bad: Buffer) => {
    const parts = [encode(`${header}\n`)];
    let from = 0;
    for (const place of [...places, count]) {
      const rows = Array.from({ length: place - from }, (_, index) => row(from + index));
      parts.push(encode(rows.join("")));
      if (place < count) parts.push(encode(`P${place},`), bad, encode(",客户\n"));
      from = place + 1;
    }
    return Buffer.concat(parts);
  };
  const expectLarge = (content: Buffer, encoding: string, samples: Readonly<Record<string, string>>) =>
    stageFolder({ "products.csv": content }, async (staged) => {
      await expectEquations(staged);
      expect(staged.report.files).toMatchObject([
        { encoding, rowsRead: count, rowsAccepted: count - places.length },
      ]);
      expect(await staged.quarantine()).toMatchObject(refusedAt(places));
      for (const [id, name] of Object.entries(samples))
        expect(await staged.rows(`select name from staging.products where product_id = '${id}'`)).toEqual([
          { name },
        ]);
    });

  it.runIf(isLong)("in GB18030", () =>
    expectLarge(
      large(encodeGb18030, (index) => `P${index},产品 number ${index} of many,客户\n`, half),
      "gb18030",
      { P1: "产品 number 1 of many", P299998: "产品 number 299998 of many" },
    ),
  );

  it.skipIf(isLong)("in GB18030 that begins with ASCII", () =>
    expectLarge(
      large(
        encodeGb18030,
        (index) => `P${index},${index < 250_000 ? "part" : "产品"} number ${index} of many,x\n`,
        half,
      ),
      "gb18030",
      { P1: "part number 1 of many", P299998: "产品 number 299998 of many" },
    ),
  );

  it.skipIf(isLong)("in UTF-8, some of them GB18030", () =>
    expectLarge(
      large(
        (text) => Buffer.from(text),
        (index) => `P${index},产品 number ${index} of many,客户\n`,
        encodeGb18030("产品"),
      ),
      "utf-8",
      { P1: "产品 number 1 of many", P299998: "产品 number 299998 of many" },
    ),
  );

  it.skipIf(isLong)("a GB18030 file that begins with ASCII and a stray quote", () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `P${index},plain name number ${index},x\n`);
    rows[5] = 'P5,"plain,x\n';
    const rest = ["P40000,产品,客户\n", "P40001,客", half, "\n", "P40002,客户,x\n"];
    return stageFolder({ "products.csv": gb(`${header}\n`, rows.join(""), ...rest) }, async (staged) => {
      await expectEquations(staged);
      expect(staged.report.files).toMatchObject([{ encoding: "gb18030", rowsRead: 40_003 }]);
      expect(await staged.quarantine()).toEqual([
        { place: "products.csv:7", raw: 'P5,"plain,x', rules: [[null, "broken_quoting"]] },
        { place: "products.csv:40003", raw: "P40001,客\\xBF", rules: [[null, "bad_encoding"]] },
      ]);
    });
  });

  it.skipIf(isLong)("a header that is UTF-8 before rows of GB18030 beyond the beginning", () => {
    const plain = Array.from({ length: 40_000 }, (_, index) => `P${index},plain name number ${index},x,\n`);
    const rest = ["P40000,产品,客户,备\n", "P40001,客", half, ",x,\n", "P40002,,客户,\n", "P40003,客户,x,\n"];
    const content = Buffer.concat([Buffer.from(`${header},备注\n${plain.join("")}`), gb(...rest)]);
    return stageFolder({ "products.csv": content }, async (staged) => {
      await expectEquations(staged);
      expect(await staged.quarantine()).toMatchObject([
        { place: "products.csv:40003", raw: "P40001,客\\xBF,x," },
        {
          place: "products.csv:40004",
          raw: JSON.stringify({ product_id: "P40002", name: null, category: "客户", 备注: null }),
        },
      ]);
      expect(await staged.rows("select name from staging.products where product_id = 'P40003'")).toEqual([
        { name: "客户" },
      ]);
    });
  });
});

describe("property: of random texts exactly the spoilt lines are refused", () => {
  const common = Array.from({ length: 3000 }, (_, index) => String.fromCharCode(0x4e00 + index));
  const char = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...common) },
    { weight: 2, arbitrary: fc.constantFrom(...twoByteCharacters) },
    { weight: 1, arbitrary: fc.constantFrom("a", "7", " ", "|", ";", "㐀", "\ufffd", "x,y", '"', "z\nz") },
  );
  const line = fc.tuple(
    fc.array(char, { minLength: 4, maxLength: 12 }).map((chars) => chars.join("")),
    fc.array(char, { maxLength: 6 }).map((chars) => chars.join("")),
  );
  const spoilt = fc.constantFrom("\xe9", "\xff\xfe", "\x81\x30", "\xbf", "ab\xfe");
  const layout = fc.record({
    sound: fc.array(line, { minLength: 12, maxLength: 40 }),
    bad: fc.array(fc.tuple(fc.nat(40), spoilt), { maxLength: 8 }),
    newline: fc.constantFrom("\n", "\r\n"),
    isZipped: fc.boolean(),
    endsOpen: fc.boolean(),
  });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const isVisible = (text: string) => /[^\s\p{C}\ufffd]/u.test(text);

  for (const [encoding, encode] of [
    ["gb18030", encodeGb18030],
    ["utf-8", (text: string) => Buffer.from(text)],
  ] as const)
    it(encoding, async () => {
      await fc.assert(
        fc.asyncProperty(layout, async ({ sound, bad, newline, isZipped, endsOpen }) => {
          const loaded: string[] = [];
          const refused: Refusal[] = [];
          const parts = [encode(header + newline)];
          let lineNumber = 2;
          const add = (record: Buffer, lines: number) => {
            parts.push(record, Buffer.from(newline));
            lineNumber += lines;
          };
          const write = (index: number) => {
            for (const [place, bytes] of bad.filter(([place]) => place === index)) {
              refused.push([lineNumber, "bad_encoding", `B${place}`]);
              add(Buffer.concat([encode(`B${place},品名,`), latin1(bytes)]), 1);
            }
          };
          for (const [index, [name, category]] of sound.entries()) {
            write(index);
            if (!isVisible(name)) continue;
            loaded.push(`P${index}`);
            const cells = [`P${index}`, quoted(name), quoted(category)].join(",");
            add(encode(cells), cells.split("\n").length);
          }
          for (let index = sound.length; index <= 40; index++) write(index);
          if (endsOpen) parts.pop();
          const text = Buffer.concat(parts);
          const file = isZipped ? "products.csv.gz" : "products.csv";
          // Random characters are no text that an encoding could be told from.
          const told = `crm:\n  files: ${file}\n  encoding: ${encoding}\n  tables: {products: {}}\n`;
          const files = { [file]: isZipped ? gzipSync(text) : text, "sources.yaml": told };
          await stageFolder(files, async (staged) => {
            await expectEquations(staged);
            expect(staged.report.files).toMatchObject([
              { encoding, rowsRead: loaded.length + refused.length, linesRejected: refused.length },
            ]);
            expect(
              (await staged.quarantine()).map(({ place, raw, rules }) => [
                place,
                rules[0]?.[1],
                raw.split(",")[0],
              ]),
            ).toEqual(refused.map(([at, rule, id]) => [`${file}:${at}`, rule, id]));
            const names = await staged.rows("select product_id, name from staging.products");
            expect(names.map(({ product_id: id }) => id)).toEqual(loaded);
            for (const { product_id: id, name } of names) {
              const written = sound[Number(String(id).slice(1))]?.[0] ?? "";
              expect(String(name)).toBe(written.trim().normalize("NFC"));
            }
          });
        }),
        { numRuns: isLong ? 25 : 4, seed: 20261126 },
      );
    }, 300_000);
});
