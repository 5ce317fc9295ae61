import { columnsOf } from "../contract/index.js";
import { told } from "../words/told.js";
import type { Guessed } from "./refine.js";

/** A file's decimal mark; undefined where both would do. */
export const decimalOf = ({ decimals }: Pick<Guessed, "decimals">): "." | "," | undefined => decimals?.mark;

/**
 * Finds the decimal mark of each file: by cells like 12,50, else, where every number is like 12.400, by how the days are written
 * or in which language the headings are. Where nothing tells, its amounts are not read.
 */
export function refineDecimals(all: readonly Guessed[]): void {
  for (const each of all) {
    const amounts = amountsOf(each);
    const [point, comma] = [sum(amounts, "pointAlone"), sum(amounts, "commaAlone")];
    if (comma > 10 * point) each.decimals = { mark: ",", by: "cells" };
    else if (point > 10 * comma) each.decimals = { mark: ".", by: "cells" };
    else {
      const open = amounts.filter(({ isOpen }) => isOpen);
      const isDotted = isContinental(each);
      const { delimiter = "," } = each.raw.written ?? {};
      if (open.length === 0 || each.raw.written === undefined || (delimiter === "," && !isDotted)) continue;
      if (isDotted && point === 0) {
        each.decimals = { mark: ",", by: "dates" };
        continue;
      }
      each.decimals = { by: "cells", isOpen: true };
      for (const { found } of open) {
        found.certainty = "unsure";
        found.reasons.push(told("init.openDecimal"));
      }
    }
  }
}

function amountsOf({ guess, profiles }: Guessed) {
  const decimals = columnsOf(guess.table).filter(({ kind }) => kind === "decimal");
  return guess.columns.flatMap((found) => {
    const profile = found.source === null ? undefined : profiles.get(found.source);
    if (!profile || !decimals.some(({ name }) => name === found.column)) return [];
    const { pointAlone, commaAlone, point, whole, words } = profile;
    const isMixed = pointAlone > 0 && commaAlone > 0;
    const isOpen = isMixed || (point > whole && words.some(([word]) => /[.,]\d{3}\D*$/.test(word)));
    return [{ found, pointAlone, commaAlone, isOpen }];
  });
}

const sum = (
  amounts: readonly { pointAlone: number; commaAlone: number }[],
  which: "pointAlone" | "commaAlone",
) => amounts.reduce((total, each) => total + each[which], 0);

/** Days like 31.12.2026 or German headings: where they are so, 12.400 is twelve thousand. */
function isContinental({ guess, raw }: Guessed): boolean {
  const hasDots = guess.columns.some(({ dateFormats = [] }) =>
    dateFormats.some((format) => format.startsWith("%d.%m.")),
  );
  const german = raw.columns.filter((title) =>
    /kunde|umsatz|betrag|bestell|auftrag|datum|menge|preis|kosten|rechnung|nummer|währung|artikel/i.test(
      title,
    ),
  );
  return hasDots || german.length > 1;
}
