import { type Cells, cellsOf, listIn, textIn } from "../remote/cells.js";
import { ApiError } from "../remote/fault.js";

/** So many records a list is asked for at once. */
export const listRows = 100;

/** The records of an answer. */
export function recordsIn(answer: unknown, key: string): Cells[] {
  const nested = key === "metric_sets" ? listIn(answer, "tickets")?.flatMap(metricOf) : undefined;
  const records = listIn(answer, key) ?? nested;
  if (!records) throw new ApiError({ what: "noData" });
  return records.map(recordOf);
}

const metricOf = (ticket: unknown): unknown[] => {
  const { metric_set: found } = ticket as { metric_set?: unknown };
  return found === undefined || found === null ? [] : [found];
};

/** A record's cells; a field of one's own is a column of its own, `custom_field_360001`. */
function recordOf(record: unknown): Cells {
  const cells = cellsOf(record, new Set(["custom_fields", "fields"]));
  for (const field of listIn(record, "custom_fields") ?? []) {
    const id = textIn(field, "id");
    if (id === undefined) continue;
    const { value } = field as { value?: unknown };
    Object.assign(cells, cellsOf({ [`custom_field_${id}`]: value }));
  }
  return cells;
}
