import type { DuckDBConnection } from "@duckdb/node-api";
import { dimensionOf } from "../../catalogue/dimensions.js";
import type { InitiativeRow } from "../../catalogue/faults/initiativeFaults.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { nearest, suggest } from "../../catalogue/suggest.js";
import { addDays } from "../../kpi/periods.js";
import { questionsOf } from "../../kpi/request.js";
import { readInitiativeRows } from "../../load/managedTables.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import { storedOf, valuesOf } from "../queryKpis.js";
import type { Initiative } from "./initiative.js";
import { readDecidedRows } from "./register.js";

/**
 * The initiatives of a warehouse, with those that were given a verdict and are no longer in the extract, or those of some ids, in the order of their ids.
 * @throws CliError 2 for an id that no initiative has
 */
export async function readInitiatives(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  ids: readonly string[] = [],
): Promise<Initiative[]> {
  const { rows, decided, isStaged } = await readRows(db);
  const known = rows.map((row) => row.initiative_id);
  for (const id of ids) {
    if (!known.includes(id))
      throw new CliError(told("initiative.unknown", { id, near: suggest(id, known) }), 2);
  }
  const wanted = rows.filter(({ initiative_id: id }) => ids.length === 0 || ids.includes(id));
  const found: Initiative[] = [];
  for (const row of wanted) {
    const one = await resolved(db, row, kpis);
    if (!one) continue;
    const kept = decided.get(row.initiative_id);
    const decidedAs = kept?.isRedefined ? await resolved(db, kept.row, kpis) : null;
    found.push({ ...one, isWithdrawn: !isStaged.has(row.initiative_id), decidedAs });
  }
  return found;
}

/** The rows of the extract and, of those no longer in it, the ones that were given a verdict; in the order of their ids. */
export async function readRows(db: DuckDBConnection) {
  const staged = await readInitiativeRows(db);
  const decided = await readDecidedRows(db);
  const isStaged = new Set(staged.map((row) => row.initiative_id));
  const gone = [...decided.values()].map(({ row }) => row).filter((row) => !isStaged.has(row.initiative_id));
  const rows = [...staged, ...gone].sort((one, other) => (one.initiative_id < other.initiative_id ? -1 : 1));
  return { rows, decided, isStaged };
}

async function resolved(
  db: DuckDBConnection,
  row: InitiativeRow,
  kpis: readonly Kpi[],
): Promise<Initiative | null> {
  const kpi = kpis.find(({ id }) => id === row.kpi_id);
  if (!kpi) return null;
  const { initiative_id, name, name_en, started_on, cost, value_per_unit } = row;
  const lag_days = row.lag_days ?? 0;
  const begin = addDays(started_on, lag_days);
  return {
    initiative_id,
    name,
    name_en,
    kpi,
    scope: await scopeOf(db, row, kpi),
    hasCustomers: (await storedOf(db, kpi)).columns.includes("customer_id"),
    started_on,
    lag_days,
    baseline: { start: addDays(started_on, -row.baseline_days), end: started_on },
    follow_up: { start: begin, end: addDays(begin, row.follow_up_days) },
    // To expect no change is no expectation: none could miss it.
    expected: row.expected_change || null,
    cost,
    value_per_unit,
    isWithdrawn: false,
    decidedAs: null,
  };
}

/** Whom an initiative concerns, by the code that the data know; a value they do not know stays as it is: nobody's. */
async function scopeOf(
  db: DuckDBConnection,
  { scope_dimension, scope_value: value }: InitiativeRow,
  kpi: Kpi,
): Promise<Initiative["scope"]> {
  if (scope_dimension === null || value === null) return null;
  const name = dimensionOf(scope_dimension);
  const request = {
    kpiIds: [kpi.id],
    grain: "month",
    by: [name],
    where: [{ dimension: name, value }],
  } as const;
  const [question] = questionsOf(request, [kpi]);
  const [by] = question?.by ?? [];
  if (!question || !by) return null;
  const { all, codeFor } = await valuesOf(db, kpi, by.dimension);
  const code = codeFor(value);
  if (code !== undefined) return { ...by, value: code, isUnknown: false, near: null };
  return { ...by, value, isUnknown: true, near: nearest(value, all) ?? null };
}
