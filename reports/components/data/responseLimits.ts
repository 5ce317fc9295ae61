import type { Kpi } from "../../src/published/siteTypes.js";
import { valueLabel } from "./labels.js";
import type { Site } from "./site.js";

/** The response limits that decide a KPI, each with its minutes or hours; null of a KPI that none decides. */
export function limitsText(site: Site, { matures }: Pick<Kpi, "matures">): string | null {
  return matures === "limits" ? site.messages.dictionary.limits.text(limitsOf(site)) : null;
}

/** The response limits by what they hold for, and how time is counted. */
export function limitsOf(site: Site): Record<"complaints" | "others" | "clock" | "shipped", string> {
  const { catalogue, messages, format } = site;
  const { complaints, channels, areShipped, inBusinessTime } = catalogue.response_limits;
  const { limits } = messages.dictionary;
  const time = (minutes: number) =>
    minutes % 60 === 0
      ? `${format.integer(minutes / 60)}\u00a0${messages.unit.hours}`
      : `${format.integer(minutes)}\u00a0${messages.unit.minutes}`;
  const listed = (dimension: string, rows: Record<string, number>, rest: string, restLabel: string) =>
    Object.entries(rows)
      .map(([code, minutes]) => {
        const label = code === rest ? restLabel : valueLabel(site, dimension, code);
        return `${label} ${time(minutes)}`;
      })
      .join(messages.punctuation.list);
  const general = limits.general(valueLabel(site, "severity", "general"));
  return {
    complaints: listed("severity", complaints, "general", general),
    others: listed("channel", channels, "other", limits.other),
    clock: inBusinessTime ? limits.business : limits.elapsed,
    shipped: areShipped ? limits.shipped : "",
  };
}
