import { type Explanation, explain, type Groups, spread } from "../../src/kpi/explain.js";
import { addMonths, monthsOf } from "../../src/kpi/periods.js";
import { noCases } from "../../src/kpi/value.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { type CubeWindow, cellsIn } from "../data/cells.js";
import { type Cube, sumCube } from "../data/cube.js";
import { remainder, type Sides, withRemainder } from "../data/remainder.js";
import type { Difference, Point } from "../data/series.js";
import type { KpiView } from "./kpiPage.js";

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
  /** How many groups are not shown; in the explanation they are the `remainder`. */
  unshown: number;
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
    from: { role: point.partial ? `elapsed_${compare}` : "period", grain: choice.grain, start: from },
    to: { role: "period", grain: choice.grain, start },
  };
  const tables = { cube, singles, parts };
  const where = Object.fromEntries(
    Object.entries(choice.where).map(([name, value]) => [name, [value] as const]),
  );
  const splits = dimensionsFor(kpi, choice, (kpi.all_months ? parts : singles) !== null).map((dimension) => {
    const { explanation, unshown } = explained(kpi, dimension, windows, tables, where);
    return { dimension, explanation: addsUp(explanation, difference) ? explanation : null, unshown };
  });
  // Dimensions that divide the cases go before those of which groups are hidden, and these before those that do not divide.
  const size = ({ explanation, unshown }: (typeof splits)[number]) => {
    if (explanation && explanation.groups.length > 1)
      return spread({ groups: explanation.groups.filter(({ group }) => group !== remainder) });
    return unshown > 0 ? -1 : explanation ? -2 : -3;
  };
  const [widest] = splits.toSorted((a, b) => size(b) - size(a));
  return widest
    ? { kpi, choice, point, compare, from, difference, isWidest: splits.length > 1, ...widest }
    : null;
}

/** What the groups of a window add, with the base where the KPI is the growth of a share. */
function partsOf(parts: Cube, kpi: Kpi, where: Record<string, string[]>): Sides {
  const side = (prefix: string) => {
    const column = (name: string) => parts.numbers.get(`${prefix}${name}`) ?? [];
    const numbers = new Map([
      ["numerator", column("numerator")],
      ["denominator", column("denominator")],
      ["hidden", parts.numbers.get("hidden") ?? []],
    ]);
    return sumCube({ ...parts, numbers }, { kpi_id: [kpi.id], ...where }, ["value"]);
  };
  const own = side("");
  if (kpi.kind !== "growth") return own;
  const base = side("base_");
  return new Map(
    [...own].map(([group, sums]) => [group, sums && { ...sums, base: base.get(group) ?? noCases }]),
  );
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
  from: CubeWindow;
  to: CubeWindow;
}

interface Split {
  explanation: Explanation | null;
  /** How many groups are not shown. */
  unshown: number;
}

const notSplit: Split = { explanation: null, unshown: 0 };

/** Groups are hidden, and nothing follows from the others. */
const hiddenSplit = (from: Sides, to: Sides): Split => ({
  explanation: null,
  unshown: new Set([...from, ...to].flatMap(([group, cell]) => (cell === null ? [group] : []))).size,
});

function explained(
  kpi: Kpi,
  dimension: string,
  { from, to }: Windows,
  { cube, singles, parts }: ChangeTables,
  where: Record<string, readonly [string]>,
): Split {
  if (kpi.all_months) {
    if (!parts || Object.keys(where).length > 0) return notSplit;
    const sums = ({ role, grain, start }: CubeWindow) =>
      partsOf(parts, kpi, { by: [dimension], role: [role], grain: [grain], period_start: [start] });
    const [before, after] = [sums(from), sums(to)];
    const sides = withRemainder(before, after, () => ({ from: null, to: null }));
    return sides
      ? { explanation: explain(kpi.kind, sides.from, sides.to), unshown: 0 }
      : hiddenSplit(before, after);
  }
  const combines = kpi.published.cross.includes(dimension);
  const table = combines ? cube : singles;
  if (!table) return notSplit;
  const groups = combines
    ? { where, by: [dimension] }
    : { where: { by: [dimension] as const }, by: ["value"] };
  const [before, after] = [cellsIn(table, kpi, from, groups), cellsIn(table, kpi, to, groups)];
  const wholeOf = (window: CubeWindow) =>
    cellsIn(cube, kpi, window, { where: combines ? where : {} }).get("");
  const sides = withRemainder(before, after, () => ({ from: wholeOf(from), to: wholeOf(to) }));
  if (!sides || (sides.unshown > 0 && sides.from.size + sides.to.size === 2))
    return hiddenSplit(before, after);
  const { unshown } = sides;
  if (!kpi.numerator_dimensions.includes(dimension))
    return { explanation: explain(kpi.kind, sides.from, sides.to), unshown };
  const names = [...new Set([...sides.from.keys(), ...sides.to.keys()])];
  const overWhole = (window: CubeWindow, own: Groups): Groups => {
    const denominator = wholeOf(window)?.denominator ?? 0;
    return new Map(names.map((name) => [name, { numerator: own.get(name)?.numerator ?? 0, denominator }]));
  };
  const explanation = explain(
    kpi.kind,
    overWhole(from, sides.from),
    overWhole(to, sides.to),
    (group) => group,
  );
  return { explanation, unshown };
}

/** The parts are those of the value that the page shows: a group that was left out would be missed here. */
function addsUp(explanation: Explanation | null, { value, delta }: Difference): boolean {
  if (!explanation) return false;
  const size = Math.max(Math.abs(value), Math.abs(value + delta), 1e-300);
  return Math.abs(explanation.delta - delta) <= 1e-9 * size;
}
