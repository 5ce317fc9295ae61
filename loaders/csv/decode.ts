import { isUtf8 } from "node:buffer";
import { statSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import type { Unpacked } from "../source.js";
import { unchangedSince } from "../unchanged.js";
import { decoderFor, encodingByMark, transcode } from "./encoding.js";
import { type Guess, guessEncoding } from "./guessEncoding.js";
import { headOf } from "./head.js";
import { afterLastLineEnd } from "./lineKinds.js";

export interface TextOptions {
  /** What its rows' places call the file; by default its path. */
  name?: string;
  /** A label of the WHATWG encoding standard; by default a byte order mark or most of the lines tell. */
  encoding?: string;
  /** For transcoded and salvaged copies; emptied by its owner. */
  tempDir: string;
  /** The copy to be read, where the file is packed. */
  unpacked?: Unpacked;
}

/** A file as UTF-8 text. */
export interface DecodedText {
  /** The file itself, or unpacked. */
  content: string;
  /** That, or its UTF-8 copy. */
  text: string;
  encoding: string;
  /** How sure the encoding is where it was guessed. */
  certainty: Guess["certainty"] | null;
  /** Only the file's beginning was looked at: UTF-8, for want of anything that is none. */
  isAssumed: boolean;
  /** Size of the file as it stands on the disk. */
  bytes: number;
  /** Hex SHA-256 of it, empty until it was read. */
  sha256: string;
  /** Throws when the file is no longer the one that was opened, or another number of its bytes was read. */
  unchanged(bytesRead?: number | undefined): void;
}

/**
 * Finds a file's encoding, and makes a UTF-8 copy of what is none.
 * @param refuse is shown the first bytes, and throws when they are no text
 * @throws CliError 1 when the file is empty or unreadable, 2 for an unknown encoding
 */
export async function decode(
  file: string,
  options: TextOptions,
  refuse: (head: Buffer) => void = () => {},
): Promise<DecodedText> {
  const { unpacked } = options;
  const content = unpacked?.content ?? file;
  const unchanged = unpacked?.unchanged ?? unchangedSince(file);
  const { head, isWhole } = await headOf(content);
  const bytes = statSync(unpacked?.file ?? file).size;
  if (head.length === 0) throw new CliError(told("csv.empty", { file }), 1);
  refuse(head);
  const asked = options.encoding && decoderFor(options.encoding, file).encoding;
  const known = encodingByMark(head) ?? asked;
  const lines = isWhole ? head : head.subarray(0, afterLastLineEnd(head));
  const isAssumed = known === undefined && isUtf8(lines);
  const guess = known === undefined && !isAssumed ? await guessEncoding(content, file) : undefined;
  const encoding = known ?? guess?.encoding ?? "utf-8";
  const certainty = certaintyOf(guess);
  const decoded: DecodedText = {
    content,
    text: content,
    encoding,
    certainty,
    isAssumed,
    bytes,
    sha256: unpacked?.sha256 ?? "",
    unchanged,
  };
  if (encoding !== "utf-8") await copyAsUtf8(decoded, options.tempDir);
  return decoded;
}

/**
 * Looks at all of a text whose encoding was assumed, once, when bytes were met that are none of it.
 * @param verbatim so many bytes at its beginning stay as they are
 * @returns whether it is another, and copied
 */
export async function reconsider(
  decoded: DecodedText,
  file: string,
  tempDir: string,
  verbatim = 0,
): Promise<boolean> {
  if (!decoded.isAssumed) return false;
  decoded.isAssumed = false;
  const guess = await guessEncoding(decoded.content, file);
  decoded.encoding = guess.encoding;
  decoded.certainty = certaintyOf(guess);
  if (decoded.encoding === "utf-8") return false;
  await copyAsUtf8(decoded, tempDir, verbatim);
  return true;
}

async function copyAsUtf8(decoded: DecodedText, tempDir: string, verbatim = 0): Promise<void> {
  decoded.text = tempName(tempDir);
  const digest = await transcode(decoded.content, decoded.encoding, decoded.text, verbatim);
  decoded.sha256 ||= digest;
}

/** How sure a guess is; UTF-8 is none, its bytes tell. */
const certaintyOf = (guess: Guess | undefined): Guess["certainty"] | null =>
  guess === undefined || guess.encoding === "utf-8" ? null : guess.certainty;

let serial = 0;

/** A name for a copy that no other has. */
export const tempName = (dir: string) => join(dir, `extract-${process.pid}-${++serial}.csv`);
