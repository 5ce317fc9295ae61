import type { PackFigures, PackValue } from "../../published/packFigures.js";
import { unitName } from "../../words/figures.js";
import { figures as figureWords, pages, workbook } from "../../words/languages.js";
import { figureCell, periodCell, sumCell } from "./cells.js";
import type { Column } from "./table.js";

/** The colours of a status on paper, as the printed pages have them. */
const colours = { on: "#00594F", near: "#6B4700", off: "#9C2410" };

/** What a dimension is called. */
const dimensionName = ({ names }: PackFigures, dimension: string): string =>
  names.dimensions[dimension] ?? dimension;

/** What a value of a dimension is called. */
export const valueName = ({ names }: PackFigures, dimension: string, value: string): string =>
  names.values[dimension]?.[value] ?? value;

/** A scope in words; nothing of the company's. */
export function scopeText(figures: PackFigures, scope: Record<string, string>): string {
  const { colon, listed } = workbook(figures.language);
  return Object.entries(scope)
    .map(([name, value]) => dimensionName(figures, name) + colon + valueName(figures, name, value))
    .join(listed);
}

/** The columns of a sheet of KPIs' values. */
export function valueColumns(figures: PackFigures, values: readonly PackValue[]): Column<PackValue>[] {
  const { language, currency } = figures;
  const { columns: heads, joined } = workbook(language);
  const say = figureWords(language);
  const by = [...new Set(values.flatMap((value) => Object.keys(value.by)))];
  const { unshown } = pages(language);
  // The cell itself stays empty: charts are drawn of it.
  const notes = ({ partial, mature, reason_text, hidden }: PackValue) =>
    [hidden ? unshown : "", partial ? say.partial : "", mature ? "" : say.immature, reason_text ?? ""]
      .filter(Boolean)
      .join(joined);
  const amount = (key: "value" | "low" | "high" | "floor" | "target" | "stretch") => (row: PackValue) =>
    figureCell(row[key], row.unit);
  return [
    { head: heads.kpi, cell: ({ label }) => label, most: 36 },
    { head: heads.section, cell: ({ section }) => section, most: 36 },
    ...by.map((name) => ({
      head: dimensionName(figures, name),
      cell: ({ by: { [name]: value } }: PackValue) =>
        value === undefined ? null : valueName(figures, name, value),
      most: 24,
    })),
    { head: heads.period, cell: (row) => periodCell(row.grain, row.period_start, language) },
    { head: heads.unit, cell: ({ unit }) => unitName({ unit, currency }, language) },
    { head: heads.value, cell: amount("value") },
    { head: heads.low, cell: amount("low") },
    { head: heads.high, cell: amount("high") },
    { head: heads.n, cell: ({ n, hidden }) => (hidden ? null : sumCell(n)) },
    { head: heads.numerator, cell: ({ numerator }) => sumCell(numerator) },
    { head: heads.denominator, cell: ({ denominator }) => sumCell(denominator) },
    { head: heads.floor, cell: amount("floor") },
    { head: heads.target, cell: amount("target") },
    { head: heads.stretch, cell: amount("stretch") },
    {
      head: heads.status,
      cell: ({ status }) =>
        status === null ? null : { text: say.statuses[status], colour: colours[status] },
    },
    { head: heads.notes, cell: (row) => notes(row) || null, most: 84 },
  ];
}
