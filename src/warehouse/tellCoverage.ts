import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import { called } from "../contract/called.js";
import { coverageOf } from "../kpi/coverageOf.js";
import type { Progress } from "../run/progress.js";
import { dayOnlyText, recordNotes } from "../words/coverageText.js";
import { readFacts } from "./readCoverage.js";

/** Says what is remarkable of the tables' records, and which KPIs lack what. */
export async function tellCoverage(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  progress: Progress,
): Promise<void> {
  const facts = await readFacts(db);
  for (const note of [...facts.records.values()].flatMap((record) => recordNotes(record))) progress.say(note);
  for (const column of facts.dayOnly) progress.warn(dayOnlyText(column), { column, rule: "day_precision" });
  const lacking = kpis.flatMap((kpi) => coverageOf(kpi, facts).lacking ?? []);
  const wanted = lacking.filter(({ code }) => code !== "day_precision");
  const names = [...new Set(wanted.flatMap((reason) => reason.names))];
  if (names.length === 0) return;
  const list = (language: "zh" | "en", or: string, separator: string) =>
    names.map((name) => name.split("|").map(called(language)).join(or)).join(separator);
  progress.say(
    {
      en: `${wanted.length} of ${kpis.length} KPIs have no data, for want of ${list("en", " or ", ", ")}`,
      zh: `${kpis.length} 个指标中 ${wanted.length} 个没有数据，因为缺少 ${list("zh", " 或 ", "、")}`,
    },
    { kpis: wanted.length, names },
  );
}
