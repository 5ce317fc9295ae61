import { readFileSync } from "node:fs";
import { getDocument, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What only leads to something: a heading, and a table's head. */
const leading = /^(H\d?|TH)$/;

/** A marked part of a page, in the order of reading: the tags that it is in, the outermost first. */
interface Part {
  id: string;
  tags: readonly Tag[];
}

/** Headings of any kind, as a page ends with them: what they lead to is on the next, though that is the last or the first of all. */
export async function leftAlone(path: string): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  try {
    const found: string[] = [];
    for (let number = 1; number < document.numPages; number++) {
      const page = await document.getPage(number);
      const texts = await textsOf(page);
      const parts = partsOf(await page.getStructTree()).filter(
        ({ id, tags }) => tags.some(({ role }) => role === "Figure") || (texts.get(id) ?? "").trim() !== "",
      );
      const end = parts.findLastIndex((part) => !leads(part, parts));
      const alone = parts.slice(end + 1).map(({ id }) => texts.get(id) ?? "");
      if (alone.length > 0) found.push(`${number}: ${alone.join("").trim()}`);
    }
    return found;
  } finally {
    await document.destroy();
  }
}

type Tag = Awaited<ReturnType<PDFPageProxy["getStructTree"]>>;

/** Whether a part only leads to something: of what has a caption nothing else is on the page, before it or behind. */
function leads({ tags }: Part, parts: readonly Part[]): boolean {
  const caption = tags.find(({ role }) => role === "Caption");
  if (!caption) return tags.some(({ role }) => leading.test(role));
  const owner = tags[tags.indexOf(caption) - 1];
  return !parts.some((part) => owner && part.tags.includes(owner) && !part.tags.includes(caption));
}

function partsOf(tag: Tag | null, above: readonly Tag[] = []): Part[] {
  if (!tag) return [];
  const tags = [...above, tag];
  return tag.children.flatMap((child) => {
    if ("role" in child) return partsOf(child as Tag, tags);
    return child.type === "content" && child.id !== undefined ? [{ id: child.id, tags }] : [];
  });
}

/** The text of each marked part of a page. */
async function textsOf(page: PDFPageProxy): Promise<ReadonlyMap<string, string>> {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const texts = new Map<string, string>();
  const open: (string | undefined)[] = [];
  for (const item of items) {
    if ("str" in item) {
      const id = open.findLast((one) => one !== undefined);
      if (id !== undefined) texts.set(id, `${texts.get(id) ?? ""}${item.str}`);
    } else if (item.type === "endMarkedContent") open.pop();
    else open.push(item.id ?? undefined);
  }
  return texts;
}
