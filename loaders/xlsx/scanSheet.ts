import { told } from "../../src/words/told.js";
import { mostRows } from "./bounds.js";
import { damaged, tooLarge } from "./failures.js";
import { columnOf } from "./sheetRows.js";

/** A cell that reaches over others: columns from 0, Excel's row numbers, both ends inclusive. */
export interface Merge {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const mostMerges = 1_000_000;
/** One row's XML: all its columns with texts of middling length. */
const mostRowBytes = 1 << 26;
const white = [0x20, 0x09, 0x0a, 0x0d];

/**
 * A pass over a sheet's bytes that knows nothing of how its rows are read: how many of them have a value or a formula, and
 * which cells are merged (which stands behind the rows).
 */
export async function scanSheet(
  file: string,
  chunks: AsyncIterable<Buffer>,
): Promise<{ filledRows: number; merges: Merge[] }> {
  const scan = new Scan(file);
  try {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of chunks) {
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < 1 << 20) continue;
      scan.push(waiting, false);
      waiting = [];
      bytes = 0;
    }
    scan.push(waiting, true);
  } catch (error) {
    throw damaged(file, error);
  }
  return scan;
}

class Scan {
  filledRows = 0;
  readonly merges: Merge[] = [];
  private rows = 0;
  private held: Buffer = Buffer.alloc(0);
  /** What its elements' names begin with: the prefix of their namespace. */
  private prefix: string | undefined;
  private isBehind = false;

  constructor(private readonly file: string) {}

  push(chunks: readonly Buffer[], isFinal: boolean): void {
    this.held = Buffer.concat([this.held, ...chunks]);
    this.prefix ??= /<([\w.-]+:)?worksheet[\s>]/.exec(this.held.toString("latin1", 0, 1 << 16))?.[1] ?? "";
    if (!this.isBehind) this.scanRows();
    if (this.isBehind) this.scanMerges(isFinal);
    if (this.held.length > mostRowBytes)
      throw tooLarge(this.file, told("xlsx.text", { most: String(mostRowBytes) }));
  }

  private scanRows(): void {
    const { held, prefix } = this;
    const behind = held.indexOf(`</${prefix}sheetData`);
    const end = behind < 0 ? held.length : behind;
    let at = 0;
    for (;;) {
      const start = elementAt(held, `<${prefix}row`, at);
      if (start < 0 || start >= end) {
        // A name may be cut in two.
        at = Math.max(at, end - 64);
        break;
      }
      at = start;
      const opened = held.indexOf(">", start);
      if (opened < 0) break;
      const isEmpty = held[opened - 1] === 0x2f;
      const closed = isEmpty ? opened : held.indexOf(`</${prefix}row`, opened);
      if (closed < 0) break;
      this.rows++;
      if (this.rows > mostRows) throw tooLarge(this.file, told("xlsx.rows", { most: String(mostRows) }));
      if (!isEmpty && isFilled(held.subarray(opened, closed), `<${prefix}`)) this.filledRows++;
      at = closed + 1;
    }
    this.isBehind = behind >= 0;
    this.held = held.subarray(this.isBehind ? behind : at);
  }

  private scanMerges(isFinal: boolean): void {
    const whole = isFinal ? this.held.length : Math.max(0, this.held.lastIndexOf("<"));
    const text = this.held.toString("latin1", 0, whole);
    for (const [, first = "", last = first] of text.matchAll(mergeCell)) {
      if (this.merges.length >= mostMerges)
        throw tooLarge(this.file, told("xlsx.merges", { most: String(mostMerges) }));
      this.merges.push({
        left: columnOf(first),
        right: columnOf(last),
        top: rowOf(first),
        bottom: rowOf(last),
      });
    }
    this.held = this.held.subarray(whole);
  }
}

const mergeCell = /<(?:[\w.-]+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+)(?::([A-Z]+\d+))?"/g;

const rowOf = (reference: string) => Number(/\d+$/.exec(reference)?.[0]);

/** Where the next element of a name begins. */
function elementAt(bytes: Buffer, name: string, from: number): number {
  for (let at = bytes.indexOf(name, from); at >= 0; at = bytes.indexOf(name, at + 1)) {
    const after = bytes[at + name.length];
    if (after === undefined || after === 0x3e || after === 0x2f || white.includes(after)) return at;
  }
  return -1;
}

/** Whether a row's XML has a value that is not empty, or a formula. */
function isFilled(row: Buffer, lead: string): boolean {
  if (elementAt(row, `${lead}f`, 0) >= 0) return true;
  return ["v", "t"].some((name) => {
    for (let at = elementAt(row, lead + name, 0); at >= 0; at = elementAt(row, lead + name, at + 1)) {
      const end = row.indexOf(">", at);
      if (end < 0 || row[end - 1] === 0x2f) continue;
      if (row[end + 1] !== 0x3c || row[end + 2] === 0x21) return true;
    }
    return false;
  });
}
