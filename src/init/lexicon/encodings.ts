import { join } from "node:path";
import { type Extract, filesByName, openOf } from "../../../loaders/index.js";
import { CliError } from "../../run/error.js";
import { readHeading } from "./heading.js";

/** A file that is to be opened among others. */
export interface File {
  dataDir: string;
  tempDir: string;
  file: string;
  /** Every other file has been looked at. */
  isLast: boolean;
  /** The encodings that these are in. */
  among: ReadonlySet<string | undefined>;
}

/** Encodings that are tried where the reader asks for one. */
const asked: Readonly<Record<string, string>> = {
  "csv.utf16": "utf-16le",
  "encoding.unclear": "windows-1252",
};

/** Opens a file; where the reader asks for its encoding, by the likeliest, which stays to be answered. */
export async function opened({
  dataDir,
  tempDir,
  file,
  isLast,
  among,
}: File): Promise<{ extract: Extract; askedEncoding?: string; isByHeadings?: true } | undefined> {
  const opening = { name: file, path: join(dataDir, file), tempDir };
  try {
    return { extract: await openOf(filesByName, opening, {}) };
  } catch (error) {
    const wording = error instanceof CliError ? error.wording : "";
    const encoding = typeof wording === "string" ? undefined : asked[wording.id];
    if (encoding === undefined) throw error;
    const other = await byHeadings(opening, among);
    if (other) return { extract: other, isByHeadings: true };
    if (!isLast) return undefined;
    const extract = await openOf(filesByName, opening, { encoding });
    const odd = extract.header.filter((title) => /[¡-©«-¯±-¹»-¿]/.test(title));
    // Headings of signs are in no language.
    if (odd.length * 3 >= extract.header.length) throw error;
    return { extract, askedEncoding: encoding };
  }
}

/**
 * A file in an encoding in which half of its headings are known words, one of them beyond ASCII; among files in that encoding, where one
 * is known and all are plain or of its script. Two encodings in which that is so tell nothing.
 */
async function byHeadings(
  opening: { name: string; path: string; tempDir: string },
  among: File["among"],
): Promise<Extract | undefined> {
  const found: Extract[] = [];
  for (const [encoding, script] of Object.entries(scripts)) {
    const extract = await openOf(filesByName, opening, { encoding }).catch((error: unknown) => {
      if (error instanceof CliError) return undefined;
      throw error;
    });
    if (extract && isKnownIn(extract, script, among.has(encoding))) found.push(extract);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** What a heading beyond ASCII is written in, by encodings that a reader cannot tell. */
const scripts: Readonly<Record<string, { own: RegExp; all: RegExp }>> = {
  gb18030: { own: /\p{Script=Han}/u, all: /\p{Script=Han}|^[\x20-\x7e]*$/u },
  big5: { own: /\p{Script=Han}/u, all: /\p{Script=Han}|^[\x20-\x7e]*$/u },
  "windows-1252": { own: /[À-ÖØ-öø-ÿŒœ]/u, all: /^[\x20-\x7eÀ-ÖØ-öø-ÿŒœ€°²³]*$/u },
};

function isKnownIn(
  { header }: Extract,
  { own, all }: { own: RegExp; all: RegExp },
  isAmong: boolean,
): boolean {
  const isKnown = (title: string) =>
    readHeading(title).readings.some(({ means, unknown }) => unknown === 0 && means.size > 0);
  const known = header.filter(isKnown);
  const beyond = known.filter((title) => own.test(title));
  const isPlain = header.every((title) => all.test(title));
  const isMost = known.length >= 2 && known.length * 2 >= header.length;
  return isPlain && ((isMost && beyond.length > 0) || (isAmong && known.length > 0));
}
