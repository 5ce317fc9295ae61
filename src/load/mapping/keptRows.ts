import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../../contract/index.js";
import type { ForgottenPersons } from "../../contract/persons.js";
import { quoted } from "../../engine/sql.js";
import { quarantineRows, type RefusedRow } from "../quarantine.js";
import { rawRow } from "./blocks.js";
import type { LostRows, RowNumbers } from "./lostRows.js";
import { asWritten } from "./ownRowId.js";
import type { RawTable } from "./rawTables.js";

/**
 * The rows of a source's raw tables that a mapping's `select` can take: those it cannot are put aside, and the raw
 * tables stand without them until `restore`.
 */
export class KeptRows {
  private readonly refused = new Map<RawTable, Map<number, string>>();
  private readonly whole = new Set<RawTable>();
  /** Where each raw table's rows are counted on from. */
  readonly numbers: RowNumbers;
  private readonly bases: { raw: RawTable; base: number }[] = [];
  private readonly sortedIds = new Map<RawTable, readonly number[]>();

  constructor(
    private readonly db: DuckDBConnection,
    /** The schema of the raw tables, as SQL. */
    private readonly schema: string,
    raws: Iterable<RawTable>,
  ) {
    let base = 0;
    for (const raw of raws) {
      this.bases.push({ raw, base });
      base += raw.rows;
    }
    this.numbers = new Map(this.bases.map(({ raw, base }) => [raw.name.toLowerCase(), base]));
  }

  /** Puts rows aside; returns how many. */
  async putAside(rows: LostRows["rows"]): Promise<number> {
    const touched = new Set<RawTable>();
    const placed = rows.flatMap(({ row, violations }) => {
      const part = this.bases.findLast(({ base }) => base <= Number(row));
      return part
        ? [{ raw: part.raw, id: this.originalOf(part.raw, Number(row) - part.base), violations }]
        : [];
    });
    for (const { raw, id, violations } of placed) {
      const refused = this.refused.get(raw) ?? new Map<number, string>();
      this.refused.set(raw, refused.set(id, violations));
      touched.add(raw);
    }
    for (const raw of touched) {
      const ids = [...(this.refused.get(raw)?.keys() ?? [])];
      this.sortedIds.set(
        raw,
        ids.sort((one, other) => one - other),
      );
      await this.leaveOut(raw);
    }
    return rows.length;
  }

  /** The id that a row of a table has when none is put aside. */
  originalOf(raw: RawTable, id: number): number {
    const ids = this.sorted(raw);
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] as number) - middle > id) high = middle;
      else low = middle + 1;
    }
    return id + low;
  }

  /** How many rows of a table were put aside. */
  countOf(raw: RawTable | undefined): number {
    return (raw && this.refused.get(raw)?.size) ?? 0;
  }

  /** Quarantines what was put aside; returns how many rows. */
  async quarantine(source: string, table: TableName, forgotten?: ForgottenPersons): Promise<number> {
    let count = 0;
    for (const { raw } of this.bases) {
      const refused = this.refused.get(raw);
      const ids = this.sorted(raw);
      if (!refused) continue;
      const found = await this.db.runAndReadAll(
        `select cast(to_json(columns_of) as varchar) from ${this.schema}.${quoted(raw.name)} as columns_of
        where columns_of.${rawRow} in (select unnest([${ids.join(", ")}])) order by columns_of.${rawRow}`,
      );
      const rows = found.getRows().map(([text], index): RefusedRow => {
        const id = ids[index] as number;
        const written = raw.hasOwnRowId ? asWritten(String(text)) : String(text);
        return { ...raw.placeOf(id), raw: written, violations: refused.get(id) ?? "[]", counts: true };
      });
      await quarantineRows(this.db, { source, table }, rows, forgotten);
      count += rows.length;
    }
    return count;
  }

  /** The raw tables as they were. */
  async restore(): Promise<void> {
    for (const raw of this.whole) {
      const name = `${this.schema}.${quoted(raw.name)}`;
      await this.db.run(`drop table if exists ${name}`);
      await this.db.run(
        `alter table ${this.schema}.${quoted(`whole ${raw.name}`)} rename to ${quoted(raw.name)}`,
      );
    }
    this.whole.clear();
  }

  private sorted(raw: RawTable): readonly number[] {
    return this.sortedIds.get(raw) ?? [];
  }

  private async leaveOut(raw: RawTable): Promise<void> {
    const name = `${this.schema}.${quoted(raw.name)}`;
    const whole = `${this.schema}.${quoted(`whole ${raw.name}`)}`;
    if (this.whole.has(raw)) await this.db.run(`drop table ${name}`);
    else await this.db.run(`alter table ${name} rename to ${quoted(`whole ${raw.name}`)}`);
    this.whole.add(raw);
    await this.db.run(
      `create table ${name} as select * from ${whole} where ${rawRow} not in (select unnest([${this.sorted(raw).join(", ")}])) order by ${rawRow}`,
    );
  }
}
