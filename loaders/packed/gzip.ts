import { createReadStream, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { damaged, writeUnpacked } from "./bounded.js";

/**
 * Decompresses a gzip file, all its members; zlib holds each against its length and checksum.
 * @throws CliError 1 when it is damaged or something else follows
 */
export async function gunzip(source: string, target: string, file: string): Promise<void> {
  const packed = statSync(source).size;
  const bytes = createReadStream(source, { highWaterMark: 1 << 20 });
  const unzip = createGunzip({ chunkSize: 1 << 20 });
  await writeUnpacked(bytes, [unzip], target, { file, packed });
  // What is no member is passed over in silence; tapes and block devices pad with zeros.
  if (unzip.bytesWritten < packed) {
    for await (const chunk of createReadStream(source, { start: unzip.bytesWritten }))
      if ((chunk as Buffer).some((byte) => byte !== 0))
        throw damaged(file, "trailing bytes that are no gzip");
  }
}
