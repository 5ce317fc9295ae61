import { existsSync, readdirSync, readlinkSync, realpathSync, renameSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CliError } from "../../run/error.js";
import { stopIfInterrupted } from "../../run/interrupt.js";
import { isLink } from "../../run/outputGuard.js";
import { withScratch } from "../../run/scratch.js";
import { withLock } from "../../warehouse/lock.js";
import { type Exchange, folderExchange } from "./folderExchange.js";

/**
 * Puts a finished site into its place; an interruption finds the site either before or after. Where the system can exchange two
 * folders in one step, so does everybody; else there is none for the moment between two renamings.
 */
export async function putInPlace(partial: string, out: string, exchange?: Exchange): Promise<void> {
  const exchanged = exchange ?? (await folderExchange());
  const previous = `${out}.previous-${process.pid}.tmp`;
  await withScratch(previous, async () => {
    stopIfInterrupted();
    // What was there is in the place of what was made, which its maker removes.
    if (existsSync(out) && exchanged(partial, out)) return;
    renameBoth(partial, out, previous);
  });
}

function renameBoth(partial: string, out: string, previous: string): void {
  const hasPrevious = existsSync(out);
  if (hasPrevious) renameSync(out, previous);
  try {
    renameSync(partial, out);
  } catch (error) {
    if (hasPrevious) renameSync(previous, out);
    throw error;
  }
}

/**
 * Removes what killed builds left beside the target; brings the target back if the kill fell into the swap. To be called
 * with the target's lock.
 * @returns the folder to build into
 */
export async function clearBeside(out: string): Promise<string> {
  for (const { path, kind } of leftBeside(out)) {
    if (kind === "previous" && !existsSync(out)) renameSync(path, out);
    else await rm(path, { recursive: true, force: true });
  }
  return `${out}.building-${process.pid}.tmp`;
}

/** How often, and how many ms apart, a site is looked for that another process is about to put into its place. */
const [tries, apart] = [40, 50];

/**
 * Brings back a site of which a build was killed between the two renamings that put one in its place where folders cannot be
 * exchanged: who reads one calls it first. Where nothing can be brought back nothing is done.
 * @param named the site's folder, or a link to it
 */
export async function bringBack(named: string): Promise<void> {
  for (let at = 0; at < tries && !existsSync(named); at++) {
    const out = behindLinks(named);
    const previous = leftBeside(out).find(({ kind }) => kind === "previous");
    if (!previous) return;
    const work = async () => {
      if (!existsSync(out) && existsSync(previous.path)) renameSync(previous.path, out);
    };
    await withLock(`${out}.lock`, work).catch((error: unknown) => {
      // Who holds it is about to put one there.
      if (!(error instanceof CliError)) throw error;
      return sleep(apart);
    });
  }
}

/** Where a path leads, though there is nothing. */
function behindLinks(path: string): string {
  let at = resolve(path);
  for (let steps = 0; steps < 40 && isLink(at); steps++) at = resolve(dirname(at), readlinkSync(at));
  return existsSync(dirname(at)) ? join(realpathSync(dirname(at)), basename(at)) : at;
}

function leftBeside(out: string): { path: string; kind: "building" | "previous" }[] {
  const folder = dirname(out);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const pattern = new RegExp(`^${basename(out).replace(/\W/g, "\\$&")}\\.(building|previous)-\\d+\\.tmp$`);
  return readdirSync(folder).flatMap((name) => {
    const kind = pattern.exec(name)?.[1] as "building" | "previous" | undefined;
    return kind === undefined ? [] : [{ path: join(folder, name), kind }];
  });
}
