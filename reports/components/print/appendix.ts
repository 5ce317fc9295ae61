import type { Quality } from "../../src/published/quality.js";
import type { WeightsDocument } from "../../src/published/weightTypes.js";
import { toldOf } from "../../src/score/weightReview.js";
import { ofExtracts } from "../data/qualityCounts.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { qualityTitle } from "../pages/quality.js";
import { weightColumn } from "../tables/scorecardTable.js";
import { always, kpiName } from "../tables/weightTables.js";
import { definitionsPart } from "./definitions.js";
import { filesEquation, tablesEquation } from "./equations.js";
import { reportTable } from "./table.js";
import type { ReportView } from "./view.js";

/** The id of the appendix. */
export const appendixId = "definitions";

/** What a reader needs to check a report: what its KPIs mean, the weights of its totals, its data, how it is made again. */
export function appendixSection(view: ReportView, weights: WeightsDocument, quality: Quality): HTMLElement {
  const { words, site } = view;
  const { parts, name, title } = words.appendix;
  const drawn = [
    [parts.definitions, definitionsPart(view)],
    [parts.weights, weightsPart(view, weights)],
    [parts.quality, qualityPart(view, quality)],
    [parts.again, [h("h3", {}, words.appendix.again), makeAgain(view)]],
  ] as const;
  const said = drawn.flatMap(([part, content]) => (content ? [part] : []));
  return h(
    "section",
    { class: "definitions" },
    h("h2", { id: appendixId }, said.length > 0 ? title(said.join(site.messages.punctuation.list)) : name),
    drawn.map(([, content]) => content),
  );
}

/** Build and command of the report, and how its figures are checked. */
export function makeAgain({ site, words, job }: ReportView): HTMLElement[] {
  const { build, format } = site;
  const { signoff, cover, appendix } = words;
  return [
    h("p", { class: "shown" }, appendix.againShown),
    h(
      "dl",
      { class: "again" },
      fact(cover.build, build.build_id),
      fact(cover.dataTo, format.day(build.as_of_on, true)),
      fact(signoff.command, h("code", {}, job.command)),
      fact(signoff.check, h("code", {}, signoff.verify)),
    ),
  ];
}

/** A row of a list of facts. */
export const fact = (name: string, value: string | HTMLElement): HTMLElement[] => [
  h("dt", {}, name),
  h("dd", {}, value),
];

/** Each scorecard whose total the pack shows, with the weights that made it, their version and since when they hold. */
function weightsPart(view: ReportView, { scorecards }: WeightsDocument): HTMLElement[] | null {
  const { site, words, figures, captions, job } = view;
  const { weights: say } = words.appendix;
  const { punctuation } = site.messages;
  const rows = scorecards.flatMap(({ id, label, history }) => {
    const score = figures.scores.find(({ scorecard }) => scorecard === id);
    if (!score) return [];
    const known = history.filter(({ effective_from }) => effective_from < score.period_end);
    const set = known.at(-1);
    const items = score.items.filter(({ weight }) => weight > 0);
    // As the scorecard's table writes them.
    const text = weightColumn(
      site,
      items.map(({ weight }) => weight),
    );
    const listed = items.map(({ kpi_id, weight }) => `${kpiName(view.company, kpi_id)}\u00a0${text(weight)}`);
    return [
      {
        // Who set weights is somebody beside whom a pack is for.
        by:
          set && job.scope === null
            ? toldOf(set.changes, "changed_by", site.language).join(punctuation.list)
            : "",
        cells: [
          label[site.language],
          set ? say.versionOf(String(known.length), String(history.length)) : site.messages.none,
          set ? validFrom(site, set.effective_from) : site.messages.weights.always,
        ],
        // No name is cut at the end of a line that it fits into.
        weights: h(
          "span",
          {},
          listed.flatMap((one, at) => [
            h("span", { class: "whole" }, at < listed.length - 1 ? one + punctuation.list.trimEnd() : one),
            punctuation.list.endsWith(" ") ? " " : h("wbr"),
          ]),
        ),
      },
    ];
  });
  if (rows.length === 0) return null;
  const hasNames = rows.some(({ by }) => by !== "");
  const heads = [say.card, say.version, say.from, ...(hasNames ? [say.by] : []), say.weights];
  return [
    h("h3", {}, say.head),
    reportTable(
      heads.map((head) => ({ head })),
      rows.map(({ by, cells, weights }) => [...cells, ...(hasNames ? [by] : []), weights]),
      captions.table(say.caption),
      { kind: "weights-in-force" },
    ),
  ];
}

const validFrom = ({ format, messages }: Site, day: string) =>
  day === always ? messages.weights.always : format.day(day, true);
/** What was read and refused, in three sentences; the company's, so that a pack of a part of it has none. */
function qualityPart(view: ReportView, read: Quality): HTMLElement[] | null {
  const { site, words, job } = view;
  if (job.scope !== null || job.pack.sections.includes("quality")) return null;
  const quality = ofExtracts(read);
  const title = qualityTitle(site, quality).querySelector("h1");
  const { balanced, unbalanced } = site.messages.quality;
  const { files, tables } = quality;
  const equations = files.length > 0 ? [filesEquation(view, files), tablesEquation(view, tables)] : [];
  return [
    h("h3", {}, words.appendix.quality),
    h(
      "ul",
      { class: "notes" },
      h("li", {}, title?.textContent ?? ""),
      equations.map(({ text, holds }) => h("li", {}, `${text} ${holds ? balanced : unbalanced}`)),
      h("li", {}, words.appendix.qualityElsewhere),
    ),
  ];
}
