import { otherTargetGrains } from "../../src/catalogue/targets.js";
import { isFinal, isUnshown, type Reason } from "../../src/kpi/coverage.js";
import { addMonths } from "../../src/kpi/periods.js";
import { standingOf, statusOf } from "../../src/kpi/status.js";
import type { Grain, Kpi, Target } from "../../src/published/siteTypes.js";
import { reasonText } from "../../src/words/reasonText.js";
import { tableText } from "./labels.js";
import { type Point, seriesOf } from "./series.js";
import type { Site } from "./site.js";
import { type Status, targetOf } from "./targets.js";

/** A KPI as overview and fishbone show it: the value that stands for now, and how it stands. */
export interface Headline {
  kpi: Kpi;
  label: string;
  /** All periods, oldest first. */
  points: Point[];
  /**
   * The latest final value; where none of the last twelve periods that are over has one, the latest of them with a value; where
   * no period that is over ever had one, that of the period which is not. None where that is no final value, or is more than a
   * year old, and values of later periods are not shown.
   */
  point: Point | null;
  target: Target | null;
  /** Where it has no target: the grains that there is one for. */
  targetGrains: readonly Grain[];
  /** What is sure of how it stands; `byValue` is what its value alone says. */
  status: Status;
  byValue: Status;
}

/** The value that stands for now, as `Headline.point` says. */
export function latestPoint(points: readonly Point[]): Point | null {
  const complete = points.filter(({ partial }) => !partial);
  const recent = complete.slice(-12).filter(({ value }) => value !== null);
  const isNew = complete.every((point) => point.value === null && !isUnshown(point));
  const begun = isNew ? points.findLast(({ value }) => value !== null) : undefined;
  const point = recent.findLast(isFinal) ?? recent.at(-1) ?? begun ?? null;
  return isOutdated(point, complete) ? null : point;
}

/** Whether there are later values than this one, which are not shown, and it could pass for them. */
function isOutdated(point: Point | null, complete: readonly Point[]): boolean {
  const last = complete.at(-1);
  if (!point || !last) return false;
  const isRecent = isFinal(point) && point.start >= addMonths(last.start, -12);
  return !isRecent && complete.some((other) => other.start > point.start && isUnshown(other));
}

/** The headlines whose value is of a period; all where there is none. */
export const ofPeriod = (headlines: readonly Headline[], start: string | null): Headline[] =>
  headlines.filter(({ point }) => start === null || point?.start === start);

/** The headline of a KPI over all cases, worked out once. */
export function headlineOf(site: Site, kpi: Kpi, grain: Grain = site.grain): Headline {
  const known = headlines.get(site) ?? new Map<Kpi, Map<Grain, Headline>>();
  headlines.set(site, known);
  const ofKpi = known.get(kpi) ?? new Map<Grain, Headline>();
  known.set(kpi, ofKpi);
  const headline = ofKpi.get(grain) ?? workedOut(site, kpi, grain);
  ofKpi.set(grain, headline);
  return headline;
}

/** What never changes while a page stands. */
const headlines = new WeakMap<Site, Map<Kpi, Map<Grain, Headline>>>();

function workedOut(site: Site, kpi: Kpi, grain: Grain): Headline {
  const points = seriesOf(site.build, kpi, site.totals, { grain, where: { kpi_id: [kpi.id] } });
  const point = latestPoint(points);
  const target = point && targetOf(site.targets, kpi, grain, point.end, site.part);
  const { standing: status, byValue } = standingOf(statusOf(kpi, point, target));
  const targetGrains = point ? otherTargetGrains(site.targets, kpi, grain, point.end, site.part) : [];
  return { kpi, label: kpi.label[site.language], points, point, target, targetGrains, status, byValue };
}

/**
 * The period that a page without a choice of one is about: the one given, else the latest one that is over and in which at least half of the
 * KPIs that have any value have one; else the latest that is over, if any is.
 */
export function currentPeriod(site: Site, grain: Grain = site.grain): string | null {
  const known = periods.get(site) ?? new Map<Grain, string | null>();
  periods.set(site, known);
  const given = grain === site.grain ? site.about : undefined;
  const found = known.get(grain) ?? given ?? openingPeriod(site, grain);
  known.set(grain, found);
  return found;
}

/** What pages are about, which never changes. */
const periods = new WeakMap<Site, Map<Grain, string | null>>();

function openingPeriod(site: Site, grain: Grain): string | null {
  const all = site.build.periods.filter((period) => period.role === "period" && period.grain === grain);
  const over = all.filter((period) => !period.is_partial);
  const known = site.catalogue.kpis
    .map((kpi) => headlineOf(site, kpi, grain).points)
    .map((points) => new Set(points.flatMap(({ start, value }) => (value === null ? [] : start))))
    .filter(({ size }) => size > 0);
  const half = over.findLast(
    ({ period_start: start }) => 2 * known.filter((starts) => starts.has(start)).length >= known.length,
  );
  return (half ?? over.at(-1) ?? all.at(-1))?.period_start ?? null;
}

/** Why a KPI shows no value, in the page's words. */
export function reasonOf(site: Site, kpi: Kpi): string {
  const reason = reasonIn(kpi, headlineOf(site, kpi).points);
  return reason ? sayReason(site, reason) : site.messages.quality.noRows;
}

/** Why none of the points has a value: what the KPI lacks, else what stands against its latest complete period. */
export function reasonIn(kpi: Kpi, points: readonly Point[]): Reason | null {
  const told = points.findLast(({ partial, reason }) => !partial && reason) ?? points.at(-1);
  return kpi.coverage.lacking ?? told?.reason ?? null;
}

/** A reason in the page's language, tables by their labels. */
export function sayReason(site: Site, reason: Reason): string {
  return reasonText(
    reason,
    site.language,
    (name) => tableText(site, name),
    (day) => site.format.day(day, true),
  );
}

/** The language of the words that pages and command line share. */

/** Whether a KPI has a value to show. */
export const isKnown = ({ point }: Headline): boolean => point !== null;
