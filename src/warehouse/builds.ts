import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CliError } from "../run/error.js";
import { machineFailure } from "../run/machineFailure.js";
import { told } from "../words/told.js";
import { beside } from "./beside.js";
import { type Closings, openClosings } from "./closings.js";
import { withLock } from "./lock.js";
import { readOnce, withWarehouse } from "./open.js";
import { replaceFile, replaceText, sync } from "./swap.js";

/**
 * Builds that were replaced are kept beside the warehouse, a file each, named by their ids, which begin with their time: their
 * order is that of their names. A warehouse is never written again when it is whole, so a kept one is a further name of its file
 * where the file system has hard links, else a copy.
 */
const buildName = /^(\d{8}-\d{6}-[0-9a-f]{8})\.duckdb$/;

/** Where the builds that a warehouse replaced are. */
const buildsFolder = (warehouse: string) => beside(warehouse, "builds");

const fileOf = (warehouse: string, id: string) => join(buildsFolder(warehouse), `${id}.duckdb`);

/** The ids of the builds that are kept, oldest first. */
export function keptBuilds(warehouse: string): string[] {
  try {
    const names = readdirSync(buildsFolder(warehouse));
    return names.flatMap((name) => buildName.exec(name)?.[1] ?? []).sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    if (codeOf(error) === "ENOTDIR") throw noFolder(warehouse, error);
    throw machineFailure(error) ?? error;
  }
}

/**
 * The time that a build's id begins with: its start, or where a clock was put back a second after the latest build that there
 * is, so that ids are unique and in the order of the builds.
 * @param replaced the build that the warehouse holds
 * @returns it, and the latest build where the clock is more than a minute behind that
 */
export function timeOfBuild(
  warehouse: string,
  replaced: string | null,
  now: Date,
): { time: Date; ahead: string | null } {
  const [latest] = [...keptBuilds(warehouse), ...(replaced === null ? [] : [replaced])].sort().reverse();
  const last = latest === undefined ? Number.NEGATIVE_INFINITY : startOf(latest).getTime();
  if (!(now.getTime() < last + 1000)) return { time: now, ahead: null };
  return { time: new Date(last + 1000), ahead: now.getTime() < last - 60_000 ? (latest ?? null) : null };
}

/** The time that an id begins with. */
export function startOf(id: string): Date {
  const [, date = "", time = ""] = /^(\d{8})-(\d{6})/.exec(id) ?? [];
  const [day, clock] = [date.replace(/(....)(..)/, "$1-$2-"), time.replace(/(..)(..)/, "$1:$2:")];
  return new Date(`${day}T${clock}Z`);
}

/** Which build was brought back last, and which one's knowledge of earlier builds the next one takes along. */
const markerSchema = z.strictObject({ restored: z.string(), carry: z.string() });

const markerOf = (warehouse: string) => join(buildsFolder(warehouse), "restored.json");

/**
 * The build whose knowledge a build that replaces this one takes along: its own, or of one that was brought back that of the one which
 * it replaced, so that nothing known since is forgotten.
 */
export function carryingBuild(warehouse: string, id: string): string {
  try {
    const { restored, carry } = markerSchema.parse(JSON.parse(readFileSync(markerOf(warehouse), "utf8")));
    return restored === id ? carry : id;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return id;
    if (codeOf(error) === "ENOTDIR") throw noFolder(warehouse, error);
    throw (
      machineFailure(error) ??
      new CliError(told("builds.marker", { path: markerOf(warehouse) }), 1, { cause: error })
    );
  }
}

const noFolder = (warehouse: string, cause: unknown) =>
  new CliError(told("builds.noFolder", { path: buildsFolder(warehouse) }), 2, { cause });

/** The file in which a build is kept; the warehouse itself where it is not. */
export const fileOfBuild = (warehouse: string, id: string): string =>
  keptBuilds(warehouse).includes(id) ? fileOf(warehouse, id) : warehouse;

/** The build that a warehouse holds. */
export const currentBuild = (warehouse: string): Promise<string> =>
  withWarehouse(warehouse, async (db) => {
    const reader = await readOnce(db, "select build_id from config.settings");
    return String(reader.value(0, 0));
  });

/**
 * Keeps the build that a warehouse holds, whole or not at all, and lets go of those beyond the newest `most`, but for those that
 * closed periods were signed from.
 * @param next the build that takes its place, which counts as one of them
 */
export function keepBuild(
  warehouse: string,
  id: string,
  { next, most, closings }: { next: string; most: number; closings: Closings },
): void {
  const ids = [...new Set([...keptBuilds(warehouse), id, next])].sort();
  const signed = new Set(openClosings(closings).map(({ build_id }) => build_id));
  const needed = [carryingBuild(warehouse, next), ...(most > 1 ? [id] : [])];
  const isLasting = (each: string, index: number) =>
    index >= ids.length - most || signed.has(each) || needed.includes(each);
  const lasting = new Set(ids.filter(isLasting));
  if (lasting.has(id)) keepFile(warehouse, fileOf(warehouse, id));
  for (const each of ids) if (!lasting.has(each)) rmSync(fileOf(warehouse, each), { force: true });
}

/** Puts a warehouse's file among the kept ones. */
function keepFile(warehouse: string, to: string): void {
  const folder = dirname(to);
  const part = `${to}.part`;
  mkdirSync(folder, { recursive: true });
  clearUnfinished(folder);
  nameOrCopy(warehouse, part);
  renameSync(part, to);
  // Where it is kept already, both are names of one file, and renaming one to the other leaves both.
  rmSync(part, { force: true });
  sync(folder);
}

/** Removes what a killed build left of a copy, and a killed `forget` of a build that it wrote anew. */
function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => /\.duckdb\.(part|building.*)$/.test(each)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** Removes what is left beside the kept builds by work that was killed; to be called by who has the warehouse's lock. */
export function clearKept(warehouse: string): void {
  if (keptBuilds(warehouse).length > 0) clearUnfinished(buildsFolder(warehouse));
}

/** Gives a file a further name, or copies it where it cannot have one. */
function nameOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"].includes(codeOf(error)))
      throw machineFailure(error) ?? error;
    copyWhole(from, to);
  }
}

function copyWhole(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
    sync(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw machineFailure(error) ?? error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

/** A build that can be read: the one that the warehouse holds, or a kept one. */
export interface FoundBuild {
  id: string;
  path: string;
  isCurrent: boolean;
}

/** The builds that can be read, newest first. */
export async function listBuilds(warehouse: string): Promise<FoundBuild[]> {
  const current = await currentBuild(warehouse);
  const others = keptBuilds(warehouse).filter((id) => id !== current);
  return [current, ...others]
    .sort()
    .reverse()
    .map((id) => ({
      id,
      path: id === current ? warehouse : fileOf(warehouse, id),
      isCurrent: id === current,
    }));
}

/**
 * The build with an id, or the only one whose id ends so.
 * @throws CliError 2 naming those that there are
 */
export async function findBuild(warehouse: string, wanted: string): Promise<FoundBuild> {
  const builds = await listBuilds(warehouse);
  const found = builds.filter(({ id }) => id === wanted);
  const [only, ...more] = found.length > 0 ? found : builds.filter(({ id }) => id.endsWith(`-${wanted}`));
  if (only && more.length === 0) return only;
  throw new CliError(told("builds.unknown", { build: wanted, builds: builds.map(({ id }) => id) }), 2);
}

/**
 * Makes a kept build the warehouse's again; the one that it replaces is kept.
 * @returns the id of it and of that which it replaced
 * @throws CliError 2 where there is no such build, 1 where a build runs or the kept file is damaged
 */
export async function restoreBuild(
  warehouse: string,
  wanted: string,
): Promise<{ id: string; replaced: string }> {
  await currentBuild(warehouse);
  const path = realpathSync(warehouse);
  return withLock(`${path}.lock`, async () => {
    const { id, path: kept, isCurrent } = await findBuild(path, wanted);
    if (isCurrent) throw new CliError(told("builds.current", { build: id }), 2);
    if ((await currentBuild(kept)) !== id) throw new CliError(told("warehouse.damaged", { path: kept }));
    const replaced = await currentBuild(path);
    const carry = carryingBuild(path, replaced);
    await replaceFile(
      path,
      // A file of its own: who writes over the warehouse does not write over what is kept.
      async (building) => copyWhole(kept, building),
      () => {
        keepFile(path, fileOf(path, replaced));
        replaceText(markerOf(path), JSON.stringify({ restored: id, carry }));
      },
    );
    return { id, replaced };
  });
}
