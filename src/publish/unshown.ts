import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { literal } from "../engine/sql.js";
import { tooFew } from "../kpi/coverage.js";
import type { Grain, Period } from "../kpi/periods.js";
import type { FeedbackSheet } from "../score/feedback.js";
import { totalledOfShown } from "../score/hiddenItems.js";
import type { SubjectKind, TracedItem, TracedSubject } from "../score/scored.js";
import { few } from "./told.js";

/** The KPIs, by id, whose figure is hidden of a subject in a period. */
type HiddenKpis = ReadonlySet<string>;

/** What `hideCells` decided, asked by whose figure it is. */
export interface Unshown {
  minCell: number;
  /** Of each subject that lacks any. */
  of(kind: SubjectKind, grain: Grain, start: string): Promise<ReadonlyMap<string, HiddenKpis>>;
  /** The months, by their first days, in which a KPI's figure is hidden of a value of a dimension. */
  months(kpi: string, dimension: Dimension, value: string): Promise<ReadonlySet<string>>;
  /** The teams that are not told of, since they are of few and employees are not published. */
  teams(period: Period): Promise<ReadonlySet<string>>;
  kpi(id: string): Kpi | undefined;
}

/**
 * Lets other connections ask what was decided: as `decided.cells`, in memory.
 * @param db the connection that holds `cells`
 * @param dimensions those that combine
 */
export async function shareDecisions(db: DuckDBConnection, dimensions: readonly Dimension[]): Promise<void> {
  const columns = ["kpi_id", "role", "grain", "by", "value", ...dimensions];
  await db.run("attach ':memory:' as decided (read_write)");
  await db.run(`create table decided.cells as
    select period_start, ${columns.map((name) => `"${name}"::varchar as "${name}"`).join(", ")} from cells where hidden`);
}

/** Reads what was decided of teams' and employees' cells; on any connection once `shareDecisions` has run. */
export function unshownOf(
  db: DuckDBConnection,
  {
    kpis,
    dimensions,
    minCell,
    withPersons,
  }: {
    kpis: readonly Kpi[];
    dimensions: readonly Dimension[];
    minCell: number;
    withPersons: boolean;
  },
): Unshown {
  const holders = new Map(kpis.map(({ id, belongs_to: column }) => [id, column]));
  const columns = [...new Set([...holders.values()].flatMap((column) => column ?? []))];
  const subject = {
    company: "null",
    team: `case when "by" = 'team' then "value" end`,
    employee: `case ${columns
      .map((column) => {
        const ids = [...holders].flatMap(([id, own]) => (own === column ? [`'${id}'`] : []));
        const others = dimensions.filter((name) => name !== column).map((name) => ` and "${name}" is null`);
        const crossed = `when "by" is null and kpi_id in (${ids.join(", ")})${others.join("")} then "${column}"`;
        return `when "by" = '${column}' and kpi_id in (${ids.join(", ")}) then "value"
        ${dimensions.includes(column) ? crossed : ""}`;
      })
      .join(" ")} else null end`,
  };
  const known = new Map<string, Promise<ReadonlyMap<string, HiddenKpis>>>();
  const read = async (kind: SubjectKind, grain: Grain, start: string) => {
    const of = new Map<string, Set<string>>();
    if (minCell === 1 || kind === "company" || (kind === "employee" && columns.length === 0)) return of;
    const reader = await db.runAndReadAll(`
      select * from (
        select ${subject[kind]} as subject, kpi_id from decided.cells
        where role = 'period' and grain = '${grain}' and period_start = date '${start}'
      ) where subject is not null`);
    for (const [name, kpi] of reader.getRowsJson())
      of.set(String(name), (of.get(String(name)) ?? new Set()).add(String(kpi)));
    return of;
  };
  return {
    minCell,
    of: (kind, grain, start) => {
      const key = [kind, grain, start].join();
      const found = known.get(key) ?? read(kind, grain, start);
      known.set(key, found);
      return found;
    },
    months: async (kpi, dimension, value) => {
      if (minCell === 1) return new Set();
      const given = (name: string) => `"${name}" = ${literal(value)}`;
      const others = dimensions.filter((name) => name !== dimension).map((name) => `"${name}" is null`);
      const isIt = [
        `"by" = ${literal(dimension)} and ${given("value")}`,
        ...(dimensions.includes(dimension)
          ? [['"by" is null', given(dimension), ...others].join(" and ")]
          : []),
      ];
      const reader = await db.runAndReadAll(`
        select strftime(period_start, '%Y-%m-%d') from decided.cells
        where role = 'period' and grain = 'month' and kpi_id = ${literal(kpi)} and ((${isIt.join(") or (")}))`);
      return new Set(reader.getRowsJson().map(([start]) => String(start)));
    },
    teams: async ({ start, end }) => {
      if (minCell === 1 || withPersons) return new Set();
      const reader = await db.runAndReadAll(`
        select team from intermediate.employees
        where team is not null and coalesce(hired_on < date '${end}', true) and coalesce(left_on >= date '${start}', true)
        group by team having ${few("count(*)", minCell)}`);
      return new Set(reader.getRowsJson().map(([team]) => String(team)));
    },
    kpi: (id) => kpis.find((kpi) => kpi.id === id),
  };
}

/**
 * A scored subject as it may be published: without the items that are hidden, and without the total of what they weigh in, so
 * that none gives a hidden one back.
 */
export function withoutHidden(
  subject: TracedSubject,
  hidden: HiddenKpis,
  unshown: Unshown,
  { scorecards, grades }: Pick<Catalogue, "scorecards" | "grades">,
): TracedSubject {
  const isGone = ({ kpi_id, value }: TracedItem) => value !== null && hidden.has(kpi_id);
  const card = scorecards.find(({ id }) => id === subject.scorecard);
  if (!card || !subject.items.some(isGone)) return subject;
  const items = subject.items.map((item) => (isGone(item) ? hiddenItem(item, unshown) : item));
  return { ...subject, ...totalledOfShown(items, card, grades), items };
}

function hiddenItem(item: TracedItem, { minCell, kpi }: Unshown): TracedItem {
  const none = { value: null, low: null, high: null };
  const reason = tooFew(minCell, contributorsOf(kpi(item.kpi_id)));
  return {
    ...item,
    ...none,
    n: 0,
    score: null,
    unscored: null,
    numerator: null,
    denominator: null,
    status: null,
    sure: null,
    hidden: true,
    ...(item.settled && { settled: { ...item.settled, ...none, components: null, reason } }),
  };
}

const contributorsOf = (kpi: Kpi | undefined) =>
  !kpi || kpi.contributors === "none" ? null : kpi.contributors;

/** A sheet whose improvements have no value of a period in which the employee's is hidden. */
export async function withoutHiddenChanges(sheet: FeedbackSheet, unshown: Unshown): Promise<FeedbackSheet> {
  const improvements: FeedbackSheet["improvements"] = [];
  for (const outcome of sheet.improvements) {
    const { kpi_id: id, grain, before, after } = outcome;
    const reason = tooFew(unshown.minCell, contributorsOf(unshown.kpi(id ?? "")));
    const isHidden = async (at: typeof before) =>
      id !== null &&
      at !== null &&
      (await unshown.of("employee", grain, at.period.start)).get(sheet.employee_id)?.has(id) === true;
    const shown = async (at: typeof before) =>
      at && (await isHidden(at)) ? { ...at, value: null, low: null, high: null, n: null, reason } : at;
    const both = { before: await shown(before), after: await shown(after) };
    const isWhole = both.before === before && both.after === after;
    improvements.push({
      ...outcome,
      ...both,
      ...(isWhole ? {} : { p: null, verdict: "not_measured" as const }),
    });
  }
  return { ...sheet, improvements };
}
