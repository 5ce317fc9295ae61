import { expect, it } from "vitest";
import { row, type SmallBook, smallWorkbook } from "./smallWorkbook.js";
import { readSheet } from "./withSheet.js";

const customers = (first: number, ids = ["C1", "C2"]) =>
  row(first, ["customer_id", "name"]) +
  ids.map((id, index) => row(first + 1 + index, [id, `n${id}`])).join("");

const failure = (book: SmallBook, options = {}) =>
  smallWorkbook(book)
    .then((workbook) => readSheet(workbook, options))
    .then(
      () => "it was read",
      (error: Error & { exitCode?: number }) =>
        `${error.exitCode}: ${error.message.replace(/\S*台账/, "台账")}`,
    );

it("finds headings below a title and a note by the columns that are looked for", async () => {
  const rows =
    row(1, ["客户台账 2026"]) +
    row(2, ["制表：张三", null, "2026-03-01"]) +
    row(4, ["序号", "客户\n编号", "客户名称", null, "备注"]) +
    row(5, [1, "C1", "上海机械", null, "x"]) +
    row(6, [2, "C2", "东京"]);
  const workbook = await smallWorkbook({ sheets: [{ name: "客户", rows }] });
  const read = await readSheet(workbook, { sought: ["客户编号", "trim(客户名称)"] });
  expect(read.columns).toEqual(["序号", "客户编号", "客户名称", "column4", "备注"]);
  expect(read.rows).toEqual([
    ["1", "C1", "上海机械", null, "x"],
    ["2", "C2", "东京", null, null],
  ]);
  expect(read.lines).toEqual([5, 6]);
  expect(read.count).toMatchObject({
    rowsRead: 2,
    accepted: 2,
    encoding: "utf-8",
    certainty: null,
    doubts: [],
  });
  expect(read.told).toEqual(["台账.xlsx: read from sheet 客户, headings in row 4"]);
  // Without anything that is looked for, too.
  expect((await readSheet(workbook)).columns).toEqual(read.columns);
});

it("takes the row that is named, which is no other when it is empty", async () => {
  const book = {
    sheets: [{ name: "S", rows: row(1, ["a", "b"]) + row(2, ["c", "d"]) + row(4, ["e", "f"]) }],
  };
  const read = await readSheet(await smallWorkbook(book), { sheet: "s", headerRow: 2, sought: ["a"] });
  expect(read).toMatchObject({ columns: ["c", "d"], rows: [["e", "f"]], lines: [4], told: [] });
  expect(await failure(book, { headerRow: 3 })).toBe("2: row 3 has no headings: 台账.xlsx");
});

it("merged headings are those of every column below; a merged value stands in every row, in its first column", async () => {
  const read = await readSheet(
    await smallWorkbook({
      sheets: [
        {
          name: "S",
          rows:
            row(1, ["名册"]) +
            row(2, ["客户编号", "联系", null, "地区"]) +
            row(3, [null, "姓名", "电话", null]) +
            row(4, ["C1", "张", 1, "East"]) +
            row(5, [null, "李", 2]) +
            row(6, [null, null, null]) +
            row(7, ["C3", "王", null, "West"]) +
            row(8, ["C4", "赵"]),
          behind:
            '<mergeCells count="5"><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/><mergeCell ref="A4:A6"/><mergeCell ref="D4:D6"/><mergeCell ref="B8:C8"/></mergeCells>',
        },
      ],
    }),
    { sought: ["客户编号"] },
  );
  expect(read.columns).toEqual(["客户编号", "姓名", "电话", "地区"]);
  expect(read.rows).toEqual([
    ["C1", "张", "1", "East"],
    ["C1", "李", "2", "East"],
    ["C3", "王", null, "West"],
    ["C4", "赵", null, null],
  ]);
  expect(read.lines).toEqual([4, 5, 7, 8]);
  expect(read.told).toContain("台账.xlsx: cells that have the value of the merged cell over them: 2");
});

it("reads what is hidden in a sheet and says so, skips rows without anything and cells beside the table", async () => {
  const read = await readSheet(
    await smallWorkbook({
      sheets: [
        {
          name: "S",
          before: '<cols><col min="1" max="1" width="9"/><col min="2" max="16384" hidden="1"/></cols>',
          rows:
            row(2, [null, "id", "name"]) +
            row(3, [null, "1", "x"], ' hidden="1"') +
            row(4, [null, " ", '<c t="str"><f>""</f><v></v></c>']) +
            '<row r="5" ht="15"/><row r="6"><c r="B6" s="0"/></row>' +
            row(7, ["note", null, null, "more"]) +
            row(8, [null, "2", "line 1\r\nline 2"]) +
            row(9, [null, "3", "y"]),
        },
      ],
    }),
  );
  expect(read.rows).toEqual([
    ["1", "x"],
    ["2", "line 1\nline 2"],
    ["3", "y"],
  ]);
  expect(read.lines).toEqual([3, 8, 9]);
  expect(read.count.rowsRead).toBe(3);
  expect(read.told.slice(1)).toEqual([
    "台账.xlsx: hidden rows, read like all others: 1",
    "台账.xlsx: hidden columns, read like all others: B–C",
    "台账.xlsx: cells outside the columns with headings (B–C), not read: 2",
  ]);
});

it("headings that stand again are no row, and the file's sums are rows as any other", async () => {
  const rows = customers(1) + row(4, ["customer_id", "name"]) + row(5, ["C3", "x"]) + row(6, ["合计", "3"]);
  const read = await readSheet(await smallWorkbook({ sheets: [{ name: "S", rows }] }));
  expect(read.rows.map(([id]) => id)).toEqual(["C1", "C2", "C3", "合计"]);
  expect(read.lines).toEqual([2, 3, 5, 6]);
  expect(read.count).toMatchObject({
    rowsRead: 5,
    accepted: 4,
    rejected: [{ line: 4, rule: "repeated_header" }],
  });
});

it("of several sheets takes the one that has the columns, and no hidden one unless it is named", async () => {
  const book: SmallBook = {
    sheets: [
      { name: "说明", rows: row(1, ["read me"]) + row(2, ["by hand"]) },
      { name: "客户", rows: customers(3) },
      { name: "旧", rows: customers(1, ["C9"]), state: "hidden" },
    ],
  };
  const sought = ["customer_id", "name"];
  const workbook = await smallWorkbook(book);
  const read = await readSheet(workbook, { sought });
  expect(read.lines).toEqual([4, 5]);
  expect(read.told).toEqual([
    "台账.xlsx: read from sheet 客户, headings in row 3",
    "台账.xlsx: sheets not read: 说明",
    "台账.xlsx: hidden sheets, which are read only where sources.yaml names them: 旧",
  ]);
  const named = await readSheet(workbook, { sought, sheet: "旧" });
  expect(named.rows).toEqual([["C9", "nC9"]]);
  expect(named.told).toContain("台账.xlsx: sheet 旧 is hidden, and read");
  expect(await failure(book)).toBe(
    "2: no sheet has the columns that are looked for, and several have rows (说明, 客户); name one in sources.yaml, files: {…: {file, sheet}}: 台账.xlsx",
  );
  expect(await failure(book, { sheet: "客戶" })).toBe(
    "2: there is no sheet 客戶, but 说明, 客户, 旧: 台账.xlsx",
  );
  const twice: SmallBook = { sheets: ["1月", "2月"].map((name) => ({ name, rows: customers(1) })) };
  expect(await failure(twice, { sought })).toContain("2: several sheets have the columns (1月, 2月)");
  expect(await failure({ sheets: [{ name: "S", rows: "" }] })).toBe(
    "1: no sheet has anything in it: 台账.xlsx",
  );
  expect(
    await failure({
      sheets: [
        { name: "S", rows: "" },
        { name: "H", rows: customers(1), state: "veryHidden" },
      ],
    }),
  ).toContain("only hidden sheets may have anything in them (H)");
});

it("rows and cells without references, and elements with a prefix, as other programs write them", async () => {
  const bare = (number: number, cells: string[]) => row(number, cells).replaceAll(/ r="[A-Z]*\d+"/g, "");
  const rows = `${bare(1, ["id", "name"]) + bare(2, ["1", "x"])}<row/>${bare(4, ["2", "y"])}`;
  const read = await readSheet(await smallWorkbook({ prefix: "x", sheets: [{ name: "S", rows }] }));
  expect(read).toMatchObject({ columns: ["id", "name"], lines: [2, 4] });
  expect(read.rows).toEqual([
    ["1", "x"],
    ["2", "y"],
  ]);
});
