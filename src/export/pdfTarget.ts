import { readFileSync, statSync } from "node:fs";
import { PDFHexString } from "pdf-lib";
import { CliError } from "../error.js";
import { fileAbove } from "../fileAbove.js";

/** Who made a PDF, as `finishPdf` notes it. */
export const creator = "Herringbone";

/**
 * Refuses a file name that is taken by something else than an earlier print: another file, a folder, or a print that
 * was signed since.
 * @throws CliError 2
 */
export function refuseOthersFile(path: string): void {
  refuseFolder(path);
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) return;
  if (!state.isFile()) {
    throw new CliError(
      {
        en: `the PDF cannot be written, its name is taken by something that is no file: ${path}`,
        zh: `无法写入 PDF，该名称已被占用，且不是文件：${path}`,
      },
      2,
    );
  }
  const content = readFileSync(path);
  if (content.length > 0 && !content.includes(`/Creator ${PDFHexString.fromText(creator)}`)) {
    throw new CliError(
      {
        en: `this file is no earlier print and would be lost; move it, or name another --out: ${path}`,
        zh: `该文件不是以前打印的报告，继续会丢失它；请移走它，或用 --out 指定别处：${path}`,
      },
      2,
    );
  }
  if (content.includes("/ByteRange")) {
    throw new CliError(
      {
        en: `this print is signed and would be lost; move it, or name another --out: ${path}`,
        zh: `该报告已签名，继续会丢失它；请移走它，或用 --out 指定别处：${path}`,
      },
      2,
    );
  }
}

function refuseFolder(path: string): void {
  const above = fileAbove(path);
  if (above === undefined) return;
  throw new CliError(
    { en: `--out has to be a folder, this is none: ${above}`, zh: `--out 须是文件夹，这里不是：${above}` },
    2,
  );
}
