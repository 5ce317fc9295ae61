import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import { named } from "../contract/called.js";
import { coverageOf } from "../kpi/coverageOf.js";
import type { Progress } from "../run/progress.js";
import { dayOnlyText, recordNotes } from "../words/coverageText.js";
import { told } from "../words/told.js";
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
  const lacked = names.map((name) => told("either", { names: name.split("|").map(named) }));
  progress.say(told("kpis.withoutData", { without: wanted.length, all: kpis.length, lacked }), {
    kpis: wanted.length,
    names,
  });
}
