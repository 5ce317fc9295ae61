import { type DecodedText, decode, type TextOptions } from "./decode.js";
import { type Dialect, readDialect } from "./dialect.js";
import { refuseBinary } from "./encoding.js";
import { headOf } from "./head.js";

export interface CsvOptions extends TextOptions {
  /** A single character; by default what splits the header into most cells. */
  delimiter?: string;
}

/** A CSV file as UTF-8 text, its header read. */
export interface OpenedText extends DecodedText {
  dialect: Dialect;
}

/**
 * Finds a file's encoding, makes a UTF-8 copy of what is none, and reads the header.
 * @throws CliError 1 when the file is empty, binary, unreadable or has no proper header, 2 for an unknown encoding
 */
export async function openText(file: string, options: CsvOptions): Promise<OpenedText> {
  const decoded = await decode(file, options, (head) =>
    refuseBinary(head, file, options.encoding !== undefined),
  );
  const { head, isWhole } = await headOf(decoded.text);
  return Object.assign(decoded, { dialect: readDialect(head, isWhole, file, options.delimiter) });
}
