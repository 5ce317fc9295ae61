import type { Column } from "./index.js";

/** White space as Unicode counts it, the full-width blank among it, and the zero-width mark editors leave behind. */
const blanks = ` \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

const trimmed = (cell: string) => `nullif(trim(${cell}, '${blanks}'), '')`;

const folded = (cell: string) => `translate(${trimmed(cell)}, '０１２３４５６７８９　', '0123456789 ')`;

const matches = (cell: string, pattern: string) => `regexp_full_match(${cell}, '${pattern}')`;

const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** SQL that is true for a cell that holds anything but white space; never null for a cell that is not null. */
export const isFilled = (cell: string) => `(${trimmed(cell)} is not null)`;

/**
 * SQL that reads a text cell as its column's type, null where the notation is not the contract's. The usual
 * notations come first and cost little; the exact, slow reading runs for the other cells only.
 */
export function readCell(column: Pick<Column, "kind" | "labels" | "percentage">, cell: string): string {
  switch (column.kind) {
    case "id":
      return `case when ${matches(cell, "[!-~]+")} then ${cell} when ${cell} is not null then ${folded(cell)} end`;
    case "text":
      return `case when ${matches(cell, `(?s)[^${blanks}](.*[^${blanks}])?`)} then ${cell} when ${cell} is not null then ${trimmed(cell)} end`;
    case "open":
      return readEnum(column.labels ?? {}, cell, folded(cell));
    case "enum":
      return readEnum(column.labels ?? {}, cell, "null");
    case "bool":
      return readBool(cell);
    case "int":
      return `try_cast(case when ${matches(cell, wholeNumber)} then ${cell} when ${matches(folded(cell), wholeNumber)} then ${folded(cell)} end as INTEGER)`;
    case "decimal":
      return readDecimal(cell, column.percentage === true);
    case "date":
      return readDate(cell);
    case "timestamp":
      return readLocalTime(cell);
  }
}

const wholeNumber = "[+-]?[0-9]+";

// `in` with five and more values would become a join, which reads every cell the slow way: hence the long CASEs.
function readEnum(labels: Readonly<Record<string, string>>, cell: string, otherwise: string): string {
  const codes = Object.keys(labels).map((code) => [code, literal(code)] as const);
  const named = Object.entries(labels).map(([code, label]) => [label, literal(code)] as const);
  return chosen(
    cell,
    [...codes, ...named],
    unlessNull(cell, chosen(folded(cell), [...codes, ...named], otherwise)),
  );
}

const unlessNull = (cell: string, sql: string) => `case when ${cell} is not null then ${sql} end`;

function chosen(text: string, results: readonly (readonly [string, string])[], otherwise: string): string {
  if (results.length === 0) return otherwise;
  const branches = results.map(([value, result]) => `when ${literal(value)} then ${result}`);
  return `case ${text} ${branches.join(" ")} else ${otherwise} end`;
}

const yes = ["true", "1", "yes", "y", "是"];
const no = ["false", "0", "no", "n", "否"];

function readBool(cell: string): string {
  const words = [...yes.map((word) => [word, "1"] as const), ...no.map((word) => [word, "0"] as const)];
  const usual = ["true", "false", "1", "0"].map((word) => [word, yes.includes(word) ? "1" : "0"] as const);
  const exact = chosen(`lower(${folded(cell)})`, words, "null");
  return `cast(${chosen(cell, usual, unlessNull(cell, exact))} as BOOLEAN)`;
}

function readDecimal(cell: string, mayBePercentage: boolean): string {
  const digits = "(([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]*)?|[.][0-9]+)";
  const signed = "([+-]?[¥￥$€]?|[¥￥$€][+-])";
  const bare = `regexp_replace(${folded(cell)}, '[¥￥$€,%]', '', 'g')`;
  const percentage = `when ${matches(folded(cell), `[+-]?${digits}%`)} then try_cast(try_cast(${bare} as DECIMAL(28,12)) * 0.01 as DECIMAL(18,4))`;
  return `case when ${matches(cell, "[+-]?[0-9]+([.][0-9]+)?")} then try_cast(${cell} as DECIMAL(18,4)) when ${matches(folded(cell), signed + digits)} then try_cast(${bare} as DECIMAL(18,4)) ${mayBePercentage ? percentage : ""} end`;
}

// The patterns decide, not the casts: those skip blanks wherever they stand.
function readDate(cell: string): string {
  const usual = `case when ${matches(cell, day)} and ${cell} >= '0001' then try_cast(${cell} as DATE) end`;
  const text = folded(cell);
  const exact = `case when ${matches(text, `${day}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}`)} and ${text} >= '0001' then try_cast(replace(${text}, '/', '-') as DATE) end`;
  return `coalesce(${usual}, ${unlessNull(cell, exact)})`;
}

const day = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const clock = "[0-9]{2}:[0-9]{2}";
const seconds = ":[0-9]{2}([.][0-9]+)?";

/** A time without an offset, as a wall clock's TIMESTAMP; a bare day is its midnight. */
function readLocalTime(cell: string): string {
  const usual = `case when ${matches(cell, `${day}[ T]${clock}:[0-9]{2}`)} and ${cell} >= '0001' then try_cast(${cell} as TIMESTAMP) end`;
  const text = folded(cell);
  const exact = `case when ${matches(text, `${day}([T ]${clock}(${seconds})?)?`)} and ${text} >= '0001' then try_cast(${text} as TIMESTAMP) end`;
  return `coalesce(${usual}, ${unlessNull(cell, exact)})`;
}

/** SQL that reads a time with an offset as TIMESTAMPTZ, null for any other cell. */
export function readInstant(cell: string): string {
  const text = folded(cell);
  const offset = "(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)";
  const full = `regexp_replace(${text}, '([T ]${clock})(Z|[+-])', '\\1:00\\2')`;
  return `case when ${matches(text, `${day}[T ]${clock}(${seconds})?${offset}`)} and ${text} >= '0001' then try_cast(${full} as TIMESTAMPTZ) end`;
}

/** What the contract expects of a column's cells, as the end of a sentence. */
export function expectationOf(column: Column): string {
  switch (column.kind) {
    case "id":
    case "text":
    case "open":
      return "a value";
    case "enum":
      return `one of ${Object.entries(column.labels ?? {})
        .map(([code, label]) => `${code} (${label})`)
        .join(", ")}`;
    case "bool":
      return "true/false, 1/0, yes/no, y/n or 是/否";
    case "int":
      return "a whole number: digits with an optional sign, from -2147483648 to 2147483647";
    case "decimal":
      return column.percentage
        ? "a decimal number like -1,234.56 or a percentage like 5%"
        : "a decimal number like -1,234.56, with or without a currency sign in front, below 10^14";
    case "date":
      return "a calendar day as YYYY-MM-DD or YYYY/M/D";
    case "timestamp":
      return "a time in ISO 8601 like 2026-03-01 08:30:00 or 2026-03-01T08:30:00+08:00";
  }
}
