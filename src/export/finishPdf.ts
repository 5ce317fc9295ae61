import { createHash } from "node:crypto";
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "pdf-lib";
import type { PackFigures } from "../published/packFigures.js";
import { attachFigures } from "./carried/attachFigures.js";
import type { ReportFacts } from "./printPage.js";
import { makeReadable } from "./readableTags.js";
import { renumberStructureIds } from "./structureIds.js";
import { creator } from "./target.js";
import { xmpOf } from "./xmp.js";

export interface FinishedPdf {
  bytes: Uint8Array;
  pages: number;
}

/**
 * Gives a printed report its metadata. Dates are those of the data, not of the clock, and the file's identifier
 * comes from its content, so that the same pages give the same bytes.
 */
export async function finishPdf(
  document: PDFDocument,
  facts: ReportFacts,
  figures: PackFigures | null = null,
): Promise<FinishedPdf> {
  document.setTitle(facts.title, { showInWindowTitleBar: true });
  document.setSubject(facts.subject);
  document.setKeywords([facts.buildId]);
  document.setLanguage(facts.lang);
  document.setCreator(creator);
  const info = document.context.lookup(document.context.trailerInfo.Info, PDFDict);
  for (const key of ["CreationDate", "ModDate"]) info.set(PDFName.of(key), PDFString.of(pdfDate(facts.asOf)));
  document.catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
  const metadata = document.context.stream(Buffer.from(xmpOf(facts, creator)), {
    Type: "Metadata",
    Subtype: "XML",
  });
  document.catalog.set(PDFName.of("Metadata"), document.context.register(metadata));
  makeReadable(document, facts.lang);
  renumberStructureIds(document);
  if (figures) await attachFigures(document, figures, facts.asOf);
  document.context.trailerInfo.ID = document.context.obj([unnamed, unnamed].map((id) => PDFHexString.of(id)));
  const bytes = await document.save({
    useObjectStreams: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
  nameByContent(bytes);
  return { bytes, pages: document.getPageCount() };
}

/** The file's identifier before its content is known, as long as that of its content. */
const unnamed = "0".repeat(32);

/** Writes an identifier that comes from the content in the place kept for it, at the file's end. */
function nameByContent(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const digest = createHash("sha256").update(file).digest("hex").slice(0, unnamed.length);
  for (const id of [digest, digest]) file.write(id, file.lastIndexOf(unnamed));
}

/** `2026-03-31T23:59:59+08:00` as `D:20260331235959+08'00'`, which keeps the day of the data's own time zone. */
function pdfDate(iso: string): string {
  const parts = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(?:Z|([+-]\d+):(\d+))$/.exec(iso);
  if (!parts) throw new Error(`not a time with seconds and offset: ${iso}`);
  const [, year, month, day, hour, minute, second, zoneHours = "+00", zoneMinutes = "00"] = parts;
  return `D:${year}${month}${day}${hour}${minute}${second}${zoneHours}'${zoneMinutes}'`;
}
