import type { CheckReport, LoadedReport } from "../answers/checkReport.js";
import { cutOffText } from "../load/asOf.js";
import { fileName, foundTold, type QuarantineReason, ruleTold, warningTold } from "../load/reasons.js";
import { forgottenText } from "../warehouse/initiativeRegister.js";
import type { Attempt } from "../warehouse/lastAttempt.js";
import { laterReviewsText } from "../warehouse/shownReviews.js";
import { type ClosedNames, closedLines } from "./closedText.js";
import { dayOnlyText, recordNotes, recordText } from "./coverageText.js";
import { findingText, freshnessText, knownText } from "./driftText.js";
import { checks } from "./languages.js";
import { grouped } from "./rounding.js";
import { visible } from "./visible.js";
import { type Language, labelIn, worded } from "./wording.js";

/** The report of `check` for people, in either language. */
export function checkText(report: CheckReport, names: ClosedNames, language: Language): string {
  const say = checks(language);
  return textOf([
    [
      say.build(report.build_id, report.as_of_on, report.as_of_from),
      ...report.cut_off.map((cut) => `  ${worded(cutOffText(cut), language)}`),
      ...report.later_reviews.map((later) => `  ${worded(laterReviewsText(later), language)}`),
      ...(report.forgotten ? [`  ${worded(forgottenText(report.forgotten), language)}`] : []),
    ],
    ...loadedBlocks(report, language),
    [say.records, ...recordLines(report).map((line) => `  ${worded(line, language)}`)],
    ...closedBlock(report, names, language),
    [
      say.kpis,
      ...(report.kpis_without_data.length === 0 ? [`  ${say.none}`] : []),
      ...report.kpis_without_data.map(
        ({ kpi_id: id, label, reason_text: text }) =>
          `  ${labelIn(label, language)} ${id}${say.colon}${labelIn(text, language)}`,
      ),
    ],
    ...ignoredBlock(report, say),
  ]);
}

/** The report of a build that failed, for people. */
export function attemptText(attempt: Attempt, language: Language): string {
  const say = checks(language);
  return textOf([
    [
      say.attempt(attempt.started_at, attempt.exit_code),
      ...`  ${labelIn(attempt.error, language)}`.split("\n"),
    ],
    ...(attempt.report
      ? [...loadedBlocks(attempt.report, language), ...ignoredBlock(attempt.report, say)]
      : []),
  ]);
}

/** Of closed periods what is the company's; nothing where none is closed. */
function closedBlock(
  { closed_periods: found, build_id: build }: CheckReport,
  names: ClosedNames,
  language: Language,
): string[][] {
  const lines = closedLines(found, { names, build, language });
  return lines.length === 0 ? [] : [[checks(language).closed, ...lines.map((line) => `  ${line}`)]];
}

const textOf = (blocks: string[][]) =>
  `${blocks.map((lines) => lines.map(visible).join("\n")).join("\n\n")}\n`;

const ignoredBlock = (report: LoadedReport, say: Say) =>
  report.ignored_files.length > 0 ? [[say.ignored, `  ${report.ignored_files.join(", ")}`]] : [];

function loadedBlocks(report: LoadedReport, language: Language): string[][] {
  const say = checks(language);
  return [
    [say.files, ...report.files.map((file) => `  ${mark(file.holds)} ${fileLine(file, language)}`)],
    [say.tables, ...report.tables.map((table) => `  ${mark(table.holds)} ${tableLine(table, say)}`)],
    [
      say.quarantine,
      ...(report.quarantine.length === 0 ? [`  ${say.none}`] : []),
      ...report.quarantine.map((reason) => `  ${reasonLine(reason, say, language)}`),
    ],
    [
      say.warnings,
      ...(report.warnings.length === 0 ? [`  ${say.none}`] : []),
      ...report.warnings.map(
        ({ table, column, rule, file, count, sample }) =>
          `  ${figure(count)} × ${[table, column].filter(Boolean).join(".")} ${rule}${say.colon}${worded(warningTold(table, column, rule, report.tables), language)}${say.bracketed([...(file === null ? [] : [file]), ...(column === null ? [] : [`${say.example}${say.colon}${sample}`])].join(say.comma))}`,
      ),
    ],
    [say.sources, ...report.sources.map((source) => `  ${sourceLine(source, say)}`)],
    ...driftBlocks(report, language),
  ];
}

/** How fresh the sources are, then what of them is not as in the builds before. */
function driftBlocks({ drift }: LoadedReport, language: Language): string[][] {
  if (!drift) return [];
  const say = checks(language);
  const findings = drift.findings.filter((finding) => finding.kind !== "late" || finding.table === null);
  return [
    [
      say.freshness(drift.as_of_on),
      ...drift.freshness.map((fresh) => `  ${worded(freshnessText(fresh), language)}`),
    ],
    [
      say.drift(worded(knownText(drift), language)),
      ...(findings.length === 0 ? [`  ${say.none}`] : []),
      ...findings.map((finding) => `  ${worded(findingText(finding), language)}`),
    ],
  ];
}

/** The tables' records, then what is remarkable of them. */
function recordLines({ records, given_covers, day_only_columns, as_of_on }: CheckReport) {
  return [
    ...records
      .filter(({ covers_from }) => covers_from !== null)
      .map((record) => recordText(record, given_covers, as_of_on)),
    ...records.flatMap((record) => recordNotes(record)),
    ...day_only_columns.map(dayOnlyText),
  ];
}

type Say = ReturnType<typeof checks>;

const mark = (holds: boolean) => (holds ? "✓" : "✗");
const figure = (count: number) => count.toLocaleString("en");
const percent = (share: number) => `${grouped(share * 100, 2)} %`;

function fileLine(file: CheckReport["files"][number], language: Language): string {
  const say = checks(language);
  const encoding =
    file.encoding === "utf-8"
      ? ""
      : say.bracketed(
          `${file.encoding}${file.encoding_certainty === null ? "" : say.guessed(file.encoding_certainty === "sure")}`,
        );
  return `${worded(fileName(file), language)}${encoding}${say.colon}${say.fileEquation(figure(file.rows_read), figure(file.rows_accepted), figure(file.lines_rejected))}`;
}

function tableLine(table: CheckReport["tables"][number], say: Say): string {
  const more = [
    ...(table.superseded > 0 ? [say.superseded(figure(table.superseded))] : []),
    ...(table.left_out > 0 ? [say.leftOut(figure(table.left_out))] : []),
    say.share(percent(table.quarantine_share), percent(table.max_quarantine_share)),
  ];
  return `${table.table}${say.colon}${say.tableEquation(figure(table.rows_mapped), figure(table.loaded), figure(table.quarantined), figure(table.duplicates))}${say.bracketed(more.join(say.comma))}`;
}

function reasonLine(reason: QuarantineReason, say: Say, language: Language): string {
  const at = [reason.table, reason.column].filter(Boolean).join(".");
  const found = worded(foundTold(reason), language);
  const sample = found === "" ? "" : `${say.comma}${say.example}${say.colon}${found}`;
  const place = reason.place === null ? "" : say.bracketed(reason.place);
  return `${figure(reason.count)} × ${at} ${reason.rule}${say.colon}${worded(ruleTold(reason.rule, reason.expected) ?? reason.expected, language)}${sample}${place}`;
}

function sourceLine(source: CheckReport["sources"][number], say: Say): string {
  const parts = [
    say.fileCount(figure(source.files)),
    say.modified(source.modified_at),
    ...(source.newest_row === null ? [] : [say.newest(source.newest_row)]),
    ...(source.expected_every === null ? [] : [say.expected(source.expected_every)]),
    ...(source.is_late ? [say.late] : []),
  ];
  return `${source.source}${say.colon}${parts.join(say.comma)}`;
}
