import { createHash } from "node:crypto";

import type { Published } from "../published/documents.js";
import type { ZipEntry } from "./zip.js";

export const jsonBytes = (document: unknown): Buffer => Buffer.from(JSON.stringify(document), "utf8");

/** A document as a file of the site's data. */
export const fileOf = <T>({ path }: Published<T>, document: T): ZipEntry => ({
  path,
  bytes: jsonBytes(document),
});

/** A document that pages load when it is wanted. It is named by its content, so that it may be kept for good. */
export function onDemand(name: string, document: unknown): ZipEntry {
  const bytes = jsonBytes(document);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  return { path: `${name}.${hash}.json`, bytes };
}

/** Whether a document is one of those. */
export const isOnDemand = ({ path }: ZipEntry): boolean => /\.[0-9a-f]{8}\.json$/.test(path);
