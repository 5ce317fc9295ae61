import { readFileSync, statSync } from "node:fs";
import { CliError, fileFault } from "../run/error.js";
import { told } from "../words/told.js";
import { requireReceived } from "./receivedFile.js";

/** What people edit is never larger, and a reader of YAML takes minutes over what is. */
const mostBytes = 5_000_000;

/**
 * The text of a small UTF-8 file, without a mark at its beginning.
 * @param inside the folder that it has to lie in, links followed; null where it may lie anywhere
 * @throws CliError 2 when it may not or cannot be read, has more than 5 MB, or is no UTF-8 text; the line that is none is named
 */
export function readTextFile(file: string, inside: string | null): string {
  requireReceived(file, inside);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > mostBytes)
    throw fileFault(file, "", told("text.tooLarge", { mb: Math.ceil(size / 1e6), most: mostBytes / 1e6 }));
  const bytes = readReceived(file, inside);
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) throw fileFault(file, "", told("text.utf16"));
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw notText(file, bytes, zero, "UTF-16");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notText(file, bytes, firstFault(bytes), "GBK");
  }
}

/**
 * The bytes of a small file.
 * @param inside as of `readTextFile`
 * @throws CliError 2 when it may not or cannot be read
 */
export function readReceived(file: string, inside: string | null): Buffer {
  requireReceived(file, inside);
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new CliError(told("catalogueFile.missing", { file }), 2);
    throw fileFault(file, "", told("text.unreadable", { code }));
  }
}

function notText(file: string, bytes: Buffer, at: number, likely: string): CliError {
  const line = bytes.subarray(0, at).reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);
  return fileFault(file, "", told("text.notUtf8", { line, likely }));
}

/** The first byte that is not of a whole UTF-8 character: what a lenient reader replaces. */
function firstFault(bytes: Buffer): number {
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isUtf8(bytes.subarray(0, middle + 1))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
