import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { stopIfInterrupted } from "../run/interrupt.js";
import { filesBelow, guardOutput, refused } from "../run/outputGuard.js";
import { withScratch } from "../run/scratch.js";
import { startOf } from "../warehouse/lock.js";
import { told } from "../words/told.js";

/** Lists what a sample consists of, a file a line, as `sha256sum` does. */
export const sampleMarker = ".herringbone-sample";

/**
 * Refuses a folder that holds anything but an earlier sample, unchanged: extracts of somebody's are neither overwritten
 * nor mixed with invented ones.
 * @throws CliError 2
 */
export async function checkSampleFolder(directory: string, isForced: boolean): Promise<void> {
  guardOutput(directory, { option: "--out", kind: "folder" });
  if (isForced || !existsSync(directory)) return;
  const known = readMarker(directory);
  for (const name of filesBelow(directory)) {
    if (name === sampleMarker || scratchName.test(name)) continue;
    const file = join(directory, name);
    if (known.has(name) && statSync(file).isFile() && known.get(name)?.has(await sha256(file))) continue;
    const why = told("sample.otherContent", { name });
    throw refused(why, directory);
  }
}

/** The folder that a process writes a sample into before it is put into its place. */
const scratchName = /^\.herringbone-sample-(\d+)-/;

/**
 * Runs `make` on a folder of its own and puts what it wrote into `directory` when it is done. Killed in the midst of that, it leaves what the
 * marker knows, of the former sample or the new one.
 */
export async function intoSampleFolder<T>(
  directory: string,
  make: (folder: string) => Promise<T>,
): Promise<T> {
  const isNew = !existsSync(directory);
  await mkdir(directory, { recursive: true });
  await clearKilled(directory);
  const scratch = await mkdtemp(join(directory, `${sampleMarker}-${process.pid}-`));
  const mark = async (marks: readonly (readonly [name: string, digest: string])[]) => {
    const lines = marks.map(([name, digest]) => `${digest}  ${name}\n`).sort(byName);
    await writeFile(join(scratch, sampleMarker), lines.join(""));
    await rename(join(scratch, sampleMarker), join(directory, sampleMarker));
  };
  const filled = async (): Promise<T> => {
    const result = await make(scratch);
    stopIfInterrupted();
    const former = [...readMarker(directory)].flatMap(([name, digests]) =>
      [...digests].map((digest) => [name, digest] as const),
    );
    const made = new Map<string, string>();
    for (const name of filesBelow(scratch)) made.set(name, await sha256(join(scratch, name)));
    await mark([...former, ...made]);
    for (const name of made.keys()) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await rename(join(scratch, name), join(directory, name));
    }
    const others = former.filter(([name]) => !made.has(name) && existsSync(join(directory, name)));
    await mark([...others, ...made]);
    return result;
  };
  try {
    return await withScratch(scratch, filled);
  } finally {
    if (isNew && readdirSync(directory).length === 0) await rmdir(directory);
  }
}

const byName = (one: string, other: string) => (one.slice(66) < other.slice(66) ? -1 : 1);

/** Removes what processes left that were killed. */
async function clearKilled(directory: string): Promise<void> {
  for (const name of readdirSync(directory)) {
    const [, pid] = scratchName.exec(name) ?? [];
    if (pid !== undefined && startOf(Number(pid)) === undefined)
      await rm(join(directory, name), { recursive: true, force: true });
  }
}

/** The digests that each file of a sample may have: while one is replaced, of both. */
function readMarker(directory: string): Map<string, Set<string>> {
  const file = join(directory, sampleMarker);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const known = new Map<string, Set<string>>();
  for (const line of lines.filter(Boolean)) {
    const [name, digest] = [line.slice(66), line.slice(0, 64)];
    known.set(name, (known.get(name) ?? new Set()).add(digest));
  }
  return known;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
