import { isTimeZone } from "../../contract/timeZone.js";
import { currencyCode } from "../../words/currency.js";
import { isLanguage, type Language } from "../../words/languages.js";
import { type Told, told } from "../../words/told.js";
import { inSimplified } from "../lexicon/characters.js";
import type { Guessed } from "../refine.js";
import { currencyIn } from "../signs.js";
import { isActive } from "../tableGuess.js";

/** What settings are guessed to be, each with why; null where nothing tells. */
export interface SettingsGuess {
  language: { value: Language; why: Told };
  timeZone: { value: string; why: Told };
  currency: { value: string | null; why: Told };
}

/** Guesses the language, time zone and currency of a company by its files. */
export function guessSettings(
  all: readonly Guessed[],
  { lang, machineZone }: { lang?: Language; machineZone: string },
): SettingsGuess {
  const titles = all.flatMap(({ guess }) => guess.columns.flatMap(({ source }) => source ?? []));
  const chinese = titles.filter((title) => /\p{Script=Han}/u.test(title)).length;
  const isChinese = chinese * 2 > titles.length;
  const isTaiwan = isChinese && areTraditional(all, titles);
  const language: Language = lang ?? (isChinese ? "zh-CN" : "en");
  return {
    language: { value: language, why: told(isLanguage(lang) ? "init.asAsked" : "init.byHeadings") },
    timeZone: isTaiwan
      ? { value: "Asia/Taipei", why: told("init.traditional") }
      : isChinese
        ? { value: "Asia/Shanghai", why: told("init.byHeadings") }
        : { value: isTimeZone(machineZone) ? machineZone : "UTC", why: told("init.machineZone") },
    currency: guessCurrency(all, isChinese, isTaiwan),
  };
}

/** So many headings at least that are written in traditional characters show that the company does. */
const fewestTraditional = 3;

/** Whether headings are in traditional characters: those of some words are the same in both, so that a fifth shows it. */
function areTraditional(all: readonly Guessed[], titles: readonly string[]): boolean {
  const traditional = titles.filter((title) => inSimplified(title) !== title).length;
  const isBig5 = all.some(({ raw }) => raw.written?.encoding === "big5");
  const isRepublic = all.some(({ guess }) =>
    guess.columns.some(({ reasons }) => reasons.some(({ id }) => id === "init.republicYears")),
  );
  return isBig5 || isRepublic || (traditional >= fewestTraditional && traditional * 5 >= titles.length);
}

function guessCurrency(
  all: readonly Guessed[],
  isChinese: boolean,
  isTaiwan: boolean,
): SettingsGuess["currency"] {
  const counts = new Map<string, number>();
  const add = (code: string, count: number) => counts.set(code, (counts.get(code) ?? 0) + count);
  for (const { guess, profiles, headings } of all) {
    for (const [title, { words, isAllWords, filled }] of profiles) {
      const [only] = words;
      const isCurrency = headings.get(title)?.readings.some(({ means }) => means.has("currency"));
      // One currency all over, whatever table it is of.
      if (isCurrency && isAllWords && words.length === 1 && only) add(currencyCode(only[0]), filled);
    }
    for (const { column, source } of guess.columns.filter(isActive)) {
      const profile = source === null ? undefined : profiles.get(source);
      if (!profile || source === null) continue;
      for (const [word, count] of profile.words) {
        if (column === "currency" && profile.words.length > 1) add(currencyCode(word), count);
        const sign = ["revenue", "amount", "monthly_value", "cost"].includes(column)
          ? currencyIn(word)
          : undefined;
        if (sign) add(sign, count);
      }
      const unit = headings.get(source)?.unit ?? "";
      const named = /元$/.test(unit) && !isTaiwan ? "CNY" : /^(EUR|USD|GBP|CNY|JPY|CHF)$/.exec(unit)?.[1];
      if (named !== undefined) add(named, profile.filled);
    }
  }
  const [most] = [...counts]
    .filter(([code]) => /^[A-Z]{3}$/.test(code))
    .sort(([, one], [, other]) => other - one);
  if (most) return { value: most[0], why: told("init.byAmounts") };
  if (isTaiwan) return { value: "TWD", why: told("init.traditional") };
  if (isChinese) return { value: "CNY", why: told("init.byHeadings") };
  return { value: null, why: told("init.noCurrency") };
}

/** The departments' fishbones as they are shipped, and none of the problems, which are for a company to name. */
const withoutProblems = (text: string, say: (message: Told) => string): string =>
  `${text.slice(0, text.search(/^problems:/m)).trimEnd()}\n\n# ${say(told("init.problems"))}\nproblems: []\n`;

/**
 * A catalogue that decides nothing for a company: its settings, fishbones without problems, and tables of targets and weights
 * without any rows.
 * @param shipped the text of the shipped `fishbones.yaml`
 */
export function catalogueTexts(
  { language, timeZone, currency }: SettingsGuess,
  shipped: string,
  say: (message: Told) => string,
): Record<string, string> {
  const settings = [
    `# ${say(told("init.settings"))}`,
    `language: ${language.value} # ${say(language.why)}`,
    `time_zone: ${timeZone.value} # ${say(timeZone.why)}`,
    ...(currency.value === null
      ? [`# ${say(currency.why)}`, "# currency: EUR"]
      : [`currency: ${currency.value} # ${say(currency.why)}`]),
  ];
  return {
    "fishbones.yaml": withoutProblems(shipped, say),
    "settings.yaml": `${settings.join("\n")}\n`,
    "targets.csv": "kpi_id,grain,valid_from,target\n",
    "weights.csv": "scorecard_id,kpi_id,effective_from,weight\n",
  };
}
