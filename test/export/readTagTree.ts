import { readFileSync } from "node:fs";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A tag of a PDF, as a screen reader meets it. */
export interface ReadTag {
  role: string;
  /** The text of it and all below it, in the order of reading; what stands for it where it is a picture. */
  text: string;
  lang: string | null;
  kids: ReadTag[];
}

/** Reads the tree of tags with its texts. */
export async function readTagTree(path: string): Promise<ReadTag> {
  const bytes = readFileSync(path);
  const texts = await readTexts(bytes);
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const pages = new Map(document.getPages().map(({ ref }, index) => [ref, index]));
  const { context, catalog } = document;
  const name = PDFName.of;
  const listOf = (object: PDFObject | undefined): PDFObject[] => {
    const found = context.lookup(object);
    if (found instanceof PDFArray) return found.asArray();
    return object === undefined ? [] : [object];
  };
  const word = (dict: PDFDict, key: string) =>
    dict.lookupMaybe(name(key), PDFString, PDFHexString)?.decodeText() ?? null;
  const textOf = (page: PDFObject | undefined, sequence: number): string => {
    const at = page instanceof PDFRef ? pages.get(page) : undefined;
    const text = texts[at ?? -1]?.get(sequence);
    if (text === undefined) throw new Error(`no text marked ${sequence} on page ${at}`);
    return text;
  };
  const read = (dict: PDFDict): ReadTag => {
    const page = dict.get(name("Pg"));
    const tag: ReadTag = {
      role: dict.lookup(name("S"), PDFName).decodeText(),
      text: "",
      lang: word(dict, "Lang"),
      kids: [],
    };
    for (const kid of listOf(dict.get(name("K")))) {
      const found = context.lookup(kid);
      if (found instanceof PDFNumber) tag.text += textOf(page, found.asNumber());
      if (!(found instanceof PDFDict)) continue;
      const sequence = found.get(name("MCID"));
      if (sequence instanceof PDFNumber)
        tag.text += textOf(found.get(name("Pg")) ?? page, sequence.asNumber());
      if (!found.has(name("S"))) continue;
      const below = read(found);
      tag.kids.push(below);
      tag.text += below.text;
    }
    const alt = word(dict, "Alt");
    return alt === null ? tag : { ...tag, text: alt };
  };
  return read(catalog.lookup(name("StructTreeRoot"), PDFDict).lookup(name("K"), PDFDict));
}

/** Every tag in the order of reading. */
export function tagsOf(tag: ReadTag): ReadTag[] {
  return [tag, ...tag.kids.flatMap(tagsOf)];
}

/** The text of each marked sequence of each page, as it would be copied. */
async function readTexts(bytes: Uint8Array): Promise<Map<number, string>[]> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  try {
    const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
    return await Promise.all(
      numbers.map(async (number) => {
        const page = await document.getPage(number);
        const { items } = await page.getTextContent({ includeMarkedContent: true });
        const texts = new Map<number, string>();
        const open: (number | null)[] = [];
        for (const item of items) {
          if ("str" in item) {
            const sequence = open.findLast((one) => one !== null);
            if (sequence != null) texts.set(sequence, `${texts.get(sequence)}${item.str}`);
          } else if (item.type === "endMarkedContent") open.pop();
          else {
            const [, id] = /_mc(\d+)$/.exec(item.id ?? "") ?? [];
            open.push(id === undefined ? null : Number(id));
            if (id !== undefined) texts.set(Number(id), "");
          }
        }
        return texts;
      }),
    );
  } finally {
    await document.destroy();
  }
}
