import { PDFName } from "pdf-lib";
import { isAnnotation, isPiece, isTag, type Kid, type Piece, piecesIn, type Tag, tagsIn } from "./tagTree.js";

/** What the drawings say of the marked sequences that the tags name. */
export interface TagContext {
  isDecoration(piece: Piece): boolean;
  /** The language of a text that is not of the document's, BCP 47. */
  foreign(piece: Piece): string | undefined;
}

/** Tags that hold others and no text of their own. */
const groups = new Set(["Document", "Part", "Art", "Sect", "Div", "BlockQuote", "NonStruct"]);
/** Tags within a line of text. */
const phrases = new Set(["Span", "Link", "Code", "Em", "Strong", "Quote", "Reference", "Note"]);

/**
 * Puts the tags of a printed page in order, as the standard wants them. Chromium gives every box a tag that means
 * nothing, tags what it paints, makes a figure of all that has a caption, and leaves the text of a list's item bare.
 */
export function tidyTags(top: Tag, context: TagContext): Tag {
  const tidied = { ...top, kids: inParagraphs(top.kids.flatMap((kid) => tidy(kid, false, context))) };
  closeLevels(tidied);
  return tidied;
}

/** Raises headings so that none is more than a level below the one it stands under, and the first is of the first level. */
function closeLevels(top: Tag): void {
  const above: number[] = [];
  for (const tag of tagsIn(top)) {
    const level = Number(/^H([1-6])$/.exec(tag.role)?.[1] ?? 0);
    if (level === 0) continue;
    while ((above.at(-1) ?? 0) >= level) above.pop();
    tag.role = `H${above.push(level)}`;
  }
}

/** Tags that only a later edition of PDF has. */
const later: Readonly<Record<string, string>> = {
  Strong: "Span",
  Em: "Span",
  Sub: "Span",
  Aside: "Sect",
  Title: "P",
};

/** What takes the place of a tag. @param inText whether it lies within a paragraph, a heading, a cell … */
function tidy(kid: Kid, inText: boolean, context: TagContext): Kid[] {
  if (isPiece(kid)) return context.isDecoration(kid) ? [] : [kid];
  if (!isTag(kid)) return [kid];
  const isText = inText || !(groups.has(kid.role) || isCaptioned(kid)) || kid.kids.some(isAnnotation);
  const kids = kid.kids.flatMap((below) => tidy(below, isText, context));
  if (kids.length === 0 && !cells.has(kid.role)) return [];
  const tag = { ...kid, role: later[kid.role] ?? kid.role, kids };
  if (isBox(kid)) return ofBox(tag, { inText, isWhole: kid.kids.some(isTag), context });
  if (isCaptioned(kid)) return ofFigure(tag);
  if (kid.role === "LI") return [{ ...tag, kids: ofItem(kids) }];
  if (kid.role === "L") return [{ ...tag, kids: kids.map(asItem) }];
  return [groups.has(kid.role) ? { ...tag, kids: inParagraphs(kids) } : tag];
}

/** Tags that are there even where they are empty. */
const cells = new Set(["TD", "TH", "TR"]);

const plain = new Set(["Type", "S", "P", "K", "Pg"]);

/** Whether a tag means nothing: a box of the page. */
const isBox = ({ role, dict }: Tag): boolean =>
  role === "NonStruct" && (dict?.keys() ?? []).every((key) => plain.has(key.decodeText()));

/** Whether it is no picture, but what has a caption: a picture has words that say what it shows. */
const isCaptioned = ({ role, dict, kids }: Tag): boolean =>
  role === "Figure" && !dict?.has(PDFName.of("Alt")) && kids.some(isTag);

/** A box gives way to what it holds, unless that is a link, a paragraph or of another language. */
function ofBox(
  box: Tag,
  { inText, isWhole, context }: { inText: boolean; isWhole: boolean; context: TagContext },
): Kid[] {
  const { kids } = box;
  if (kids.some(isAnnotation)) {
    const link = { ...box, role: "Link" };
    return inText ? [link] : [paragraph([link])];
  }
  if (!inText && isWhole && kids.every(isPhrase)) return [{ ...box, role: "P" }];
  const langs = new Set(kids.map((kid) => (isPiece(kid) ? context.foreign(kid) : undefined)));
  const [lang] = langs;
  return lang !== undefined && langs.size === 1 ? [{ ...box, role: "Span", lang }] : kids;
}

const isPhrase = (kid: Kid): boolean => !isTag(kid) || phrases.has(kid.role);

const paragraph = (kids: Kid[]): Tag => ({ role: "P", kids });

/** Text that lies bare among paragraphs, tables and lists becomes paragraphs. */
function inParagraphs(kids: readonly Kid[]): Kid[] {
  const whole: Kid[] = [];
  let open: Kid[] | null = null;
  for (const kid of kids) {
    if (!isPhrase(kid)) {
      open = null;
      whole.push(kid);
    } else if (open) open.push(kid);
    else {
      open = [kid];
      whole.push(paragraph(open));
    }
  }
  return whole;
}

/** What has a caption: a table takes it in; all else stays together in a group. */
function ofFigure(figure: Tag): Kid[] {
  const kids = inParagraphs(figure.kids);
  const [table, ...tables] = kids.filter((kid): kid is Tag => isTag(kid) && kid.role === "Table");
  const [caption, ...captions] = kids.filter((kid): kid is Tag => isTag(kid) && kid.role === "Caption");
  if (!(table && caption) || tables.length + captions.length > 0) return [{ ...figure, role: "Div", kids }];
  const isAbove = kids.indexOf(caption) < kids.indexOf(table);
  const captioned = { ...table, kids: isAbove ? [caption, ...table.kids] : [...table.kids, caption] };
  const rest = kids.filter((kid) => kid !== caption).map((kid) => (kid === table ? captioned : kid));
  return rest.length === 1 ? rest : [{ ...figure, role: "Div", kids: rest }];
}

/** The parts of a list's item: its number or dot, and its body. */
function ofItem(kids: readonly Kid[]): Kid[] {
  const isPart = (kid: Kid) => isTag(kid) && (kid.role === "Lbl" || kid.role === "LBody");
  const body = kids.filter((kid) => !isPart(kid));
  return [...kids.filter(isPart), ...(body.length > 0 ? [{ role: "LBody", kids: body }] : [])];
}

const asItem = (kid: Kid): Kid =>
  isTag(kid) && ["LI", "L", "Caption"].includes(kid.role) ? kid : { role: "LI", kids: ofItem([kid]) };

/** The marked sequences that are drawn anew on later pages: the heads of a table's columns. */
export function repeatedPieces(tag: Tag): Piece[] {
  if (!isColumnHead(tag)) return tag.kids.flatMap((kid) => (isTag(kid) ? repeatedPieces(kid) : []));
  const [first, ...others] = piecesIn(tag);
  return others.filter(({ page }) => page !== first?.page);
}

const isColumnHead = ({ role, dict }: Tag): boolean =>
  role === "TH" && /\/Scope \/Column\b/.test(String(dict?.get(PDFName.of("A")) ?? ""));

/** The marked sequences that are content even without a text: pictures with words for them, and dots of lists. */
export function drawnPieces(tag: Tag): Piece[] {
  if (tag.role === "Lbl" || (tag.role === "Figure" && !isCaptioned(tag))) return piecesIn(tag);
  return tag.kids.flatMap((kid) => (isTag(kid) ? drawnPieces(kid) : []));
}
