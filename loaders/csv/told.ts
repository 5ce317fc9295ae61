import { type Told, told } from "../../src/words/told.js";
import type { Count, Refused } from "../source.js";
import type { ReaderRule, RejectedLine } from "./shape.js";

const expected: Readonly<Record<ReaderRule, string>> = {
  ragged: "expected the header's % fields",
  broken_quoting: "expected quotes only around whole fields, doubled inside, and closed within the record",
  line_too_long: "expected a line of at most 2,000,000 bytes",
  bad_encoding: "expected text in the file's encoding",
  nul_byte: "expected text without NUL bytes",
  repeated_header:
    "expected the header once, at the file's beginning; two exports may have been put together",
};

/** Rejected lines of a file whose header has so many fields, with what is wrong with them. */
export const refusedLines = (lines: readonly RejectedLine[], headerFields: number): Refused[] =>
  lines.map(({ line, rule, fields, raw }) => ({
    line,
    rule,
    value: fields === undefined ? null : `${fields} fields`,
    expected: expected[rule].replace("%", String(headerFields)),
    raw,
  }));

/** What the user is to know of how a file was read. */
export const readingTold = (
  file: string,
  { doubts, encoding, certainty }: Pick<Count, "doubts" | "encoding" | "certainty">,
): Told[] => [
  ...(doubts.length > 0
    ? [told("load.copied", { file, doubts: doubts.map((doubt) => told(`doubt.${doubt}`)) })]
    : []),
  // What somebody has written down of each of many files is no news.
  ...(encoding === "utf-8" || certainty === null
    ? []
    : [told("load.readAs", { file, encoding, guess: told(`encoding.${certainty}`) })]),
];
