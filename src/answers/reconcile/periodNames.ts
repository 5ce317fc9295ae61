import { folded } from "../../catalogue/suggest.js";
import { addDays, nameOfPeriod, type Period } from "../../kpi/periods.js";

/** How well a text names a period: with its year, by its part of the year alone, or not. */
export type Named = 2 | 1 | 0;

const digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
const months = [
  ["jan", "january", "januar", "jän", "jänner"],
  ["feb", "february", "februar"],
  ["mar", "march", "mär", "märz", "mrz"],
  ["apr", "april"],
  ["may", "mai"],
  ["jun", "june", "juni"],
  ["jul", "july", "juli"],
  ["aug", "august"],
  ["sep", "sept", "september"],
  ["oct", "october", "okt", "oktober"],
  ["nov", "november"],
  ["dec", "december", "dez", "dezember"],
];

/** What says no more than that it is what came out. */
const outcome = /(月|季度|半年|年|\d|[a-zä])(份|实际值?|实绩|完成值?|数值|值|actual|ist|wert)$/;

const anyPeriod = new RegExp(`\\d|[月季年]|${months.flat().join("|")}|^[qh][1-4]`, "i");

/** Whether a heading seems to be one of periods. */
export const isOfPeriods = (text: string) => anyPeriod.test(text);

/** How a heading or a cell names a period, in Chinese, English or German, or as a day of a spreadsheet. */
export function namesPeriod(text: string, period: Period): Named {
  const name = folded(text).replace(outcome, "$1");
  const { parts, whole } = spellings(period);
  if (whole.has(name)) return 2;
  return parts.has(name) ? 1 : 0;
}

function spellings(period: Period): { whole: Set<string>; parts: Set<string> } {
  const { grain, start, end } = period;
  const [year, at] = [start.slice(0, 4), Number(start.slice(5, 7))];
  const years = [`${year}年`, `${year.slice(2)}年`];
  const joined = (parts: readonly string[], chinese: readonly string[]) => [
    ...chinese.flatMap((part) => years.map((each) => `${each}${part}`)),
    ...parts.flatMap((part) =>
      ["", "-", "/", "."].flatMap((sign) => [`${part}${sign}${year}`, `${year}${sign}${part}`]),
    ),
  ];
  const own = [folded(nameOfPeriod(period)), start, addDays(end, -1)];
  switch (grain) {
    case "month": {
      const [plain, padded] = [String(at), String(at).padStart(2, "0")];
      const words = months[at - 1] ?? [];
      const chinese = [`${plain}月`, `${padded}月`, `${digits[at - 1]}月`];
      const short = words.flatMap((word) => [`${word}-${year.slice(2)}`, `${word}.`]);
      return {
        whole: new Set([
          ...own,
          ...joined([plain, padded, ...words], chinese),
          ...short.filter((each) => !each.endsWith(".")),
        ]),
        parts: new Set([...chinese, ...words, ...short.filter((each) => each.endsWith("."))]),
      };
    }
    case "quarter": {
      const quarter = Math.ceil(at / 3);
      const chinese = [digits[quarter - 1] ?? "", String(quarter)].flatMap((each) => [
        `${each}季度`,
        `第${each}季度`,
        `${each}季`,
      ]);
      const parts = [`q${quarter}`];
      return {
        whole: new Set([...own, ...joined(parts, [...chinese, ...parts])]),
        parts: new Set([...chinese, ...parts]),
      };
    }
    case "half": {
      const half = at > 6 ? 2 : 1;
      const chinese = [half === 1 ? "上半年" : "下半年"];
      const parts = [`h${half}`];
      return {
        whole: new Set([...own, ...joined(parts, [...chinese, ...parts])]),
        parts: new Set([...chinese, ...parts]),
      };
    }
    case "year":
      return {
        whole: new Set([...own, ...years, `${year}年度`, `${year}全年`, `${year}年全年`, `fy${year}`]),
        parts: new Set(["全年", "年度", "year", "fullyear", "jahr", "gesamtjahr"]),
      };
  }
}
