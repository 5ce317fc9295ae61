import type { Site } from "../data/site.js";
import { type Status, statuses, statusSymbol } from "../data/targets.js";
import { h, s } from "../element.js";
import { fishboneFigure } from "./fishboneFigure.js";
import type { HeadText } from "./fishboneHead.js";
import { boneFont, type PlacedBone } from "./fishboneLayout.js";
import { type CauseView, causeKey, causeWords, type ProblemView } from "./problem.js";

export interface ProblemOptions {
  /** Px; below 768 the fishbone is a tree list. */
  width: number;
}

/**
 * A problem as a fishbone: the problem is the head, its causes are the bones, each with the status and value of the
 * KPI with the strongest sign; the farther off target, the thicker the bone. Arrow keys walk the causes, Enter
 * opens that KPI, Escape returns.
 */
export function problemFishbone(site: Site, view: ProblemView, { width }: ProblemOptions): HTMLElement {
  const { language, messages } = site;
  const { label, branches } = view.problem;
  const head: HeadText = {
    name: label[language],
    period: view.period,
    count: marksOf(view, "\u00a0 ", (status, count) => `${countSymbol(site, status)}\u00a0${count}`),
    countWords: marksOf(
      view,
      messages.punctuation.comma,
      (status, count) => `${messages.status[status]}${messages.punctuation.colon}${count}`,
    ),
  };
  const byId = new Map(view.causes.map((one) => [one.cause.id, one]));
  return fishboneFigure(
    site,
    {
      label: messages.problems.label(head.name),
      head,
      branches: branches.map(({ id, label: name, colour, causes }) => ({
        id,
        label: name[language],
        colour,
        bones: causes.flatMap(({ id: cause }) => {
          const one = byId.get(cause);
          if (!one) return [];
          const { label: text, value, rank, evidence } = causeWords(site, view, one);
          return [{ id: cause, name: text, row: `●  ${value}  ${rank}`.trimEnd(), detail: evidence }];
        }),
      })),
      bone: (placed) => {
        const one = byId.get(placed.id);
        return one ? boneGroup(site, view, one, placed) : null;
      },
      listed: (id) => {
        const one = byId.get(id);
        return one ? treeCause(site, view, one) : null;
      },
    },
    { width, kind: "fishbone problem", spark: 0 },
  );
}

/** The symbol before a count; of what has no data the word: its dash would read as a minus, or as up to. */
export const countSymbol = ({ messages }: Site, status: Status): string =>
  status === "none" ? messages.status.none : statusSymbol[status];

/** How many causes stand how: each status that any has, as `say` puts it. */
function marksOf(
  { counts }: ProblemView,
  joined: string,
  say: (status: Status, count: number) => string,
): string {
  return statuses
    .filter((status) => counts[status] > 0)
    .map((status) => say(status, counts[status]))
    .join(joined);
}

function boneGroup(site: Site, view: ProblemView, one: CauseView, bone: PlacedBone): SVGElement {
  const words = causeWords(site, view, one);
  const nameTop = bone.y - bone.lines.length * boneFont.lineHeight;
  const bottom = bone.y + 22 + bone.detail.length * 16;
  return s(
    "a",
    { ...boneAttributes(site, view, one), class: `bone sign-${one.standing}` },
    s("title", {}, words.sentence),
    s("rect", {
      class: "bone-box",
      x: bone.left - 6,
      y: nameTop - 3,
      width: bone.sparkX - bone.left,
      height: bottom - nameTop + 3,
      rx: 3,
    }),
    s("line", {
      x1: bone.left,
      y1: bone.y,
      x2: bone.right,
      y2: bone.y,
      // A rule of the style sheet goes before an attribute.
      style: `stroke-width: ${strokeOf(one.distance).toFixed(2)}`,
    }),
    bone.lines.map((text, index) =>
      s(
        "text",
        { x: bone.left, y: nameTop + (index + 1) * boneFont.lineHeight - 6, class: "bone-name" },
        text,
      ),
    ),
    s(
      "text",
      { x: bone.left, y: bone.y + 17, class: "bone-row" },
      s("tspan", { class: `symbol status-${one.standing}` }, words.symbol),
      s("tspan", { class: "bone-value", dx: 6 }, words.value),
      words.rank !== "" && s("tspan", { class: "change", dx: 8 }, words.rank),
    ),
    bone.detail.map((text, index) =>
      s("text", { x: bone.left, y: bone.y + 33 + index * 16, class: "bone-detail" }, text),
    ),
  );
}

/** From a hair line at the target to 4 px at and beyond twice the way to the floor. */
function strokeOf(distance: number | null): number {
  return distance === null ? 1.25 : 1.25 + Math.min(distance, 2) * 1.4;
}

function boneAttributes(site: Site, view: ProblemView, one: CauseView) {
  const key = causeKey(view, one);
  return {
    href: `${site.href(`kpi/${one.lead}`)}#${key}`,
    role: "treeitem",
    tabindex: -1,
    "data-cause": key,
    "data-kpi": one.lead,
  };
}

/** The same in the list. */
function treeCause(site: Site, view: ProblemView, one: CauseView): HTMLElement {
  const words = causeWords(site, view, one);
  return h(
    "a",
    { ...boneAttributes(site, view, one), class: "bone" },
    h("span", { class: "bone-name" }, words.label),
    h(
      "span",
      { class: "bone-row" },
      h("span", { class: `symbol status-${one.standing}`, "aria-hidden": "true" }, words.symbol),
      h("span", { class: "visually-hidden" }, site.messages.status[one.standing]),
      " ",
      h("span", { class: "bone-value" }, words.value),
      words.rank !== "" && h("span", { class: "change" }, words.rank),
      h("span", { class: "bone-detail" }, words.evidence),
    ),
  );
}
