import { tickStep } from "d3-array";
import type { Kpi } from "../../src/published/siteTypes.js";
import type { Site } from "../data/site.js";

/** How the ticks of an axis of changes are written, of money in one scale: with their sign, as many decimals as their steps need. */
export function changeAxis(
  { format }: Site,
  kpi: Kpi,
  [from, to]: readonly [number, number],
  count: number,
): (tick: number) => string {
  const { size, name } =
    kpi.unit === "money" ? format.moneyScale(Math.max(-from, to)) : { size: 1, name: "" };
  const step = tickStep(from, to, count) / size;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return (tick) => {
    const number = format.decimal(tick / size, digits);
    return Number(tick.toPrecision(9)) === 0 ? "0" : `${tick > 0 ? "+" : ""}${number}${name}`;
  };
}
