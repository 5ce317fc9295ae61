import { describe, expect, it } from "vitest";
import { shownByCode } from "../../../loaders/xlsx/numberFormat.js";
import { numberText, timeText } from "../../../loaders/xlsx/serial.js";
import { row, smallWorkbook } from "./smallWorkbook.js";
import { readSheet } from "./withSheet.js";

const headed = (heads: string[], rows: string) => row(1, heads) + rows;

describe("numbers", () => {
  it.each([
    ["0.1", "0.1"],
    ["0.30000000000000004", "0.30000000000000004"],
    ["19.989999999999998", "19.989999999999998"],
    ["12345678901234567", "12345678901234567"],
    ["-7", "-7"],
    ["1E-4", "0.0001"],
    ["-1.5E-3", "-0.0015"],
    ["1.25E+2", "125"],
    ["1.2345E2", "123.45"],
    ["9.9E+14", "990000000000000"],
    // Excel keeps 15 digits of an id: what it has shortened stays visibly so.
    ["1.23456789012345E+17", "1.23456789012345E+17"],
  ])("%s is stored, %s read", (stored, text) => expect(numberText(stored)).toBe(text));
});

describe("formats", () => {
  it.each([
    ["General", "number"],
    ["G/通用格式", "number"],
    ["0.00", "number"],
    ["#,##0.00_);[Red](#,##0.00)", "number"],
    ['0"天"', "number"],
    ['0.00"days"', "number"],
    ["0.00E+00", "number"],
    ["[Red][>=100]0", "number"],
    ["¥#,##0.00", "number"],
    ["yyyy-mm-dd", "day"],
    ['yyyy"年"m"月"d"日"', "day"],
    ["yyyy年m月d日", "day"],
    ["[$-804]yyyy/m/d;@", "day"],
    ["mmm-yy", "day"],
    ["aaaa", "day"],
    ["yyyy-mm-dd hh:mm:ss", "moment"],
    ['yyyy"年"m"月"d"日" h"时"mm"分"', "moment"],
    ["m/d/yy h:mm", "moment"],
    ["h:mm AM/PM", "time"],
    ["上午/下午h:mm", "time"],
    ["mm:ss.0", "time"],
    ["[h]:mm:ss", "span"],
  ])("%s shows a %s", (code, shown) => expect(shownByCode(code)).toBe(shown));
});

describe("times", () => {
  it.each([
    // As Excel shows them; 45352 is 2024-03-01.
    [45352, "day", false, "2024-03-01"],
    [45352.395833333336, "moment", false, "2024-03-01 09:30:00"],
    [45352.999999999, "moment", false, "2024-03-02"],
    [45352.5, "day", false, "2024-03-01"],
    [1, "day", false, "1900-01-01"],
    [59, "day", false, "1900-02-28"],
    [60, "day", false, "1900-02-29"],
    [61, "day", false, "1900-03-01"],
    [0, "day", false, "1899-12-31"],
    [2958465, "day", false, "9999-12-31"],
    [2958466, "day", false, undefined],
    [-1, "day", false, undefined],
    [0, "day", true, "1904-01-01"],
    [43890, "day", true, "2024-03-01"],
    [0.395833333333333, "time", false, "09:30:00"],
    [45352.395833333336, "time", false, "2024-03-01 09:30:00"],
    [1.09375, "span", false, "26:15:00"],
    [0.000011574074, "time", false, "00:00:01"],
    [45352.0000086806, "moment", false, "2024-03-01 00:00:00.750"],
  ] as const)("%d as a %s (1904: %s) is %s", (serial, shown, is1904, text) =>
    expect(timeText(serial, shown, is1904)).toBe(text),
  );
});

describe("cells", () => {
  it("texts: shared, inline, rich, escaped, without how to pronounce them", async () => {
    const { columns, rows } = await readSheet(
      await smallWorkbook({
        strings: [
          "<t>编号</t>",
          "<t>名称</t>",
          '<r><rPr><b/></rPr><t>上海</t></r><r><t xml:space="preserve"> 机械</t></r>',
          '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
          "<t>a_x000D_b _x005F_x0041_ &amp; &lt;c&gt;</t>",
          "<t>_xD83D__xDE00_</t>",
          "<t>_xD83D_ alone</t>",
        ],
        sheets: [
          {
            name: "S",
            rows: headed(
              ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>'],
              row(2, ["C1", '<c t="s"><v>2</v></c>']) +
                row(3, [
                  '<c t="inlineStr"><is><r><t>C</t></r><r><t>2</t></r></is></c>',
                  '<c t="s"><v>3</v></c>',
                ]) +
                row(4, ["0001", '<c t="s"><v>4</v></c>']) +
                row(5, ['<c t="str"><f>"C"&amp;4</f><v>C4</v></c>', 'x, "y"']) +
                row(6, ['<c t="s"><v>5</v></c>', '<c t="s"><v>6</v></c>']),
            ),
          },
        ],
      }),
    );
    expect(columns).toEqual(["编号", "名称"]);
    expect(rows).toEqual([
      ["C1", "上海 机械"],
      ["C2", "東京"],
      ["0001", "a\rb _x0041_ & <c>"],
      ["C4", 'x, "y"'],
      ["😀", "_xD83D_ alone"],
    ]);
  });

  it("numbers as stored, times by their formats, booleans, errors; a formula counts by the value it last had", async () => {
    const book = (is1904: boolean) =>
      smallWorkbook({
        is1904,
        formats: ['yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm:ss", 31, "0%"],
        sheets: [
          {
            name: "S",
            rows: headed(
              ["n", "day", "at", "b", "e", "f", "iso"],
              row(2, [
                "<c><v>0.30000000000000004</v></c>",
                '<c s="1"><v>46082</v></c>',
                '<c s="2"><v>46082.395833333336</v></c>',
                '<c t="b"><v>1</v></c>',
                '<c t="e"><v>#N/A</v></c>',
                "<c><f>A2*2</f><v>0.6</v></c>",
                '<c t="d" s="2"><v>2026-03-01T09:30:00</v></c>',
              ]) +
                row(3, [
                  '<c s="4"><v>0.05</v></c>',
                  '<c s="3"><v>46082.5</v></c>',
                  '<c s="2"><v>46082</v></c>',
                  '<c t="b"><v>0</v></c>',
                  '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
                  "<c><f>A3*2</f></c>",
                  '<c t="d" s="1"><v>2026-03-01T00:00:00</v></c>',
                ]),
            ),
          },
        ],
      });
    const read = await readSheet(await book(false));
    expect(read.rows).toEqual([
      [
        "0.30000000000000004",
        "2026-03-01",
        "2026-03-01 09:30:00",
        "TRUE",
        "#N/A",
        "0.6",
        "2026-03-01 09:30:00",
      ],
      ["0.05", "2026-03-01", "2026-03-01", "FALSE", "#DIV/0!", "#NOT_CALCULATED!", "2026-03-01"],
    ]);
    expect(read.told).toEqual([
      "台账.xlsx: read from sheet S, headings in row 1",
      "台账.xlsx: cells whose formula has an error: 2, the first E2 (#N/A); #N/A is read as nothing, any other where a value is needed has its row refused",
      "台账.xlsx: formulas that were never calculated: 1; open it in Excel and save it, or their rows are refused",
      "台账.xlsx: days whose time of day their cell's format does not show, read as days: 1",
    ]);
    // The same numbers, counted from 1904, are 1,462 days later.
    const later = await readSheet(await book(true));
    expect(later.rows[0]?.slice(1, 3)).toEqual(["2030-03-02", "2030-03-02 09:30:00"]);
  });
});
