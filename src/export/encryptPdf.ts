import { randomBytes } from "node:crypto";
import { boundLists, overlisted, type TooLarge } from "./carried/unpacked.js";

/** Stands at the end of a print that is locked, whose own words nobody can read without its password. */
export const lockedMark = "\n% Herringbone\n";

/**
 * A PDF that opens with a password alone (AES-256, PDF 2.0). Its texts, bookmarks and attachment are locked with it. Screen
 * readers may read it, and it may be printed; changed it cannot be without a second password, which is kept nowhere.
 */
export async function encryptPdf(pdf: Uint8Array, password: string): Promise<Uint8Array> {
  const { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFString } = await import("@cantoo/pdf-lib");
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  // Streams are locked and strings are not: within object streams they are. The catalogue is in none.
  const { catalog, context } = document;
  for (const [key, value] of catalog.entries())
    if ([PDFArray, PDFDict, PDFHexString, PDFString].some((kind) => value instanceof kind))
      catalog.set(key, context.register(value));
  document.encrypt({
    userPassword: password,
    ownerPassword: randomBytes(24).toString("base64url"),
    permissions: { printing: "highResolution", copying: true, contentAccessibility: true },
  });
  const bytes = await document.save({ useObjectStreams: true, updateFieldAppearances: false });
  return Buffer.concat([bytes, Buffer.from(lockedMark, "latin1")]);
}

/**
 * A locked PDF without its password, in memory: what it says is the same. One whose lists of objects get larger than any of a pack
 * is not opened.
 * @throws where the password is another, or the file broken
 */
export async function decryptPdf(pdf: Uint8Array, password: string): Promise<Uint8Array | TooLarge> {
  const { PDFDocument, PDFInvalidObject, PDFName, PDFObjectStreamParser, PDFStream } = await import(
    "@cantoo/pdf-lib"
  );
  boundLists(PDFObjectStreamParser);
  const document = await PDFDocument.load(pdf, { updateMetadata: false, password });
  const over = overlisted(document.context);
  if (over) return over;
  const { context: locked } = await PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true });
  document.context.trailerInfo.Info = locked.trailerInfo.Info;
  // The file's own lists of its objects say that it is encrypted, and are written anew.
  for (const [reference, object] of document.context.enumerateIndirectObjects()) {
    const type = object instanceof PDFStream ? object.dict.get(PDFName.of("Type")) : undefined;
    const isList = type === PDFName.of("XRef") || type === PDFName.of("ObjStm");
    if (isList || object instanceof PDFInvalidObject) document.context.delete(reference);
  }
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}

/** Whether a PDF opens with a password alone, as far as it can be read. */
export async function isLocked(pdf: Uint8Array): Promise<boolean> {
  const { PDFDocument } = await import("@cantoo/pdf-lib");
  const loading = PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true });
  return loading.then(
    ({ isEncrypted }) => isEncrypted,
    () => false,
  );
}
