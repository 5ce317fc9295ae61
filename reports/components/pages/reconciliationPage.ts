import type { ShownReconciliation } from "../../src/published/reconciliation.js";
import { greatest, least } from "../../src/statistics/extremes.js";
import { reconcileTable } from "../../src/words/languages.js";
import { reconcileTexts } from "../../src/words/reconcileText.js";
import type { Site } from "../data/site.js";
import { h, s } from "../element.js";
import { table } from "../tables/table.js";
import { message, notes } from "./message.js";

/** How many reconciliations there are, and of how many a rest stays. */
export function reconciliationsTitle(site: Site, all: readonly ShownReconciliation[]): HTMLElement {
  const { messages, format } = site;
  const words = messages.reconciliations;
  const open = all.filter(({ differences }) => differences.some(({ explained }) => !explained));
  const happened =
    all.length === 0
      ? words.none
      : open.length === 0
        ? words.allExplained(format.integer(all.length))
        : words.someOpen(format.integer(open.length), format.integer(all.length));
  return message(happened, all.length === 0 ? words.how : words.shown);
}

/** Each reconciliation: both figures, the differences by cause on the way from one to the other, and what stays unexplained. */
export function reconciliationSections(site: Site, all: readonly ShownReconciliation[]): HTMLElement | null {
  return all.length === 0
    ? null
    : h(
        "div",
        { class: "reconciliations" },
        all.map((each) => sectionOf(site, each)),
      );
}

function sectionOf(site: Site, found: ShownReconciliation): HTMLElement | null {
  const { language, messages, format, build, catalogue } = site;
  const kpi = site.kpi(found.kpi_id);
  if (!kpi) return null;
  const words = messages.reconciliations;
  const say = reconcileTable(language);
  const texts = reconcileTexts(
    found,
    {
      unit: kpi.unit,
      kind: kpi.kind,
      label: kpi.label[language],
      definition: kpi.definition[language],
      currency: catalogue.currency,
    },
    language,
  );
  const { open, close } = messages.punctuation;
  const steps = stepsOf(found);
  const unit = `${open}${texts.unit}${close}`;
  const heads = [say.difference, words.way, say.count, `${say.effect}${unit}`, say.examples];
  const rows = texts.rows.map(({ what, cases, effect, examples, difference }, index) => {
    const step = steps?.between[index];
    return [
      h("th", { scope: "row", class: difference.explained ? null : "unexplained" }, what),
      h(
        "td",
        { class: "text" },
        steps && step ? waterfall(steps.domain, step, `${what} ${effect}`) : messages.none,
      ),
      h("td", {}, cases || messages.none),
      h("td", {}, effect),
      h("td", { class: "text" }, examples || messages.none),
    ];
  });
  const made = format.day(found.made_on, true);
  return h(
    "section",
    { id: `${found.kpi_id}-${found.grain}-${found.period_start}` },
    h(
      "h2",
      {},
      h("a", { href: site.href(`kpi/${kpi.id}`) }, kpi.label[language]),
      ` · ${format.period(found.grain, found.period_start)}`,
    ),
    h(
      "p",
      { class: "equation" },
      words.line({ ours: `${texts.ours}${unit}`, theirs: texts.theirs, outcome: texts.outcome }),
    ),
    rows.length > 0 ? table(heads, rows, { texts: 2, stacked: true }) : h("p", {}, words.same),
    notes([
      rows.length > 0 && texts.equation,
      ...texts.details,
      ...texts.facts,
      found.their_time_zone !== null && words.zone(found.their_time_zone, found.time_zone),
      found.build_id === build.build_id
        ? words.made(made, found.build_id)
        : words.madeBefore(made, found.build_id),
    ]),
  );
}

interface Steps {
  domain: readonly [number, number];
  between: (readonly [number, number])[];
}

/** Where each difference begins and ends on the way from our figure to theirs; null where an effect is not known. */
function stepsOf({ ours, differences }: ShownReconciliation): Steps | null {
  if (ours === null) return null;
  let at = ours;
  const between: (readonly [number, number])[] = [];
  for (const { effect } of differences) {
    if (effect === null) return null;
    between.push([at, at + effect]);
    at += effect;
  }
  const ends = between.flat();
  return { domain: [least(ends, ours), greatest(ends, ours)], between };
}

const [width, height] = [170, 18];

/** A step of the way, drawn between the lowest and the highest point of all of it: up to the right, down to the left. */
function waterfall(
  [low, high]: Steps["domain"],
  [from, to]: readonly [number, number],
  label: string,
): SVGElement {
  const span = high - low || 1;
  const x = (value: number) => 4 + ((value - low) / span) * (width - 8);
  const [left, right] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
  return s(
    "svg",
    {
      class: "step-cell",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": label,
    },
    s("line", { class: "way", x1: 0, x2: width, y1: height / 2, y2: height / 2 }),
    s("rect", { class: "step", x: left, y: 3, width: Math.max(2, right - left), height: height - 6 }),
    s("line", { class: "start", x1: x(from), x2: x(from), y1: 0, y2: height }),
  );
}
