import { inSimplified } from "./characters.js";
import { aroundNames, inNames } from "./furtherWords.js";
import { spelt } from "./synonyms.js";

/** What a heading means: one reading for each language it is written in, and for each way to take its letters. */
export interface Heading {
  readings: readonly Reading[];
  /** What stands in brackets, `万元`. */
  unit: string;
  /** As the contract writes names: `customer_id`. */
  key: string;
  /** It is a question of a form that is answered by how much: `您对本次服务是否满意？`, `How likely are you to recommend us?`. */
  isAskedFor?: boolean;
}

export interface Reading {
  /** The meanings of its words, each once. */
  means: ReadonlySet<string>;
  /** Letters that no known word explains. */
  unknown: number;
  /** The letters are initials of Chinese words, or pinyin: words that sound alike may be meant. */
  isBySound: boolean;
  /** Its initials are those of other words as well. */
  isOpen?: boolean;
}

/** Reads a heading: `Date opened`, `openedAt`, `OPND_DT`, `报修时间`, `baoxiu_shijian`, `bxsj`. */
export function readHeading(title: string): Heading {
  const text = inSimplified(title.normalize("NFKC").slice(0, 200))
    .replace(/(?<!\p{L})n°/iu, " id ")
    // Forms number their questions, and say what has to be answered.
    .replace(/^\s*(?:(?:q\s*)?\d{1,2}\s*[、.．:：)]|q\d{1,2}[_\s])\s*/i, "")
    // Jira's way to head what a company has added.
    .replace(/^\s*(?:custom field|自定义字段)\s*\((.*)\)\s*$/i, "$1")
    .replace(/(?<!\p{L})so(?=[ _-](?:number|no|line|id)(?!\p{L}))/iu, "order")
    .replace(phrases, (phrase) => ` ${phraseWords(phrase)} `)
    // Zoho's and Kingdee's way to head the id of what a column names: `Account Name.id`, `客户.编码`.
    .replace(/(?:\s*name)?\.(?:id|编码|编号)$/iu, " id")
    .replace(/#\s*$|[([【](id|no\.?|编号)[)\]】]\s*$/i, " id");
  const units = [...text.matchAll(/[([【]([^)\]】]*)[)\]】]/g)].map(([, inside = ""]) => inside.trim());
  const bare = text.replaceAll(/[([【][^)\]】]*[)\]】]/g, " ");
  const words = bare.match(/\p{Script=Han}+|[\p{Script=Latin}]+|\d+/gu) ?? [];
  const chinese = words.filter((word) => /\p{Script=Han}/u.test(word)).join("");
  const western = words.filter((word) => /\p{Script=Latin}/u.test(word));
  const readings: Reading[] = [];
  if (chinese !== "") readings.push(readingOf(pieces(chinese, spelt.han, 6), false));
  const both = words.flatMap((word) =>
    /\p{Script=Han}/u.test(word)
      ? pieces(word, spelt.han, 6)
      : splitCases([word]).flatMap((part) => westernPieces(part.toLowerCase())),
  );
  // 客户ID, but also 编号 No.
  if (chinese !== "" && western.length > 0) readings.push(readingOf(both, false));
  if (western.length > 0) {
    const parts = splitCases(western).map((part) => part.toLowerCase());
    const counted = parts
      .join(" ")
      .replace(/\b(number|no|nr|num) of\b/, "numberof")
      .replace(/\b(?:num|number|no|nr) (?=(?:employees|staff|mitarbeiter|users|agents)\b)/, "numberof ")
      .replace(/\breport(?:s|ing) to\b/, "reportsto")
      .replace(/\bsign up\b/, "signup")
      .replace(/\bart nr\b/, "artikel nr")
      .split(" ");
    const read = readingOf(counted.flatMap(westernPieces), false);
    readings.push(read);
    if (parts.some((part) => user.test(part))) readings.push(asCustomer(read));
    const joined = parts.join("");
    if (chinese === "" && /^[a-z]+$/.test(joined)) {
      const bySound = parts.flatMap((part) => pieces(part, spelt.pinyin, 24));
      const whole = bySound.every(({ means }) => means) ? bySound : pieces(joined, spelt.pinyin, 24);
      if (whole.every(({ means }) => means)) readings.push(readingOf(whole, true));
      const ways = joined.length <= 8 ? byInitials(joined) : [];
      for (const means of ways)
        readings.push({
          ...readingOf([{ text: joined, means }], true),
          ...(ways.length > 1 ? { isOpen: true } : {}),
        });
    }
  }
  // Of `Name 2` or `address2_city` there is a first that is meant.
  if (/[2-9]\b|\p{L}[2-9]_/u.test(bare)) for (const reading of readings) reading.unknown++;
  const key = splitCases(bare.match(/[\p{L}\p{N}]+/gu) ?? [])
    .join("_")
    .toLowerCase();
  return { readings, unit: units.join(" "), key, ...(isQuestion(text) ? { isAskedFor: true } : {}) };
}

/** Users of what a company sells are its customers, those of its programs its employees. */
const user = /^users?$/;

const asCustomer = ({ means, ...reading }: Reading): Reading => ({
  ...reading,
  means: new Set([...means].map((each) => (each === "employee" ? "customer" : each))),
});

const howMuch =
  /satisf|recommend|\brat(?:e|ing)\b|how (?:likely|happy|easy|good|well)|zufrieden|empfehl|bewerte|满意|推荐|评分|打分|评价|愿意/iu;
/** What is asked for as well, and answered in words. */
const inWords =
  /why|reason|comment|suggest|improve|warum|grund|anmerk|verbess|原因|意见|建议|理由|为什么|哪|其他/iu;

/** Sentences, in either language, that ask for how much; no short heading is one, whose words say more. */
function isQuestion(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}']+/gu)?.length ?? 0;
  return (han >= 7 || words >= 4) && howMuch.test(text) && !inWords.test(text);
}

/** Several words that say one thing, which each of them alone does not. */
const phraseList: readonly (readonly [RegExp, string])[] = [
  [/call(?:ed)?[ _-]back|rang back/i, "callback"],
  [
    /(?:excl(?:uding|\.)?|ex|w\/o|without|before|net of|hors|ohne)[ _-]?(?:vat|tax(?:es)?|gst|mwst|ust|tva)/i,
    "netto",
  ],
  [/(?:incl(?:uding|\.)?|inc|with|after|inkl\.?)[ _-]?(?:vat|tax(?:es)?|gst|mwst|ust|tva)/i, "brutto"],
  [/show(?:ed|s|n)?[ _-]up|turned[ _-]up/i, "attended"],
  [/check(?:ed)?[ _-]in/i, "attended"],
  [/first[ _-]time[ _-]fix(?:ed)?/i, "fcr"],
  [/(?:sold|bill)[ _-]to(?:[ _-](?:party|customer))?/i, "soldto"],
  [/account[ _-](?:manager|executive|exec|owner)/i, "salesrep"],
  [/(?:key[ _-]account|relationship|customer success|client)[ _-]manager/i, "salesrep"],
  [/order[ _-]?book(?:ed)?/i, "order"],
  [/head[ _-]count|staff[ _-]count/i, "headcount"],
  [/need(?:ed)?[ _-]by|required[ _-]by|ship[ _-]by|deliver[ _-]by/i, "promised"],
  [/last[ _-]day(?:[ _-]worked)?/i, "austritt"],
  [/direct[ _-]report/i, "subordinate"],
  [/liefer[ _-]termin/i, "liefertermin"],
  [/work[ _-]order/i, "workorder"],
  [/s[ /]n/i, "serial"],
  [/resolved[ _-]first[ _-]time|first[ _-]time[ _-]resolved/i, "fcr"],
  [/business[ _-]unit/i, "orgunit"],
  [/line[ _-]of[ _-]business/i, "branche"],
  [/units?[ _-]sold/i, "absatz"],
  [/(?:went|going|go|gone)[ _-]live/i, "onboarding"],
  [/ext(?:ended)?\.?[ _-](?:price|amount|value)/i, "netvalue"],
  [/(?:standard|std\.?)[ _-]cost/i, "cost"],
  [/service[ _-]request/i, "servicecall"],
  [/sub[ _-]?total/i, "subtotal"],
  [/cost[ _-]cent(?:er|re)/i, "costcenter"],
  [/(?:registered|installed)[ _-](?:product|base|asset)/i, "equipment"],
  [/sold[ _-]by/i, "salesrep"],
  [/heard[ _-](?:of|about)[ _-](?:us|it)(?:[ _-](?:through|via|from))?/i, "source"],
  [/configuration[ _-]item/i, "equipment"],
  [/write[ _-]date/i, "updated when"],
];
const phrases = new RegExp(
  `(?<!\\p{L})(?:${phraseList.map(([pattern]) => pattern.source).join("|")})(?!\\p{L})`,
  "giu",
);
const phraseWords = (phrase: string) => phraseList.find(([pattern]) => pattern.test(phrase))?.[1] ?? phrase;

/** What initials may mean, in every way in which they are those of known words; none where some are of none. */
function byInitials(letters: string): readonly string[][] {
  let found: readonly string[][] = [[]];
  for (const { text, means } of pieces(letters, initialWords, 4)) {
    if (!means) return [];
    const meant = spelt.initials.get(text) ?? [];
    found = found.flatMap((before) => meant.map((each) => [...before, ...each])).slice(0, 24);
  }
  return found;
}

const initialWords = new Map([...spelt.initials.keys()].map((letters) => [letters, [letters]]));

const around = aroundNames.split(" ").map((word) => [word, ["listing"]] as const);
const namesHan = new Map<string, readonly string[]>([
  ...spelt.han,
  ...around,
  ...Object.entries(inNames).map(([word, means]) => [word, [means]] as const),
]);
const aroundWords = new Map<string, readonly string[]>(around);

/** The words of a name in their order, each with what it means; undefined of a word that is not known. */
export function wordsOfName(name: string): (readonly string[] | undefined)[] {
  const text = inSimplified(name.normalize("NFKC"))
    .replaceAll(/line[ _-]?items?/gi, " lineitem ")
    // Parts of a year and versions: `2026Q1`, `KW12`, `v2`.
    .replaceAll(/(?<!\p{L})(?:q|h|kw|cw|wk|fy|v|part|teil)[ _-]?(?=\d)/giu, " ")
    .replaceAll(/(?<!\d)360(?!\d)/g, " peer ");
  const words = text.match(/\p{Script=Han}+|[\p{Script=Latin}]+/gu) ?? [];
  const pinyin = (part: string): Piece[] => {
    const found = pieces(part, spelt.pinyin, 24);
    return found.every(({ means }) => means) ? found : [{ text: part }];
  };
  return words
    .flatMap((word) => {
      if (/\p{Script=Han}/u.test(word)) return pieces(word, namesHan, 6);
      return splitCases([word]).flatMap((part) => {
        const listing = aroundWords.get(part.toLowerCase());
        if (listing) return [{ text: part, means: listing }];
        const found = westernPieces(part.toLowerCase());
        return found.every(({ means }) => means) ? found : pinyin(part.toLowerCase());
      });
    })
    .map(({ text, means }) => (means && user.test(text) ? [...means, "customer"] : means));
}

interface Piece {
  text: string;
  /** Absent of what is no known word. */
  means?: readonly string[];
}

/** What stands beside a person's role: `受理坐席`, `sales rep`, `assigned to`. */
const doings = [
  "employee",
  "revenue",
  "created",
  "resolved",
  "handling",
  "contact",
  "repair",
  "received",
  "to",
  "actor",
  "person",
];

function readingOf(found: readonly Piece[], isBySound: boolean): Reading {
  const means = new Set(found.flatMap((piece) => piece.means ?? []));
  // Whose id it is, is said by what the employee does.
  if (["agent", "owner", "manager", "reviewer", "reviewee"].some((role) => means.has(role)))
    for (const each of doings) means.delete(each);
  const unknown = found.reduce((sum, { text, means: known }) => sum + (known ? 0 : text.length), 0);
  return { means, unknown, isBySound };
}

/** `createdAt`, `CustomerID2` as their words. */
export const splitCases = (words: readonly string[]): string[] =>
  words.flatMap((word) =>
    word.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ").split(" "),
  );

/** Short words that others are put together with; any three letters may stand in a word by chance. */
const joints = new Set(["id", "no", "nr", "dt", "at", "on", "am", "ts"]);
const parts = new Map(
  [...spelt.latin].filter(([word, means]) => joints.has(word) || word.length > (means.length > 0 ? 2 : 3)),
);

/** A Latin word, or the words that it is put together from: `kundennr`, `customerid`. */
function westernPieces(word: string): Piece[] {
  const known =
    spelt.latin.get(word) ??
    (word.length > 3
      ? (spelt.latin.get(word.replace(/s$/, "")) ?? spelt.latin.get(word.replace(/ies$/, "y")))
      : undefined);
  if (known) return [{ text: word, means: known }];
  const found = pieces(word, parts, 24, 2);
  return found.every(({ means }) => means) ? found : [{ text: word }];
}

/** The text in as few known words as can be, with as few letters left over as can be. */
function pieces(
  text: string,
  known: ReadonlyMap<string, readonly string[]>,
  longest: number,
  shortest = 1,
): Piece[] {
  const best: { cost: number; from: number; means?: readonly string[] }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= text.length; end++) {
    const before = best[end - 1];
    let found: (typeof best)[number] = { cost: (before?.cost ?? 0) + 10, from: end - 1 };
    for (let from = Math.max(0, end - longest); from <= end - shortest; from++) {
      const means = known.get(text.slice(from, end));
      // A word that says nothing is not to break one that does.
      const cost = (best[from]?.cost ?? 0) + (means?.length === 0 ? 1.5 : 1);
      if (means && cost < found.cost) found = { cost, from, means };
    }
    best[end] = found;
  }
  const result: Piece[] = [];
  for (let end = text.length; end > 0; ) {
    const { from, means } = best[end] ?? { from: end - 1 };
    const piece = text.slice(from, end);
    result.unshift(means ? { text: piece, means } : { text: piece });
    end = from;
  }
  return result;
}
