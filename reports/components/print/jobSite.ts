import { type Dimension, dimensionOf } from "../../src/catalogue/dimensions.js";
import type { PackNames } from "../../src/published/packFigures.js";
import type { PrintJob, ScopeCell } from "../../src/published/packTypes.js";
import type { CompanyScore, Ranking } from "../../src/published/scoreTypes.js";
import type { Cube } from "../data/cube.js";
import { currentPeriod } from "../data/headline.js";
import { dimensionHead, dimensionLabel, valueLabel } from "../data/labels.js";
import type { Site } from "../data/site.js";

/** Dimensions that scorecards are made for. */
const scored: readonly string[] = ["team", "employee"];

/**
 * The site as a pack sees it: what ended after its period is not there, and of a scope there is nothing but its own, so that
 * every part of a report that is drawn of it tells of no others. It is about the period that was asked for, else the company's:
 * of how few KPIs a scope has figures does not decide it. `kpi` knows those too that nothing tells apart by the scope, for what
 * an item of a scorecard is called and counted in.
 */
export function siteOfJob(site: Site, job: PrintJob, rankings: readonly Ranking[]): Site {
  const { period, scope, cells } = job;
  const until = period?.end ?? "9999";
  const isOver = ({ period_end }: { period_end: string }) => period_end <= until;
  const isOfSubjects = scope !== null && scored.includes(scope.dimension);
  const build = { ...site.build, periods: site.build.periods.filter(isOver) };
  const scores = (isOfSubjects ? scoresOfSubject(rankings, scope) : scope ? [] : site.scores).filter(isOver);
  const grain = period?.grain ?? "month";
  const about = period?.start ?? currentPeriod(site, grain);
  const isAsked = period !== null;
  if (!scope) return { ...site, build, scores, grain, about, isAsked, totals: site.totals };
  const catalogue = catalogueOf(site, scope.dimension);
  return {
    ...site,
    build,
    catalogue,
    grain,
    about,
    isAsked,
    scores,
    part: {
      dimensions: [dimensionOf(scope.dimension) ?? (scope.dimension as Dimension)],
      value: scope.value,
    },
    totals: cubeOf(cells ?? []),
  };
}

const hasKpis = ({ kpis }: { kpis: readonly string[] }) => kpis.length > 0;

/** The catalogue of the KPIs that a dimension tells apart: those alone are bones, and signs of causes; a cause without any is none. */
function catalogueOf({ catalogue }: Site, dimension: string): Site["catalogue"] {
  const kpis = catalogue.kpis.filter((kpi) => isSplitBy(kpi, dimension));
  const known = new Set(kpis.map(({ id }) => id));
  const own = <Of extends { kpis: string[] }>(of: Of): Of => ({
    ...of,
    kpis: of.kpis.filter((id) => known.has(id)),
  });
  return {
    ...catalogue,
    kpis,
    fishbones: catalogue.fishbones.map((fishbone) => ({
      ...fishbone,
      success_factors: fishbone.success_factors.filter((id) => known.has(id)),
      branches: fishbone.branches.map(own),
    })),
    problems: catalogue.problems.flatMap((problem) => {
      const branches = problem.branches
        .map((branch) => ({ ...branch, causes: branch.causes.map(own).filter(hasKpis) }))
        .filter(({ causes }) => causes.length > 0);
      return branches.length > 0 ? [{ ...problem, branches }] : [];
    }),
  };
}

/** Whether a KPI's cases, all of them, are told apart by a dimension. */
const isSplitBy = (
  { published, numerator_dimensions }: Site["catalogue"]["kpis"][number],
  dimension: string,
): boolean =>
  [...published.cross, ...published.single].includes(dimension) && !numerator_dimensions.includes(dimension);

/** A scope in words; null for the company. */
export function scopeName(site: Site, scope: PrintJob["scope"]): string | null {
  if (!scope) return null;
  const { colon } = site.messages.punctuation;
  return `${dimensionLabel(site, scope.dimension)}${colon}${valueLabel(site, scope.dimension, scope.value)}`;
}

/** What the dimensions and values of a scope are called. */
export function scopeNames(
  site: Site,
  scope: Record<string, string>,
): Pick<PackNames, "dimensions" | "values"> {
  const entries = Object.entries(scope);
  return {
    dimensions: Object.fromEntries(entries.map(([name]) => [name, dimensionHead(site, name)])),
    values: Object.fromEntries(
      entries.map(([name, value]) => [name, { [value]: valueLabel(site, name, value) }]),
    ),
  };
}

/** A team's or an employee's scores, as if they were the company's. */
function scoresOfSubject(
  rankings: readonly Ranking[],
  { dimension, value }: NonNullable<PrintJob["scope"]>,
): CompanyScore[] {
  return rankings
    .filter(({ kind }) => kind === dimension)
    .flatMap(({ scorecard, grain, period_start, period_end, subjects }) =>
      subjects
        .filter(({ subject }) => subject === value)
        .map(({ subject: _, rank: __, ...score }) => ({
          ...score,
          scorecard,
          grain,
          period_start,
          period_end,
        })),
    )
    .sort((one, other) => one.period_start.localeCompare(other.period_start));
}

/** Cells as a table of totals. */
function cubeOf(cells: readonly ScopeCell[]): Cube {
  const words = (["kpi_id", "role", "grain", "period_start"] as const).map((name) => {
    const known: string[] = [...new Set(cells.map((cell) => cell[name]))];
    const codes = new Map(known.map((word, code) => [word, code]));
    return [name, { words: known, codes: cells.map((cell) => codes.get(cell[name]) ?? -1) }] as const;
  });
  const numbers = (["numerator", "denominator", "n", "sum_sq", "awaiting", "hidden"] as const).map(
    (name) => [name, cells.map((cell) => cell[name])] as const,
  );
  return { length: cells.length, words: new Map(words), numbers: new Map(numbers) };
}
