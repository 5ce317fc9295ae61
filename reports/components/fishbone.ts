import { type HeadlineWords, wordsFor } from "./bone.js";
import { h, s } from "./element.js";
import {
  boneFont,
  type FishboneLayout,
  layoutFishbone,
  type PlacedBone,
  type PlacedBranch,
} from "./fishboneLayout.js";
import { fishboneTree } from "./fishboneTree.js";
import { currentPeriod, type Headline, headlineOf } from "./headline.js";
import type { Site } from "./site.js";
import type { Branch, Fishbone, Grain } from "./siteTypes.js";
import { spark } from "./spark.js";
import { measureText, wrapText } from "./text.js";
import { walkTree } from "./walk.js";

export interface FishboneOptions {
  /** Px; below 768 the fishbone is a tree list. */
  width: number;
  grain?: Grain;
}

/** What a fishbone shows of its department, worked out once for picture, list and title. */
export interface FishboneView {
  fishbone: Fishbone;
  grain: Grain;
  period: string;
  headlines: Map<string, Headline>;
  words: Map<string, HeadlineWords>;
  good: number;
  targeted: number;
}

/** Reads the values of a fishbone's KPIs. */
export function fishboneView(site: Site, fishbone: Fishbone, grain: Grain = "month"): FishboneView {
  const current = currentPeriod(site, grain);
  const headlines = new Map<string, Headline>();
  const words = new Map<string, HeadlineWords>();
  for (const id of [...fishbone.branches.flatMap(({ kpis }) => kpis), ...fishbone.successFactors]) {
    const kpi = site.kpi(id);
    if (!kpi) continue;
    const headline = headlineOf(site, kpi, grain);
    headlines.set(id, headline);
    words.set(id, wordsFor(site, headline, current));
  }
  const bones = fishbone.branches.flatMap(({ kpis }) => kpis).flatMap((id) => headlines.get(id) ?? []);
  return {
    fishbone,
    grain,
    period: current === null ? "" : site.format.period(grain, current),
    headlines,
    words,
    good: bones.filter(({ status }) => status === "good").length,
    targeted: bones.filter(({ status }) => ["good", "near", "bad"].includes(status)).length,
  };
}

/**
 * A department's KPIs as a fishbone: spine, branches and bones drawn from the catalogue, each bone with name,
 * status, value, change to last year and spark line. Arrow keys walk the bones, Enter opens one, Escape returns.
 */
export function fishbone(site: Site, view: FishboneView, { width }: FishboneOptions): HTMLElement {
  const branches = view.fishbone.branches.map(({ id, label, kpis }) => ({
    id,
    label: label[site.language],
    bones: kpis.map((kpi) => ({
      id: kpi,
      name: view.headlines.get(kpi)?.label ?? kpi,
      row: rowText(view.words.get(kpi)),
    })),
  }));
  const layout =
    width < 768 ? null : layoutFishbone(branches, { width, language: site.language, measure: measureText });
  const figure = h(
    "div",
    { class: "fishbone" },
    layout ? picture(site, view, layout) : fishboneTree(site, view),
  );
  walkTree(figure);
  return figure;
}

const rowText = (words?: HeadlineWords) =>
  words ? `●  ${words.value}  ${words.change}  ${words.remark}`.trimEnd() : "";

function picture(site: Site, view: FishboneView, layout: FishboneLayout): SVGElement {
  const { width, height, spineY, tailX, headX } = layout;
  const label = site.messages.fishbone.label(view.fishbone.label[site.language]);
  return s(
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "tree",
      "aria-label": label,
      class: "fishbone-picture",
    },
    s("path", { class: "spine", d: `M${tailX},${spineY}H${headX}` }),
    s("path", {
      class: "tail",
      d: `M${tailX},${spineY}L4,${spineY - 18}M${tailX},${spineY}L4,${spineY + 18}`,
    }),
    head(site, view, layout),
    layout.branches.map((placed) => {
      const branch = view.fishbone.branches.find(({ id }) => id === placed.id);
      return branch && branchGroup(site, view, branch, placed);
    }),
  );
}

function head(site: Site, view: FishboneView, { headX, headWidth, spineY }: FishboneLayout): SVGElement {
  const half = 84;
  const nose = headX + headWidth - 4;
  const outline = `M${headX},${spineY - half}C${headX + 80},${spineY - half},${nose - 24},${spineY - 36},${nose},${spineY}C${nose - 24},${spineY + 36},${headX + 80},${spineY + half},${headX},${spineY + half}Z`;
  const { messages, language } = site;
  const name = wrapText(view.fishbone.label[language], headWidth - 66, {
    size: 16,
    bold: true,
    language,
    measure: measureText,
  });
  const count =
    view.targeted > 0 ? messages.fishbone.headCount(String(view.good), String(view.targeted)) : "";
  const rows = [
    ...name.map((text) => ({ text, class: "head-name", step: 22 })),
    { text: view.period, class: "head-period", step: 20 },
    { text: count, class: "head-count", step: 24 },
  ].filter(({ text }) => text !== "");
  let y = spineY - rows.reduce((sum, { step }) => sum + step, 0) / 2;
  return s(
    "g",
    { class: "head" },
    s("path", { d: outline }),
    rows.map((row) => {
      y += row.step;
      return s("text", { x: headX + 18, y: y - 6, class: row.class }, row.text);
    }),
  );
}

function branchGroup(site: Site, view: FishboneView, branch: Branch, placed: PlacedBranch): SVGElement {
  const { line, label } = placed;
  const hue = `branch-${branch.colour}`;
  return s(
    "g",
    {
      role: "treeitem",
      "aria-expanded": "true",
      "aria-label": branch.label[site.language],
      class: `branch ${hue}`,
    },
    s("line", line),
    s("rect", { ...label, rx: 4 }),
    placed.labelLines.map((text, index) =>
      s("text", { x: label.x + label.width / 2, y: label.y + 20 + index * 20, class: "branch-label" }, text),
    ),
    s(
      "g",
      { role: "group" },
      placed.bones.map((bone) => boneGroup(site, view, bone)),
    ),
  );
}

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
      "aria-label": words.sentence,
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
    s("line", { x1: bone.left, y1: bone.y, x2: bone.right, y2: bone.y }),
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
      spark(headline.points, { until: headline.point?.start }),
    ),
    s("text", { x: bone.left, y: bone.y + 16, class: "bone-row" }, status, value, change, remark),
  );
}
