import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../contract/index.js";
import { type Told, told } from "../words/told.js";
import { isMessageId, type Wording } from "../words/wording.js";
import { missingReference } from "./missingReference.js";
import { looksPersonal, masked } from "./persons/personal.js";
import { catalogSource } from "./plan.js";

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
            min({'line': line, 'file': file}) filter (where line is not null) as first_row
        from reasons
        group by all
    )

    select table_name, column_name, rule, min(expected) as expected, sum(row_count) as reason_count,
        min_by(value, first_row) as sample, min(first_row).file || ':' || min(first_row).line as place,
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

/** The refused values with their counts; empty where there is none to show. */
export function foundTold(reason: QuarantineReason, isWhole = false): Wording {
  if (reason.rule === "ragged") {
    const fields = /^(\d+) fields$/.exec(reason.sample ?? "")?.[1];
    if (fields !== undefined) return told("found.fields", { fields });
  }
  if (reason.values.length === 0 || reason.distinct === 1) return reason.sample ?? "";
  const shown = reason.values.slice(0, isWhole ? undefined : 3);
  const more = reason.distinct - shown.length;
  const values = shown.map(({ value, count }) => `${count} × ${value}`);
  return told("found.values", {
    values: more > 0 ? [...values, told("found.more", { count: more })] : values,
  });
}

/** What a rule of the contract says of a row that breaks it, of numbers how they are written; undefined of a rule without words. */
export function ruleTold(rule: string, expected = ""): Told | undefined {
  const like = [...expected.matchAll(/like (-?[\d.,]*[\d%])/g)].map(([, form = ""]) => form);
  if (rule === "decimal" && like.length > 0) return told("rule.decimalLike", { like });
  const id = `rule.${rule}`;
  return isMessageId(id) ? { id } : undefined;
}

/** What is odd about a row that is kept, naming the table that its reference is not found in. */
export function warningTold(
  table: string,
  column: string | null,
  rule: string,
  loaded: readonly { table: string }[],
): Wording {
  const missing = missingReference(
    { table, column, rule },
    loaded.map((one) => one.table),
  );
  if (!missing) return ruleTold(rule) ?? rule;
  return told(missing.isGiven ? "reference.notFound" : "reference.notGiven", { table: missing.table });
}

/** What a file is called: its name and, where it is the catalogue's, that it is no extract. */
export const fileName = ({ file, source }: { file: string; source: string }): Wording =>
  source === catalogSource ? told("file.ofCatalogue", { file }) : file;

const isPersonal = (table: TableName, column: string | null) =>
  columnsOf(table).some((candidate) => candidate.name === column && candidate.personal);

/** The value as logs may show it: short, and none of a person. */
export function mask(table: TableName, column: string | null, value: string | null): string {
  if (value === null) return "(empty)";
  if (isPersonal(table, column) || looksPersonal(value)) return masked;
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
