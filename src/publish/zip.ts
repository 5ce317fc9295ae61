import { crc32 } from "node:zlib";

/** A file of an archive: its path with forward slashes, and its bytes. */
export interface ZipEntry {
  path: string;
  bytes: Uint8Array;
}

/** Day 1 of the format's calendar, so that the same entries give the same archive. */
const dosDate = (1 << 5) | 1;
const utf8Flag = 0x0800;

/**
 * An uncompressed ZIP archive (PKWARE APPNOTE 6.3.3, method 0). It is read again at once on the same machine, so
 * compressing it would only cost time. Entries and archive must stay below 4 GB.
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, "utf8");
    const header = localHeader(name, bytes);
    parts.push(header, name, bytes);
    directory.push(directoryHeader(header, offset), name);
    offset += header.length + name.length + bytes.length;
  }
  const directorySize = directory.reduce((size, part) => size + part.length, 0);
  return Buffer.concat([...parts, ...directory, endRecord(entries.length, directorySize, offset)]);
}

function localHeader(name: Buffer, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(utf8Flag, 6);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt32LE(crc32(bytes), 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt32LE(bytes.length, 22);
  header.writeUInt16LE(name.length, 26);
  return header;
}

/** The directory repeats the local header from its version field on. */
function directoryHeader(local: Buffer, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  local.copy(header, 6, 4, 28);
  header.writeUInt32LE(offset, 42);
  return header;
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
