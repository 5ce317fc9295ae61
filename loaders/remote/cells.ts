import { isLosslessNumber, stringify } from "lossless-json";
import { ApiError } from "./fault.js";

/** A record's cells by column: what is nested is a column of its own (`via_channel`), a list is JSON. */
export type Cells = Record<string, string | null>;

/** So deep objects are taken apart. */
const deepest = 3;

/**
 * A record's cells. What is nested gives way to a field that has its column's name as it stands (`via_channel` beside
 * `via: {channel}`), whichever comes first.
 * @param skip keys that are no data
 */
export function cellsOf(record: unknown, skip: ReadonlySet<string> = new Set()): Cells {
  const fields = Object.entries((record ?? {}) as object).filter(([key]) => !skip.has(key));
  const own = new Set(fields.map(([key]) => key));
  const cells: Cells = {};
  const take = (value: unknown, name: string, depth: number) => {
    if (depth > 1 && own.has(name)) return;
    if (value === null || value === undefined) cells[name] = null;
    else if (typeof value === "string") cells[name] = value;
    else if (isLosslessNumber(value)) cells[name] = value.value;
    else if (typeof value === "boolean") cells[name] = String(value);
    else if (Array.isArray(value) || depth >= deepest) cells[name] = stringify(value) ?? null;
    else for (const [key, inner] of Object.entries(value)) take(inner, `${name}_${key}`, depth + 1);
  };
  for (const [key, value] of fields) take(value, key, 1);
  return cells;
}

/** A list under a key of an answer. */
export function listIn(answer: unknown, key: string): unknown[] | undefined {
  const found = (answer as Record<string, unknown> | null)?.[key];
  return Array.isArray(found) ? found : undefined;
}

/** A text or number under keys of an answer, as text. */
export function textIn(answer: unknown, ...keys: string[]): string | undefined {
  let value = answer;
  for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key];
  if (typeof value === "string") return value;
  return isLosslessNumber(value) ? value.value : undefined;
}

/** A count that an interface has to give. @throws ApiError `noCount` where it does not */
export function givenCount(answer: unknown, ...paths: (readonly string[])[]): number {
  for (const keys of paths) {
    const count = countIn(answer, ...keys);
    if (count !== undefined) return count;
  }
  throw new ApiError({ what: "noCount" });
}

/** A whole number under keys of an answer. */
function countIn(answer: unknown, ...keys: string[]): number | undefined {
  const text = textIn(answer, ...keys);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
