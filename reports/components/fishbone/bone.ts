import { noTargetText } from "../../src/words/noTarget.js";
import { openText } from "../charts/titles.js";
import { type Headline, reasonOf } from "../data/headline.js";
import type { Site } from "../data/site.js";
import { type Status, statusSymbol, symbolOf } from "../data/targets.js";
import { h } from "../element.js";

/** The words about a KPI's headline, as pictures, lists and screen readers need them. */
export interface HeadlineWords {
  symbol: string;
  status: string;
  value: string;
  /** `+1.2 pp`, or empty where there is no last year. */
  change: string;
  /** Whether the change is more than chance. */
  certain: boolean;
  /** What keeps the value from being final or current: `immature`, or its own period. */
  remark: string;
  /** All of it as one sentence. */
  sentence: string;
}

/** Puts a headline into words. */
export function wordsFor(site: Site, headline: Headline, currentStart: string | null): HeadlineWords {
  const { messages, format } = site;
  const { kpi, point, status, label } = headline;
  const value = point ? format.value(kpi.unit, point) : messages.status.none;
  const lastYear = point?.lastYear ?? null;
  const change = lastYear ? format.delta(kpi.unit, lastYear.delta, point ?? undefined) : "";
  const remarks: string[] = [];
  if (point && currentStart !== null && point.start !== currentStart) {
    remarks.push(format.period(point.grain, point.start));
  }
  const open = point && openText(site, point);
  if (open !== null) remarks.push(open);
  const otherTarget = point && noTargetText(point.grain, headline.targetGrains, site.language);
  const statusWord = open ?? otherTarget ?? messages.status[status];
  const parts = [
    `${label}${messages.punctuation.colon}${value}`,
    point === null ? reasonOf(site, kpi) : statusWord,
    change && `${messages.fishbone.versusLastYear} ${change}`,
    ...remarks,
  ];
  return {
    symbol: symbolOf(status, headline.byValue),
    status: statusWord,
    value,
    change,
    certain: lastYear?.certain === true,
    remark: remarks.join(" · "),
    sentence: [...new Set(parts.filter(Boolean))].join(messages.punctuation.comma),
  };
}

/** Symbol and word of a status, coloured; `title` says on hover what a mark without its word means. */
export function statusMark(
  site: Site,
  status: Status,
  word = site.messages.status[status],
  title?: string,
  symbol = statusSymbol[status],
): HTMLElement {
  return h(
    "span",
    { class: `status status-${status}`, title },
    h("span", { class: "symbol", "aria-hidden": "true" }, symbol),
    ` ${word}`,
  );
}
