import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBValue,
  INTEGER,
} from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import { type KpiValue, settling, shownOf } from "../../kpi/answer.js";
import { isFinal } from "../../kpi/coverage.js";
import type { Period } from "../../kpi/periods.js";
import { cellsSql, together } from "../../kpi/query.js";
import { heldBy, type Stored } from "../../kpi/queryRows.js";
import { type KpiQuestion, questionsOf } from "../../kpi/request.js";
import { isRecorded, type Settled, settleIn } from "../../kpi/settle.js";
import type { Components } from "../../kpi/value.js";
import { contextOf, spanAsked, storedOf } from "../queryKpis.js";
import { byGrain, closedDimensions, type Numbered, spanOf } from "./asked.js";

/** What of a cell its value is made of; the rest is for its interval. */
const parts = ["numerator", "denominator", "n", "awaiting"] as const;

/** What tells a cell from others. */
const keys = ["number", "id", "dimension", "member"] as const;

/** KPIs that are split by each of their dimensions, in some periods. */
export interface SplitAsked {
  kpis: readonly Kpi[];
  periods: readonly Numbered[];
}

/** Whether the figures of a KPI's groups come with percentiles: these are no sums, and an answer alone has them. */
export const isMeasured = ({ percentiles }: Kpi, dimension: string): boolean =>
  percentiles?.some((name) => name === dimension) ?? false;

/** Makes an empty temp table of cells: `number, id, measure, dimension, member` and what the group's cases add up to. */
export async function createCells(db: DuckDBConnection, table: string): Promise<void> {
  const columns = parts.map((name) => `${name} double`).join(", ");
  await db.run(
    `create or replace temp table ${table} (number integer, id varchar, measure varchar, dimension varchar, member varchar, ${columns})`,
  );
}

/**
 * Adds what the cases of KPIs' groups add up to, by each dimension whose figures have no percentiles, in the periods of which anything
 * is recorded; by statements alone, since of a large company these are hundreds of thousands. `measure` tells what makes a value of it.
 */
export async function addCells(
  db: DuckDBConnection,
  table: string,
  { kpis, periods }: SplitAsked,
): Promise<void> {
  for (const [grain, some] of byGrain(periods)) {
    const starts = some.map(({ period }) => period.start).sort();
    const span = spanAsked(spanOf(grain, starts));
    const rows = await recordedRows(db, kpis, some);
    if (rows.length === 0) continue;
    await db.run(`
      create or replace temp table recorded_cells as
      from (values ${rows.join(", ")}) as recorded (number, kpi_id, start_on, measure)`);
    for (const dimension of new Set(kpis.flatMap(closedDimensions))) {
      const own = kpis.filter(
        (kpi) => closedDimensions(kpi).includes(dimension) && !isMeasured(kpi, dimension),
      );
      if (own.length === 0) continue;
      const request = { kpiIds: own.map(({ id }) => id), grain, by: [dimension], where: [] };
      const asked: { question: KpiQuestion; stored: Stored }[] = [];
      for (const question of questionsOf(request, kpis))
        asked.push({ question: { ...question, span }, stored: await storedOf(db, question.kpi) });
      for (const sql of statementsOf(asked, grain))
        await db.run(`
          insert into ${table}
          select recorded.number, cells.kpi_id, recorded.measure, ${literal(dimension)}, coalesce(cells.by_0, ${literal(unknown)}),
            ${parts.map((name) => `cells.${name}`).join(", ")}
          from (${sql}) as cells inner join recorded_cells as recorded using (kpi_id, start_on)
          where cells.role = 'period'`);
    }
  }
}

/** The periods of which anything that a KPI is made of is recorded, as rows of SQL. */
async function recordedRows(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  periods: readonly Numbered[],
): Promise<string[]> {
  const rows: string[] = [];
  for (const kpi of kpis) {
    const { coverage, asOfDay } = await contextOf(db, kpi, {});
    const { kind, numerator_dimensions } = kpi;
    const measure = literal(JSON.stringify({ kind, numerator_dimensions }));
    for (const { number, period } of periods)
      if (isRecorded(coverage, period, asOfDay))
        rows.push(`(${number}, ${literal(kpi.id)}, ${literal(period.start)}, ${measure})`);
  }
  return rows;
}

/** SQL for the cells of questions, after their KPI's id. */
function statementsOf(
  asked: readonly { question: KpiQuestion; stored: Stored }[],
  grain: Period["grain"],
): string[] {
  const joint = together(asked, grain);
  const of = new Set(joint.flatMap((each) => each.asked));
  return [
    ...joint.map(({ sql }) => sql),
    ...asked
      .filter((each) => !of.has(each))
      .map(
        ({ question, stored }) =>
          `select ${literal(question.kpi.id)} as kpi_id, * from (${cellsSql(question, grain, stored)})`,
      ),
  ];
}

/**
 * Takes the cells away that are as they were, and so have the figures that they had. Where a group has come all others of its period
 * stay, too: whether there were any decides whether it is told of.
 */
export async function leaveMoved(db: DuckDBConnection, then: string, now: string): Promise<void> {
  const same = ["measure", ...parts].map((name) => `before.${name} is not distinct from found.${name}`);
  await db.run(`
    create or replace temp table same_cells as
    with
    came as (
      select distinct number, id, dimension from ${now} as found anti join ${then} as before using (${keys.join(", ")})
    ),
    same as (
      select number, id, dimension, before.rowid as in_then, found.rowid as in_now
      from ${then} as before inner join ${now} as found using (${keys.join(", ")}) where ${same.join(" and ")}
    )
    select in_then, in_now from same anti join came using (number, id, dimension)`);
  for (const [table, name] of Object.entries({ [then]: "in_then", [now]: "in_now" }))
    await db.run(`delete from ${table} where rowid in (select ${name} from same_cells)`);
  await db.run("drop table same_cells");
}

/** What is settled of a cell, and the types of its columns. */
const settledColumns = {
  cell: INTEGER,
  value: DOUBLE,
  numerator: DOUBLE,
  denominator: DOUBLE,
  n: DOUBLE,
  is_final: BOOLEAN,
};

/**
 * Adds the figures of cells to a temp table of figures, settled as the one query function does it. A group without a case, and with
 * nothing that it is compared with, has none.
 */
export async function addFiguresOf(
  db: DuckDBConnection,
  { cells, figures }: Record<"cells" | "figures", string>,
  asked: SplitAsked,
): Promise<void> {
  const order = "id, number, dimension";
  const places = await db.runAndReadAll(
    `select ${order}, count(*) from ${cells} group by all order by ${order}`,
  );
  const settlers = await settlersOf(db, asked, places.getRowsJson());
  const types = Object.entries(settledColumns);
  const columns = types.map(([name, type]) => `${name} ${type}`).join(", ");
  await db.run(`create or replace temp table settled_cells (${columns})`);
  const appender = await db.createAppender("settled_cells", "main", "temp");
  const read = await db.run(
    `select cast(rowid as integer), ${parts.join(", ")} from ${cells} order by ${order}`,
  );
  for await (const chunk of read) {
    const settled = chunk.getRows().flatMap(([cell = null, ...values]) => {
      const row = settlers.next().value?.(cell, values);
      return row ? [row] : [];
    });
    const filled = DuckDBDataChunk.create(
      types.map(([, type]) => type),
      settled.length,
    );
    filled.setRows(settled);
    appender.appendDataChunk(filled);
  }
  appender.closeSync();
  await db.run(`
    insert into ${figures} by name
    select number, 'kpi' as what, id, dimension, member, settled.* exclude (cell)
    from settled_cells as settled inner join ${cells} as cells on cells.rowid = settled.cell`);
  await db.run("drop table settled_cells");
}

/** Settles a cell of that number: a row, or none where it has no figure. */
type Settler = (cell: DuckDBValue, parts: readonly DuckDBValue[]) => DuckDBValue[] | undefined;

/** What settles each of the cells of some places, `id, number, dimension` and how many there are. */
async function settlersOf(
  db: DuckDBConnection,
  { kpis, periods }: SplitAsked,
  places: readonly (readonly unknown[])[],
): Promise<Iterator<Settler, undefined>> {
  const found: { settler: Settler; count: number }[] = [];
  for (const [id, number, dimension, count] of places) {
    const kpi = kpis.find((each) => each.id === id) as Kpi;
    const { period } = periods.find((each) => each.number === number) as Numbered;
    const context = await contextOf(db, kpi, {});
    const settle = settleIn(settling(kpi, context), period, context);
    const settler = settlerOf(kpi, settle, String(dimension));
    found.push({ settler, count: Number(count) });
  }
  return (function* () {
    for (const { settler, count } of found) for (let at = 0; at < count; at++) yield settler;
    return undefined;
  })();
}

function settlerOf(kpi: Kpi, settle: (cell: Components) => Settled, dimension: string): Settler {
  const isFigure = hasCases(kpi, dimension);
  const numberOf = (value: DuckDBValue | undefined) => (value == null ? Number.NaN : Number(value));
  return (cell, values) => {
    const [numerator = 0, denominator = 0, n = 0, awaiting = 0] = values.map(numberOf);
    const settled = settle({ numerator, denominator, n: n || 0, awaiting, sumSq: Number.NaN });
    const row = { value: settled.value, ...shownOf(kpi, settled) };
    if (!isFigure(row)) return undefined;
    return [cell, row.value, row.numerator, row.denominator, row.n, isFinal(settled)];
  };
}

/** Whether a part has any case, or had one in what it is compared with: groups of other periods are answered for too, of none. */
export function hasCases(
  kpi: Kpi,
  dimension: string,
): (row: Pick<KpiValue, "value" | "numerator" | "denominator" | "n">) => boolean {
  const isOfNumerator = kpi.numerator_dimensions.includes(heldBy(kpi, dimension));
  return ({ value, n, numerator, denominator }) =>
    value !== null && (isOfNumerator ? numerator !== 0 : n > 0 || (denominator ?? 0) > 0);
}
