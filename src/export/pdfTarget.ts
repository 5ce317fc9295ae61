import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PDFHexString } from "pdf-lib";
import { guardOutput, refused } from "../run/outputGuard.js";

/** Who made a PDF, as `finishPdf` notes it. */
export const creator = "Herringbone";

/**
 * Refuses a file name that is taken by something else than an earlier print: another file, a folder, or a print that
 * was signed since.
 * @throws CliError 2
 */
export function refuseOthersFile(path: string): void {
  guardOutput(dirname(path), { option: "--out", kind: "folder" });
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return;
  if (!state.isFile()) throw refused(noFile, path);
  const content = readFileSync(path);
  const isPrint = content.length === 0 || content.includes(`/Creator ${PDFHexString.fromText(creator)}`);
  if (!isPrint) throw refused(noPrint, path);
  if (content.includes("/ByteRange")) throw refused(signed, path);
}

const noFile = {
  en: "the PDF cannot be written, its name is taken by something that is no file",
  zh: "无法写入 PDF，该名称已被占用，且不是文件",
};

const noPrint = {
  en: "this file is no earlier print and would be lost; move it, or name another --out",
  zh: "该文件不是以前打印的报告，继续会丢失它；请移走它，或用 --out 指定别处",
};

const signed = {
  en: "this print is signed and would be lost; move it, or name another --out",
  zh: "该报告已签名，继续会丢失它；请移走它，或用 --out 指定别处",
};
