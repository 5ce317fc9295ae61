import type { DuckDBConnection } from "@duckdb/node-api";
import { type BenefitCases, hasComparison, type Method } from "../../analysis/benefit/estimate.js";
import { explain, type Groups } from "../../kpi/explain.js";
import { type Components, measure } from "../../kpi/value.js";
import {
  hodgesLehmann,
  mannWhitney,
  type Ranked,
  twoProportions,
  twoRates,
  welch,
} from "../../statistics/twoSamples.js";
import { extremeMonth, segmentedMonths, study, studyMonths } from "./byMonth.js";
import { placeOf } from "./cases.js";
import { type Contrasted, changeOf, contrast, contrastOf, effectIn, exposureOf } from "./contrast.js";
import type { Companions, Days, Initiative } from "./initiative.js";
import { isWhole } from "./obstacle.js";
import { placeboSpace, placeboStarts, placeboTime } from "./placebos.js";
import { overlaps, pairAt, runOf, yearBefore } from "./windowPairs.js";

type Found = Contrasted & { ranked: Ranked[] | null };

/** What stands beside an initiative's verdict. */
export async function companionsOf(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
  found: Found,
  others: readonly Initiative[],
): Promise<Companions> {
  const { ranked, cases } = found;
  const hasCases = cases.cells.some(({ place }) => place === placeOf(initiative));
  const test = ranked && mannWhitney(ranked);
  return {
    textbook: textbook(initiative, method, found),
    mann_whitney: ranked && test && { ...test, shift: hodgesLehmann(ranked) },
    year_earlier: await yearEarlier(db, initiative, method),
    mix_effect: method === "poisson" ? null : mixEffect(initiative, cases),
    // A value that the data do not know has no months to ask for.
    segmented: hasCases ? await segmentedMonths(db, initiative) : null,
    extreme_month: hasCases ? await extremeMonth(db, initiative) : null,
    customers: customersOf(cases, placeOf(initiative)),
    ...together(initiative, others, hasComparison(cases.cells, contrastOf(placeOf(initiative)))),
    event_study: await study(db, initiative, method),
    placebo_time: await placeboTime(db, initiative, method, others),
    placebo_space: await placeboSpace(db, initiative, method, found),
  };
}

/** Every window but its own that an initiative's companions look at. */
export async function companionWindows(
  db: DuckDBConnection,
  initiative: Initiative,
  others: readonly Initiative[],
): Promise<Days[]> {
  const starts = await placeboStarts(db, initiative, others);
  const months = (await studyMonths(db, initiative)) ?? [];
  return [
    ...pairAt(initiative, yearBefore(initiative.started_on)),
    ...starts.flatMap((start) => pairAt(initiative, start)),
    ...months,
  ];
}

function textbook(initiative: Initiative, method: Method, found: Found): Companions["textbook"] {
  const { kpi } = initiative;
  const { baseline, follow_up, cases } = found;
  if (method === "poisson") {
    const { before, after } = exposureOf(cases, placeOf(initiative));
    const rates = twoRates(
      { events: before.events, exposure: before.days },
      { events: after.events, exposure: after.days },
    );
    if (!rates) return null;
    const { low, high } = rates.interval;
    const both = { baseline, follow_up };
    // Nothing became something: by how many times nobody can say, by how much they can.
    if (rates.estimate === null || rates.estimate === Infinity)
      return after.events === 0
        ? null
        : { test: "exact", delta: measure(kpi, follow_up).value ?? 0, low: null, high: null, p: rates.p };
    const log = (ratio: number | null) => (ratio === null || ratio === Infinity ? null : Math.log(ratio));
    const interval = { low: log(low), high: log(high) };
    const ratio = Math.log(rates.estimate);
    return {
      test: "exact",
      ...changeOf(
        effectIn(kpi, method, { coefficient: ratio, p: rates.p ?? 1, interval }, { before, after }, both),
      ),
    };
  }
  const isRate = kpi.kind === "rate" || kpi.kind === "customer_rate";
  const unit = kpi.kind === "nps" ? 100 : 1;
  const share = ({ numerator, denominator }: Components) => ({ count: numerator, n: denominator });
  const moments = ({ numerator, denominator, sumSq }: Components) => ({
    n: denominator,
    sum: numerator,
    sumSq,
  });
  const compared = isRate
    ? twoProportions(share(baseline), share(follow_up))
    : welch(moments(baseline), moments(follow_up));
  if (!compared) return null;
  const { low, high } = compared.interval;
  const scaled = (end: number | null) => (end === null ? null : end * unit);
  return {
    test: isRate ? "two_proportions" : "welch",
    delta: compared.estimate * unit,
    low: scaled(low),
    high: scaled(high),
    p: compared.p,
  };
}

async function yearEarlier(
  db: DuckDBConnection,
  initiative: Initiative,
  method: Method,
): Promise<Companions["year_earlier"]> {
  const [baseline, follow_up] = pairAt(initiative, yearBefore(initiative.started_on));
  for (const days of [baseline, follow_up]) if (!(await isWhole(db, initiative.kpi, days))) return null;
  const { effect } = await contrast(db, initiative, [baseline, follow_up], method);
  return effect && { ...changeOf(effect), baseline, follow_up };
}

/** How much of the change in scope comes from other weights of segments and types, whose own values stay. */
function mixEffect(initiative: Initiative, { cells }: BenefitCases): number | null {
  const place = placeOf(initiative);
  const groups = (window: number): Groups =>
    new Map(
      cells
        .filter((cell) => cell.place === place && cell.window === window)
        .map(({ segment, type, sum, weight }) => [
          `${segment}\n${type}`,
          { numerator: sum, denominator: weight },
        ]),
    );
  return explain(initiative.kpi.kind, groups(0), groups(1))?.mix_effect ?? null;
}

/** Who of the customers in scope is in both windows. */
function customersOf({ cells, parts }: BenefitCases, place: string): Companions["customers"] {
  const windows = cells.map((cell) => (cell.place === place ? cell.window : -1));
  const counts = { both: 0, left: 0, joined: 0 };
  for (let at = 0; at < parts.clusters.length; ) {
    const cluster = parts.clusters[at];
    let seen = 0;
    for (; at < parts.clusters.length && parts.clusters[at] === cluster; at += 1) {
      const window = windows[parts.cells[at] ?? -1] ?? -1;
      if (window >= 0) seen |= 1 << window;
    }
    if (seen === 3) counts.both += 1;
    else if (seen === 1) counts.left += 1;
    else if (seen === 2) counts.joined += 1;
  }
  return counts.both + counts.left + counts.joined > 0 ? counts : null;
}

/** Whether two scopes can have cases in common. */
const mayMeet = (one: Initiative["scope"], other: Initiative["scope"]) =>
  !one || !other || one.dimension !== other.dimension || one.value === other.value;

/** Initiatives that ran in one of the windows: on cases that may be the same, or on the same KPI in the comparison group. */
function together(
  initiative: Initiative,
  others: readonly Initiative[],
  isCompared: boolean,
): Pick<Companions, "overlapping" | "in_comparison"> {
  const running = others.filter(
    (other) =>
      other.initiative_id !== initiative.initiative_id &&
      [initiative.baseline, initiative.follow_up].some((days) => overlaps(days, runOf(other))),
  );
  const isLike = ({ kpi }: Initiative) => kpi.id === initiative.kpi.id;
  const [near, far] = [true, false].map((is) =>
    running.filter(({ scope }) => mayMeet(initiative.scope, scope) === is),
  ) as [Initiative[], Initiative[]];
  const idsOf = (some: readonly Initiative[]) => some.map(({ initiative_id }) => initiative_id);
  return {
    overlapping: idsOf([...near.filter(isLike), ...near.filter((other) => !isLike(other))]),
    in_comparison: isCompared ? idsOf(far.filter(isLike)) : [],
  };
}
