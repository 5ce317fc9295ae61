import type { Kpi } from "../../catalogue/kpis.js";
import { moreThanChance } from "../../kpi/chance.js";
import { largest } from "../../kpi/explain.js";
import type { ExplainedChange, ExplainedGroup } from "../../kpi/explained.js";
import { dimensionHead } from "../../words/dimensionLabels.js";
import { words as common, figure, grouped, periodName, signed, unitName } from "../../words/figures.js";
import type { Words } from "../../words/wording.js";
import { align } from "./align.js";
import { type CsvOptions, csvText } from "./csv.js";

/**
 * The changes as one JSON array, a line each, numbers unrounded. Of several dimensions crossed, `by` and each `group` are
 * arrays.
 */
export function explainedJson(changes: readonly ExplainedChange[]): string {
  const plain = (names: readonly string[]) => (names.length === 1 ? names[0] : names);
  const lines = changes.map(({ kpi_id, grain, from, to, delta, p, by, groups, ...rest }) =>
    JSON.stringify({
      kpi_id,
      grain,
      from,
      to,
      delta,
      p,
      by: plain(by),
      groups: groups.map(({ group, ...row }) => ({ group: plain(group), ...row })),
      ...rest,
    }),
  );
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

/** The changes as RFC 4180 CSV, a line a group; of several dimensions crossed, a column each. */
export function explainedCsv(changes: readonly ExplainedChange[], options?: CsvOptions): string {
  const crossed = changes.find(({ by }) => by.length > 1)?.by ?? [];
  const sides = (["from", "to"] as const).flatMap((side) =>
    (["period_start", "period_end", "value", "mature", "partial", "incomplete"] as const).map(
      (key): [string, (change: ExplainedChange) => unknown] => [
        `${side}.${key}`,
        (change) => change[side][key],
      ],
    ),
  );
  const measures = [
    "weight_from",
    "weight_to",
    "value_from",
    "value_to",
    "rate_effect",
    "mix_effect",
    "contribution",
    "p",
    "q",
  ] as const;
  const columns: [string, (change: ExplainedChange, row?: ExplainedGroup) => unknown][] = [
    ["kpi_id", ({ kpi_id }) => kpi_id],
    ["grain", ({ grain }) => grain],
    ...sides,
    ["delta", ({ delta }) => delta],
    ["delta.p", ({ p }) => p],
    ["by", ({ by }) => by.join(",")],
    ...(crossed.length > 0
      ? crossed.map((name, index): (typeof columns)[number] => [
          `group.${name}`,
          (_, row) => row?.group[index],
        ])
      : [["group", (_, row) => row?.group[0]] as (typeof columns)[number]]),
    ...measures.map((key): (typeof columns)[number] => [key, (_, row) => row?.[key]]),
    ["reason", ({ reason }) => reason],
    ["reason_text", ({ reason_text }) => reason_text],
  ];
  const lines = changes.flatMap((change) =>
    (change.groups.length > 0 ? change.groups : [undefined]).map((row) =>
      columns.map(([, get]) => get(change, row)),
    ),
  );
  return csvText([columns.map(([name]) => name), ...lines], options);
}

const words = {
  zh: {
    colon: "：",
    comma: "，",
    certain: "超出偶然",
    chance: "在偶然范围内",
    partial: "（未完：两期均只计已过的天数）",
    immature: "（未成熟：数值仍会变化）",
    weightFrom: "前期权重（%）",
    weightTo: "本期权重（%）",
    rate: "自身变化",
    mix: "结构变化",
    contribution: "贡献",
    others: (count: number) => `其余 ${count} 组`,
    total: "合计",
    none: "没有可以分解的变化",
    noValue: (period: string) => `${period}没有值`,
    notes:
      "贡献之和等于总变化。自身变化：分组自身数值变化的影响；结构变化：分组权重变化的影响。“超出偶然”：该组自身的变化，就所看各组一并检验。“–”：没有数据。",
  },
  en: {
    colon: ": ",
    comma: ", ",
    certain: "more than chance",
    chance: "within chance",
    partial: " (partial: only the elapsed days of both periods)",
    immature: " (immature: the values may still change)",
    weightFrom: "weight before (%)",
    weightTo: "weight now (%)",
    rate: "own change",
    mix: "mix change",
    contribution: "contribution",
    others: (count: number) => `${count} others`,
    total: "total",
    none: "no change to split",
    noValue: (period: string) => `no value in ${period}`,
    notes:
      "The contributions add up to the change. own change: by the group's own value; mix change: by its weight; more than chance: the group's own change, tested among all groups looked at. “–”: no data.",
  },
};

/** How many groups a table shows; the rest is one line. */
const shownGroups = 12;

export interface ExplainedTableOptions {
  language: Words;
  /** A dimension's value as people read it. */
  label: (name: string, value: string) => string;
}

/** The changes as aligned tables for people: a head a KPI, then its groups by one dimension after the other. */
export function explainedTable(
  changes: readonly ExplainedChange[],
  kpis: readonly Kpi[],
  options: ExplainedTableOptions,
): string {
  const say = words[options.language];
  const blocks: string[] = [];
  for (const id of new Set(changes.map(({ kpi_id }) => kpi_id))) {
    const kpi = kpis.find((each) => each.id === id);
    const own = changes.filter(({ kpi_id }) => kpi_id === id);
    const [first] = own;
    if (!kpi || !first) continue;
    blocks.push(`${head(first, kpi, options.language)}\n`);
    if (first.reason_text !== null) {
      blocks.push(`  ${common[options.language].noData}${reasonIn(first, options.language)}\n`);
      continue;
    }
    for (const change of own) blocks.push(split(change, kpi, options));
  }
  const isSplit = changes.some(({ groups }) => groups.length > 0);
  return blocks.join("\n") + (isSplit ? `\n${say.notes}\n` : "");
}

function head({ from, to, grain, delta, p }: ExplainedChange, kpi: Kpi, language: Words): string {
  const say = words[language];
  const side = ({ period_start, value }: ExplainedChange["from"]) =>
    `${periodName({ grain, period_start }, language)} ${figure(value, kpi)}`;
  const marks = to.partial ? say.partial : from.mature && to.mature ? "" : say.immature;
  return [
    `${kpi.label[language]} ${kpi.id}${common[language].bracketed(unitName(kpi, language))}${say.colon}`,
    `${side(from)} → ${side(to)}`,
    delta === null ? "" : `${say.comma}${signed(figure(delta, kpi), delta)}${pointsOf(kpi, language)}`,
    delta === null || p === null ? "" : `${say.comma}${moreThanChance(p) ? say.certain : say.chance}`,
    marks,
  ].join("");
}

function pointsOf({ unit }: Kpi, language: Words): string {
  return unit === "percent" ? ` ${common[language].points}` : "";
}

/** A period without a case is named: the reason does not say which of the two it is. */
function reasonIn({ reason, reason_text, from, to, grain }: ExplainedChange, language: Words): string {
  if (reason !== "no_cases") return reason_text ?? "";
  const { period_start } = from.value === null && to.value !== null ? from : to;
  return words[language].noValue(periodName({ grain, period_start }, language));
}

function split(change: ExplainedChange, kpi: Kpi, { language, label }: ExplainedTableOptions): string {
  const say = words[language];
  const { from, to, grain, by } = change;
  if (change.groups.length === 0) return `  ${say.none}\n`;
  const rows = change.groups.map(({ group, ...row }) => ({
    ...row,
    group: group.map((value, index) => label(by[index] ?? "", value)).join(" × "),
  }));
  const { shown, others } = largest(rows, shownGroups);
  const weighs = rows.some((row) => row.weight_to !== null || row.weight_from !== null);
  const number = (value: number | null) => figure(value, kpi);
  const difference = (value: number | null) => signed(number(value), value);
  const weight = (value: number | null) => (value === null ? "–" : grouped(value * 100, 1));
  const unit = kpi.unit === "percent" ? common[language].bracketed(common[language].points) : "";
  const name = (side: ExplainedChange["from"]) =>
    periodName({ grain, period_start: side.period_start }, language);
  const line = (
    group: string,
    values: (number | null)[],
    weights: (number | null)[],
    effects: (number | null)[],
    contribution: number,
    mark = "",
  ) => [
    group,
    ...values.map(number),
    ...(weighs ? [...weights.map(weight), ...effects.map(difference)] : []),
    difference(contribution),
    mark,
  ];
  return align([
    [
      by.map((each) => dimensionHead(each, language, kpi)).join(" × "),
      name(from),
      name(to),
      ...(weighs ? [say.weightFrom, say.weightTo, say.rate + unit, say.mix + unit] : []),
      say.contribution + unit,
      "",
    ],
    ...shown.map((row) =>
      line(
        row.group,
        [row.value_from, row.value_to],
        [row.weight_from, row.weight_to],
        [row.rate_effect, row.mix_effect],
        row.contribution,
        moreThanChance(row.q) ? say.certain : "",
      ),
    ),
    ...(others
      ? [
          line(
            say.others(others.count),
            [null, null],
            [null, null],
            [others.rate_effect, others.mix_effect],
            others.contribution,
          ),
        ]
      : []),
    line(
      say.total,
      [from.value, to.value],
      [1, 1],
      [change.rate_effect, change.mix_effect],
      change.delta ?? 0,
    ),
  ]);
}
