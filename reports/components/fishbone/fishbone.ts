import { spark } from "../charts/spark.js";
import type { Site } from "../data/site.js";
import { h, s } from "../element.js";
import type { HeadlineWords } from "./bone.js";
import { fishboneFigure } from "./fishboneFigure.js";
import type { HeadScore, HeadText } from "./fishboneHead.js";
import { boneFont, type PlacedBone } from "./fishboneLayout.js";
import { treeBone } from "./fishboneTree.js";
import type { FishboneView } from "./fishboneView.js";

export interface FishboneOptions {
  /** Px; below 768 the fishbone is a tree list. */
  width: number;
  /** The result of the fishbone's scorecard, for the head. */
  score?: HeadScore | undefined;
}

/**
 * A department's KPIs as a fishbone: spine, branches and bones drawn from the catalogue, each bone with name,
 * status, value, change to last year and spark line. Arrow keys walk the bones, Enter opens one, Escape returns.
 */
export function fishbone(site: Site, view: FishboneView, { width, score }: FishboneOptions): HTMLElement {
  const { language, messages } = site;
  const { label, branches } = view.fishbone;
  if (branches.length === 0) return h("div", { class: "fishbone" });
  const head: HeadText = {
    name: label[language],
    period: view.period,
    count: view.targeted > 0 ? messages.fishbone.headCount(String(view.good), String(view.targeted)) : "",
    score,
  };
  return fishboneFigure(
    site,
    {
      label: messages.fishbone.label(head.name),
      head,
      branches: branches.map(({ id, label: name, colour, kpis }) => ({
        id,
        label: name[language],
        colour,
        bones: kpis.map((kpi) => ({
          id: kpi,
          name: view.headlines.get(kpi)?.label ?? kpi,
          row: rowText(view.words.get(kpi)),
        })),
      })),
      bone: (placed) => boneGroup(site, view, placed),
      listed: (id) => treeBone(site, view, id),
    },
    { width },
  );
}

/** A hairline without a weight, 4 px at a fifth of the score or more. */
const lineWidth = (weight = 0) => Math.min(4, 1 + weight * 15).toFixed(2);

const rowText = (words?: HeadlineWords) =>
  words ? `●  ${words.value}  ${words.change}  ${words.remark}`.trimEnd() : "";

function boneGroup(site: Site, view: FishboneView, bone: PlacedBone): SVGElement | null {
  const headline = view.headlines.get(bone.id);
  const words = view.words.get(bone.id);
  if (!headline || !words) return null;
  const nameTop = bone.y - bone.lines.length * boneFont.lineHeight;
  const boxTop = Math.min(nameTop, bone.y - 20) - 3;
  const status = s("tspan", { class: `symbol status-${headline.status}` }, words.symbol);
  const value = s("tspan", { class: "bone-value", dx: 6 }, words.value);
  const change =
    words.change !== "" &&
    s("tspan", { class: words.certain ? "change certain" : "change", dx: 8 }, words.change);
  const remark = words.remark !== "" && s("tspan", { class: "change", dx: 8 }, words.remark);
  return s(
    "a",
    {
      href: site.href(`kpi/${bone.id}`),
      role: "treeitem",
      tabindex: -1,
      "data-kpi": bone.id,
      class: "bone",
    },
    s("title", {}, words.sentence),
    s("rect", {
      class: "bone-box",
      x: bone.left - 6,
      y: boxTop,
      width: bone.sparkX + 66 - bone.left + 8,
      height: bone.y + 22 - boxTop,
      rx: 3,
    }),
    s("line", {
      x1: bone.left,
      y1: bone.y,
      x2: bone.right,
      y2: bone.y,
      style: `stroke-width: ${lineWidth(view.weights.get(bone.id))}`,
    }),
    bone.lines.map((text, index) =>
      s(
        "text",
        { x: bone.left, y: nameTop + (index + 1) * boneFont.lineHeight - 5, class: "bone-name" },
        text,
      ),
    ),
    s(
      "g",
      { transform: `translate(${bone.sparkX},${bone.y - 19})` },
      spark(site, headline, { until: headline.point?.start }),
    ),
    s("text", { x: bone.left, y: bone.y + 16, class: "bone-row" }, status, value, change, remark),
  );
}
