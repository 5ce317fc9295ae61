import type { Kpi } from "../../catalogue/kpis.js";
import type { KpiValue } from "../../kpi/answer.js";
import { moreThanChance } from "../../kpi/chance.js";
import { isFinal } from "../../kpi/coverage.js";
import { fewestCases } from "../../kpi/fewestCases.js";
import { percentileNames } from "../../statistics/percentiles.js";
import { dimensionHead } from "../../words/dimensionLabels.js";
import { figure, periodName, signed, unitName } from "../../words/figures.js";
import type { Language } from "../../words/languages.js";
import { figures } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { type Column, csvHead, csvRows, keyed, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** Rows as texts of ten thousand each: all of them may be more than a text can hold. */
export function* written(
  answers: Iterable<KpiValue>,
  write: (rows: readonly KpiValue[]) => string,
): Generator<string> {
  let rows: KpiValue[] = [];
  for (const row of answers) {
    rows.push(row);
    if (rows.length < 10_000) continue;
    yield write(rows);
    rows = [];
  }
  yield write(rows);
}

/** How the values of KPIs are written as CSV or JSON, some rows after the others. */
export function rowWriter(
  format: "csv" | "json",
  kpis: readonly Pick<Kpi, "percentiles" | "matures">[],
  by: readonly string[],
  options?: CsvOptions,
): { head: string; rows: (rows: readonly KpiValue[]) => string; foot: () => string } {
  if (format === "json") {
    let count = 0;
    const line = (row: KpiValue) => `${count++ === 0 ? "" : ","}\n${JSON.stringify(row)}`;
    return {
      head: "[",
      rows: (rows) => rows.map(line).join(""),
      foot: () => (count === 0 ? "]\n" : "\n]\n"),
    };
  }
  const columns = valueColumns(by, {
    percentiles: kpis.some((kpi) => kpi.percentiles),
    open: kpis.some(({ matures }) => matures),
  });
  return {
    head: csvHead(columns, options),
    rows: (rows) => csvRows(columns, rows, options),
    foot: () => "",
  };
}

/** What of a KPI's values a table for people shows. */
interface View {
  kpi: Kpi;
  language: Language;
  compare?: "previous" | "year";
  label: TableOptions["label"];
  isTargeted: boolean;
}

const number = (value: number | null | undefined, { kpi }: View) => figure(value, kpi);
const percent = (value: number | null) => (value === null ? "–" : `${grouped(value * 100, 1)} %`);

/** The columns of values, split by some dimensions; `has`: what any of the KPIs has. */
function valueColumns(
  by: readonly string[],
  has: { percentiles: boolean; open: boolean },
): Column<KpiValue, View>[] {
  const bracketed = ({ language }: View, text: string) => figures(language).bracketed(text);
  const compared = (name: "delta" | "relative", view: View) => view.compare && figures(view.language)[name];
  const percentile = (name: "median" | "p90"): Column<KpiValue, View> => ({
    head: ({ language }) => figures(language)[name],
    cell: (row, view) => number(row[name], view),
  });
  return [
    ...keyed<KpiValue>("kpi_id", "grain"),
    {
      key: "period_start",
      head: ({ language }) => figures(language).period,
      cell: (row, { language }) => periodName(row, language),
    },
    { key: "period_end" },
    ...by.map(
      (name): Column<KpiValue, View> => ({
        key: `by.${name}`,
        value: (row) => row.by[name],
        head: ({ language, kpi }) => dimensionHead(name, language, kpi),
        cell: ({ by: { [name]: value } }, { label }) => (value == null ? "–" : label(name, value)),
      }),
    ),
    {
      key: "value",
      head: ({ language }) => figures(language).value,
      cell: (row, view) => number(row.value, view),
    },
    {
      head: ({ language }) => figures(language).interval,
      cell: ({ low, high }, view) =>
        low === null && high === null ? "–" : `${number(low, view)} – ${number(high, view)}`,
    },
    { key: "numerator" },
    { key: "denominator" },
    {
      key: "n",
      head: (view) => figures(view.language).n + bracketed(view, labelIn(view.kpi.counts, view.language)),
      cell: ({ n }) => grouped(n, 0),
    },
    { key: "low" },
    { key: "high" },
    ...(has.percentiles
      ? [percentile("median"), percentile("p90"), ...keyed<KpiValue>(...percentileNames)]
      : []),
    ...(has.open
      ? [
          {
            key: "open",
            head: ({ language }: View) => figures(language).open,
            cell: ({ open = 0 }: KpiValue) => grouped(open, 0),
          },
        ]
      : []),
    ...keyed<KpiValue>("mature", "partial", "incomplete"),
    {
      key: "compare.value",
      head: ({ compare, language }) => compare && figures(language).compared[compare],
      cell: ({ compare }, view) => number(compare?.value, view),
    },
    {
      key: "compare.delta",
      head: (view) => {
        const points = view.kpi.unit === "percent" ? bracketed(view, figures(view.language).points) : "";
        return compared("delta", view) && compared("delta", view) + points;
      },
      cell: ({ compare }, view) => signed(number(compare?.delta, view), compare?.delta ?? null),
    },
    {
      key: "compare.relative",
      head: (view) => compared("relative", view),
      cell: ({ compare }) => signed(percent(compare?.relative ?? null), compare?.relative ?? null),
    },
    { key: "compare.p" },
    ...keyed<KpiValue>("reason", "reason_text"),
    {
      key: "target",
      head: ({ isTargeted, language }) => (isTargeted ? figures(language).target : undefined),
      cell: (row, view) => number(row.target, view),
    },
    {
      key: "status",
      head: ({ isTargeted, language }) => (isTargeted ? figures(language).status : undefined),
      cell: (row, { language }) => statusText(row, language),
    },
    { key: "sure" },
    { head: () => "", cell: (row, { language }) => marksOf(row, language) },
  ];
}

export interface TableOptions {
  language: Language;
  by: readonly string[];
  compare?: "previous" | "year";
  /** A dimension's value as people read it. */
  label: (name: string, value: string) => string;
}

/** How the values of KPIs are written as tables, one KPI after the other. */
export function tableWriter(
  kpis: readonly Kpi[],
  options: TableOptions,
): { block: (own: readonly KpiValue[]) => string; foot: () => string } {
  const say = figures(options.language);
  let begun = false;
  let marked = false;
  return {
    block: (own) => {
      const kpi = kpis.find(({ id }) => id === own[0]?.kpi_id);
      if (!kpi) return "";
      const gap = begun ? "\n" : "";
      begun = true;
      marked ||= own.some((row) => row.partial || !row.mature || row.value === null);
      const head = visible(
        `${labelIn(kpi.label, options.language)} ${kpi.id}${say.bracketed(unitName(kpi, options.language))}`,
      );
      const only = own[0]?.reason_text;
      if (only && own.every((row) => row.value === null && row.reason_text === only))
        return `${gap}${head}\n  ${say.noData}${visible(only)}\n`;
      const notes = reasonsOf(own)
        .map((reason) => `  ${visible(reason)}\n`)
        .join("");
      const columns = valueColumns(options.by, {
        percentiles: kpi.percentiles !== undefined,
        open: kpi.matures !== undefined,
      });
      const isTargeted = own.some(({ target }) => target !== null);
      return `${gap}${head}\n${toTable(columns, own, { ...options, kpi, isTargeted })}${notes}`;
    },
    foot: () => (marked ? `\n${say.notes}\n` : ""),
  };
}

/** What stands against the values, each reason once; that a period had no case is said by its dash. */
const reasonsOf = (rows: readonly KpiValue[]): string[] => [
  ...new Set(rows.flatMap(({ reason, reason_text }) => (reason === "no_cases" ? [] : (reason_text ?? [])))),
];

/** What is remarkable of a value besides its status. */
function marksOf(row: KpiValue, language: Language): string {
  const say = figures(language);
  const marks = [
    moreThanChance(row.compare?.p ?? null) ? say.certain : "",
    row.partial ? say.partial : "",
    row.mature || row.partial ? "" : say.immature,
    row.incomplete ? say.incomplete : "",
  ];
  return marks.filter(Boolean).join(" ");
}

/** The words of a row's status: what cannot be told from the target has none but that. */
function statusText(row: KpiValue, language: Language): string {
  const say = figures(language);
  if (row.status !== null) return row.sure ? say.statuses[row.status] : say.unsure;
  return row.target !== null && isFinal(row) && row.n < fewestCases ? say.few : "–";
}
