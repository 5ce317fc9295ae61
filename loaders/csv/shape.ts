/** Why a record is not handed to the CSV reader. */
export type ReaderRule =
  | "ragged"
  | "broken_quoting"
  | "line_too_long"
  | "bad_encoding"
  | "nul_byte"
  | "repeated_header";

/** A physical line outside every sound record, or a record of several properly quoted ones that is not sound. */
export interface RejectedLine {
  /** Physical line of the file, from 1; the first of several. */
  line: number;
  /** Where the line begins, in bytes of the decoded text. */
  offset: number;
  rule: ReaderRule;
  /** Fields found, where that is what is wrong. */
  fields?: number;
  /** All its text. */
  raw: string;
}

export interface CsvShape {
  /** Number of fields of the header. */
  fields: number;
  /** The delimiter's byte. */
  delimiter: number;
  newline: "\n" | "\r\n";
  /** The header's line as it stands, which is no row wherever it stands again. */
  headerLine?: Buffer;
}

/** Takes the sound records in order; ranges are of the buffer being scanned and valid during the call only. */
export interface RecordSink {
  /** Whole records, line ends included, just as they stand. */
  verbatim(bytes: Buffer, from: number, to: number): void;
  /** One record whose fields have to be written anew. */
  fields(bytes: Buffer, fields: readonly (readonly [number, number, boolean])[]): void;
  /** Told of every record by itself, its line end not included. */
  record?(ordinal: number, bytes: Buffer, from: number, to: number): void;
}

/** A record's ordinal, physical line and first byte, to go on from. */
export interface Bookmark {
  ordinal: number;
  line: number;
  offset: number;
}

/** What a scan knows of where sound records stand. */
export interface RecordPlaces {
  /** Ordinals from which on `line = ordinal + shift`, ascending. */
  breaks: { ordinal: number; shift: number }[];
  bookmarks: Bookmark[];
}

/** Longest physical line, and longest record of several lines, in bytes. */
export const maxRecordBytes = 2_000_000;
