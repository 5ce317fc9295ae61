import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import JSZip from "jszip";
import { expect, it } from "vitest";
import { CliError } from "../../../src/run/error.js";
import { row, smallWorkbook } from "./smallWorkbook.js";
import { readSheet } from "./withSheet.js";

const sound = () =>
  smallWorkbook({
    strings: ["<t>id</t>", "<t>name</t>"],
    sheets: [
      {
        name: "S",
        rows:
          row(1, ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']) +
          Array.from({ length: 40 }, (_, index) =>
            row(index + 2, [`C${index}`, `name ${index * 7919}`]),
          ).join(""),
      },
    ],
  });

async function refused(workbook: Buffer, name?: string): Promise<CliError> {
  try {
    await readSheet(workbook, {}, name);
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error("it was read");
}

it("cut anywhere, it is refused", async () => {
  const whole = await sound();
  for (const share of [0.02, 0.3, 0.6, 0.9, 0.999]) {
    const error = await refused(whole.subarray(0, Math.floor(whole.length * share)));
    expect(error).toMatchObject({ exitCode: 1 });
    expect(error.message).toMatch(
      /the workbook is damaged or cut off \(.+\); get it again, or open it in Excel/,
    );
    expect(error.in("zh-CN")).toMatch(/工作簿已损坏或不完整/);
  }
});

it("with a bit flipped it is read as it was, or refused", async () => {
  const whole = await sound();
  const rows = (await readSheet(whole)).rows;
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        expect((await readSheet(flipped)).rows).toEqual(rows);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        expect(error.exitCode).toBe(1);
      }
    }),
    { numRuns: 20, seed: 7 },
  );
});

it.each([
  [
    "台账.xls",
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    "one of old Excel, .xls",
  ],
  [
    "台账.xlsx",
    Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(504),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]),
    "one with a password (save it without)",
  ],
  [
    "台账.xlsx",
    Buffer.from("customer_id,name\nC1,x\n"),
    "something else (expected an Excel workbook, .xlsx)",
  ],
])("%s that is none is refused with what to do", async (name, content, what) => {
  const error = await refused(content, name);
  expect(error).toMatchObject({ exitCode: 1, message: expect.stringContaining(what) });
});

it("one that is encrypted with a password is refused with what to do", async () => {
  // Two rows, by openpyxl, encrypted as Excel does it (agile, AES-256) by msoffcrypto-tool.
  const error = await refused(readFileSync(join(import.meta.dirname, "locked.xlsx")));
  expect(error.exitCode).toBe(1);
  expect(error.message).toMatch(
    /^not a workbook that can be read but one with a password \(save it without\): /,
  );
  expect(error.in("zh-CN")).toContain("设有密码的工作簿（请取消密码后另存）");
});

it("binary and OpenDocument workbooks are named", async () => {
  const zipped = (parts: string[]) => {
    const zip = new JSZip();
    for (const part of parts) zip.file(part, "x");
    return zip.generateAsync({ type: "nodebuffer" });
  };
  expect((await refused(await zipped(["xl/workbook.bin"]))).message).toContain("a binary one, .xlsb");
  expect((await refused(await zipped(["mimetype", "content.xml"]))).message).toContain("save it as .xlsx");
  expect((await refused(await zipped(["a.txt"]))).message).toContain("it lacks _rels/.rels");
});

it("more than Excel holds is refused before it fills memory", async () => {
  const book = (rows: string, change?: (zip: JSZip) => void) =>
    smallWorkbook({ sheets: [{ name: "S", rows }] }, change);
  const message = async (workbook: Buffer) => (await refused(workbook)).message;
  expect(
    await message(await book(`${row(1, ["id"])}<row r="1048577"><c r="A1048577"><v>1</v></c></row>`)),
  ).toContain("a sheet of more than 1048576 rows");
  expect(await message(await book('<row r="1"><c r="XFE1"><v>1</v></c></row>'))).toContain(
    "a sheet of more than 16384 columns",
  );
  expect(await message(await book("<a>".repeat(1000)))).toContain("more than 100 elements within each other");
  const long = "x".repeat(1_300_000);
  expect(await message(await book(row(1, [long])))).toContain(
    "a text or row of more than 1048576 characters",
  );
  const bomb = await book("", (zip) => {
    zip.file("xl/styles.xml", Buffer.alloc(70_000_000, " "));
    zip.file("xl/media/picture.png", randomBytes(300_000));
  });
  expect(bomb.length).toBeLessThan(500_000);
  expect(await message(bomb)).toMatch(/xl\/styles\.xml unpacks from \d+ to 70000000 bytes/);
});

it("what its parts say of each other has to hold", async () => {
  const without = async (part: string) =>
    (
      await refused(
        await smallWorkbook(
          {
            strings: ["<t>id</t>"],
            sheets: [{ name: "S", rows: row(1, ['<c t="s"><v>0</v></c>', "name"]) + row(2, ["1", "x"]) }],
          },
          (zip) => {
            zip.remove(part);
          },
        ),
      )
    ).message;
  for (const part of ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
    expect(await without(part)).toContain(`it lacks ${part}`);
  const beyond = await smallWorkbook({
    strings: ["<t>id</t>"],
    sheets: [{ name: "S", rows: row(1, ['<c t="s"><v>7</v></c>']) }],
  });
  expect((await refused(beyond)).message).toContain("there is no shared string 7");
});
