import { literal } from "../../engine/sql.js";

/** A mapped column, or a condition, that may lose cells. */
export interface Loss {
  /** Null for a condition. */
  column: string | null;
  /** As the mapping has it. */
  expression: string;
  when: string;
  cells: string;
}

/** SQL for the JSON list of what a row loses, as violations; null where it loses nothing. */
export function lossesSql(losses: readonly Loss[]): string {
  if (losses.length === 0) return "null::varchar";
  const items = losses.map(({ column, expression, when, cells }) => {
    const name = column === null ? "null::varchar" : literal(column);
    const expected = literal(`expected a cell that the mapping can take: ${expression}`);
    return `case when ${when} then {'column': ${name}, 'value': ${cells}, 'rule': 'mapping_failed', 'expected': ${expected}} end`;
  });
  const list = `list_filter([${items.join(", ")}], lambda loss: loss is not null)`;
  return `case when ${losses.map(({ when }) => `coalesce(${when}, false)`).join(" or ")} then cast(to_json(${list}) as varchar) end`;
}
