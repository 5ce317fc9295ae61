import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type Told, told } from "../words/told.js";
import { CliError } from "./error.js";

/** What file managers leave behind, which nobody misses. */
const litter = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** A place that somebody named for a result. */
export interface Output {
  /** The option that names it, as messages call it. */
  option: string;
  kind: "folder" | "file";
  /** Why the place, or what stands there, must not be replaced; undefined where it may be. Asked of absent ones, too. */
  refusal?: (path: string) => Told | undefined;
}

/**
 * Where a result may be written: nowhere yet, or in the place of an earlier result. Links are followed, so that they
 * stay and what is behind them is replaced; one to a file may lead to nothing yet.
 *
 * @returns the place behind links
 * @throws CliError 2 for any other place, before anything is written
 */
export function guardOutput(named: string, { option, kind, refusal }: Output): string {
  const path = kind === "folder" ? folderBehindLinks(resolve(named), option) : fileBehindLinks(named);
  const above = fileAbove(path);
  if (above !== undefined) {
    throw refused(told("output.insideFile", { option, above }), named);
  }
  const state = statSync(path, { throwIfNoEntry: false });
  if (state !== undefined && !(kind === "folder" ? state.isDirectory() : state.isFile())) {
    throw refused(told(kind === "folder" ? "output.noFolder" : "output.noFile", { option }), named);
  }
  const why = refusal?.(path);
  if (why !== undefined) throw refused(why, named);
  return path;
}

/** The refusal of a place for a result. */
export function refused(why: Told, place: string): CliError {
  return new CliError(told("output.refused", { why, place }), 2);
}

/** Every file below a folder but litter, as `/`-separated relative paths. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !litter.has(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
}

/** A path with links resolved as far as it exists. */
function folderBehindLinks(path: string, option: string): string {
  if (existsSync(path)) return realpathSync(path);
  if (isLink(path)) {
    throw refused(told("output.brokenLink", { option }), path);
  }
  const folder = dirname(path);
  return folder === path ? path : join(folderBehindLinks(folder, option), basename(path));
}

function fileBehindLinks(path: string): string {
  let at = path;
  for (let steps = 0; steps < 40 && isLink(at); steps++) at = resolve(dirname(at), readlinkSync(at));
  return at;
}

/** Whether a path is a symbolic link, wherever that leads. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** What stands in the way of a path: the nearest thing above it that exists, where that is no folder. */
function fileAbove(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return statSync(folder).isDirectory() ? undefined : folder;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== "ENOENT" && code !== "ENOTDIR") || folder === dirname(folder)) throw error;
    }
  }
}
