import { isUtf8 } from "node:buffer";
import { isLosslessNumber, parse, stringify } from "lossless-json";

/** Why a text is no row. */
export interface Refusal {
  rule: "no_json" | "bad_encoding" | "nul_byte";
  /** What the parser says. */
  error?: Error;
}

/**
 * Reads an object: numbers just as they are written, whatever their digits, what is nested as JSON. A key that stands
 * twice with two values makes it none.
 */
export function readRow(bytes: Buffer): { cells: ReadonlyMap<string, string | null> } | Refusal {
  if (!isUtf8(bytes)) return { rule: "bad_encoding" };
  let value: unknown;
  try {
    value = parse(bytes.toString());
  } catch (error) {
    return { rule: "no_json", error: error as Error };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value))
    return { rule: "no_json" };
  const cells = new Map(Object.entries(value).map(([key, cell]) => [key, textOf(cell)]));
  // Half a character, written as `\ud800`, would become a sign that stands for any.
  const isHalf = (text: string | null) => text !== null && !text.isWellFormed();
  if ([...cells.values(), ...cells.keys()].some(isHalf)) return { rule: "bad_encoding" };
  return [...cells.values()].some((text) => text?.includes("\0")) ? { rule: "nul_byte" } : { cells };
}

function textOf(value: unknown): string | null {
  if (value === null || typeof value === "string") return value;
  if (isLosslessNumber(value)) return value.value;
  return typeof value === "boolean" ? String(value) : (stringify(value) ?? null);
}

/** The keys of an object, none of another value; undefined of what is no JSON. */
export function keysOf(bytes: Buffer): string[] | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return undefined;
  }
}
