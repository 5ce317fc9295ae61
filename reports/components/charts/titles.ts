import type { Kpi } from "../../src/published/siteTypes.js";
import type { Difference, Point } from "../data/series.js";
import type { Site } from "../data/site.js";

/** A figure's two title lines: what happened and how sure, and what is shown. */
export interface Title {
  happened: string;
  shown: string;
}

/** Of a KPI that tells how cases divide, the whole is 100 % by definition: only its split says anything. */
export const isShareOnly = ({ direction, numerator_dimensions }: Kpi): boolean =>
  direction === "none" && numerator_dimensions.length > 0;

/**
 * The message of a KPI's trend, by rule: the latest complete and mature value, its difference to last year (else
 * to the previous period), and whether that is more than chance. Without a value it says why.
 */
export function trendTitle(site: Site, kpi: Kpi, point: Point | null, scope: string, reason: string): Title {
  const { messages, format, language } = site;
  const label = kpi.label[language];
  if (!point) return { happened: messages.trend.noData(label, reason), shown: "" };
  const shown = messages.trend.shown({
    kpi: label,
    scope,
    period: format.period(point.grain, point.start),
    unit: messages.unitName[kpi.unit],
    n: format.integer(point.n),
    counts: kpi.counts[language],
  });
  if (isShareOnly(kpi)) return { happened: label, shown };
  const { comma, semicolon } = messages.punctuation;
  const open = openText(site, point);
  const remark = open === null ? "" : `${messages.punctuation.open}${open}${messages.punctuation.close}`;
  const value = `${label} ${format.value(kpi.unit, point)}${remark}`;
  const compared = comparison(site, point);
  if (compared === null) return { happened: value, shown };
  const { difference, other } = compared;
  const size = format.difference(kpi.unit, difference.delta, point);
  const moved = /[1-9]/.test(size);
  const words = !moved
    ? messages.trend.same(other)
    : difference.delta > 0
      ? messages.trend.higher(other, size)
      : messages.trend.lower(other, size);
  const sure =
    difference.certain === null || !moved
      ? ""
      : `${semicolon}${difference.certain ? messages.trend.certain : messages.trend.chance}`;
  return { happened: `${value}${comma}${words}${sure}`, shown };
}

/** What keeps a value from being final, in a word; null of one that is. */
export function openText({ messages }: Site, { partial, incomplete, mature }: Point): string | null {
  const { partialShort, incompleteShort, immatureShort } = messages.mark;
  if (partial) return partialShort;
  if (incomplete) return incompleteShort;
  return mature ? null : immatureShort;
}

function comparison(site: Site, point: Point): { difference: Difference; other: string } | null {
  const { trend } = site.messages;
  if (point.lastYear) return { difference: point.lastYear, other: trend.otherLastYear };
  if (point.previous) return { difference: point.previous, other: trend.otherPrevious };
  return null;
}
