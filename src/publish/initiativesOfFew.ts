import type { DuckDBConnection } from "@duckdb/node-api";
import { peopleOf } from "../answers/benefit/cases.js";
import { type Initiative, namedWindow } from "../answers/benefit/initiative.js";
import { addMonths } from "../kpi/periods.js";
import type { Assessment, Days } from "../published/benefitTypes.js";
import { withWindows } from "../warehouse/windows.js";
import type { Unshown } from "./unshown.js";

/** Why an initiative's figures are not shown. */
export type Hidden = NonNullable<Assessment["hidden"]>;

const windowsOf = ({ baseline, follow_up }: Initiative): Days[] => [baseline, follow_up];
const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const cutsOf = (initiatives: readonly Initiative[]) => [
  ...new Set(
    initiatives
      .flatMap(windowsOf)
      .flatMap(({ start, end }) => [start, end])
      .filter((day) => !day.endsWith("-01")),
  ),
];

/**
 * Which initiatives of a KPI would tell of 1 to `min_cell` - 1 people, and why. Whoever knows the months, the company's
 * figures and those of all initiatives can take them from each other: what is left is a part of a month between the days at
 * which any of them cuts it, or a window, of a scope or of all that is no scope. Each of these must be of nobody or of
 * enough. A month in a window that is not shown would be left over as well. The company's own figures are always shown.
 * @param initiatives all that are published on one KPI
 */
export async function initiativesOfFew(
  db: DuckDBConnection,
  initiatives: readonly Initiative[],
  unshown: Unshown,
  withPersons: boolean,
): Promise<Map<Initiative, Hidden>> {
  const found = new Map<Initiative, Hidden>();
  const [first] = initiatives;
  if (!first || !mayTellOfFew(first, unshown, withPersons)) return found;
  const scoped = initiatives.filter(({ scope }) => scope !== null);
  const parts = partsOfMonths(cutsOf(initiatives));
  for (const dimension of new Set(scoped.map(({ scope }) => scope?.dimension))) {
    const own = scoped.filter(({ scope }) => scope?.dimension === dimension);
    const values = [...new Set(own.map(({ scope }) => scope?.value ?? ""))];
    const [one] = own;
    const few = one && parts.length > 0 ? await fewIn(db, one, parts, values, unshown.minCell) : [];
    const months = new Set(few.map(({ start }) => monthOf(start)));
    for (const initiative of own) {
      const cuts = cutsOf([initiative]).map(monthOf);
      if (cuts.some((month) => months.has(month))) found.set(initiative, "cut");
    }
  }
  for (const initiative of scoped) {
    if (found.get(initiative) === "few" || !initiative.scope) continue;
    const { dimension, value } = initiative.scope;
    for (const days of windowsOf(initiative)) {
      // Of all that have this window together, what is left is the rest; of this one alone, all others.
      const alike = scoped.filter(
        ({ scope, ...other }) =>
          scope?.dimension === dimension &&
          windowsOf({ scope, ...other }).some(({ start, end }) => start === days.start && end === days.end),
      );
      for (const values of [[value], alike.map(({ scope }) => scope?.value ?? "")])
        if ((await fewIn(db, initiative, [days], values, unshown.minCell)).length > 0)
          found.set(initiative, "few");
    }
    const hidden = [...(await unshown.months(initiative.kpi.id, dimension, value))].filter((month) =>
      windowsOf(initiative).some((days) => meets(month, days)),
    );
    if (hidden.length === 0 || found.has(initiative)) continue;
    const months = hidden.map((start) => ({ start, end: addMonths(start, 1) }));
    const isOwn = (await fewIn(db, initiative, months, [value], unshown.minCell, false)).length > 0;
    found.set(initiative, isOwn ? "few" : "neighbour");
  }
  return found;
}

/** Whether figures of an initiative's KPI are of people of whom few are not told. */
export const mayTellOfFew = (
  { kpi: { contributors } }: Initiative,
  { minCell }: Pick<Unshown, "minCell">,
  withPersons: boolean,
): boolean => minCell > 1 && contributors !== "none" && !(contributors === "employees" && withPersons);

/** Whether days have a day in a month. */
export const meets = (month: string, { start, end }: Days): boolean =>
  month < end && addMonths(month, 1) > start;

/** Reads an initiative's cases in windows of its own. */
function inWindows<T>(
  db: DuckDBConnection,
  initiative: Initiative,
  days: readonly Days[],
  read: (asked: { initiative: Initiative; windows: ReturnType<typeof namedWindow>[] }) => Promise<T>,
): Promise<T> {
  const windows = days.map(namedWindow);
  const marts = initiative.kpi.cases === "periods" ? [`marts.${initiative.kpi.id}`] : [];
  return withWindows(db, windows, marts, () => read({ initiative, windows }));
}

/** The days of which the cases of a value, or of all others, are of 1 to `fewest` - 1 people. */
export async function fewIn(
  db: DuckDBConnection,
  initiative: Initiative,
  days: readonly Days[],
  values: readonly string[],
  fewest: number,
  withOthers = true,
): Promise<Days[]> {
  const counts = await inWindows(db, initiative, days, (asked) => peopleOf(db, asked, values));
  const few = new Set(
    counts
      .filter(({ place, people }) => (withOthers || place !== null) && people > 0 && people < fewest)
      .map(({ window }) => window),
  );
  return days.filter((_, at) => few.has(at));
}

/** What days leave of the months they cut. */
function partsOfMonths(cuts: readonly string[]): Days[] {
  return [...new Set(cuts.map(monthOf))].sort().flatMap((month) => {
    const ends = [month, ...cuts.filter((day) => monthOf(day) === month).sort(), addMonths(month, 1)];
    return ends.slice(1).map((end, at) => ({ start: ends[at] ?? month, end }));
  });
}
