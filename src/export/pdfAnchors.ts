import { ParseSpeeds, PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from "pdf-lib";

/** The page (from 1) on which each element with an id that is linked to begins. */
export async function pagesOfAnchors(pdf: Uint8Array): Promise<Record<string, number>> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
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
