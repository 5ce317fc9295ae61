import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { gb18030ToUtf8 } from "./gb18030.js";
import { afterLastLineEnd } from "./lineKinds.js";
import { maxRecordBytes } from "./shape.js";

/** The encoding a byte order mark tells of. */
export function encodingByMark(head: Buffer): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return undefined;
}

/** GB18030 holds all of these; decoders of their own would not know its four-byte characters. */
const chinese = /^(x-)?gb(k|2312|_2312-80)$|^(cp|ms)936$/i;

/** @throws CliError 2 for a name no decoder knows */
export function decoderFor(encoding: string, where: string): TextDecoder {
  try {
    return new TextDecoder(chinese.test(encoding) ? "gb18030" : encoding);
  } catch (error) {
    throw new CliError(told("encoding.unknown", { place: where, encoding }), 2, { cause: error });
  }
}

/**
 * Writes a file again as UTF-8; bytes that are not of its encoding stay visible as such, so that their
 * lines are refused.
 * @param verbatim so many bytes at the beginning are UTF-8 already
 * @returns hex SHA-256 of the file as it stands on the disk
 * @throws CliError 1 when the file cannot be read
 */
export async function transcode(
  file: string,
  encoding: string,
  target: string,
  verbatim = 0,
): Promise<string> {
  const hash = createHash("sha256");
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  source.on("data", (chunk) => hash.update(chunk));
  try {
    await pipeline(source, decoding(decoderFor(encoding, file), verbatim), createWriteStream(target));
  } catch (error) {
    throw new CliError(told("file.unreadable", { file, reason: (error as Error).message }), 1, {
      cause: error,
    });
  }
  return hash.digest("hex");
}

/** Decodes whole lines at a time where a line's end is one byte: decoders may fail on a character cut in two. */
function decoding(decoder: TextDecoder, verbatim: number): Transform {
  const isWide = decoder.encoding.startsWith("utf-16");
  let toCopy = verbatim;
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const copied = Math.min(toCopy, chunk.length);
      if (copied > 0) this.push(chunk.subarray(0, copied));
      toCopy -= copied;
      held = Buffer.concat([held, chunk.subarray(copied)]);
      const whole = isWide || held.length > longestHeld ? held.length : afterLastLineEnd(held);
      const lines = held.subarray(0, whole);
      held = held.subarray(whole);
      done(null, toUtf8(lines, decoder));
    },
    flush(done) {
      done(null, toUtf8(held, decoder, true));
    },
  });
}

function toUtf8(bytes: Buffer, decoder: TextDecoder, isLast = false): Buffer {
  const text = decoder.decode(bytes, { stream: !isLast });
  // U+FFFD is a character of GB18030 like any other.
  const isDoubtful = decoder.encoding === "gb18030" && text.includes(unreadable);
  return isDoubtful ? gb18030ToUtf8(bytes) : encode(text);
}

/** Text as UTF-8, with a byte that is none where the decoder met bytes it could not read. */
function encode(text: string): Buffer {
  if (!text.includes(unreadable)) return Buffer.from(text);
  const parts = text.split(unreadable).flatMap((part, index) => (index === 0 ? [part] : [noUtf8, part]));
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

const unreadable = "\ufffd";
const noUtf8 = Buffer.from([0xff]);
/** A line this long is refused whatever it holds. */
const longestHeld = 4 * maxRecordBytes;

/**
 * Refuses what is plainly no text: a picture, a workbook, an archive under a `.csv` name.
 * @throws CliError 1 naming the file and what it looks like
 */
export function refuseBinary(head: Buffer, file: string, hasEncoding: boolean): void {
  for (const [name, magic] of magics) {
    if (head.subarray(0, magic.length).equals(magic)) {
      throw new CliError(told("csv.otherFormat", { format: told(name), file }), 1);
    }
  }
  if (hasEncoding || encodingByMark(head)) return;
  const isControl = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13;
  const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  const controls = head.reduce((sum, byte) => sum + (isControl(byte) ? 1 : 0), 0);
  const lineEnd = head.indexOf(10);
  const inHeader = head.subarray(0, lineEnd < 0 ? head.length : lineEnd).some(isControl);
  if (inHeader && zeros > head.length / 5 && controls - zeros < head.length / 50) {
    throw new CliError(told("csv.utf16", { file }), 1);
  }
  if (inHeader || (head.length >= 1000 && controls > head.length / 10)) {
    throw new CliError(told("csv.binary", { file }), 1);
  }
}

const magics = [
  ["format.zip", Buffer.from("PK\x03\x04", "latin1")],
  ["format.gzip", Buffer.from([0x1f, 0x8b])],
  ["format.oldExcel", Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
  ["format.pdf", Buffer.from("%PDF-")],
  ["format.png", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ["format.jpeg", Buffer.from([0xff, 0xd8, 0xff])],
  ["format.gif", Buffer.from("GIF8")],
  ["format.parquet", Buffer.from("PAR1")],
  ["format.sqlite", Buffer.from("SQLite format 3\0")],
  ["format.program", Buffer.from([0x7f, 0x45, 0x4c, 0x46])],
] as const;
