import type { Grain } from "../../kpi/periods.js";
import type { Unit } from "../../words/digits.js";
import { type Language, workbook } from "../../words/languages.js";
import { periodPart } from "../../words/periodText.js";

/** A number as a spreadsheet shows it, with the formula that gives it where there is one. */
export interface NumberCell {
  number: number;
  format: string;
  /** Begins with “=”. */
  formula?: string;
  /** It is read like a word and stands on the left. */
  isDay?: true;
}

/** What stands in a cell; null leaves it empty. */
export type Cell = null | string | NumberCell | { text: string; colour: string };

/** A figure of a KPI; of a small one a digit more, so that it is not shown as 0. */
export function figureCell(value: number | null, unit: Unit): NumberCell | null {
  if (value === null) return null;
  const shown = Math.abs(unit === "percent" ? value * 100 : value);
  const isSmall = shown > 0 && shown < 1;
  const isWhole = unit === "count" && Number.isInteger(value);
  const digits = isWhole ? 0 : unit === "money" || isSmall ? 2 : 1;
  return { number: value, format: unit === "percent" ? percent(digits) : thousands(digits) };
}

/** What cases add up to: whole where it is. */
export const sumCell = (value: number | null) => figureCell(value, "count");

/** An amount of money without its decimals. */
export const amountCell = (value: number | null): NumberCell | null =>
  value === null ? null : { number: value, format: thousands(0) };

/** A share of 1. */
export const shareCell = (value: number | null): NumberCell | null =>
  value === null ? null : { number: value, format: percent(1) };

/** Points of a score or a total. */
export const pointsCell = (value: number | null): NumberCell | null =>
  value === null ? null : { number: value, format: thousands(1) };

/** A probability. */
export const chanceCell = (value: number | null): NumberCell | null =>
  value === null ? null : { number: value, format: value < 0.001 ? "0.0E+00" : "0.000" };

const decimals = (digits: number) => (digits === 0 ? "0" : `0.${"0".repeat(digits)}`);
const thousands = (digits: number) => `#,##${decimals(digits)}`;
const percent = (digits: number) => `${decimals(digits)}%`;

/** A day. */
export const dayCell = (day: string, language: Language): NumberCell => ({
  number: serial(day),
  format: workbook(language).formats.day,
  isDay: true,
});

/** A period: its first day, shown as people call the period, so that it sorts by time. */
export function periodCell(grain: Grain, start: string, language: Language): NumberCell {
  const { month, part, year } = workbook(language).formats;
  const format =
    grain === "month" ? month : grain === "year" ? year : part(periodPart(grain, start, language));
  return { number: serial(start), format, isDay: true };
}

/** Days since 30 December 1899, as spreadsheets count them. */
const serial = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000 + 25_569;

/** A column's letters: 0 is A, 26 is AA. */
export const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

/** A figure as a formula of others, unless these do not give it: a pack may show less than all of them. */
export function derived(cell: NumberCell | null, given: number | null, formula: string): NumberCell | null {
  const isGiven = cell !== null && given !== null && Math.abs(given - cell.number) <= 1e-9;
  return isGiven ? { ...cell, formula } : cell;
}
