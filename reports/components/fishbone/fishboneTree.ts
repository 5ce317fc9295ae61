import { sparkFigure } from "../charts/spark.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { type HeadText, scoreText } from "./fishboneHead.js";
import type { FishboneParts } from "./fishbonePicture.js";
import type { FishboneView } from "./fishboneView.js";

/** The fishbone as a list, for narrow screens and paper: the same data in the same order. */
export function fishboneTree(site: Site, { label, head, branches, listed }: FishboneParts): HTMLElement {
  return h(
    "div",
    { class: "fishbone-tree" },
    treeHead(site, head),
    h(
      "ul",
      { role: "tree", "aria-label": label },
      branches.map((branch) =>
        h(
          "li",
          { role: "group", "aria-label": branch.label, class: `branch branch-${branch.colour}` },
          h("span", { class: "branch-label" }, branch.label),
          h(
            "ul",
            { role: "none" },
            branch.bones.map(({ id }) => h("li", { role: "none" }, listed(id))),
          ),
        ),
      ),
    ),
  );
}

/** The head above the list: the name and period, and what the head of the picture says. */
function treeHead(site: Site, { name, period, count, countWords, score }: HeadText): HTMLElement {
  const result = scoreText(site, score);
  return h(
    "p",
    { class: "tree-head" },
    h("strong", {}, name),
    ` ${score?.period ?? period}`,
    h(
      "span",
      { class: "tree-count" },
      result ? `${result.total} ${result.grade}${result.remark}`.trimEnd() : (countWords ?? count),
    ),
  );
}

/** One KPI of the list; also used for the success factors beside the bones. */
export function treeBone(
  site: Site,
  view: Pick<FishboneView, "headlines" | "words">,
  id: string,
  role: string | null = "treeitem",
): HTMLElement | null {
  const { messages } = site;
  const headline = view.headlines.get(id);
  const words = view.words.get(id);
  if (!headline || !words) return null;
  return h(
    "a",
    {
      class: "bone",
      role,
      tabindex: role ? -1 : null,
      href: site.href(`kpi/${id}`),
      "data-kpi": id,
    },
    h("span", { class: "bone-name" }, headline.label),
    sparkFigure(site, headline, { until: headline.point?.start }),
    h(
      "span",
      { class: "bone-row" },
      h("span", { class: `symbol status-${headline.status}`, "aria-hidden": "true" }, words.symbol),
      h("span", { class: "visually-hidden" }, words.status),
      ` `,
      h("span", { class: "bone-value" }, words.value),
      words.change !== "" && h("span", { class: "visually-hidden" }, messages.fishbone.versusLastYear),
      words.change !== "" && h("span", { class: words.certain ? "change certain" : "change" }, words.change),
      words.remark !== "" && h("span", { class: "change" }, words.remark),
    ),
  );
}
