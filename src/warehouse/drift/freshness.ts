import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../../contract/index.js";
import { literal } from "../../engine/sql.js";
import { daysBetween } from "../../kpi/periods.js";
import { isBookOrPlan } from "../../load/asOf.js";
import { catalogSource, type LoadPlan } from "../../load/plan.js";
import type { Freshness } from "../../published/drift.js";
import { endless } from "../coverageFacts.js";
import type { Measured } from "./measure.js";

/** How fresh what each source gave for each table is, against the build's data date. */
export async function judgeFreshness(
  db: DuckDBConnection,
  plan: LoadPlan,
  measured: readonly Measured[],
  asOfOn: string,
): Promise<Freshness[]> {
  const found: Freshness[] = [];
  for (const { table, newest } of measured) {
    for (const { source, day } of newest) {
      const every = expectedOf(plan, source, table);
      const due = every === null || day === null ? null : await dueDay(db, day, every);
      const late = due === null ? null : daysBetween(due, asOfOn);
      found.push({
        source,
        table,
        newest_on: day,
        age_days: day === null ? null : daysBetween(day, asOfOn),
        expected_every: every,
        due_on: due,
        late_days: late !== null && late > 0 ? late : null,
        is_late: every === null ? null : late === null || late > 0,
      });
    }
  }
  return found.sort((one, other) => (one.source < other.source ? -1 : one.source > other.source ? 1 : 0));
}

/** What is expected of a table: its own, else its source's where something has to happen in it at all, and did once. */
function expectedOf(plan: LoadPlan, source: string, table: TableName): string | null {
  const own = plan.sources.filter(({ name }) => name === source);
  const mapping = own.flatMap(({ mappings }) => mappings).find((each) => each.table === table);
  if (mapping?.expected_every !== undefined) return mapping.expected_every;
  if (isBookOrPlan(table) || endless.includes(table)) return null;
  return own.find(({ settings }) => settings.expected_every !== undefined)?.settings.expected_every ?? null;
}

/** The last day on which what follows a day is in time; of hours, those that a day surely is away. */
async function dueDay(db: DuckDBConnection, day: string, every: string): Promise<string> {
  const reader = await db.runAndReadAll(
    `select strftime(date ${literal(day)} + cast(${literal(every)} as interval), '%Y-%m-%d')`,
  );
  return String(reader.value(0, 0));
}

/** Sources whose newest file is older than they are expected, when the build starts; what is no file is as old as the build. */
export async function lateFiles(
  db: DuckDBConnection,
): Promise<{ source: string; expected_every: string; written_at: string }[]> {
  const reader = await db.runAndReadAll(
    `select source, expected_every, strftime(timezone('UTC', modified_at), '%Y-%m-%dT%H:%M:%SZ') as written_at
     from ingest.sources
     where source <> ${literal(catalogSource)}
       and timezone('UTC', modified_at) + cast(expected_every as interval) < timezone('UTC', run_start)
     order by source`,
  );
  return reader.getRowObjectsJson().map((row) => ({
    source: String(row.source),
    expected_every: String(row.expected_every),
    written_at: String(row.written_at),
  }));
}
