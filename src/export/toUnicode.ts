import { decodePDFRawStream, PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from "pdf-lib";

/** What a font's codes of four hexadecimal digits stand for. */
export type Letters = ReadonlyMap<string, string>;

/**
 * Reads what the codes of every font stand for, and mends their tables: a range whose last byte runs over 255 begins
 * anew at 0 for a reader that keeps to the standard, so that 最 would be copied as 昀. Chromium writes such ranges.
 */
export function readFonts(document: PDFDocument): Map<PDFRef, Letters> {
  const fonts = new Map<PDFRef, Letters>();
  for (const [reference, font] of document.context.enumerateIndirectObjects()) {
    const place = font instanceof PDFDict ? font.get(PDFName.of("ToUnicode")) : undefined;
    const table = document.context.lookup(place);
    if (!(place instanceof PDFRef && table instanceof PDFRawStream)) continue;
    const written = Buffer.from(decodePDFRawStream(table).decode()).toString("latin1");
    const mended = mendedRanges(written);
    if (mended !== written) document.context.assign(place, document.context.flateStream(mended));
    fonts.set(reference, lettersOf(mended));
  }
  return fonts;
}

const range = /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi;
const block = (kind: string) => new RegExp(`\\d+ beginbf${kind}\\s+([^]*?)endbf${kind}`, "g");
/** How many entries a block may have. */
const most = 100;

/** The table with each range cut where its last byte would run over. */
export function mendedRanges(table: string): string {
  return table.replace(block("range"), (whole, body: string) => {
    const ranges = [...body.matchAll(range)];
    const cut = ranges.flatMap(([, from = "", to = "", letters = ""]) => cutRange(from, to, letters));
    if (cut.length === ranges.length) return whole;
    const blocks = Array.from({ length: Math.ceil(cut.length / most) }, (_, index) =>
      cut.slice(index * most, (index + 1) * most),
    );
    return blocks.map((lines) => `${lines.length} beginbfrange\n${lines.join("\n")}\nendbfrange`).join("\n");
  });
}

function cutRange(from: string, to: string, letters: string): string[] {
  const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  const room = 255 - Number.parseInt(letters.slice(-2), 16);
  const written = (low: number, high: number, begin: string) =>
    `<${hex(low, from.length)}> <${hex(high, from.length)}> <${begin}>`;
  if (last - first <= room) return [written(first, last, letters)];
  const next = first + room + 1;
  return [
    written(first, next - 1, letters),
    ...cutRange(hex(next, from.length), to, raised(letters, room + 1)),
  ];
}

function lettersOf(table: string): Letters {
  const letters = new Map<string, string>();
  for (const [, body = ""] of table.matchAll(block("char"))) {
    for (const [, code = "", text = ""] of body.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      letters.set(code.toUpperCase(), utf16(text));
  }
  for (const [, body = ""] of table.matchAll(block("range"))) {
    for (const [, from = "", to = "", text = ""] of body.matchAll(range)) {
      const first = Number.parseInt(from, 16);
      for (let code = first; code <= Number.parseInt(to, 16); code++)
        letters.set(hex(code, from.length), utf16(raised(text, code - first)));
    }
  }
  return letters;
}

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");

/** Hexadecimal UTF-16 whose last unit is raised. */
const raised = (text: string, by: number) =>
  text.slice(0, -4) + hex(Number.parseInt(text.slice(-4), 16) + by, 4);

/** The text that hexadecimal UTF-16 stands for. */
export function utf16(text: string): string {
  return Buffer.from(text, "hex").swap16().toString("utf16le");
}
