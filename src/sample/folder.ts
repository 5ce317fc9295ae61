import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { stopIfInterrupted } from "../run/interrupt.js";
import { filesBelow, guardOutput, refused } from "../run/outputGuard.js";
import { withScratch } from "../run/scratch.js";
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
    if (name === sampleMarker) continue;
    const file = join(directory, name);
    if (known.has(name) && statSync(file).isFile() && known.get(name) === (await sha256(file))) continue;
    const why = told("sample.otherContent", { name });
    throw refused(why, directory);
  }
}

/** Runs `make` on a folder of its own and puts what it wrote into `directory` when it is done. */
export async function intoSampleFolder<T>(
  directory: string,
  make: (folder: string) => Promise<T>,
): Promise<T> {
  const isNew = !existsSync(directory);
  await mkdir(directory, { recursive: true });
  const scratch = await mkdtemp(join(directory, `${sampleMarker}-`));
  const filled = async (): Promise<T> => {
    const result = await make(scratch);
    stopIfInterrupted();
    const marks = readMarker(directory);
    const names = filesBelow(scratch);
    for (const name of names) marks.set(name, await sha256(join(scratch, name)));
    for (const name of names) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await rename(join(scratch, name), join(directory, name));
    }
    const lines = [...marks].filter(([name]) => existsSync(join(directory, name))).sort();
    await writeFile(
      join(directory, sampleMarker),
      lines.map(([name, digest]) => `${digest}  ${name}\n`).join(""),
    );
    return result;
  };
  try {
    return await withScratch(scratch, filled);
  } finally {
    if (isNew && readdirSync(directory).length === 0) await rmdir(directory);
  }
}

function readMarker(directory: string): Map<string, string> {
  const file = join(directory, sampleMarker);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Map(lines.filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
