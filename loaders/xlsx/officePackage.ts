import { open } from "node:fs/promises";
import { posix } from "node:path";
import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { alwaysBytes, mostBytes, mostParts, mostTimes } from "./bounds.js";
import { damaged, tooLarge } from "./failures.js";
import { attribute, localName, parseXml } from "./xml.js";

/** A relationship of a part to another. */
export interface Relation {
  id: string;
  /** The last segment of its type: `worksheet`, `styles`, … */
  type: string;
  part: string;
}

/**
 * A workbook's zip archive, of which single parts are streamed: whoever reads one to its end has had it held against its
 * length and its checksum.
 */
export class OfficePackage {
  private constructor(
    private readonly file: string,
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * @param file what the user calls it
   * @throws CliError 1 for what is no workbook of Excel 2007 and later, or not a whole one
   */
  static async open(path: string, file: string): Promise<OfficePackage> {
    await refuseOthers(path, file);
    let zip: ZipFile | undefined;
    try {
      zip = await openPromise(path, { autoClose: false, lazyEntries: true });
      if (zip.entryCount > mostParts) throw tooLarge(file, told("xlsx.parts", { most: String(mostParts) }));
      const entries = new Map<string, Entry>();
      let bytes = 0;
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName.toLowerCase(), entry);
        bytes += entry.uncompressedSize;
      }
      // Parts that lie over each other take little room and are unpacked again and again.
      if (isBomb(bytes, zip.fileSize))
        throw tooLarge(file, unpacking(told("xlsx.allParts"), bytes, zip.fileSize));
      const opened = new OfficePackage(file, zip, entries);
      if (opened.has("xl/workbook.bin")) throw other(file, "format.xlsb");
      if (opened.has("content.xml") && opened.has("mimetype")) throw other(file, "format.ods");
      return opened;
    } catch (error) {
      zip?.close();
      throw damaged(file, error);
    }
  }

  has(part: string): boolean {
    return this.entries.has(part.toLowerCase());
  }

  /** Of the archive as it lies there. */
  get bytes(): number {
    return this.zip.fileSize;
  }

  close(): void {
    this.zip.close();
  }

  /** @throws CliError 1 when it is not there, damaged, or larger than anything Excel saves */
  async *stream(part: string): AsyncGenerator<Buffer> {
    const { file } = this;
    const entry = this.entries.get(part.toLowerCase());
    try {
      if (!entry) throw new Error(`it lacks ${part}`);
      const { uncompressedSize: bytes, compressedSize } = entry;
      if (bytes > mostBytes || isBomb(bytes, compressedSize))
        throw tooLarge(file, unpacking(part, bytes, compressedSize));
      let sum = 0;
      let length = 0;
      for await (const chunk of await this.unpacked(entry)) {
        sum = crc32(chunk, sum);
        length += chunk.length;
        if (length > bytes) break;
        yield chunk;
      }
      if (length !== bytes) throw new Error(`the length of ${part} is wrong`);
      if (sum !== entry.crc32) throw new Error(`the checksum of ${part} is wrong`);
    } catch (error) {
      throw damaged(file, error);
    }
  }

  /** Unpacked in larger pieces than yauzl would. */
  private async unpacked(entry: Entry): Promise<AsyncIterable<Buffer>> {
    if (entry.isEncrypted() || ![0, 8].includes(entry.compressionMethod))
      throw new Error("it is packed in an unknown way");
    const packed = await this.zip.openReadStreamPromise(entry, { decodeFileData: false });
    if (entry.compressionMethod === 0) return packed;
    const inflate = createInflateRaw({ chunkSize: 1 << 16 });
    pipeline(packed, inflate, () => undefined);
    return inflate;
  }

  /** The relationships of a part, of the package itself without one. */
  async relationsOf(part = ""): Promise<Relation[]> {
    const folder = posix.dirname(part);
    const relations: Relation[] = [];
    await parseXml(this.file, this.stream(posix.join(folder, "_rels", `${posix.basename(part)}.rels`)), {
      open(tag) {
        if (localName(tag.name) !== "Relationship" || attribute(tag, "TargetMode") === "External") return;
        const target = attribute(tag, "Target") ?? "";
        relations.push({
          id: attribute(tag, "Id") ?? "",
          type: (attribute(tag, "Type") ?? "").split("/").at(-1) ?? "",
          part: target.startsWith("/") ? target.slice(1) : posix.join(folder, target),
        });
      },
    });
    return relations;
  }
}

const isBomb = (bytes: number, packed: number) => bytes > alwaysBytes && bytes > mostTimes * packed;

const unpacking = (part: string | Told, bytes: number, packed: number): Told =>
  told("xlsx.bytes", { part, bytes: String(bytes), packed: String(packed) });

type Format = "format.xlsb" | "format.ods" | "format.savedOld" | "format.lockedExcel" | "format.noExcel";

const other = (file: string, format: Format): CliError =>
  new CliError(told("xlsx.otherFormat", { file, format: told(format) }), 1);

/** By its first bytes: old Excel's container, in which a workbook with a password lies, too. */
async function refuseOthers(path: string, file: string): Promise<void> {
  try {
    const handle = await open(path, "r");
    try {
      const head = Buffer.alloc(1 << 16);
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      if (bytesRead === 0) throw new CliError(told("xlsx.empty", { file }), 1);
      if (head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return;
      if (head.readUInt32BE(0) !== 0xd0cf11e0) throw other(file, "format.noExcel");
      // The directory of the container names what is in it; where it begins, the header says.
      const sectorBytes = head.readUInt16LE(30) === 12 ? 4096 : 512;
      const directory = Buffer.alloc(4096);
      await handle.read(directory, 0, directory.length, (head.readUInt32LE(48) + 1) * sectorBytes);
      const isLocked = directory.includes(Buffer.from("EncryptedPackage", "utf16le"));
      throw other(file, isLocked ? "format.lockedExcel" : "format.savedOld");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(told("file.unreadable", { file, reason: (error as Error).message }), 1, {
      cause: error,
    });
  }
}
