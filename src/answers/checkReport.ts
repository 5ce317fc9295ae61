import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import { called } from "../contract/called.js";
import { contract, type Table, type TableName } from "../contract/index.js";
import { judge, type ReasonCode } from "../kpi/coverage.js";
import type { TableRecord } from "../kpi/record.js";
import { noCase } from "../kpi/settle.js";
import { type CutOff, readCutOff, readDataDate } from "../load/asOf.js";
import { mask, type QuarantineReason, quarantineReasons } from "../load/reasons.js";
import type { ClosedPeriods } from "../published/closedTypes.js";
import type { Drift } from "../published/drift.js";
import { readDrift } from "../warehouse/drift/index.js";
import { type Forgotten, readForgotten } from "../warehouse/initiativeRegister.js";
import { readRecorded } from "../warehouse/readCoverage.js";
import { type LaterReviews, readLaterReviews } from "../warehouse/shownReviews.js";
import type { GivenCover } from "../words/coverageText.js";
import { reasonText } from "../words/reasonText.js";
import { readClosedPeriods } from "./closed/closedPeriods.js";
import { contextOf, queryKpis } from "./queryKpis.js";

/** A file's equation: `rows_read = rows_accepted + lines_rejected`. */
export interface CheckedFile {
  source: string;
  tables: string[];
  file: string;
  encoding: string;
  /** How sure the encoding is where it was guessed (sure, likely); else null. */
  encoding_certainty: string | null;
  rows_read: number;
  rows_accepted: number;
  lines_rejected: number;
  holds: boolean;
}

/** A table's equation: `rows_mapped = loaded + quarantined + duplicates`. */
export interface CheckedTable {
  table: TableName;
  sources: string[];
  rows_mapped: number;
  loaded: number;
  quarantined: number;
  superseded: number;
  duplicates: number;
  left_out: number;
  lines_rejected: number;
  quarantine_share: number;
  max_quarantine_share: number;
  holds: boolean;
}

export interface CheckedSource {
  source: string;
  files: number;
  /** When its newest file was written. */
  modified_at: string;
  /** The newest own time among the rows of its tables, an ISO instant or day; null where no table has one. */
  newest_row: string | null;
  expected_every: string | null;
  /** Nothing newer came within the expected interval; null where none is set. */
  is_late: boolean | null;
}

/** What a build read, loaded and refused, whether it came to its end or not. */
export interface LoadedReport {
  files: CheckedFile[];
  tables: CheckedTable[];
  quarantine: QuarantineReason[];
  warnings: {
    table: TableName;
    rule: string;
    column: string | null;
    file: string | null;
    count: number;
    sample: string;
  }[];
  sources: CheckedSource[];
  /** How fresh the sources are and how they differ from those of the builds before; null where nobody looked. */
  drift: Drift | null;
  /** Files of the folder nothing was read from. */
  ignored_files: string[];
}

/** What `check` tells of the last build. */
export interface CheckReport extends LoadedReport {
  build_id: string;
  as_of_on: string;
  /** What says so: the `table.column` of the newest time, `--as-of` or `sources.yaml`. */
  as_of_from: string;
  /** Times that lie beyond it and are not counted. */
  cut_off: CutOff[];
  /** Answers to 360° rounds that came after their figures were shown. */
  later_reviews: LaterReviews[];
  /** What was known of initiatives and is of another company than these data; null where nothing was forgotten. */
  forgotten: Forgotten | null;
  /** Since when, and up to when, each table was recorded. */
  records: TableRecord[];
  /** What the sources give of that, each by its own. */
  given_covers: GivenCover[];
  /** `table.column` of instants that hold days only. */
  day_only_columns: string[];
  /** Periods that were closed, and which of their figures have another value now. */
  closed_periods: ClosedPeriods;
  /** KPIs without a value in any period, and why. */
  kpis_without_data: KpiWithoutData[];
}

export interface KpiWithoutData {
  kpi_id: string;
  label: { zh: string; en: string };
  reason: ReasonCode;
  /** Tables, columns or kinds of row; of alternatives, joined by `|`, any one would do. */
  names: readonly string[];
  reason_text: { zh: string; en: string };
}

/**
 * Reads from a warehouse what its build read, loaded and refused.
 * @param now the instant freshness is judged at
 */
export async function readCheckReport(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  now: Date,
): Promise<CheckReport> {
  const [build] = await rows(db, "select build_id from config.settings");
  const { asOfOn, asOfFrom } = await readDataDate(db);
  const loadedReport = await readLoadedReport(db, now);
  const { records, given, dayOnly } = await readRecorded(db);
  return {
    build_id: String(build?.build_id),
    as_of_on: asOfOn,
    as_of_from: asOfFrom,
    cut_off: await readCutOff(db),
    later_reviews: await readLaterReviews(db),
    forgotten: await readForgotten(db),
    ...loadedReport,
    records,
    given_covers: given,
    day_only_columns: dayOnly,
    closed_periods: await readClosedPeriods(db),
    kpis_without_data: await kpisWithoutData(db, kpis),
  };
}

/**
 * Reads what a build read, loaded and refused, as soon as its extracts are loaded.
 * @param now the instant freshness is judged at
 */
export async function readLoadedReport(db: DuckDBConnection, now: Date): Promise<LoadedReport> {
  const tables = (await rows(db, "select * from ingest.tables order by table_name")).map(checkedTable);
  const warnings = await rows(
    db,
    'select * from ingest.warnings order by "count" desc, table_name, column_name, file',
  );
  const ignored = await rows(db, "select file from ingest.ignored_files order by file");
  return {
    files: (await rows(db, "select * from ingest.files order by source, file")).map(checkedFile),
    tables,
    quarantine: await quarantineReasons(db),
    warnings: warnings.map((row) => {
      const table = row.table_name as TableName;
      const column = row.column_name === null ? null : String(row.column_name);
      const sample = mask(table, column, row.sample === null ? null : String(row.sample));
      const file = row.file === null ? null : String(row.file);
      return { table, rule: String(row.rule), column, file, count: Number(row.count), sample };
    }),
    sources: await checkedSources(db, tables, now),
    drift: await readDrift(db),
    ignored_files: ignored.map((row) => String(row.file)),
  };
}

/** The KPIs that have no value in any month, each with what stands against the latest one that is over. */
async function kpisWithoutData(db: DuckDBConnection, kpis: readonly Kpi[]): Promise<KpiWithoutData[]> {
  const found: KpiWithoutData[] = [];
  for (const kpi of kpis) {
    const { coverage, asOfDay, values } = await readSeries(db, kpis, kpi, "month");
    if (values.some(({ value }) => value !== null)) continue;
    const told = values.findLast(({ partial }) => !partial) ?? values.at(-1);
    const period = told && { grain: told.grain, start: told.period_start, end: told.period_end };
    const reason = coverage.lacking ?? (period && judge(coverage, period, asOfDay)) ?? noCase(coverage);
    found.push({
      kpi_id: kpi.id,
      label: kpi.label,
      reason: reason.code,
      names: reason.names,
      reason_text: {
        zh: reasonText(reason, "zh-CN", called("zh-CN")),
        en: reasonText(reason, "en", called("en")),
      },
    });
  }
  return found;
}

async function readSeries(db: DuckDBConnection, kpis: readonly Kpi[], kpi: Kpi, grain: "month") {
  const request = { kpiIds: [kpi.id], grain, by: [], where: [], withoutPercentiles: true };
  const { coverage, asOfDay } = await contextOf(db, kpi, {});
  return { coverage, asOfDay, values: coverage.lacking ? [] : await queryKpis(db, kpis, request) };
}

type JsonRow = Record<string, unknown>;

async function rows(db: DuckDBConnection, sql: string): Promise<JsonRow[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJson();
}

function checkedFile(row: JsonRow): CheckedFile {
  const [read, accepted, rejected] = [row.rows_read, row.rows_accepted, row.lines_rejected].map(Number);
  return {
    source: String(row.source),
    tables: String(row.table_name).split(", "),
    file: String(row.file),
    encoding: String(row.encoding),
    encoding_certainty: row.encoding_certainty === null ? null : String(row.encoding_certainty),
    rows_read: read ?? 0,
    rows_accepted: accepted ?? 0,
    lines_rejected: rejected ?? 0,
    holds: read === (accepted ?? 0) + (rejected ?? 0),
  };
}

function checkedTable(row: JsonRow): CheckedTable {
  const count = (name: string) => Number(row[name]);
  return {
    table: row.table_name as TableName,
    sources: String(row.source).split(", "),
    rows_mapped: count("rows_mapped"),
    loaded: count("loaded"),
    quarantined: count("quarantined"),
    superseded: count("superseded"),
    duplicates: count("duplicates"),
    left_out: count("left_out"),
    lines_rejected: count("lines_rejected"),
    quarantine_share: count("quarantine_share"),
    max_quarantine_share: count("max_quarantine_share"),
    holds: count("rows_mapped") === count("loaded") + count("quarantined") + count("duplicates"),
  };
}

async function checkedSources(
  db: DuckDBConnection,
  tables: readonly CheckedTable[],
  now: Date,
): Promise<CheckedSource[]> {
  const sources = await rows(
    db,
    `select source, files, strftime(timezone('UTC', modified_at), '%Y-%m-%dT%H:%M:%SZ') as modified_at,
        expected_every,
        timezone('UTC', modified_at) + cast(expected_every as interval) < timestamp '${now.toISOString().slice(0, 19)}'
            as is_late
    from ingest.sources order by source`,
  );
  const found: CheckedSource[] = [];
  for (const row of sources) {
    const own = tables.filter((table) => table.sources.includes(String(row.source)));
    found.push({
      source: String(row.source),
      files: Number(row.files),
      modified_at: String(row.modified_at),
      newest_row: await newestRow(
        db,
        own.map(({ table }) => table),
      ),
      expected_every: row.expected_every === null ? null : String(row.expected_every),
      is_late: row.is_late === null ? null : row.is_late === true,
    });
  }
  return found;
}

async function newestRow(db: DuckDBConnection, tables: readonly TableName[]): Promise<string | null> {
  const newest = tables.flatMap((table) => {
    const { ownTime, row } = contract[table] as Table;
    if (!ownTime) return [];
    const day = `${ownTime.replace(/_at$/, "")}_on`;
    return [
      `select max("${day in row.shape || !ownTime.endsWith("_at") ? ownTime : day}") as day from staging."${table}"`,
    ];
  });
  if (newest.length === 0) return null;
  const [row] = await rows(
    db,
    `select cast(max(day) as VARCHAR) as day from (${newest.join(" union all ")}) as days`,
  );
  return row?.day === null || row?.day === undefined ? null : String(row.day);
}
