import { unknown } from "../../src/catalogue/dimensions.js";
import type { GroupChange } from "../../src/kpi/explain.js";
import { changeChart } from "../charts/changeChart.js";
import { isShareOnly } from "../charts/titles.js";
import { scopeText } from "../controls/filterBar.js";
import { dimensionHead, dimensionLabel, tableText, valueLabel } from "../data/labels.js";
import { isBeyond, largestPart, remainder } from "../data/remainder.js";
import type { Site } from "../data/site.js";
import { unshownText } from "../data/unshown.js";
import { h } from "../element.js";
import { table } from "../tables/table.js";
import type { ChangeView } from "./changeView.js";
import { message, notes } from "./message.js";

/** The message of a change: by how much the value differs, whether that is more than chance, and the largest part of it. */
export function changeTitle(site: Site, view: ChangeView): HTMLElement {
  const { kpi, point, compare, difference, explanation } = view;
  const { messages, format, language } = site;
  const { change, trend, punctuation } = messages;
  const other = compare === "year" ? trend.otherLastYear : trend.otherPrevious;
  const size = format.difference(kpi.unit, difference.delta, point);
  const label = kpi.label[language];
  if (isShareOnly(kpi))
    return message(shiftedText(site, view, other), explanation ? shownText(site, view) : "", "h2");
  const moved = /[1-9]/.test(size);
  const happened = !moved
    ? change.same(label, other)
    : difference.delta > 0
      ? change.higher(label, other, size)
      : change.lower(label, other, size);
  const delta = (value: number) => format.delta(kpi.unit, value, point);
  const most = explanation && largestPart(explanation.groups, difference.delta);
  const isChance = difference.certain === false;
  // Within chance there is nothing that a group could be the cause of.
  const part =
    most && !isChance && isDivided(view) && /[1-9]/.test(delta(most.contribution)) && moved
      ? punctuation.comma +
        partText(
          site,
          most.contribution,
          difference.delta,
        )(groupLabel(site, view, most.group), delta(most.contribution))
      : "";
  const sure = isChance && moved ? `${punctuation.semicolon}${change.chance}` : "";
  return message(`${happened}${part}${sure}`, explanation ? shownText(site, view) : "", "h2");
}

/** How the largest contribution is told: as a part of the change, or where it is more than that, by itself. */
export const partText = ({ messages: { change } }: Site, contribution: number, whole: number) =>
  isBeyond(contribution, whole) ? change.alone : change.largest;

/** How many shares the message of a KPI names whose whole is 100 %. */
const namedShares = 2;

/** Of a KPI whose whole is 100 % by definition: the shares that moved most. */
function shiftedText(site: Site, view: ChangeView, other: string): string {
  const { kpi, point, explanation } = view;
  const { messages, format, language } = site;
  const label = kpi.label[language];
  const moved = (isSplitByShares(view) ? (explanation?.groups ?? []) : [])
    .filter(({ group }) => group !== remainder)
    .map(({ group, contribution }) => ({
      group,
      by: format.delta(kpi.unit, contribution, point),
      size: Math.abs(contribution),
    }))
    .filter(({ by }) => /[1-9]/.test(by))
    .toSorted((a, b) => b.size - a.size)
    .slice(0, namedShares);
  if (moved.length === 0) return label;
  const shares = moved.map(({ group, by }) => messages.change.share(groupLabel(site, view, group), by));
  return messages.change.shifted(label, other, shares.join(messages.punctuation.list));
}

/** Whether a KPI that tells how cases divide is split by what they divide into. */
const isSplitByShares = ({ kpi, dimension }: ChangeView) => kpi.numerator_dimensions.includes(dimension);

function shownText(site: Site, { kpi, choice, point, from, explanation, dimension }: ChangeView): string {
  const { messages, format } = site;
  const { change } = messages;
  const delta = (value: number) => format.delta(kpi.unit, value, point);
  const { rate_effect: rate = null, mix_effect: mix = null } = explanation ?? {};
  return [
    change.shown({
      scope: scopeText(site, choice),
      dimension: dimensionLabel(site, dimension),
      to: format.period(point.grain, point.start),
      from: format.period(point.grain, from),
    }),
    point.partial ? change.elapsed : "",
    rate === null || mix === null ? "" : change.effects({ rate: delta(rate), mix: delta(mix) }),
  ].join("");
}

/** What a group is called, and all together that are not shown. */
function groupLabel(site: Site, { dimension, unshown }: ChangeView, group: string): string {
  const { messages, format } = site;
  return group === remainder
    ? messages.change.remainder(messages.unshownGroups(format.integer(unshown)))
    : valueLabel(site, dimension, group);
}

/** The chart of a change with its key. Says why where the published data do not tell. */
export function changeFigure(site: Site, view: ChangeView, { width }: { width: number }): HTMLElement {
  const { kpi, explanation, isWidest, unshown } = view;
  const { change } = site.messages;
  if (isShareOnly(kpi) && !isSplitByShares(view)) {
    const names = kpi.numerator_dimensions.map((name) => dimensionLabel(site, name));
    return notes([change.whole(names.join(site.messages.punctuation.list))]);
  }
  if (!explanation)
    return notes([unshown > 0 ? change.unshown(unshownText(site, kpi, unshown)) : change.notPublished]);
  if (!isDivided(view)) return notes([undividedText(site, view)]);
  if (!movesAny(site, view)) return notes([change.nothing]);
  const weighs = explanation.rate_effect !== null;
  return h(
    "figure",
    {},
    weighs &&
      h(
        "p",
        { class: "keys" },
        h("span", { class: "key rate" }, change.rate),
        h("span", { class: "key mix" }, change.mix),
        h("span", { class: "key net" }, change.net),
      ),
    changeChart(site, view, { width }),
    notes([
      weighs ? change.note : change.countNote,
      isWidest && change.widest,
      unshown > 0 && unshownText(site, kpi, unshown),
    ]),
  );
}

/** Why there is one group: all cases are alike, or nothing is known of any, and which column would say it. */
function undividedText(site: Site, { kpi, dimension, explanation }: ChangeView): string {
  const { change } = site.messages;
  const label = dimensionLabel(site, dimension);
  if (!explanation?.groups.every(({ group }) => group === unknown)) return change.undivided(label);
  const column = kpi.columns[dimension];
  return change.unknown(label, column === undefined ? null : tableText(site, column));
}

/** Whether the split tells anything apart: there is more than one group. */
const isDivided = ({ explanation }: ChangeView) => (explanation?.groups.length ?? 0) > 1;

/** Whether any group adds something that its figure shows. */
function movesAny({ format }: Site, { kpi, point, explanation }: ChangeView): boolean {
  return (explanation?.groups ?? []).some((row) =>
    [row.contribution, row.rate_effect, row.mix_effect].some((value) =>
      /[1-9]/.test(format.delta(kpi.unit, value ?? 0, point)),
    ),
  );
}

/** All groups of a change, with what their own values and weights add. */
export function changeTable(site: Site, view: ChangeView): HTMLElement | null {
  const { kpi, point, from, difference, dimension, explanation } = view;
  if (!explanation || !isDivided(view) || (isShareOnly(kpi) && !isSplitByShares(view))) return null;
  const { messages, format } = site;
  const { change } = messages;
  const weighs = explanation.rate_effect !== null;
  const { open, close } = messages.punctuation;
  const inHead = (unit: string) => (unit === "" ? "" : `${open}${unit}${close}`);
  const isRest = ({ group }: GroupChange) => (group === remainder ? 1 : 0);
  const rows = explanation.groups.toSorted((a, b) => isRest(a) - isRest(b));
  const values = rows.flatMap((row) => [row.value_from, row.value_to]);
  const column = format.column(kpi.unit, [
    ...[difference.value, point.value, ...values].map((value) => ({ value })),
    ...(kpi.unit === "money" ? [] : [point]),
  ]);
  const ofDelta = inHead(kpi.unit === "percent" ? messages.unit.points : column.unit);
  const period = (start: string) => `${format.period(point.grain, start)}${inHead(column.unit)}`;
  const number = column.number;
  const delta = (value: number | null) => {
    const text = number(value);
    return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  };
  const weight = (value: number | null) => format.number("percent", { value });
  const line = (row: GroupChange, name: string) => [
    h("th", { scope: "row", "data-group": row.group }, name),
    h("td", {}, number(row.value_from)),
    h("td", {}, number(row.value_to)),
    ...(weighs
      ? [
          h("td", {}, weight(row.weight_from)),
          h("td", {}, weight(row.weight_to)),
          h("td", {}, delta(row.rate_effect)),
          h("td", {}, delta(row.mix_effect)),
        ]
      : []),
    h("td", { "data-contribution": row.contribution }, h("strong", {}, delta(row.contribution))),
    h("td", {}),
  ];
  const whole: GroupChange = {
    ...explanation,
    group: "",
    weight_from: 1,
    weight_to: 1,
    value_from: difference.value,
    value_to: point.value,
    contribution: difference.delta,
  };
  return h(
    "details",
    { class: "values" },
    h("summary", {}, change.table),
    table(
      [
        dimensionHead(site, dimension),
        period(from),
        period(point.start),
        ...(weighs
          ? [change.weightFrom, change.weightTo, `${change.rate}${ofDelta}`, `${change.mix}${ofDelta}`]
          : []),
        `${change.contribution}${ofDelta}`,
        "",
      ],
      [...rows.map((row) => line(row, groupLabel(site, view, row.group))), line(whole, messages.total)],
      { texts: 1 },
    ),
  );
}
