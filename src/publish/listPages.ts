import type { ListPages } from "../published/listPages.js";
import { onDemand } from "./onDemand.js";
import type { ZipEntry } from "./zip.js";

/** How many rows of a list stand in its own document at most, and in each document of the others. */
export const pageLength = 100;

/** The documents of the rows of a list from the one at `from` on, and one with all its names, in its order. */
export function pagesOf<T extends { subject: string }>(
  name: string,
  rows: readonly T[],
  from: number,
): { pages: ListPages; entries: ZipEntry[] } {
  const entries: ZipEntry[] = [];
  const put = (part: string, document: unknown): string => {
    const entry = onDemand(`${name}-${part}`, document);
    entries.push(entry);
    return entry.path;
  };
  const paths: string[] = [];
  for (let at = from; at < rows.length; at += pageLength)
    paths.push(put(String(paths.length + 2), rows.slice(at, at + pageLength)));
  const names = put(
    "names",
    rows.map(({ subject }) => subject),
  );
  return { pages: { pages: paths, pageLength, names }, entries };
}
