import { h } from "../element.js";
import { reportTable } from "./table.js";
import type { ReportView } from "./view.js";

/** The id of the sign-off. */
export const signoffId = "signoff";

/** Who prepared, reviewed and approved the pack, of which build it is, and how it is made again. */
export function signoffSection(view: ReportView): HTMLElement {
  const { site, words, job, captions } = view;
  const { build, format } = site;
  const { signoff } = words;
  const fact = (name: string, value: string | HTMLElement) => [h("dt", {}, name), h("dd", {}, value)];
  const blank = () => h("span", { class: "blank" });
  return h(
    "section",
    { class: "signoff" },
    h("h2", { id: signoffId }, signoff.name),
    h("p", { class: "shown" }, signoff.shown),
    reportTable(
      [{ head: signoff.role }, { head: signoff.person }, { head: signoff.signature }, { head: signoff.date }],
      [signoff.prepared, signoff.reviewed, signoff.approved].map((role) => [role, blank(), blank(), blank()]),
      captions.table(signoff.caption),
    ),
    h("h3", {}, signoff.again),
    h(
      "dl",
      {},
      fact(words.cover.build, build.build_id),
      fact(words.cover.dataTo, format.day(build.as_of_on, true)),
      fact(signoff.command, h("code", {}, job.command)),
      fact(signoff.check, h("code", {}, signoff.verify)),
    ),
  );
}
