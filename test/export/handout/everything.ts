import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import JSZip from "jszip";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import { readPdf } from "../readPdf.js";
import { readTagTree, tagsOf } from "../readTagTree.js";

/** All that somebody finds in a folder that is handed out: names of files, and what they say wherever they say it. */
export async function everythingIn(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const text = name.endsWith(".pdf")
      ? await everythingOfPdf(path)
      : name.endsWith(".xlsx")
        ? await everythingOfWorkbook(readFileSync(path))
        : readFileSync(path, "utf8");
    found.set(name, `${name}\n${text}`);
  }
  return found;
}

/** Text of the pages, tags with alternative texts, bookmarks, properties, attachments and every text of any object. */
async function everythingOfPdf(path: string): Promise<string> {
  const { pages, info, outline, addresses } = await readPdf(path);
  const document = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  const objects = document.context.enumerateIndirectObjects().map(([, object]) => object);
  return [
    ...pages.map(({ text }) => text),
    ...tagsOf(await readTagTree(path)).map(({ text }) => text),
    JSON.stringify([info, outline, addresses]),
    ...objects.flatMap(textsOf),
    ...objects.flatMap(streamOf),
  ].join("\n");
}

function textsOf(object: PDFObject): string[] {
  if (object instanceof PDFHexString || object instanceof PDFString) return [object.decodeText()];
  if (object instanceof PDFDict) return object.entries().flatMap(([, value]) => textsOf(value));
  if (object instanceof PDFRawStream) return textsOf(object.dict);
  return object instanceof PDFArray ? object.asArray().flatMap(textsOf) : [];
}

/** A stream of text: an attached file, or the properties as XMP. */
function streamOf(object: PDFObject): string[] {
  if (!(object instanceof PDFRawStream)) return [];
  const type = object.dict.get(PDFName.of("Type"));
  if (type !== PDFName.of("EmbeddedFile") && type !== PDFName.of("Metadata")) return [];
  const isPacked = object.dict.get(PDFName.of("Filter")) === PDFName.of("FlateDecode");
  return [Buffer.from(isPacked ? inflateSync(object.contents) : object.contents).toString("utf8")];
}

/** Every entry of the archive: sheets, shared strings, properties, charts with what they keep of cells, names. */
async function everythingOfWorkbook(bytes: Uint8Array): Promise<string> {
  const archive = await JSZip.loadAsync(bytes);
  const entries = Object.values(archive.files).filter(({ dir, name }) => !dir && !name.endsWith(".png"));
  const texts = await Promise.all(entries.map(async (each) => `${each.name}\n${await each.async("string")}`));
  return texts.join("\n");
}
