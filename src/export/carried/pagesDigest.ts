import { createHash } from "node:crypto";
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";

/** What pages draw, what lies over them, and what a file says beside them, as digests. */
export interface PagesDigest {
  pages_sha256: string;
  notes_sha256: string;
  words_sha256: string;
}

/** What a page may have from those above it. */
const inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];

/** Of a page what is told apart, what leads up again, and the places of its tags. */
const passed = new Set(["Annots", "Parent", "StructParents", ...inherited]);

/** Of the catalogue what has a digest of its own, and what tells of the file alone. */
const passedOfCatalog = new Set([
  "Type",
  "Pages",
  "Version",
  "Extensions",
  "OCProperties",
  "AcroForm",
  "Names",
  "AF",
]);
/** The properties that people read. */
const properties = ["Title", "Subject", "Keywords", "Author", "Creator", "CreationDate"];

/**
 * SHA-256 of all that pages draw (their size, contents, fonts and pictures, layers that can be switched), of what lies over
 * them (links, notes, form fields and what those show), and of what is said without being drawn: tags with their alternative
 * texts, which screen readers read, bookmarks, properties, scripts and other files. The figures' own attachment is in none.
 *
 * Whoever changes a letter of a page changes its contents, its fonts or what lies over it, so that the first two tell more than a
 * digest of the text would. They lie in the file and have no key: who works them out anew after a change is told by the
 * text that is held against the figures (`printedFigures`), by the warehouse, or by the manifest.
 */
export function pagesDigest(document: PDFDocument): PagesDigest {
  const pages = document.getPages();
  const { catalog, context } = document;
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
    words_sha256: digestOf(document, (write) => {
      for (const [name, value] of entriesOf(catalog)) if (!passedOfCatalog.has(name)) write(name, value);
      const names = context.lookup(catalog.get(PDFName.of("Names")));
      for (const [name, value] of names instanceof PDFDict ? entriesOf(names) : [])
        if (name !== "EmbeddedFiles") write(name, value);
      const info = context.lookup(context.trailerInfo.Info);
      for (const name of info instanceof PDFDict ? properties : [])
        write(name, (info as PDFDict).get(PDFName.of(name)));
    }),
  };
}

/** Names as text: each is one object, however often it stands in a file. */
const texts = new WeakMap<PDFName, string>();

function textOf(name: PDFName): string {
  const text = texts.get(name) ?? name.decodeText();
  texts.set(name, text);
  return text;
}

const entriesOf = (dict: PDFDict): [string, PDFObject][] =>
  dict
    .entries()
    .map(([name, value]): [string, PDFObject] => [textOf(name), value])
    .sort(([one], [other]) => (one < other ? -1 : 1));

type Write = (name: string, object: PDFObject | undefined) => void;

/**
 * Objects as they lead to each other, whichever numbers they have in the file, and whether they stand for themselves or where they
 * are needed; of a page its place.
 */
function digestOf(document: PDFDocument, tell: (write: Write) => void): string {
  const hash = createHash("sha256");
  const places = new Map(document.getPages().map(({ ref }, at) => [ref, at]));
  const known = new Map<PDFRef, number>();
  let count = 0;
  let text = "";
  const say = (more: string) => {
    text += more;
    if (text.length < 65_536) return;
    hash.update(text);
    text = "";
  };
  const entries = (dict: PDFDict, isOwn: (name: string) => boolean = () => true) => {
    for (const [key, value] of entriesOf(dict)) if (isOwn(key)) write(key, value);
  };
  const draw = (object: PDFObject | undefined) => {
    if (object instanceof PDFDict) {
      count += 1;
      say("<<\n");
      entries(object);
      say(">>\n");
    } else if (object instanceof PDFStream) {
      count += 1;
      // Its length is written down when the file is.
      entries(object.dict, (name) => name !== "Length");
      const contents = object.getContents();
      hash.update(`${text}stream ${contents.length}\n`).update(contents);
      text = "";
    } else if (object instanceof PDFArray) {
      count += 1;
      say("[\n");
      for (const each of object.asArray()) write("", each);
      say("]\n");
    } else say(`${object}\n`);
  };
  const write: Write = (name, object) => {
    say(`${name}\n`);
    if (!(object instanceof PDFRef)) return draw(object);
    const place = places.get(object);
    const before = known.get(object);
    if (place !== undefined) return say(`page ${place}\n`);
    if (before !== undefined) return say(`object ${before}\n`);
    known.set(object, count);
    draw(document.context.lookup(object));
  };
  tell(write);
  return hash.update(text).digest("hex");
}
