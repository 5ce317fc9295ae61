import { lockedMark } from "../encryptPdf.js";

/**
 * Whether a locked PDF is as `encryptPdf` writes it: one object after the other, each once and where the list of objects says, those
 * within streams in one alone. It cannot be written again and compared, as one that is open can: what locks it is drawn by lot.
 */
export async function isLockedAsWritten(file: Uint8Array, password: string): Promise<boolean> {
  const { decodePDFRawStream, PDFDocument, PDFNumber, PDFName, PDFRawStream, PDFRef, PDFXRefStreamParser } =
    await import("@cantoo/pdf-lib");
  // The list is read without the password, what streams hold with it.
  const locked = await PDFDocument.load(file, { updateMetadata: false, ignoreEncryption: true });
  const open = await PDFDocument.load(file, { updateMetadata: false, password });
  const walked = walk(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  if (!walked) return false;
  const { places, list } = walked;
  const listed = locked.context.lookup(PDFRef.of(list));
  if (!(listed instanceof PDFRawStream) || listed.dict.has(PDFName.of("Prev"))) return false;
  const within = new Map<number, number>();
  const known = new Set<number>();
  for (const { ref, offset, deleted, inObjectStream } of PDFXRefStreamParser.forStream(
    listed,
  ).parseIntoContext()) {
    const { objectNumber: number } = ref;
    const isTwice = known.has(number);
    known.add(number);
    if (isTwice || (!inObjectStream && places.get(number) !== (deleted ? undefined : offset))) return false;
    if (inObjectStream && (places.has(number) || !places.has(offset))) return false;
    if (inObjectStream) within.set(number, offset);
  }
  if ([...places.keys()].some((number) => !known.has(number))) return false;
  let count = 0;
  for (const [{ objectNumber: stream }, object] of open.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of("Type")) !== PDFName.of("ObjStm"))
      continue;
    const head = object.dict.lookup(PDFName.of("First"), PDFNumber).asNumber();
    const text = Buffer.from(decodePDFRawStream(object).decode().subarray(0, head)).toString("latin1");
    const numbers = text
      .trim()
      .split(/\s+/)
      .filter((_, at) => at % 2 === 0);
    if (numbers.some((number) => within.get(Number(number)) !== stream)) return false;
    count += numbers.length;
  }
  return count === within.size;
}

/** Where each object of a file begins that has nothing but objects, and which of them is the list; null of another. */
function walk(file: Buffer): { places: Map<number, number>; list: number } | null {
  const places = new Map<number, number>();
  const [object, inner] = ["\nendobj\n\n", "\nstream\n"];
  let at = file.indexOf("\n\n") + 2;
  if (!/^%PDF-1\.\d\n%[^\n]*\n\n$/.test(file.toString("latin1", 0, at))) return null;
  let last = -1;
  for (;;) {
    const [begin, number] = /^(\d+) 0 obj\n/.exec(file.toString("latin1", at, at + 24)) ?? [];
    if (begin === undefined) break;
    last = Number(number);
    if (places.has(last)) return null;
    places.set(last, at);
    const [start, end, stream] = [at + begin.length, file.indexOf(object, at), file.indexOf(inner, at)];
    const isStream = stream >= 0 && stream < end;
    const head = file.toString("latin1", start, isStream ? stream : end);
    // What no print of ours says: where else an object may begin, or a length that is told twice or in other letters.
    if (end < 0 || /obj|stream|%|#(?!2F)/.test(head)) return null;
    if (!isStream) at = end + object.length;
    else {
      const lengths = [...head.matchAll(/\/Length\s+(\d+)(?=\s*(?:\/|>>))/g)];
      if (lengths.length !== 1 || head.split(/\/Length(?!\w)/).length !== 2) return null;
      const close = stream + inner.length + Number(lengths[0]?.[1]);
      const tail = `\nendstream${object}`;
      if (file.toString("latin1", close, close + tail.length) !== tail) return null;
      at = close + tail.length;
    }
  }
  const isEnd = file.toString("latin1", at) === `startxref\n${places.get(last)}\n%%EOF${lockedMark}`;
  return isEnd ? { places, list: last } : null;
}
