import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Target } from "../catalogue/targets.js";
import { type Column, columnsOf, contract, type Table, tableNames } from "../contract/index.js";
import { missingReference } from "../load/missingReference.js";
import type { ContractColumn, ContractTable } from "../published/contract.js";
import type { LineageRow } from "../published/lineage.js";
import type { Percentiles } from "../published/percentiles.js";
import type { Quality } from "../published/quality.js";
import type { Build } from "../published/siteTypes.js";
import { readDrift } from "../warehouse/drift/index.js";
import { readRecorded } from "../warehouse/readCoverage.js";
import { dayOnlyText, recordNotes, recordTexts } from "../words/coverageText.js";
import { driftTold } from "../words/driftText.js";
import { dayText } from "../words/figureText.js";
import { type Labels, type Language, worded } from "../words/wording.js";
import { keySql } from "./cells.js";
import { closedDocument, type HidingSite } from "./closed.js";
import { isOfPersons } from "./persons.js";

/** When and from what the warehouse was built, and the periods its figures are about. */
export async function buildDocument(db: DuckDBConnection, minCell: number): Promise<Build> {
  const [settings] = await rows<Omit<Build, "min_cell" | "periods">>(
    db,
    `select build_id, time_zone, churn_rule, inactivity_days, cast(epoch_ms(as_of) as double) as as_of_at,
       epoch_us(limits_passed_at) / 1000 as limits_passed_at,
       case when not has_business_calendar
         then (epoch_us(as_of) - epoch_us(limits_passed_at)) / 86400000000 end as limit_days,
       strftime(as_of_on, '%Y-%m-%d') as as_of_on, as_of_from
     from config.settings`,
  );
  const periods = await rows<Build["periods"][number]>(
    db,
    `select role, grain, ${day("period_start")}, ${day("period_end")}, ${day("cutoff_on")}, is_partial
     from intermediate.periods order by all`,
  );
  if (!settings) throw new Error("config.settings has no row");
  return { ...settings, min_cell: minCell, periods };
}

/**
 * Medians and 90th percentiles, which no page could compute from sums; without them where their cell is hidden.
 * @param db the connection that holds `cells`
 */
export async function percentilesDocument(
  db: DuckDBConnection,
  dimensions: readonly Dimension[],
  withPersons: boolean,
): Promise<Percentiles[]> {
  const reader = await db.runAndReadAll("describe marts.kpi_percentiles");
  const columns = reader.getRowsJson().map(([name]) => String(name));
  const numbers = columns.slice(columns.indexOf("n"));
  const splits = columns.slice(columns.indexOf("period_start") + 1, columns.indexOf("n"));
  const alone = splits.filter((name) => !dimensions.includes(name));
  const by = alone.map((name) => `when rows."${name}" is not null then '${name}'`).join(" ");
  const key = keySql(
    dimensions,
    {
      by: by ? `case ${by} end` : "null::varchar",
      value: `coalesce(${[...alone.map((name) => `rows."${name}"`), "null::varchar"].join(", ")})`,
      // A dimension that no KPI with percentiles has.
      ...Object.fromEntries(
        dimensions.filter((name) => !splits.includes(name)).map((name) => [name, "null::varchar"]),
      ),
    },
    "rows.",
  );
  const shown = numbers.map(
    (name) => `case when not coalesce(hidden, false) then rows."${name}" end as "${name}"`,
  );
  const isPersons = splits.filter(isOfPersons).map((name) => `rows."${name}" is not null`);
  return rows(
    db,
    `select rows.* replace (strftime(rows.period_start, '%Y-%m-%d') as period_start, ${shown.join(", ")}),
       coalesce(hidden, false)::int as hidden
     from marts.kpi_percentiles as rows left join cells on cells.key = ${key}
     ${withPersons || isPersons.length === 0 ? "" : `where not (${isPersons.join(" or ")})`} order by all`,
  );
}

/** The targets as the KPI team set them; they are no fact to be modelled and have no layer above staging. */
export async function targetsDocument(db: DuckDBConnection, withPersons: boolean): Promise<Target[]> {
  const found = await rows<Target>(
    db,
    `select kpi_id, grain, ${day("valid_from")}, ${day("valid_to")}, scope_dimension, scope_value,
       "floor"::double as "floor", target::double as target, stretch::double as stretch
     from staging.targets order by all`,
  );
  return found.filter(({ scope_dimension: scope }) => withPersons || !isOfPersons(String(scope)));
}

/**
 * What the build read and refused: counts a file and a table, reasons with their rules. Offending values stay
 * in the warehouse, because any of them may name a person.
 */
export async function qualityDocument(db: DuckDBConnection, site: HidingSite): Promise<Quality> {
  const tables = await tableCounts(db);
  const loaded = tables.map(({ table_name: table }) => table);
  const warnings = await rows<Omit<Quality["warnings"][number], "missing">>(
    db,
    `select table_name, rule, column_name, file, sum("count")::bigint as "count" from ingest.warnings
     group by table_name, rule, column_name, file order by "count" desc, table_name, rule, column_name, file`,
  );
  return {
    files: await rows(db, "select * from ingest.files order by all"),
    tables,
    records: await recordsOf(db),
    drift: driftTold(await readDrift(db)),
    closed: await closedDocument(db, site),
    cut_off: await rows(db, "select table_name, column_name, count from config.cut_off order by row_no"),
    warnings: warnings.map((warning) => ({
      ...warning,
      missing:
        missingReference({ ...warning, table: warning.table_name, column: warning.column_name }, loaded) ??
        null,
    })),
    reasons: await rows(
      db,
      `select table_name, json_extract_string(violation, '$.column') as column_name,
         json_extract_string(violation, '$.rule') as rule, count(*) as "count",
         any_value(file order by line, file) as file, min(line) as first_line
       from (select table_name, file, line, unnest(json_extract(violations, '$[*]')) as violation
             from quarantine.rows)
       group by table_name, column_name, rule order by "count" desc, table_name, column_name, rule`,
    ),
  };
}

/** Each table's equation, and which rows of its quarantine break nothing. */
export async function tableCounts(db: DuckDBConnection): Promise<Quality["tables"]> {
  return rows<Quality["tables"][number]>(
    db,
    `select tables.*, coalesce(exempt.subtotals, 0) as subtotals, coalesce(exempt.replaced, 0) as replaced
     from ingest.tables as tables left join (
       select table_name, count(*) filter (violations ->> '$[0].rule' = 'subtotal') as subtotals,
         count(*) filter (violations ->> '$[0].rule' = 'superseded') as replaced
       from quarantine.rows where not counts_toward_share group by table_name
     ) as exempt using (table_name) order by all`,
  );
}

/** The tables' records and what is remarkable of them, in every language. */
async function recordsOf(db: DuckDBConnection): Promise<Labels[]> {
  const { records, given, dayOnly, asOfDay } = await readRecorded(db);
  const known = records.filter(({ covers_from }) => covers_from !== null);
  const lines = (language: Language) => {
    const day = (iso: string) => dayText(iso, language);
    return [
      ...recordTexts(known, given, asOfDay, day),
      ...records.flatMap((record) => recordNotes(record, day)),
      ...dayOnly.map(dayOnlyText),
    ].map((line) => worded(line, language));
  };
  const [english, chinese] = [lines("en"), lines("zh-CN")];
  return english.map((en, index) => ({ en, "zh-CN": chinese[index] ?? en }));
}

/** From KPI down to contract columns: one row a KPI, model and column that it is read from. */
export async function lineageDocument(db: DuckDBConnection): Promise<LineageRow[]> {
  return rows(db, "select * from config.lineage order by all");
}

/** The contract as the data dictionary shows it. */
export function contractDocument(): ContractTable[] {
  return tableNames.map((name) => {
    const { label, primaryKey, ownTime, managed } = contract[name] as Table;
    return {
      name,
      label,
      primaryKey: [...primaryKey],
      ownTime: ownTime ?? null,
      managed: managed ?? false,
      columns: columnsOf(name).map(columnRow),
    };
  });
}

function columnRow(column: Column): ContractColumn {
  return {
    name: column.name,
    kind: column.kind,
    required: column.required,
    labels: column.labels ? { ...column.labels } : null,
    references: column.references ?? null,
    personal: column.personal ?? false,
    min: column.min ?? null,
    max: column.max ?? null,
  };
}

const day = (column: string) => `strftime(${column}, '%Y-%m-%d') as ${column}`;

/** The rows of a query whose columns are the fields of `Row`. */
async function rows<Row>(db: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await db.runAndReadAll(sql);
  return reader.getRowObjectsJS().map((row) => {
    const plain = Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "bigint" ? Number(value) : (value ?? null),
    ]);
    return Object.fromEntries(plain) as Row;
  });
}
