import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import type { ClosedPeriods, Restatement } from "../../../src/published/closedTypes.js";

type Numbers = Float64Array | Int32Array;

/**
 * A copy of a built site in which all figures are others but those of one scope: the company's, those of every other value and of
 * every other dimension, totals of scorecards, verdicts, counts of rows.
 */
export function withOtherFigures(
  dist: string,
  to: string,
  scope: { dimension: string; value: string },
): { changed: number } {
  cpSync(dist, to, { recursive: true });
  const folder = join(to, "_file", "data", "kpi");
  let changed = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (name.endsWith(".arrow")) changed += changeTable(path, scope);
    else if (
      /^(scores|quality|benefits|weights|assessment|percentiles\/.*|rankings?\/?.*)\..*json$/.test(name)
    )
      changed += changeDocument(path, scope);
  }
  return { changed };
}

/** Changes numbers where they lie in the file. */
function changeTable(path: string, { dimension, value }: { dimension: string; value: string }): number {
  const bytes = new Uint8Array(readFileSync(path));
  const table = tableFromIPC(bytes);
  const isOwn = (row: number) =>
    table.getChild("by") && table.getChild("by")?.get(row) !== null
      ? table.getChild("by")?.get(row) === dimension && table.getChild("value")?.get(row) === value
      : table.getChild(dimension)?.get(row) === value;
  let changed = 0;
  for (const name of ["numerator", "denominator", "n", "sum_sq", "awaiting"]) {
    const column = table.getChild(name);
    let row = 0;
    for (const { values, length } of (column?.data ?? []) as unknown as {
      values: Numbers;
      length: number;
    }[])
      for (let at = 0; at < length; at += 1, row += 1) {
        if (isOwn(row) || !Number.isFinite(values[at])) continue;
        values[at] = Math.round((values[at] ?? 0) * 1.37) + 3;
        changed += 1;
      }
  }
  writeFileSync(path, bytes);
  return changed;
}

const figures =
  /^(value|total|score|numerator|denominator|n|low|high|median|p90|count|rows_\w+|lines_rejected|loaded|quarantined|duplicates|restated|compared|delta|p|q|value_money)$/;

/** Changes every figure of a document, but the scope's restatements and scores. */
function changeDocument(path: string, { dimension, value }: { dimension: string; value: string }): number {
  let changed = 0;
  const isOwn = (of: object) =>
    ("member" in of && (of as Restatement).dimension === dimension && (of as Restatement).member === value) ||
    ("subject" in of && of.subject === value);
  const other = (of: unknown): unknown => {
    if (Array.isArray(of)) return of.map(other);
    if (typeof of !== "object" || of === null || isOwn(of)) return of;
    return Object.fromEntries(
      Object.entries(of).map(([key, each]) => {
        if (typeof each !== "number" || !figures.test(key)) return [key, other(each)];
        changed += 1;
        return [key, Number.isInteger(each) ? Math.round(each * 1.37) + 3 : each * 1.37];
      }),
    );
  };
  const document = JSON.parse(readFileSync(path, "utf8")) as { closed?: ClosedPeriods };
  writeFileSync(path, JSON.stringify(other(document)));
  return changed;
}
