import type { PackFigures, PackItem, PackScore } from "../../published/packFigures.js";
import { enoughWeight, weightedTotal } from "../../score/totals.js";
import { unitName } from "../../words/figures.js";
import { pages, scoreTable, workbook } from "../../words/languages.js";
import { derived, figureCell, letters, type NumberCell, periodCell, pointsCell, shareCell } from "./cells.js";
import type { Column } from "./table.js";
import { valueName } from "./values.js";

/** A row of the sheet of scorecards: an item, or below a scorecard's items its total. */
export interface ScoreRow {
  score: PackScore;
  /** Null in the row of the total. */
  item: PackItem | null;
}

/** Every scorecard's items, and its total below them. */
export const scoreRows = (scores: readonly PackScore[]): ScoreRow[] =>
  scores.flatMap((score) => [...score.items.map((item) => ({ score, item })), { score, item: null }]);

const places = ["scorecard", "of", "who", "period", "group", "kpi", "unit", "value", "target"] as const;
const weightColumn = letters(places.length);

/** The letters of the column that scores and totals stand in. */
export const scoreColumn = letters(places.length + 1);

/** What a scorecard's grade is called. */
export const gradeName = ({ names }: PackFigures, { grade }: PackScore): string | null =>
  grade && (names.grades[grade] ?? grade);

/** The columns of a sheet of scorecards. */
export function scoreColumns(figures: PackFigures): Column<ScoreRow>[] {
  const { language, currency } = figures;
  const say = workbook(language);
  const { subjects } = scoreTable(language);
  const heads = say.columns;
  const cells: Record<(typeof places)[number], Column<ScoreRow>["cell"]> = {
    scorecard: ({ score }) => score.label,
    of: ({ score }) => subjects[score.kind],
    who: ({ score: { kind, subject } }) => subject && valueName(figures, kind, subject),
    period: ({ score }) => periodCell(score.grain, score.period_start, language),
    group: ({ item }) => item?.group ?? null,
    kpi: ({ item }) => item?.label ?? heads.total,
    unit: ({ item }) => item && unitName({ unit: item.unit, currency }, language),
    value: ({ item }) => item && (item.hidden ? pages(language).unshown : figureCell(item.value, item.unit)),
    target: ({ item }) => item && figureCell(item.target, item.unit),
  };
  return [
    ...places.map((place) => ({ head: heads[place], cell: cells[place] })),
    {
      head: heads.weight,
      cell: ({ score, item }, at) => (item ? shareCell(item.weight) : weightSum(score, at)),
    },
    { head: heads.score, cell: ({ score, item }, at) => (item ? pointsCell(item.score) : total(score, at)) },
    { head: heads.grade, cell: ({ score, item }) => (item ? null : gradeName(figures, score)) },
    { head: heads.covered, cell: ({ score, item }, at) => (item ? null : covered(score, at)) },
    {
      head: heads.notes,
      cell: ({ score, item }) =>
        item
          ? item.hidden
            ? say.notShown
            : null
          : isUntold(score)
            ? say.totalNotShown
            : score.total === null
              ? say.noTotal
              : say.missing[score.missing],
      most: 50,
    },
  ];
}

/** The cells of a column that hold a scorecard's items, above its total. */
const above = (column: string, { items }: PackScore, at: number) =>
  `${column}${at - items.length}:${column}${at - 1}`;

function weightSum(score: PackScore, at: number): NumberCell | null {
  if (score.items.length === 0) return null;
  const sum = score.items.reduce((weight, item) => weight + item.weight, 0);
  return derived(shareCell(sum), sum, `=SUM(${above(weightColumn, score, at)})`);
}

const scoredWeight = (score: PackScore, at: number) =>
  `SUMPRODUCT(${above(weightColumn, score, at)},--ISNUMBER(${above(scoreColumn, score, at)}))`;

/** Whether an item with weight is not shown, and so no total is. */
const isUntold = ({ items }: PackScore) => items.some(({ hidden, weight }) => hidden === true && weight > 0);

const coverage = (score: PackScore, at: number) =>
  `ROUND(${scoredWeight(score, at)}/SUM(${above(weightColumn, score, at)}),9)`;

function covered(score: PackScore, at: number): NumberCell | null {
  const { covered_weight } = weightedTotal(score.items, score.missing);
  const hasWeight = score.items.some(({ weight }) => weight > 0);
  const cell = shareCell(score.covered_weight);
  return hasWeight ? derived(cell, covered_weight, `=${coverage(score, at)}`) : cell;
}

/** The rule of `weightedTotal` in a spreadsheet's words. */
function total(score: PackScore, at: number): NumberCell | null {
  if (isUntold(score)) return null;
  const [weights, scores] = [above(weightColumn, score, at), above(scoreColumn, score, at)];
  const whole = score.missing === "zero" ? `SUM(${weights})` : scoredWeight(score, at);
  const formula = `=IF(${coverage(score, at)}<${enoughWeight},"",ROUND(SUMPRODUCT(${weights},${scores})/${whole},9))`;
  return derived(pointsCell(score.total), weightedTotal(score.items, score.missing).total, formula);
}
