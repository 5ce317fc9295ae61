import { isUtf8 } from "node:buffer";
import { statSync } from "node:fs";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { CliError } from "../../src/run/error.js";
import { machineFailure } from "../../src/run/machineFailure.js";
import { told } from "../../src/words/told.js";
import { onceOf } from "../unchanged.js";
import { damaged, mostUnpacked, tooLarge, writeUnpacked } from "./bounded.js";

/** What an archive says that is in it. */
interface Directory {
  entries: readonly Entry[];
  byName: ReadonlyMap<string, Entry>;
}

/** So many members nobody packs tables into. */
const mostMembers = 10_000;

/**
 * What lies in a zip archive, by its directory: files by their names, and apart from them what is none to be read: links, and
 * names that lead out of the archive.
 * @throws CliError 1 when it is damaged, holds more than a table's archive, or one name twice
 */
export async function membersOf(archive: string): Promise<{ files: string[]; others: string[] }> {
  return withEntries(archive, archive, async (_, { entries }) => {
    const files: string[] = [];
    const others: string[] = [];
    for (const entry of entries) {
      const name = nameOf(entry);
      if (name.endsWith("/")) continue;
      if (isLink(entry) || leadsOut(name)) others.push(name);
      else files.push(name);
    }
    const seen = new Set<string>();
    const twice = files.find((name) => seen.size === seen.add(name).size);
    if (twice !== undefined) throw new CliError(told("packed.twice", { archive, member: twice }), 1);
    return { files, others };
  });
}

/**
 * Unpacks one member of an archive, and holds it against its length and checksum.
 * @param file what the member is called to the user
 * @throws CliError 1 when it is damaged, encrypted, or packed in a way that is not known
 */
export async function unzip(archive: string, member: string, target: string, file: string): Promise<void> {
  await withEntries(archive, file, async (zip, { byName }) => {
    const entry = byName.get(member);
    if (!entry) throw new CliError(told("packed.noMember", { file, archive }), 1);
    if (entry.isEncrypted()) throw new CliError(told("packed.encrypted", { file }), 1);
    if (!entry.canDecodeFileData()) throw new CliError(told("packed.unknownMethod", { file }), 1);
    let sum = 0;
    const each = (chunk: Buffer) => {
      sum = crc32(chunk, sum);
    };
    const source = await zip.openReadStreamPromise(entry);
    await writeUnpacked(source, [], target, { file, packed: statSync(archive).size, each });
    if (sum !== entry.crc32) throw damaged(file, "incorrect data check");
  });
}

/** Opens an archive for as long as its members are asked for. */
async function withEntries<T>(
  archive: string,
  file: string,
  use: (zip: ZipFile, directory: Directory) => Promise<T>,
): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    const directory = await directoryOnce(archive);
    zip = await opened(archive);
    return await use(zip, directory);
  } catch (error) {
    throw machineFailure(error) ?? damaged(file, (error as Error).message, error);
  } finally {
    zip?.close();
  }
}

const opened = (archive: string) =>
  openPromise(archive, { autoClose: false, lazyEntries: true, decodeStrings: false });

/** Of an archive with a file a day all are read, one by one. */
const directoryOnce = onceOf(directoryOf);

async function directoryOf(archive: string): Promise<Directory> {
  const zip = await opened(archive);
  try {
    if (zip.entryCount > mostMembers)
      throw new CliError(told("packed.tooMany", { archive, count: zip.entryCount, most: mostMembers }), 1);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const packed = statSync(archive).size;
    const unpacked = entries.reduce((bytes, { uncompressedSize }) => bytes + uncompressedSize, 0);
    if (unpacked > mostUnpacked(packed)) throw tooLarge(archive, packed);
    return { entries, byName: new Map(entries.map((entry) => [nameOf(entry), entry])) };
  } finally {
    zip.close();
  }
}

/** Names are UTF-8 where their bytes are, said or not; else those of a Chinese Windows. */
function nameOf({ fileNameRaw }: Entry): string {
  const name = isUtf8(fileNameRaw) ? fileNameRaw.toString() : new TextDecoder("gb18030").decode(fileNameRaw);
  return name.replaceAll("\\", "/");
}

const isLink = ({ externalFileAttributes }: Entry) =>
  ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

const leadsOut = (name: string) => /^(\/|[A-Za-z]:)/.test(name) || name.split("/").includes("..");
