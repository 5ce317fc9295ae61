import { rename } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "../digest.js";
import type { Opening, Unpacked } from "../source.js";
import { onceOf, unchangedSince } from "../unchanged.js";
import { gunzip } from "./gzip.js";
import { compressionOf, placeOf } from "./names.js";
import { unzip } from "./zip.js";
import { unzstd } from "./zstd.js";

/**
 * Unpacks what lies compressed or in an archive into a temporary file; undefined of what is neither. All that comes out is
 * held against its length and checksum, and bounded, before anything is read of it.
 * @throws CliError 1 when it is damaged, encrypted or unpacks to more than a table
 */
export async function unpacked({ name, path, tempDir }: Opening): Promise<Unpacked | undefined> {
  const { archive, member } = placeOf(path);
  const compression = compressionOf(name);
  if (member === undefined && compression === undefined) return undefined;
  const unchanged = unchangedSince(archive);
  const target = join(tempDir, `unpacked-${process.pid}-${++serial}`);
  if (member !== undefined) await unzip(archive, member, target, path);
  if (compression !== undefined) {
    const decompress = compression === "gz" ? gunzip : unzstd;
    await decompress(member === undefined ? archive : target, `${target}.text`, path);
    await rename(`${target}.text`, target);
  }
  return { content: target, sha256: await digestOnce(archive), file: archive, unchanged: () => unchanged() };
}

let serial = 0;

/** An archive of many tables is digested once, as long as it stays what it is. */
const digestOnce = onceOf(digestOf);
