import { DocProperties } from "wasm-xlsxwriter";
import type { PackDefinition, PackFigures } from "../../published/packFigures.js";
import { unitName } from "../../words/figures.js";
import { workbook as words } from "../../words/languages.js";
import { creator } from "../target.js";
import { writeWhole } from "../writeWhole.js";
import { addSheet, type Book, openBook } from "./book.js";
import { addCharts, type Picture } from "./charts.js";
import { initiativeColumns } from "./initiatives.js";
import { fillOverview } from "./overview.js";
import { dated, refuseOthersWorkbook } from "./properties.js";
import { scoreColumns, scoreRows } from "./scores.js";
import { addTable, type Column, type Look, type Sheet } from "./table.js";
import { trendsOf } from "./trends.js";
import { valueColumns } from "./values.js";

/**
 * A pack's figures as the bytes of an XLSX workbook, in the pack's language. The same figures give the same bytes.
 *
 * @param pictures charts as PNG, below those that the workbook draws of its own figures
 */
export async function makeWorkbook(
  figures: PackFigures,
  pictures: readonly Picture[] = [],
): Promise<Uint8Array> {
  const book = openBook(figures.language);
  try {
    fill(book, figures, pictures);
    return await dated(book.workbook.saveToBufferSync(), figures.as_of_on.slice(0, 10));
  } finally {
    book.workbook.free();
  }
}

/**
 * Writes a workbook, whole or not at all.
 * @throws CliError 2 when it would take the place of a file that is not this program's, or that somebody has changed
 */
export async function writeWorkbook(workbook: Uint8Array, out: string): Promise<void> {
  await refuseOthersWorkbook(out);
  await writeWhole(out, workbook);
}

function fill(book: Book, figures: PackFigures, pictures: readonly Picture[]): void {
  const { title, language, values, trends, scores, initiatives, definitions } = figures;
  const { sheets: names, charts } = words(language);
  book.workbook.setProperties(
    new DocProperties()
      .setTitle(title.slice(0, 255))
      .setSubject(figures.period.slice(0, 255))
      .setKeywords(figures.build_id.slice(0, 255))
      .setAuthor(creator),
  );
  const overview = addSheet(book, names.overview, title);
  const sheets: Sheet[] = [];
  const table = <Row>(
    name: string,
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    look: Look<Row> = {},
  ) => {
    if (rows.length > 0) sheets.push(addTable(book, { name, title }, columns, rows, look));
  };
  table(names.values, valueColumns(figures, values), values, { frozen: 1 });
  table(names.trends, valueColumns(figures, trends), trends, { frozen: 1 });
  table(names.scores, scoreColumns(figures), scoreRows(scores), { isTotal: ({ item }) => item === null });
  table(names.initiatives, initiativeColumns(figures), initiatives, { frozen: 1, pagesWide: 2 });
  table(names.definitions, definitionColumns(figures), definitions, { frozen: 1 });
  const lines = trendsOf(figures);
  const drawn = lines.length + pictures.length;
  const sheet = { name: names.charts, title, holds: charts(drawn) };
  if (drawn > 0) sheets.push(addCharts(book, sheet, lines, pictures));
  fillOverview(book, overview, figures, sheets);
}

function definitionColumns({ language, currency }: PackFigures): Column<PackDefinition>[] {
  const { columns: heads } = words(language);
  return [
    { head: heads.kpi, cell: ({ label }) => label, most: 34 },
    { head: heads.id, cell: ({ kpi_id }) => kpi_id, most: 40 },
    { head: heads.unit, cell: ({ unit }) => unitName({ unit, currency }, language) },
    { head: heads.definition, cell: ({ definition }) => definition, most: 60 },
    { head: heads.formula, cell: ({ formula }) => formula, most: 60 },
  ];
}
