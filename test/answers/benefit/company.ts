import type { DuckDBConnection } from "@duckdb/node-api";
import { readInitiatives } from "../../../src/answers/benefit/readInitiatives.js";
import { readCatalogue } from "../../../src/catalogue/catalogueFiles.js";
import { buildMarts, emptyStaging, stage } from "../../models/fixture.js";

/** Columns of an initiative, those left out being null, a half-year's windows and no lag. */
export interface Row {
  initiative_id: string;
  kpi_id: string;
  started_on?: string;
  scope_dimension?: string;
  scope_value?: string;
  expected_change?: number;
  baseline_days?: number;
  follow_up_days?: number;
  lag_days?: number;
  cost?: number;
  value_per_unit?: number;
}

const zone = "Asia/Shanghai";
const customers = 120;

/**
 * A company by rules of whole numbers, which a reference program repeats: 120 customers of two regions and three segments,
 * 4,000 tickets over 2024 and 2025, every eleventh without a customer, answered 15 minutes sooner in the West from 2025 on.
 * Customers of whom c mod 5 = 0 leave on day 30 + 5 c.
 */
export async function company(rows: readonly Row[]): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || c as customer_id, 'n' || c as name, case when c % 2 = 0 then 'East' else 'West' end as region,
       ['large_manufacturer', 'sme_manufacturer', 'trader'][1 + c % 3] as segment, '2023-01-01' as acquired_on
     from range(${customers}) as numbers (c)`,
    zone,
  );
  await stage(
    db,
    "customer_status",
    `select 'c' || c as customer_id, 'churned' as status, date '2024-01-01' + cast(30 + 5 * c as integer) as changed_on,
       'price' as reason_category
     from range(0, ${customers}, 5) as numbers (c)`,
    zone,
  );
  await stage(
    db,
    "tickets",
    `with numbers as (
       select i, (i * 53 + (i // 131) * 29) % 131 as customer, (i * 37) % 731 as day from range(4000) as given (i)),
     cases as (
       select *, ((i * 37 + customer * 101) % 97) + 20
         - case when customer % 2 = 1 and day >= 366 then 15 else 0 end as minutes
       from numbers)
     select 't' || i as ticket_id, case when customer < ${customers} then 'c' || customer end as customer_id,
       ['request', 'repair', 'complaint'][1 + (i * 11) % 3] as type,
       ['phone', 'email'][1 + (i * 5 + customer) % 2] as channel,
       strftime(date '2024-01-01' + cast(day as integer), '%Y-%m-%d') 
         || ' 10:' || lpad(cast(i % 50 as varchar), 2, '0') || ':00' as created_at,
       strftime(cast(date '2024-01-01' + cast(day as integer) as timestamp) + interval 10 hour
         + cast(i % 50 + minutes as integer) * interval 1 minute, '%Y-%m-%d %H:%M:%S') as first_response_at,
       strftime(date '2024-01-01' + cast(day as integer), '%Y-%m-%d') || ' 23:00:00' as resolved_at,
       1 + case when (i * 29 + customer * 5) % 11 < 4 then 1 else 0 end as handling_count
     from cases`,
    zone,
  );
  await stageInitiatives(db, rows);
  await buildMarts(db, {
    asOf: "2025-12-31",
    coversFrom: { tickets: "2024-01-01", customer_status: "2024-01-01" },
    kpis: rows.map(({ kpi_id }) => kpi_id),
  });
  return db;
}

/** Fills the table of initiatives. */
export async function stageInitiatives(db: DuckDBConnection, rows: readonly Row[]): Promise<void> {
  const given = rows.map((row) => {
    const { started_on = "2025-01-01", baseline_days = 180, follow_up_days = 180, ...others } = row;
    return JSON.stringify({ name: row.initiative_id, started_on, baseline_days, follow_up_days, ...others });
  });
  const columns = [
    ["initiative_id", "name", "started_on", "kpi_id", "scope_dimension", "scope_value"],
    ["expected_change", "baseline_days", "follow_up_days", "lag_days", "cost", "value_per_unit"],
  ].flat();
  await stage(
    db,
    "initiatives",
    `select ${columns.map((name) => `json_extract_string(line, '$.${name}') as ${name}`).join(", ")}
     from unnest([${given.map((line) => `'${line}'`).join(", ")}]) as lines (line)`,
    zone,
  );
}

const { kpis } = readCatalogue("data/catalog");

/** The initiatives of a company, resolved. */
export const initiativesOf = (db: DuckDBConnection) => readInitiatives(db, kpis);
