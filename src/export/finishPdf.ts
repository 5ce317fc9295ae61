import { createHash } from "node:crypto";
import { PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import { markArtifacts } from "./markArtifacts.js";
import type { ReportFacts } from "./printPage.js";

export interface FinishedPdf {
  bytes: Uint8Array;
  pages: number;
}

/**
 * Gives a printed report its metadata. Dates are those of the data, not of the clock, and the file's identifier
 * comes from its content, so that the same pages give the same bytes.
 */
export async function finishPdf(printed: Uint8Array, facts: ReportFacts): Promise<FinishedPdf> {
  const document = await PDFDocument.load(printed, { updateMetadata: false });
  const date = new Date(facts.asOf);
  document.setTitle(facts.title, { showInWindowTitleBar: true });
  document.setSubject(facts.subject);
  document.setKeywords([facts.buildId]);
  document.setLanguage(facts.lang);
  document.setCreator("Herringbone");
  document.setCreationDate(date);
  document.setModificationDate(date);
  document.catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
  markArtifacts(document);
  const unnamed = await document.save({ useObjectStreams: false, updateFieldAppearances: false });
  const digest = PDFHexString.of(createHash("sha256").update(unnamed).digest("hex").slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([digest, digest]);
  const bytes = await document.save({ useObjectStreams: false, updateFieldAppearances: false });
  return { bytes, pages: document.getPageCount() };
}
