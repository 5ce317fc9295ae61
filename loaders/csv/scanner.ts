import { isUtf8 } from "node:buffer";
import type { Doubt } from "../../src/words/told.js";
import { type Lexed, lexRecord } from "./lexRecord.js";
import { afterLastLineEnd, isLineEnd, isWhite } from "./lineKinds.js";
import { LineNumbers } from "./lineNumbers.js";
import { countPlainLines, hasLongLine } from "./plainLines.js";
import { readable } from "./readable.js";
import { holdsHeader, isHeader } from "./repeatedHeader.js";
import {
  type Bookmark,
  type CsvShape,
  maxRecordBytes,
  type ReaderRule,
  type RecordPlaces,
  type RecordSink,
  type RejectedLine,
} from "./shape.js";
import { swallowsRecords } from "./swallowed.js";

/**
 * The byte pass: tells the sound records of a CSV text from the lines that are not, without the CSV reader.
 *
 * A record is sound when it has the header's number of fields and its quoting is right: a quoted field starts at a
 * field's start, doubles the quotes inside and is followed by a delimiter or the line's end. A quote elsewhere in a
 * field is an ordinary character. A record over several lines is believed only when it has the header's number of
 * fields and the lines it would swallow do not look like records of their own. All else is rejected one physical
 * line at a time, and reading resumes on the next line; a record over several lines of another number of fields is
 * rejected as one when none of its lines could be a sound record's first. A line that is the header again is rejected.
 * Line ends are LF, CRLF or CR; blank lines are not rows.
 */
export class CsvScanner {
  accepted = 0;
  readonly rejected: RejectedLine[] = [];
  blankLines = 0;
  multiLineRecords = 0;
  /** Why `read_csv` must not be given the file as it is; empty when it may. */
  readonly doubts = new Set<Doubt>();
  /** Lines of nothing but white space: blank for us, ragged for `read_csv`. */
  whiteLines = 0;
  /** The last row has no line end behind it. */
  endsOpen = false;
  private readonly lines: LineNumbers;
  /** Bookmarks in order, one every so many bytes. */
  readonly bookmarks: Bookmark[];
  private readonly classes = new Uint8Array(256);
  private line: number;
  private base: number;
  private nextBookmark = 0;
  private mixedEncoding = false;
  private rawBytes = 0;

  /**
   * @param from where the scan begins
   * @param found where records stand that an earlier scan of the same bytes found
   */
  constructor(
    private readonly shape: CsvShape,
    from: Bookmark,
    private readonly sink?: RecordSink,
    found: RecordPlaces = { breaks: [], bookmarks: [] },
  ) {
    this.lines = new LineNumbers(found.breaks);
    this.bookmarks = found.bookmarks;
    this.base = from.offset;
    this.line = from.line;
    this.accepted = from.ordinal;
    this.classes[10] = lf;
    this.classes[13] = cr;
    this.classes[34] = quote;
    this.classes[0] = nul;
    this.classes[shape.delimiter] = delimiter;
  }

  /** Rows the file holds, by this count alone. */
  get rowsRead(): number {
    return this.accepted + this.rejected.length;
  }

  /** Where its records stand. */
  get places(): RecordPlaces {
    return { breaks: this.lines.breaks, bookmarks: this.bookmarks };
  }

  /** Physical line of the accepted record with that ordinal, from 0. */
  lineOf(ordinal: number): number {
    return this.lines.of(ordinal);
  }

  /**
   * Scans the whole records at the front of a buffer.
   * @param final no bytes follow
   * @returns bytes dealt with; the rest has to stand at the front of the next buffer
   */
  push(bytes: Buffer, length: number, final: boolean): number {
    // What lies behind `length` is another read's; a search backwards from −1 would find it.
    if (length === 0) return 0;
    if (final)
      this.endsOpen =
        !isLineEnd(bytes[length - 1] as number) &&
        !isWhite(bytes, afterLastLineEnd(bytes.subarray(0, length)), length);
    const { classes, shape } = this;
    const delimiters = shape.fields - 1;
    const isCrLf = shape.newline === "\r\n";
    const plain = final ? length : bytes.subarray(0, length).lastIndexOf(10) + 1;
    const complete = plain + (final ? 0 : afterLastLineEnd(bytes.subarray(plain, length)));
    this.mixedEncoding = !isUtf8(bytes.subarray(0, complete));
    let start = this.mixedEncoding || this.sink ? 0 : this.plainLines(bytes, plain);
    let run = start;
    while (start < length) {
      let found = 0;
      let special = 0;
      let kind = 0;
      let at = start;
      for (; at < length; at++) {
        const next = classes[bytes[at] as number] as number;
        if (next === 0) continue;
        if (next === delimiter) found++;
        else if (next <= cr) {
          kind = next;
          break;
        } else special |= next;
      }
      if (at >= length && !final) {
        if (at - start > maxRecordBytes && !(special & quote)) this.doubts.add("line_too_long");
        break;
      }
      let after = at;
      if (kind === lf) after = at + 1;
      else if (kind === cr) {
        if (at + 1 >= length && !final) break;
        after = bytes[at + 1] === 10 && at + 1 < length ? at + 2 : at + 1;
      }
      const isUsual = isCrLf ? after - at === 2 : kind === lf;
      if (!isUsual && after > at) this.doubts.add("mixed_line_ends");
      if (
        special === 0 &&
        found === delimiters &&
        at > start &&
        at - start <= maxRecordBytes &&
        !this.mixedEncoding &&
        (found > 0 || !isWhite(bytes, start, at)) &&
        !isHeader(bytes, start, at, shape)
      ) {
        if (this.base + start >= this.nextBookmark) this.bookmark(start);
        this.sink?.record?.(this.accepted, bytes, start, at);
        this.accept(1);
        if (!isUsual) {
          this.flush(bytes, run, start);
          this.verbatimLine(bytes, start, at);
          run = after;
        }
        start = after;
        continue;
      }
      this.flush(bytes, run, start);
      const next = this.odd(bytes, start, at, after, length, final, found, special);
      if (next < 0) {
        run = start;
        break;
      }
      start = next;
      run = next;
    }
    this.flush(bytes, run, start);
    this.base += start;
    return start;
  }

  /** Takes the lines up to `complete` in bulk when nothing about them is out of the ordinary. */
  private plainLines(bytes: Buffer, complete: number): number {
    const text = bytes.subarray(0, complete);
    if (holdsHeader(text, this.shape)) return 0;
    const counted = countPlainLines(text, this.shape, this.nextBookmark - this.base, bookmarkBytes);
    if (!counted || (complete > maxRecordBytes && hasLongLine(text))) return 0;
    for (const [lines, offset] of counted.marks) {
      const mark = { ordinal: this.accepted + lines, line: this.line + lines, offset: this.base + offset };
      this.bookmarks.push(mark);
      this.nextBookmark = mark.offset + bookmarkBytes;
    }
    this.lines.from(this.accepted, this.line);
    this.accepted += counted.lines;
    this.line += counted.lines;
    return complete;
  }

  private bookmark(start: number): void {
    this.bookmarks.push({ ordinal: this.accepted, line: this.line, offset: this.base + start });
    this.nextBookmark = this.base + start + bookmarkBytes;
  }

  /** Anything but a plain line with the right number of delimiters; returns where to go on, −1 for more bytes. */
  private odd(
    bytes: Buffer,
    start: number,
    end: number,
    after: number,
    length: number,
    final: boolean,
    found: number,
    special: number,
  ): number {
    if (found === 0 && special === 0 && isWhite(bytes, start, end)) {
      if (end > start) this.whiteLines++;
      if (this.shape.fields === 1) this.doubts.add("blank_lines_in_a_single_column");
      this.blankLines++;
      this.line++;
      return after;
    }
    if (isHeader(bytes, start, end, this.shape))
      return this.reject("repeated_header", bytes, start, end, after);
    if (special & nul) return this.reject("nul_byte", bytes, start, end, after);
    if (end - start > maxRecordBytes) return this.reject("line_too_long", bytes, start, end, after);
    if (!(special & quote)) {
      if (this.isSpoilt(bytes, start, end)) return this.reject("bad_encoding", bytes, start, end, after);
      const fields = found + 1;
      if (fields === this.shape.fields) {
        this.sink?.record?.(this.accepted, bytes, start, end);
        this.accept(1);
        this.verbatimLine(bytes, start, end);
        return after;
      }
      if (fields > this.shape.fields + manyFields) this.doubts.add("far_too_many_fields");
      if (fields > this.shape.fields && bytes[end - 1] === this.shape.delimiter)
        this.doubts.add("surplus_empty_cells");
      return this.reject("ragged", bytes, start, end, after, { fields });
    }
    if (this.shape.fields === 1) this.doubts.add("quotes_in_a_single_column");
    const lexed = lexRecord(bytes, start, end, length, final, this.shape, maxRecordBytes);
    if (lexed === "more") return -1;
    if (lexed === "broken") return this.broken(bytes, start, end, after);
    const fault = this.faultOf(lexed, bytes, start);
    if (!fault) return this.quoted(lexed, bytes, start);
    if (lexed.lines > 1) {
      const swallows = swallowsRecords(bytes, start, after, lexed, length, final, this.shape);
      if (swallows === "more") return -1;
      if (swallows) return this.broken(bytes, start, end, after);
      this.doubts.add("refused_records_of_several_lines");
    }
    const last = lexed.fields.at(-1);
    if (last && last[0] === last[1]) this.doubts.add("surplus_empty_cells");
    if (lexed.isLoose) this.doubts.add("loose_quotes");
    const { fields, lines } = lexed;
    const what = fault === "ragged" ? { lines, fields: fields.length } : { lines };
    return this.reject(fault, bytes, start, lexed.end, lexed.after, what);
  }

  private broken(bytes: Buffer, start: number, end: number, after: number): number {
    this.doubts.add("broken_quoting");
    const rule = this.isSpoilt(bytes, start, end) ? "bad_encoding" : "broken_quoting";
    return this.reject(rule, bytes, start, end, after);
  }

  /** What is wrong with a record whose quoting is right. */
  private faultOf({ fields, lines, end }: Lexed, bytes: Buffer, start: number): ReaderRule | undefined {
    if (lines > 1 && bytes.subarray(start, end).includes(0)) return "nul_byte";
    if (this.isSpoilt(bytes, start, end)) return "bad_encoding";
    return fields.length === this.shape.fields ? undefined : "ragged";
  }

  private quoted({ fields, lines, end, after, isLoose }: Lexed, bytes: Buffer, start: number): number {
    if (isLoose) this.doubts.add("loose_quotes");
    this.sink?.record?.(this.accepted, bytes, start, end);
    this.accept(lines);
    if (lines > 1) this.multiLineRecords++;
    if (this.sink) {
      if (isLoose) this.sink.fields(bytes, fields);
      else this.verbatimLine(bytes, start, end);
    }
    return after;
  }

  private accept(lines: number): void {
    this.lines.from(this.accepted, this.line);
    this.accepted++;
    this.line += lines;
  }

  private reject(
    rule: ReaderRule,
    bytes: Buffer,
    start: number,
    end: number,
    after: number,
    { fields, lines = 1 }: { fields?: number; lines?: number } = {},
  ): number {
    if (rule !== "ragged") this.doubts.add(rule);
    const raw =
      this.rawBytes < maxRawBytes ? readable(bytes, start, end) : "(not kept: too much was rejected)";
    this.rawBytes += end - start;
    this.rejected.push({
      line: this.line,
      offset: this.base + start,
      rule,
      ...(fields === undefined ? {} : { fields }),
      raw,
    });
    this.line += lines;
    return after;
  }

  private isSpoilt(bytes: Buffer, start: number, end: number): boolean {
    return this.mixedEncoding && !isUtf8(bytes.subarray(start, end));
  }

  private flush(bytes: Buffer, from: number, to: number): void {
    if (this.sink && to > from) this.sink.verbatim(bytes, from, to);
  }

  private verbatimLine(bytes: Buffer, from: number, to: number): void {
    if (!this.sink) return;
    this.sink.verbatim(bytes, from, to);
    this.sink.verbatim(this.shape.newline === "\n" ? newlineLf : newlineCrLf, 0, this.shape.newline.length);
  }
}

const bookmarkBytes = 1 << 15;
/** More surplus fields than these cost the reader a time that grows with their square. */
const manyFields = 200;
const delimiter = 1;
const [lf, cr] = [2, 3];
const quote = 4;
const nul = 8;
const newlineLf = Buffer.from("\n");
const newlineCrLf = Buffer.from("\r\n");
const maxRawBytes = 512 * 2 ** 20;
