import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { literal } from "../engine/sql.js";
import { grains } from "../kpi/periods.js";
import { CliError } from "../run/error.js";
import { onInterrupt, stopIfInterrupted } from "../run/interrupt.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { beside } from "./beside.js";
import { replaceText, sync } from "./swap.js";

const files = ["figures", "cases"] as const;
export type ClosedFile = (typeof files)[number];

const numbered = { number: z.int().positive(), previous: z.string() };
const closingSchema = z.strictObject({
  ...numbered,
  event: z.literal("closed"),
  period: z.string(),
  grain: z.enum(grains),
  start: z.iso.date(),
  end: z.iso.date(),
  version: z.int().positive(),
  closed_at: z.iso.datetime(),
  build_id: z.string(),
  as_of_on: z.iso.date(),
  /** How many figures, and how many of them a later build may change without any fault: immature or incomplete ones. */
  figures: z.int(),
  not_final: z.int(),
  /** Of how few people a figure had to be to be hidden then. */
  min_cell: z.int(),
  /** Ids by which later data are known to be the same company's. */
  marks: z.record(z.string(), z.array(z.string())),
  /** What ids of persons, customers and leads are made digests with, here and beside; empty where they are kept. */
  salt: z.string().default(""),
  /** What each KPI and scorecard was defined by, as a digest. */
  definitions: z.record(z.string(), z.string()),
  /** A digest of what the cubes held of each KPI: while it is the same, so are its figures. */
  cubes: z.record(z.string(), z.string()),
  /** By KPI how many cases there were, what their keys are, and whether these are kept. */
  cases: z.record(
    z.string(),
    z.strictObject({ count: z.int(), key: z.array(z.string()), is_kept: z.boolean() }),
  ),
  /** SHA-256 of the files beside the entry. */
  files: z.strictObject({ figures: z.string(), cases: z.string() }),
});
const reopeningSchema = z.strictObject({
  ...numbered,
  event: z.literal("reopened"),
  /** The entry that was closed. */
  closing: z.int().positive(),
  reopened_at: z.iso.datetime(),
  why: z.string(),
});
const forgettingSchema = z.strictObject({
  ...numbered,
  event: z.literal("forgotten"),
  forgotten_at: z.iso.datetime(),
  /** SHA-256 of the files, by their names, that stand in the place of those of closings. */
  files: z.record(z.string(), z.string()),
});
const entrySchema = z.discriminatedUnion("event", [closingSchema, reopeningSchema, forgettingSchema]);

/** A period closed with its figures, or opened again. Nothing of an entry is ever changed. */
export type Closing = z.infer<typeof closingSchema>;
export type Reopening = z.infer<typeof reopeningSchema>;
/** Somebody was forgotten: figures have a pseudonym in the place of an id. */
export type Forgetting = z.infer<typeof forgettingSchema>;
export type Entry = Closing | Reopening | Forgetting;

/** What is known of closed periods, oldest first. */
export interface Closings {
  folder: string;
  entries: readonly Entry[];
  /** SHA-256 of each entry, in the same order. */
  digests: readonly string[];
}

/**
 * Where the closed periods of a warehouse are recorded: beside it, so that builds, snapshots and a warehouse made anew leave
 * them as they are.
 */
export const closingsFolder = (warehouse: string): string => beside(warehouse, "closed");

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const nameOf = (number: number) => String(number).padStart(4, "0");
const shortDigest = (digest: string) => digest.slice(0, 16);

/** A file beside an entry. */
const fileBeside = (folder: string, number: number, name: string): string =>
  join(folder, `${nameOf(number)}.${name}.parquet`);

/** What a file of a closing is called beside an entry that stands for it since. */
export const insteadOf = (closing: number, name: ClosedFile): string => `${nameOf(closing)}.${name}`;

/** The files that a file of a closing has been, the one that counts last, with their digests. */
function versionsOf(
  { folder, entries }: Pick<Closings, "folder" | "entries">,
  { number, files }: Pick<Closing, "number" | "files">,
  name: ClosedFile,
): { path: string; digest: string }[] {
  const later = entries.flatMap((entry) => {
    const digest = entry.event === "forgotten" ? entry.files[insteadOf(number, name)] : undefined;
    return digest === undefined
      ? []
      : [{ path: fileBeside(folder, entry.number, insteadOf(number, name)), digest }];
  });
  return [{ path: fileBeside(folder, number, name), digest: files[name] }, ...later];
}

/** Removes the files in whose place others stand. */
export function removeReplaced(record: Closings): void {
  for (const entry of record.entries)
    if (entry.event === "closed")
      for (const name of files)
        for (const { path } of versionsOf(record, entry, name).slice(0, -1)) rmSync(path, { force: true });
}

const damaged = (path: string, cause?: unknown) =>
  new CliError(told("close.damaged", { path }), 1, { cause });

/**
 * Reads the record of closed periods: entries that are numbered without a gap, of which each names the digest of the one before
 * it, and is called by its own.
 * @throws CliError 1 naming the file that is gone, or is not what was written
 */
export function readClosings(warehouse: string): Closings {
  const folder = closingsFolder(warehouse);
  const names = listed(folder).filter((name) => name.endsWith(".json"));
  const entries: Entry[] = [];
  const digests: string[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const text = readText(path);
    const digest = sha256(text);
    const entry = entryOf(text, path);
    const { number, previous } = entry;
    if (number !== entries.length + 1) throw damaged(join(folder, `${nameOf(entries.length + 1)}.*.json`));
    const isOwn = name === `${nameOf(number)}.${shortDigest(digest)}.json`;
    if (!isOwn || previous !== (digests.at(-1) ?? "")) throw damaged(path);
    entries.push(entry);
    digests.push(digest);
  }
  for (const entry of entries)
    if (entry.event === "closed") requireFile({ folder, entries }, entry, "figures");
  const head = readHead(folder);
  if (head && digests[head.number - 1] !== head.digest)
    throw new CliError(told("close.lost", { number: head.number, path: folder, head: headOf(folder) }));
  return { folder, entries, digests };
}

/**
 * Holds that a file beside an entry is what was written.
 * @returns its path
 * @throws CliError 1
 */
export function requireFile(
  at: Pick<Closings, "folder" | "entries">,
  entry: Closing,
  name: ClosedFile,
): string {
  const { path, digest } = versionsOf(at, entry, name).at(-1) as { path: string; digest: string };
  const text = bytesOf(path);
  if (sha256(text) !== digest) throw damaged(path);
  return path;
}

/** The newest entry, noted beside the folder: what goes from there at the end is missed, and so is the whole folder. */
const headSchema = z.strictObject({ number: z.int().positive(), digest: z.string() });

const headOf = (folder: string) => `${folder}.json`;

function readHead(folder: string): z.infer<typeof headSchema> | null {
  const path = headOf(folder);
  try {
    return headSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw machineFailure(error) ?? damaged(path, error);
  }
}

function writeHead(folder: string, head: z.infer<typeof headSchema>): void {
  replaceText(headOf(folder), `${JSON.stringify(head)}\n`);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw machineFailure(error) ?? error;
  }
}

const readText = (path: string) => Buffer.from(bytesOf(path)).toString("utf8");

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw damaged(path, error);
    throw machineFailure(error) ?? error;
  }
}

function entryOf(text: string, path: string): Entry {
  try {
    return entrySchema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(path, error);
  }
}

/** The closings that hold: the newest of each period, unless it was opened again. */
export function openClosings({ entries }: Closings): Closing[] {
  const reopened = new Set(entries.flatMap((entry) => (entry.event === "reopened" ? [entry.closing] : [])));
  return entries.filter((entry): entry is Closing => entry.event === "closed" && !reopened.has(entry.number));
}

/** The temp table of the figures of the closings that hold. */
export const closedFigures = "closed_figures";

/** Reads those figures, before a build's engine is shut in. */
export async function loadClosedFigures(db: DuckDBConnection, record: Closings): Promise<void> {
  const selects = openClosings(record).map((closing) => {
    const path = requireFile(record, closing, "figures");
    return `select * replace (${closing.number} as number) from read_parquet(${literal(path)})`;
  });
  // Periods that were closed before percentiles were have none.
  const later = "select null::double as median, null::double as p90 where false";
  if (selects.length > 0)
    await db.run(`create temp table ${closedFigures} as ${[...selects, later].join(" union all by name ")}`);
}

type New<E extends Entry> = Omit<E, "number" | "previous" | "files">;

/**
 * Adds an entry: whole or not at all, after the files that it names. To be called by one process at a time.
 * @param write writes the files of a closing under the paths that it is given
 */
export async function addEntry<E extends Entry>(
  record: Closings,
  entry: New<E> | ((write: (name: string) => string) => Promise<New<E>>),
): Promise<void> {
  const { folder, entries, digests } = record;
  const number = entries.length + 1;
  mkdirSync(folder, { recursive: true });
  clear(folder, number);
  const over = onInterrupt(() => clear(folder, number));
  const part = (name: string) => join(folder, `${nameOf(number)}.${name}.part`);
  try {
    const names: string[] = [];
    const write = (name: string) => {
      names.push(name);
      return part(name);
    };
    const own = typeof entry === "function" ? await entry(write) : entry;
    const written = names.map((name) => {
      const path = part(name);
      const digest = sha256(bytesOf(path));
      sync(path);
      stopIfInterrupted();
      renameSync(path, fileBeside(folder, number, name));
      return [name, digest] as const;
    });
    const text = `${JSON.stringify(
      {
        number,
        ...own,
        ...(written.length > 0 ? { files: Object.fromEntries(written) } : {}),
        previous: digests.at(-1) ?? "",
      },
      null,
      1,
    )}\n`;
    const path = part("entry");
    writeFileSync(path, text);
    sync(path);
    sync(folder);
    // A link is there or not, and never takes the place of another.
    linkSync(path, join(folder, `${nameOf(number)}.${shortDigest(sha256(text))}.json`));
    sync(folder);
    rmSync(path);
    writeHead(folder, { number, digest: sha256(text) });
  } catch (error) {
    clear(folder, number);
    throw machineFailure(error) ?? error;
  } finally {
    over();
  }
}

/** Removes what an entry left that was never added. */
function clear(folder: string, number: number): void {
  const own = listed(folder).filter((name) => name.startsWith(`${nameOf(number)}.`));
  if (own.some((name) => name.endsWith(".json"))) return;
  for (const name of own) rmSync(join(folder, basename(name)), { recursive: true, force: true });
}
