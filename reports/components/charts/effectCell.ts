import type { Assessment } from "../../src/published/benefitTypes.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import { s } from "../element.js";

const [width, height] = [170, 18];

/** The shares of an expected change that cells of one table hold: 0 and 1 always, no more than three times either way. */
export function effectScale(rows: readonly Assessment[]): [number, number] {
  const ends = rows.flatMap((row) => [...shares(row)]);
  const within = ends.map((share) => Math.min(3, Math.max(-3, share)));
  return [least(within, -0.25) - 0.1, greatest(within, 1.5) + 0.1];
}

/** The effect and the ends of its interval as shares of what was expected; nothing where nothing was. */
function* shares({ delta, low, high, expected }: Assessment): Generator<number> {
  if (!expected || delta === null) return;
  for (const value of [delta, low, high]) if (value !== null) yield value / expected;
}

/** An effect with its interval against what was expected: 0 at the line, all of it at the tick. */
export function effectCell(
  row: Assessment,
  [from, to]: readonly [number, number],
  label: string,
): SVGElement | null {
  const { delta, low, high, expected, verdict } = row;
  if (!expected || delta === null || low === null || high === null) return null;
  const x = (share: number) => ((Math.min(to, Math.max(from, share)) - from) / (to - from)) * width;
  const ends = [low / expected, high / expected].sort((one, other) => one - other) as [number, number];
  const middle = height / 2;
  const beyond = (share: number, direction: number) =>
    s("path", {
      class: "beyond",
      d: `M${x(share)} ${middle}l${-6 * direction} -4v8z`,
    });
  return s(
    "svg",
    {
      class: `effect-cell is-${verdict}`,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": label,
    },
    s("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height }),
    s("line", { class: "expected", x1: x(1), x2: x(1), y1: 1, y2: height - 1 }),
    s("line", { class: "whisker", x1: x(ends[0]), x2: x(ends[1]), y1: middle, y2: middle }),
    ends[0] < from && beyond(from, -1),
    ends[1] > to && beyond(to, 1),
    s("circle", { class: "point", cx: x(delta / expected), cy: middle, r: 4 }),
  );
}
