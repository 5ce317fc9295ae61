import { createHash } from "node:crypto";
import {
  AFRelationship,
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFStream,
  PDFString,
} from "pdf-lib";
import type { PackFigures } from "../published/packFigures.js";

/** What the attachment is called. */
const name = "figures.json";

/** What a PDF carries: what it shows, and what its pages looked like when they were printed. */
export interface CarriedFigures {
  figures: PackFigures;
  /** SHA-256 of all that is drawn on the pages. */
  pages_sha256: string;
}

/** Lets a PDF carry the figures it shows. */
export async function attachFigures(
  document: PDFDocument,
  figures: PackFigures,
  asOf: string,
): Promise<void> {
  const carried: CarriedFigures = { figures, pages_sha256: pagesDigest(document) };
  const day = new Date(asOf);
  await document.attach(Buffer.from(JSON.stringify(carried), "utf8"), name, {
    mimeType: "application/json",
    description: figures.title,
    creationDate: day,
    modificationDate: day,
    afRelationship: AFRelationship.Data,
  });
}

/** The figures that a PDF carries; null where it carries none of ours. */
export function carriedFigures(document: PDFDocument): CarriedFigures | null {
  const names = document.catalog
    .lookupMaybe(PDFName.of("Names"), PDFDict)
    ?.lookupMaybe(PDFName.of("EmbeddedFiles"), PDFDict)
    ?.lookupMaybe(PDFName.of("Names"), PDFArray);
  for (let at = 0; names && at + 1 < names.size(); at += 2) {
    const key = names.lookup(at);
    const isOurs = (key instanceof PDFHexString || key instanceof PDFString) && key.decodeText() === name;
    if (!isOurs) continue;
    const stream = names
      .lookup(at + 1, PDFDict)
      .lookup(PDFName.of("EF"), PDFDict)
      .lookup(PDFName.of("F"));
    if (!(stream instanceof PDFRawStream)) continue;
    const text = Buffer.from(decodePDFRawStream(stream).decode()).toString("utf8");
    return JSON.parse(text) as CarriedFigures;
  }
  return null;
}

/** SHA-256 of the pages: their sizes, what is drawn on them, and what they draw with. */
export function pagesDigest(document: PDFDocument): string {
  const hash = createHash("sha256");
  for (const page of document.getPages()) {
    const { width, height } = page.getSize();
    hash.update(`${width} ${height}\n`);
    const contents = page.node.Contents();
    const streams =
      contents instanceof PDFArray
        ? contents.asArray().map((each) => document.context.lookup(each))
        : [contents];
    for (const stream of streams) if (stream instanceof PDFStream) hash.update(stream.getContents());
    const resources = page.node.Resources();
    for (const kind of ["Font", "XObject"])
      for (const [key, value] of resources?.lookupMaybe(PDFName.of(kind), PDFDict)?.entries() ?? []) {
        const found = document.context.lookup(value);
        hash.update(`${key.asString()}\n`);
        if (found instanceof PDFStream) hash.update(found.getContents());
      }
  }
  return hash.digest("hex");
}
