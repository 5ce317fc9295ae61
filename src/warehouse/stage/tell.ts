import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, type TableName } from "../../contract/index.js";
import type { Progress } from "../../progress.js";
import { ruleText } from "../checkText.js";
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
      {
        en: `${file.file}: ${rowsRead} rows read = ${rowsAccepted} accepted + ${linesRejected} lines rejected`,
        zh: `${file.file}：读到 ${rowsRead} 行 = 接受 ${rowsAccepted} + 拒绝 ${linesRejected}`,
      },
      { file: file.file, source: file.source, rowsRead, rowsAccepted, linesRejected },
    );
  }
  for (const table of report.tables) {
    const { rowsMapped, loaded, quarantined, duplicates, superseded, leftOut } = table;
    const more = [
      ...(superseded > 0
        ? [
            {
              en: `${superseded} of the quarantined superseded`,
              zh: `隔离行中 ${superseded} 行已被后来的行取代`,
            },
          ]
        : []),
      ...(leftOut > 0 ? [{ en: `${leftOut} left out by the mapping`, zh: `映射略去 ${leftOut} 行` }] : []),
    ];
    const moreEn = more.length > 0 ? ` (${more.map(({ en }) => en).join(", ")})` : "";
    const moreZh = more.length > 0 ? `（${more.map(({ zh }) => zh).join("，")}）` : "";
    progress.say(
      {
        en: `${table.table}: ${rowsMapped} rows mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates${moreEn}`,
        zh: `${table.table}：映射 ${rowsMapped} 行 = 载入 ${loaded} + 隔离 ${quarantined} + 重复 ${duplicates}${moreZh}`,
      },
      { ...table },
    );
  }
  const beyond = new Set(report.tables.filter(({ share, limit }) => share > limit).map(({ table }) => table));
  for (const reason of await quarantineReasons(db)) {
    const at = [reason.table, reason.column].filter(Boolean).join(".");
    const sample = reason.sample === null ? undefined : reason.sample;
    const sampleEn = sample === undefined ? "" : `, found for example: ${sample}`;
    const sampleZh =
      sample === undefined
        ? ""
        : `，例如：${/^(\d+) fields$/.exec(sample)?.[1]?.concat(" 个字段") ?? sample}`;
    const line = {
      en: `quarantined ${reason.count}: ${at} ${reason.rule}, ${reason.expected}${sampleEn}${reason.place === null ? "" : ` (${reason.place})`}`,
      zh: `隔离 ${reason.count} 行：${at} ${reason.rule}，${ruleText(reason.rule, "zh-CN")}${sampleZh}${reason.place === null ? "" : `（${reason.place}）`}`,
    };
    if (beyond.has(reason.table)) progress.warn(line, { ...reason });
    else progress.say(line, { ...reason });
  }
  for (const { table, rule, column, file, count, sample } of report.warnings) {
    const example = mask(table, column, sample);
    const [inEn, inZh] = file === null ? ["", ""] : [` (${file})`, `（${file}）`];
    progress.say(
      {
        en: `kept with a warning ${count}: ${table}.${column} ${rule}, ${ruleText(rule, "en")}, for example: ${example}${inEn}`,
        zh: `保留但有警告 ${count} 行：${table}.${column} ${rule}，${ruleText(rule, "zh-CN")}，例如：${example}${inZh}`,
      },
      { table, rule, column, file, count },
    );
  }
  const broken = report.tables.reduce((sum, table) => sum + table.quarantined - table.superseded, 0);
  const rejected = report.files.reduce((sum, file) => sum + file.linesRejected, 0);
  if (broken + rejected > 0) {
    progress.warn(
      {
        en: `${broken} rows and ${rejected} lines are in the quarantine, "herringbone check" shows why`,
        zh: `隔离区有 ${broken} 行数据和 ${rejected} 行原文，herringbone check 会说明原因`,
      },
      { broken, rejected },
    );
  }
  if (report.ignored.length > 0) {
    const files = report.ignored.join(", ");
    progress.say({ en: `not read: ${files}`, zh: `未读取：${files}` });
  }
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
