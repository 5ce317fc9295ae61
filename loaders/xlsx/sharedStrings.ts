import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { told } from "../../src/words/told.js";
import { mostStrings } from "./bounds.js";
import { damaged, tooLarge } from "./failures.js";
import { textReader } from "./text.js";
import { parseXml } from "./xml.js";

const blockBytes = 1 << 16;
const mostBlocks = 256;
const cached = 1 << 15;

/** The strings that cells share, in a temporary file: a workbook may have millions. */
export class SharedStrings {
  private offsets = new Float64Array(1024);
  private count = 0;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private readonly blocks: { number: number; bytes: Buffer }[] = [];
  private readonly recent: { index: number; text: string }[] = [];

  private constructor(private readonly fd: number) {}

  /** @param path of the temporary file */
  static async read(file: string, chunks: AsyncIterable<Buffer>, path: string): Promise<SharedStrings> {
    const strings = new SharedStrings(openSync(path, "w+"));
    try {
      const reader = textReader("si", (text) => strings.add(file, text));
      await parseXml(file, chunks, reader);
      strings.flush();
    } catch (error) {
      strings.close();
      throw damaged(file, error);
    }
    return strings;
  }

  /** Undefined where there is no string of that number. */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const known = this.recent[index % cached];
    if (known?.index === index) return known.text;
    const [start = 0, end = 0] = [this.offsets[index], this.offsets[index + 1]];
    const text = this.bytes(start, end);
    this.recent[index % cached] = { index, text };
    return text;
  }

  close(): void {
    closeSync(this.fd);
  }

  private add(file: string, text: string): void {
    if (this.count >= mostStrings) throw tooLarge(file, told("xlsx.strings", { most: String(mostStrings) }));
    if (this.count + 1 === this.offsets.length) {
      const larger = new Float64Array(this.offsets.length * 2);
      larger.set(this.offsets);
      this.offsets = larger;
    }
    const bytes = Buffer.from(text);
    this.offsets[this.count + 1] = (this.offsets[this.count] ?? 0) + bytes.length;
    this.count++;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes > 1 << 20) this.flush();
  }

  private flush(): void {
    writeSync(this.fd, Buffer.concat(this.pending));
    this.pending = [];
    this.pendingBytes = 0;
  }

  private bytes(start: number, end: number): string {
    const [first, last] = [Math.floor(start / blockBytes), Math.floor(Math.max(start, end - 1) / blockBytes)];
    const from = start - first * blockBytes;
    if (first === last) return this.block(first).toString("utf8", from, from + end - start);
    const parts = Array.from({ length: last - first + 1 }, (_, index) => this.block(first + index));
    return Buffer.concat(parts).toString("utf8", from, from + end - start);
  }

  private block(number: number): Buffer {
    const known = this.blocks[number % mostBlocks];
    if (known?.number === number) return known.bytes;
    const bytes = Buffer.alloc(blockBytes);
    readSync(this.fd, bytes, 0, blockBytes, number * blockBytes);
    this.blocks[number % mostBlocks] = { number, bytes };
    return bytes;
  }
}
