import { columnsOf } from "../contract/index.js";
import type { QuarantineReason } from "./reasons.js";

/** Columns whose words differ from table to table. */
const columnKeys = new Set(["status", "dimension"]);

/** What to add to `sources.yaml` so that refused rows are taken; undefined where nothing in it would help. */
export function refusalHint(reason: QuarantineReason): { en: string; zh: string } | undefined {
  const { table, column, rule, values } = reason;
  if (rule === "superseded") return table === "orders" ? ofLines : undefined;
  if (rule === "date" || rule === "timestamp") return ofDates(reason);
  if ((rule !== "enum" && rule !== "bool") || column === null || values.length === 0) return undefined;
  const labels: Readonly<Record<string, string>> =
    columnsOf(table).find(({ name }) => name === column)?.labels ?? {};
  const told = Object.entries(labels).map(([code, label]) => `${code} ${label}`);
  const codes = rule === "bool" ? ["true", "false"] : Object.keys(labels);
  const code = `<${codes.join("|")}>`;
  const words = values.map(({ value }) => JSON.stringify(value));
  const line = `values: {${column}: {${words.map((word) => `${word}: ${code}`).join(", ")}}}`;
  const key = columnKeys.has(column) ? `${table}.${column}` : column;
  const spellings = `${key}: {${code}: {spellings: [${words.join(", ")}]}}`;
  const [orEn, orZh] =
    rule === "bool"
      ? ["", ""]
      : [
          `; or, for every source, in vocabulary.yaml beside it: ${spellings}`,
          `；或者对所有数据源，在其旁边的 vocabulary.yaml 中写：${spellings}`,
        ];
  return {
    en: `say in sources.yaml, beside columns: of ${table}, what they are: ${line}${orEn}`,
    zh: `请在 sources.yaml 中 ${table} 的 columns: 旁说明其含义${told.length > 0 ? `（${told.join("、")}）` : ""}：${line}${orZh}`,
  };
}

/** Orders whose lines share a key: a constant stands for their number, or the extract has none. */
const ofLines = {
  en: 'an order of several lines needs their numbers, or its last line alone is counted; where the extract has none, say in sources.yaml: line_no: row_number() over (partition by "<column of order_id>")',
  zh: '一张订单有多行时需要行号，否则只计最后一行；数据中没有行号时，可在 sources.yaml 中写：line_no: row_number() over (partition by "<订单号所在的列>")',
};

const ofDates = ({ table, values }: QuarantineReason): { en: string; zh: string } | undefined => {
  const formats = [...new Set(values.flatMap(({ value }) => formatOf(value) ?? []))];
  if (formats.length === 0) return undefined;
  const line = `date_formats: [${formats.map((format) => JSON.stringify(format)).join(", ")}]`;
  const isOpen = formats.some(
    (format) => format.includes("%d/%m") || format.includes("%d.%m") || format.includes("%d-%m"),
  );
  return {
    en: `say in sources.yaml, beside columns: of ${table}, how they are written: ${line}${isOpen ? " (or %m before %d, as your system writes them)" : ""}`,
    zh: `请在 sources.yaml 中 ${table} 的 columns: 旁说明日期的写法：${line}${isOpen ? "（若月在前，请把 %m 写在 %d 之前）" : ""}`,
  };
};

/** How a text writes a day, and perhaps a time, as a format of `date_formats`; undefined where that cannot be told. */
function formatOf(text: string): string | undefined {
  const [, day = "", clock = ""] =
    /^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(
      text.trim(),
    ) ?? [];
  if (day === "") return undefined;
  const sign = /[./-]/.exec(day)?.[0] ?? "";
  const days = day.includes("年")
    ? "%Y年%m月%d日"
    : (/^\d{4}/.test(day) ? ["%Y", "%m", "%d"] : ["%d", "%m", "%Y"]).join(sign);
  const times = ["", "%H:%M", "%H:%M:%S"][clock === "" ? 0 : clock.split(":").length - 1];
  return [days, times].filter((part) => part !== "").join(text.includes("T") ? "T" : " ");
}
