import type { DuckDBConnection } from "@duckdb/node-api";
import type { Progress } from "../run/progress.js";
import { told } from "../words/told.js";
import {
  fileName,
  foundTold,
  mask,
  type QuarantineReason,
  quarantineReasons,
  ruleTold,
  warningTold,
} from "./reasons.js";
import { refusalHint } from "./refusalHint.js";
import type { StagingReport } from "./report.js";

/** Tells the user what was read: both equations with their numbers, the quarantine by rule, the warnings. */
export async function tellReport(
  db: DuckDBConnection,
  report: StagingReport,
  progress: Progress,
): Promise<void> {
  for (const file of report.files) {
    const { rowsRead, rowsAccepted, linesRejected } = file;
    progress.say(told("load.file", { file: fileName(file), rowsRead, rowsAccepted, linesRejected }), {
      file: file.file,
      source: file.source,
      rowsRead,
      rowsAccepted,
      linesRejected,
    });
  }
  for (const table of report.tables) {
    const { rowsMapped, loaded, quarantined, duplicates, superseded, leftOut } = table;
    const more = [
      ...(superseded > 0 ? [told("load.superseded", { superseded })] : []),
      ...(leftOut > 0 ? [told("load.leftOut", { leftOut })] : []),
    ];
    const notes = more.length > 0 ? told("load.notes", { more }) : "";
    progress.say(
      told("load.rows", { table: table.table, rowsMapped, loaded, quarantined, duplicates, notes }),
      { ...table },
    );
  }
  const beyond = new Set(report.tables.filter(({ share, limit }) => share > limit).map(({ table }) => table));
  for (const reason of await quarantineReasons(db)) {
    const at = [reason.table, reason.column].filter(Boolean).join(".");
    const isBeyond = beyond.has(reason.table);
    const { count, rule, expected, place } = reason;
    const values = foundTold(reason, isBeyond);
    const line = told("load.quarantined", {
      count,
      at,
      rule,
      expected,
      says: ruleTold(rule, expected) ?? rule,
      found: values === "" ? "" : told("load.found", { values }),
      place: place === null ? "" : told("load.place", { place }),
    });
    const hint = isBeyond || isOften(reason, report) ? refusalHint(reason) : undefined;
    if (isBeyond) progress.warn(line, { ...reason });
    else progress.say(line, { ...reason });
    if (hint) progress.warn(hint, { table: reason.table, column: reason.column });
  }
  for (const { table, rule, column, file, count, sample } of report.warnings) {
    const at = [table, column].filter(Boolean).join(".");
    const example = column === null ? "" : told("load.example", { sample: mask(table, column, sample) });
    const place = file === null ? "" : told("load.place", { place: file });
    const says = warningTold(table, column, rule, report.tables);
    progress.say(told("load.warning", { count, at, rule, says, example, place }), {
      table,
      rule,
      column,
      file,
      count,
    });
  }
  const broken = report.tables.reduce((sum, table) => sum + table.quarantined, 0);
  const replaced = report.tables.reduce((sum, table) => sum + table.superseded, 0);
  const rejected = report.files.reduce((sum, file) => sum + file.linesRejected, 0);
  if (broken + rejected > 0) {
    const check = beyond.size > 0 ? "check --last-attempt" : "check";
    const ofThem = replaced > 0 ? told("load.replaced", { replaced }) : "";
    progress.warn(told("load.inQuarantine", { broken, ofThem, rejected, check }), { broken, rejected });
  }
  if (report.ignored.length > 0) {
    const files = report.ignored.join(", ");
    progress.say(told("load.ignored", { files }));
  }
}

/** Whether rows replace each other more often than a correction now and then does. */
const isOften = ({ table, rule, count }: QuarantineReason, { tables }: StagingReport) =>
  rule === "superseded" && count >= 0.01 * (tables.find((one) => one.table === table)?.rowsMapped ?? 0);
