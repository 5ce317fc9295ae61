import {
  Chart,
  ChartEmptyCells,
  ChartFont,
  ChartFormat,
  ChartLegendPosition,
  ChartLine,
  ChartLineDashType,
  ChartMarker,
  ChartMarkerType,
  ChartRange,
  ChartSeries,
  ChartSolidFill,
  ChartType,
  Color,
} from "wasm-xlsxwriter";
import type { PackFigures, PackValue } from "../../published/packFigures.js";
import { workbook } from "../../words/languages.js";
import { figureCell, letters } from "./cells.js";
import { valueColumns } from "./values.js";

/** A KPI over time: neighbouring rows of a sheet of values, and where their columns are. */
export interface Trend {
  sheet: string;
  /** Rows from 0. */
  first: number;
  last: number;
  columns: { kpi: number; unit: number; period: number; value: number; target: number };
  hasTarget: boolean;
  /** How the axes' figures are written. */
  formats: { period: string; value: string };
}

/** Fewer periods are no trend. */
const fewest = 3;

/** The trends that the sheet of trends holds: rows one below the other of one KPI, the earlier first. What is not final is no part of one. */
export function trendsOf(figures: PackFigures): Trend[] {
  const { trends, language } = figures;
  const { columns: heads, formats, sheets } = workbook(language);
  const all = valueColumns(figures, trends).map(({ head }) => head);
  const at = (head: string) => all.indexOf(head);
  const columns = {
    kpi: at(heads.kpi),
    unit: at(heads.unit),
    period: at(heads.period),
    value: at(heads.value),
    target: at(heads.target),
  };
  return runs(trends).flatMap(([start, end]): Trend[] => {
    const run = trends.slice(start, end);
    const known = run.filter(({ value }) => value !== null);
    const [one] = known;
    if (!one || known.length < fewest) return [];
    return [
      {
        sheet: sheets.trends,
        first: start + 1,
        last: end,
        columns,
        hasTarget: run.some(({ target }) => target !== null),
        formats: {
          period: one.grain === "year" ? formats.year : formats.month,
          value: figureCell(one.value, one.unit)?.format ?? "",
        },
      },
    ];
  });
}

/** Where rows of one trend begin and end, the end exclusive. */
function runs(values: readonly PackValue[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, value] of values.entries()) {
    if (value.partial || !value.mature) continue;
    const before = values[index - 1];
    const run = found.at(-1);
    if (run && run[1] === index && before?.kpi_id === value.kpi_id) run[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}

/** A line chart of the sheet's cells: the KPI's value, and its target where it has one. Names are cells, too: a text could be read as a formula. */
export function trendChart({ sheet, first, last, columns, hasTarget, formats }: Trend): Chart {
  const cell = (column: number, row: number) => `='${sheet}'!$${letters(column)}$${row + 1}`;
  const range = (column: number) => ChartRange.newFromRange(sheet, first, column, last, column);
  const chart = new Chart(ChartType.Line).showEmptyCellsAs(ChartEmptyCells.Gaps);
  const series = (column: number, line: ChartLine, marker: ChartMarker) =>
    chart.pushSeries(
      new ChartSeries()
        .setName(cell(column, 0))
        .setCategories(range(columns.period))
        .setValues(range(column))
        .setFormat(new ChartFormat().setLine(line))
        .setMarker(marker),
    );
  // A value between two that are none has no line.
  const dot = new ChartMarker().setType(ChartMarkerType.Circle).setSize(4).setFormat(filled(ink));
  series(columns.value, new ChartLine().setColor(Color.parse(ink)).setWidth(2), dot);
  if (hasTarget) {
    const dashes = new ChartLine().setColor(Color.parse(grey)).setDashType(ChartLineDashType.Dash);
    series(columns.target, dashes, new ChartMarker().setNone());
  }
  chart.title().setName(cell(columns.kpi, first)).setFont(new ChartFont().setSize(11).setBold());
  chart.xAxis().setNumFormat(formats.period);
  chart.yAxis().setNumFormat(formats.value).setName(cell(columns.unit, first));
  if (hasTarget) chart.legend().setPosition(ChartLegendPosition.Bottom);
  else chart.legend().setHidden();
  return chart;
}

const filled = (colour: string) =>
  new ChartFormat().setSolidFill(new ChartSolidFill().setColor(Color.parse(colour)));

const ink = "#1F5FA8";
const grey = "#6B7280";
