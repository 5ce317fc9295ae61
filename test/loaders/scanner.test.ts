import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDialect } from "../../loaders/csv/dialect.js";
import { CsvScanner } from "../../loaders/csv/scanner.js";
import { scanText } from "./scan.js";

const header = "a,b,c\n";
const rejectedOf = (text: string) =>
  scanText(text).scanner.rejected.map(({ line, rule, raw }) => [line, rule, raw]);

describe("the byte pass", () => {
  it("counts plain rows, blank lines apart", () => {
    const { scanner } = scanText(`${header}1,2,3\n\n4,5,6\n   \n7,8,9`);
    expect([scanner.rowsRead, scanner.accepted, scanner.blankLines]).toEqual([3, 3, 2]);
    expect([0, 1, 2].map((ordinal) => scanner.lineOf(ordinal))).toEqual([2, 4, 6]);
  });

  it("takes LF, CRLF and CR for line ends", () => {
    for (const [first, second] of ["\n", "\r\n", "\r"].flatMap((one) =>
      ["\n", "\r\n", "\r"].map((two) => [one, two]),
    )) {
      const { scanner, records } = scanText(`a,b,c${first}1,2,3${second}4,5,6${first}7,8,9`);
      expect([scanner.accepted, scanner.rejected.length]).toEqual([3, 0]);
      expect(records.split(/\r\n|\n/)).toEqual(["1,2,3", "4,5,6", "7,8,9", ""]);
    }
  });

  it("rejects lines with more or fewer fields than the header, also surplus empty ones", () => {
    expect(rejectedOf(`${header}1,2\n1,2,3\n1,2,3,4\n1,2,3,\n`)).toEqual([
      [2, "ragged", "1,2"],
      [4, "ragged", "1,2,3,4"],
      [5, "ragged", "1,2,3,"],
    ]);
  });

  it("keeps quoted delimiters, quotes and line ends", () => {
    const { scanner, records } = scanText(`${header}1,"x, y","say ""hi"""\n2,"two\nlines",z\n3,p,q\n`);
    expect([scanner.accepted, scanner.rejected.length, scanner.multiLineRecords]).toEqual([3, 0, 1]);
    expect(records).toBe(`1,"x, y","say ""hi"""\n2,"two\nlines",z\n3,p,q\n`);
    expect([0, 1, 2].map((ordinal) => scanner.lineOf(ordinal))).toEqual([2, 3, 5]);
  });

  it("keeps quotes inside unquoted fields", () => {
    const { scanner, records } = scanText(`${header}1,5" pipe,x\n2,a"b"c,"y" \n`);
    expect(scanner.rejected).toEqual([]);
    expect(records).toBe(`"1","5"" pipe","x"\n"2","a""b""c","y"\n`);
  });

  it("lets a stray quote cost its own line only", () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `${index},name ${index},x`);
    for (const at of [0, 1, 700, 1998, 1999]) {
      for (const broken of [`${at},"name,x`, `"${at},name,x`, `${at},"na"me,x`]) {
        const dirty = rows.with(at, broken);
        const { scanner } = scanText(`${header}${dirty.join("\n")}\n`, 4096);
        expect(scanner.rejected.map(({ line, raw }) => [line, raw])).toEqual([[at + 2, broken]]);
        expect(scanner.accepted).toBe(1999);
      }
    }
  });

  it("does not believe two stray quotes that would swallow the rows between", () => {
    for (const distance of [2, 3, 10, 500]) {
      const rows = Array.from({ length: 600 }, (_, index) => `${index},name,x`);
      rows[20] = '20,"name,x';
      rows[20 + distance] = `${20 + distance},na",x`;
      const { scanner } = scanText(`${header}${rows.join("\n")}\n`);
      expect(scanner.accepted + scanner.rejected.length).toBe(600);
      expect(scanner.rejected.map(({ line }) => line)).toEqual([22]);
    }
  });

  it("rejects NUL bytes, bytes that are no UTF-8 and overlong lines, each as its line", () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}1,a\0b,c\n2,`),
      Buffer.from([0xff, 0xe9]),
      Buffer.from(`,c\n3,${"x".repeat(10_000_000)},c\n4,é,c\n`),
    ]);
    const { scanner } = scanText(bytes);
    expect(scanner.accepted).toBe(1);
    expect(scanner.rejected.map(({ line, rule }) => [line, rule])).toEqual([
      [2, "nul_byte"],
      [3, "bad_encoding"],
      [4, "line_too_long"],
    ]);
    expect(scanner.rejected[1]?.raw).toBe("2,\\xFF\\xE9,c");
    expect(scanner.rejected[2]?.raw.length).toBe(10_000_004);
  });

  it("rejects a ragged record over several lines as one, at its first", () => {
    const { scanner } = scanText(`${header}1,"two\nlines"\n1,2,3\n1,"a\n\nb","c\r\nd",4\n5,6,7\n`);
    expect(scanner.rejected.map(({ line, rule, fields, raw }) => [line, rule, fields, raw])).toEqual([
      [2, "ragged", 2, '1,"two\nlines"'],
      [5, "ragged", 4, '1,"a\n\nb","c\r\nd",4'],
    ]);
    expect([0, 1].map((ordinal) => scanner.lineOf(ordinal))).toEqual([4, 9]);
  });

  it("looks at no bytes beyond those it is given", () => {
    const stale = Buffer.from("1,2,3\n4,5,6\n");
    const shape = { fields: 3, delimiter: 44, newline: "\n" as const };
    const scanner = new CsvScanner(shape, { ordinal: 0, offset: 0, line: 2 });
    expect([scanner.push(stale, 0, false), scanner.push(stale, 0, true), scanner.rowsRead]).toEqual([
      0, 0, 0,
    ]);
  });

  it("finds spoilt bytes behind the last LF of a piece, where lines end with CR", () => {
    const text = Buffer.concat([
      Buffer.from(`${header}1,2,3\n4,5,`),
      Buffer.from("e90d", "hex"),
      Buffer.from("7,8"),
    ]);
    const { scanner } = scanText(text, text.length - header.length - 2);
    expect(scanner.rejected.map(({ line, rule }) => [line, rule])).toEqual([
      [3, "bad_encoding"],
      [4, "ragged"],
    ]);
  });

  const cell = fc.oneof(
    fc.constantFrom("", "x", "名称", "a,b", 'say "hi"', "two\nlines", "two\r\nlines", "é", "long ".repeat(9)),
    fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[\0\ud800-\udfff]/g, "")),
  );
  const written = (text: string) =>
    /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const record = fc.tuple(fc.nat(999).map(String), cell, cell, cell);

  it("property: properly written records are all accepted, as they stand", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        (rows, newline) => {
          const body = rows.map((cells) => cells.map(written).join(",") + newline).join("");
          const { scanner, records } = scanText(`id,a,b,c${newline}${body}`);
          expect(scanner.rejected).toEqual([]);
          expect(scanner.accepted).toBe(rows.length);
          expect(records).toBe(body);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("property: a record rejected as one swallowed nothing reading line by line would have kept", () => {
    const part = fc.constantFrom(
      '"',
      '"',
      ",",
      ",",
      "\n",
      "\n",
      "x",
      "P1",
      '""',
      " ",
      '","',
      "\r\n",
      "a,b,c\n",
      '1,"x",c\n',
    );
    let several = 0;
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 10, maxLength: 40 }),
        fc.constantFrom("a,b,c", "a,b"),
        (parts, head) => {
          const text = `${head}\n${parts.join("")}`;
          const { scanner } = scanText(text);
          for (const { offset, raw } of scanner.rejected) {
            const firstEnd = raw.search(/[\r\n]/);
            if (firstEnd < 0) continue;
            several++;
            const from = (start: number) => scanText(`${head}\n${text.slice(start)}`).records;
            expect(from(offset + firstEnd)).toBe(from(offset));
          }
        },
      ),
      { numRuns: 3000, seed: 20261125 },
    );
    expect(several).toBeGreaterThan(100);
  });

  it("property: any bytes are accounted for line by line, however they are cut", () => {
    const line = fc.oneof(
      record.map((cells) => cells.map(written).join(",")),
      fc.constantFrom('1,"x,y', "1,2,3", 'a"b,c,d,e', '"""', ",,,", "", "  ", '1,"a"b,c,d', '1,"a" ,c,"d"'),
      fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "x", " "), maxLength: 12 }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 15 }),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 40 }),
        (lines, newline, pieceSize) => {
          const text = `id,a,b,c${newline}${lines.join(newline)}`;
          const whole = scanText(text);
          const cut = scanText(text, pieceSize);
          const counted = scanText(text, 1 << 22, false);
          expect(cut.records).toBe(whole.records);
          expect(cut.scanner.rejected).toEqual(whole.scanner.rejected);
          if (counted.scanner.doubts.size === 0) {
            expect(counted.scanner.rowsRead).toBe(whole.scanner.rowsRead);
            expect(counted.scanner.rejected).toEqual(whole.scanner.rejected);
          }
          const again = scanText(`id,a,b,c${newline}${whole.records}`);
          expect(again.scanner.accepted).toBe(whole.scanner.accepted);
          expect(again.scanner.rejected).toEqual([]);
        },
      ),
      { numRuns: 2000, examples: [[[",\r,,\n"], "\r\n", 1]] },
    );
  });
});

it("a buffer that another read has used before: only its first bytes count", () => {
  const header = Buffer.from("id,name\n");
  const dialect = readDialect(header, true, "test.csv");
  const used = Buffer.from("x,y\n".repeat(10));
  const start = { ordinal: 0, offset: dialect.bodyOffset, line: dialect.bodyLine };
  const scanner = new CsvScanner(dialect, start);
  expect(scanner.push(used, 0, false)).toBe(0);
  expect(scanner.push(used, 8, false)).toBe(8);
  expect(scanner.push(used, 0, true)).toBe(0);
  expect([scanner.rowsRead, scanner.accepted]).toEqual([2, 2]);
});
