import { copyFileSync } from "node:fs";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import type { Kept } from "../database/kept.js";
import type { Spooled } from "../database/spool.js";
import type { RowCache } from "../source.js";
import { collected, inKeyOrder, lastChange } from "./collect.js";
import { ApiError } from "./fault.js";
import type { Reading, Since } from "./reading.js";

/** How an object is to be gone on from: absent where each build reads all. */
export interface GoingOn {
  rows: RowCache | "forgotten" | undefined;
  isFull: boolean;
  /** What tells the object from others: the account, and what is asked of it. */
  of: unknown;
}

/** What is noted of kept records. */
interface Notes {
  shape: unknown;
  mark: string;
  header: string[];
  /** How many more there were than the account counted. */
  difference: number;
  /** When all were read last, ISO. */
  wholeAt: string;
}

/** What an account deletes it drops for good some time later; where that cannot be seen, all is read once in so many days. */
export const dropped = { days: 30 };

const dayMs = 86_400_000;

/** So often an object is read that changes while it is read. */
const readings = 3;

/**
 * Keeps an object's records in a file, in the order of their key, once they are as many as the interface counts. Of what an
 * earlier build kept only those are read that changed since, where these with the kept ones are as many as are counted.
 * @param path of the Parquet file
 * @throws CliError 1 when they are never as many, or no end comes
 */
export async function keepRecords(reading: Reading, path: string, file: string, on?: GoingOn): Promise<Kept> {
  if (!on) return keptOf(await readWhole(reading, path, file));
  const { since = told("cursor.noSince") } = reading;
  const because = (why: Told) => [told("cursor.whole", { file, why })];
  if ("id" in since) return keptOf(await readWhole(reading, path, file), because(since));
  if (on.rows === "forgotten")
    return keptOf(await readWhole(reading, path, file), because(told("cursor.forgotten")));
  const cache = on.rows;
  const id = cache?.key(on.of);
  const shape = JSON.stringify(since.shape);
  const kept = cache && id && !on.isFull ? await cache.find<Notes>(id) : undefined;
  let why: Told | undefined;
  const isOld =
    kept && !since.givesGone && Date.now() - Date.parse(kept.notes.wholeAt) >= dropped.days * dayMs;
  if (kept && isOld) why = told("cursor.month", { days: String(dropped.days) });
  else if (kept && kept.notes.shape === shape) {
    const made = await readSince(reading, since, path, kept);
    if (made) {
      await keep(made, kept.notes);
      return keptOf(made, [told("cursor.anew", { file, rows: made.accepted, anew: made.anew })]);
    }
    why = told("cursor.otherwise");
  } else if (kept) why = told("cursor.columns");
  const whole = await readWhole(reading, path, file);
  await keep(whole, { difference: whole.difference, wholeAt: new Date().toISOString() });
  return keptOf(whole, why ? because(why) : []);

  async function keep(
    made: Read,
    { difference, wholeAt }: Pick<Notes, "difference" | "wholeAt">,
  ): Promise<void> {
    const { mark } = since as Since;
    const next = typeof mark === "function" ? mark() : await lastChange(path, made.columns, mark.column);
    // Of what was refused, or goes by other names than its own, nothing is known again.
    const isPlain = made.refused.length === 0 && made.columns.every((name, at) => name === made.header[at]);
    if (!cache || !id || next === undefined || !isPlain) return;
    const notes: Notes = { shape: shape ?? "", mark: next, header: made.header, difference, wholeAt };
    await cache.keep(id, notes, async (to) => copyFileSync(path, to));
  }
}

/** Records in their file, and what was found of them. */
interface Read extends Spooled {
  path: string;
  header: string[];
  columns: string[];
  told: Told[];
}

const keptOf = (
  { path, header, columns, accepted, refused, sha256, told }: Read,
  more: Told[] = [],
): Kept => ({
  ...{ path, header, columns, accepted, refused, sha256 },
  counted: accepted + refused.length,
  told: [...more, ...told],
});

/** All records, once more while they change. */
async function readWhole(
  reading: Reading,
  path: string,
  file: string,
): Promise<Read & { difference: number }> {
  let changed = 0;
  for (let attempt = 1; ; attempt++) {
    const before = await reading.count();
    const header = await collected(reading, reading.pages(), path, before);
    const made = await inKeyOrder(reading, path, header);
    const { uncounted, doubled } = made;
    const accepted = made.accepted + made.refused.length;
    const records = accepted - uncounted;
    const difference = before === undefined ? 0 : records - before;
    const { fewer, more } = (before !== undefined && reading.slack?.(before)) || { fewer: 0, more: 0 };
    if (-fewer <= difference && difference <= more) {
      const counts = { file, records: String(records), count: String(before) };
      const notes: Told[] = [
        ...(changed > 0 ? [told("remote.changed", { file, times: String(changed) })] : []),
        ...(before === undefined ? [told("remote.uncounted", { file })] : []),
        ...(difference === 0 ? [] : [told("remote.near", counts)]),
        ...(doubled > 0 ? [told("remote.doubled", { file, count: String(doubled) })] : []),
      ];
      return { ...made, path, difference, told: notes };
    }
    const after = await reading.count();
    if (attempt >= readings || (after === before && attempt > 1))
      throw new CliError(
        fewer > 0
          ? told("remote.tooFew", {
              file,
              records: String(records),
              count: String(before),
              fewer: String(fewer),
            })
          : told("load.otherCount", {
              file,
              inserted: String(accepted),
              counted: String(Number(before) + uncounted),
            }),
        1,
      );
    await reading.rest?.();
    changed++;
  }
}

/** What was kept with what changed since; undefined where that is not what the account has, by its count and columns. */
async function readSince(
  reading: Reading,
  since: Since,
  path: string,
  kept: { path: string; notes: Notes },
): Promise<(Read & { anew: number }) | undefined> {
  const { header: known, mark, difference: before } = kept.notes;
  const count = await reading.count();
  let header: string[];
  try {
    header = await collected(reading, since.pages(mark), path, undefined);
  } catch (error) {
    // A mark may be too old for the account: all is read then, or fails as it would.
    if (error instanceof ApiError && ["refused", "noObject"].includes(error.fault.what)) return undefined;
    throw error;
  }
  const found = await inKeyOrder(reading, path, header, { ...kept, known, dropsGone: since.givesGone });
  const { accepted, refused, uncounted, anew } = found;
  const { ofAll } = since;
  const own = (names: readonly string[]) =>
    names
      .filter((name) => ofAll?.test(name))
      .toSorted()
      .join();
  if (refused.length > 0 || (anew > 0 && own(header) !== own(known))) return undefined;
  const difference = count === undefined ? 0 : accepted - uncounted - count;
  const { fewer } = (count !== undefined && reading.slack?.(count)) || { fewer: 0 };
  if (difference < -fewer || difference > before + fewer) return undefined;
  return { ...found, path, told: [] };
}
