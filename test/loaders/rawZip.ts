import { crc32, deflateRawSync } from "node:zlib";

/** A member as the directory of an archive has it. */
export interface RawMember {
  name: string;
  /** Index of the text that it claims for itself; several may claim one. */
  of: number;
}

/** A zip archive put together by hand, for what no writer writes: members that lie over each other, a million of them. */
export function rawZip(texts: readonly Buffer[], members: readonly RawMember[]): Buffer {
  const parts: Buffer[] = [];
  let offset = 0;
  const stored = texts.map((text) => {
    const packed = deflateRawSync(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(text), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(text.length, 22);
    const at = offset;
    parts.push(head, packed);
    offset += head.length + packed.length;
    return { at, sum: crc32(text), packed: packed.length, length: text.length };
  });
  const begin = offset;
  for (const { name, of } of members) {
    const text = stored[of];
    if (!text) throw new Error(`no text ${of}`);
    const title = Buffer.from(name);
    const entry = Buffer.alloc(46 + title.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(0x0800, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(text.sum, 16);
    entry.writeUInt32LE(text.packed, 20);
    entry.writeUInt32LE(text.length, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt32LE(text.at, 42);
    title.copy(entry, 46);
    parts.push(entry);
    offset += entry.length;
  }
  return Buffer.concat([...parts, directoryEnd(members.length, begin, offset - begin)]);
}

/** The end of the directory, in the form for large archives where there are many members. */
function directoryEnd(count: number, begin: number, bytes: number): Buffer {
  const isLarge = count >= 0xffff;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isLarge ? 0xffff : count, 8);
  end.writeUInt16LE(isLarge ? 0xffff : count, 10);
  end.writeUInt32LE(isLarge ? 0xffffffff : bytes, 12);
  end.writeUInt32LE(isLarge ? 0xffffffff : begin, 16);
  if (!isLarge) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(bytes), 40);
  large.writeBigUInt64LE(BigInt(begin), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(begin + bytes), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}
