import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fill, openBytes } from "../../loaders/csv/byteSource.js";
import { folderOfTest } from "../temporaryFolder.js";

/** A file of so many bytes, and the buffer that is made for it. */
async function bufferFor(bytes: number, most: number) {
  const file = join(folderOfTest("small-buffers"), "a.csv");
  writeFileSync(file, Buffer.alloc(bytes, "a"));
  const source = await openBytes(file);
  try {
    const buffer = source.buffer(most);
    return { length: buffer.length, ...(await fill(source, buffer, 0)) };
  } finally {
    await source.close();
  }
}

describe("thousands of small files take no buffers of large ones", () => {
  it("a buffer has room for the file and one byte more, by which its end is met", async () => {
    expect(await bufferFor(100, 1000)).toEqual({ length: 101, held: 100, isFinal: true });
  });

  it("a large file is read by pieces", async () => {
    expect(await bufferFor(1000, 1000)).toEqual({ length: 1000, held: 1000, isFinal: false });
  });
});
