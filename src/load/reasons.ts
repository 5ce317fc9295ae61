import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../contract/index.js";
import { looksPersonal } from "./personal.js";

/** Rows that one rule refused. */
export interface QuarantineReason {
  table: TableName;
  /** Null for a whole line. */
  column: string | null;
  rule: string;
  expected: string;
  count: number;
  /** A value that broke the rule; masked in columns that identify a person. */
  sample: string | null;
  /** `file:line` of that value. */
  place: string | null;
  /** The values refused most often, at most ten; none of columns that identify a person. */
  values: { value: string; count: number }[];
  /** How many values were refused. */
  distinct: number;
}

/** The quarantine by table, column and rule, the most frequent first. */
export async function quarantineReasons(db: DuckDBConnection): Promise<QuarantineReason[]> {
  const result = await db.runAndReadAll(
    `with
    reasons as (
        select table_name, file, line, unnest(from_json(violations, '["JSON"]')) as violation from quarantine.rows
    ),

    refused as (
        select table_name, violation ->> 'column' as column_name, violation ->> 'rule' as rule,
            violation ->> 'value' as value, min(violation ->> 'expected') as expected, count(*) as row_count,
            min(line) as line, min_by(file || ':' || line, line) as place
        from reasons
        group by all
    )

    select table_name, column_name, rule, min(expected) as expected, sum(row_count) as reason_count,
        min_by(value, line) as sample, min_by(place, line) as place,
        list({'value': value, 'count': row_count} order by row_count desc, value) filter (where value is not null)[:10]
            as refused_values,
        count(value) as value_count
    from refused
    group by table_name, column_name, rule
    order by reason_count desc, table_name, column_name, rule`,
  );
  return result.getRowObjectsJson().map((row) => {
    const table = row.table_name as TableName;
    const column = row.column_name as string | null;
    const values = (row.refused_values ?? []) as { value: string; count: string }[];
    return {
      table,
      column,
      rule: String(row.rule),
      expected: String(row.expected),
      count: Number(row.reason_count),
      sample: row.sample === null ? null : mask(table, column, String(row.sample)),
      place: row.place === null ? null : String(row.place),
      values: isPersonal(table, column)
        ? []
        : values.map(({ value, count }) => ({ value: mask(table, column, value), count: Number(count) })),
      distinct: Number(row.value_count),
    };
  });
}

/** The refused values with their counts, in a sentence; empty where there is none to show. */
export function foundText(reason: QuarantineReason, language: "zh-CN" | "en", isWhole = false): string {
  if (reason.rule === "ragged") {
    const fields = /^(\d+) fields$/.exec(reason.sample ?? "")?.[1];
    if (fields !== undefined) return language === "en" ? `${fields} fields` : `${fields} 个字段`;
  }
  if (reason.values.length === 0 || reason.distinct === 1) return reason.sample ?? "";
  const shown = reason.values.slice(0, isWhole ? undefined : 3);
  const texts = shown.map(({ value, count }) => `${count} × ${value}`);
  const more = reason.distinct - shown.length;
  if (more > 0) texts.push(language === "en" ? `${more} other values` : `其他取值 ${more} 种`);
  return texts.join(language === "en" ? ", " : "、");
}

const isPersonal = (table: TableName, column: string | null) =>
  columnsOf(table).some((candidate) => candidate.name === column && candidate.personal);

/** The value as logs may show it: short, and none of a person. */
export function mask(table: TableName, column: string | null, value: string | null): string {
  if (value === null) return "(empty)";
  if (isPersonal(table, column) || looksPersonal(value)) return "(masked)";
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
