import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFString } from "pdf-lib";

/**
 * Numbers the ids of structure elements anew, from 1. Chromium takes them from its counter of page nodes, which also
 * counts what never reached the page, and so differs from print to print. Their order stays: the tree of ids is
 * sorted.
 */
export function renumberStructureIds(document: PDFDocument): void {
  const objects = document.context.enumerateIndirectObjects().map(([, object]) => object);
  const ids = new Set<string>();
  for (const object of objects) collectIds(object, ids);
  const numbers = new Map(
    [...ids].sort().map((id, index) => [id, `node${String(index + 1).padStart(8, "0")}`]),
  );
  for (const object of objects) replaceIds(object, (id) => numbers.get(id) ?? id);
}

function collectIds(object: PDFObject, ids: Set<string>): void {
  replaceIds(object, (id) => {
    ids.add(id);
    return id;
  });
}

function replaceIds(object: PDFObject, replace: (id: string) => string): void {
  const renamed = (value: PDFObject): PDFString | null =>
    value instanceof PDFString && /^node\d{8}$/.test(value.asString())
      ? PDFString.of(replace(value.asString()))
      : null;
  if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const next = renamed(value);
      if (next) object.set(key, next);
      else replaceIds(value, replace);
    }
  } else if (object instanceof PDFArray) {
    object.asArray().forEach((value, index) => {
      const next = renamed(value);
      if (next) object.set(index, next);
      else replaceIds(value, replace);
    });
  }
}
