import type { DuckDBConnection } from "@duckdb/node-api";
import { isOfNobody } from "../answers/closed/cases.js";
import { type FoundPeriod, readClosedPeriods } from "../answers/closed/closedPeriods.js";
import type { Kept } from "../catalogue/catalogueFiles.js";
import type { Dimension } from "../catalogue/dimensions.js";
import { literal } from "../engine/sql.js";
import type { Period } from "../kpi/periods.js";
import type { ClosedPeriods, RestatedCases, Restatement } from "../published/closedTypes.js";
import { decideCells } from "./archive.js";
import { isOfPersons, withoutPersons } from "./persons.js";

/**
 * Fills a temp table `(id, dimension, member)` with the figures of single groups that the site hides in a period.
 * @returns its name
 */
export async function createHidden(
  db: DuckDBConnection,
  { catalogue: whole, settings }: Kept,
  period: Pick<Period, "grain" | "start">,
): Promise<string> {
  const { min_cell: minCell, publish_persons: withPersons } = settings;
  const table = "hidden_figures";
  await db.run(`create or replace temp table ${table} (id varchar, dimension varchar, member varchar)`);
  if (minCell === 1) return table;
  const { kpis } = withPersons ? whole : withoutPersons(whole);
  const { dimensions } = await decideCells(db, {
    kpis,
    whole: whole.kpis,
    published: settings.published_dimensions,
    minCell,
    withPersons,
    budgetBytes: settings.publish_budget_bytes,
  });
  await db.run(`insert into ${table} ${hiddenSql(dimensions, period)}`);
  return table;
}

/** SQL for what was decided of single groups in a period: `kpi_id, dimension, member`. */
function hiddenSql(
  dimensions: readonly Dimension[],
  { grain, start }: Pick<Period, "grain" | "start">,
): string {
  const singles = dimensions.map((name) => {
    const alone = dimensions
      .map((each) => `"${each}" is ${each === name ? "not null" : "null"}`)
      .join(" and ");
    return `when "by" is null and ${alone} then`;
  });
  const choose = (of: (name: Dimension) => string) =>
    singles.map((condition, at) => `${condition} ${of(dimensions[at] ?? "")}`).join(" ");
  return `
    select * from (select kpi_id,
      case when "by" is not null then "by" ${choose(literal)} end as dimension,
      case when "by" is not null then "value" ${choose((name) => `"${name}"`)} end as member
    from decided.cells where role = 'period' and grain = ${literal(grain)} and period_start = date ${literal(start)}
    ) where dimension is not null`;
}

/** So many figures of groups are published of a closed period; of more their number is. */
const mostGroups = 200;

/** What a site knows of what it hides. */
export interface HidingSite {
  minCell: number;
  withPersons: boolean;
  /** The dimensions that combine. */
  dimensions: readonly Dimension[];
}

/**
 * What a build found of closed periods as it may be published: the company's figures always; a group's where it was shown when the
 * period was closed and is now. Rows are named where they name nobody.
 */
export async function closedDocument(db: DuckDBConnection, site: HidingSite): Promise<ClosedPeriods> {
  const found = await readClosedPeriods(db);
  const periods: ClosedPeriods["periods"][number][] = [];
  for (const { min_cell, ...period } of found.periods) {
    const isShown = await shownIn(db, site, { ...period, min_cell });
    const restatements = period.restatements.filter(isShown);
    const groups = restatements.filter(({ dimension }) => dimension !== null);
    const listed = [
      ...restatements.filter(({ dimension }) => dimension === null),
      ...groups.slice(0, mostGroups),
    ];
    periods.push({
      ...period,
      restatements: listed.map(({ is_hidden: _, ...row }) => row),
      cases: period.cases.map((each) => (isNamed(each, site) ? each : { ...each, examples: [] })),
    });
  }
  return { ...found, periods };
}

async function shownIn(
  db: DuckDBConnection,
  { minCell, withPersons, dimensions }: HidingSite,
  { grain, start, min_cell, restatements }: FoundPeriod,
): Promise<(row: Restatement & { is_hidden: boolean }) => boolean> {
  const keyOf = (...parts: (string | null)[]) => JSON.stringify(parts);
  const isAny = restatements.some(({ dimension }) => dimension !== null);
  const reader =
    isAny && minCell > 1 ? await db.runAndReadAll(hiddenSql(dimensions, { grain, start })) : undefined;
  const hidden = new Set(reader?.getRowsJson().map((row) => keyOf(...row.map(String))));
  return ({ what, id, dimension, member, is_hidden }) => {
    if (dimension === null) return true;
    // A team's total tells of its KPIs, and what was closed with less hidden was never shown as it is now.
    if ((what === "score" && minCell > 1) || is_hidden || min_cell < minCell) return false;
    return (withPersons || !isOfPersons(dimension)) && !hidden.has(keyOf(id, dimension, member));
  };
}

const ofEmployees = ["employee_id", "training_id"];

function isNamed({ key }: RestatedCases, { minCell, withPersons }: HidingSite): boolean {
  const columns = key.split(" ");
  if (isOfNobody(columns)) return true;
  return minCell === 1 && (withPersons || !columns.some((name) => ofEmployees.includes(name)));
}
