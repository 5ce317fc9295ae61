import { literal } from "../engine/sql.js";
import { greatest } from "../statistics/extremes.js";
import type { Column } from "./index.js";
import { plainReading, type Reading, wordTable } from "./reading.js";

/** White space as Unicode counts it, the full-width blank among it, and the zero-width mark editors leave behind. */
const blanks = ` \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

/** Characters that take no room: values that differ by them alone look the same. */
const zeroWidth = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff";

const trimmed = (cell: string) => `nullif(trim(${cell}, '${blanks}'), '')`;

const folded = (cell: string) => `translate(${trimmed(cell)}, '０１２３４５６７８９　', '0123456789 ')`;

const matches = (cell: string, pattern: string) => `regexp_full_match(${cell}, '${pattern}')`;

/** Characters that are the same after composing and take room; combining marks and the like are not among them. */
const sound =
  "!-~\\x{a1}-\\x{ac}\\x{ae}-\\x{2ff}\\x{400}-\\x{482}\\x{48a}-\\x{52f}\\x{2010}-\\x{2027}\\x{2030}-\\x{205e}\\x{20a0}-\\x{20bf}\\x{2460}-\\x{24ff}\\x{3001}-\\x{3029}\\x{3030}-\\x{3098}\\x{309b}-\\x{9fff}\\x{ac00}-\\x{d7a3}\\x{ff01}-\\x{ffef}";
const soundText = `[${sound}]([${sound} \\t\\r\\n\\x{3000}\\x{a0}]*[${sound}])?`;
/** The same without full-width signs and with single blanks alone. */
const narrow = sound.replace("\\x{ff01}-", "\\x{ff5f}-");
const narrowText = `[${narrow}]+( [${narrow}]+)*`;
/** What is the same after trimming, folding and composing, as nearly every cell is: to find that out takes a fiftieth of doing it. */
const settled = `[${narrow}]([${narrow} ]*[${narrow}])?`;

/** SQL that reads a cell by its text as `prepare` leaves it, which is the cell itself where that is settled; null for null. */
const prepared = (cell: string, prepare: (cell: string) => string, read: (text: string) => string) =>
  `case when ${matches(cell, settled)} then ${read(cell)} when ${cell} is not null then ${read(prepare(cell))} end`;

/** What database and spreadsheet exports write for nothing. */
const wordsForNothing = ["null", "#?n/a", "nan", "\\\\n", "[-－]", "无", "[(（]null[)）]"];
const quotedPattern = (text: string) => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");

/** A pattern, in SQL's quotes, of the texts that stand for nothing. */
function nothing(nullValues: readonly string[]): string {
  const own = nullValues.map((value) => quotedPattern(value).replaceAll("'", "''"));
  return `(?i)(${[...wordsForNothing, ...own].join("|")})`;
}

/** A key that says so belongs to the sum of other rows. */
const subtotal = "(?i)([合總总小] *[计計]|(sub|grand)?[ -]*totals?) *[:：]?";

/** A number that a spreadsheet has shortened: its last digits are gone. */
const shortened = "[+-]?[0-9]([.,][0-9]+)?[Ee][+][0-9]{2,3}";

/** SQL that is true for a cell that holds anything but white space or a word for nothing; never null for a cell that is not null. */
export const isFilled = (cell: string, { nullValues }: Pick<Reading, "nullValues"> = plainReading) =>
  `coalesce(${prepared(cell, trimmed, (text) => `not ${matches(text, nothing(nullValues))}`)}, false)`;

/** What a spreadsheet shows for a formula that failed; `#N/A` is a word for nothing. */
export const formulaError = "#[A-Z0-9/_]+[!?]|#GETTING_DATA";

/** SQL that is true for a cell that has the error of a formula in place of a value, unless the source takes it for nothing. */
export function isFormulaError(cell: string, nullValues: readonly string[] = []): string {
  const taken = nullValues.filter((value) => new RegExp(`^(${formulaError})$`).test(value));
  const isError = `coalesce(${matches(trimmed(cell), formulaError)}, false)`;
  return taken.length === 0
    ? isError
    : `(${isError} and ${trimmed(cell)} not in (${taken.map(literal).join(", ")}))`;
}

/** SQL that is true for a cell of a key that makes its row a sum of others. */
export const isSubtotal = (cell: string) => `coalesce(${matches(visible(cell), subtotal)}, false)`;

/** SQL that is true for an id that a spreadsheet has shortened. */
export const isShortened = (cell: string) => `coalesce(${matches(trimmed(cell), shortened)}, false)`;

/**
 * SQL that reads a text cell as its column's type, null where the notation is not the contract's. The usual
 * notations come first and cost little; the exact, slow reading runs for the other cells only.
 */
export function readCell(
  column: Pick<Column, "kind" | "labels" | "percentage">,
  cell: string,
  reading: Reading = contractReading(column),
): string {
  switch (column.kind) {
    case "id":
      return readId(cell, reading);
    case "text":
      return readText(cell, reading);
    case "open":
      return readOpen(cell, reading);
    case "enum":
      return readCoded(
        cell,
        reading,
        reading.words.otherwise &&
          `case when ${isFilled(cell, reading)} then ${literal(reading.words.otherwise)} end`,
      );
    case "bool":
      return readBool(cell, reading);
    case "int":
      return `try_cast(case when ${matches(cell, wholeNumber)} then ${cell} else ${prepared(cell, folded, (text) => `case when ${matches(text, wholeNumber)} then ${text} end`)} end as INTEGER)`;
    case "decimal":
      return readDecimal(cell, column.percentage === true, reading.decimal);
    case "date":
      return readDate(cell, reading.dateFormats);
    case "timestamp":
      return readLocalTime(cell, reading.dateFormats);
  }
}

const wholeNumber = "[+-]?[0-9]+";

/** A column with the contract's own codes and Chinese labels. */
export function contractReading({ labels = {} }: Pick<Column, "labels">): Reading {
  const words = Object.entries(labels).map(
    ([code, label]) => [code, { labels: { "zh-CN": label }, spellings: [] }] as const,
  );
  return { ...plainReading, words: wordTable(Object.fromEntries(words)) };
}

/** Text without blanks around it and without characters that take no room, composed; for cells beyond the usual. */
const visible = (cell: string) => `nfc_normalize(${trimmed(`translate(${cell}, '${zeroWidth}', '')`)})`;

/** The same with full-width signs as ASCII and single blanks. */
const narrowed = (cell: string) =>
  `${trimmed(`regexp_replace(translate(${visible(cell)}, '${fullWidth}', ${literal(halfWidth)}), '[${blanks}]+', ' ', 'g')`)}`;

const codes = Array.from({ length: 94 }, (_, index) => 0x21 + index);
const fullWidth = String.fromCharCode(...codes.map((code) => code + 0xfee0));
const halfWidth = String.fromCharCode(...codes);

/** Text that reads as null where it is one of the texts of a pattern. */
const without = (text: string, pattern: string) =>
  `nullif(regexp_replace(${text}, '^(${pattern})$', ''), '')`;

/** No word for nothing, subtotal or shortened number is made of such signs with a digit among them. */
const usualId = "[!-*,-~]*[0-9][!-*,-~]*";

function readId(cell: string, { nullValues, isKey }: Reading): string {
  const refused = [nothing(nullValues), shortened, ...(isKey ? [subtotal] : [])].join("|");
  const usual = nullValues.some((value) => /[0-9]/.test(value))
    ? `case when ${matches(cell, refused)} then null else ${cell} end`
    : cell;
  const digits = (text: string) => `translate(${visible(text)}, '０１２３４５６７８９　', '0123456789 ')`;
  const exact = prepared(cell, digits, (text) => without(text, refused));
  return `case when ${matches(cell, usualId)} then ${usual} else ${exact} end`;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** SQL for a cell whose text is sound as it stands, null where it stands for nothing; short cells alone are looked at. */
function unlessNothing(cell: string, { nullValues, isKey }: Reading): string {
  const longest = greatest(nullValues.map(bytes), isKey ? 24 : 10);
  const refused = [nothing(nullValues), ...(isKey ? [subtotal] : [])].join("|");
  return `case when strlen(${cell}) > ${longest} then ${cell} when ${matches(cell, refused)} then null else ${cell} end`;
}

function readText(cell: string, reading: Reading): string {
  const refused = [nothing(reading.nullValues), ...(reading.isKey ? [subtotal] : [])].join("|");
  return `case when ${matches(cell, soundText)} then ${unlessNothing(cell, reading)} when ${cell} is not null then ${without(visible(cell), refused)} end`;
}

function readOpen(cell: string, reading: Reading): string {
  const refused = [nothing(reading.nullValues), ...(reading.isKey ? [subtotal] : [])].join("|");
  const asItIs = `case when ${matches(cell, narrowText)} then ${unlessNothing(cell, reading)} when ${cell} is not null then ${without(narrowed(cell), refused)} end`;
  const { folded: known, otherwise } = reading.words;
  if (known.size === 0 && otherwise === undefined) return asItIs;
  return readCoded(
    cell,
    reading,
    otherwise === undefined ? asItIs : `case when ${isFilled(cell, reading)} then ${literal(otherwise)} end`,
  );
}

// `in` with five and more values would become a join, which reads every cell the slow way: hence the long CASE; and a
// CASE works out what it compares anew for every branch: hence the lists for words that are folded first.
function readCoded(cell: string, { words }: Reading, otherwise = "null"): string {
  const exact = [...words.exact].map(([word, code]) => [word, literal(code)] as const);
  const keys = [...words.folded.keys()].map(literal).join(", ");
  const results = [...words.folded.values()].map(literal).join(", ");
  const found = `([${results}])[list_position([${keys}], ${keyOf(cell)})]`;
  const slow = words.folded.size === 0 ? otherwise : `coalesce(${found}, ${otherwise})`;
  return chosen(cell, exact, unlessNull(cell, slow));
}

/** A cell's word as spellings are compared; see `wordKey`. A settled text has one kind of blank and one of dash to take out. */
const keyOf = (cell: string) => {
  const plain = ["_", " ", "-"].reduce((text, sign) => `replace(${text}, '${sign}', '')`, cell);
  const exact = `regexp_replace(translate(${visible(cell)}, '${fullWidth}', ${literal(halfWidth)}), '[_${blanks}-]+', '', 'g')`;
  return `lower(case when ${matches(cell, settled)} then ${plain} else ${exact} end)`;
};

const unlessNull = (cell: string, sql: string) => `case when ${cell} is not null then ${sql} end`;

function chosen(text: string, results: readonly (readonly [string, string])[], otherwise: string): string {
  if (results.length === 0) return otherwise;
  const branches = results.map(([value, result]) => `when ${literal(value)} then ${result}`);
  return `case ${text} ${branches.join(" ")} else ${otherwise} end`;
}

const yes = ["true", "1", "yes", "y", "是"];
const no = ["false", "0", "no", "n", "否"];

function readBool(cell: string, reading: Reading): string {
  const { exact, otherwise } = reading.words;
  if (exact.size === 0 && otherwise === undefined) return usualBool(cell);
  const own = `cast(${readCoded(cell, reading)} as BOOLEAN)`;
  const rest =
    otherwise === undefined ? "null" : `case when ${isFilled(cell, reading)} then ${otherwise} end`;
  return `coalesce(${own}, ${usualBool(cell)}, ${rest})`;
}

function usualBool(cell: string): string {
  const words = [...yes, ...no].map(literal).join(", ");
  const values = [...yes.map(() => 1), ...no.map(() => 0)].join(", ");
  const exact = prepared(cell, folded, (text) => `([${values}])[list_position([${words}], lower(${text}))]`);
  const usual = ["true", "false", "1", "0"].map((word) => [word, yes.includes(word) ? "1" : "0"] as const);
  return `cast(${chosen(cell, usual, exact)} as BOOLEAN)`;
}

function readDecimal(cell: string, mayBePercentage: boolean, mark: "." | ","): string {
  const group = mark === "." ? "," : "[.]";
  const point = mark === "." ? "[.]" : ",";
  const digits = `(([1-9][0-9]{0,2}(${group}[0-9]{3})+|[0-9]+)(${point}[0-9]*)?|${point}[0-9]+)`;
  const signed = "([+-]?[¥￥$€£]?|[¥￥$€£][+-])";
  const bare = (text: string) => {
    const stripped = `regexp_replace(${text}, '[¥￥$€£%]|${group}', '', 'g')`;
    return mark === "." ? stripped : `replace(${stripped}, ',', '.')`;
  };
  const usual = mark === "." ? "[+-]?[0-9]+([.][0-9]+)?" : wholeNumber;
  const percentage = (text: string) =>
    `when ${matches(text, `[+-]?${digits}%`)} then try_cast(try_cast(${bare(text)} as DECIMAL(28,12)) * 0.01 as DECIMAL(18,4))`;
  const exact = (text: string) =>
    `case when ${matches(text, signed + digits)} then try_cast(${bare(text)} as DECIMAL(18,4)) ${mayBePercentage ? percentage(text) : ""} end`;
  return `case when ${matches(cell, usual)} then try_cast(${cell} as DECIMAL(18,4)) else ${prepared(cell, folded, exact)} end`;
}

/** SQL for a cell in the first of a source's own formats that it fits, a wall clock's TIMESTAMP; else `otherwise`. */
function inFormats(cell: string, formats: readonly string[], type: string, otherwise: string): string {
  if (formats.length === 0) return otherwise;
  const read = `try_cast(${fitting(cell, formats)} as ${type})`;
  // The contract's own notation stays what it is, unless a format begins as it does and means something else.
  const isOther = formats.some((format) => /^%Y.*%-?d.*%-?[mbB]/.test(format));
  return isOther ? read : `coalesce(${read}, ${otherwise})`;
}

/** SQL that reads a cell by `strptime` formats, null where none fits; a year has its four digits. */
export function fitting(cell: string, formats: readonly string[]): string {
  const read = (text: string) => `try_strptime(${text}, [${formats.map(literal).join(", ")}])`;
  if (formats.some((format) => /%-?[ycDx]/.test(format))) return prepared(cell, folded, read);
  return prepared(
    cell,
    folded,
    (text) => `case when regexp_matches(${text}, '[0-9]{4}') then ${read(text)} end`,
  );
}

// The patterns decide, not the casts: those skip blanks wherever they stand.
function readDate(cell: string, formats: readonly string[]): string {
  const usual = `case when ${matches(cell, day)} and ${cell} >= '0001' then try_cast(${cell} as DATE) end`;
  const exact = (text: string) =>
    `case when ${matches(text, `${day}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}`)} and ${text} >= '0001' then try_cast(replace(${text}, '/', '-') as DATE) end`;
  return inFormats(cell, formats, "DATE", `coalesce(${usual}, ${prepared(cell, folded, exact)})`);
}

const day = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const clock = "[0-9]{2}:[0-9]{2}";
const seconds = ":[0-9]{2}([.][0-9]+)?";

/** A time without an offset, as a wall clock's TIMESTAMP; a bare day is its midnight. */
function readLocalTime(cell: string, formats: readonly string[]): string {
  const usual = `case when ${matches(cell, `${day}[ T]${clock}:[0-9]{2}`)} and ${cell} >= '0001' then try_cast(${cell} as TIMESTAMP) end`;
  const exact = (text: string) =>
    `case when ${matches(text, `${day}([T ]${clock}(${seconds})?)?`)} and ${text} >= '0001' then try_cast(${text} as TIMESTAMP) end`;
  return inFormats(cell, formats, "TIMESTAMP", `coalesce(${usual}, ${prepared(cell, folded, exact)})`);
}

/** SQL that reads a time with an offset as TIMESTAMPTZ, null for any other cell. */
export function readInstant(cell: string): string {
  const offset = "(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)";
  const full = (text: string) => `regexp_replace(${text}, '([T ]${clock})(Z|[+-])', '\\1:00\\2')`;
  return prepared(
    cell,
    folded,
    (text) =>
      `case when ${matches(text, `${day}[T ]${clock}(${seconds})?${offset}`)} and ${text} >= '0001' then try_cast(${full(text)} as TIMESTAMPTZ) end`,
  );
}

/** What the contract expects of a column's cells, as the end of a sentence. */
export function expectationOf(column: Column, { decimal, dateFormats }: Reading = plainReading): string {
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
      if (decimal === ",") return "a decimal number like -1.234,56";
      return column.percentage
        ? "a decimal number like -1,234.56 or a percentage like 5%"
        : "a decimal number like -1,234.56, with or without a currency sign in front, below 10^14";
    case "date":
      return dateFormats.length > 0
        ? `a calendar day as ${dateFormats.join(" or ")}`
        : "a calendar day as YYYY-MM-DD or YYYY/M/D";
    case "timestamp":
      return dateFormats.length > 0
        ? `a time as ${dateFormats.join(" or ")}`
        : "a time in ISO 8601 like 2026-03-01 08:30:00 or 2026-03-01T08:30:00+08:00";
  }
}
