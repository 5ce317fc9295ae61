import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { suggest } from "../catalogue/suggest.js";
import { type Fault, type LimitColumn, targetFaults } from "../catalogue/targetFaults.js";
import type { Target } from "../catalogue/targets.js";
import { weightFaults } from "../catalogue/weightFaults.js";
import { unbalancedWeights, type WeightRow } from "../catalogue/weights.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { CliError } from "../run/error.js";
import { greatest } from "../statistics/extremes.js";
import { foundOnce } from "../warehouse/open.js";
import { type Told, told } from "../words/told.js";
import { rowKey, type WrittenOptions, type WrittenRow, writtenRows } from "./writtenRows.js";

/** The targets of a warehouse, as the KPI team set them. */
export const readTargets = (db: DuckDBConnection): Promise<readonly Target[]> =>
  rowsOnce(
    db,
    `select kpi_id, grain, strftime(valid_from, '%Y-%m-%d') as valid_from, strftime(valid_to, '%Y-%m-%d') as valid_to,
       scope_dimension, scope_value,
       cast("floor" as double) as "floor", cast(target as double) as target, cast(stretch as double) as stretch
     from staging.targets order by all`,
  );

/** The weights of a warehouse, all versions, with who set them and why. */
export const readWeights = (db: DuckDBConnection): Promise<readonly WeightRow[]> =>
  rowsOnce(
    db,
    `select scorecard_id, kpi_id, strftime(effective_from, '%Y-%m-%d') as effective_from,
       cast(weight as double) as weight, changed_by, note
     from staging.weights order by all`,
  );

const rowsOnce = <Row>(db: DuckDBConnection, sql: string): Promise<readonly Row[]> =>
  foundOnce(db, `rows of ${sql}`, async () => {
    return (await db.runAndReadAll(sql)).getRowObjectsJson() as unknown as Row[];
  });

/**
 * Checks the staged targets, weights and improvements against the catalogue.
 * @throws CliError 2 naming file, line, what was found and what was expected; of weights that do not sum to 1 the
 * scorecard, the date and the sum
 */
export async function checkManagedTables(
  db: DuckDBConnection,
  { kpis, scorecards }: { kpis: readonly Kpi[]; scorecards: readonly Scorecard[] },
  places: WrittenOptions,
): Promise<void> {
  const targets = await readTargets(db);
  const isLarge = (target: Target) =>
    greatest([target.floor, target.target, target.stretch].map((limit) => Math.abs(limit ?? 0))) > 1;
  const percentages = new Set(kpis.filter(({ unit }) => unit === "percent").map(({ id }) => id));
  const written = targets.some((target) => percentages.has(target.kpi_id) && isLarge(target))
    ? await writtenRows(db, "targets", places)
    : new Map<string, WrittenRow>();
  const isPercentage = (target: Target, column: LimitColumn) =>
    /%\s*$/.test(written.get(keyOf("targets", target))?.cells[column] ?? "");
  await refuse(db, "targets", targetFaults(targets, kpis, isPercentage), places);

  const improvements = await db.runAndReadAll(
    "select improvement_id, kpi_id from staging.improvements where kpi_id is not null order by all",
  );
  const ids = kpis.map(({ id }) => id);
  const strangers = improvements
    .getRowObjectsJson()
    .filter(({ kpi_id }) => !ids.includes(String(kpi_id)))
    .map((row) => ({
      row,
      column: "kpi_id",
      expected: told("expected.kpi", { near: suggest(String(row.kpi_id), ids) }),
    }));
  await refuse(db, "improvements", strangers, places);

  const weights = await readWeights(db);
  await refuse(db, "weights", weightFaults(weights, scorecards), places);
  for (const { id } of scorecards) {
    const unbalanced = unbalancedWeights(weights, id);
    if (!unbalanced) continue;
    const { from, sum } = unbalanced;
    throw new CliError(told("weights.sum", { id, from, sum }), 2);
  }
}

async function refuse<Row extends object>(
  db: DuckDBConnection,
  table: "targets" | "weights" | "improvements",
  faults: readonly Fault<Row>[],
  places: WrittenOptions,
): Promise<void> {
  const [fault, ...others] = faults;
  if (!fault) return;
  const { row, column, expected } = fault;
  const written = (await writtenRows(db, table, places)).get(keyOf(table, row));
  const value = (row as Record<string, unknown>)[column];
  const found = fault.found ?? written?.cells[column] ?? (value === null ? undefined : value);
  const place = written
    ? told("place.line", { file: written.file, line: written.line })
    : told("place.row", { table, key: keyOf(table, row) });
  throw new CliError(
    told("row.expected", {
      place,
      column,
      expected,
      found: found === undefined ? told("value.nothing") : String(found),
      more: moreRows(others.length),
    }),
    2,
  );
}

/** How many rows break the same. */
export const moreRows = (count: number): Told | "" => (count > 0 ? told("row.more", { count }) : "");

function keyOf(table: "targets" | "weights" | "improvements", row: object): string {
  const cells = row as Record<string, string | null>;
  return rowKey(primaryKeyOf(table).map((name) => cells[name] ?? null));
}
