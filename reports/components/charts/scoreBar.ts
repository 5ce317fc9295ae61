import { gradeLimits, points } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h, s } from "../element.js";

const barWidth = 96;

/** A score as a number and a bar from 0 to 100 with a tick at each grade's limit. */
export function scoreBar(site: Site, score: number | null): (Node | string)[] {
  if (score === null) return [site.messages.none];
  const x = (value: number) => (value / 100) * barWidth;
  return [
    s(
      "svg",
      {
        class: "score-bar",
        width: barWidth + 2,
        height: 12,
        viewBox: `-1 0 ${barWidth + 2} 12`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      s("rect", { class: "scale", x: 0, y: 3, width: barWidth, height: 6 }),
      s("rect", { class: "bar", x: 0, y: 3, width: x(score), height: 6 }),
      gradeLimits(site.catalogue.grades).map((limit) =>
        s("line", { class: "limit", x1: x(limit), x2: x(limit), y1: 1, y2: 11 }),
      ),
    ),
    h("span", {}, points(site, score)),
  ];
}
