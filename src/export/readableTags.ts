import { deflate } from "pako";
import {
  decodePDFRawStream,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from "pdf-lib";
import { type DrawingContext, otherLanguage, type ReadDrawing, readDrawing } from "./drawing.js";
import { nameLinks } from "./linkWords.js";
import { type Piece, readTags, tagsIn, writeTags } from "./tagTree.js";
import { drawnPieces, repeatedPieces, tidyTags } from "./tidyTags.js";
import { type Letters, readFonts } from "./toUnicode.js";

/** Makes a page that Chromium printed one that a screen reader reads as the standard (ISO 14289-1) wants it. */
export function makeReadable(document: PDFDocument, lang: string): void {
  const top = readTags(document);
  const fonts = readFonts(document);
  const drawn = byPage(top ? drawnPieces(top) : []);
  const repeated = byPage(top ? repeatedPieces(top) : []);
  const pages = new Map<PDFRef, ReadDrawing>();
  for (const page of document.getPages()) {
    const read = readPage(document, page, {
      fonts,
      lang,
      isDrawn: (sequence) => drawn.get(page.ref)?.has(sequence) ?? false,
      isRepeated: (sequence) => repeated.get(page.ref)?.has(sequence) ?? false,
    });
    if (read) pages.set(page.ref, read);
  }
  if (!top) return;
  const before = [...tagsIn(top)];
  const other = otherLanguage(lang);
  const of = ({ page }: Piece) => pages.get(page);
  const tidied = tidyTags(top, {
    isDecoration: (piece) => of(piece)?.decoration.has(piece.sequence) ?? false,
    foreign: (piece) => (of(piece)?.foreign.has(piece.sequence) ? other : undefined),
  });
  nameLinks(document, tidied, (piece) => of(piece)?.texts.get(piece.sequence) ?? "");
  writeTags(document, before, tidied);
}

/**
 * Reads the drawing of a page, and puts the one with its artifacts marked in its place: packed by a library whose bytes are the
 * same on every machine, at the level that takes half the time of the next for one hundredth more.
 */
function readPage(
  { context }: PDFDocument,
  { node }: PDFPage,
  { fonts, ...rest }: Omit<DrawingContext, "letters"> & { fonts: ReadonlyMap<PDFRef, Letters> },
): ReadDrawing | null {
  const place = node.get(PDFName.of("Contents"));
  const contents = node.Contents();
  if (!(place instanceof PDFRef && contents instanceof PDFRawStream)) return null;
  const names = node.Resources()?.lookupMaybe(PDFName.of("Font"), PDFDict);
  const drawing = Buffer.from(decodePDFRawStream(contents).decode()).toString("latin1");
  const read = readDrawing(drawing, {
    letters: (font) => {
      const found = names?.get(PDFName.of(font));
      return found instanceof PDFRef ? fonts.get(found) : undefined;
    },
    ...rest,
  });
  const packed = deflate(Buffer.from(read.drawing, "latin1"), { level: 5 });
  context.assign(place, context.stream(packed, { Filter: "FlateDecode" }));
  return read;
}

function byPage(pieces: readonly Piece[]): Map<PDFRef, Set<number>> {
  const pages = new Map<PDFRef, Set<number>>();
  for (const { page, sequence } of pieces) pages.set(page, (pages.get(page) ?? new Set()).add(sequence));
  return pages;
}
