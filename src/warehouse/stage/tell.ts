import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../../contract/index.js";
import type { Progress } from "../../progress.js";
import type { StagingReport } from "./report.js";

/** Tells the user what was read: both equations with their numbers, the quarantine by rule, the warnings. */
export async function tellReport(
  db: DuckDBConnection,
  report: StagingReport,
  progress: Progress,
): Promise<void> {
  for (const file of report.files) {
    const { rowsRead, rowsAccepted, linesRejected } = file;
    progress.say(
      `${file.file}: ${rowsRead} rows read = ${rowsAccepted} accepted + ${linesRejected} lines rejected`,
      { file: file.file, source: file.source, rowsRead, rowsAccepted, linesRejected },
    );
  }
  for (const table of report.tables) {
    const { rowsMapped, loaded, quarantined, duplicates, superseded, leftOut } = table;
    const more = [
      ...(superseded > 0 ? [`${superseded} of the quarantined superseded`] : []),
      ...(leftOut > 0 ? [`${leftOut} left out by the mapping`] : []),
    ];
    progress.say(
      `${table.table}: ${rowsMapped} rows mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates${more.length > 0 ? ` (${more.join(", ")})` : ""}`,
      { ...table },
    );
  }
  const beyond = new Set(report.tables.filter(({ share, limit }) => share > limit).map(({ table }) => table));
  for (const reason of await quarantineReasons(db)) {
    const at = [reason.table, reason.column].filter(Boolean).join(".");
    const sample = reason.sample === null ? "" : `, found for example: ${reason.sample}`;
    const place = reason.place === null ? "" : ` (${reason.place})`;
    const line = `quarantined ${reason.count}: ${at} ${reason.rule}, ${reason.expected}${sample}${place}`;
    if (beyond.has(reason.table)) progress.warn(line, { ...reason });
    else progress.say(line, { ...reason });
  }
  for (const { table, rule, column, count, sample } of report.warnings) {
    const example = mask(table, column, sample);
    progress.say(`kept with a warning ${count}: ${table}.${column} ${rule}, for example: ${example}`, {
      table,
      rule,
      column,
      count,
    });
  }
  const broken = report.tables.reduce((sum, table) => sum + table.quarantined - table.superseded, 0);
  const rejected = report.files.reduce((sum, file) => sum + file.linesRejected, 0);
  if (broken + rejected > 0) {
    progress.warn(
      `${broken} rows and ${rejected} lines are in the quarantine, "herringbone check" shows why`,
      { broken, rejected },
    );
  }
  if (report.ignored.length > 0) progress.say(`not read: ${report.ignored.join(", ")}`);
}

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
}

/** The quarantine by table, column and rule, the most frequent first. */
export async function quarantineReasons(db: DuckDBConnection): Promise<QuarantineReason[]> {
  const result = await db.runAndReadAll(
    `select table_name, violation ->> 'column' as column_name, violation ->> 'rule' as rule,
        min(violation ->> 'expected') as expected, count(*) as reason_count,
        min_by(violation ->> 'value', line) as sample, min_by(file || ':' || line, line) as place
    from (
        select table_name, file, line, unnest(from_json(violations, '["JSON"]')) as violation from quarantine.rows
    ) as reasons
    group by all
    order by reason_count desc, table_name, column_name, rule`,
  );
  return result.getRowObjects().map((row) => {
    const table = row.table_name as TableName;
    const column = row.column_name as string | null;
    return {
      table,
      column,
      rule: String(row.rule),
      expected: String(row.expected),
      count: Number(row.reason_count),
      sample: row.sample === null ? null : mask(table, column, String(row.sample)),
      place: row.place === null ? null : String(row.place),
    };
  });
}

/** The value as logs may show it: short, and none of a person. */
export function mask(table: TableName, column: string | null, value: string | null): string {
  if (value === null) return "(empty)";
  if (columnsOf(table).some((candidate) => candidate.name === column && candidate.personal))
    return "(masked)";
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
