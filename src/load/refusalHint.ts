import { columnsOf } from "../contract/index.js";
import { type Told, told } from "../words/told.js";
import type { QuarantineReason } from "./reasons.js";

/** Columns whose words differ from table to table. */
const columnKeys = new Set(["status", "dimension"]);

/** What to add to `sources.yaml` so that refused rows are taken; undefined where nothing in it would help. */
export function refusalHint(reason: QuarantineReason): Told | undefined {
  const { table, column, rule, values } = reason;
  if (rule === "superseded") return table === "orders" ? told("hint.orderLines") : undefined;
  if (rule === "date" || rule === "timestamp") return ofDates(reason);
  if ((rule !== "enum" && rule !== "bool") || column === null || values.length === 0) return undefined;
  const labels: Readonly<Record<string, string>> =
    columnsOf(table).find(({ name }) => name === column)?.labels ?? {};
  const codesText = Object.entries(labels).map(([code, label]) => `${code} ${label}`);
  const codes = rule === "bool" ? ["true", "false"] : Object.keys(labels);
  const code = `<${codes.join("|")}>`;
  const words = values.map(({ value }) => JSON.stringify(value));
  const line = `values: {${column}: {${words.map((word) => `${word}: ${code}`).join(", ")}}}`;
  const key = columnKeys.has(column) ? `${table}.${column}` : column;
  const spellings = `${key}: {${code}: {spellings: [${words.join(", ")}]}}`;
  const or = rule === "bool" ? "" : told("hint.spellings", { spellings });
  return told("hint.values", { table, labels: codesText, line, or });
}

const ofDates = ({ table, values }: QuarantineReason): Told | undefined => {
  const formats = [...new Set(values.flatMap(({ value }) => formatOf(value) ?? []))];
  if (formats.length === 0) return undefined;
  const line = `date_formats: [${formats.map((format) => JSON.stringify(format)).join(", ")}]`;
  const isOpen = formats.some(
    (format) => format.includes("%d/%m") || format.includes("%d.%m") || format.includes("%d-%m"),
  );
  return told("hint.dates", { table, line, order: isOpen ? told("hint.dayFirst") : "" });
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
