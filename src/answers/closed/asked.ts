import type { Kpi } from "../../catalogue/kpis.js";
import type { Period } from "../../kpi/periods.js";
import { teamHolder } from "../../kpi/request.js";

/** A period whose figures are asked for, under the number that they are stored with. */
export interface Numbered {
  number: number;
  period: Pick<Period, "grain" | "start" | "end">;
}

/** A period that has a number of its own, under it. */
export const numbered = <P extends Numbered["period"] & { number: number }>(period: P) => ({
  number: period.number,
  period,
});

/** The months of the first and the last of some periods. */
export interface Span {
  grain: Period["grain"];
  from: string;
  to: string;
}

/** The span of periods that begin on some days, in their order. */
export const spanOf = (grain: Period["grain"], starts: readonly string[]): Span => ({
  grain,
  from: starts[0]?.slice(0, 7) ?? "",
  to: starts.at(-1)?.slice(0, 7) ?? "",
});

/** Periods by their grain: those of one are asked for together. */
export function byGrain<P extends Numbered>(periods: readonly P[]): Map<Period["grain"], P[]> {
  const groups = new Map<Period["grain"], P[]>();
  for (const each of periods) groups.set(each.period.grain, [...(groups.get(each.period.grain) ?? []), each]);
  return groups;
}

/** The dimensions that a KPI is closed by: all that it has, whose it is under the one name that the cases give it. */
export const closedDimensions = (kpi: Kpi): string[] => [
  ...new Set([...kpi.dimensions, ...kpi.numerator_dimensions, ...(teamHolder(kpi) ? ["team"] : [])]),
];
