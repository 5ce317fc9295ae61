import { columnsOf } from "../contract/index.js";
import { quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import { decimalOf } from "./decimals.js";
import { inSimplified } from "./lexicon/characters.js";
import type { Heading } from "./lexicon/heading.js";
import type { Profile } from "./profile.js";
import type { Guessed } from "./refine.js";
import type { ColumnGuess } from "./tableGuess.js";

/** The unit that a heading names, and how many of what the contract counts in it is; without a number it may be several. */
export interface Unit {
  text: string;
  times?: number;
}

/** What stands before and behind a word of its own. */
const [before, behind] = ["(?<!\\p{L})", "(?!\\p{L})"];
const western = (words: string) => new RegExp(`${before}(?:${words})${behind}`, "iu");
const money = "€|\\$|£|eur|euros?|usd|dollars?|gbp|chf|cny|rmb|yuan|元";
/** Brackets or the end behind a Chinese unit, brackets or a mark before it. */
const chinese = (words: string, more = "元?") =>
  new RegExp(
    `(?:[(\\[【_/:\\-\\s]|单位|人民币|rmb)(?:为|是|人民币)?(?:${words})${more}\\s*(?:$|[)\\]】/])|(?:${words})元`,
    "iu",
  );

/** 万元, 千件, 万人民币. */
const ofThings = "\\p{Script=Han}{0,3}";

const scales: readonly (readonly [RegExp, number | undefined])[] = [
  [western("(?:euro?[ -]?)?cents?|cts?|pence|rappen|centimes?|pfennige?|minor units?"), 0.01],
  [chinese("分"), 0.01],
  [chinese("角"), 0.1],
  [chinese("百[万萬]", ofThings), 1e6],
  [chinese("千[万萬]", ofThings), 1e7],
  [chinese("十[万萬]", ofThings), 1e5],
  [chinese("[万萬]", ofThings), 1e4],
  [chinese("[千仟]", ofThings), 1e3],
  [chinese("[亿億]", ofThings), 1e8],
  [western("thousands?|tausende?|tsd\\.?|000s"), 1e3],
  [new RegExp(`'000|${before}[kt](?:${money})${behind}`, "iu"), 1e3],
  [western("millions?|millionen|mio\\.?|mill\\.?"), 1e6],
  [western("billions?|mrd\\.?|milliarden?|bn|mn|m€|m\\$|meur|musd"), undefined],
  [/%|percent|prozent|百分|占比|比例/iu, undefined],
  [/[([【]\s*(?:in\s+)?[ktm]\s*[)\]】]|[_\s]k$/iu, undefined],
];

/** Units of money that count as they stand, and what says only that tax is left out. */
const plainMoney = new RegExp(
  `^(?:in |单位[:：]?|人民币)*(?:${money}|人民币|美元|欧元|us\\$|[¥￥]|[a-z]{3}|net|netto|net of (?:tax|vat)|(?:excl?|ex|without|ohne|exkl)\\b.*|不含税|未税)?$`,
  "iu",
);

/** Units of things, in which a market may be counted as well as in money. */
const pieces = /^(台|辆|件|个|套|只|吨|升|箱|瓶|units?|pcs\.?|pieces|cars|vehicles|stück|t)$/iu;

/** The unit of an amount or a number as its heading says it; undefined where it is counted as it stands. */
export function unitOf(title: string, isMoney: boolean, isOfThings = false): Unit | undefined {
  const text = title.normalize("NFKC").trim();
  for (const [pattern, times] of scales) {
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const shown = found.replaceAll(/[([【)\]】_]/g, " ").trim();
    return { text: shown, ...(times === undefined ? {} : { times }) };
  }
  const inside = [...text.matchAll(/[([【]([^)\]】]*)[)\]】]/g)].map(([, each = ""]) => each.trim());
  const isPlain = (each: string) => plainMoney.test(each) || (isOfThings && pieces.test(each));
  const open = isMoney ? inside.find((each) => !isPlain(each)) : undefined;
  return open === undefined ? undefined : { text: open };
}

/** What is counted in other units than the contract's is converted where that is plain, and else not read. */
export function refineUnits(all: readonly Guessed[]): void {
  for (const each of all)
    for (const found of each.guess.columns) {
      const column = columnsOf(each.guess.table).find(({ name }) => name === found.column);
      const isScore = found.column.startsWith("scale") || found.column === "score";
      if (!column || isScore || found.source === null) continue;
      const { isSigned = false } = found;
      if (found.expression && !isSigned) continue;
      if (column.kind !== "decimal" && column.kind !== "int") continue;
      const isMoney = column.kind === "decimal" && column.name !== "quantity";
      const profile = each.profiles.get(found.source);
      const unit = unitOf(found.source, isMoney, each.guess.table === "market_sales");
      const isYears = found.column === "monthly_value" && saysYear(each.headings.get(found.source));
      if (unit)
        convert(found, unit, profile, column.kind === "decimal" && !isSigned && decimalOf(each) !== ",");
      if (isYears) perMonth(found, decimalOf(each));
    }
}

/** What a heading says is of a year, and not of a month. */
const saysYear = (heading: Heading | undefined): boolean =>
  (heading?.readings ?? []).some(({ means }) => means.has("year") && !means.has("month"));

/** Of an amount of a year the twelfth. */
function perMonth(found: ColumnGuess, decimal: string | undefined): void {
  const written = `"${(found.source ?? "").replaceAll('"', '""')}"`;
  const number =
    decimal === ","
      ? `replace(replace(${written}, '.', ''), ',', '.')::decimal(28, 10)`
      : `replace(${written}, ',', '')::decimal(28, 10)`;
  found.expression = `((${found.expression ?? number}) / 12)::decimal(18, 4)`;
  found.reasons.push(told("init.perYear"));
  if (found.certainty === "sure") found.certainty = "likely";
}

function convert(
  found: ColumnGuess,
  { text, times }: Unit,
  profile: Profile | undefined,
  mayBe: boolean,
): void {
  const isPlain =
    profile !== undefined &&
    profile.filled > 0 &&
    profile.words.every(([word]) => /^-?[\d,]*\d(\.\d+)?$/.test(word));
  if (times === undefined || !isPlain || !mayBe || found.source === null) {
    found.certainty = "unsure";
    found.reasons.push(told("init.unit", { unit: text }));
    return;
  }
  const number = `replace(${quoted(found.source)}, ',', '')::decimal(28, 10)`;
  found.expression =
    times < 1 ? `(${number} / ${Math.round(1 / times)})::decimal(18, 4)` : `${number} * ${times}`;
  found.reasons.push(
    times < 1
      ? told("init.inParts", { unit: text, parts: String(Math.round(1 / times)) })
      : told("init.inUnits", { unit: text, times: String(times) }),
  );
}

/** Whether a heading is of what something costs, which is no id of it. */
export const saysMoney = (title: string): boolean =>
  /金额|[价款额]$|amount|betrag|price|preis|montant|prix/iu.test(inSimplified(title));
