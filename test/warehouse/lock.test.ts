import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../src/warehouse/lock.js";
import { replaceFile } from "../../src/warehouse/swap.js";
import { folderOfTest } from "../temporaryFolder.js";

let folder: string;
beforeEach(() => {
  folder = folderOfTest("lock");
});

describe("withLock", () => {
  it("holds the process id while it works and leaves nothing behind", async () => {
    const path = join(folder, "lock");
    const pid = await withLock(
      path,
      async () => (JSON.parse(readFileSync(path, "utf8")) as { pid: number }).pid,
    );
    expect(pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses a second holder and names the first", async () => {
    const path = join(folder, "lock");
    await withLock(path, async () => {
      await expect(withLock(path, async () => 1)).rejects.toThrow(`process ${process.pid}`);
      expect(existsSync(path)).toBe(true);
    });
  });

  it("takes over from a process that is gone, and from a lock that cannot be read", async () => {
    const path = join(folder, "lock");
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const text of [JSON.stringify({ pid: gone, started: null }), "", "{"]) {
      writeFileSync(path, text);
      expect(await withLock(path, async () => "done")).toBe("done");
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("takes over when the process id belongs to another process by now", async () => {
    const path = join(folder, "lock");
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: "1" }));
    expect(await withLock(path, async () => "done")).toBe("done");
  });

  it("lets go when the work fails", async () => {
    const path = join(folder, "lock");
    await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
  });
});

describe("replaceFile", () => {
  it("keeps the old file and clears up when the work fails", async () => {
    const path = join(folder, "file");
    writeFileSync(path, "old");
    const attempt = replaceFile(path, async (building) => {
      writeFileSync(building, "half");
      throw new Error("no");
    });
    await expect(attempt).rejects.toThrow("no");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("clears what a killed run left and swaps the new file in", async () => {
    const path = join(folder, "file");
    writeFileSync(`${path}.building`, "left over");
    writeFileSync(`${path}.building.wal`, "left over");
    await replaceFile(path, async (building) => writeFileSync(building, "new"));
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});
