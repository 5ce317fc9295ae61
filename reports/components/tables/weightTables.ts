import type {
  GradeFlip,
  RankSwap,
  Turn,
  WeightScorecard,
  WeightSet,
} from "../../src/published/weightTypes.js";
import { noteIn, toldOf } from "../../src/score/weightReview.js";
import { valueLabel } from "../data/labels.js";
import { points } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { weightColumn } from "./scorecardTable.js";
import { headed, numberHead, textHead } from "./table.js";

export function kpiName({ language, kpi }: Pick<Site, "language" | "kpi">, id: string): string {
  return kpi(id)?.label[language] ?? id;
}

/** By how many points a weight has to change before the grade is another; a word where it never is. */
function flipText({ messages, format }: Site, flip: GradeFlip["flip"]): string {
  return flip
    ? messages.weights.flip(format.number("score", { value: Math.abs(flip.change) * 100 }))
    : messages.weights.stable;
}

function turnText({ format }: Site, { weight, change }: Turn): { weight: string; change: string } {
  return { weight: format.share(weight, 1), change: format.delta("percent", change) };
}

/** Each KPI's weight, with its score and how firm the grade is against it, where there are any; `inputs` gives each row a cell to set another weight. */
export function weightTable(
  site: Site,
  card: WeightScorecard,
  scores: ReadonlyMap<string, number | null>,
  inputs?: ReadonlyMap<string, HTMLElement>,
): HTMLElement {
  const { columns } = site.messages.weights;
  const hasTotal = card.company?.total != null;
  const hasScores = [...scores.values()].some((score) => score !== null);
  const weightText = weightColumn(
    site,
    card.in_force.map(({ weight }) => weight),
  );
  return headed(
    "weights",
    [
      textHead(columns.kpi),
      hasScores && numberHead(columns.score),
      numberHead(columns.inForce),
      inputs && numberHead(columns.assumed),
      hasTotal && textHead(columns.flip),
    ],
    h(
      "tbody",
      {},
      card.in_force
        .filter(({ weight }) => weight > 0)
        .map(({ kpi_id, weight }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", class: "text" }, kpiName(site, kpi_id)),
            hasScores && h("td", {}, points(site, scores.get(kpi_id) ?? null)),
            h("td", {}, weightText(weight)),
            inputs && h("td", {}, inputs.get(kpi_id)),
            hasTotal &&
              h(
                "td",
                { class: "text" },
                flipText(site, card.flips.find((flip) => flip.kpi_id === kpi_id)?.flip ?? null),
              ),
          ),
        ),
    ),
  );
}

/** The weights that would swap two neighbouring teams; null where none would. */
export function swapTable(site: Site, swaps: readonly RankSwap[]): HTMLElement | null {
  const words = site.messages.weights;
  const team = (name: string) => valueLabel(site, "team", name);
  const turning = swaps.filter(({ swap }) => swap !== null);
  if (turning.length === 0) return null;
  const weightText = weightColumn(
    site,
    turning.map(({ weight }) => weight),
  );
  return headed(
    "weights",
    [
      textHead(words.columns.kpi),
      numberHead(words.columns.inForce),
      textHead(words.columns.pair),
      textHead(words.columns.swap),
    ],
    h(
      "tbody",
      {},
      turning.map(({ kpi_id, weight, ahead, behind, swap }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", class: "text" }, kpiName(site, kpi_id)),
          h("td", {}, weightText(weight)),
          h("td", { class: "text" }, words.pair(team(ahead), team(behind))),
          h(
            "td",
            { class: "text" },
            swap ? words.swap({ ...turnText(site, swap), leads: team(swap.leads) }) : words.stable,
          ),
        ),
      ),
    ),
  );
}

/** Each set of weights with what changed, the newest first. */
export function historyTable(site: Site, { history }: WeightScorecard): HTMLElement {
  const { weights: words } = site.messages;
  const { columns } = words;
  const weightText = weightColumn(
    site,
    history.slice(1).flatMap(({ changes }) => changes.flatMap(({ before, weight }) => [before, weight])),
  );
  const hasNames = history.some(({ changes }) => changes.some(({ changed_by }) => changed_by !== null));
  return headed(
    "weights",
    [
      textHead(columns.from),
      textHead(columns.kpi),
      numberHead(columns.change),
      hasNames && textHead(words.changedBy),
      textHead(columns.note),
    ],
    history
      .map((set, index) =>
        index === 0 ? firstSet(site, set, hasNames) : changedSet(site, set, { hasNames, weightText }),
      )
      .toReversed(),
  );
}

function firstSet(site: Site, set: WeightSet, hasNames: boolean): HTMLElement {
  const { messages, format } = site;
  const all = (key: "changed_by" | "note") =>
    toldOf(set.changes, key, site.language).join(messages.punctuation.list);
  return h(
    "tbody",
    {},
    h(
      "tr",
      {},
      dayCell(site, set),
      h("td", { class: "text" }, messages.weights.first(format.integer(set.weights.length))),
      h("td", {}, messages.none),
      hasNames && h("td", { class: "text" }, all("changed_by")),
      h("td", { class: "text wrap" }, all("note")),
    ),
  );
}

function changedSet(
  site: Site,
  set: WeightSet,
  { hasNames, weightText }: { hasNames: boolean; weightText: (weight: number) => string },
): HTMLElement {
  return h(
    "tbody",
    {},
    set.changes.map(({ kpi_id, before, weight, changed_by, ...told }, index) =>
      h(
        "tr",
        {},
        index === 0 ? dayCell(site, set) : h("td", {}),
        h("td", { class: "text" }, kpiName(site, kpi_id)),
        h("td", {}, `${weightText(before)} → ${weightText(weight)}`),
        hasNames && h("td", { class: "text" }, changed_by ?? ""),
        h("td", { class: "text wrap" }, noteIn(told, site.language) ?? ""),
      ),
    ),
  );
}

/** The day from which the neutral weights hold, which is no day on which anybody set them. */
export const always = "1970-01-01";

function dayCell(site: Site, { effective_from }: WeightSet): HTMLElement {
  const { format, build, messages } = site;
  const planned = effective_from > build.as_of_on ? ` · ${messages.weights.planned}` : "";
  const day = effective_from === always ? messages.weights.always : format.day(effective_from, true);
  return h("th", { scope: "row", class: "text" }, `${day}${planned}`);
}
