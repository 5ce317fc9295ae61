import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CliError } from "../run/error.js";
import { onInterrupt } from "../run/interrupt.js";
import { told } from "../words/told.js";
import type { Wording } from "../words/wording.js";

interface Owner {
  pid: number;
  /** The kernel's start time of the process, where it tells one: a process id may be used again. */
  started: string | null;
}

/** The start time of a live process, `null` where the system does not tell, `undefined` when it is gone. */
export function startOf(pid: number): string | null | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Whether the process that wrote this owner record still runs. */
function isAlive(owner: Owner): boolean {
  const started = startOf(owner.pid);
  if (started === undefined) return false;
  return started === null || owner.started === null || started === owner.started;
}

const longestLock = 200;

/** Something of another's stands where the lock goes: it is not ours to remove. */
const noLock = (path: string) => new CliError(told("lock.taken", { path }), 2);

function readOwner(path: string): { text: string; owner: Owner | undefined } | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "EISDIR") throw noLock(path);
    throw error;
  }
  if (text.length > longestLock) throw noLock(path);
  try {
    const parsed = JSON.parse(text) as Owner;
    return { text, owner: typeof parsed.pid === "number" ? parsed : undefined };
  } catch {
    return { text, owner: undefined };
  }
}

/** What is said where the lock is another's: a warehouse's build unless told otherwise. */
const otherBuild = (pid: number, path: string): Wording => told("lock.held", { pid, path });

/**
 * Runs `work` while holding the lock file `path`, which names the owner's process id. A lock whose owner no longer
 * runs is taken over; two processes that find the same dead lock cannot both get it.
 * @param held what is said where a live process holds it; "wait" has its end waited for
 * @throws CliError 1 naming the process that holds the lock
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  held: typeof otherBuild | "wait" = otherBuild,
): Promise<T> {
  const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? null } satisfies Owner);
  for (let owner = take(path, text); owner !== null; owner = take(path, text)) {
    if (held !== "wait") throw new CliError(held(owner, path));
    await sleep(500);
  }
  const release = () => {
    if (readOwner(path)?.text === text) rmSync(path, { force: true });
  };
  const over = onInterrupt(release);
  try {
    return await work();
  } finally {
    over();
    release();
  }
}

/** Removes what processes that were killed while they took the lock have left of it. */
function clearDead(path: string): void {
  const name = basename(path);
  for (const each of readdirSync(dirname(path))) {
    const [, pid] = each.startsWith(`${name}.`)
      ? (/^\.(\d+)(\.stale)?$/.exec(each.slice(name.length)) ?? [])
      : [];
    if (pid !== undefined && startOf(Number(pid)) === undefined)
      rmSync(join(dirname(path), each), { force: true });
  }
}

/**
 * Makes a file with `text` the lock by a hard link, which fails where a lock stands; moves a dead owner's lock away first.
 * @returns null, or the live process that holds it
 */
function take(path: string, text: string): number | null {
  clearDead(path);
  const mine = `${path}.${process.pid}`;
  try {
    writeFileSync(mine, text);
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(mine, path);
        return null;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const held = readOwner(path);
      if (!held) continue;
      if (held.owner && isAlive(held.owner)) return held.owner.pid;
      const aside = `${mine}.stale`;
      renameSync(path, aside);
      if (readOwner(aside)?.text !== held.text) linkSync(aside, path);
      rmSync(aside, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new CliError(told("lock.untaken", { path }));
}
