import { monthsOf } from "../../src/kpi/periods.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";

/** Px that a year under a tick needs. */
const yearRoom = 44;

export interface TimeAxis {
  ticks: Date[];
  text(tick: Date): string;
}

/**
 * Ticks at the starts of periods, January always among them, each with the period's short name and the first of a
 * year with the year below. A first tick too close to the next year's goes without.
 */
export function timeAxis(
  site: Site,
  points: readonly Point[],
  { every, room, compact = false }: { every: number; room: number; compact?: boolean },
): TimeAxis {
  const grain = points[0]?.grain ?? "month";
  const step = compact ? 12 : every * monthsOf[grain];
  const ticked = points
    .map(({ start }, index) => ({ start, index, year: start.slice(0, 4) }))
    .filter(({ start }) => (Number(start.slice(5, 7)) - 1) % step === 0)
    .filter(({ year }) => step <= 12 || Number(year) % (step / 12) === 0);
  const pxPerPeriod = room / Math.max(1, points.length - 1);
  const named = ticked.filter(({ year }, index) => ticked[index - 1]?.year !== year);
  const [first, second] = named;
  if (first && second && (second.index - first.index) * pxPerPeriod < yearRoom) named.shift();
  return {
    ticks: ticked.map(({ start }) => new Date(start)),
    text: (tick) => {
      const start = tick.toISOString().slice(0, 10);
      const year = site.language === "en" ? start.slice(0, 4) : `${start.slice(0, 4)}年`;
      if (compact || grain === "year") return year;
      const short = site.format.shortPeriod(grain, start);
      return named.some((one) => one.start === start) ? `${short}\n${year}` : short;
    },
  };
}
