import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from "pdf-lib";

/** A marked sequence of a page's drawing. */
export interface Piece {
  page: PDFRef;
  sequence: number;
}

/** A link or other annotation. */
export interface Annotation {
  annotation: PDFDict;
  reference: PDFDict;
}

/** An element of the tree of tags, which a screen reader walks. */
export interface Tag {
  role: string;
  kids: Kid[];
  /** What the file has of it; a new one has nothing yet. */
  ref?: PDFRef;
  dict?: PDFDict;
  lang?: string;
}

export type Kid = Tag | Piece | Annotation;

export const isTag = (kid: Kid): kid is Tag => "role" in kid;
export const isPiece = (kid: Kid): kid is Piece => "sequence" in kid;
export const isAnnotation = (kid: Kid): kid is Annotation => "annotation" in kid;

const name = PDFName.of;
const keys = {
  role: name("S"),
  kids: name("K"),
  parent: name("P"),
  page: name("Pg"),
  sequence: name("MCID"),
  object: name("Obj"),
  type: name("Type"),
};

/** The tree of tags of a document; null where it has none. */
export function readTags(document: PDFDocument): Tag | null {
  const { context, catalog } = document;
  const root = catalog.lookupMaybe(name("StructTreeRoot"), PDFDict);
  const read = (object: PDFObject, page: PDFRef | undefined): Kid[] => {
    const found = context.lookup(object);
    if (found instanceof PDFNumber) return page ? [{ page, sequence: found.asNumber() }] : [];
    if (!(found instanceof PDFDict)) return [];
    const own = found.get(keys.page) ?? page;
    const on = own instanceof PDFRef ? own : undefined;
    const sequence = found.get(keys.sequence);
    if (sequence instanceof PDFNumber) return on ? [{ page: on, sequence: sequence.asNumber() }] : [];
    const annotation = context.lookup(found.get(keys.object));
    if (annotation instanceof PDFDict) return [{ annotation, reference: found }];
    const role = found.get(keys.role);
    if (!(role instanceof PDFName)) return [];
    const tag: Tag = { role: role.decodeText(), dict: found, kids: [] };
    if (object instanceof PDFRef) tag.ref = object;
    tag.kids = listed(found.get(keys.kids)).flatMap((kid) => read(kid, on));
    return [tag];
  };
  const listed = (object: PDFObject | undefined): PDFObject[] => {
    const found = context.lookup(object);
    if (found instanceof PDFArray) return found.asArray();
    return object === undefined ? [] : [object];
  };
  const [top] = listed(root?.get(keys.kids)).flatMap((kid) => read(kid, undefined));
  return top && isTag(top) ? top : null;
}

/** Every tag from the one given on, in the order of reading. */
export function* tagsIn(tag: Tag): Generator<Tag> {
  yield tag;
  for (const kid of tag.kids) if (isTag(kid)) yield* tagsIn(kid);
}

/** The marked sequences of a tag and all below it, in the order of reading. */
export function piecesIn(tag: Tag): Piece[] {
  return tag.kids.flatMap((kid) => (isTag(kid) ? piecesIn(kid) : isPiece(kid) ? [kid] : []));
}

/** Puts a tree of tags in the place of a document's own, of which `before` are the tags. */
export function writeTags(document: PDFDocument, before: readonly Tag[], top: Tag): void {
  const { context, catalog } = document;
  const root = catalog.get(name("StructTreeRoot"));
  const owners = new Map<PDFRef, PDFRef[]>();
  const annotations: [number, PDFRef][] = [];
  const kept = new Set<PDFRef>();
  const write = (tag: Tag, parent: PDFObject | undefined): PDFRef => {
    const dict = tag.dict ?? context.obj({ Type: "StructElem" });
    const ref = tag.ref ?? context.register(dict);
    kept.add(ref);
    dict.set(keys.role, name(tag.role));
    if (parent) dict.set(keys.parent, parent);
    if (tag.lang !== undefined) dict.set(name("Lang"), PDFString.of(tag.lang));
    const page = tag.kids.find(isPiece)?.page;
    if (page) dict.set(keys.page, page);
    else dict.delete(keys.page);
    const kids = tag.kids.map((kid): PDFObject => {
      if (isTag(kid)) return write(kid, ref);
      if (isAnnotation(kid)) {
        const key = kid.annotation.get(name("StructParent"));
        if (key instanceof PDFNumber) annotations.push([key.asNumber(), ref]);
        return kid.reference;
      }
      const owned = owners.get(kid.page) ?? [];
      owners.set(kid.page, owned);
      owned[kid.sequence] = ref;
      return kid.page === page
        ? PDFNumber.of(kid.sequence)
        : context.obj({ Type: "MCR", Pg: kid.page, MCID: kid.sequence });
    });
    const [first] = kids;
    if (first === undefined) dict.delete(keys.kids);
    else dict.set(keys.kids, kids.length === 1 ? first : context.obj(kids));
    return ref;
  };
  write(top, root);
  for (const { ref } of before) if (ref && !kept.has(ref)) context.delete(ref);
  writeOwners(document, owners, annotations);
}

/** Writes down which tag each marked sequence and each annotation is of; those of an artifact have none. */
function writeOwners(
  document: PDFDocument,
  owners: ReadonlyMap<PDFRef, readonly PDFRef[]>,
  annotations: readonly [number, PDFRef][],
): void {
  const { context, catalog } = document;
  const root = catalog.lookup(name("StructTreeRoot"), PDFDict);
  dropOwners(context, root.get(name("ParentTree")));
  const entries = [...annotations];
  for (const page of document.getPages()) {
    const key = page.node.get(name("StructParents"));
    const owned = Array.from(owners.get(page.ref) ?? [], (owner) => owner ?? null);
    if (key instanceof PDFNumber) entries.push([key.asNumber(), context.register(context.obj(owned))]);
  }
  const numbers = entries.sort(([a], [b]) => a - b).flat();
  root.set(name("ParentTree"), context.register(context.obj({ Nums: numbers })));
}

/** Takes a tree of numbers out of the file, with the lists in it. */
function dropOwners(context: PDFContext, tree: PDFObject | undefined): void {
  const found = context.lookup(tree);
  if (!(found instanceof PDFDict)) return;
  const list = (key: string) => found.lookupMaybe(name(key), PDFArray)?.asArray() ?? [];
  for (const kid of list("Kids")) dropOwners(context, kid);
  for (const value of list("Nums"))
    if (value instanceof PDFRef && context.lookup(value) instanceof PDFArray) context.delete(value);
  if (tree instanceof PDFRef) context.delete(tree);
}
