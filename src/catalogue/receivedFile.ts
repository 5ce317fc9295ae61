import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { CliError } from "../run/error.js";
import { isLink } from "../run/outputGuard.js";
import { told } from "../words/told.js";

/** Whether something goes by a name, be it a link that leads nowhere. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * To be asked before a file that somebody sent is opened: it must not make a build read what else the machine holds,
 * nor wait for a pipe without end. One that is not there is for the reader to tell.
 * @param inside the folder that its real path has to lie in; null where it may lie anywhere
 * @throws CliError 2 for what lies outside, whether it exists or not, and for what is no file
 */
export function requireReceived(path: string, inside: string | null): void {
  requireInside(path, inside);
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined || state.isFile()) return;
  throw new CliError(told("file.isNone", { path }), 2);
}

/**
 * @param named what the message says, where that is not the path itself
 * @throws CliError 2 for what lies outside a folder, links followed, whether it exists or not
 */
export function requireInside(path: string, inside: string | null, named = path): void {
  if (inside === null || liesIn(path, inside)) return;
  throw new CliError(told("file.outside", { path: named }), 2);
}

/** Whether a path, links followed, lies in a folder or is that folder. */
function liesIn(path: string, folder: string): boolean {
  const [real, around] = [realOf(path), realOf(folder)];
  return real === around || real.startsWith(around.endsWith(sep) ? around : around + sep);
}

/** Where a path leads, links followed as far as there is anything: what is not there is told apart from nothing. */
function realOf(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(resolve(path));
    const here = join(realOf(above, links), basename(resolve(path)));
    if (links < mostLinks && isLink(here))
      return realOf(resolve(dirname(here), readlinkSync(here)), links + 1);
    return here;
  }
}

const mostLinks = 40;
