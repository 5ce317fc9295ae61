import { decodePDFRawStream, type PDFDocument, PDFName, PDFRawStream, PDFRef } from "pdf-lib";

/**
 * Marks text that belongs to no structure element (running headers and footers) as an artifact, so that a screen
 * reader does not read it on every page. Chromium leaves it unmarked.
 */
export function markArtifacts(document: PDFDocument): void {
  for (const page of document.getPages()) {
    const reference = page.node.get(PDFName.of("Contents"));
    const contents = page.node.Contents();
    if (!(reference instanceof PDFRef && contents instanceof PDFRawStream)) continue;
    const drawing = Buffer.from(decodePDFRawStream(contents).decode()).toString("latin1");
    const marked = document.context.flateStream(Buffer.from(markedText(drawing), "latin1"));
    document.context.assign(reference, marked);
  }
}

/** The drawing, one operator a line as Chromium writes it, with the text outside of marked content wrapped. */
export function markedText(drawing: string): string {
  let depth = 0;
  let inArtifact = false;
  return drawing
    .split("\n")
    .map((line) => {
      if (/\b(BDC|BMC)$/.test(line)) depth += 1;
      else if (line === "EMC") depth -= 1;
      else if (line === "BT" && depth === 0) {
        inArtifact = true;
        return "/Artifact <</Type /Pagination>> BDC\nBT";
      } else if (line === "ET" && inArtifact) {
        inArtifact = false;
        return "ET\nEMC";
      }
      return line;
    })
    .join("\n");
}
