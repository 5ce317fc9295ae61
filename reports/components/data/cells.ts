import { addMonths, type Grain, monthsOf } from "../../src/kpi/periods.js";
import { type Components, noCases } from "../../src/kpi/value.js";
import type { Kpi, Role } from "../../src/published/siteTypes.js";
import { type Cells, type Cube, separator, sumCube } from "./cube.js";

/** A published window of a KPI: a period, or the elapsed days of an earlier one. */
export interface CubeWindow {
  role: Role;
  grain: Grain;
  start: string;
}

type Cell = Components | null | undefined;

/**
 * The cell of a window: the publisher's own row where there is one, else, of a KPI that adds up over time, its months.
 * Null where any of them is not shown, undefined where there are no cases.
 */
export function cellIn(
  { additive }: Pick<Kpi, "additive">,
  { role, grain, start }: CubeWindow,
  rowOf: (grain: Grain, start: string) => Cell,
): Cell {
  const own = rowOf(grain, start);
  if (own !== undefined || !additive || role !== "period") return own;
  const months = Array.from({ length: monthsOf[grain] }, (_, index) => addMonths(start, index));
  let total: Cell;
  for (const month of months) {
    const part = rowOf("month", month);
    if (part === null) return null;
    if (part) total = added(total ?? noCases, part);
  }
  return total;
}

/** The cells of a window, one for each combination of the `by` columns; keys as in `sumCube`. */
export function cellsIn(
  cube: Cube,
  kpi: Pick<Kpi, "additive">,
  window: CubeWindow,
  { where = {}, by = [] }: { where?: Readonly<Record<string, readonly [string]>>; by?: readonly string[] },
): Cells {
  const { role, grain, start } = window;
  const months = Array.from({ length: monthsOf[grain] }, (_, index) => addMonths(start, index));
  const within = { role: [role], grain: [...new Set([grain, "month"])], period_start: months };
  const groups = new Map<string, Map<string, Components | null>>();
  for (const [key, cell] of sumCube(cube, { ...where, ...within }, ["grain", "period_start", ...by])) {
    const [rowGrain, rowStart, ...words] = key.split(separator);
    const group = words.join(separator);
    const rows = groups.get(group) ?? new Map<string, Components | null>();
    groups.set(group, rows.set(`${rowGrain} ${rowStart}`, cell));
  }
  const cells: Cells = new Map();
  for (const [group, rows] of groups) {
    const cell = cellIn(kpi, window, (rowGrain, rowStart) => rows.get(`${rowGrain} ${rowStart}`));
    if (cell !== undefined) cells.set(group, cell);
  }
  return cells;
}

function added(one: Components, other: Components): Components {
  return {
    numerator: one.numerator + other.numerator,
    denominator: one.denominator + other.denominator,
    n: one.n + other.n,
    sumSq: one.sumSq + other.sumSq,
    awaiting: one.awaiting + other.awaiting,
  };
}
