import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { beforeEach, expect, test } from "vitest";
import { finishPdf } from "../../src/export/finishPdf.js";
import { loadPdf } from "../../src/export/pdfAnchors.js";
import { refuseOthersFile } from "../../src/export/pdfTarget.js";
import { folderOfTest } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

let folder: string;
beforeEach(() => {
  folder = folderOfTest("pdf-target");
});

const facts = {
  title: "t",
  subject: "s",
  lang: "en",
  asOf: "2026-06-30T23:59:59Z",
  buildId: "b",
  undrawn: "",
};

async function blank(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  return document.save();
}

test("a print takes the place of an earlier print, of nothing and of an empty file only", async () => {
  const file = join(folder, "kpi-report.pdf");
  expect(() => refuseOthersFile(file)).not.toThrow();
  writeFileSync(file, "");
  expect(() => refuseOthersFile(file)).not.toThrow();
  const { bytes } = await finishPdf(await loadPdf(await blank()), facts);
  writeFileSync(file, bytes);
  expect(() => refuseOthersFile(file)).not.toThrow();
  writeFileSync(file, Buffer.concat([bytes, Buffer.from("<< /Type /Sig /ByteRange [0 1 2 3] >>")]));
  expect(() => refuseOthersFile(file)).toThrow(/is signed/);
  writeFileSync(file, await blank());
  expect(() => refuseOthersFile(file)).toThrow(/no earlier print/);
  rmSync(file);
  mkdirSync(file);
  expect(() => refuseOthersFile(file)).toThrow(/no file/);
});

test("a folder for prints that is a file is refused as wrong usage", () => {
  writeFileSync(join(folder, "out"), "");
  const attempt = () => refuseOthersFile(join(folder, "out", "deeper", "kpi-report.pdf"));
  expect(attempt).toThrow(expect.objectContaining({ exitCode: 2, wording: inChinese("文件夹") }));
});
