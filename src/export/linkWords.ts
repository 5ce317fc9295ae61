import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "pdf-lib";
import { isAnnotation, type Piece, piecesIn, type Tag, tagsIn } from "./tagTree.js";

/** Gives each link the words that it is read aloud with: its own text, else what its picture shows, else where it leads. */
export function nameLinks(document: PDFDocument, top: Tag, textOf: (piece: Piece) => string): void {
  for (const tag of tagsIn(top)) {
    const links = tag.kids.filter(isAnnotation);
    if (links.length === 0) continue;
    const words = wordsOf(tag, textOf);
    for (const { annotation } of links) {
      if (annotation.has(PDFName.of("Contents"))) continue;
      annotation.set(PDFName.of("Contents"), PDFHexString.fromText(words || targetOf(document, annotation)));
    }
  }
}

function wordsOf(tag: Tag, textOf: (piece: Piece) => string): string {
  const text = piecesIn(tag).map(textOf).join("\n");
  const words = inOneLine(text);
  if (words !== "") return words;
  for (const { dict } of tagsIn(tag)) {
    const alt = dict?.lookupMaybe(PDFName.of("Alt"), PDFString, PDFHexString);
    if (alt) return alt.decodeText();
  }
  return "";
}

/** A text whose lines follow each other, as Chinese does without a space. */
const inOneLine = (text: string): string =>
  text
    .replace(/(?<=\p{Script=Han})\n+(?=\p{Script=Han})/gu, "")
    .replace(/\s+/g, " ")
    .trim();

function targetOf({ context }: PDFDocument, annotation: PDFDict): string {
  const action = context.lookupMaybe(annotation.get(PDFName.of("A")), PDFDict);
  const address = context.lookup(action?.get(PDFName.of("URI")) ?? annotation.get(PDFName.of("Dest")));
  if (address instanceof PDFName || address instanceof PDFString || address instanceof PDFHexString)
    return address.decodeText();
  return "link";
}
