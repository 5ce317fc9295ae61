import { z } from "zod";
import { says } from "../../src/words/told.js";
import { files, patternsOf } from "../files.js";
import { unpackedName } from "../packed/names.js";
import type { Kind } from "../source.js";
import { decoderFor } from "./encoding.js";
import { CsvExtract } from "./extract.js";

const settings = {
  files,
  delimiter: z
    .string()
    .refine((text) => /^[\t -~]$/.test(text) && text !== '"', says("schema.oneCharacter"))
    .optional(),
  encoding: z.string().refine(isEncoding, says("schema.encoding")).optional(),
};

/** Files of comma-separated values, and of what else separates them. */
export const csv: Kind<typeof settings> = {
  settings,
  fileName: /\.(csv|tsv)$/i,
  parts: patternsOf,
  open({ name, path, unpacked, tempDir }, { delimiter, encoding }) {
    const chosen = delimiter ?? (/\.tsv$/i.test(unpackedName(name)) ? "\t" : undefined);
    return CsvExtract.open(path, {
      name,
      tempDir,
      ...(unpacked ? { unpacked } : {}),
      ...(chosen ? { delimiter: chosen } : {}),
      ...(encoding ? { encoding } : {}),
    });
  },
};

function isEncoding(name: string): boolean {
  try {
    decoderFor(name, "");
    return true;
  } catch {
    return false;
  }
}
