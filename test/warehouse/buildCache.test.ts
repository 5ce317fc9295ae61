import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BuildCache, dropCache } from "../../src/warehouse/kept/buildCache.js";
import { folderOfTest } from "../temporaryFolder.js";

const rows = (text: string) => async (path: string) => writeFileSync(path, text);
const opened = (folder: string, isRead = true) => new BuildCache(join(folder, "w.duckdb"), isRead, 0);

/** A cache of one entry, and its key. */
async function filled(folder: string) {
  const cache = opened(folder);
  const key = cache.key("what it is made of");
  await cache.keep(key, { count: 3 }, rows("the rows"));
  return { key, place: cache.folder };
}

describe("what builds keep for those that follow", () => {
  it("is found under the key of what it was made of, and nothing else is", async () => {
    const folder = folderOfTest("cache");
    const { key } = await filled(folder);
    const cache = opened(folder);
    const found = await cache.find<{ count: number }>(key);
    expect(found?.notes).toEqual({ count: 3 });
    expect(readFileSync(found?.path ?? "", "utf8")).toBe("the rows");
    expect(await cache.find(cache.key("another"))).toBeUndefined();
    expect(await opened(folder, false).find(key)).toBeUndefined();
  });

  it("is none where a byte of it is another, is gone or is too many", async () => {
    const folder = folderOfTest("cache");
    const { key, place } = await filled(folder);
    for (const name of readdirSync(place)) {
      const path = join(place, name);
      const whole = readFileSync(path);
      for (let at = 0; at < whole.length; at += 1) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
        writeFileSync(path, bytes);
        expect(await opened(folder).find(key), `${name} ${at}`).toBeUndefined();
      }
      for (const bytes of [
        whole.subarray(0, -1),
        Buffer.alloc(0),
        Buffer.concat([whole, Buffer.from("x")]),
      ]) {
        writeFileSync(path, bytes);
        expect(await opened(folder).find(key), `${name} of ${bytes.length} bytes`).toBeUndefined();
      }
      writeFileSync(path, whole);
    }
    expect(await opened(folder).find(key)).toBeDefined();
  });

  it("is none under the name of another key", async () => {
    const folder = folderOfTest("cache");
    const { key, place } = await filled(folder);
    const other = opened(folder).key("another");
    for (const ending of ["json", "parquet"])
      writeFileSync(join(place, `${other}.${ending}`), readFileSync(join(place, `${key}.${ending}`)));
    expect(await opened(folder).find(other)).toBeUndefined();
  });

  it("loses what a killed build left half, and what the last build did not use", async () => {
    const folder = folderOfTest("cache");
    const { key, place } = await filled(folder);
    writeFileSync(join(place, `${key}.parquet.part`), "half");
    const cache = opened(folder);
    expect(readdirSync(place)).toHaveLength(2);
    const next = cache.key("the next day");
    await cache.keep(next, {}, rows("more"));
    cache.sweep();
    expect(readdirSync(place).sort()).toEqual([`${next}.json`, `${next}.parquet`]);
    opened(folder).sweep();
    expect(existsSync(place)).toBe(false);
  });

  it("leaves nothing where the machine refuses, and says why", async () => {
    const folder = folderOfTest("cache");
    const { place } = await filled(folder);
    const cache = opened(folder);
    const key = cache.key("too much");
    await cache.keep(key, {}, async (path) => {
      writeFileSync(path, "half");
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
        code: "ENOSPC",
        syscall: "write",
      });
    });
    expect(cache.failure?.message).toBe("the disk is full");
    expect(readdirSync(place)).toHaveLength(2);
    await expect(
      opened(folder).keep(key, {}, async () => {
        throw new Error("a fault of ours");
      }),
    ).rejects.toThrow("a fault of ours");
  });

  it("goes whole when a person is forgotten; what somebody else put there stays", async () => {
    const folder = folderOfTest("cache");
    const { place } = await filled(folder);
    dropCache(join(folder, "w.duckdb"));
    expect(existsSync(place)).toBe(false);
    await filled(folder);
    mkdirSync(join(place, "x.part"));
    writeFileSync(join(place, "notes.txt"), "mine");
    opened(folder).sweep();
    expect(readdirSync(place).sort()).toEqual(["notes.txt", "x.part"]);
    await filled(folder);
    dropCache(join(folder, "w.duckdb"));
    expect(readdirSync(place).sort()).toEqual(["notes.txt", "x.part"]);
  });

  it.each(["a link", "a file"])("is not used where %s stands in its place, and says so", async (what) => {
    const folder = folderOfTest("cache");
    const mine = join(folder, "mine");
    mkdirSync(mine);
    writeFileSync(join(mine, "notes.txt"), "mine");
    const place = join(folder, "w.duckdb.cache");
    if (what === "a link") symlinkSync(mine, place);
    else writeFileSync(place, "mine");
    const cache = opened(folder);
    await cache.keep(cache.key("a day"), {}, rows("the rows"));
    cache.sweep();
    dropCache(join(folder, "w.duckdb"));
    expect(cache.failure?.in("en")).toBe(`${place} is no folder, but a link or a file`);
    expect(readdirSync(mine)).toEqual(["notes.txt"]);
  });

  it("notes of a warehouse what it is, in no file but its own, and does without where it may not", async () => {
    const folder = folderOfTest("cache");
    const warehouse = join(folder, "w.duckdb");
    writeFileSync(warehouse, "the warehouse");
    const cache = opened(folder);
    await cache.noteWritten(warehouse);
    expect(existsSync(cache.folder), "there are no tables to go on from").toBe(false);
    cache.hasTables = true;
    await cache.noteWritten(warehouse);
    expect(await opened(folder).isAsWritten(warehouse)).toBe(true);
    const [note, other] = [join(cache.folder, "warehouse.sha256"), join(folder, "other")];
    rmSync(note);
    writeFileSync(other, "somebody else's");
    symlinkSync(other, note);
    await cache.noteWritten(warehouse);
    expect(readFileSync(other, "utf8")).toBe("somebody else's");
    expect(await opened(folder).isAsWritten(warehouse)).toBe(true);
    rmSync(note);
    mkdirSync(join(note, "within"), { recursive: true });
    await cache.noteWritten(warehouse);
    expect(cache.failure).toBeDefined();
    expect(await opened(folder).isAsWritten(warehouse)).toBe(false);
    expect(readdirSync(opened(folder).folder)).toEqual(["warehouse.sha256"]);
  });
});
