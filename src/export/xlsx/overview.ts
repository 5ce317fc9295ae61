import { Url, type Worksheet } from "wasm-xlsxwriter";
import type { PackFigures } from "../../published/packFigures.js";
import { benefit, workbook } from "../../words/languages.js";
import { type Book, formatOf, put, type Style } from "./book.js";
import { type Cell, dayCell, periodCell, pointsCell } from "./cells.js";
import { gradeName, scoreColumn } from "./scores.js";
import { fitHeight, type Sheet } from "./table.js";
import { scopeText } from "./values.js";

/** The first sheet: what the workbook is of, the company's totals, which sheets there are, how to read them. */
export function fillOverview(
  book: Book,
  sheet: Worksheet,
  figures: PackFigures,
  sheets: readonly Sheet[],
): void {
  const { language } = figures;
  const say = workbook(language);
  const scope = scopeText(figures, figures.scope);
  let at = 0;
  const line = (cells: readonly Cell[], style: Style = {}) => {
    for (const [place, cell] of cells.entries())
      put(book, sheet, at, place, cell, place === 0 ? { isBold: true, ...style } : style);
    if (!style.isTitle) fitHeight(sheet, at, cells, widths);
    at++;
  };
  for (const [place, width] of widths.entries()) sheet.setColumnWidth(place, width);
  line([figures.title], { isTitle: true });
  at++;
  line([say.scope, scope || benefit(language).everybody]);
  line([say.period, figures.period]);
  line([say.asOf, dayCell(figures.as_of_on, language)]);
  line([say.build, figures.build_id]);
  line([say.currency, figures.currency]);
  line([say.command, figures.command]);
  const totals = companyTotals(figures);
  if (totals.length > 0) {
    at++;
    const { scorecard, period, total, grade } = say.columns;
    line([scorecard, period, null, grade], { isHead: true });
    put(book, sheet, at - 1, 2, total, { isHead: true, isRight: true });
    for (const row of totals) line(row);
  }
  at++;
  line([say.contents, null], { isTotal: true });
  for (const { name, holds } of sheets) {
    const link = formatOf(book, { isLink: true }).clone(); // the call takes it away
    sheet.writeUrlWithOptions(at, 0, new Url(`internal:'${name}'!A1`), name, "", link);
    put(book, sheet, at++, 1, holds);
  }
  at++;
  line([say.notesTitle, null], { isTotal: true });
  for (const note of Object.values(say.notes)) line([null, note]);
}

/** The company's totals, each as the cell of the sheet of scorecards that it stands in. */
function companyTotals(figures: PackFigures): Cell[][] {
  const { scores, language } = figures;
  let at = 1;
  return scores.flatMap((score) => {
    at += score.items.length + 1;
    if (score.kind !== "company") return [];
    const total = pointsCell(score.total);
    const formula = `='${workbook(language).sheets.scores}'!${scoreColumn}${at}`;
    return [
      [
        score.label,
        periodCell(score.grain, score.period_start, language),
        total && { ...total, formula },
        gradeName(figures, score),
      ],
    ];
  });
}

const widths = [28, 64, 14, 16];
