import { tooFew } from "../../src/kpi/coverage.js";
import { addDays, addMonths } from "../../src/kpi/periods.js";
import {
  isCompared,
  isTested,
  type PublishedInitiative,
  type TrendMonth,
} from "../../src/published/benefitTypes.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { alarmShare, type BenefitNames, isDistrusted, qText } from "../../src/words/benefitTeller.js";
import { differenceText } from "../../src/words/figureText.js";
import { type EffectRow, effectChart } from "../charts/effectChart.js";
import { effectRun } from "../charts/effectRun.js";
import { pointNotes } from "../charts/pointNotes.js";
import { leavesAxis, trendChart } from "../charts/trendChart.js";
import { changeOf, scopeOf } from "../data/benefits.js";
import { dimensionLabel, valueLabel } from "../data/labels.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";

/** What a page of one initiative tells of. */
export interface BenefitView {
  row: PublishedInitiative;
  kpi: Kpi;
  names: BenefitNames;
}

/** A chart of an initiative, for the screen and for paper. */
export interface BenefitChart {
  happened: string;
  shown: string;
  /** What is to be known before it is read. */
  warning?: string | false;
  draw(size: ChartSize): Element;
  notes(drawn: () => Element, most?: number): (string | false | null)[];
}

interface ChartSize {
  width: number;
  /** Of charts whose height does not follow from their rows. */
  height?: number;
  /** Px of a row of a narrow chart of rows. */
  row?: number;
  /** How many rows it has at most: the first, and the one that decides. */
  most?: number;
}

type BenefitCharts = Record<"trend" | "effect" | "study" | "time" | "space", BenefitChart | null>;

/** The charts of an initiative; null what its data say nothing of, and all of one whose figures are not shown. */
export function benefitCharts(site: Site, view: BenefitView): BenefitCharts {
  if (view.row.hidden) return { trend: null, effect: null, study: null, time: null, space: null };
  return {
    trend: trendOf(site, view),
    effect: effectOf(site, view),
    study: studyOf(site, view),
    time: timeOf(site, view),
    space: spaceOf(site, view),
  };
}

/** Px beyond which a chart of effects says no more. */
export const widest = 900;

/** Months of the trend as a trend chart's points. */
function pointsOf({ kpi, names }: BenefitView, months: readonly TrendMonth[]): Point[] {
  return months.map(({ start, value, low, high, partial, mature, hidden }): Point => {
    const end = addMonths(start, 1);
    return {
      value,
      low,
      high,
      numerator: 0,
      denominator: 0,
      n: 0,
      sumSq: 0,
      awaiting: 0,
      grain: "month",
      start,
      end,
      lastDay: partial ? names.as_of_on : addDays(end, -1),
      partial,
      mature,
      incomplete: false,
      reason: hidden ? tooFew(names.min_cell, kpi.contributors) : null,
      maturesOn: kpi.horizon_days === null ? null : addDays(end, kpi.horizon_days),
      previous: null,
      lastYear: null,
      previousReason: null,
      lastYearReason: null,
    };
  });
}

/** The comparison group by month; null where most months of the line that it is to be compared with lack it. */
function comparisonOf(months: readonly TrendMonth[]): (number | null)[] | null {
  const known = months.map(({ comparison, partial }) => (partial ? null : comparison));
  const own = months.filter(({ value, partial }) => value !== null && !partial).length;
  const count = known.filter((value) => value !== null).length;
  return count > 0 && 2 * count >= own ? known : null;
}

/** The KPI by month with start, windows and comparison group; null where no month has a value. */
function trendOf(site: Site, view: BenefitView): BenefitChart | null {
  const { row, kpi, names } = view;
  const { trend } = site.messages.benefits;
  const points = pointsOf(view, row.trend);
  if (!points.some(({ value }) => value !== null)) return null;
  const comparison = comparisonOf(row.trend);
  const isCut = comparison === null && row.trend.some((month) => month.comparison !== null);
  return {
    happened: trend.title(kpi.label[site.language], scopeOf(site, names, row)),
    shown: comparison ? trend.shown : trend.shownAlone,
    draw: ({ width, height = 300 }) =>
      trendChart(site, kpi, points, {
        width,
        height,
        behind: comparison ?? row.trend.map(() => null),
        behindLabel: trend.comparison,
        marked: {
          stretches: [
            { name: trend.baseline, ...row.baseline },
            { name: trend.followUp, ...row.follow_up },
          ],
          day: row.started_on,
          name: trend.start,
        },
      }),
    notes: (drawn) => [
      row.trend.some(({ low, high }) => low !== null || high !== null) && site.messages.mark.interval,
      isCut && trend.comparisonCut,
      ...pointNotes(site, points),
      leavesAxis(drawn()) && site.messages.mark.beyondPrint,
    ],
  };
}

/** The primary effect and its companions; none where there is no effect. */
function effectRows(site: Site, { row }: BenefitView): EffectRow[] {
  const { effects } = site.messages.benefits;
  const { companions, delta, low, high } = row;
  if (!isTested(row.verdict) || delta === null || row.hidden) return [];
  const { textbook, mann_whitney: ranks, year_earlier: year, segmented } = companions ?? {};
  const check = { isOwn: false };
  return [
    { label: effects.primary, delta, low, high, isOwn: true },
    ...(textbook ? [{ ...textbook, ...check, label: effects[textbook.test] }] : []),
    ...(ranks && ranks.shift !== null
      ? [{ ...check, label: effects.hodges_lehmann, delta: ranks.shift, low: null, high: null }]
      : []),
    ...(segmented ? [{ ...segmented.level, ...check, label: effects.segmented }] : []),
    ...(year ? [{ ...year, ...check, label: effects.year_earlier }] : []),
  ];
}

function effectOf(site: Site, view: BenefitView): BenefitChart | null {
  const { effects } = site.messages.benefits;
  const rows = effectRows(site, view);
  if (rows.length === 0) return null;
  const { expected, name } = view.row;
  return {
    happened: effects.title,
    shown: effects.shown,
    draw: ({ width, row }) =>
      effectChart(site, view.kpi, rows, {
        width: Math.min(width, widest),
        expected,
        label: effects.chart(name),
        row,
      }),
    notes: () => [segmentedNote(site, view)],
  };
}

/** What the segmented regression rests on, and the change of its slope. */
function segmentedNote(site: Site, { row, kpi }: BenefitView): string | null {
  const { segmented } = row.companions ?? {};
  if (!segmented) return null;
  const { format } = site;
  const { change, interval } = changeOf(site, kpi, segmented.slope);
  return site.messages.benefits.effects.slope({
    before: format.integer(segmented.before),
    after: format.integer(segmented.after),
    change,
    interval,
    coverage: format.share(segmented.coverage),
  });
}

export const isPoisson = ({ method }: Pick<PublishedInitiative, "method">) =>
  method?.startsWith("poisson") ?? false;

function studyOf(site: Site, { row, kpi }: BenefitView): BenefitChart | null {
  const { study: words } = site.messages.benefits;
  const study = row.companions?.event_study;
  if (!study?.months.some(({ delta, month }) => delta !== null && month !== -1)) return null;
  const { flat_p: p, months } = study;
  const points = months.map(({ month, delta, low, high }) => ({
    name: site.format.integer(month),
    delta,
    low,
    high,
    isOwn: month >= 0,
  }));
  const before = months.filter(({ month }) => month < 0).length;
  return {
    happened: p === null ? words.untested : words.title(qText(p), p >= 0.05),
    shown: isCompared(row) ? words.shownDid : words.shown,
    draw: ({ width, height }) =>
      effectRun(site, kpi, points, { width: Math.min(width, widest), height, before, label: words.chart }),
    notes: () => [isPoisson(row) && months.some(({ delta }) => delta === null) && words.empty],
  };
}

function timeOf(site: Site, { row, kpi }: BenefitView): BenefitChart | null {
  const { time: words } = site.messages.benefits;
  const time = row.companions?.placebo_time;
  if (!time || row.delta === null) return null;
  const { format, language } = site;
  const name = (start: string) => `${start.slice(2, 4)}-${start.slice(5, 7)}`;
  const points = [
    ...time.starts.map((each) => ({ ...each, name: name(each.start), isOwn: false })),
    { delta: row.delta, low: row.low, high: row.high, name: name(row.started_on), isOwn: true },
  ];
  const figure = { unit: kpi.unit, currency: site.catalogue.currency };
  const found = differenceText(
    figure,
    { value: Math.abs(time.found), low: row.low, high: row.high },
    language,
    false,
  );
  return {
    happened: words.title({
      alarms: format.integer(time.alarms),
      starts: format.integer(time.starts.length),
      share: format.share(alarmShare(time) ?? 0),
    }),
    shown: words.shown,
    warning: isDistrusted(row) && words.distrusted + (time.alarms === 1 ? words.oneAlarm : ""),
    draw: ({ width, height }) =>
      effectRun(site, kpi, points, { width: Math.min(width, widest), height, label: words.chart }),
    notes: () => [words.found(found)],
  };
}

/** Whether of the values that were tried beside the scope's own some are not shown: a rank among the others says nothing. */
export const hidesOthers = ({ companions }: Pick<PublishedInitiative, "companions">): boolean => {
  const space = companions?.placebo_space;
  return space != null && space.values.length < space.of;
};

function spaceOf(site: Site, { row, kpi }: BenefitView): BenefitChart | null {
  const { space: words } = site.messages.benefits;
  const space = row.companions?.placebo_space;
  const [dimension] = Object.keys(row.scope);
  if (!space || dimension === undefined || hidesOthers(row)) return null;
  const rows = space.values.map(({ value, ...change }) => ({
    ...change,
    label: valueLabel(site, dimension, value),
    isOwn: row.scope[dimension] === value,
  }));
  const { integer } = site.format;
  return {
    happened: words.title({
      rank: integer(space.rank),
      of: integer(space.of),
      dimension: dimensionLabel(site, dimension),
    }),
    shown: words.shown,
    draw: ({ width, row: high, most = rows.length }) =>
      effectChart(site, kpi, firstRows(rows, most), {
        width: Math.min(width, widest),
        expected: row.expected,
        label: words.chart,
        row: high,
      }),
    notes: (_, most = rows.length) => [most < rows.length && words.more(integer(rows.length - most))],
  };
}

/** The first rows, the last of them the own one where that stands behind them. */
function firstRows(rows: readonly EffectRow[], most: number): EffectRow[] {
  const own = rows.findIndex(({ isOwn }) => isOwn);
  return rows.filter((row, at) => (own < most ? at < most : at < most - 1 || row.isOwn));
}
