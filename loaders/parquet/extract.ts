import { statSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { literal, quoted } from "../../src/engine/sql.js";
import { columnNames } from "../columns.js";
import { digestOf } from "../digest.js";
import { damaged } from "../packed/bounded.js";
import { agreedCount } from "../rows.js";
import type { Count, Extract, Insert, Opening } from "../source.js";
import { unchangedSince } from "../unchanged.js";
import { columnText } from "./columnText.js";
import { type Survey, survey } from "./survey.js";

/** A Parquet file, read by DuckDB; its rows are counted by its footer, its cells are texts like those of a CSV. */
export class ParquetExtract implements Extract {
  readonly doubtsCommas = false;

  private constructor(
    readonly file: string,
    private readonly name: string,
    private readonly content: string,
    private readonly found: Survey,
    /** What the folders' names say, `month=2026-01`. */
    private readonly partition: ReadonlyMap<string, string | null>,
    private readonly state: { bytes: number; sha256: string; unchanged(): void },
  ) {}

  /** @throws CliError 1 when it is unreadable, damaged or changes meanwhile */
  static async open({ name, path, unpacked }: Opening): Promise<ParquetExtract> {
    const content = unpacked?.content ?? path;
    const unchanged = unpacked?.unchanged ?? unchangedSince(path);
    const bytes = statSync(unpacked?.file ?? path).size;
    const sha256 = unpacked?.sha256 ?? (await digestOf(path));
    const found = await whole(path, (db) => survey(db, content));
    unchanged();
    return new ParquetExtract(path, name, content, found, partitionOf(name, found), {
      bytes,
      sha256,
      unchanged,
    });
  }

  get header(): string[] {
    return [...this.found.columns.map(({ name }) => name), ...this.partition.keys()];
  }

  get columns(): string[] {
    return columnNames(this.header);
  }

  relation(): string {
    return `(${this.select(this.reading())})`;
  }

  unchanged(): void {
    this.state.unchanged();
  }

  async load(_: DuckDBConnection, insert: Insert): Promise<Count> {
    try {
      const inserted = await insert(this.relation());
      const { bytes, sha256 } = this.state;
      return { ...agreedCount(this.name, inserted, this.found.rows), bytes, sha256 };
    } finally {
      this.unchanged();
    }
  }

  async rowsAt(rows: readonly number[]): Promise<Record<string, string | null>[]> {
    if (rows.length === 0) return [];
    // Where a column has the engine's name for a row's number, rows are counted.
    const own = this.found.columns.map(({ name }) => name);
    const number = columnNames([...own, "file_row_number"]).at(-1) ?? "";
    const from =
      number === "file_row_number"
        ? this.reading(", file_row_number = true")
        : `(select *, row_number() over () - 1 as ${quoted(number)} from ${this.reading()})`;
    const reader = await whole(this.file, (db) =>
      db.runAndReadAll(
        `${this.select(from)} where ${quoted(number)} in (${rows.join(", ")}) order by ${quoted(number)}`,
      ),
    );
    return reader.getRowObjects() as Record<string, string | null>[];
  }

  private reading(more = ""): string {
    return `read_parquet(${literal(this.content)}, hive_partitioning = false${more})`;
  }

  private select(from: string): string {
    const names = this.columns;
    const texts = [
      ...this.found.columns.map(columnText),
      ...[...this.partition.values()].map((value) =>
        value === null ? "cast(null as VARCHAR)" : literal(value),
      ),
    ];
    return `select ${texts.map((text, index) => `${text} as ${quoted(names[index] ?? "")}`).join(", ")} from ${from}`;
  }
}

/** Asks an engine of its own of a file, which has to be whole. */
async function whole<T>(file: string, ask: (db: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    return await ask(db);
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw damaged(file, reason, error);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** The columns that stand in the folders' names alone. */
function partitionOf(name: string, { columns }: Survey): Map<string, string | null> {
  const pairs = name
    .split("/")
    .slice(0, -1)
    .flatMap((folder) => {
      const [, key, value = ""] = /^([^=]+)=(.*)$/.exec(folder) ?? [];
      return key === undefined
        ? []
        : [[decoded(key), value === "__HIVE_DEFAULT_PARTITION__" ? null : decoded(value)] as const];
    });
  const known = columns.map((column) => column.name.toLowerCase());
  return new Map(pairs.filter(([key]) => !known.includes(key.toLowerCase())));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
