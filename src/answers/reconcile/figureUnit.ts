import type { Kpi } from "../../catalogue/kpis.js";
import { unitOf } from "../../init/units.js";

/** What a number of their sheet is to be multiplied by to be in the KPI's unit; undefined where it may be two things. */
export function factorOf(
  { unit, range }: Pick<Kpi, "unit" | "range">,
  /** What stands over it and beside it. */
  labels: readonly string[],
  /** It and the others of its row or column. */
  numbers: readonly number[],
): number | undefined {
  switch (unit) {
    case "percent":
      return shareFactor(labels, numbers, range[1]);
    case "minutes":
    case "hours": {
      const minutes = minutesOf(labels);
      return minutes === undefined ? 1 : minutes / (unit === "hours" ? 60 : 1);
    }
    case "money":
    case "count":
      return (
        labels.map((label) => unitOf(`(${label})`, false) ?? unitOf(label, false)).find((each) => each?.times)
          ?.times ?? 1
      );
    default:
      return 1;
  }
}

/** Shares may be written as fractions, or in per cent with the sign elsewhere or nowhere. */
function shareFactor(
  labels: readonly string[],
  numbers: readonly number[],
  greatest: number | null,
): number | undefined {
  const isLarge = numbers.some((number) => Math.abs(number) > 1);
  const saysPercent = labels.some((label) => /[%％]|百分|percent|prozent/i.test(label));
  if (saysPercent) return isLarge ? 0.01 : undefined;
  return isLarge && greatest !== null && greatest <= 1 ? 0.01 : 1;
}

const times: readonly (readonly [RegExp, number])[] = [
  [/秒|\bsec(onds?)?\b|sekunden?/i, 1 / 60],
  [/分钟|分鐘|\bmin(utes?|uten)?\b/i, 1],
  [/小时|小時|\bh(rs?|ours?)?\b|stunden?|\bstd\b/i, 60],
  [/(^|[^\p{L}\d])天|\bdays?\b|\btagen?\b/iu, 1440],
];

const minutesOf = (labels: readonly string[]) =>
  labels.flatMap((label) =>
    times.filter(([pattern]) => pattern.test(label)).map(([, minutes]) => minutes),
  )[0];
