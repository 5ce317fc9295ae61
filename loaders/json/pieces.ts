import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { type ByteSource, fill } from "../csv/byteSource.js";
import { readRow } from "./row.js";

/** `array`: one array of objects; `lines`: an object a line. */
export type Form = "array" | "lines";

/** An element of the array, or a line that is not blank, valid until the next are asked for. */
export interface Piece {
  text: Buffer;
  /** Where it begins: physical line from 1, character of the line from 1. */
  line: number;
  column: number;
}

/**
 * Cuts a text into its elements or lines by its bytes alone: quotes, brackets and commas, whatever they hold.
 * @throws CliError 1 naming line and column where the array is none, or is cut off
 */
export async function* piecesOf(source: ByteSource, form: Form, file: string): AsyncGenerator<Piece[]> {
  const cut = form === "array" ? new ArrayCutter(file) : new LineCutter();
  let buffer = source.buffer(1 << 22);
  let held = 0;
  for (let isFinal = false; !isFinal; ) {
    if (held === buffer.length) buffer = grown(buffer, cut.place, file);
    ({ held, isFinal } = await fill(source, buffer, held));
    const pieces: Piece[] = [];
    const done = cut.push(buffer.subarray(0, held), isFinal, pieces);
    if (pieces.length > 0) yield pieces;
    buffer.copyWithin(0, done, held);
    held -= done;
  }
}

/** An object longer than this is no row. */
const longest = 1 << 26;

function grown(buffer: Buffer, { line }: { line: number }, file: string): Buffer<ArrayBuffer> {
  if (buffer.length >= longest) throw new CliError(told("json.tooLong", { file, line, bytes: longest }), 1);
  const larger = Buffer.allocUnsafe(buffer.length * 2);
  buffer.copy(larger);
  return larger;
}

class LineCutter {
  readonly place = { line: 1, column: 1 };
  private isFirst = true;

  /** @returns how many bytes are done with */
  push(bytes: Buffer, isFinal: boolean, pieces: Piece[]): number {
    let start = 0;
    if (this.isFirst && hasMark(bytes)) start = 3;
    this.isFirst = false;
    for (;;) {
      const found = bytes.indexOf(lf, start);
      if (found < 0 && !isFinal) return start;
      const end = found < 0 ? bytes.length : found;
      const text = trimmed(bytes, start, end);
      if (text.length > 0) pieces.push({ text, line: this.place.line, column: 1 });
      if (found < 0) return bytes.length;
      start = end + 1;
      this.place.line++;
    }
  }
}

/** An array, or an object's only array of objects: `{"tickets": […], "count": 2}`. */
class ArrayCutter {
  private state: "before" | "member" | "behindMember" | "first" | "next" | "after" = "before";
  /** The object around the array: whether it is there, and whether its array was. */
  private around: "none" | "open" | "found" = "none";
  private began = { line: 1, column: 1 };
  private line = 1;
  /** Characters of the line before the place. */
  private characters = 0;

  constructor(private readonly file: string) {}

  get place(): { line: number; column: number } {
    return { line: this.line, column: this.characters + 1 };
  }

  /** @returns how many bytes are done with: whole elements, and what stands between them */
  push(bytes: Buffer, isFinal: boolean, pieces: Piece[]): number {
    let at = this.state === "before" && this.line === 1 && this.characters === 0 && hasMark(bytes) ? 3 : 0;
    for (;;) {
      while (at < bytes.length && isBlank(bytes[at] as number)) this.pass(bytes, at, ++at);
      if (at >= bytes.length) {
        if (isFinal && this.state !== "after") this.fail(told("json.cutOff"));
        return at;
      }
      const byte = bytes[at] as number;
      if (this.state === "after") {
        if (this.around !== "none" && byte === brace) this.failAsObjects();
        this.fail(told("json.behind"));
      }
      if (this.state === "before") {
        if (byte !== open && byte !== brace) this.fail(told("json.noArray"));
        if (byte === brace) [this.around, this.began] = ["open", this.place];
        this.state = byte === open ? "first" : "member";
        this.pass(bytes, at, ++at);
        continue;
      }
      if (this.state === "member" || this.state === "behindMember") {
        const next = this.member(bytes, at, isFinal);
        if (next < 0) return at;
        this.pass(bytes, at, next);
        at = next;
        continue;
      }
      if (this.state === "first" && byte === close) {
        this.state = this.behindArray;
        this.pass(bytes, at, ++at);
        continue;
      }
      const end = elementEnd(bytes, at);
      if (end < 0 && !isFinal) return at;
      if (end < 0) this.failWithin(trimmed(bytes, at, bytes.length));
      const text = trimmed(bytes, at, end);
      if (text.length === 0) this.fail(told("json.noElement"));
      pieces.push({ text, ...this.place });
      this.state = bytes[end] === comma ? "next" : this.behindArray;
      this.pass(bytes, at, end + 1);
      at = end + 1;
    }
  }

  private get behindArray() {
    if (this.around === "none") return "after";
    this.around = "found";
    return "behindMember";
  }

  /**
   * A member of the object, or what stands behind one: its array is entered, anything else passed over.
   * @returns the byte behind it; −1 when more bytes are needed
   */
  private member(bytes: Buffer, at: number, isFinal: boolean): number {
    const byte = bytes[at] as number;
    if (byte === braceEnd) {
      // An object a line begins like one that holds an array.
      if (this.around !== "found") this.failAsObjects();
      this.state = "after";
      return at + 1;
    }
    if (this.state === "behindMember") {
      if (byte !== comma) this.failAsObjects();
      this.state = "member";
      return at + 1;
    }
    if (byte !== quote) this.failAsObjects();
    const more = () => (isFinal ? this.fail(told("json.cutOff")) : -1);
    const nextOf = (from: number) => {
      let to = from;
      while (to < bytes.length && isBlank(bytes[to] as number)) to++;
      return to;
    };
    const keyEnd = stringEnd(bytes, at + 1);
    const colonAt = keyEnd < 0 ? bytes.length : nextOf(keyEnd + 1);
    if (colonAt >= bytes.length) return more();
    if (bytes[colonAt] !== colon) this.failAsObjects();
    const value = nextOf(colonAt + 1);
    const first = bytes[value] === open ? nextOf(value + 1) : value;
    if (first >= bytes.length) return more();
    const isRows = bytes[value] === open && (bytes[first] === brace || bytes[first] === close);
    if (isRows && this.around === "open") {
      this.state = "first";
      return value + 1;
    }
    if (isRows && bytes[first] === brace) this.fail(told("json.arrays"));
    const end = elementEnd(bytes, value);
    if (end < 0) return more();
    this.requireValue(trimmed(bytes, value, end));
    this.state = "behindMember";
    return end;
  }

  private requireValue(text: Buffer): void {
    try {
      JSON.parse(text.toString());
    } catch (error) {
      throw jsonFault(this.file, this.place, told("json.noValue"), error);
    }
  }

  private pass(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === lf) {
        this.line++;
        this.characters = 0;
      } else if ((byte & 0xc0) !== 0x80) this.characters++;
    }
  }

  /** An element that does not end: at what is wrong in it, else where it breaks off. */
  private failWithin(text: Buffer): never {
    const read = readRow(text);
    if ("error" in read && read.error && !/reached end of input/.test(read.error.message))
      throw elementFault(this.file, { text, ...this.place }, read.error);
    this.pass(text, 0, text.length);
    return this.fail(told("json.cutOff"));
  }

  private failAsObjects(): never {
    throw jsonFault(this.file, this.began, told("json.objects"));
  }

  private fail(wrong: Told): never {
    throw jsonFault(this.file, this.place, wrong);
  }
}

const jsonFault = (file: string, place: { line: number; column: number }, wrong: Told, cause?: unknown) =>
  new CliError(told("json.broken", { file, ...place, wrong }), 1, { cause });

/** What the parser says of an element, where it says it. */
export function elementFault(file: string, { text, line, column }: Piece, error: Error): CliError {
  const [, reason = error.message, at = 0] = /^(.*) at position (\d+)$/s.exec(error.message) ?? [];
  const before = text.toString().slice(0, Number(at)).split("\n");
  const last = (before.at(-1) ?? "").length;
  const isFirst = before.length === 1;
  const place = { line: line + before.length - 1, column: isFirst ? column + last : last + 1 };
  return jsonFault(file, place, told("json.wrong", { reason }), error);
}

/** The comma or bracket behind an element that begins at a byte; −1 when it lies beyond these. */
function elementEnd(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      at = stringEnd(bytes, at + 1);
      if (at < 0) return -1;
    } else if (byte === open || byte === brace) depth++;
    else if (byte === close || byte === braceEnd) {
      if (depth === 0) return at;
      depth--;
    } else if (byte === comma && depth === 0) return at;
  }
  return -1;
}

/** The quote that ends a string; −1 when it lies beyond these bytes. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at;
  }
  return -1;
}

function trimmed(bytes: Buffer, start: number, end: number): Buffer {
  let [from, to] = [start, end];
  while (from < to && isBlank(bytes[from] as number)) from++;
  while (from < to && isBlank(bytes[to - 1] as number)) to--;
  return bytes.subarray(from, to);
}

const isBlank = (byte: number) => byte === 32 || byte === lf || byte === 13 || byte === 9;
const hasMark = (bytes: Buffer) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

const lf = 10;
const quote = 34;
const comma = 44;
const open = 91;
const backslash = 92;
const close = 93;
const brace = 123;
const braceEnd = 125;
const colon = 58;
