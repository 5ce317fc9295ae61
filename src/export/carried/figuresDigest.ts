import { createHash } from "node:crypto";

/** SHA-256 of figures as JSON, with all that is said beside them. */
export const figuresDigest = (figures: unknown): string =>
  createHash("sha256").update(JSON.stringify(figures)).digest("hex");
