import type { Site } from "../data/site.js";
import { s } from "../element.js";
import { fishboneHead, type HeadText } from "./fishboneHead.js";
import type { BranchText, FishboneLayout, PlacedBone, PlacedBranch } from "./fishboneLayout.js";

/** What a fishbone says, as a picture and as a list. */
export interface FishboneParts {
  /** What a screen reader calls the tree. */
  label: string;
  head: HeadText;
  branches: readonly (BranchText & { colour: number })[];
  /** Draws a bone where it was placed. */
  bone(placed: PlacedBone): SVGElement | null;
  /** The same bone in the list. */
  listed(id: string): HTMLElement | null;
}

/** A fishbone as one picture: spine, tail and head, the branches with their labels, and their bones. */
export function fishbonePicture(site: Site, layout: FishboneLayout, parts: FishboneParts): SVGElement {
  const { width, height, spineY, tailX, headX } = layout;
  return s(
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "tree",
      "aria-label": parts.label,
      class: "fishbone-picture",
    },
    s("path", { class: "spine", d: `M${tailX},${spineY}H${headX}` }),
    s("path", {
      class: "tail",
      d: `M${tailX},${spineY}L4,${spineY - 18}M${tailX},${spineY}L4,${spineY + 18}`,
    }),
    fishboneHead(site, parts.head, layout),
    layout.branches.map((placed) => {
      const branch = parts.branches.find(({ id }) => id === placed.id);
      return branch && branchGroup(branch, placed, parts);
    }),
  );
}

function branchGroup(
  { label: name, colour }: { label: string; colour: number },
  { line, label, labelLines, bones }: PlacedBranch,
  parts: FishboneParts,
): SVGElement {
  return s(
    "g",
    {
      role: "group",
      "aria-label": name,
      class: `branch branch-${colour}`,
    },
    s("line", line),
    s("rect", { ...label, rx: 4 }),
    labelLines.map((text, index) =>
      s("text", { x: label.x + label.width / 2, y: label.y + 20 + index * 20, class: "branch-label" }, text),
    ),
    bones.map(parts.bone),
  );
}
