import type { Kpi } from "../../catalogue/kpis.js";
import type { KpiValue } from "../../kpi/answer.js";
import { moreThanChance } from "../../kpi/chance.js";
import { isFinal } from "../../kpi/coverage.js";
import { fewestCases } from "../../kpi/status.js";
import { type Percentiles, percentileNames } from "../../statistics/percentiles.js";
import { dimensionHead } from "../../words/dimensionLabels.js";
import { figure, grouped, periodName, signed, unitName, words } from "../../words/figures.js";
import type { Words } from "../../words/wording.js";
import { align } from "./align.js";
import { type CsvOptions, csvRecords, csvText } from "./csv.js";

/** The values as RFC 4180 CSV: nested keys joined by a dot, null an empty field. */
export function toCsv(rows: readonly KpiValue[], by: readonly string[], options?: CsvOptions): string {
  const columns = csvColumns((key) => rows.some((row) => row[key] !== undefined), by);
  const records = rows.map((row) => columns.map(([, get]) => get(row)));
  return csvText([columns.map(([name]) => name), ...records], options);
}

/** Rows as texts of ten thousand each: all of them may be more than a text can hold. */
export function* written(answers: Iterable<KpiValue>, write: (row: KpiValue) => string): Generator<string> {
  let text: string[] = [];
  for (const row of answers) {
    text.push(write(row));
    if (text.length < 10_000) continue;
    yield text.join("");
    text = [];
  }
  yield text.join("");
}

/** How the values of KPIs are written as CSV or JSON, a row after the other. */
export function rowWriter(
  format: "csv" | "json",
  kpis: readonly Pick<Kpi, "percentiles" | "matures">[],
  by: readonly string[],
  options?: CsvOptions,
): { head: string; row: (row: KpiValue) => string; foot: () => string } {
  if (format === "json") {
    let count = 0;
    return {
      head: "[",
      row: (row) => `${count++ === 0 ? "" : ","}\n${JSON.stringify(row)}`,
      foot: () => (count === 0 ? "]\n" : "\n]\n"),
    };
  }
  const has = { open: kpis.some(({ matures }) => matures), percentiles: kpis.some((kpi) => kpi.percentiles) };
  const columns = csvColumns((key) => (key === "open" ? has.open : has.percentiles), by);
  return {
    head: csvText([columns.map(([name]) => name)], options),
    row: (row) => csvRecords([columns.map(([, get]) => get(row))], options),
    foot: () => "",
  };
}

function csvColumns(
  has: (key: keyof Percentiles | "open") => boolean,
  by: readonly string[],
): [string, (row: KpiValue) => unknown][] {
  return [
    ["kpi_id", (row) => row.kpi_id],
    ["grain", (row) => row.grain],
    ["period_start", (row) => row.period_start],
    ["period_end", (row) => row.period_end],
    ...by.map((name): [string, (row: KpiValue) => unknown] => [`by.${name}`, (row) => row.by[name]]),
    ["value", (row) => row.value],
    ["numerator", (row) => row.numerator],
    ["denominator", (row) => row.denominator],
    ["n", (row) => row.n],
    ["low", (row) => row.low],
    ["high", (row) => row.high],
    ...([...percentileNames, "open"] as const)
      .filter(has)
      .map((key): [string, (row: KpiValue) => unknown] => [key, (row) => row[key]]),
    ["mature", (row) => row.mature],
    ["partial", (row) => row.partial],
    ["incomplete", (row) => row.incomplete],
    ["compare.value", (row) => row.compare?.value],
    ["compare.delta", (row) => row.compare?.delta],
    ["compare.relative", (row) => row.compare?.relative],
    ["compare.p", (row) => row.compare?.p],
    ["reason", (row) => row.reason],
    ["reason_text", (row) => row.reason_text],
    ["target", (row) => row.target],
    ["status", (row) => row.status],
    ["sure", (row) => row.sure],
  ];
}

export interface TableOptions {
  language: Words;
  by: readonly string[];
  compare?: "previous" | "year";
  /** A dimension's value as people read it. */
  label: (name: string, value: string) => string;
}

/** The values as aligned tables for people, one a KPI: percentages, units in the head, “–” where there is none. */
export function toTable(rows: readonly KpiValue[], kpis: readonly Kpi[], options: TableOptions): string {
  const { block, foot } = tableWriter(kpis, options);
  const ids = [...new Set(rows.map((row) => row.kpi_id))];
  return ids.map((id) => block(rows.filter((row) => row.kpi_id === id))).join("") + foot();
}

/** How the values of KPIs are written as tables, one KPI after the other. */
export function tableWriter(
  kpis: readonly Kpi[],
  options: TableOptions,
): { block: (own: readonly KpiValue[]) => string; foot: () => string } {
  const say = words[options.language];
  let begun = false;
  let marked = false;
  return {
    block: (own) => {
      const kpi = kpis.find(({ id }) => id === own[0]?.kpi_id);
      if (!kpi) return "";
      const gap = begun ? "\n" : "";
      begun = true;
      marked ||= own.some((row) => row.partial || !row.mature || row.value === null);
      const head = `${kpi.label[options.language]} ${kpi.id}${say.bracketed(unitName(kpi, options.language))}`;
      const only = own[0]?.reason_text;
      if (only && own.every((row) => row.value === null && row.reason_text === only))
        return `${gap}${head}\n  ${say.noData}${only}\n`;
      const notes = reasonsOf(own)
        .map((reason) => `  ${reason}\n`)
        .join("");
      return `${gap}${head}\n${align(table(own, kpi, options))}${notes}`;
    },
    foot: () => (marked ? `\n${say.notes}\n` : ""),
  };
}

/** What stands against the values, each reason once; that a period had no case is said by its dash. */
const reasonsOf = (rows: readonly KpiValue[]): string[] => [
  ...new Set(rows.flatMap(({ reason, reason_text }) => (reason === "no_cases" ? [] : (reason_text ?? [])))),
];

function table(
  rows: readonly KpiValue[],
  kpi: Kpi,
  { language, by, compare, label }: TableOptions,
): string[][] {
  const say = words[language];
  const number = (value: number | null | undefined) => figure(value, kpi);
  const pair = (low: number | null, high: number | null) =>
    low === null && high === null ? "–" : `${number(low)} – ${number(high)}`;
  const points = kpi.unit === "percent" ? say.bracketed(say.points) : "";
  const heads = by.map((name) => dimensionHead(name, language, kpi));
  const head = [say.period, ...heads, say.value, say.interval, say.n + say.bracketed(kpi.counts[language])];
  if (kpi.percentiles) head.push(say.median, say.p90);
  if (kpi.matures) head.push(say.open);
  if (compare) head.push(say.compared[compare], say.delta + points, say.relative);
  const isTargeted = rows.some(({ target }) => target !== null);
  if (isTargeted) head.push(say.target, say.status);
  head.push("");
  const lines = rows.map((row) => {
    const cells = [
      periodName(row, language),
      ...by.map((name) => {
        const value = row.by[name];
        return value === null || value === undefined ? "–" : label(name, value);
      }),
      number(row.value),
      pair(row.low, row.high),
      grouped(row.n, 0),
    ];
    if (kpi.percentiles) cells.push(number(row.median), number(row.p90));
    if (kpi.matures) cells.push(grouped(row.open ?? 0, 0));
    if (compare) {
      const { value = null, delta = null, relative = null } = row.compare ?? {};
      cells.push(number(value), signed(number(delta), delta), signed(percent(relative), relative));
    }
    if (isTargeted) cells.push(number(row.target), statusText(row, language));
    const marks = [
      moreThanChance(row.compare?.p ?? null) ? say.certain : "",
      row.partial ? say.partial : "",
      row.mature || row.partial ? "" : say.immature,
      row.incomplete ? say.incomplete : "",
    ];
    return [...cells, marks.filter(Boolean).join(" ")];
  });
  return [head, ...lines];
}

/** The words of a row's status: what cannot be told from the target has none but that. */
function statusText(row: KpiValue, language: Words): string {
  const say = words[language];
  if (row.status !== null) return row.sure ? say.statuses[row.status] : say.unsure;
  return row.target !== null && isFinal(row) && row.n < fewestCases ? say.few : "–";
}

const percent = (value: number | null) => (value === null ? "–" : `${grouped(value * 100, 1)} %`);
