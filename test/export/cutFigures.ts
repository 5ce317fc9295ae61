import { readFileSync } from "node:fs";
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { margin } from "./readPdf.js";

/** The figures of a PDF whose marked content lies on several pages: they were cut where one ends. */
export async function cutFigures(path: string): Promise<{ figures: number; cut: string[] }> {
  const document = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  const numbers = new Map(document.getPages().map(({ ref }, at) => [ref, at + 1]));
  const { context, catalog } = document;
  const name = PDFName.of;
  const kidsOf = (dict: PDFDict): PDFObject[] => {
    const found = context.lookup(dict.get(name("K")));
    return found instanceof PDFArray ? found.asArray() : found === undefined ? [] : [found];
  };
  const pagesOf = (dict: PDFDict, above: PDFObject | undefined): Set<number> => {
    const page = dict.get(name("Pg")) ?? above;
    const own = (at: PDFObject | undefined) => (at instanceof PDFRef ? (numbers.get(at) ?? 0) : 0);
    return new Set(
      kidsOf(dict).flatMap((kid) => {
        const found = context.lookup(kid);
        if (found instanceof PDFNumber) return [own(page)];
        if (!(found instanceof PDFDict)) return [];
        if (found.has(name("MCID"))) return [own(found.get(name("Pg")) ?? page)];
        return [...pagesOf(found, page)];
      }),
    );
  };
  const figures: Set<number>[] = [];
  const walk = (dict: PDFDict) => {
    if (dict.get(name("S")) === name("Figure")) figures.push(pagesOf(dict, undefined));
    for (const kid of kidsOf(dict)) {
      const found = context.lookup(kid);
      if (found instanceof PDFDict && found.has(name("S"))) walk(found);
    }
  };
  walk(catalog.lookup(name("StructTreeRoot"), PDFDict).lookup(name("K"), PDFDict));
  return {
    figures: figures.length,
    cut: figures.filter(({ size }) => size > 1).map((pages) => `pages ${[...pages].join(", ")}`),
  };
}

/** Texts that reach into the margins at their sides, or over the edge of their page. */
export async function textsBeyond(path: string): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  try {
    const found: string[] = [];
    // An opening quotation mark hangs a little.
    const side = margin - 8;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      for (const item of items) {
        if (!("str" in item) || item.str.trim() === "") continue;
        const [a = 1, b = 0, , , x = 0, y = 0] = item.transform as number[];
        const along = Math.hypot(a, b);
        const [right, top] = [x + (item.width * a) / along, y + (item.width * b) / along];
        const inside =
          [x, right].every((at) => at > side && at < width - side) &&
          [y, top].every((at) => at > 0 && at < height);
        if (!inside) found.push(`${number}: ${item.str}`);
      }
    }
    return found;
  } finally {
    await document.destroy();
  }
}
