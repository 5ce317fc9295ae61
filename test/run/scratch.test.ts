import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("scratch");
const module = fileURLToPath(new URL("../../src/run/scratch.ts", import.meta.url));
const interrupt = fileURLToPath(new URL("../../src/run/interrupt.ts", import.meta.url));

/** Writes a file in a folder of its own again and again, then moves the folder to its place. */
const program = (scratch: string, place: string) => `
import { join } from "node:path";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { withScratch } from ${JSON.stringify(module)};
import { stopIfInterrupted } from ${JSON.stringify(interrupt)};
const deep = ${JSON.stringify(join(scratch, "deep"))};
await withScratch(${JSON.stringify(scratch)}, async () => {
  for (let n = 0; n < 4000; n++) {
    if (n % 100 === 0) stopIfInterrupted();
    await mkdir(deep, { recursive: true });
    await Promise.all([...Array(20).keys()].map((name) => writeFile(join(deep, String(name)), "x")));
  }
  await rename(${JSON.stringify(scratch)}, ${JSON.stringify(place)});
}).catch(() => new Promise((later) => setTimeout(later, 10_000)));
`;

it.each([1, 2, 3, 4, 5])("what is being written is gone after an interruption (%i)", async (round) => {
  const scratch = join(folder, `being-written-${round}`);
  const args = ["--import", "tsx", "--input-type", "module", "-e", program(scratch, join(folder, "place"))];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  while (!existsSync(join(scratch, "deep"))) {
    expect(child.exitCode, told).toBeNull();
    await new Promise((later) => setTimeout(later, 2));
  }
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(143);
  expect(readdirSync(folder)).toEqual([]);
});
