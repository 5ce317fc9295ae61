import type { TableName } from "../contract/index.js";
import { addMonths } from "../kpi/periods.js";
import { extractEnd } from "./options.js";

/** Tables that hold more than what happened in the months of an extract. */
const standing: readonly TableName[] = ["customers", "products", "initiatives", "milestones"];

/** The `sources.yaml` of a sample: a file a table, and since when the invented company recorded all that happened. */
export function sampleSources(tables: readonly TableName[], months: number): string {
  const from = addMonths(extractEnd, -months);
  const files = tables.map((table) => `    ${table}: ${table}.csv`);
  const mapped = tables.map((table) => {
    const covers = standing.includes(table) ? "" : `, covers_from: ${from}`;
    return `    ${table}: { from: ${table}${covers} }`;
  });
  return [
    "# One file a table. covers_from: all that happened since that day is there; what has no row since did not happen.",
    "extracts:",
    "  files:",
    ...files,
    "  tables:",
    ...mapped,
    "",
  ].join("\n");
}
