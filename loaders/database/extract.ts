import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../src/engine/sql.js";
import { agreedCount } from "../rows.js";
import type { Count, Extract, Insert } from "../source.js";
import type { Kept } from "./kept.js";

/** A table or query of a database, read from what was kept of it. */
export class RelationExtract implements Extract {
  readonly isRelation = true;
  readonly doubtsCommas = false;
  private db: DuckDBConnection | undefined;

  /** @param file its source and its name */
  constructor(
    readonly file: string,
    private readonly kept: Kept,
    readonly watermark: string | undefined,
  ) {}

  get header(): string[] {
    return this.kept.header;
  }

  get columns(): string[] {
    return this.kept.columns;
  }

  relation(): string {
    return `(select * from read_parquet(${literal(this.kept.path)}))`;
  }

  async load(db: DuckDBConnection, insert: Insert): Promise<Count> {
    this.db = db;
    const { counted, refused, sha256 } = this.kept;
    const inserted = await insert(this.relation());
    const count = agreedCount(this.file, inserted + refused.length, counted);
    return {
      ...count,
      accepted: inserted,
      rejected: refused,
      placeOf: (row) => ({ file: this.file, line: this.numberOf(row) }),
      sha256,
      told: this.kept.told ?? [],
    };
  }

  /** A row's number among all that the database gave. */
  private numberOf(row: number): number {
    let number = row + 1;
    for (const { line } of this.kept.refused) if (line <= number) number++;
    return number;
  }

  async rowsAt(rows: readonly number[]): Promise<Record<string, string | null>[]> {
    if (!this.db || rows.length === 0) return [];
    const numbers = this.columns.some((column) => column.toLowerCase() === "file_row_number")
      ? // The engine's name for them is a column's: then they are counted.
        `(select row_number() over () - 1, * from read_parquet(${literal(this.kept.path)}))`
      : `(select file_row_number, * exclude (file_row_number) from read_parquet(${literal(this.kept.path)}, file_row_number = true))`;
    const columns = this.columns.map((_, at) => `c${at}`);
    const reader = await this.db.runAndReadAll(
      `select * from ${numbers} as kept (number, ${columns.join(", ")}) where number in (${rows.join(", ")})`,
    );
    const byNumber = new Map(reader.getRows().map(([number, ...row]) => [Number(number), row]));
    return rows.map((row) =>
      Object.fromEntries(
        this.columns.map((column, at) => [column, (byNumber.get(row)?.[at] ?? null) as string | null]),
      ),
    );
  }

  /** What was kept cannot change. */
  unchanged(): void {}
}
