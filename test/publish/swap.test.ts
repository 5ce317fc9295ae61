import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { folderExchange } from "../../src/publish/site/folderExchange.js";
import { putInPlace } from "../../src/publish/site/swap.js";
import { withScratch } from "../../src/run/scratch.js";
import { folderOfTest, temporaryFolder } from "../temporaryFolder.js";

/** Reads the two files of a site as fast as it can, until it is told to stop: what a server would have given. */
const reader = `
const { parentPort, workerData: { dist, over } } = require("node:worker_threads");
const { readFileSync } = require("node:fs");
const stop = new Int32Array(over);
const seen = { reads: 0, lost: 0, back: 0, apart: 0, first: -1, last: -1 };
const read = (name) => { try { return Number(readFileSync(dist + "/" + name, "utf8")); } catch { seen.lost++; return undefined; } };
parentPort.postMessage("reading");
while (Atomics.load(stop, 0) === 0) {
  const page = read("index.html"), data = read("data");
  seen.reads++;
  if (page === undefined || data === undefined) continue;
  if (page < seen.last) seen.back++;
  // The page of one site, and the data of the next or a later one, if the swap lies between the two; never of one before.
  if (data < page) seen.apart++;
  seen.last = data;
  if (seen.first < 0) seen.first = page;
}
parentPort.postMessage(seen);
`;

const rounds = 300;

/** Puts one site after another into the place of the one before, while somebody reads it. */
async function swapping(exchange?: Parameters<typeof putInPlace>[2]) {
  const root = folderOfTest("swap");
  const dist = join(root, "dist");
  const partial = join(root, "dist.building-1.tmp");
  const site = (folder: string, at: number) => {
    mkdirSync(folder);
    for (const name of ["index.html", "data"]) writeFileSync(join(folder, name), String(at));
  };
  site(dist, 0);
  const over = new SharedArrayBuffer(4);
  const worker = new Worker(reader, { eval: true, workerData: { dist, over } });
  const told = () => new Promise<Record<string, number>>((done) => worker.once("message", done));
  try {
    await told();
    for (let at = 1; at <= rounds; at++)
      await withScratch(partial, async () => {
        site(partial, at);
        await putInPlace(partial, dist, exchange);
      });
  } finally {
    Atomics.store(new Int32Array(over), 0, 1);
  }
  const seen = await told();
  await worker.terminate();
  expect(readFileSync(join(dist, "index.html"), "utf8")).toBe(String(rounds));
  expect(readdirSync(root)).toEqual(["dist"]);
  expect(seen).toMatchObject({ back: 0, apart: 0 });
  expect(seen.last).toBeGreaterThan(Number(seen.first));
  return seen;
}

const canExchange = await (async () => {
  const root = temporaryFolder("can-exchange");
  for (const name of ["a", "b"]) mkdirSync(join(root, name, name), { recursive: true });
  const did = (await folderExchange())(join(root, "a"), join(root, "b"));
  expect(existsSync(join(root, "a", did ? "b" : "a"))).toBe(true);
  return did;
})();

test.skipIf(!canExchange)(
  "somebody who reads a site all the time finds one at every moment, and never one of before (skipped where the system cannot exchange folders)",
  async () => {
    expect(await swapping()).toMatchObject({ lost: 0 });
  },
);

test("where folders cannot be exchanged two renamings do it, between which there is none", async () => {
  const { lost, reads } = await swapping(() => false);
  expect(lost).toBeLessThan(Number(reads) / 4);
});
