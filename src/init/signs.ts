import { literal, quoted } from "../engine/sql.js";
import { currencyBefore, currencyBehind, currencyCode } from "../words/currency.js";

/** SQL of a cell without a currency behind the amount, or before it where the contract reads none. */
export const withoutSign = (cell: string): string =>
  `trim(regexp_replace(regexp_replace(trim(${cell}), ${literal(currencyBehind)}, ''), ${literal(currencyBefore)}, ''))`;

/** SQL of a column without the currencies that stand in its cells. */
export const withoutSigns = (column: string, signs: readonly string[]): string =>
  `trim(${signs.reduce((sql, sign) => `replace(${sql}, ${literal(sign)}, '')`, quoted(column))})`;

const [before, behind] = [new RegExp(currencyBefore), new RegExp(currencyBehind)];

/** The currencies, as they are written, that stand where the contract reads none; the longest first. */
export function signsIn(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    [before, behind].flatMap((each) => each.exec(text.trim())?.[0].trim() || []),
  );
  return [...new Set(found)].sort((one, other) => other.length - one.length);
}

/** The currency that a text names at either end; undefined where it names none. */
export function currencyIn(text: string): string | undefined {
  const found =
    /^[€$£¥￥]/.exec(text.trim())?.[0] ?? before.exec(text.trim())?.[0] ?? behind.exec(text.trim())?.[0];
  return found === undefined ? undefined : currencyCode(found === "Euro" ? "EUR" : found);
}
