import { isUtf8 } from "node:buffer";
import { isLosslessNumber, parse, stringify } from "lossless-json";

/** Why a text is no row. */
export interface Refusal {
  rule: "no_json" | "too_deep" | "bad_encoding" | "nul_byte";
  /** What the parser says. */
  error?: Error;
}

/** Levels of brackets of a row, itself one: more than anybody writes, and fewer than the parser, which calls itself for each, can take. */
export const deepestRow = 500;

/**
 * Reads an object: numbers just as they are written, whatever their digits, what is nested as JSON. A key that stands
 * twice with two values makes it none.
 */
export function readRow(bytes: Buffer): { cells: ReadonlyMap<string, string | null> } | Refusal {
  if (!isUtf8(bytes)) return { rule: "bad_encoding" };
  const written = bytes.toString();
  const flat = flatCells(written);
  if (flat) return { cells: flat };
  if (isTooDeep(bytes)) return { rule: "too_deep" };
  let value: unknown;
  try {
    value = parse(written);
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

/** Whether brackets stand within each other beyond measure; those in strings are text. */
function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) isText = !isText;
    else if (isText) at += Number(byte === 0x5c);
    // Square brackets and braces are one bit apart.
    else if ((byte | 0x20) === 0x7d) depth--;
    else if ((byte | 0x20) === 0x7b && ++depth > deepestRow) return true;
  }
  return false;
}

/** A member of an object, of which neither key nor value holds an escape or anything nested: key, text or word, what comes behind. */
const flatMember =
  /[ \t\r\n]*"([^"\\\p{Cc}]*)"[ \t\r\n]*:[ \t\r\n]*(?:"([^"\\\p{Cc}]*)"|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null))[ \t\r\n]*([,}])/uy;

/** The cells of an object that is nothing but such members, each key once, as most rows are; undefined of any other text. */
function flatCells(text: string): Map<string, string | null> | undefined {
  if (text[0] !== "{") return undefined;
  const cells = new Map<string, string | null>();
  let members = 0;
  flatMember.lastIndex = 1;
  for (;;) {
    const [, key = "", quoted, word, behind] = flatMember.exec(text) ?? [];
    if (behind === undefined) return undefined;
    cells.set(key, quoted ?? (word === "null" ? null : (word ?? null)));
    if (cells.size < ++members) return undefined;
    if (behind === "}") return flatMember.lastIndex === text.length ? cells : undefined;
  }
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
