import { type Assessment, isTested } from "../../published/benefitTypes.js";
import type { PackFigures } from "../../published/packFigures.js";
import { verdictText } from "../../words/benefitTeller.js";
import type { Unit } from "../../words/digits.js";
import { unitName } from "../../words/figures.js";
import { benefit, pages, workbook } from "../../words/languages.js";
import {
  amountCell,
  type Cell,
  chanceCell,
  dayCell,
  derived,
  figureCell,
  letters,
  shareCell,
} from "./cells.js";
import type { Column } from "./table.js";
import { scopeText } from "./values.js";

/** The columns of a sheet of initiatives; a change stands only where a test decided on it, as on the pages. */
export function initiativeColumns(figures: PackFigures): Column<Assessment>[] {
  const { language, currency } = figures;
  const say = workbook(language);
  const heads = say.columns;
  const { everybody } = benefit(language);
  const { reached, methods } = pages(language).benefits;
  const { kpis } = figures.names;
  /** A cell in the unit of the KPI; of a KPI that there is not it has none, and no figures. */
  const counted = (row: Assessment, cell: (unit: Unit) => Cell): Cell => {
    const unit = kpis[row.kpi_id]?.unit;
    return unit === undefined ? null : cell(unit);
  };
  const inUnit = (value: (row: Assessment) => number | null) => (row: Assessment) =>
    counted(row, (unit) => figureCell(value(row), unit));
  const tested = (head: string, cell: Column<Assessment>["cell"]): Column<Assessment> => ({
    head,
    cell: (row, at): Cell => (isTested(row.verdict) ? cell(row, at) : null),
  });
  const columns: Column<Assessment>[] = [
    { head: heads.initiative, cell: ({ name }) => name, most: 28 },
    { head: heads.kpi, cell: ({ kpi_id }) => kpis[kpi_id]?.label ?? kpi_id, most: 24 },
    {
      head: heads.unit,
      cell: (row) => counted(row, (unit) => unitName({ unit, currency }, language)),
      most: 12,
    },
    { head: heads.scope, cell: ({ scope }) => scopeText(figures, scope) || everybody, most: 20 },
    { head: heads.started, cell: ({ started_on }) => dayCell(started_on, language) },
    { head: heads.verdict, cell: (row) => verdictText(row, figures, benefit(language)) },
    { head: heads.baseline, cell: inUnit(({ baseline }) => baseline.value) },
    { head: heads.followUp, cell: inUnit(({ follow_up }) => follow_up.value) },
    tested(
      heads.change,
      inUnit(({ delta }) => delta),
    ),
    tested(
      heads.low,
      inUnit(({ low }) => low),
    ),
    tested(
      heads.high,
      inUnit(({ high }) => high),
    ),
    tested(heads.relative, ({ relative }) => shareCell(relative)),
    tested(heads.p, ({ p }) => chanceCell(p)),
    tested(heads.q, ({ q }) => chanceCell(q)),
    { head: heads.expected, cell: inUnit(({ expected }) => expected) },
    tested(heads.reached, ({ expected_reached }) => expected_reached && reached[expected_reached]),
  ];
  const cost = letters(columns.length);
  const worth = (step: number) => letters(columns.length + 1 + step);
  const returned =
    (share: "return" | "return_low" | "return_high", step: number): Column<Assessment>["cell"] =>
    (row, at) => {
      const cell = shareCell(row[share]);
      const money = [row.value_money, row.value_money_low, row.value_money_high][step];
      const given = money != null && row.cost ? (money - row.cost) / row.cost : null;
      return derived(cell, given, `=(${worth(step)}${at}-${cost}${at})/${cost}${at}`);
    };
  return [
    ...columns,
    { head: heads.cost, cell: ({ cost }) => amountCell(cost) },
    { head: heads.worth, cell: ({ value_money }) => amountCell(value_money) },
    { head: heads.worthLow, cell: ({ value_money_low }) => amountCell(value_money_low) },
    { head: heads.worthHigh, cell: ({ value_money_high }) => amountCell(value_money_high) },
    { head: heads.returned, cell: returned("return", 0) },
    { head: heads.returnedLow, cell: returned("return_low", 1) },
    { head: heads.returnedHigh, cell: returned("return_high", 2) },
    {
      head: heads.notes,
      cell: ({ hidden, rounded, method }) =>
        hidden ? say.notShown : rounded ? say.rounded : method && (methods[method] ?? method),
      most: 36,
    },
  ];
}
