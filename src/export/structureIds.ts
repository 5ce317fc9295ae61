import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFString } from "pdf-lib";

/**
 * Numbers the ids of structure elements anew, from 1. Chromium takes them from its counter of page nodes, which also
 * counts what never reached the page, and so differs from print to print. Their order stays: the tree of ids is
 * sorted.
 */
export function renumberStructureIds(document: PDFDocument): void {
  const places: Place[] = [];
  for (const [, object] of document.context.enumerateIndirectObjects()) findIds(object, places);
  const ids = [...new Set(places.map(({ id }) => id))].sort();
  const numbers = new Map(ids.map((id, index) => [id, `node${String(index + 1).padStart(8, "0")}`]));
  for (const { id, put } of places) put(PDFString.of(numbers.get(id) ?? id));
}

/** Where an id stands. */
interface Place {
  id: string;
  put(id: PDFString): void;
}

function findIds(object: PDFObject, places: Place[]): void {
  const look = (value: PDFObject, put: Place["put"]) => {
    if (value instanceof PDFString) {
      const id = value.asString();
      if (/^node\d{8}$/.test(id)) places.push({ id, put });
    } else if (value instanceof PDFDict || value instanceof PDFArray) findIds(value, places);
  };
  if (object instanceof PDFDict)
    for (const [key, value] of object.entries()) look(value, (id) => object.set(key, id));
  else if (object instanceof PDFArray)
    for (const [index, value] of object.asArray().entries()) look(value, (id) => object.set(index, id));
}
