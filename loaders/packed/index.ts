import { rename } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "../digest.js";
import type { Opening, Unpacked } from "../source.js";
import { unchangedSince } from "../unchanged.js";
import { gunzip } from "./gzip.js";
import { isCompressed, placeOf } from "./names.js";
import { unzip } from "./zip.js";

/**
 * Unpacks what lies compressed or in an archive into a temporary file; undefined of what is neither. All that comes out is
 * held against its length and checksum, and bounded, before anything is read of it.
 * @throws CliError 1 when it is damaged, encrypted or unpacks to more than a table
 */
export async function unpacked({ name, path, tempDir }: Opening): Promise<Unpacked | undefined> {
  const { archive, member } = placeOf(path);
  if (member === undefined && !isCompressed(name)) return undefined;
  const unchanged = unchangedSince(archive);
  const target = join(tempDir, `unpacked-${process.pid}-${++serial}`);
  let source = archive;
  let sha256: string | undefined;
  if (member !== undefined) {
    source = target;
    await unzip(archive, member, target, path);
    sha256 = await digestOf(archive);
  }
  if (isCompressed(name)) {
    const digest = await gunzip(source, `${target}.text`, path);
    sha256 ??= digest;
    await rename(`${target}.text`, target);
  }
  return { content: target, sha256: sha256 as string, file: archive, unchanged: () => unchanged() };
}

let serial = 0;
