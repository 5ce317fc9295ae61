import { z } from "zod";
import { says } from "../src/words/told.js";

const pattern = z.string().min(1);
const patterns = z.union([pattern, z.array(pattern).min(1)]);

/** A sheet of a workbook, and Excel's number of the row with its headings. */
const sheet = z
  .strictObject({ file: pattern, sheet: pattern.optional(), header_row: z.int().min(1).optional() })
  .refine(({ file }) => /\.(xlsx|xlsm)$/i.test(file), says("schema.sheetOf"));

const named = z
  .record(z.string().regex(/^[A-Za-z_]\w*$/, says("schema.rawTable")), z.union([patterns, sheet]))
  .refine((parts) => {
    const places = Object.values(parts).flatMap((part) => (isSheet(part) ? [part] : []));
    const isAlike = (one: Sheet, other: Sheet) => one.file === other.file && one.sheet === other.sheet;
    return places.every((one) =>
      places.every((other) => !isAlike(one, other) || one.header_row === other.header_row),
    );
  }, says("schema.sheetTwice"));

/** The setting `files` of a source whose extracts are files. */
export const files = z.union([patterns, named], says("schema.patterns"));

type Sheet = z.infer<typeof sheet>;
type Files = z.infer<typeof files>;

const isSheet = (part: string | string[] | Sheet): part is Sheet =>
  typeof part === "object" && !Array.isArray(part);

const namedParts = (given: Files) =>
  typeof given === "string" || Array.isArray(given) ? { extract: given } : given;

/**
 * Raw table → patterns; files of one kind make the one table `extract`. Where several sheets are named, the name of each
 * stands behind its workbook's.
 */
export function patternsOf({ files: given }: { files: Files }): Record<string, string[]> {
  const parts = Object.entries(namedParts(given));
  const areSeveral = parts.filter(([, part]) => isSheet(part) && part.sheet !== undefined).length > 1;
  return Object.fromEntries(
    parts.map(([name, part]) => {
      if (!isSheet(part)) return [name, [part].flat()];
      return [name, [areSeveral && part.sheet !== undefined ? `${part.file}/${part.sheet}` : part.file]];
    }),
  );
}

/** What `files` says of the workbook of a raw table. */
export function sheetOf(given: Files | undefined, part: string | undefined): Omit<Sheet, "file"> {
  const found = given === undefined || part === undefined ? undefined : namedParts(given)[part];
  return found !== undefined && isSheet(found) ? found : {};
}
