import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFString } from "pdf-lib";

/**
 * Numbers the ids of structure elements anew, from 1, in the order in which the elements stand in the file, which is that of the tree.
 * Chromium takes them from its counter of page nodes: that counts what never reached the page, too, and gives a node its number
 * when something first asks for it, so that neither the numbers nor their order are the same from print to print.
 */
export function renumberStructureIds(document: PDFDocument): void {
  const { context } = document;
  const places: Place[] = [];
  for (const [, object] of context.enumerateIndirectObjects()) findIds(object, places);
  const own = places.filter(({ key }) => key === "ID");
  const ids = [...new Set([...own, ...places].map(({ id }) => id))];
  const numbers = new Map(ids.map((id, index) => [id, `node${String(index + 1).padStart(8, "0")}`]));
  for (const { id, put } of places) put(PDFString.of(numbers.get(id) ?? id));
  sortIdTree(document);
}

/** Has the list of ids in their order again, in one piece. */
function sortIdTree({ context, catalog }: PDFDocument): void {
  const name = PDFName.of;
  const root = catalog.lookupMaybe(name("StructTreeRoot"), PDFDict);
  const tree = root?.get(name("IDTree"));
  if (!root || !tree) return;
  const found: { id: PDFString; element: PDFObject }[] = [];
  const take = (object: PDFObject): void => {
    const node = context.lookup(object);
    if (object instanceof PDFRef) context.delete(object);
    if (!(node instanceof PDFDict)) return;
    for (const kid of node.lookupMaybe(name("Kids"), PDFArray)?.asArray() ?? []) take(kid);
    const names = node.lookupMaybe(name("Names"), PDFArray)?.asArray() ?? [];
    for (let at = 0; at + 1 < names.length; at += 2) {
      const [id, element] = [names[at], names[at + 1]];
      if (id instanceof PDFString && element) found.push({ id, element });
    }
  };
  take(tree);
  found.sort((one, other) => (one.id.asString() < other.id.asString() ? -1 : 1));
  const names = context.obj({});
  names.set(name("Names"), context.obj(found.flatMap(({ id, element }) => [id, element])));
  root.set(name("IDTree"), names);
}

/** Where an id stands. */
interface Place {
  id: string;
  /** Under what it stands there; of a list its number. */
  key: string;
  put(id: PDFString): void;
}

function findIds(object: PDFObject, places: Place[]): void {
  const look = (key: string, value: PDFObject, put: Place["put"]) => {
    if (value instanceof PDFString) {
      const id = value.asString();
      if (/^node\d{8}$/.test(id)) places.push({ id, key, put });
    } else if (value instanceof PDFDict || value instanceof PDFArray) findIds(value, places);
  };
  if (object instanceof PDFDict)
    for (const [key, value] of object.entries()) look(key.decodeText(), value, (id) => object.set(key, id));
  else if (object instanceof PDFArray)
    for (const [index, value] of object.asArray().entries())
      look(String(index), value, (id) => object.set(index, id));
}
