import { describe, expect, it } from "vitest";
import { align, width } from "../../../src/cli/print/align.js";
import { csvText } from "../../../src/cli/print/csv.js";

describe("csv", () => {
  const cells = ["=HYPERLINK(1)", "+86-021", "-2+3", "@SUM(A1:A9)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"];
  const kept = ["华东", "a=b", "", "'x", "−3", " =1"];

  it("stays as it is for machines", () => {
    expect(
      csvText([
        ["a", "b"],
        ["=1+1", -2.5],
      ]),
    ).toBe("a,b\r\n=1+1,-2.5\r\n");
    expect(csvText([['say "x"', "a,b", null, undefined]])).toBe('"say ""x""","a,b",,\r\n');
  });

  it.each(cells)("for a spreadsheet %j does not run", (cell) => {
    const quoted = cell.includes("\r") ? `"'${cell}"` : `'${cell}`;
    expect(csvText([[cell]], { excel: true })).toBe(`\ufeff${quoted}\r\n`);
  });

  it.each(kept)("for a spreadsheet %j stays", (cell) => {
    expect(csvText([[cell]], { excel: true })).toBe(`\ufeff${cell}\r\n`);
  });

  it("for a spreadsheet numbers stay numbers", () => {
    expect(csvText([[-2, 0, 1e-7, true]], { excel: true })).toBe("\ufeff-2,0,1e-7,true\r\n");
  });
});

describe("columns of a terminal", () => {
  it.each([
    ["𠮷川組", 6],
    ["👍", 2],
    ["👨‍👩‍👧", 2],
    ["e\u0301", 1],
    ["\u200bab", 2],
    ["😀🇨🇳", 4],
    ["ｱ－", 3],
    ["1,234.5 %", 9],
  ])("%s takes %i", (text, columns) => {
    expect(width(text)).toBe(columns);
  });

  it("are where the next cell begins, whatever stands before", () => {
    const lines = align([
      ["name", "n"],
      ["𠮷川組", "1"],
      ["👨‍👩‍👧👍", "12"],
      ["Zoe\u0301", "123"],
    ])
      .split("\n")
      .filter(Boolean);
    expect(new Set(lines.map((line) => width(line)))).toEqual(new Set([13]));
  });
});
