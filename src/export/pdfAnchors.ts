import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from "pdf-lib";

/** Reads a PDF as it was printed. */
export const loadPdf = (printed: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(printed, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });

/** The page (from 1) on which each element with an id that is linked to begins. */
export function pagesOfAnchors(document: PDFDocument): Record<string, number> {
  const numbers = new Map(document.getPages().map((page, index) => [page.ref, index + 1]));
  const anchors = document.catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  const pages: Record<string, number> = {};
  for (const [name, target] of anchors?.entries() ?? []) {
    const destination = document.context.lookup(target);
    const page = destination instanceof PDFArray ? destination.get(0) : undefined;
    const number = page instanceof PDFRef ? numbers.get(page) : undefined;
    if (number !== undefined) pages[name.decodeText()] = number;
  }
  return pages;
}
