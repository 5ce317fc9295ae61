import { createHash } from "node:crypto";
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";

/** What pages draw and what lies over them, as digests. */
export interface PagesDigest {
  pages_sha256: string;
  notes_sha256: string;
}

/** What a page may have from those above it. */
const inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];

/** Of a page what is told apart, what leads up again, and the places of its tags. */
const passed = new Set(["Annots", "Parent", "StructParents", ...inherited]);

/**
 * SHA-256 of all that pages draw (their size, contents, fonts and pictures, layers that can be switched) and of what lies over
 * them (links, notes, form fields and what those show). Tags, bookmarks, metadata and attachments are no part of it.
 */
export function pagesDigest(document: PDFDocument): PagesDigest {
  const pages = document.getPages();
  const { catalog } = document;
  return {
    pages_sha256: digestOf(document, (write) => {
      for (const { node } of pages) {
        for (const name of inherited) write(name, node.getInheritableAttribute(PDFName.of(name)));
        for (const [name, value] of entriesOf(node)) if (!passed.has(name)) write(name, value);
      }
      write("OCProperties", catalog.get(PDFName.of("OCProperties")));
    }),
    notes_sha256: digestOf(document, (write) => {
      for (const { node } of pages) write("Annots", node.get(PDFName.of("Annots")));
      write("AcroForm", catalog.get(PDFName.of("AcroForm")));
    }),
  };
}

const entriesOf = (dict: PDFDict): [string, PDFObject][] =>
  dict
    .entries()
    .map(([name, value]): [string, PDFObject] => [name.decodeText(), value])
    .sort(([one], [other]) => (one < other ? -1 : 1));

type Write = (name: string, object: PDFObject | undefined) => void;

/** Objects as they lead to each other, whichever numbers they have in the file; of a page its place. */
function digestOf(document: PDFDocument, tell: (write: Write) => void): string {
  const hash = createHash("sha256");
  const places = new Map(document.getPages().map(({ ref }, at) => [ref, at]));
  const known = new Map<PDFRef, number>();
  const write: Write = (name, object) => {
    hash.update(`${name}\n`);
    if (object instanceof PDFRef) {
      const place = places.get(object);
      const before = known.get(object);
      if (place !== undefined) hash.update(`page ${place}\n`);
      else if (before !== undefined) hash.update(`object ${before}\n`);
      else {
        known.set(object, known.size);
        write("", document.context.lookup(object));
      }
    } else if (object instanceof PDFDict) {
      hash.update("<<\n");
      for (const [key, value] of entriesOf(object)) write(key, value);
      hash.update(">>\n");
    } else if (object instanceof PDFStream) {
      // Its length is written down when the file is.
      for (const [key, value] of entriesOf(object.dict)) if (key !== "Length") write(key, value);
      const contents = object.getContents();
      hash.update(`stream ${contents.length}\n`).update(contents);
    } else if (object instanceof PDFArray) {
      hash.update("[\n");
      for (const each of object.asArray()) write("", each);
      hash.update("]\n");
    } else hash.update(`${object}\n`);
  };
  tell(write);
  return hash.digest("hex");
}
