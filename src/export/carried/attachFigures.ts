import { AFRelationship, type PDFDocument } from "pdf-lib";
import type { PackFigures } from "../../published/packFigures.js";
import { figuresDigest } from "./figuresDigest.js";
import { type PagesDigest, pagesDigest } from "./pagesDigest.js";

/** What the attachment is called. */
export const attachmentName = "figures.json";

/** Lets a PDF carry the figures it shows, without what is there for its workbook alone. */
export async function attachFigures(
  document: PDFDocument,
  { trends: _, names: __, ...figures }: PackFigures,
  asOf: string,
): Promise<void> {
  const carried: { figures: Omit<PackFigures, "trends" | "names">; figures_sha256: string } & PagesDigest = {
    figures,
    figures_sha256: figuresDigest(figures),
    ...pagesDigest(document),
  };
  const day = new Date(asOf);
  await document.attach(Buffer.from(JSON.stringify(carried), "utf8"), attachmentName, {
    mimeType: "application/json",
    description: figures.title,
    creationDate: day,
    modificationDate: day,
    afRelationship: AFRelationship.Data,
  });
}
