import { createReadStream, createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CliError } from "../../src/error.js";

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
export function decoderFor(encoding: string, where: string, fatal = false): TextDecoder {
  try {
    return new TextDecoder(chinese.test(encoding) ? "gb18030" : encoding, { fatal });
  } catch (error) {
    throw new CliError(`${where}: unknown encoding: ${encoding}`, 2, { cause: error });
  }
}

/** Text as UTF-8, with a byte that is none where the decoder met bytes it could not read. */
function encode(text: string): Buffer {
  if (!text.includes(unreadable)) return Buffer.from(text);
  const parts = text.split(unreadable).flatMap((part, index) => (index === 0 ? [part] : [noUtf8, part]));
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

const unreadable = "\ufffd";
const noUtf8 = Buffer.from([0xff]);

/**
 * Writes a file again as UTF-8, decompressed; bytes that are not of its encoding stay visible as such, so that their
 * lines are refused.
 * @throws CliError 1 when the content is not of that encoding or the file cannot be read
 */
export async function transcode(file: string, encoding: string, target: string): Promise<void> {
  const decoder = decoderFor(encoding, file);
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, encode(decoder.decode(chunk, { stream: true })));
    },
    flush(done) {
      done(null, encode(decoder.decode()));
    },
  });
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  const bytes = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
  source.on("error", (error) => bytes.destroy(error));
  try {
    await pipeline(bytes, decode, createWriteStream(target));
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${(error as Error).message}`, 1, { cause: error });
  }
}

/** Whether a whole file, decompressed, is valid in an encoding. */
export async function isWhollyValid(file: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  const bytes = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
  try {
    for await (const chunk of Readable.from(bytes)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    source.destroy();
  }
}

/**
 * Refuses what is plainly no text: a picture, a workbook, an archive under a `.csv` name.
 * @throws CliError 1 naming the file and what it looks like
 */
export function refuseBinary(head: Buffer, file: string, hasEncoding: boolean): void {
  for (const [name, magic] of magics) {
    if (head.subarray(0, magic.length).equals(magic)) {
      throw new CliError(`not a CSV text but ${name}: ${file}`, 1);
    }
  }
  if (hasEncoding || encodingByMark(head)) return;
  const isControl = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13;
  const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  const controls = head.reduce((sum, byte) => sum + (isControl(byte) ? 1 : 0), 0);
  const lineEnd = head.indexOf(10);
  const inHeader = head.subarray(0, lineEnd < 0 ? head.length : lineEnd).some(isControl);
  if (inHeader && zeros > head.length / 5 && controls - zeros < head.length / 50) {
    throw new CliError(`looks like UTF-16 text, set "encoding" in sources.yaml or save as UTF-8: ${file}`, 1);
  }
  if (inHeader || (head.length >= 1000 && controls > head.length / 10)) {
    throw new CliError(`not a CSV text but binary data: ${file}`, 1);
  }
}

const magics: readonly (readonly [string, Buffer])[] = [
  ["a zip archive or an Excel workbook", Buffer.from("PK\x03\x04", "latin1")],
  ["a gzip archive (name it .csv.gz)", Buffer.from([0x1f, 0x8b])],
  ["an old Excel workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
  ["a PDF", Buffer.from("%PDF-")],
  ["a PNG picture", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ["a JPEG picture", Buffer.from([0xff, 0xd8, 0xff])],
  ["a GIF picture", Buffer.from("GIF8")],
  ["a Parquet file", Buffer.from("PAR1")],
  ["a SQLite database", Buffer.from("SQLite format 3\0")],
  ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46])],
];
