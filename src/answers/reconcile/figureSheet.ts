import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { folded } from "../../catalogue/suggest.js";
import type { Period } from "../../kpi/periods.js";
import { CliError } from "../../run/error.js";
import { greatest } from "../../statistics/extremes.js";
import { told } from "../../words/told.js";
import { factorOf } from "./figureUnit.js";
import { isOfPeriods, namesPeriod } from "./periodNames.js";
import { type DecimalMark, numbersOf, type TheirNumber } from "./theirNumber.js";

/** What a sheet of figures is asked for. */
export interface SheetAsked {
  file: string;
  header: readonly string[];
  kpi: Pick<Kpi, "id" | "label" | "unit" | "range">;
  period: Period;
  /** The column of the figure; −1: to be found. */
  valueAt: number;
  /** What a cell of the figure's row says. */
  row: string | undefined;
  /** Commas in its numbers may be decimal ones. */
  doubtsCommas: boolean;
}

/** A figure of a sheet, and where it stands. */
export interface SheetFigure {
  figure: TheirNumber;
  column: string;
  /** What the row is called; null where nothing calls it anything. */
  row: string | null;
  /** Heading or cell name a month or quarter, and no year. */
  isYearAssumed: boolean;
}

/** Where a figure may stand. */
interface Place {
  row: number;
  at: number;
  /** The cell that its row is called by, −1 where none does. */
  label: number;
  /** How well it names the period. */
  rank: number;
  isAcross: boolean;
}

/** A sheet that people look at has no more. */
const [mostRows, mostColumns] = [1000, 200];

/**
 * The figure of a KPI and period in a sheet of figures: of one row, with periods across, or a row a period. Row and column are found by
 * what names KPI and period; the row and the column that are asked for stand for the KPI.
 * @returns undefined where the sheet has none
 * @throws CliError 2 where several may be meant, or what is written may be two numbers
 */
export async function figureOfSheet(
  db: DuckDBConnection,
  asked: SheetAsked,
): Promise<SheetFigure | undefined> {
  const { header, file, kpi } = asked;
  if (header.length > mostColumns) return undefined;
  const reader = await db.runAndReadAll(
    `select ${header.map((_, at) => `c${at}`).join(", ")} from their_cells order by row_no limit ${mostRows + 1}`,
  );
  const rows = reader.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell).trim())));
  if (rows.length === 0 || rows.length > mostRows) return undefined;
  const mark: DecimalMark =
    asked.doubtsCommas && rows.flat().some((text) => commaNumber.test(text)) ? "," : ".";
  const cell = (row: number, at: number) => rows[row]?.[at] ?? "";
  const named = placesOf(rows, asked);
  const all = named.length > 0 || rows.length > 1 ? named : placesOfOne(header);
  const numbers = await numbersOf(
    db,
    all.map(({ row, at }) => cell(row, at)),
    mark,
  );
  const found = all.flatMap((place, at) => {
    const figure = numbers[at];
    return figure ? [{ ...place, figure }] : [];
  });
  const rank = greatest(found.map((each) => each.rank));
  const best = found.filter((each) => each.rank === rank);
  const [place, ...others] = best;
  if (!place) return undefined;
  const nameOf = ({ row, label }: Place) => (label < 0 ? null : cell(row, label));
  if (others.length > 0) {
    const places = best.map((each) => [nameOf(each), header[each.at]].filter((name) => name).join(" / "));
    throw new CliError(told("reconcile.severalFigures", { file, places: places.slice(0, 5) }), 2);
  }
  const { row, at, figure } = place;
  const text = cell(row, at);
  const beside = place.isAcross
    ? header.flatMap((title, each) => (isOfPeriods(title) ? [cell(row, each)] : []))
    : rows.map((_, each) => cell(each, at));
  const like = (await numbersOf(db, [text, ...beside], mark)).flatMap((each) => (each ? [each.value] : []));
  const labels = [header[at] ?? "", ...(place.isAcross ? (rows[row] ?? []).slice(0, at) : [])];
  const factor = /[%％]/.test(text) ? 1 : factorOf(kpi, labels, like);
  if (factor === undefined) throw new CliError(told("reconcile.twoNumbers", { file, text }), 2);
  return {
    figure: { value: figure.value * factor, decimals: figure.decimals - Math.log10(factor) },
    column: header[at] ?? "",
    row: nameOf(place),
    isYearAssumed: place.rank === 1,
  };
}

const commaNumber = /^[+-]?[\d.]*,(\d{1,2}|\d{4,})\s?%?$/;

/** Headings of a column of figures, of which its rows say all else. */
const figures = new Set([
  "value",
  "值",
  "数值",
  "实际",
  "实际值",
  "完成值",
  "结果",
  "actual",
  "figure",
  "wert",
  "ist",
]);

/** Numbering in front of a name, and brackets and units behind it. */
const bare = (text: string) =>
  folded(
    text
      .normalize("NFKC")
      .replace(/^\s*[\d一二三四五六七八九十]+\s*[.、)]\s*/, "")
      .replace(/[([【][^)\]】]*[)\]】]/g, "")
      .replace(/[%‰]/g, ""),
  );

/** Of a sheet of one row the column that is headed as a figure, else every one. */
function placesOfOne(header: readonly string[]): Place[] {
  const places = header.map((_, at) => ({ row: 0, at, label: -1, rank: 0, isAcross: false }));
  const headed = places.filter(({ at }) => figures.has(folded(header[at] ?? "")));
  return headed.length > 0 ? headed : places;
}

function placesOf(rows: readonly (readonly string[])[], asked: SheetAsked): Place[] {
  const { header, kpi, period, valueAt, row: name } = asked;
  const names = new Set([kpi.label.zh, kpi.label.en, kpi.id].map(bare));
  const namesKpi = (text: string) => names.has(bare(text));
  const heads = header.map((title) => ({ period: namesPeriod(title, period), kpi: namesKpi(title) }));
  return rows.flatMap((cells, row) => {
    const own = cells.map((cell) => ({ period: namesPeriod(cell, period), kpi: namesKpi(cell) }));
    const askedAt = name === undefined ? -1 : cells.findIndex((cell) => folded(cell) === folded(name));
    if (name !== undefined && askedAt === -1) return [];
    return cells.flatMap((_, at): Place[] => {
      if (valueAt !== -1 && at !== valueAt) return [];
      const head = heads[at] ?? { period: 0, kpi: false };
      const before = own.slice(0, at);
      const periodAt = before.findIndex((each) => each.period > 0);
      const kpiAt = before.findIndex((each) => each.kpi);
      const rank = Math.max(head.period, before[periodAt]?.period ?? 0);
      const isAcross = head.period > 0;
      const isSaid = head.kpi || kpiAt !== -1 || askedAt !== -1 || (valueAt === at && !isAcross);
      // One row is of the period that it was asked for.
      if ((rank === 0 && rows.length > 1) || !isSaid) return [];
      const isRowAlone = !isAcross && !head.kpi && valueAt === -1;
      if (isRowAlone && rows.length > 1 && !figures.has(folded(header[at] ?? ""))) return [];
      const label = Math.max(isAcross ? kpiAt : periodAt, askedAt);
      return [{ row, at, label, rank, isAcross }];
    });
  });
}
