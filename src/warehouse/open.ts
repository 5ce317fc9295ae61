import { existsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { type DuckDBConnection, DuckDBInstance, type DuckDBResultReader } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { CliError } from "../run/error.js";
import { onInterrupt } from "../run/interrupt.js";
import { outOfMemory } from "../run/machineFailure.js";
import { told } from "../words/told.js";

export interface OpenOptions {
  readOnly?: boolean;
  /** Where DuckDB may spill; by default beside the file. */
  tempDir?: string;
  /** Nobody reads the file before it is whole: nothing is logged before it is written, and a file that was not finished is lost. */
  isUnlogged?: boolean;
}

/**
 * What DuckDB may take: half of the machine's memory, at most 2.5 GB for a build, whose peak stays well under 4 GB with Node's own
 * share, and 1.5 GB for a reader, since a site's tables stand in Node's.
 */
const memoryLimitMb = (readOnly: boolean) =>
  Math.floor(Math.min(readOnly ? 1536 : 2560, totalmem() / 2 / 2 ** 20));

/** Runs work on a further connection to the same state of an open database, and closes it. */
export type Beside = <T>(work: (db: DuckDBConnection) => Promise<T>) => Promise<T>;

/**
 * Opens a DuckDB file, runs `use` on a connection and closes both, whatever happens.
 * @throws CliError 1 when a file to be read does not exist or is no DuckDB database
 */
export async function withDatabase<T>(
  path: string,
  options: OpenOptions,
  use: (db: DuckDBConnection, beside: Beside) => Promise<T>,
): Promise<T> {
  const { isUnlogged = false } = options;
  const opening = DuckDBInstance.create(isUnlogged ? ":memory:" : path, {
    threads: String(availableParallelism()),
    memory_limit: `${memoryLimitMb(options.readOnly ?? false)}MB`,
    access_mode: options.readOnly ? "READ_ONLY" : "AUTOMATIC",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(options.tempDir ? { temp_directory: options.tempDir } : {}),
  });
  const opened = onInterrupt(() => opening.catch(() => undefined));
  const instance = await opening.finally(opened);
  const connected: Beside = async (work) => {
    const db = await instance.connect();
    const over = onInterrupt(() => settle(db));
    try {
      await db.run("set TimeZone = 'UTC'");
      if (isUnlogged) await db.run(`use ${attached}`);
      return await work(db);
    } finally {
      over();
      db.closeSync();
    }
  };
  try {
    if (isUnlogged) await attachUnlogged(instance, path);
    return await connected((db) => use(db, connected));
  } finally {
    instance.closeSync();
  }
}

/** The name of a file that is attached. */
const attached = "warehouse";

async function attachUnlogged(instance: DuckDBInstance, path: string): Promise<void> {
  const db = await instance.connect();
  try {
    await db.run(`attach ${literal(path)} as ${attached} (recovery_mode 'no_wal_writes')`);
  } finally {
    db.closeSync();
  }
}

/**
 * Ends the running query and takes no more, so that a process that is interrupted writes no file after it has cleared
 * up. The connection works on one query at a time: when a last one is answered, none is under way.
 */
async function settle(db: DuckDBConnection): Promise<void> {
  const last = db.run("select 1");
  for (const name of ["run", "runAndRead", "runAndReadAll", "runAndReadUntil", "stream", "prepare"] as const)
    db[name] = () => new Promise<never>(() => {});
  db.interrupt();
  await last.catch(() => undefined);
}

/** A file of another version of DuckDB, which this one cannot read; undefined for any other failure of opening it. */
export function otherVersion(error: unknown, path: string): CliError | undefined {
  const [, found] =
    /database file with version number (\d+), but we can only read/.exec(String((error as Error).message)) ??
    [];
  if (found === undefined) return undefined;
  return new CliError(told("warehouse.otherVersion", { version: found, path }), 1, { cause: error });
}

/** A file whose content is not what was written; undefined for any other failure. */
export function damaged(error: unknown, path: string): CliError | undefined {
  if (!(error instanceof Error) || !/corrupt database|could not read enough bytes/i.test(error.message))
    return undefined;
  return new CliError(told("warehouse.damaged", { path }), 1, { cause: error });
}

/**
 * Runs `use` on the finished warehouse, read-only, so that any number of readers go beside each other and a build.
 * @throws CliError 1 when there is no warehouse yet, the file is no DuckDB database or damaged, or holds no build of this
 * version
 */
export async function withWarehouse<T>(
  path: string,
  use: (db: DuckDBConnection, beside: Beside) => Promise<T>,
): Promise<T> {
  if (!existsSync(path)) {
    throw new CliError(told("warehouse.missing", { path }));
  }
  let opened = false;
  try {
    return await withDatabase(path, { readOnly: true }, (first, connected) => {
      opened = true;
      const remembering =
        <R>(work: (db: DuckDBConnection) => Promise<R>) =>
        (db: DuckDBConnection) =>
          remembered(db, () => work(db));
      return remembering((db) => use(db, (work) => connected(remembering(work))))(first);
    });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CliError) throw error;
    const broken = damaged(error, path);
    if (broken) throw broken;
    if (opened && !/^(Catalog|Binder) Error/.test(error.message)) throw error;
    const other = opened ? undefined : (otherVersion(error, path) ?? outOfMemory(error));
    if (other) throw other;
    const [reason = ""] = error.message.split("\n");
    const wording = opened
      ? told("warehouse.incomplete", { path })
      : told("warehouse.unopened", { reason, path });
    throw new CliError(wording, 1, { cause: error });
  }
}

/** What was asked of a finished warehouse, which no longer changes, by the question: an SQL statement, or who asks. */
const answers = new WeakMap<DuckDBConnection, Map<unknown, unknown>>();

/**
 * Runs work during which what `readOnce` reads does not change, and is remembered; what was remembered before is again afterwards.
 * @param known what is remembered from the start, to which more is added
 */
export async function remembered<R>(
  db: DuckDBConnection,
  work: () => Promise<R>,
  known = new Map<unknown, unknown>(),
): Promise<R> {
  const before = answers.get(db);
  answers.set(db, known);
  try {
    return await work();
  } finally {
    if (before) answers.set(db, before);
    else answers.delete(db);
  }
}

/** Runs work of which nothing is remembered beyond it, where anything is: so many rows that nobody asks for again would stay. */
export const passing = <R>(db: DuckDBConnection, work: () => Promise<R>): Promise<R> => {
  const known = answers.get(db);
  return known ? remembered(db, work, new Map(known)) : work();
};

/** Reads what does not change; of a finished warehouse only once, however often it is asked. */
export const readOnce = (db: DuckDBConnection, sql: string): Promise<DuckDBResultReader> =>
  foundOnce(db, sql, () => db.runAndReadAll(sql));

/** The same of what is made of several answers, which nobody changes. */
export function foundOnce<T>(db: DuckDBConnection, question: unknown, find: () => Promise<T>): Promise<T> {
  const known = answers.get(db);
  const answer = (known?.get(question) as Promise<T> | undefined) ?? find();
  known?.set(question, answer);
  return answer;
}

/** Whether an answer would be remembered and is not there yet. */
export const isFindable = (db: DuckDBConnection, question: unknown): boolean =>
  answers.get(db)?.has(question) === false;
