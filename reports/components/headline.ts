import { isFinal, type Reason } from "./kpi/coverage.js";
import { reasonText } from "./kpi/reasonText.js";
import { standingOf, statusOf } from "./kpi/status.js";
import { tableText } from "./labels.js";
import { type Point, seriesOf } from "./series.js";
import type { Site } from "./site.js";
import type { Grain, Kpi, Target } from "./siteTypes.js";
import { type Status, targetOf } from "./targets.js";

/** A KPI as overview and fishbone show it: the value that stands for now, and how it stands. */
export interface Headline {
  kpi: Kpi;
  label: string;
  /** All periods, oldest first. */
  points: Point[];
  /** The latest final value; where none of the last twelve periods that are over has one, the latest of them with a value. */
  point: Point | null;
  target: Target | null;
  /** What is sure of how it stands; `byValue` is what its value alone says. */
  status: Status;
  byValue: Status;
}

/** The headline of a KPI over all cases. */
export function headlineOf(site: Site, kpi: Kpi, grain: Grain = "month"): Headline {
  const points = seriesOf(site.build, kpi, site.totals, { grain, where: { kpi_id: [kpi.id] } });
  const complete = points.filter(({ partial }) => !partial);
  const recent = complete.slice(-12).filter(({ value }) => value !== null);
  const point = recent.findLast(isFinal) ?? recent.at(-1) ?? null;
  const target = point && targetOf(site.targets, kpi, grain, point.end);
  const { standing: status, byValue } = standingOf(statusOf(kpi, point, target));
  return { kpi, label: kpi.label[site.language], points, point, target, status, byValue };
}

/** The latest complete period of a grain: the one a page without a choice of period is about. */
export function currentPeriod(site: Site, grain: Grain = "month"): string | null {
  const complete = site.build.periods.filter(
    (period) => period.role === "period" && period.grain === grain && !period.is_partial,
  );
  return complete.at(-1)?.period_start ?? null;
}

/** Why a KPI shows no value, in the page's words: what it lacks, else what stands against its latest complete period. */
export function reasonOf(site: Site, kpi: Kpi): string {
  const { points } = headlineOf(site, kpi);
  const told = points.findLast(({ partial, reason }) => !partial && reason) ?? points.at(-1);
  const reason = kpi.coverage.lacking ?? told?.reason;
  return reason ? sayReason(site, reason) : site.messages.quality.noRows;
}

/** A reason in the page's language, tables by their labels. */
export function sayReason(site: Site, reason: Reason): string {
  return reasonText(reason, wordsOf(site), (name) => tableText(site, name));
}

/** The language of the words that pages and command line share. */
export const wordsOf = ({ language }: Pick<Site, "language">) => (language === "en" ? "en" : "zh");
