import { statSync } from "node:fs";

const compressed = /\.(gz|zst)$/i;

/** A file's name as it is when it is unpacked. */
export const unpackedName = (name: string): string => name.replace(compressed, "");

/** Whether a file's name says that it is an archive of others. */
export const isArchiveName = (name: string): boolean => /\.zip$/i.test(name);

/** Of a path that leads into an archive, the archive and its member; the path of any other. */
export function placeOf(path: string): { archive: string; member: string | undefined } {
  for (const { index } of path.matchAll(/(?<=\.zip)\//gi)) {
    const archive = path.slice(0, index);
    if (statSync(archive, { throwIfNoEntry: false })?.isFile())
      return { archive, member: path.slice(index + 1) };
  }
  return { archive: path, member: undefined };
}

/** The file on the disk that a path means: of what lies in an archive, the archive. */
export const onDisk = (path: string): string => placeOf(path).archive;

/** How a file is compressed, by its name. */
export const compressionOf = (name: string): "gz" | "zst" | undefined =>
  compressed.exec(name)?.[1]?.toLowerCase() as "gz" | "zst" | undefined;
