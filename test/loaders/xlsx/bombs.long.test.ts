import JSZip from "jszip";
import { expect, it } from "vitest";
import { CliError } from "../../../src/run/error.js";
import { type RawMember, rawZip } from "../rawZip.js";
import { row, smallWorkbook } from "./smallWorkbook.js";
import { readSheet } from "./withSheet.js";

/** The parts of a sound workbook with another one in the place of a part, as they lie in its archive. */
async function parts(changed: Readonly<Record<string, string | Buffer>> = {}): Promise<Map<string, Buffer>> {
  const zip = await JSZip.loadAsync(
    await smallWorkbook({
      strings: ["<t>id</t>"],
      sheets: [{ name: "S", rows: row(1, ['<c t="s"><v>0</v></c>']) + row(2, ["C1"]) }],
    }),
  );
  for (const [part, text] of Object.entries(changed)) zip.file(part, text);
  const files = Object.values(zip.files).filter(({ dir }) => !dir);
  return new Map(
    await Promise.all(files.map(async (file) => [file.name, await file.async("nodebuffer")] as const)),
  );
}

async function workbook(
  changed: Readonly<Record<string, string | Buffer>>,
  more: readonly RawMember[] = [],
): Promise<Buffer> {
  const all = await parts(changed);
  return rawZip([...all.values()], [...[...all.keys()].map((name, of) => ({ name, of })), ...more]);
}

/** How a workbook is refused: in a second or few, and with a few megabytes more. */
async function refused(content: Buffer): Promise<string> {
  const began = performance.now();
  const before = process.memoryUsage().rss;
  const error = await readSheet(content).then(
    () => new Error("it was read"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof CliError)) throw error;
  expect(error.exitCode).toBe(1);
  expect(error.in("zh-CN")).toMatch(/^(超出 Excel 工作簿的容量|工作簿已损坏或不完整|解压后)/);
  expect(performance.now() - began).toBeLessThan(20_000);
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
  return error.message;
}

const sheet = "xl/worksheets/sheet1.xml";
const strings = "xl/sharedStrings.xml";

it("a workbook put together by hand is read", async () => {
  expect((await readSheet(await workbook({}))).rows).toEqual([["C1"]]);
});

it.each([sheet, strings, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])(
  "elements within elements without end are refused: %s",
  async (part) => {
    expect(await refused(await workbook({ [part]: "<a>".repeat(20_000_000) }))).toMatch(
      /^more than a workbook of Excel holds, more than 100 elements within each other: /,
    );
  },
);

it("entities that double are refused, and so is one that names a file", async () => {
  const doubling = Array.from(
    { length: 60 },
    (_, index) => `<!ENTITY a${index + 1} "&a${index};&a${index};">`,
  );
  for (const entities of [
    `<!ENTITY a0 "lol">${doubling.join("")}`,
    '<!ENTITY a60 SYSTEM "file:///etc/passwd">',
  ])
    expect(
      await refused(
        await workbook({ [strings]: `<!DOCTYPE sst [${entities}]><sst><si><t>&a60;</t></si></sst>` }),
      ),
    ).toContain("it has a document type");
  expect(await refused(await workbook({ [strings]: "<sst><si><t>&a60;</t></si></sst>" }))).toContain(
    "damaged",
  );
});

it.each([
  ["a comment", "<a><!--", "<x>"],
  ["a document type", "<!DOCTYPE a [", "<!ENTITY x 'y'>"],
  ["a text", "<a>", "y".repeat(15)],
  ["an instruction", "<a><?x ", "<y>"],
  ["a section of characters", "<a><![CDATA[", "<y>"],
  ["the name of an element", "<", "y".repeat(15)],
  ["an attribute", '<a b="', "y".repeat(15)],
  ["attributes", "<a ", "b='' "],
])("%s without end is refused before it fills memory", async (_, begin, more) => {
  const text = begin + more.repeat(60_000_000 / more.length);
  expect(await refused(await workbook({ [strings]: text }))).toMatch(
    /more than a workbook of Excel holds|damaged/,
  );
});

it("parts that lie over each other are refused by all that would come out", async () => {
  const wide = `<worksheet><sheetData>${"<row/>".repeat(10_000_000)}</sheetData></worksheet>`;
  const more = Array.from({ length: 2000 }, (_, index) => ({
    name: `xl/worksheets/more${index}.xml`,
    of: 0,
  }));
  const all = await parts({ [sheet]: wide });
  const members = [...all.keys()].map((name, of) => ({ name, of }));
  const of = members.findIndex(({ name }) => name === sheet);
  const content = rawZip([...all.values()], [...members, ...more.map(({ name }) => ({ name, of }))]);
  expect(await refused(content)).toMatch(
    /^more than a workbook of Excel holds, all of it unpacks from \d+ to 12\d{10} bytes: /,
  );
});

it("a million parts, or a sheet of a million columns or more rows than there can be, is refused", async () => {
  const many = Array.from({ length: 1_000_000 }, (_, index) => ({ name: `p${index}`, of: 0 }));
  expect(await refused(await workbook({}, many))).toContain("more than 20000 parts");
  const cells = Array.from({ length: 1_000_000 }, () => "<c><v>1</v></c>").join("");
  expect(await refused(await workbook({ [sheet]: `<worksheet><sheetData><row>${cells}` }))).toContain(
    "a sheet of more than 16384 columns",
  );
  const rows = "<row><c><v>1</v></c></row>".repeat(1_048_577);
  const tall = `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  expect(await refused(await workbook({ [sheet]: tall }))).toContain("a sheet of more than 1048576 rows");
});

it("what a sheet says of its size is not believed, and no more is taken for it", async () => {
  const said =
    '<worksheet><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols>';
  const inner = `<sheetData>${row(1, ["id"])}${row(2, ["C1"])}</sheetData>`;
  const merges = '<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells></worksheet>';
  const began = performance.now();
  expect((await readSheet(await workbook({ [sheet]: said + inner + merges }))).rows).toEqual([["C1"]]);
  expect(performance.now() - began).toBeLessThan(5000);
});

it("a text that stands in millions of cells is bounded by what comes out", async () => {
  const of = async (perRow: number, rows: number) =>
    refused(
      await workbook({
        [strings]: `<sst><si><t>${"x".repeat(1_000_000)}</t></si></sst>`,
        [sheet]: `<worksheet><sheetData>${`<row>${'<c t="s"><v>0</v></c>'.repeat(perRow)}</row>`.repeat(rows)}</sheetData></worksheet>`,
      }),
    );
  expect(await of(17, 2)).toContain("a text or row of more than 16777216 characters");
  expect(await of(10, 100_000)).toMatch(/^unpacks to more than a table can be \(200 times its \d+ bytes/);
});
