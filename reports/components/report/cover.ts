import { statusMark } from "../bone.js";
import { h, s } from "../element.js";
import type { Status } from "../targets.js";
import type { ReportView } from "./view.js";

const statuses: Status[] = ["good", "near", "bad", "untargeted", "none"];

/** The first page: title, scope, period, the data's date, the build, and how many KPIs stand how. */
export function cover({ site, words, bones, department }: ReportView): HTMLElement {
  const { format, build, messages } = site;
  const all = [...bones.headlines.values()];
  const counts = statuses
    .map((status) => ({ status, count: all.filter((headline) => headline.status === status).length }))
    .filter(({ count }) => count > 0);
  const fact = (name: string, value: string) => [h("dt", {}, name), h("dd", {}, value)];
  return h(
    "section",
    { class: "cover" },
    mark(),
    h("h1", {}, words.title(department)),
    h("div", { class: "cover-period" }, bones.period),
    h(
      "div",
      { class: "cover-status", "aria-label": words.cover.status },
      counts.map(({ status, count }) =>
        statusMark(
          site,
          status,
          `${format.integer(count)}${site.language === "en" ? " " : " 项"}${messages.status[status]}`,
        ),
      ),
    ),
    h(
      "dl",
      {},
      fact(words.cover.scope, `${department}${messages.punctuation.comma}${messages.trend.allCases}`),
      fact(words.cover.period, bones.period),
      fact(words.cover.dataTo, format.day(build.data_date, true)),
      fact(words.cover.build, build.build_id),
    ),
  );
}

/** The spine and its bones, as on the site. */
function mark(): SVGElement {
  return s(
    "svg",
    { class: "cover-mark", viewBox: "0 0 176 96", width: 176, height: 96, "aria-hidden": "true" },
    s("path", { class: "bones", d: "M4,48H136M34,6L62,48M76,6L104,48M34,90L62,48M76,90L104,48" }),
    s("path", { class: "fish-head", d: "M136,16L172,48L136,80Z" }),
  );
}
