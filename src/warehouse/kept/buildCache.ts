import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf } from "../../../loaders/index.js";
import { CliError } from "../../run/error.js";
import { machineFailure } from "../../run/machineFailure.js";
import { sourceStamp } from "../../run/sourceStamp.js";
import { told } from "../../words/told.js";
import { beside } from "../beside.js";

const project = fileURLToPath(new URL("../../..", import.meta.url));

let sources: string | undefined;

/** What a build kept, with what it noted of it. */
export interface Kept<Notes> {
  /** Of a Parquet file. */
  path: string;
  notes: Notes;
}

const hex = (text: string) => createHash("sha256").update(text).digest("hex");

const folderOf = (warehouse: string) => beside(warehouse, "cache");

/** Whether a folder is there itself: what a link leads to is somebody else's. */
const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Removes files that builds made and their folder with the last of it; what else lies there stays. */
function clear(folder: string, isToGo: (name: string) => boolean): void {
  if (!isFolder(folder)) return;
  const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile());
  for (const { name } of files)
    if ((madeName.test(name) || name === written) && isToGo(name))
      rmSync(join(folder, name), { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Removes what builds of a warehouse kept to be quicker. */
export const dropCache = (warehouse: string): void => clear(folderOf(warehouse), () => true);

/**
 * What builds of a warehouse keep beside it for those that follow, an entry under the digest of all that it was computed
 * from: rows as Parquet, and notes of them. An entry that is not whole, byte for byte, is none. To be used by one build at a time.
 */
export class BuildCache {
  readonly folder: string;
  /** Why something could not be kept: the build goes on without. */
  failure: CliError | undefined;
  /** The next build may go on from tables of this one. */
  hasTables = false;
  /** What this build took over, and of how much. */
  readonly taken = { files: 0, ofFiles: 0, months: 0, ofMonths: 0 };
  private readonly used = new Set<string>();
  private readonly known: ReadonlySet<string>;

  /**
   * @param isRead what is there may be used
   * @param smallest size in bytes of a file whose rows are worth keeping
   */
  constructor(
    warehouse: string,
    readonly isRead: boolean,
    readonly smallest: number,
  ) {
    this.folder = folderOf(warehouse);
    this.tidy((name) => name.endsWith(part));
    const names = isFolder(this.folder) ? readdirSync(this.folder) : [];
    this.known = new Set(isRead ? names.flatMap((name) => entryName.exec(name)?.[1] ?? []) : []);
  }

  /** Whether there is nothing to be found, so that nobody needs to look. */
  get isEmpty(): boolean {
    return this.known.size === 0;
  }

  /** The key of what is computed from some values by this version of the program. */
  key(values: unknown): string {
    sources ??= sourceStamp(project);
    return hex(`${sources}\n${process.version}\n${JSON.stringify(values)}`);
  }

  /** What was kept under a key, if it is there as it was written. */
  async find<Notes>(key: string): Promise<Kept<Notes> | undefined> {
    if (!this.known.has(key)) return undefined;
    const path = this.place(key, "parquet");
    try {
      const text = readFileSync(this.place(key, "json"), "utf8");
      const end = text.indexOf("\n");
      const body = text.slice(end + 1);
      if (text.slice(0, end) !== hex(`${key}\n${body}`)) return undefined;
      const { sha256, notes } = JSON.parse(body) as { sha256: string; notes: Notes };
      if (sha256 !== (await digestOf(path))) return undefined;
      this.used.add(key);
      return { path, notes };
    } catch {
      return undefined;
    }
  }

  /** Keeps what `write` puts into a Parquet file; where the machine refuses, nothing of it stays. */
  async keep(key: string, notes: unknown, write: (path: string) => Promise<unknown>): Promise<void> {
    if (!this.isWritable()) return;
    const [rows, text] = [this.place(key, "parquet"), this.place(key, "json")];
    try {
      mkdirSync(this.folder, { recursive: true });
      await write(rows + part);
      const body = JSON.stringify({ sha256: await digestOf(rows + part), notes });
      writeFileSync(text + part, `${hex(`${key}\n${body}`)}\n${body}`);
      renameSync(rows + part, rows);
      renameSync(text + part, text);
      this.used.add(key);
    } catch (error) {
      this.tidy((name) => name.startsWith(key));
      this.fail(error);
    }
  }

  /** Notes what a warehouse is, byte for byte, if anything of it may be gone on from. */
  async noteWritten(file: string): Promise<void> {
    if (!this.hasTables || !this.isWritable()) return;
    const path = join(this.folder, written);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(path + part, `${await digestOf(file)}\n`);
      renameSync(path + part, path);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether a warehouse is what the last build noted of it. */
  async isAsWritten(file: string): Promise<boolean> {
    const path = join(this.folder, written);
    if (!this.isRead || !isFolder(this.folder) || !existsSync(file)) return false;
    if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    return readFileSync(path, "utf8").trim() === (await digestOf(file));
  }

  /** Removes what this build did not use: nothing but what the next can use stays. */
  sweep(): void {
    this.tidy((name) => name !== written && !this.used.has(entryName.exec(name)?.[1] ?? ""));
  }

  /** Whether a file is so large that its rows are worth keeping. */
  isWorth(path: string): boolean {
    return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= this.smallest;
  }

  /** Whether a company has so many rows that what is summed of them is worth keeping. */
  isWorthRows(rows: number): boolean {
    return rows * bytesSummed >= this.smallest;
  }

  private isWritable(): boolean {
    if (!isFolder(this.folder) && lstatSync(this.folder, { throwIfNoEntry: false }))
      this.failure = new CliError(told("cache.noFolder", { path: this.folder }));
    return this.failure === undefined;
  }

  /** What the machine refuses to remove stays: it is looked for by its key, and found by nobody else. */
  private tidy(isToGo: (name: string) => boolean): void {
    try {
      clear(this.folder, isToGo);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failure ??= machineFailure(error);
    if (!this.failure) throw error;
  }

  private place(key: string, ending: string): string {
    return join(this.folder, `${key}.${ending}`);
  }
}

const entryName = /^([0-9a-f]{64})\.(?:parquet|json)$/;
const part = ".part";
/** The file with the digest of the warehouse. */
const written = "warehouse.sha256";
/** What builds make: entries, and what one that was killed left of them. */
const madeName = /^(?:[0-9a-f]{64}\.(?:parquet|json)(?:\.part)?|warehouse\.sha256\.part)$/;
/** Summing a row costs what reading so many bytes does. */
const bytesSummed = 10;
