import { h } from "../element.js";
import { fishbone } from "../fishbone.js";
import { fishboneTitle, successFactors } from "../fishbonePage.js";
import { figureId, type ReportView } from "./view.js";

/** Px between the margins of A4 landscape at 96 dpi. */
const width = 986;

/** The fishbone on a lying page. Its bones lead to the KPIs' figures. */
export function fishboneSheet(view: ReportView): HTMLElement {
  const { site, bones, captions, department } = view;
  const title = fishboneTitle(site, bones);
  const heading = title.querySelector("h1");
  heading?.replaceWith(h("h2", { id: "fishbone" }, ...heading.childNodes));
  const picture = fishbone(site, bones, { width });
  const factors = successFactors(site, bones);
  factors
    .querySelector("h2")
    ?.replaceWith(h("div", { class: "factors-head" }, site.messages.fishbone.successFactors));
  const sheet = h(
    "section",
    { class: "wide" },
    title,
    h(
      "figure",
      {},
      picture,
      [...factors.childNodes],
      captions.figure(site.messages.fishbone.label(department)),
    ),
  );
  for (const bone of sheet.querySelectorAll("[data-kpi]")) {
    bone.setAttribute("href", `#${figureId(bone.getAttribute("data-kpi") ?? "")}`);
  }
  return sheet;
}
