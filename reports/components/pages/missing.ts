import type { Kpi } from "../../src/published/siteTypes.js";
import { type Headline, isKnown, reasonOf } from "../data/headline.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";

/** Whether so few of the fishbones' KPIs have a value that the others stand beside them. */
export const needsOthers = (bones: readonly Headline[]): boolean =>
  bones.filter(isKnown).length * 2 < bones.length;

/**
 * The KPIs without a value as one list, by what each waits for: the table, column or kind of row that the extract has not,
 * or the period. The reason that most wait for stands first. Null where every KPI has a value.
 *
 * @param link where a KPI leads to, if anywhere
 */
export function missingList(
  site: Site,
  headlines: readonly Headline[],
  {
    level = "h2",
    link = (id: string) => site.href(`kpi/${id}`),
    reason: why = (kpi: Kpi) => reasonOf(site, kpi),
    period,
  }: MissingOptions = {},
): HTMLElement | null {
  const missing = headlines.filter((headline) => !isKnown(headline));
  if (missing.length === 0) return null;
  const { messages, format } = site;
  const count = format.integer(missing.length);
  const words = messages.missing;
  const byReason = new Map<string, Headline[]>();
  for (const headline of missing) {
    const reason = why(headline.kpi);
    byReason.set(reason, [...(byReason.get(reason) ?? []), headline]);
  }
  const groups = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  return h(
    "section",
    { class: "missing" },
    h(level, {}, period === undefined ? words.title(count) : words.inPeriod(count, period)),
    h("p", { class: "shown" }, period === undefined ? words.shown : words.inPeriodShown),
    h(
      "ul",
      {},
      groups.map(([reason, list]) =>
        h(
          "li",
          {},
          h(
            "span",
            { class: "missing-reason" },
            `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${messages.punctuation.colon}`,
          ),
          list.map(({ kpi, label }, index) => [
            index > 0 ? messages.punctuation.list : "",
            linked(label, link(kpi.id)),
          ]),
        ),
      ),
    ),
  );
}

const linked = (label: string, href: string | null) => (href === null ? label : h("a", { href }, label));

export interface MissingOptions {
  level?: "h2" | "h3";
  link?: (id: string) => string | null;
  /** Why a KPI has no value, in words; by default what stands against its latest period. */
  reason?: (kpi: Kpi) => string;
  /** The one period that the list is about, in words; by default all that there are. */
  period?: string;
}
