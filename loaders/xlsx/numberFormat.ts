/** What the number format of a cell makes of its number: a day, a time of day, both, a span of hours, or a number. */
export type Shown = "number" | "day" | "time" | "moment" | "span";

/**
 * The formats that files name by number alone, as Excel has them for Chinese: 27–36 and 50–58 are its own `yyyy"年"m"月"`
 * and the like, and days or times everywhere else that has them (ECMA-376 part 1, 18.8.30).
 */
const builtIn = new Map<number, Shown>([
  ...range(14, 17, "day"),
  ...range(18, 21, "time"),
  [22, "moment"],
  ...range(27, 31, "day"),
  ...range(32, 35, "time"),
  [36, "day"],
  [45, "time"],
  [46, "span"],
  [47, "time"],
  ...range(50, 54, "day"),
  ...range(55, 56, "time"),
  ...range(57, 58, "day"),
]);

function range(from: number, to: number, shown: Shown): [number, Shown][] {
  return Array.from({ length: to - from + 1 }, (_, index) => [from + index, shown]);
}

/** @param code the workbook's own format of that number */
export function shownBy(id: number, code: string | undefined): Shown {
  return code === undefined ? (builtIn.get(id) ?? "number") : shownByCode(code);
}

/** By a format's first section: letters outside quotes, brackets and escapes; `m` beside hours or seconds is minutes. */
export function shownByCode(code: string): Shown {
  const [section = ""] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./gsu, "")
    .replaceAll(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, "")
    .split(";");
  const letters = section.toLowerCase().replaceAll(/general|g\/通用格式|am\/pm|a\/p|上午\/下午/g, "");
  if (/\[[hms]+\]/.test(letters)) return "span";
  const isTime = /[hs]/.test(letters);
  const months = letters.replaceAll(/(h[^a-z]*)m+|m+(?=[^a-z]*s)/g, "$1");
  const isDay = /[ydm]|aaa|e(?![+-])/.test(months);
  if (isDay) return isTime ? "moment" : "day";
  return isTime ? "time" : "number";
}
