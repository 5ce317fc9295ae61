import type { DuckDBConnection } from "@duckdb/node-api";
import type { Settings } from "../../catalogue/settings.js";
import { literal } from "../../engine/sql.js";
import type { LoadPlan } from "../../load/plan.js";
import type { StagingReport } from "../../load/report.js";
import type { Drift, Finding } from "../../published/drift.js";
import { CliError } from "../../run/error.js";
import type { Progress } from "../../run/progress.js";
import { findingText } from "../../words/driftText.js";
import { told } from "../../words/told.js";
import { judgeFreshness, lateFiles } from "./freshness.js";
import { inputsOf, knownBuilds, noteBuild } from "./history.js";
import { measureTables } from "./measure.js";
import { neededBuilds, nullsFindings, volumeFindings } from "./outliers.js";
import { schemaFindings } from "./titles.js";

export interface DriftRun {
  plan: LoadPlan;
  report: StagingReport;
  settings: Pick<Settings, "block">;
  buildId: string;
  /** What blocks is told, and nothing more. */
  isAccepted: boolean;
}

/**
 * Judges how fresh the sources are and how they differ from those of the builds before, writes it into `ingest.drift`, tells what was
 * found, and notes the build for those that follow. `config.settings` has to be there.
 * @throws CliError 3 for what the settings block, before anything is noted
 */
export async function judgeDrift(db: DuckDBConnection, run: DriftRun, progress: Progress): Promise<void> {
  const { plan, report, settings, buildId } = run;
  const dates = await db.runAndReadAll("select cast(as_of_on as varchar), as_of_from from config.settings");
  const [asOfOn = "", asOfFrom = ""] = (dates.getRowsJson()[0] ?? []).map(String);
  const measured = await measureTables(db, report.tables, asOfOn);
  const inputs = await inputsOf(db, measured);
  const known = await knownBuilds(db, inputs);
  const blocks = (kind: Finding["kind"], sources: readonly string[]) => {
    const rules = plan.sources
      .filter(({ name }) => sources.length === 0 || sources.includes(name))
      .map((source) => source.settings.block ?? settings.block);
    return rules.some((rule) => rule.includes(kind));
  };
  const freshness = await judgeFreshness(db, plan, measured, asOfOn);
  // A source whose own rows set the data date is never late by it.
  const isGiven = ["--as-of", "sources.yaml"].includes(asOfFrom);
  const files = isGiven ? [] : await lateFiles(db);
  // What was accepted once is the same where the same inputs are built from again; that nothing new came is late all the same.
  const judged = <Found extends { isNew: boolean; kind: Finding["kind"]; sources: readonly string[] }>({
    isNew,
    ...finding
  }: Found) => ({
    ...finding,
    blocks: isNew && !inputs.wereTaken && blocks(finding.kind, finding.sources),
  });
  const findings: Finding[] = [
    ...freshness
      .filter(({ is_late }) => is_late)
      .map((each) => ({
        kind: "late" as const,
        table: each.table,
        freshness: each,
        sources: [each.source],
        blocks: blocks("late", [each.source]),
      })),
    ...files.map(({ source, ...file }) => ({
      kind: "late" as const,
      table: null,
      ...file,
      sources: [source],
      blocks: blocks("late", [source]),
    })),
    ...volumeFindings(measured, known).map(judged),
    ...nullsFindings(measured, known).map(judged),
    ...schemaFindings(report.titles, known.at(-1)?.titles ?? [], plan).map(judged),
  ];
  const drift: Drift = {
    as_of_on: asOfOn,
    freshness,
    known_builds: known.length,
    needed_builds: neededBuilds,
    findings,
  };
  await db.run(`insert into ingest.drift values (${literal(JSON.stringify(drift))})`);
  const stopping = findings.filter((finding) => finding.blocks);
  if (stopping.length > 0 && !run.isAccepted)
    throw new CliError(told("drift.blocked", { faults: stopping.map((finding) => findingText(finding)) }), 3);
  for (const finding of findings) progress.say(findingText(finding), { ...finding });
  await noteBuild(db, inputs, { buildId, measured, titles: report.titles });
}

/** What the build of a warehouse found; null in one of before this was looked at, and where a build did not come so far. */
export async function readDrift(db: DuckDBConnection): Promise<Drift | null> {
  const there = await db.runAndReadAll(
    "select 1 from information_schema.tables where table_schema = 'ingest' and table_name = 'drift'",
  );
  if (there.currentRowCount === 0) return null;
  const reader = await db.runAndReadAll("select content from ingest.drift");
  return reader.currentRowCount === 0 ? null : (JSON.parse(String(reader.value(0, 0))) as Drift);
}
