import type { Shown } from "./numberFormat.js";

const dayMs = 86_400_000;
/** The day that 0 stands for; Excel counts a 29 February 1900 that never was, so that before it all is a day earlier. */
const zero1900 = Date.UTC(1899, 11, 30);
const zero1904 = Date.UTC(1904, 0, 1);
/** The first number of 10000-01-01. */
const end = { 1900: 2_958_466, 1904: 2_957_004 };

/**
 * A number as the text of the time that its format shows: `2026-03-01`, `2026-03-01 09:30:00`, of a time of day `09:30:00`,
 * of a span `26:15:00`. A format with day and time gives midnight as the day alone, which the contract takes for either.
 * Day 60 of 1900, which never was, comes as Excel shows it, `1900-02-29`, and is refused by the contract; day 0 (Excel:
 * `1900-01-00`) is the day before the first. Undefined where Excel has no time for the number either.
 */
export function timeText(
  serial: number,
  shown: Exclude<Shown, "number">,
  is1904: boolean,
): string | undefined {
  if (!(serial >= 0 && serial < end[is1904 ? 1904 : 1900])) return undefined;
  const ms = Math.round(serial * dayMs);
  if (shown === "span") return clock(ms);
  const [day, rest] = [Math.floor(ms / dayMs), ms % dayMs];
  if (shown === "time" && day === 0) return clock(rest);
  const date = shown === "day" ? dayText(Math.floor(serial), is1904) : dayText(day, is1904);
  return shown === "day" || rest === 0 ? date : `${date} ${clock(rest)}`;
}

/** Whether a number has a time of day that a format of days does not show. */
export const hidesTime = (serial: number): boolean => Math.round(serial * dayMs) % dayMs !== 0;

const known = { 1900: new Map<number, string>(), 1904: new Map<number, string>() };

function dayText(day: number, is1904: boolean): string {
  const days = known[is1904 ? 1904 : 1900];
  const text = days.get(day) ?? writtenDay(day, is1904);
  if (days.size < 100_000) days.set(day, text);
  return text;
}

function writtenDay(day: number, is1904: boolean): string {
  if (!is1904 && day === 60) return "1900-02-29";
  const zero = is1904 ? zero1904 : day < 60 ? zero1900 + dayMs : zero1900;
  return new Date(zero + day * dayMs).toISOString().slice(0, 10);
}

function clock(ms: number): string {
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const seconds = Math.floor(ms / 1000);
  const text = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((each) =>
    pad(each),
  );
  return `${text.join(":")}${ms % 1000 === 0 ? "" : `.${pad(ms % 1000, 3)}`}`;
}

/**
 * A number as it is stored, digit by digit. A power of ten is written out, as Excel shows it, up to 15 digits before the
 * point; beyond them the number is what Excel has shortened, and stays so to be told.
 */
export function numberText(stored: string): string {
  const found = /^([+-]?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/.exec(stored);
  if (!found) return stored;
  const [, sign = "", whole = "", part = "", power = "0"] = found;
  const point = whole.length + Number(power);
  if (point > 15) return stored;
  const digits = `${"0".repeat(Math.max(0, 1 - point))}${whole}${part}`.padEnd(point, "0");
  const at = Math.max(point, 1);
  const tail = digits.slice(at).replace(/0+$/, "");
  return `${sign === "-" ? "-" : ""}${digits.slice(0, at)}${tail === "" ? "" : `.${tail}`}`;
}
