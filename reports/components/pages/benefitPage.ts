import { addDays } from "../../src/kpi/periods.js";
import { addressOf, type BenefitsDocument, isCompared } from "../../src/published/benefitTypes.js";
import { shellWord } from "../../src/run/shellWord.js";
import { expectedText } from "../../src/words/benefitTeller.js";
import { benefitText } from "../../src/words/benefitText.js";
import { moneyText, setMoneyText } from "../../src/words/figureText.js";
import { benefitNames, scopeOf } from "../data/benefits.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import {
  type BenefitChart,
  type BenefitView,
  benefitCharts,
  hidesOthers,
  isPoisson,
  widest,
} from "./benefitCharts.js";
import { message, notes } from "./message.js";

/** `fitted`: draws again whenever the width changes. */
type Resize = (draw: (width: number) => Node) => Node;

/** The initiative of a page's address. */
export function benefitView(site: Site, doc: BenefitsDocument, address: string): BenefitView | null {
  const row = doc.initiatives.find(({ initiative_id }) => addressOf(initiative_id) === address);
  const kpi = row && site.kpi(row.kpi_id);
  return row && kpi ? { row, kpi, names: benefitNames(site, doc) } : null;
}

/** The way back to all initiatives. */
export function benefitPath(site: Site): HTMLElement {
  const words = site.messages.benefits;
  return h(
    "nav",
    { class: "path", "aria-label": words.back },
    h("a", { href: site.href("benefits") }, words.back),
  );
}

export function benefitTitle(site: Site, view: BenefitView | null): HTMLElement {
  if (!view) return message(site.messages.benefits.notFound, "");
  const { kpi, row, names } = view;
  const { happened } = benefitText(row, names, site.language);
  return message(happened, `${kpi.label[site.language]} · ${scopeOf(site, names, row)}`);
}

/** An initiative in words: its paragraph, and what limits it. */
function benefitWords(site: Site, { row, names }: BenefitView): HTMLElement {
  const { sentences, limits } = benefitText(row, names, site.language);
  const words = site.messages.benefits;
  const { companions } = row;
  return h(
    "section",
    { class: "benefit-text" },
    h("p", {}, sentences.join(site.language === "en" ? " " : "")),
    (limits.length > 0 || companions) && h("h2", {}, words.limits),
    limits.length > 0
      ? h(
          "ul",
          { class: "told" },
          limits.map((limit) => h("li", {}, limit)),
        )
      : companions && h("p", {}, words.noLimits),
  );
}

/** Every part of the page below its words. */
export function benefitParts(site: Site, view: BenefitView, fitted: Resize): HTMLElement[] {
  const { row } = view;
  const { trend, effect, study, time, space } = benefitCharts(site, view);
  const parts = [trend, effect, study, time, space].flatMap((chart) => chart ?? []);
  return [
    benefitWords(site, view),
    ...(row.hidden
      ? [h("p", { class: "shown" }, site.messages.benefits.hidden)]
      : parts.map((chart) => chartPart(chart, fitted))),
    assumptionPart(site, view),
    factPart(site, view),
  ];
}

function chartPart(chart: BenefitChart, fitted: Resize): HTMLElement {
  const { happened, shown, warning } = chart;
  const said = chart.notes(() => chart.draw({ width: widest })).filter(Boolean);
  return h(
    "section",
    { class: "benefit-part" },
    message(happened, shown, "h2"),
    warning && h("p", { class: "notice" }, warning),
    fitted((width) => chart.draw({ width })),
    said.length > 0 && notes(said),
  );
}

/** What an initiative's figures rest on, in plain words. */
export function assumptionsOf({ messages }: Site, { row, kpi }: BenefitView): string[] {
  const { assumptions } = messages.benefits;
  const isDuration = kpi.kind === "mean" && (kpi.unit === "minutes" || kpi.unit === "hours");
  return [
    row.method && (isCompared(row) ? assumptions.did : assumptions.alone),
    row.method && assumptions.mix,
    row.method && (isPoisson(row) ? assumptions.poisson : assumptions.clusters),
    isDuration && assumptions.ranks,
    row.value_per_unit !== null && assumptions.worth,
    assumptions.frozen,
    !row.hidden && hidesOthers(row) && messages.benefits.space.unshown,
  ].flatMap((line) => line || []);
}

function assumptionPart(site: Site, view: BenefitView): HTMLElement {
  const words = site.messages.benefits;
  const { customers } = view.row.companions ?? {};
  const { integer } = site.format;
  const lines = [
    ...assumptionsOf(site, view),
    customers &&
      words.customers({
        both: integer(customers.both),
        left: integer(customers.left),
        joined: integer(customers.joined),
      }),
  ].filter(Boolean);
  return h(
    "section",
    { class: "benefit-part" },
    h("h2", {}, words.assumptions.title),
    h(
      "ul",
      { class: "told" },
      lines.map((line) => h("li", {}, line || "")),
    ),
  );
}

function factPart(site: Site, { row, kpi, names }: BenefitView): HTMLElement {
  const { messages, format, language, catalogue } = site;
  const { facts, ...words } = messages.benefits;
  const day = (iso: string) => format.day(iso, true);
  const days = ({ start, end }: { start: string; end: string }) =>
    words.window(day(start), day(addDays(end, -1)));
  const money = (value: number) => moneyText(value, catalogue.currency, language);
  const rows: [string, Node | string | null][] = [
    [facts.kpi, h("a", { href: site.href(`kpi/${kpi.id}`) }, kpi.label[language])],
    [facts.scope, scopeOf(site, names, row)],
    [facts.started, day(row.started_on)],
    [facts.baseline, days(row.baseline)],
    [facts.followUp, days(row.follow_up)],
    [facts.lag, row.lag_days > 0 ? words.days(format.integer(row.lag_days)) : null],
    [
      facts.expected,
      row.expected === null
        ? null
        : expectedText({ unit: kpi.unit, currency: catalogue.currency }, row.expected, language),
    ],
    [facts.cost, row.cost === null ? null : money(row.cost)],
    [
      facts.perUnit,
      row.value_per_unit === null ? null : setMoneyText(row.value_per_unit, catalogue.currency, language),
    ],
    [
      facts.method,
      row.method === null
        ? row.untestable === "windows_differ"
          ? words.noMethodWindows
          : words.noMethod
        : (words.methods[row.method] ?? row.method),
    ],
    [facts.registered, row.registered ? day(row.registered.first_seen) : null],
    [facts.decided, row.decided && words.decided(day(row.decided.on), row.decided.build_id)],
    [facts.command, h("code", {}, `npx herringbone assess ${shellWord(row.initiative_id)} --explain`)],
  ];
  return h(
    "section",
    { class: "benefit-part" },
    h("h2", {}, facts.title),
    h(
      "dl",
      { class: "benefit-facts" },
      rows.flatMap(([name, value]) => (value === null ? [] : [h("dt", {}, name), h("dd", {}, value)])),
    ),
  );
}
