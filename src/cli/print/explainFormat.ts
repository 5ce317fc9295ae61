import type { Kpi } from "../../catalogue/kpis.js";
import { moreThanChance } from "../../kpi/chance.js";
import { largest } from "../../kpi/explain.js";
import type { ExplainedChange, ExplainedGroup } from "../../kpi/explained.js";
import { dimensionHead } from "../../words/dimensionLabels.js";
import { figure, periodName, signed, unitName } from "../../words/figures.js";
import type { Language } from "../../words/languages.js";
import { explainTable, figures } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { type Column, shown, toCsv, toJson, toTable, valueIn } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/**
 * The changes as one JSON array, a line each, numbers unrounded. Of several dimensions crossed, `by` and each `group` are
 * arrays.
 */
export function explainedJson(changes: readonly ExplainedChange[]): string {
  const plain = (names: readonly string[]) => (names.length === 1 ? names[0] : names);
  return toJson(
    changes.map(({ kpi_id, grain, from, to, delta, p, by, groups, ...rest }) => ({
      kpi_id,
      grain,
      from,
      to,
      delta,
      p,
      by: plain(by),
      groups: groups.map(({ group, ...row }) => ({ group: plain(group), ...row })),
      ...rest,
    })),
  );
}

/** The changes as RFC 4180 CSV, a line a group; of several dimensions crossed, a column each. */
export function explainedCsv(changes: readonly ExplainedChange[], options?: CsvOptions): string {
  interface Line {
    change: ExplainedChange;
    row?: ExplainedGroup;
  }
  const crossed = changes.find(({ by }) => by.length > 1)?.by ?? [];
  const facts = ["period_start", "period_end", "value", "mature", "partial", "incomplete"];
  const measures = ["weight_from", "weight_to", "value_from", "value_to"];
  const effects = ["rate_effect", "mix_effect", "contribution", "p", "q"];
  const of = (key: string, name = key): Column<Line> => ({
    key: name,
    value: ({ change }) => valueIn(change, key),
  });
  const lines = changes.flatMap((change): Line[] =>
    change.groups.length > 0 ? change.groups.map((row) => ({ change, row })) : [{ change }],
  );
  return toCsv<Line>(
    [
      ...["kpi_id", "grain"].map((key) => of(key)),
      ...["from", "to"].flatMap((side) => facts.map((key) => of(`${side}.${key}`))),
      of("delta"),
      of("p", "delta.p"),
      { key: "by", value: ({ change }) => change.by.join(",") },
      ...(crossed.length > 0 ? crossed.map((name) => `group.${name}`) : ["group"]).map(
        (key, index): Column<Line> => ({ key, value: ({ row }) => row?.group[index] }),
      ),
      ...[...measures, ...effects].map(
        (key): Column<Line> => ({ key, value: ({ row }) => valueIn(row, key) }),
      ),
      ...["reason", "reason_text"].map((key) => of(key)),
    ],
    lines,
    options,
  );
}

/** How many groups a table shows; the rest is one line. */
const shownGroups = 12;

export interface ExplainedTableOptions {
  language: Language;
  /** A dimension's value as people read it. */
  label: (name: string, value: string) => string;
}

/** The changes as aligned tables for people: a head a KPI, then its groups by one dimension after the other. */
export function explainedTable(
  changes: readonly ExplainedChange[],
  kpis: readonly Kpi[],
  options: ExplainedTableOptions,
): string {
  const say = explainTable(options.language);
  const blocks: string[] = [];
  for (const id of new Set(changes.map(({ kpi_id }) => kpi_id))) {
    const kpi = kpis.find((each) => each.id === id);
    const own = changes.filter(({ kpi_id }) => kpi_id === id);
    const [first] = own;
    if (!kpi || !first) continue;
    blocks.push(`${visible(head(first, kpi, options.language))}\n`);
    if (first.reason_text !== null) {
      blocks.push(`  ${figures(options.language).noData}${visible(reasonIn(first, options.language))}\n`);
      continue;
    }
    for (const change of own) blocks.push(split(change, kpi, options));
  }
  const isSplit = changes.some(({ groups }) => groups.length > 0);
  return blocks.join("\n") + (isSplit ? `\n${say.notes}\n` : "");
}

function head({ from, to, grain, delta, p }: ExplainedChange, kpi: Kpi, language: Language): string {
  const say = explainTable(language);
  const side = ({ period_start, value }: ExplainedChange["from"]) =>
    `${periodName({ grain, period_start }, language)} ${figure(value, kpi)}`;
  const marks = to.partial ? say.partial : from.mature && to.mature ? "" : say.immature;
  return [
    `${labelIn(kpi.label, language)} ${kpi.id}${figures(language).bracketed(unitName(kpi, language))}${say.colon}`,
    `${side(from)} → ${side(to)}`,
    delta === null ? "" : `${say.comma}${signed(figure(delta, kpi), delta)}${pointsOf(kpi, language)}`,
    delta === null || p === null ? "" : `${say.comma}${moreThanChance(p) ? say.certain : say.chance}`,
    marks,
  ].join("");
}

function pointsOf({ unit }: Kpi, language: Language): string {
  return unit === "percent" ? ` ${figures(language).points}` : "";
}

/** A period without a case is named: the reason does not say which of the two it is. */
function reasonIn({ reason, reason_text, from, to, grain }: ExplainedChange, language: Language): string {
  if (reason !== "no_cases") return reason_text ?? "";
  const { period_start } = from.value === null && to.value !== null ? from : to;
  return explainTable(language).noValue(periodName({ grain, period_start }, language));
}

function split(change: ExplainedChange, kpi: Kpi, { language, label }: ExplainedTableOptions): string {
  const say = explainTable(language);
  const { from, to, grain, by } = change;
  if (change.groups.length === 0) return `  ${say.none}\n`;
  const rows = change.groups.map(({ group, ...row }) => ({
    ...row,
    group: group.map((value, index) => label(by[index] ?? "", value)).join(" × "),
  }));
  const { shown: largestRows, others } = largest(rows, shownGroups);
  const weighs = rows.some((row) => row.weight_to !== null || row.weight_from !== null);
  const lines: ExplainedLine[] = [
    ...largestRows,
    ...(others ? [{ ...others, group: say.others(others.count) }] : []),
    {
      group: say.total,
      value_from: from.value,
      value_to: to.value,
      weight_from: 1,
      weight_to: 1,
      rate_effect: change.rate_effect,
      mix_effect: change.mix_effect,
      contribution: change.delta ?? 0,
    },
  ];
  const unit = kpi.unit === "percent" ? figures(language).bracketed(figures(language).points) : "";
  const name = (side: ExplainedChange["from"]) =>
    periodName({ grain, period_start: side.period_start }, language);
  const number = (value: number | null = null) => figure(value, kpi);
  const difference = (value: number | null) => signed(number(value), value);
  const weight = (value: number | null = null) => (value === null ? "–" : grouped(value * 100, 1));
  return toTable<ExplainedLine>(
    [
      shown(by.map((each) => dimensionHead(each, language, kpi)).join(" × "), ({ group }) => group),
      shown(name(from), ({ value_from }) => number(value_from)),
      shown(name(to), ({ value_to }) => number(value_to)),
      shown(weighs && say.weightFrom, ({ weight_from }) => weight(weight_from)),
      shown(weighs && say.weightTo, ({ weight_to }) => weight(weight_to)),
      shown(weighs && say.rate + unit, ({ rate_effect }) => difference(rate_effect)),
      shown(weighs && say.mix + unit, ({ mix_effect }) => difference(mix_effect)),
      shown(say.contribution + unit, ({ contribution }) => difference(contribution)),
      shown("", ({ q = null }) => (moreThanChance(q) ? say.certain : "")),
    ],
    lines,
  );
}

/** A line of the table: a group, the others, or the total. */
type ExplainedLine = Pick<ExplainedGroup, "rate_effect" | "mix_effect" | "contribution"> &
  Partial<Omit<ExplainedGroup, "group">> & { group: string };
