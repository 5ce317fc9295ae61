import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { Format, Formula, Workbook } from "wasm-xlsxwriter";
import { refusalOf, stageFolder } from "../../load/stageFolder.js";
import { expectEquations } from "../faultyFile.js";
import { row, smallWorkbook } from "./smallWorkbook.js";

const date = (serial: number) => `<c s="1"><v>${serial}</v></c>`;
const error = (text: string) => `<c t="e"><v>${text}</v></c>`;

const customers = (rows: string) =>
  smallWorkbook({
    formats: ["yyyy-mm-dd"],
    sheets: [
      {
        name: "客户",
        rows: row(1, ["客户台账"]) + row(3, ["customer_id", "name", "acquired_on", "note"]) + rows,
      },
    ],
  });

describe("a workbook named after a table", () => {
  it("feeds it; broken rows keep their place, an error is refused where it is needed", async () => {
    const rows =
      row(4, ["C1", "上海机械", date(46082), error("#REF!")]) +
      row(5, ["C2", error("#REF!"), date(46082)]) +
      row(7, ["C3", "x", error("#N/A")]) +
      row(8, ["C4", "y", "soon"]) +
      row(9, ["合计", "4"]) +
      row(10, [5, "z", date(46083)]);
    await stageFolder(
      { "customers.xlsx": await customers(rows), "~$customers.xlsx": "lock" },
      async (staged) => {
        await expectEquations(staged);
        expect(
          await staged.rows(
            "select customer_id, name, acquired_on::varchar as acquired_on from staging.customers order by row_no",
          ),
        ).toEqual([
          { customer_id: "C1", name: "上海机械", acquired_on: "2026-03-01" },
          { customer_id: "C3", name: "x", acquired_on: null },
          { customer_id: "5", name: "z", acquired_on: "2026-03-02" },
        ]);
        expect(await staged.quarantine()).toMatchObject([
          { place: "customers.xlsx:5", rules: [["name", "error_cell"]] },
          { place: "customers.xlsx:8", rules: [["acquired_on", "date"]] },
          { place: "customers.xlsx:9", rules: [["customer_id", "subtotal"]] },
        ]);
        expect(staged.report.files).toMatchObject([
          {
            file: "customers.xlsx",
            rowsRead: 6,
            rowsAccepted: 6,
            linesRejected: 0,
            encoding: "utf-8",
            doubts: [],
          },
        ]);
        expect(staged.report.ignored).toEqual([]);
      },
    );
  });

  it("is read out of an archive, beside extracts of other kinds", async () => {
    const zip = new JSZip();
    zip.file("customers-2.xlsx", await customers(row(4, ["C2", "y"])));
    await stageFolder(
      {
        "all.zip": await zip.generateAsync({ type: "nodebuffer" }),
        "customers-1.csv": "customer_id,name\nC1,x\n",
      },
      async ({ rows, report }) => {
        expect(await rows("select customer_id from staging.customers order by row_no")).toEqual([
          { customer_id: "C2" },
          { customer_id: "C1" },
        ]);
        expect(report.files.map(({ file }) => file)).toEqual(["all.zip/customers-2.xlsx", "customers-1.csv"]);
      },
    );
  });

  it.each(["customers.xlsx", "customers.xls", "customers.ods", "customers.xlsb"])(
    "%s that cannot be read ends the build",
    async (name) => {
      const { error: failure } = await refusalOf({
        [name]: "no workbook",
        "products.csv": "product_id,name\nP1,x\n",
      });
      expect(failure).toMatchObject({
        exitCode: 1,
        message: expect.stringContaining("expected an Excel workbook"),
      });
      expect(failure.message).toContain(name);
    },
  );
});

it("what a writer of workbooks saves is read as it was written", async () => {
  const book = new Workbook();
  const sheet = book.addWorksheet();
  const day = new Format().setNumFormat('yyyy"年"m"月"d"日"');
  sheet.write(0, 0, "客户台账");
  for (const [column, name] of ["customer_id", "name", "acquired_on", "employees"].entries())
    sheet.write(2, column, name);
  sheet.write(3, 0, "0001");
  sheet.write(3, 1, '上海, "机械"');
  sheet.writeWithFormat(3, 2, 46082, day);
  sheet.write(3, 3, new Formula("=40+2").setResult("42"));
  sheet.write(4, 0, "C2");
  sheet.write(4, 1, "first line\nsecond");
  sheet.writeWithFormat(4, 2, 46083, day);
  sheet.write(4, 3, new Formula("=1/0").setResult("#DIV/0!"));
  sheet.mergeRange(5, 1, 6, 1, "two of one name", new Format());
  sheet.write(5, 0, "C3");
  sheet.write(6, 0, "C4");
  const saved = Buffer.from(book.saveToBufferSync());
  const yaml =
    "book: {files: {c: {file: 台账.xlsx, header_row: 3}}, tables: {customers: {max_quarantine_share: 1}}}\n";
  await stageFolder({ "台账.xlsx": saved, "sources.yaml": yaml }, async (staged) => {
    await expectEquations(staged);
    const columns = "customer_id, name, acquired_on::varchar as acquired_on, employees";
    expect(await staged.rows(`select ${columns} from staging.customers order by row_no`)).toEqual([
      { customer_id: "0001", name: '上海, "机械"', acquired_on: "2026-03-01", employees: 42 },
      { customer_id: "C3", name: "two of one name", acquired_on: null, employees: null },
      { customer_id: "C4", name: "two of one name", acquired_on: null, employees: null },
    ]);
    expect(await staged.quarantine()).toEqual([
      {
        place: "台账.xlsx:5",
        raw: JSON.stringify({
          customer_id: "C2",
          name: "first line\nsecond",
          acquired_on: "2026-03-02",
          employees: "#DIV/0!",
        }),
        rules: [["employees", "error_cell"]],
      },
    ]);
  });
});

describe("sheets in sources.yaml", () => {
  const workbook = () =>
    smallWorkbook({
      sheets: [
        { name: "客户", rows: row(2, ["编号", "名称"]) + row(3, ["C1", "x"]) + row(4, ["C2", null]) },
        {
          name: "产品",
          rows: row(1, ["号", "品名"]) + row(2, ["P1", "p"]) + row(3, ["P2", error("#VALUE!")]),
        },
      ],
    });

  it("are raw tables, of which each row is told by its sheet", async () =>
    stageFolder(
      {
        "台账.xlsx": await workbook(),
        "sources.yaml": `book:
  files:
    c: {file: "*.xlsx", sheet: 客户, header_row: 2}
    p: {file: 台账.xlsx, sheet: 产品}
  tables:
    customers: {from: c, columns: {customer_id: 编号, name: 名称}, max_quarantine_share: 1}
    products: {from: p, columns: {product_id: 号, name: upper(品名)}, max_quarantine_share: 1}
`,
      },
      async (staged) => {
        await expectEquations(staged);
        expect(await staged.rows("select customer_id from staging.customers")).toEqual([
          { customer_id: "C1" },
        ]);
        expect(await staged.rows("select product_id, name from staging.products")).toEqual([
          { product_id: "P1", name: "P" },
        ]);
        expect(await staged.quarantine()).toMatchObject([
          { place: "台账.xlsx/产品:3", rules: [["name", "mapping_failed"]] },
          { place: "台账.xlsx/客户:4", rules: [["name", "required"]] },
        ]);
        expect(staged.report.files.map(({ file }) => file)).toEqual(["台账.xlsx/客户", "台账.xlsx/产品"]);
        expect(staged.report.ignored).toEqual([]);
      },
    ));

  it("are found by the columns that a mapping or a select names", async () =>
    stageFolder(
      {
        "台账.xlsx": await workbook(),
        "sources.yaml": `book:
  kind: xlsx
  files: 台账.xlsx
  tables:
    products: {select: "select 号 as product_id, coalesce(nullif(品名, '#VALUE!'), 'none') as name from extract"}
`,
      },
      async ({ rows }) =>
        expect(await rows("select product_id, name from staging.products order by row_no")).toEqual([
          { product_id: "P1", name: "p" },
          { product_id: "P2", name: "none" },
        ]),
    ));

  it.each([
    ["{c: {file: a.csv, sheet: S}}", "sheet and header_row are of workbooks (.xlsx)"],
    ["{c: {file: a.xlsx, header_row: 0}}", "header_row"],
    [
      "{c: {file: a.xlsx, header_row: 1}, d: {file: a.xlsx, header_row: 2}}",
      "one sheet has its headings in one row",
    ],
    ["{c: {file: a.xlsx, sheets: S}}", "s.files.c: unknown key (allowed: file, sheet, header_row)"],
  ])("files: %s is refused", async (files, message) => {
    const yaml = `s: {files: ${files}, tables: {products: {from: c, columns: {product_id: a, name: b}}}}\n`;
    expect((await refusalOf({ "sources.yaml": yaml })).error).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});
