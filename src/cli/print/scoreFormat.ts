import { reasonOfItem, type TracedItem, type TracedSubject } from "../../score/scored.js";
import type { InForce } from "../../score/weightReview.js";
import { toldReason } from "../../words/toldReason.js";
import type { Words } from "../../words/wording.js";
import { type CsvOptions, csvText } from "./csv.js";

/** A scored subject as `score` prints it. */
export interface ScoreRow extends TracedSubject {
  /** The same under the weights in force in the period, where others were asked for. */
  in_force?: InForce;
}

/** The command line that gives an item's value; undefined where it was not asked for. */
export type CommandOf = (subject: TracedSubject, item: TracedItem) => string | undefined;

/** The subjects as one JSON array, a line each, numbers unrounded. */
export function toScoreJson(rows: readonly ScoreRow[], language: Words, commandOf: CommandOf): string {
  const lines = rows.map((row) => {
    const { scorecard, period_start, period_end, subject, total, covered_weight, provisional, grade, rank } =
      row;
    const items = row.items.map((item) => {
      const { kpi_id, value, weight, score, settled: _, ...more } = item;
      const told = toldReason(reasonOfItem(item), language);
      const command = commandOf(row, item);
      return {
        kpi_id,
        value,
        weight,
        score,
        ...more,
        ...told,
        ...(command === undefined ? {} : { command }),
      };
    });
    const { kind, groups, in_force } = row;
    const head = { scorecard, period_start, period_end, subject, total, covered_weight, grade, rank };
    return JSON.stringify({ ...head, items, provisional, kind, groups, ...(in_force ? { in_force } : {}) });
  });
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

/** The same as RFC 4180 CSV, a row an item, with its subject's totals in each. */
export function toScoreCsv(
  rows: readonly ScoreRow[],
  language: Words,
  commandOf: CommandOf,
  options?: CsvOptions,
): string {
  const subjectColumns = [
    "scorecard",
    "period_start",
    "period_end",
    "kind",
    "subject",
    "total",
    "covered_weight",
    "provisional",
    "grade",
    "rank",
  ] as const;
  const inForce = rows.some((row) => row.in_force)
    ? (["total", "covered_weight", "provisional", "grade", "rank"] as const)
    : [];
  const itemColumns = [
    "group",
    "kpi_id",
    "value",
    "weight",
    "score",
    "unscored",
    "n",
    "numerator",
    "denominator",
    "target",
  ] as const;
  const lines = rows.flatMap((row) =>
    row.items.map((item) => [
      ...subjectColumns.map((name) => row[name]),
      ...inForce.map((name) => row.in_force?.[name]),
      ...itemColumns.map((name) => item[name]),
      ...Object.values(toldReason(reasonOfItem(item), language)),
      commandOf(row, item),
    ]),
  );
  const hasCommand = lines.some((line) => line.at(-1) !== undefined);
  const head = [
    ...subjectColumns,
    ...inForce.map((name) => `in_force.${name}`),
    ...itemColumns,
    "reason",
    "reason_text",
    ...(hasCommand ? ["command"] : []),
  ];
  return csvText([head, ...lines.map((line) => (hasCommand ? line : line.slice(0, -1)))], options);
}
