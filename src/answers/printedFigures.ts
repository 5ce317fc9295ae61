import type { Kpi } from "../catalogue/kpis.js";
import type { CarriedFigures } from "../published/carriedFigures.js";
import { digitsOf, type Measured } from "../words/digits.js";
import { figure } from "../words/figures.js";
import { grouped } from "../words/rounding.js";
import { type Place, placeOfScore, placeOfValue } from "./verifyFigures.js";

/** A figure that a PDF carries and its pages do not show. */
export interface Unprinted extends Place {
  /** Its name, as `value` or `total`. */
  figure: string;
  /** As tables of the command line write it. */
  text: string;
}

/**
 * The figures that a PDF carries whose number stands nowhere on its pages, with the digits that pages may give it: of values and
 * of scorecards' totals, and of their items where a page lists those. One that several places show is missed where none does any more.
 */
export function unprinted(
  kpis: readonly Pick<Kpi, "id" | "unit" | "kind">[],
  { values, scores }: CarriedFigures["figures"],
  text: string,
): Unprinted[] {
  const known = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  const numbers = numbersIn(text);
  const found: Unprinted[] = [];
  const look = (place: Place, id: string, measured: Measured) => {
    const kpi = known.get(id);
    if (!kpi || measured.value === null || writtenAs(kpi.unit, measured).some((one) => numbers.has(one)))
      return;
    found.push({ ...place, figure: "value", text: figure(measured.value, kpi) });
  };
  for (const one of values) look(placeOfValue(one), one.kpi_id, one);
  for (const one of scores) {
    const place = placeOfScore(one);
    const total = one.total === null ? null : grouped(one.total, 1);
    if (total !== null && !numbers.has(total)) found.push({ ...place, figure: "total", text: total });
    const scored = one.items.flatMap(({ score, hidden }) =>
      score === null || hidden ? [] : grouped(score, 1),
    );
    // A pack without the table of items has next to none of their scores.
    if (2 * scored.filter((score) => numbers.has(score)).length <= scored.length) continue;
    for (const { kpi_id: id, label, value, score, hidden } of one.items) {
      const of = { ...place, item: { id, label } };
      const points = score === null ? null : grouped(score, 1);
      if (hidden) continue;
      look(of, id, { value });
      if (points !== null && !numbers.has(points)) found.push({ ...of, figure: "score", text: points });
    }
  }
  return found;
}

/** The numbers in what pages draw. */
export const numbersIn = (text: string): ReadonlySet<string> => new Set(text.match(/\d[\d,]*(?:\.\d+)?/g));

/** A text without what keeps words apart or together: lines are broken anywhere, and runs of letters end anywhere. */
export const squeezed = (text: string): string =>
  text.normalize("NFKC").replace(/[\s\u00ad\u200b\u2060]+/g, "");

/** In what money is counted: ones, thousands, 万, millions, 亿, thousand millions. */
const ofMoney = [1, 1e3, 1e4, 1e6, 1e8, 1e9];

/** The ways in which a page may write a value, without its sign: a column has as many digits as its other values need. */
export function writtenAs(unit: Kpi["unit"], measured: Measured): string[] {
  const size = Math.abs(measured.value ?? 0);
  if (unit === "money")
    return ofMoney.flatMap((scale) => [0, 1, 2].map((digits) => grouped(size / scale, digits)));
  const own = digitsOf(unit, measured);
  const shown = unit === "percent" ? size * 100 : size;
  // Whole numbers stand everywhere: one with decimals is looked for without them only where its interval is not known.
  const fewest = measured.low === undefined ? 0 : own > 1 ? own - 1 : own;
  return [0, 1, 2, 3].map((more) => grouped(shown, fewest + more));
}
