import type { FieldPacket } from "mysql2";
import type { Shape } from "../database/driver.js";

/** Types of the protocol, by their numbers. */
const timestamp = 7;
const bit = 16;
const bytes = new Set([15, 249, 250, 251, 252, 253, 254, 255]);
/** The character set of what is no text. */
const binary = 63;

/**
 * A cell as the server wrote it: bytes in hexadecimal, as `hex()` gives them, bits as a number, and an instant, which the
 * server writes in the session's zone without saying so, with its offset.
 */
export function textOf(cell: Buffer, { columnType, characterSet }: FieldPacket): string {
  if (columnType === bit) return BigInt(`0x${cell.toString("hex") || "0"}`).toString();
  if (characterSet === binary && bytes.has(columnType ?? -1)) return cell.toString("hex").toUpperCase();
  const text = cell.toString("utf8");
  return columnType === timestamp && !text.startsWith("0000") ? `${text}+00:00` : text;
}

const numbers = new Set([0, 1, 2, 3, 8, 9, 246]);
const times = new Set([timestamp, 10, 12]);
const texts = new Set([15, 249, 250, 251, 252, 253, 254]);

/** What a column is, by what the server says of it beside its cells. */
export function shapeOf(field: FieldPacket): Shape["columns"][number] {
  const { name, columnType = -1, characterSet, columnLength, decimals } = field;
  const isText = texts.has(columnType) && characterSet !== binary;
  return {
    name,
    type: `${columnType} ${characterSet} ${columnLength} ${decimals}`,
    as: numbers.has(columnType) ? "number" : times.has(columnType) ? "time" : isText ? "text" : null,
  };
}
