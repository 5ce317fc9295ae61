import type { QuarantineReason } from "./reasons.js";

/** What to add to `sources.yaml` so that refused words are taken; undefined where it is not words that are refused. */
export function refusalHint({
  table,
  column,
  rule,
  values,
}: QuarantineReason): { en: string; zh: string } | undefined {
  if (rule !== "enum" || column === null || values.length === 0) return undefined;
  const words = values.map(({ value }) => `${JSON.stringify(value)}: …`).join(", ");
  const line = `values: {${column}: {${words}}}`;
  return {
    en: `say in sources.yaml, beside columns: of ${table}, what they are: ${line}`,
    zh: `请在 sources.yaml 中 ${table} 的 columns: 旁说明其含义：${line}`,
  };
}
