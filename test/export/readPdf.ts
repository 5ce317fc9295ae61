import { readFileSync } from "node:fs";
import { PDFDict, PDFDocument, PDFName } from "pdf-lib";
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface ReadPage {
  /** Points, as shown. */
  width: number;
  height: number;
  /** All text in drawing order, white space collapsed. */
  text: string;
  /** Font sizes in points, each once, smallest first. */
  sizes: number[];
  /** Drawn paths and images, in operators. */
  drawings: number;
  /** Lines as drawn between the margins, from the top. */
  lines: ReadLine[];
}

export interface ReadLine {
  text: string;
  /** Points from the page's left and foot. */
  x: number;
  y: number;
}

export interface OutlineEntry {
  title: string;
  /** From 1. */
  page: number;
  children: OutlineEntry[];
}

export interface ReadPdf {
  pages: ReadPage[];
  outline: OutlineEntry[];
  info: Record<string, unknown>;
  lang: string | null;
  isTagged: boolean;
  /** The subtypes of the fonts, and whether each has its file inside. */
  fonts: { name: string; subtype: string; isEmbedded: boolean }[];
  /** Web addresses that links lead to. */
  addresses: string[];
}

/** Reads a PDF back by other means than it was written with. */
export async function readPdf(path: string): Promise<ReadPdf> {
  const bytes = readFileSync(path);
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  try {
    const { info } = await document.getMetadata();
    const mark = await document.getMarkInfo();
    return {
      pages: await Promise.all(
        Array.from({ length: document.numPages }, (_, index) => readPage(document, index + 1)),
      ),
      outline: await readOutline(document, (await document.getOutline()) ?? []),
      info: info as Record<string, unknown>,
      lang: (info as { Language?: string }).Language ?? null,
      isTagged: mark?.Marked === true,
      fonts: await readFonts(bytes),
      addresses: await readAddresses(document),
    };
  } finally {
    await document.destroy();
  }
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<ReadPage> {
  const page = await document.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const text = items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
  const heights = items.flatMap((item) =>
    "str" in item && item.str.trim() !== "" ? Math.round(item.height * 10) / 10 : [],
  );
  const sizes = [...new Set(heights)].sort((a, b) => a - b);
  const { OPS } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const { fnArray } = await page.getOperatorList();
  const drawings = fnArray.filter((fn) => fn === OPS.constructPath || fn === OPS.paintImageXObject).length;
  const lines: ReadLine[] = [];
  let isNew = true;
  for (const item of items) {
    if (!("str" in item)) continue;
    const [, , , , x, y] = item.transform as number[];
    const isBetween = (y ?? 0) > margin - 4 && (y ?? 0) < height - margin;
    const last = lines.at(-1);
    if (isBetween && item.str.trim() !== "") {
      // Cells of a row are lines of their own, too.
      if (isNew || !last || Math.abs(last.y - (y ?? 0)) > 8)
        lines.push({ text: item.str, x: x ?? 0, y: y ?? 0 });
      else last.text += item.str;
    } else if (last && isBetween) last.text += item.str;
    isNew = item.hasEOL;
  }
  return { width, height, text: text.replace(/\s+/g, " ").trim(), sizes, drawings, lines };
}

/** Points of 18 mm. */
export const margin = 51;

async function readAddresses(document: PDFDocumentProxy): Promise<string[]> {
  const pages = Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1));
  const annotations = await Promise.all(pages.map(async (page) => (await page).getAnnotations()));
  return annotations.flat().flatMap(({ url, unsafeUrl }) => url ?? unsafeUrl ?? []);
}

type PdfOutline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;

async function readOutline(document: PDFDocumentProxy, entries: PdfOutline): Promise<OutlineEntry[]> {
  return Promise.all(
    entries.map(async ({ title, dest, items }) => {
      const destination = typeof dest === "string" ? await document.getDestination(dest) : dest;
      const page = destination ? (await document.getPageIndex(destination[0])) + 1 : 0;
      return { title, page, children: await readOutline(document, items as PdfOutline) };
    }),
  );
}

async function readFonts(bytes: Uint8Array): Promise<ReadPdf["fonts"]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const dicts = document.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object): object is PDFDict => object instanceof PDFDict);
  const word = (dict: PDFDict, key: string) => dict.lookupMaybe(PDFName.of(key), PDFName)?.decodeText() ?? "";
  return dicts
    .filter((dict) => word(dict, "Type") === "Font" && word(dict, "Subtype") !== "Type0")
    .map((dict) => {
      const descriptor = dict.lookupMaybe(PDFName.of("FontDescriptor"), PDFDict);
      const isEmbedded = ["FontFile", "FontFile2", "FontFile3"].some((key) =>
        descriptor?.has(PDFName.of(key)),
      );
      return { name: word(dict, "BaseFont"), subtype: word(dict, "Subtype"), isEmbedded };
    });
}
