import { type Vocabulary, wordKey, wordsOf } from "../catalogue/vocabulary.js";
import type { Column, TableName } from "../contract/index.js";
import { wordTable } from "../contract/reading.js";
import { currencyCode } from "../words/currency.js";
import { type Told, told } from "../words/told.js";
import { inSimplified } from "./lexicon/characters.js";
import { meantWords } from "./lexicon/words.js";
import type { Profile } from "./profile.js";
import { currencyIn, signsIn } from "./signs.js";

/** Whether cells can be what a column has to hold. */
export interface Fit {
  /** 2: they are; 1: most are, or nothing speaks against it; 0: something does; -1: they cannot be. */
  certainty: -1 | 0 | 1 | 2;
  reason?: Told;
  /** Of a coded column: the words that nobody knows, with their numbers. */
  unknownWords?: readonly (readonly [string, number])[];
  /** Words of a coded column that builds have to be told, with their codes. */
  values?: Readonly<Record<string, string>>;
  /** Of an open column with codes of its own: some words are known. */
  isKnown?: boolean;
  /** The cells are moments counted from 1970, in seconds or milliseconds. */
  epoch?: "seconds" | "milliseconds";
  /** Currencies, as they are written, that stand where the contract reads none. */
  signs?: readonly string[];
  /** Yes and no in words that the contract does not know. */
  truths?: { yes: readonly string[]; no: readonly string[] };
}

/** So many different words have to speak for a column whose heading does not. */
export const fewestWords = 3;

/** So many lines at most have orders, one with another, whose ids the heading does not say. */
export const mostLines = 10;

const percent = (part: number, of: number) => `${Math.floor((100 * part) / Math.max(1, of))} %`;

/** Cells of that kind are so many of the filled ones. */
function counted(part: number, { filled }: Profile, what: Told): Fit {
  const reason = told("init.cells", { share: percent(part, filled), what });
  if (part >= filled * 0.98) return { certainty: 2, reason };
  if (part >= filled * 0.9) return { certainty: 1, reason };
  return { certainty: part >= filled * 0.5 ? 0 : -1, reason };
}

/** Holds a column's cells against what a column of the contract takes. Of days and times `dates.ts` says more. */
export function fitOf(
  table: TableName,
  column: Column,
  profile: Profile,
  vocabulary: Vocabulary,
  { isKey = false, isGroup = false, isBare = false, isLikely = false, isSaid = false } = {},
): Fit {
  const { filled, distinct, rows } = profile;
  if (filled === 0) return { certainty: column.required ? -1 : 1, reason: told("init.empty") };
  if (column.kind !== "text" && isNested(profile)) return { certainty: -1 };
  switch (column.kind) {
    case "id":
      return column.name === "currency"
        ? currencyFit(profile)
        : idFit(column, profile, { isKey, isGroup: isGroup && isLikely, isBare, isSaid });
    case "text":
      return profile.point > filled * 0.95 && column.name === "name"
        ? { certainty: 0, reason: told("init.numbers") }
        : { certainty: profile.personal > 0.5 ? -1 : 2, isKnown: areNames(table, column, profile) };
    case "open":
      if (profile.personal > 0.05) return { certainty: -1 };
      if (distinct > Math.max(40, rows / 4))
        return { certainty: 0, reason: told("init.manyWords", { distinct }) };
      return {
        certainty: 2,
        reason: told("init.fewWords", { distinct }),
        isKnown: knownWords(table, column, profile, vocabulary).length > 0,
      };
    case "enum":
      return wordsFit(table, column, profile, vocabulary, isLikely);
    case "bool":
      return truthsFit(profile, column.name);
    case "int":
      return counted(profile.whole, profile, told("init.wholes"));
    case "decimal":
      return amountFit(profile);
    case "date":
    case "timestamp":
      return timeFit(profile);
  }
}

/** Numbers, with a currency at either end; of several currencies an amount says nothing. */
function amountFit(profile: Profile): Fit {
  const usual = counted(Math.max(profile.point, profile.comma), profile, told("init.decimals"));
  const texts = profile.words.map(([text]) => text);
  const found = [...new Set(texts.flatMap((text) => currencyIn(text) ?? []))];
  if (usual.certainty <= 0 || found.length === 0) return usual;
  if (found.length > 1) return { certainty: 0, reason: told("init.currencies", { currencies: found }) };
  const signs = signsIn(texts);
  return signs.length > 0 ? { ...usual, signs } : usual;
}

/** Whether cells are names as the rows of a table have them. */
const areNames = (table: TableName, { name }: Column, { companies, people, distinct, filled }: Profile) =>
  name === "name" &&
  distinct > filled / 2 &&
  ((table === "customers" && companies > 0.6) || (table === "employees" && people > 0.8));

/** Objects and lists of JSON: a value may stand in them, but they are none. */
const isNested = ({ words }: Profile) =>
  words.filter(([word]) => /^\s*(\{.*\}|\[.*\])\s*$/s.test(word)).length > words.length / 2;

const yesWords = new Set("yes y true 1 t ja j wahr oui x √ ✓ ✔ 是 真 对 有".split(" "));
const noWords = new Set("no n false 0 f nein falsch non × ✗ ✘ 否 假 错 无 没有".split(" "));

/** What companies write for yes and no of some columns, `;` between words. */
const ownTruths: Readonly<Record<string, { yes: string; no: string }>> = {
  won: {
    yes: "won; closed won; win; gewonnen; gagné; gagnée; 赢单; 赢; 成交; 已成交; 中标; 成功",
    no: "lost; closed lost; loss; verloren; perdu; perdue; 输单; 输; 丢单; 未成交; 落标; 失败; 流失",
  },
  attended: {
    yes: "attended; present; showed up; teilgenommen; anwesend; présent; 出席; 到场; 参加",
    no: "no-show; no show; absent; missed; abwesend; 缺席; 爽约",
  },
  reached: {
    yes: "reached; connected; answered; erreicht; joint; 接通; 已接; 联系上",
    no: "no answer; unanswered; voicemail; busy; 无人接听; 忙线; 关机; 空号; 拒接",
  },
};

const meansIn = (words: string | undefined, word: string): boolean =>
  (words ?? "").split("; ").includes(inSimplified(word).trim().toLowerCase());

/** Yes and no, also as `t` and `f`, `ja` and `nein`, or a word and its denial (`到场`, `未到场`). */
function truthsFit(profile: Profile, column: string): Fit {
  const usual = counted(profile.truths, profile, told("init.truths"));
  const words = profile.words.map(([word]) => word);
  if (usual.certainty > 0 || !profile.isAllWords || words.length > 6) return usual;
  const denied = (word: string) => /^(?:未|不|没有|没|非|not |no |nicht |nein, )(.+)$/i.exec(word)?.[1];
  const deniedWords = new Set(words.flatMap((word) => denied(word) ?? []));
  const isDenied = (word: string) => deniedWords.has(word) || deniedWords.has(word.replace(/^已/, ""));
  const isNo = (word: string) =>
    noWords.has(word.toLowerCase()) ||
    meansIn(ownTruths[column]?.no, word) ||
    words.some((other) => denied(word) !== undefined && denied(word) === other.replace(/^已/, ""));
  const no = words.filter(isNo);
  const isYes = (word: string) =>
    yesWords.has(word.toLowerCase()) || meansIn(ownTruths[column]?.yes, word) || isDenied(word);
  const yes = words.filter((word) => !isNo(word) && isYes(word));
  if (yes.length === 0 || no.length === 0 || yes.length + no.length < words.length) return usual;
  return { certainty: 1, reason: told("init.truthWords", { yes, no }), truths: { yes, no } };
}

function idFit(
  column: Column,
  profile: Profile,
  { isKey, isGroup, isBare, isSaid }: { isKey: boolean; isGroup: boolean; isBare: boolean; isSaid: boolean },
): Fit {
  const { filled, distinct, isOnce, onceShare, rows, personal, days, times } = profile;
  // Long numbers look like telephones; what is headed as an id is one.
  const isNumber = profile.words.every(([word]) => /^\d+$/.test(word));
  if ((personal > 0.3 && !(isSaid && isNumber)) || Math.max(days, times) > filled * 0.9)
    return { certainty: -1 };
  // What is named `Order` may be its number or its name.
  if (isBare && !column.references && !looksCoded(profile))
    return { certainty: 0, reason: told("init.mayBeNames") };
  // An order has some lines; what stands in very many rows is what they are grouped by.
  if (isGroup && filled > distinct * mostLines) return { certainty: 0, reason: told("init.notUnique") };
  if (!isKey) return { certainty: 2 };
  if (filled < rows * 0.9) return { certainty: -1 };
  if (isOnce) return { certainty: 2, reason: told("init.unique") };
  if (onceShare >= 0.9) return { certainty: 1, reason: told("init.nearlyUnique") };
  return { certainty: 0, reason: told("init.notUnique") };
}

/** Whether cells are codes with digits in them rather than names. */
export const looksCoded = ({ codes, filled, words }: Profile): boolean =>
  codes > filled * 0.98 && words.filter(([word]) => /\d/.test(word)).length > words.length * 0.9;

function currencyFit({ words, isAllWords }: Profile): Fit {
  const isCurrency = (word: string) => /^[A-Z]{3}$/.test(currencyCode(word));
  return {
    certainty: isAllWords && words.length <= 40 && words.every(([word]) => isCurrency(word)) ? 2 : -1,
  };
}

/** Days and times in some notation; `dates.ts` finds which. Durations and plain years are none. */
function timeFit(profile: Profile): Fit {
  const { filled, times, whole, point, words } = profile;
  // How long it took, not when: 05:43:00, 2h 19m, 3 天.
  const isDuration = ([word]: readonly [string, number]) =>
    /^-?\d{1,5}:\d\d(:\d\d(\.\d+)?)?$|^-?(\d+([.,]\d+)?\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|tage?|std|stunden?|jours?|天|小时|时|分钟?|秒)\.?\s*)+$/i.test(
      word,
    );
  if (words.length > 0 && words.filter(isDuration).length > words.length / 2) return { certainty: -1 };
  if (times >= filled * 0.98)
    return {
      certainty: 2,
      reason: told("init.cells", { share: percent(times, filled), what: told("init.times") }),
    };
  const isAll = (pattern: RegExp) => words.every(([word]) => pattern.test(word));
  // Milliseconds are more than a whole number of the contract holds.
  if (whole >= filled * 0.98 || (point >= filled * 0.98 && isAll(/^\d+$/))) {
    if (isAll(/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?$/))
      return { certainty: 1 };
    if (isAll(/^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/)) return { certainty: 1 };
    if (isAll(/^1[0-9]{9}$/)) return { certainty: 1, epoch: "seconds", reason: told("init.epoch") };
    if (isAll(/^1[0-9]{12}$/)) return { certainty: 1, epoch: "milliseconds", reason: told("init.epoch") };
    return { certainty: -1 };
  }
  return {
    certainty:
      words.filter(([word]) => /\d.*[^\d,.].*\d|\d+[./]\d+[./]\d+/.test(word)).length > words.length / 2
        ? 1
        : -1,
  };
}

/** The words of a column whose codes are known, with their numbers. */
export function knownWords(
  table: TableName,
  column: Column,
  { words }: Profile,
  vocabulary: Vocabulary,
): Profile["words"] {
  const codeOf = codesBy(table, column, vocabulary);
  return words.filter(([word]) => codeOf(word) !== undefined);
}

/** The code of a word, and whether builds know it without being told. */
function codesBy(table: TableName, column: Column, vocabulary: Vocabulary) {
  const { folded } = wordTable(wordsOf(vocabulary, table, column.name));
  const labels = new Map(
    Object.entries(column.labels ?? {}).flatMap((texts) =>
      texts.flat().map((text) => [wordKey(text), texts[0]] as const),
    ),
  );
  const meant = column.kind === "enum" ? meantWords(table, column.name) : undefined;
  return (word: string): { code: string; isPlain: boolean } | undefined => {
    const plain = folded.get(wordKey(word)) ?? labels.get(wordKey(word));
    if (plain !== undefined) return { code: plain, isPlain: true };
    const key = wordKey(inSimplified(word).replace(/^\[[^\]]*\]/, ""));
    const code = meant && (folded.get(key) ?? labels.get(key) ?? meant.get(key));
    return code === undefined ? undefined : { code, isPlain: false };
  };
}

function wordsFit(
  table: TableName,
  column: Column,
  profile: Profile,
  vocabulary: Vocabulary,
  isLikely: boolean,
): Fit {
  const codeOf = codesBy(table, column, vocabulary);
  const known = profile.words.filter(([word]) => codeOf(word) !== undefined);
  const unknownWords = profile.words.filter((each) => !known.includes(each));
  const values = Object.fromEntries(
    known.flatMap(([word]) => {
      const found = codeOf(word);
      return found && !found.isPlain ? [[word, found.code]] : [];
    }),
  );
  const of = profile.words.length;
  const reason = told("init.words", { known: known.length, of });
  if (!profile.isAllWords || of > 60) return { certainty: -1, reason };
  if (known.length === 0) return { certainty: 0, reason, unknownWords };
  const rows = (some: Profile["words"]) => some.reduce((sum, [, count]) => sum + count, 0);
  // A heading that may mean something else is not borne out by one word among many.
  if (isLikely && rows(unknownWords) > rows(known)) return { certainty: 0, reason, unknownWords };
  const isWhole = unknownWords.length === 0;
  return {
    certainty: isWhole ? 2 : 1,
    reason,
    unknownWords,
    ...(Object.keys(values).length > 0 ? { values } : {}),
  };
}
