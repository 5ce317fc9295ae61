import { h } from "../element.js";
import { fact, makeAgain } from "./appendix.js";
import { scopeOf } from "./cover.js";
import { reportTable } from "./table.js";
import type { ReportView } from "./view.js";

/** The id of the sign-off. */
export const signoffId = "signoff";

/** What is signed, and who prepared, reviewed and approved it; without an appendix, how it is made again. */
export function signoffSection(view: ReportView): HTMLElement {
  const { site, words, job, captions, period, figures } = view;
  const { build, format } = site;
  const { signoff, cover, appendix } = words;
  const blank = () => h("span", { class: "blank" });
  const signed = Object.fromEntries(
    (["values", "scores", "initiatives"] as const).map((kind) => [kind, figures[kind].length]),
  ) as Record<"values" | "scores" | "initiatives", number>;
  const hasFigures =
    (job.scope === null && job.pack.sections.includes("quality")) ||
    Object.values(signed).some((count) => count > 0);
  return h(
    "section",
    { class: "signoff" },
    h("h2", { id: signoffId }, signoff.name),
    h("p", { class: "shown" }, signoff.shown),
    h(
      "dl",
      {},
      fact(cover.scope, scopeOf(view)),
      fact(cover.period, period),
      fact(signoff.figures, hasFigures ? signoff.counted(signed) : site.messages.none),
      fact(cover.build, `${build.build_id} · ${cover.dataTo} ${format.day(build.as_of_on, true)}`),
    ),
    reportTable(
      [{ head: signoff.role }, { head: signoff.person }, { head: signoff.signature }, { head: signoff.date }],
      [signoff.prepared, signoff.reviewed, signoff.approved].map((role) => [role, blank(), blank(), blank()]),
      captions.table(signoff.caption),
    ),
    !job.pack.sections.includes("definitions") && [h("h3", {}, appendix.again), makeAgain(view)],
  );
}
