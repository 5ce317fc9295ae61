import type { Verdict } from "../analysis/benefit/verdict.js";
import { addDays, daysBetween } from "../kpi/periods.js";
import {
  type Assessment,
  type Companions,
  type Days,
  type ErrorRates,
  isCompared,
  isTested,
} from "../published/benefitTypes.js";
import { grouped } from "./figures.js";
import {
  dayText,
  differenceEnds,
  differenceText,
  type Figure,
  moneyEnds,
  moneyText,
  setDifferenceText,
  shareText,
  valueText,
} from "./figureText.js";
import { type BenefitMessages, benefit, type Language } from "./languages.js";
import type { Labels } from "./wording.js";

/** What sentences on an initiative need to know of its KPI. */
export interface BenefitKpi extends Figure {
  label: Labels;
  counts: Labels;
  direction: "up" | "down" | "none";
  horizon_days: number | null;
  matures: "awaited" | "limits" | null;
}

/** What things are called, and up to when the data go. */
export interface BenefitNames {
  kpi(id: string): BenefitKpi | undefined;
  initiative(id: string): string;
  /** A dimension, as `region`. */
  dimension(name: string): string;
  /** A value of one. */
  value(dimension: string, value: string): string;
  /** The code of the currency that money is in. */
  currency: string;
  /** The last day of the data. */
  as_of_on: string;
  /** How many customers a figure is of at least. */
  min_cell: number;
}

/** An initiative in words. Every sentence follows from a figure by rule, and none says more than the verdict. */
export interface BenefitText {
  /** One line: what the verdict is of what. */
  happened: string;
  /** What was done, what became of the KPI, how sure that is, and what it was worth. */
  sentences: string[];
  /** What keeps the figures from being more than they are. */
  limits: string[];
}

interface Teller {
  say: BenefitMessages;
  language: Language;
  names: BenefitNames;
  row: Assessment;
  kpi: BenefitKpi;
}

/** More false alarms than this on quiet months, and the method is not to be trusted. */
const mostAlarms = 0.1;

/** The share of earlier starts at which the method would have cried wolf; null where there was none. */
export const alarmShare = (time: Companions["placebo_time"]): number | null =>
  time && time.starts.length > 0 ? time.alarms / time.starts.length : null;

/** Whether the method cries wolf too often where nothing was done. */
export const isDistrusted = ({ companions }: Assessment): boolean =>
  (alarmShare(companions?.placebo_time ?? null) ?? 0) > mostAlarms;

/** The last day that the data have to reach for a verdict. */
export const verdictDay = (
  { follow_up }: Assessment,
  kpi: { horizon_days?: number | null | undefined } | undefined,
): string => addDays(follow_up.end, (kpi?.horizon_days ?? 0) - 1);

/** An initiative's paragraph. */
export function benefitText(row: Assessment, names: BenefitNames, language: Language): BenefitText {
  const say = benefit(language);
  const kpi = names.kpi(row.kpi_id) ?? stranger(row.kpi_id);
  const teller: Teller = { say, language, names, row, kpi };
  const limits = [...limitsOf(teller), ...registrationOf(teller), ...decidedOf(teller)];
  const sentences = [
    done(teller),
    ...figures(teller),
    ...verdict(teller),
    ...expectation(teller),
    ...worth(teller),
    ...(isTested(row.verdict) ? attribution(teller, limits.length > 0) : []),
  ];
  return { happened: headline(teller), sentences, limits };
}

/** All of a text in one paragraph. */
export const benefitParagraph = ({ sentences, limits }: BenefitText, language: Language): string =>
  [...sentences, ...limits].join(benefit(language).join);

const stranger = (id: string): BenefitKpi => ({
  label: { en: id, "zh-CN": id },
  counts: { en: "", "zh-CN": "" },
  unit: "count",
  direction: "none",
  horizon_days: null,
  matures: null,
});

const kpiName = ({ kpi, language }: Teller) => kpi.label[language];

/** Whom an initiative concerns; null where everybody. */
export function scopeText({ scope }: Pick<Assessment, "scope">, names: BenefitNames): string | null {
  const values = Object.entries(scope).map(([dimension, value]) => names.value(dimension, value));
  return values.length > 0 ? values.join(", ") : null;
}

const day = (iso: string, { language }: Teller) => dayText(iso, language);
const spanOf = ({ start, end }: Days, teller: Teller) =>
  teller.say.span(day(start, teller), day(addDays(end, -1), teller));

/** A change with its interval. */
export function changeText(
  row: Pick<Assessment, "delta" | "low" | "high">,
  kpi: Figure,
  language: Language,
): { change: string; low: string; high: string } {
  const { delta, low, high } = row;
  return {
    change: delta === null ? "–" : differenceText(kpi, { value: delta, low, high }, language),
    ...differenceEnds(kpi, { value: delta, low, high }, language),
  };
}

/** An expected change as it was set. */
export const expectedText = setDifferenceText;

export const qText = (q: number): string => (q < 0.001 ? "< 0.001" : `= ${q.toFixed(q < 0.1 ? 3 : 2)}`);

function headline(teller: Teller): string {
  const { say, row, language, kpi } = teller;
  const { name } = row;
  const words = say.headline;
  if (row.hidden) return words.hidden(name);
  if (!isTested(row.verdict))
    return row.verdict === "still_running"
      ? words[row.started_on > teller.names.as_of_on ? "planned" : "still_running"](
          name,
          day(verdictDay(row, kpi), teller),
        )
      : words[row.verdict as "not_recorded" | "not_testable" | "too_little_data"](name);
  const { change, low, high } = changeText(row, kpi, language);
  const parts = { name, kpi: kpiName(teller), change, interval: say.between(low, high) };
  if (row.verdict === "no_demonstrable_change") return words.no_demonstrable_change(parts);
  return words.changed({ ...parts, verdict: say.verdicts[row.verdict] });
}

function done(teller: Teller): string {
  const { say, row, names, kpi, language } = teller;
  const scope = scopeText(row, names) ?? say.everybody;
  const parts = { name: row.name, scope, on: day(row.started_on, teller) };
  const isBegun = row.started_on <= names.as_of_on;
  const goal =
    row.expected === null || row.expected === 0
      ? say.goal.none(kpiName(teller))
      : say.goal[row.expected < 0 ? "lower" : "raise"](
          kpiName(teller),
          expectedText(kpi, Math.abs(row.expected), language).replace("+", ""),
        );
  return (isBegun ? say.done : say.planned)({ ...parts, goal });
}

function figures(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { baseline, follow_up } = row;
  if (row.hidden) return [say.hidden(names.min_cell)];
  if (row.verdict === "not_recorded") return [];
  if ((baseline.n ?? 0) + (follow_up.n ?? 0) === 0 && row.started_on <= names.as_of_on) return [say.empty];
  const counts = kpi.counts[language];
  const side = (window: Assessment["baseline"]) => ({
    value: valueText(kpi, { value: window.value }, language),
    span: spanOf(window, teller),
    n: say.n(Math.round(window.n ?? 0).toLocaleString("en-US"), counts),
  });
  const asOfEnd = addDays(names.as_of_on, 1);
  const before = side({ ...baseline, end: [baseline.end, asOfEnd].sort()[0] ?? asOfEnd });
  if (baseline.value === null && follow_up.value === null) return [];
  if (follow_up.start > names.as_of_on) return [say.before({ kpi: kpiName(teller), ...before })];
  const isPartial = addDays(follow_up.end, -1) > names.as_of_on;
  if (isPartial)
    return [
      say.soFar({
        kpi: kpiName(teller),
        before,
        after: side({ ...follow_up, end: addDays(names.as_of_on, 1) }),
        days: daysBetween(follow_up.start, addDays(names.as_of_on, 1)),
        of: daysBetween(follow_up.start, follow_up.end),
      }),
    ];
  const isUnequal =
    row.method?.startsWith("poisson") &&
    daysBetween(baseline.start, baseline.end) !== daysBetween(follow_up.start, follow_up.end);
  return [
    say.figures({ kpi: kpiName(teller), before, after: side(follow_up) }),
    ...(isUnequal && isTested(row.verdict) ? [say.unequal] : []),
  ];
}

function verdict(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { delta, relative, q } = row;
  switch (row.verdict) {
    case "not_recorded":
      return [say.notRecorded];
    case "not_testable":
      return [say.notTestable];
    case "too_little_data":
      return row.hidden ? [] : [say.tooLittle];
    case "still_running": {
      const { follow_up } = row;
      const waits = kpi.horizon_days
        ? say.horizon(kpi.horizon_days)
        : kpi.matures
          ? say.matures[kpi.matures]
          : "";
      if (row.started_on > names.as_of_on) return [say.notBegun(day(verdictDay(row, kpi), teller))];
      const isOver = addDays(follow_up.end, -1) <= names.as_of_on;
      const parts = {
        end: day(addDays(follow_up.end, -1), teller),
        on: day(verdictDay(row, kpi), teller),
        waits,
      };
      return [isOver ? say.waiting(parts) : say.running(parts)];
    }
    default: {
      if (row.hidden || delta === null) return [];
      const { low, high } = changeText(row, kpi, language);
      const dimension = Object.keys(row.scope)[0];
      const parts = {
        kpi: kpiName(teller),
        amount: differenceText(kpi, { value: delta, low: row.low, high: row.high }, language, false),
        change: differenceText(kpi, { value: delta, low: row.low, high: row.high }, language),
        interval: say.between(low, high),
        relative: relative === null ? "" : signedShare(relative, language),
        against: isCompared(row) && dimension ? say.against(names.dimension(dimension)) : say.ownPast,
        q: qText(q ?? 1),
      };
      if (row.verdict === "no_demonstrable_change") return [say.noChange(parts), ...whyNot(teller)];
      const moved = delta < 0 ? say.fell : say.rose;
      return [moved(parts), say.judged(say.verdicts[row.verdict], parts.q)];
    }
  }
}

const signedShare = (share: number, language: Language) =>
  `${share > 0 ? "+" : ""}${shareText(share, language)}`.replace(/^\+?−0(\D)/, "0$1");

/** Why a change whose interval lies off zero is none all the same, and what the others may still be. */
function whyNot({ say, row, kpi, language }: Teller): string[] {
  const { low, high, p, q, companions } = row;
  const isOffZero = (low !== null && low > 0) || (high !== null && high < 0);
  const ranks = companions?.mann_whitney;
  const isAlone = p !== null && p <= 0.05 && q !== null && q > 0.05;
  if (isAlone) return [say.onlyAlone];
  if (isOffZero && kpi.direction === "none") return [say.noDirection];
  if (isOffZero && ranks) return [say.ranksDisagree];
  const found = companions?.placebo_time?.found;
  return [
    say.compatible,
    ...(found
      ? [say.smallest(differenceText(kpi, { value: Math.abs(found), low, high }, language, false))]
      : []),
  ];
}

function expectation({ say, row, kpi, language }: Teller): string[] {
  const { expected, expected_reached: reached, verdict } = row;
  if (row.hidden || expected === null || reached === null || !isTested(verdict)) return [];
  return [say.reached[reached](expectedText(kpi, expected, language))];
}

function worth({ say, row, kpi, names, language }: Teller): string[] {
  const { cost, value_per_unit: perUnit, value_money_low: low, value_money_high: high, verdict } = row;
  const money = (value: number) => moneyText(value, names.currency, language);
  const costs = cost === null ? null : money(cost);
  if (row.hidden || !isTested(verdict)) return costs === null ? [] : [say.cost(costs)];
  if (perUnit === null || kpi.direction === "none")
    return costs === null ? [say.noMoney] : [say.costOnly(costs)];
  const ends = moneyEnds({ low, high }, names.currency, language);
  const range = say.between(ends.low, ends.high);
  const shares = [row.return_low, row.return_high].map((share) =>
    share === null ? "–" : shareText(share, language),
  ) as [string, string];
  const isShown = row.value_money !== null && verdict !== "no_demonstrable_change";
  const returned =
    row.return_low === null && row.return_high === null
      ? ""
      : isShown && row.return !== null
        ? say.returned(shareText(row.return, language), say.between(...shares))
        : say.returnRange(say.between(...shares));
  const parts = { range, cost: costs === null ? say.noCost : say.atCost(costs), returned };
  return [isShown ? say.worth({ ...parts, money: money(row.value_money ?? 0) }) : say.worthRange(parts)];
}

/** Whether the change may be laid to the measure. */
function attribution({ say, row }: Teller, isLimited: boolean): string[] {
  if (row.verdict === "no_demonstrable_change" || row.hidden) return [];
  if (!isCompared(row)) return [];
  const { companions } = row;
  const isChecked =
    companions && (companions.event_study || companions.placebo_time || companions.placebo_space);
  return isChecked && !isLimited ? [say.holds] : [];
}

/** Fewer cases than this in a window are few. */
const fewCases = 100;
/** So much of the customers may leave or join without being said. */
const mostChanged = 0.3;

function limitsOf(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { companions, baseline, follow_up } = row;
  const limits: string[] = [];
  if (row.hidden) return limits;
  if (isTested(row.verdict)) {
    if (!isCompared(row)) limits.push(say.noComparison(day(row.started_on, teller)));
    if (Math.min(baseline.n ?? 0, follow_up.n ?? 0) < fewCases) {
      const few = [baseline, follow_up].map(({ n }) => String(Math.round(n ?? 0))) as [string, string];
      limits.push(say.few(...few));
    }
  }
  if (!companions) return limits;
  const { placebo_time: time, placebo_space: space, event_study: study, extreme_month: extreme } = companions;
  if (time && isDistrusted(row)) limits.push(say.distrusted(time.alarms, time.starts.length));
  if (space && space.rank > 1)
    limits.push(
      say.notExtreme({
        rank: space.rank,
        of: space.values.length,
        dimension: names.dimension(Object.keys(row.scope)[0] ?? ""),
      }),
    );
  if (study?.flat_p != null && study.flat_p < 0.05) limits.push(say.notFlat(isCompared(row)));
  if (extreme?.is) limits.push(say.extreme[extreme.is](monthText(extreme.month, teller), extreme.months));
  const { mix_effect: mix, customers, overlapping, year_earlier: year } = companions;
  if (mix !== null && row.delta !== null && Math.abs(mix) > Math.abs(row.delta))
    limits.push(say.mix(differenceText(kpi, { value: mix, low: row.low, high: row.high }, language)));
  const isLike = (low: number | null, high: number | null) =>
    row.delta !== null && (row.delta < 0 ? high !== null && high < 0 : low !== null && low > 0);
  if (year && isTested(row.verdict) && isLike(year.low, year.high))
    limits.push(say.season(differenceText(kpi, { ...year, value: year.delta }, language)));
  if (customers) {
    const { both, left, joined } = customers;
    const all = both + left + joined;
    if ((left + joined) / all > mostChanged)
      limits.push(say.customers({ share: shareText((left + joined) / all, language), both, left, joined }));
  }
  if (overlapping.length > 0)
    limits.push(say.overlapping(overlapping.map((id) => names.initiative(id)).join(say.list)));
  return limits;
}

/** `2025-10` in words. */
const monthText = (month: string, { say, language }: Teller) => say.month(dayText(`${month}-01`, language));

function registrationOf(teller: Teller): string[] {
  const { say, row } = teller;
  const { registered, started_on } = row;
  if (!registered) return [];
  return [
    ...(registered.is_late
      ? [say.seenLate(day(registered.first_seen, teller), day(started_on, teller))]
      : []),
    ...registered.changed.map(({ on, field, old, new: now }) =>
      say.changed({
        on: day(on, teller),
        field: say.fields[field] ?? field,
        old: fieldText(field, old, teller),
        now: fieldText(field, now, teller),
      }),
    ),
  ];
}

/** What today's data would give where a verdict given before stays. */
function decidedOf(teller: Teller): string[] {
  const { say, row, kpi, language } = teller;
  const { decided, hidden } = row;
  if (!decided?.now || hidden) return [];
  const { verdict, ...change } = decided.now;
  return [
    say.decided({
      on: day(decided.on, teller),
      verdict: say.verdicts[verdict],
      change: change.delta === null ? "" : changeText(change, kpi, language).change,
    }),
  ];
}

/** What a field of a definition held, in words where it is a figure of the KPI. */
function fieldText(field: string, value: string | null, { say, kpi, language }: Teller): string {
  if (value === null) return say.nothing;
  const isChange = field === "expected_change" && Number.isFinite(Number(value));
  return isChange ? expectedText(kpi, Number(value), language) : value;
}

/** All initiatives in a few sentences, for who reads no further. */
export function benefitSummary(
  rows: readonly Assessment[],
  names: BenefitNames,
  language: Language,
): string[] {
  const say = benefit(language);
  if (rows.length === 0) return [say.summary.none];
  const of = (...verdicts: Verdict[]) => rows.filter(({ verdict }) => verdicts.includes(verdict));
  const counted = (Object.keys(say.verdicts) as Verdict[])
    .map((each) => ({ verdict: each, count: of(each).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => say.summary.count(say.verdicts[verdict], count));
  const named = (some: readonly Assessment[]) => some.map(({ name }) => say.quoted(name)).join(say.list);
  const sentences = [say.summary.counts(rows.length, counted.join(say.list))];
  for (const verdict of ["improved", "worsened"] as const)
    for (const row of of(verdict))
      sentences.push(row.hidden ? say.summary.hidden(say.quoted(row.name)) : outcome(row, names, language));
  const unshown = of("no_demonstrable_change");
  if (unshown.length > 0) sentences.push(say.summary.noChange(named(unshown)));
  for (const row of of("still_running")) {
    const on = dayText(verdictDay(row, names.kpi(row.kpi_id)), language);
    sentences.push(say.summary.running(say.quoted(row.name), on));
  }
  const distrusted = rows.filter((row) => isTested(row.verdict) && isDistrusted(row));
  if (distrusted.length > 0) sentences.push(say.summary.distrusted(named(distrusted)));
  const alone = of("improved", "worsened").filter((row) => !isCompared(row));
  if (alone.length > 0) sentences.push(say.summary.noComparison(named(alone)));
  const late = rows.filter(
    ({ registered }) => registered && (registered.is_late || registered.changed.length > 0),
  );
  if (late.length > 0) sentences.push(say.summary.late(named(late)));
  return sentences;
}

/** What a verdict of a change says in a summary: change, money, return. */
function outcome(row: Assessment, names: BenefitNames, language: Language): string {
  const say = benefit(language);
  const kpi = names.kpi(row.kpi_id) ?? stranger(row.kpi_id);
  const { change, low, high } = changeText(row, kpi, language);
  const { value_money: money, value_money_low, value_money_high } = row;
  const ends = moneyEnds({ low: value_money_low, high: value_money_high }, names.currency, language);
  return say.summary.outcome({
    name: say.quoted(row.name),
    scope: scopeText(row, names) ?? say.everybody,
    kpi: kpi.label[language],
    change,
    interval: say.between(low, high),
    verdict: say.verdicts[row.verdict],
    worth:
      money === null || row.hidden
        ? ""
        : say.summary.worth(moneyText(money, names.currency, language), say.between(ends.low, ends.high)),
  });
}

/** How often the method erred in simulation, as the notes have it. */
export function errorRatesText({ runs, ...rates }: ErrorRates): Record<keyof ErrorRates, string> {
  const share = ([least, most]: readonly [number, number]) =>
    `${(100 * least).toFixed(1)}–${(100 * most).toFixed(1)} %`;
  const { found, covered, planned } = rates;
  return { runs: grouped(runs, 0), found: share(found), covered: share(covered), planned: share(planned) };
}
