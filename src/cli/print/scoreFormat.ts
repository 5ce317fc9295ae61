import { reasonOfItem, type TracedItem, type TracedSubject } from "../../score/scored.js";
import type { InForce } from "../../score/weightReview.js";
import type { Language } from "../../words/languages.js";
import { type ToldReason, toldReason } from "../../words/toldReason.js";
import { type Column, keyed, toCsv, toJson, valueIn } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** A scored subject as `score` prints it. */
export interface ScoreRow extends TracedSubject {
  /** The same under the weights in force in the period, where others were asked for. */
  in_force?: InForce;
}

/** The command line that gives an item's value; undefined where it was not asked for. */
export type CommandOf = (subject: TracedSubject, item: TracedItem) => string | undefined;

/** The subjects as one JSON array, a line each, numbers unrounded. */
export function toScoreJson(rows: readonly ScoreRow[], language: Language, commandOf: CommandOf): string {
  const told = rows.map((row) => {
    const { scorecard, period_start, period_end, subject, total, covered_weight, provisional, grade, rank } =
      row;
    const items = row.items.map((item) => {
      const { kpi_id, value, weight, score, settled: _, ...more } = item;
      const reason = toldReason(reasonOfItem(item), language);
      const command = commandOf(row, item);
      return {
        kpi_id,
        value,
        weight,
        score,
        ...more,
        ...reason,
        ...(command === undefined ? {} : { command }),
      };
    });
    const { kind, groups, in_force } = row;
    const head = { scorecard, period_start, period_end, subject, total, covered_weight, grade, rank };
    return { ...head, items, provisional, kind, groups, ...(in_force ? { in_force } : {}) };
  });
  return toJson(told);
}

/** The same as RFC 4180 CSV, a row an item, with its subject's totals in each. */
export function toScoreCsv(
  rows: readonly ScoreRow[],
  language: Language,
  commandOf: CommandOf,
  options?: CsvOptions,
): string {
  interface Line extends ToldReason {
    row: ScoreRow;
    item: TracedItem;
    command: string | undefined;
  }
  const lines = rows.flatMap((row) =>
    row.items.map(
      (item): Line => ({
        row,
        item,
        command: commandOf(row, item),
        ...toldReason(reasonOfItem(item), language),
      }),
    ),
  );
  const totals = ["total", "covered_weight", "provisional", "grade", "rank"];
  const places = ["scorecard", "period_start", "period_end", "kind", "subject"];
  const values = ["group", "kpi_id", "value", "weight", "score", "unscored"];
  const parts = ["n", "numerator", "denominator", "target"];
  const of = (part: "row" | "item", keys: readonly string[]) =>
    keys.map((key): Column<Line> => ({ key, value: (line) => valueIn(line[part], key) }));
  return toCsv<Line>(
    [
      ...of("row", [...places, ...totals]),
      ...of("row", rows.some((row) => row.in_force) ? totals.map((name) => `in_force.${name}`) : []),
      ...of("item", [...values, ...parts]),
      ...keyed<Line>("reason", "reason_text"),
      ...(lines.some(({ command }) => command !== undefined) ? keyed<Line>("command") : []),
    ],
    lines,
    options,
  );
}
