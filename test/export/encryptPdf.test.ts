import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, expect, it } from "vitest";
import { encryptPdf } from "../../src/export/encryptPdf.js";
import { refuseOthersFile } from "../../src/export/pdfTarget.js";
import { folderOfTest } from "../temporaryFolder.js";

const secret = "Ring-of-11";
let locked: Uint8Array;

beforeAll(async () => {
  const document = await PDFDocument.create();
  const page = document.addPage();
  page.drawText("Churn fell", { font: await document.embedFont(StandardFonts.Helvetica) });
  document.setTitle("客户报告");
  document.setLanguage("zh-CN");
  document.setSubject("Region East");
  await document.attach(Buffer.from('{"figures": 1}'), "figures.json", { description: "Region East" });
  locked = await encryptPdf(await document.save({ useObjectStreams: false }), secret);
});

const open = (password?: string) =>
  getDocument({ data: new Uint8Array(locked), ...(password ? { password } : {}), verbosity: 0 }).promise;

it("opens with its password alone", async () => {
  await expect(open()).rejects.toThrow(/password/i);
  await expect(open("ring-of-11")).rejects.toThrow(/password/i);
  const document = await open(secret);
  const { items } = await (await document.getPage(1)).getTextContent();
  expect(items.map((item) => ("str" in item ? item.str : "")).join("")).toBe("Churn fell");
  const { info } = await document.getMetadata();
  expect(info).toMatchObject({ Title: "客户报告", Subject: "Region East", Language: "zh-CN" });
  const attached = Object.values(
    (await document.getAttachments()) as Record<string, { content: Uint8Array }>,
  );
  expect(attached.map(({ content }) => Buffer.from(content).toString())).toEqual(['{"figures": 1}']);
});

it("holds none of its words in the open", () => {
  const bytes = Buffer.from(locked);
  const words = ["Churn", "Region East", "figures", "客户报告"];
  for (const word of words) {
    expect(bytes.includes(word)).toBe(false);
    expect(bytes.includes(Buffer.from(word, "utf16le").swap16())).toBe(false);
    expect(bytes.includes(Buffer.from(word, "utf16le").swap16().toString("hex").toUpperCase())).toBe(false);
  }
  expect(bytes.includes(secret)).toBe(false);
  expect(bytes.toString("latin1")).toMatch(/\/Encrypt /);
});

it("is known as this program's, so that it can be made anew; another's locked file is not", () => {
  const file = join(folderOfTest("locked"), "a.locked.pdf");
  writeFileSync(file, locked);
  expect(() => refuseOthersFile(file)).not.toThrow();
  writeFileSync(file, Buffer.from(locked).subarray(0, -14));
  expect(() => refuseOthersFile(file)).toThrow(expect.objectContaining({ exitCode: 2 }));
});
