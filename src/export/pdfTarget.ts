import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PDFHexString } from "pdf-lib";
import { guardOutput, refused } from "../run/outputGuard.js";
import { told } from "../words/told.js";

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
  if (!state.isFile()) throw refused(told("pdf.taken"), path);
  const content = readFileSync(path);
  const isPrint = content.length === 0 || content.includes(`/Creator ${PDFHexString.fromText(creator)}`);
  if (!isPrint) throw refused(told("pdf.otherFile"), path);
  if (content.includes("/ByteRange")) throw refused(told("pdf.signed"), path);
}
