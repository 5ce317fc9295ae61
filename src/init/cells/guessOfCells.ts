import type { Column } from "../../contract/index.js";
import { literal, quoted } from "../../engine/sql.js";
import type { Told } from "../../words/told.js";
import { momentOfEpoch } from "../dates.js";
import type { Fit } from "../fit.js";
import { withoutSigns } from "../signs.js";
import type { ColumnGuess } from "../tableGuess.js";

/** What of a guess the cells say: how they are to be read, and the words in them that are not known. */
export function readAs(source: string, fit: Fit | undefined, column: Column): Partial<ColumnGuess> {
  if (!fit) return {};
  const expression = fit.truths
    ? truthSql(source, fit.truths)
    : fit.signs
      ? withoutSigns(source, fit.signs)
      : fit.epoch && column.kind === "timestamp"
        ? momentOfEpoch(source, fit.epoch)
        : undefined;
  return {
    ...(expression ? { expression } : {}),
    ...(fit.epoch ? { epoch: fit.epoch } : {}),
    ...(fit.signs ? { isSigned: true } : {}),
    ...(fit.values ? { values: fit.values } : {}),
    ...(fit.unknownWords?.length ? { unknownWords: fit.unknownWords } : {}),
  };
}

/** A guess that no heading says. */
export function guessOfCells(
  column: Column,
  {
    source,
    reasons,
    fit,
    isTelling = false,
  }: { source: string; reasons: Told[]; fit?: Fit; isTelling?: boolean },
): ColumnGuess {
  return {
    column: column.name,
    source,
    certainty: "likely",
    reasons: fit?.reason && !reasons.includes(fit.reason) ? [...reasons, fit.reason] : reasons,
    byCells: isTelling ? "telling" : "left",
    ...readAs(source, fit, column),
  };
}

const truthSql = (source: string, { yes, no }: NonNullable<Fit["truths"]>): string => {
  const among = (words: readonly string[]) => `trim(${quoted(source)}) in (${words.map(literal).join(", ")})`;
  return `case when ${among(yes)} then true when ${among(no)} then false end`;
};
