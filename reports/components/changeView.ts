import { type Cube, sumCube } from "./cube.js";
import { type Explanation, explain, type Groups, spread } from "./kpi/explain.js";
import { addMonths, type Grain, monthsOf } from "./kpi/periods.js";
import type { KpiView } from "./kpiPage.js";
import type { Difference, Point } from "./series.js";
import type { Kpi, Role } from "./siteTypes.js";

/** The period whose change is shown, and what it is compared with. */
export interface Compared {
  start: string;
  compare: "previous" | "year";
}

/** The published tables that a change is read from. */
export interface ChangeTables {
  cube: Cube;
  /** The dimensions that do not combine. */
  singles: Cube | null;
  /** What groups add to the KPIs whose own values do not say it. */
  parts: Cube | null;
}

/** A KPI's change between two periods, split by one dimension. */
export interface ChangeView extends Pick<KpiView, "choice"> {
  kpi: Kpi;
  point: Point;
  compare: Compared["compare"];
  /** The start of the period compared with. */
  from: string;
  difference: Difference;
  dimension: string;
  /** The dimension was not chosen: of all, its groups' contributions lie farthest apart. */
  isWidest: boolean;
  /** Null where the published tables cannot tell: they hold values of the groups that do not add up. */
  explanation: Explanation | null;
}

/**
 * The change that a page shows: of the chosen period against the chosen other, by the dimension the page is split by,
 * else by the one whose contributions lie farthest apart. Null where there is no value to compare with, or no dimension.
 */
export function changeView(
  { kpi, points, choice }: Pick<KpiView, "kpi" | "points" | "choice">,
  { start, compare }: Compared,
  { cube, singles, parts }: ChangeTables,
): ChangeView | null {
  const point = points.find((each) => each.start === start);
  const difference = compare === "year" ? point?.lastYear : point?.previous;
  if (!point || !difference || point.value === null) return null;
  const months = compare === "year" ? 12 : monthsOf[choice.grain];
  const from = addMonths(start, -months);
  const windows: Windows = {
    from: { role: point.partial ? `elapsed_${compare}` : "period", start: from },
    to: { role: "period", start },
    grain: choice.grain,
  };
  const tables = { cube, singles, parts };
  const where = Object.fromEntries(Object.entries(choice.where).map(([name, value]) => [name, [value]]));
  const splits = dimensionsFor(kpi, choice, (kpi.allMonths ? parts : singles) !== null).map((dimension) => {
    const explanation = explained(kpi, dimension, windows, tables, where);
    return { dimension, explanation: addsUp(explanation, difference) ? explanation : null };
  });
  const size = ({ explanation }: (typeof splits)[number]) => (explanation ? spread(explanation) : -1);
  const [widest] = splits.toSorted((a, b) => size(b) - size(a));
  return widest
    ? { kpi, choice, point, compare, from, difference, isWidest: splits.length > 1, ...widest }
    : null;
}

/** What the groups of a window add, with the base where the KPI is the growth of a share. */
function partsOf(parts: Cube, kpi: Kpi, where: Record<string, string[]>): Groups {
  const side = (prefix: string) => {
    const column = (name: string) => parts.numbers.get(`${prefix}${name}`) ?? [];
    const numbers = new Map([
      ["numerator", column("numerator")],
      ["denominator", column("denominator")],
    ]);
    return sumCube({ ...parts, numbers }, { kpi_id: [kpi.id], ...where }, ["value"]);
  };
  const own = side("");
  if (kpi.kind !== "growth") return own;
  const base = side("base_");
  return new Map([...own].map(([group, sums]) => [group, { ...sums, base: base.get(group) }]));
}

/** Whether a page needs the table of single dimensions for the split of a change. */
export function needsSingles({ published }: Kpi, by: string): boolean {
  return published.single.includes(by) || (by === "" && published.cross.length === 0);
}

function dimensionsFor(kpi: Kpi, { by, where }: KpiView["choice"], hasSingles: boolean): string[] {
  if (by !== "") return [by];
  const { cross, single } = kpi.published;
  const open = cross.filter((name) => !(name in where));
  return open.length > 0 || !hasSingles ? open : [...single];
}

interface Windows {
  from: { role: Role; start: string };
  to: { role: Role; start: string };
  grain: Grain;
}

function explained(
  kpi: Kpi,
  dimension: string,
  windows: Windows,
  { cube, singles, parts }: ChangeTables,
  where: Record<string, string[]>,
): Explanation | null {
  if (kpi.allMonths) {
    if (!parts || Object.keys(where).length > 0) return null;
    const sums = ({ role, start }: Windows["from"]) =>
      partsOf(parts, kpi, { by: [dimension], role: [role], grain: [windows.grain], period_start: [start] });
    return explain(kpi.kind, sums(windows.from), sums(windows.to));
  }
  const combines = kpi.published.cross.includes(dimension);
  const table = combines ? cube : singles;
  if (!table) return null;
  const side = (end: "from" | "to"): Groups =>
    sumCube(
      table,
      { ...(combines ? where : { by: [dimension] }), ...rowsOf(kpi, windows[end], windows.grain) },
      [combines ? dimension : "value"],
    );
  const [before, after] = [side("from"), side("to")];
  if (!kpi.numeratorDimensions.includes(dimension)) return explain(kpi.kind, before, after);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const overWhole = (end: "from" | "to", groups: Groups): Groups => {
    const whole = sumCube(cube, rowsOf(kpi, windows[end], windows.grain), []).get("");
    const denominator = whole?.denominator ?? 0;
    return new Map(names.map((name) => [name, { numerator: groups.get(name)?.numerator ?? 0, denominator }]));
  };
  return explain(kpi.kind, overWhole("from", before), overWhole("to", after), (group) => group);
}

/** The rows of a window: months where they add up, else the period's own; elapsed windows have theirs. */
function rowsOf(
  kpi: Kpi,
  { role, start }: Windows["from"],
  grain: Grain,
): { role: string[]; grain: string[]; period_start: string[] } {
  if (role !== "period" || !kpi.additive) return { role: [role], grain: [grain], period_start: [start] };
  const months = Array.from({ length: monthsOf[grain] }, (_, index) => addMonths(start, index));
  return { role: [role], grain: ["month"], period_start: months };
}

/** The parts are those of the value that the page shows: a group that was left out would be missed here. */
function addsUp(explanation: Explanation | null, { value, delta }: Difference): boolean {
  if (!explanation) return false;
  const size = Math.max(Math.abs(value), Math.abs(value + delta), 1e-300);
  return Math.abs(explanation.delta - delta) <= 1e-9 * size;
}
