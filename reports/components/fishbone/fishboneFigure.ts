import type { Site } from "../data/site.js";
import { measureText } from "../data/text.js";
import { h } from "../element.js";
import { type LayoutOptions, layoutFishbone } from "./fishboneLayout.js";
import { type FishboneParts, fishbonePicture } from "./fishbonePicture.js";
import { fishboneTree } from "./fishboneTree.js";
import { walkTree } from "./walk.js";

/** A fishbone as a picture, or as a list where `width`, in px, is below 768 or too narrow for its bones. */
export function fishboneFigure(
  site: Site,
  parts: FishboneParts,
  { kind = "fishbone", ...room }: Pick<LayoutOptions, "width" | "spark"> & { kind?: string },
): HTMLElement {
  const options = { ...room, language: site.language, measure: measureText };
  const layout = room.width < 768 ? null : layoutFishbone(parts.branches, options);
  const drawn = layout ? fishbonePicture(site, layout, parts) : fishboneTree(site, parts);
  const figure = h("div", { class: kind }, drawn);
  walkTree(figure);
  return figure;
}
