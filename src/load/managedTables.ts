import type { DuckDBConnection } from "@duckdb/node-api";
import { expectsWorse, type InitiativeRow, initiativeFaults } from "../catalogue/faults/initiativeFaults.js";
import { type Fault, type LimitColumn, targetFaults } from "../catalogue/faults/targetFaults.js";
import { weightFaults } from "../catalogue/faults/weightFaults.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Scorecard } from "../catalogue/scorecards.js";
import { suggest } from "../catalogue/suggest.js";
import type { Target } from "../catalogue/targets.js";
import { unbalancedWeights, type WeightRow } from "../catalogue/weights.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { CliError } from "../run/error.js";
import type { Progress } from "../run/progress.js";
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
       cast(weight as double) as weight, changed_by, note, note_en
     from staging.weights order by all`,
  );

/** The initiatives of a warehouse, by their ids. */
export const readInitiativeRows = (db: DuckDBConnection): Promise<readonly InitiativeRow[]> =>
  rowsOnce(
    db,
    `select initiative_id, name, name_en, strftime(started_on, '%Y-%m-%d') as started_on, kpi_id, scope_dimension, scope_value,
       cast(expected_change as double) as expected_change, cast(baseline_days as double) as baseline_days,
       cast(follow_up_days as double) as follow_up_days, cast(lag_days as double) as lag_days,
       cast("cost" as double) as "cost", cast(value_per_unit as double) as value_per_unit
     from staging.initiatives order by initiative_id`,
  );

const rowsOnce = <Row>(db: DuckDBConnection, sql: string): Promise<readonly Row[]> =>
  foundOnce(db, `rows of ${sql}`, async () => {
    return (await db.runAndReadAll(sql)).getRowObjectsJson() as unknown as Row[];
  });

/**
 * Checks the staged targets, weights, improvements and initiatives against the catalogue.
 * @throws CliError 2 naming file, line, what was found and what was expected; of weights that do not sum to 1 the
 * scorecard, the date and the sum
 */
export async function checkManagedTables(
  db: DuckDBConnection,
  { kpis, scorecards }: { kpis: readonly Kpi[]; scorecards: readonly Scorecard[] },
  places: WrittenOptions,
): Promise<void> {
  const targets = await readTargets(db);
  const written = targets.length > 0 ? await writtenRows(db, "targets", places) : undefined;
  const isPercentage = (target: Target, column: LimitColumn) => isShare(written, "targets", target, column);
  await refuse(db, "targets", targetFaults(targets, kpis, isPercentage), places);

  await refuse(db, "improvements", await unknownKpis(db, "improvement", kpis), places);
  await refuse(db, "risks", await unknownKpis(db, "risk", kpis), places);

  const initiatives = await readInitiativeRows(db);
  const ofInitiatives = initiatives.length > 0 ? await writtenRows(db, "initiatives", places) : undefined;
  const isChangeShare = (row: InitiativeRow) => isShare(ofInitiatives, "initiatives", row, "expected_change");
  await refuse(db, "initiatives", initiativeFaults(initiatives, kpis, isChangeShare), places);

  const weights = await readWeights(db);
  await refuse(db, "weights", weightFaults(weights, scorecards), places);
  for (const { id } of scorecards) {
    const unbalanced = unbalancedWeights(weights, id);
    if (!unbalanced) continue;
    const { from, sum } = unbalanced;
    throw new CliError(told("weights.sum", { id, from, sum }), 2);
  }
}

/** Whether a cell is written with a per cent sign. */
const isShare = (
  written: ReadonlyMap<string, WrittenRow> | undefined,
  table: Managed,
  row: object,
  column: string,
): boolean => /%\s*$/.test(written?.get(keyOf(table, row))?.cells[column] ?? "");

/** Notes, among what a load says is odd, initiatives that expect a worse value of their KPI, and tells them. */
export async function noteExpectations(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  progress: Progress,
): Promise<void> {
  const [first, ...others] = expectsWorse(await readInitiativeRows(db), kpis);
  if (!first) return;
  const { initiative_id: id, kpi_id: kpi, expected_change: change } = first;
  await db.run(
    `insert into ingest.warnings values ('initiatives', 'expects_worse', 'expected_change', null, $1, $2)`,
    [BigInt(others.length + 1), `${id}: ${change}`],
  );
  const found = { id, kpi, change: String(change), more: moreRows(others.length) };
  progress.warn(told("initiative.expectsWorse", found), { id, kpi, change, count: others.length + 1 });
}

/** Rows of a table that may name a KPI, and name one that the catalogue has not. */
async function unknownKpis(
  db: DuckDBConnection,
  thing: "improvement" | "risk",
  kpis: readonly Kpi[],
): Promise<Fault<object>[]> {
  const rows = await db.runAndReadAll(
    `select ${thing}_id, kpi_id from staging.${thing}s where kpi_id is not null order by all`,
  );
  const ids = kpis.map(({ id }) => id);
  return rows
    .getRowObjectsJson()
    .filter(({ kpi_id }) => !ids.includes(String(kpi_id)))
    .map((row) => ({
      row,
      column: "kpi_id",
      expected: told("expected.kpi", { near: suggest(String(row.kpi_id), ids) }),
    }));
}

type Managed = "targets" | "weights" | "improvements" | "initiatives" | "risks";

async function refuse<Row extends object>(
  db: DuckDBConnection,
  table: Managed,
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

function keyOf(table: Managed, row: object): string {
  const cells = row as Record<string, string | null>;
  return rowKey(primaryKeyOf(table).map((name) => cells[name] ?? null));
}
