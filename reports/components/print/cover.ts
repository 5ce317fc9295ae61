import { grainWord } from "../../src/words/noTarget.js";
import { isKnown } from "../data/headline.js";
import { statuses } from "../data/targets.js";
import { h, s } from "../element.js";
import { statusMark } from "../fishbone/bone.js";
import { scopeName } from "./jobSite.js";
import type { ReportView } from "./view.js";

/** The first page: title, scope, period, the data's date, the build, and how many KPIs stand how. */
export function cover(view: ReportView): HTMLElement {
  const { site, words, period, departments, others, missing } = view;
  const { format, build, messages } = site;
  const { sections } = view.job.pack;
  const isOfKpis = (["fishbones", "kpis"] as const).some((part) => sections.includes(part));
  const all = new Map(departments.flatMap(({ bones }) => [...bones.headlines]));
  const hasGaps = [...all.values()].some((headline) => !isKnown(headline));
  for (const headline of [
    ...(others?.headlines ?? []),
    ...(hasGaps && sections.includes("missing") ? missing : []),
  ])
    all.set(headline.kpi.id, headline);
  const counts = statuses
    .flatMap((status) => {
      const [other, own] = [true, false].map((isOther) =>
        [...all.values()].filter(
          (headline) => headline.status === status && headline.targetGrains.length > 0 === isOther,
        ),
      );
      const grain = grainWord(other?.[0]?.point?.grain ?? site.grain, site.language);
      return [
        { status, word: messages.status[status], count: own?.length ?? 0 },
        { status, word: messages.fishbone.otherGrain(grain), count: other?.length ?? 0 },
      ];
    })
    .filter(({ count }) => count > 0);
  const fact = (name: string, value: string) => [h("dt", {}, name), h("dd", {}, value)];
  return h(
    "section",
    { class: "cover" },
    mark(),
    h("h1", {}, view.title),
    h("div", { class: "cover-period" }, period),
    isOfKpis &&
      counts.length > 0 &&
      h(
        "div",
        { class: "cover-status", "aria-label": words.cover.status },
        counts.map(({ status, word, count }) =>
          h(
            "div",
            {},
            statusMark(
              site,
              status,
              `${format.integer(count)}${site.language === "en" ? " " : " 项"}${word}`,
            ),
          ),
        ),
      ),
    h(
      "dl",
      {},
      fact(words.cover.scope, scopeOf(view)),
      fact(words.cover.period, period),
      fact(words.cover.dataTo, format.day(build.as_of_on, true)),
      fact(words.cover.build, build.build_id),
    ),
  );
}

/** Whom the pack is limited to, else the departments that it is about, or the whole company where none is named. */
export function scopeOf({ site, job, departments }: ReportView): string {
  const { messages } = site;
  const scope = scopeName(site, job.scope);
  if (scope !== null) return scope;
  const isOfDepartments = (["fishbones", "kpis"] as const).some((part) => job.pack.sections.includes(part));
  if (!isOfDepartments) return messages.trend.allCases;
  const names = departments.map(({ label }) => label).join(messages.punctuation.list);
  return names || messages.trend.allCases;
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
