import { isUtf8 } from "node:buffer";
import { statSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import type { Unpacked } from "../source.js";
import { unchangedSince } from "../unchanged.js";
import { type Dialect, readDialect } from "./dialect.js";
import { decoderFor, encodingByMark, refuseBinary, transcode } from "./encoding.js";
import { type Guess, guessEncoding } from "./guessEncoding.js";
import { headOf } from "./head.js";
import { afterLastLineEnd } from "./lineKinds.js";

export interface CsvOptions {
  /** What its rows' places call the file; by default its path. */
  name?: string;
  /** A single character; by default what splits the header into most cells. */
  delimiter?: string;
  /** A label of the WHATWG encoding standard; by default a byte order mark or most of the lines tell. */
  encoding?: string;
  /** For transcoded and salvaged copies; emptied by its owner. */
  tempDir: string;
  /** The copy to be read, where the file is packed. */
  unpacked?: Unpacked;
}

/** A file as UTF-8 text. */
export interface OpenedText {
  /** The file itself, or unpacked. */
  content: string;
  /** That, or its UTF-8 copy. */
  text: string;
  dialect: Dialect;
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
 * Finds a file's encoding, makes a UTF-8 copy of what is none, and reads the header.
 * @throws CliError 1 when the file is empty, binary, unreadable or has no proper header, 2 for an unknown encoding
 */
export async function openText(file: string, options: CsvOptions): Promise<OpenedText> {
  const { unpacked } = options;
  const content = unpacked?.content ?? file;
  const unchanged = unpacked?.unchanged ?? unchangedSince(file);
  const { head, isWhole } = await headOf(content);
  const bytes = statSync(unpacked?.file ?? file).size;
  if (head.length === 0) throw new CliError(told("csv.empty", { file }), 1);
  refuseBinary(head, file, options.encoding !== undefined);
  const asked = options.encoding && decoderFor(options.encoding, file).encoding;
  const known = encodingByMark(head) ?? asked;
  const lines = isWhole ? head : head.subarray(0, afterLastLineEnd(head));
  const isAssumed = known === undefined && isUtf8(lines);
  const guess = known === undefined && !isAssumed ? await guessEncoding(content, file) : undefined;
  const encoding = known ?? guess?.encoding ?? "utf-8";
  let text = content;
  let sha256 = unpacked?.sha256 ?? "";
  let first = { head, isWhole };
  if (encoding !== "utf-8") {
    text = tempName(options.tempDir);
    const digest = await transcode(content, encoding, text);
    sha256 ||= digest;
    first = await headOf(text);
  }
  const dialect = readDialect(first.head, first.isWhole, file, options.delimiter);
  const certainty = certaintyOf(guess);
  return { content, text, dialect, encoding, certainty, isAssumed, bytes, sha256, unchanged };
}

/** How sure a guess is; UTF-8 is none, its bytes tell. */
export const certaintyOf = (guess: Guess | undefined): Guess["certainty"] | null =>
  guess === undefined || guess.encoding === "utf-8" ? null : guess.certainty;

let serial = 0;

/** A name for a copy that no other has. */
export const tempName = (dir: string) => join(dir, `extract-${process.pid}-${++serial}.csv`);
