import type { Assessment } from "../../published/benefitTypes.js";
import type { PackFigures } from "../../published/packFigures.js";
import type { Unit } from "../../words/digits.js";
import { unitName } from "../../words/figures.js";
import { benefit, pages, workbook } from "../../words/languages.js";
import { amountCell, type Cell, chanceCell, dayCell, figureCell, letters, shareCell } from "./cells.js";
import type { Column } from "./table.js";
import { dimensionName } from "./values.js";

/** The columns of a sheet of initiatives; figures that are not shown of few are left out. */
export function initiativeColumns(figures: PackFigures): Column<Assessment>[] {
  const { language, currency } = figures;
  const say = workbook(language);
  const heads = say.columns;
  const { verdicts, everybody } = benefit(language);
  const { reached, methods } = pages(language).benefits;
  const kpis = new Map<string, { label: string; unit: Unit }>(
    [...figures.values, ...figures.definitions].map(({ kpi_id, label, unit }) => [kpi_id, { label, unit }]),
  );
  const unitOf = ({ kpi_id }: Assessment): Unit => kpis.get(kpi_id)?.unit ?? "count";
  const scope = ({ scope }: Assessment) =>
    Object.entries(scope)
      .map(([name, value]) => dimensionName(figures, name) + say.colon + value)
      .join(say.listed);
  const shown = (head: string, cell: Column<Assessment>["cell"]): Column<Assessment> => ({
    head,
    cell: (row, at): Cell => (row.hidden ? null : cell(row, at)),
  });
  const columns: Column<Assessment>[] = [
    { head: heads.initiative, cell: ({ name }) => name, most: 28 },
    { head: heads.kpi, cell: ({ kpi_id }) => kpis.get(kpi_id)?.label ?? kpi_id, most: 24 },
    { head: heads.unit, cell: (row) => unitName({ unit: unitOf(row), currency }, language), most: 12 },
    { head: heads.scope, cell: (row) => scope(row) || everybody, most: 20 },
    { head: heads.started, cell: ({ started_on }) => dayCell(started_on, language) },
    shown(heads.verdict, ({ verdict }) => verdicts[verdict]),
    shown(heads.baseline, (row) => figureCell(row.baseline.value, unitOf(row))),
    shown(heads.followUp, (row) => figureCell(row.follow_up.value, unitOf(row))),
    shown(heads.change, (row) => figureCell(row.delta, unitOf(row))),
    shown(heads.low, (row) => figureCell(row.low, unitOf(row))),
    shown(heads.high, (row) => figureCell(row.high, unitOf(row))),
    shown(heads.relative, ({ relative }) => shareCell(relative)),
    shown(heads.p, ({ p }) => chanceCell(p)),
    shown(heads.q, ({ q }) => chanceCell(q)),
    { head: heads.expected, cell: (row) => figureCell(row.expected, unitOf(row)) },
    shown(heads.reached, ({ expected_reached }) => expected_reached && reached[expected_reached]),
  ];
  const cost = letters(columns.length);
  const worth = (step: number) => letters(columns.length + 1 + step);
  const returned =
    (share: "return" | "return_low" | "return_high", step: number): Column<Assessment>["cell"] =>
    (row, at) => {
      const cell = shareCell(row[share]);
      const money = [row.value_money, row.value_money_low, row.value_money_high][step];
      const isDerived = cell !== null && row.cost && money != null;
      return isDerived ? { ...cell, formula: `=(${worth(step)}${at}-${cost}${at})/${cost}${at}` } : cell;
    };
  return [
    ...columns,
    { head: heads.cost, cell: ({ cost }) => amountCell(cost) },
    shown(heads.worth, ({ value_money }) => amountCell(value_money)),
    shown(heads.worthLow, ({ value_money_low }) => amountCell(value_money_low)),
    shown(heads.worthHigh, ({ value_money_high }) => amountCell(value_money_high)),
    shown(heads.returned, returned("return", 0)),
    shown(heads.returnedLow, returned("return_low", 1)),
    shown(heads.returnedHigh, returned("return_high", 2)),
    {
      head: heads.notes,
      cell: ({ hidden, method }) => (hidden ? say.notShown : method && (methods[method] ?? method)),
      most: 36,
    },
  ];
}
