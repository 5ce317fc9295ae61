import { PDFHexString } from "pdf-lib";
import { refused } from "../run/outputGuard.js";
import { told } from "../words/told.js";
import { lockedMark } from "./encryptPdf.js";
import { contentBefore, creator } from "./target.js";

/**
 * Refuses a file name that is taken by something else than an earlier print: another file, a folder, or a print that
 * was signed since.
 * @throws CliError 2
 */
export function refuseOthersFile(path: string): void {
  const content = contentBefore(path, told("pdf.taken"));
  if (content === null) return;
  const isLocked = content.subarray(-lockedMark.length).equals(Buffer.from(lockedMark, "latin1"));
  if (!isLocked && !content.includes(`/Creator ${PDFHexString.fromText(creator)}`))
    throw refused(told("pdf.otherFile"), path);
  if (content.includes("/ByteRange")) throw refused(told("pdf.signed"), path);
}
