import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { CsvExtract } from "../csv/extract.js";
import type { Count, Extract, Insert, Unpacked } from "../source.js";
import { unchangedSince } from "../unchanged.js";
import { chooseSheet } from "./chooseSheet.js";
import { damaged } from "./failures.js";
import { OfficePackage } from "./officePackage.js";
import { SharedStrings } from "./sharedStrings.js";
import { readWorkbook } from "./workbook.js";
import { type WrittenSheet, writeSheet } from "./writeSheet.js";

export interface XlsxOptions {
  /** What its rows' places call it. */
  name: string;
  sheet?: string;
  /** Excel's number of the row with the headings. */
  headerRow?: number;
  /** What headings are looked for: names of columns, and expressions over them. */
  sought: readonly string[];
  /** For copies; emptied by its owner. */
  tempDir: string;
  /** The copy to be read, where it lies packed. */
  unpacked?: Unpacked;
}

/**
 * A sheet of a workbook. Its rows are written as CSV into a temporary file, which is read, mapped and read again as any CSV
 * extract is; that as many came out of it as the sheet's own bytes have is seen to beside it.
 *
 * Zip by yauzl and XML by saxes, both kept and streaming. No complete reader does: SheetJS is no longer kept on npm, exceljs
 * not at all, read-excel-file holds the workbook in memory, and DuckDB's own gives no rows below a title and moves the days
 * of 1904.
 */
export class XlsxExtract implements Extract {
  private constructor(
    readonly file: string,
    private readonly name: string,
    private readonly csv: CsvExtract,
    private readonly sheet: WrittenSheet,
  ) {}

  /** @throws CliError 1 for what is no whole workbook, 2 when it cannot be told which sheet or row is meant */
  static async open(file: string, options: XlsxOptions): Promise<XlsxExtract> {
    const { name, tempDir, unpacked } = options;
    const unchanged = unpacked?.unchanged ?? unchangedSince(file);
    const source = await OfficePackage.open(unpacked?.content ?? file, file);
    let strings: SharedStrings | undefined;
    try {
      const workbook = await readWorkbook(file, source);
      const temp = join(tempDir, `workbook-${process.pid}-${++serial}`);
      if (workbook.strings)
        strings = await SharedStrings.read(file, source.stream(workbook.strings), `${temp}.strings`);
      const cells = { file, source, workbook, strings };
      const chosen = await chooseSheet(cells, options);
      const sheet = await writeSheet(cells, chosen, name, `${temp}.csv`);
      const onDisk = unpacked?.file ?? file;
      const sha256 = unpacked?.sha256 ?? (await digestOf(onDisk));
      const written = { content: `${temp}.csv`, file: onDisk, sha256, unchanged: () => unchanged() };
      const csv = await CsvExtract.open(file, {
        name,
        tempDir,
        delimiter: ",",
        encoding: "utf-8",
        unpacked: written,
      });
      return new XlsxExtract(file, name, csv, sheet);
    } catch (error) {
      throw damaged(file, error);
    } finally {
      strings?.close();
      source.close();
    }
  }

  get header(): string[] {
    return this.csv.header;
  }

  get columns(): string[] {
    return this.csv.columns;
  }

  readonly doubtsCommas = false;

  get mayHoldErrors(): boolean {
    return this.sheet.hasErrors;
  }

  relation(): string {
    return this.csv.relation();
  }

  async load(db: DuckDBConnection, insert: Insert): Promise<Count> {
    const count = await this.csv.load(db, insert);
    const { name: file, sheet } = this;
    if (count.rowsRead !== sheet.counted) {
      const numbers = { inserted: String(count.rowsRead), counted: String(sheet.counted) };
      throw new CliError(told("load.otherCount", { file, ...numbers }), 1);
    }
    return {
      ...count,
      rejected: count.rejected.map((line) => ({ ...line, line: sheet.rowAt(line.line) })),
      placeOf: (row) => ({ file, line: sheet.rowAt(count.placeOf(row).line) }),
      encoding: "utf-8",
      certainty: null,
      doubts: [],
      told: sheet.told,
      warnings: [],
    };
  }

  unchanged(): void {
    this.csv.unchanged();
  }

  rowsAt(rows: readonly number[]): Promise<Record<string, string | null>[]> {
    return this.csv.rowsAt(rows);
  }
}

let serial = 0;

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
