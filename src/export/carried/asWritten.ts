import type { PDFDocument } from "pdf-lib";

/**
 * Whether a PDF is, byte for byte, what `export` makes of the objects that were read of it. Readers of PDFs do not agree on what holds
 * in a file that has an object twice, was added to, or lists places where other objects are: some take the last one, others
 * the one that is listed. What is written like this has each object once and where it is listed, and nothing besides.
 */
export async function isAsWritten(file: Uint8Array, document: PDFDocument): Promise<boolean> {
  const written = await document.save({
    useObjectStreams: false,
    updateFieldAppearances: false,
    addDefaultPage: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
  return Buffer.compare(file, written) === 0;
}
