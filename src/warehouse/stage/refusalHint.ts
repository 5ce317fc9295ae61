import { columnsOf } from "../../contract/index.js";
import type { QuarantineReason } from "./reasons.js";

/** Columns whose words differ from table to table. */
const columnKeys = new Set(["status", "dimension"]);

/** What to add to `sources.yaml` so that refused words are taken; undefined where it is not words that are refused. */
export function refusalHint({
  table,
  column,
  rule,
  values,
}: QuarantineReason): { en: string; zh: string } | undefined {
  if ((rule !== "enum" && rule !== "bool") || column === null || values.length === 0) return undefined;
  const labels = columnsOf(table).find(({ name }) => name === column)?.labels ?? {};
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
    zh: `请在 sources.yaml 中 ${table} 的 columns: 旁说明其含义：${line}${orZh}`,
  };
}
