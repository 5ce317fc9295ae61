import type { CheckReport, LoadedReport } from "../answers/checkReport.js";
import { cutOffText } from "../load/asOf.js";
import { missingReference } from "../load/missingReference.js";
import { catalogSource } from "../load/plan.js";
import { foundText, type QuarantineReason } from "../load/reasons.js";
import type { Attempt } from "../warehouse/lastAttempt.js";
import { laterReviewsText } from "../warehouse/shownReviews.js";
import { dayOnlyText, recordNotes, recordText } from "./coverageText.js";
import { worded } from "./wording.js";

export type CheckLanguage = "zh-CN" | "en";

/** The report of `check` for people, in either language. */
export function checkText(report: CheckReport, language: CheckLanguage): string {
  const say = words[language];
  return textOf([
    [
      say.build(report.build_id, report.as_of_on, report.as_of_from),
      ...report.cut_off.map((cut) => `  ${worded(cutOffText(cut), language)}`),
      ...report.later_reviews.map((later) => `  ${worded(laterReviewsText(later), language)}`),
    ],
    ...loadedBlocks(report, language),
    [say.records, ...recordLines(report).map((line) => `  ${worded(line, language)}`)],
    [
      say.kpis,
      ...(report.kpis_without_data.length === 0 ? [`  ${say.none}`] : []),
      ...report.kpis_without_data.map(
        ({ kpi_id: id, label, reason_text: text }) =>
          `  ${worded(label, language)} ${id}${say.colon}${worded(text, language)}`,
      ),
    ],
    ...ignoredBlock(report, say),
  ]);
}

/** The report of a build that failed, for people. */
export function attemptText(attempt: Attempt, language: CheckLanguage): string {
  const say = words[language];
  return textOf([
    [say.attempt(attempt.started_at, attempt.exit_code), `  ${worded(attempt.error, language)}`],
    ...(attempt.report
      ? [...loadedBlocks(attempt.report, language), ...ignoredBlock(attempt.report, say)]
      : []),
  ]);
}

const textOf = (blocks: string[][]) => `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;

const ignoredBlock = (report: LoadedReport, say: Say) =>
  report.ignored_files.length > 0 ? [[say.ignored, `  ${report.ignored_files.join(", ")}`]] : [];

function loadedBlocks(report: LoadedReport, language: CheckLanguage): string[][] {
  const say = words[language];
  return [
    [say.files, ...report.files.map((file) => `  ${mark(file.holds)} ${fileLine(file, say)}`)],
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
          `  ${figure(count)} × ${[table, column].filter(Boolean).join(".")} ${rule}${say.colon}${warningText(table, column, rule, language, report.tables)}${say.bracketed([...(file === null ? [] : [file]), ...(column === null ? [] : [`${say.example}${say.colon}${sample}`])].join(say.comma))}`,
      ),
    ],
    [say.sources, ...report.sources.map((source) => `  ${sourceLine(source, say)}`)],
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

type Say = (typeof words)[CheckLanguage];

const mark = (holds: boolean) => (holds ? "✓" : "✗");
const figure = (count: number) => count.toLocaleString("en");
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

function fileLine(file: CheckReport["files"][number], say: Say): string {
  const encoding =
    file.encoding === "utf-8"
      ? ""
      : say.bracketed(
          `${file.encoding}${file.encoding_certainty === null ? "" : say.guessed(file.encoding_certainty === "sure")}`,
        );
  return `${file.file}${catalogueText(file, say)}${encoding}${say.colon}${say.fileEquation(figure(file.rows_read), figure(file.rows_accepted), figure(file.lines_rejected))}`;
}

function tableLine(table: CheckReport["tables"][number], say: Say): string {
  const more = [
    ...(table.superseded > 0 ? [say.superseded(figure(table.superseded))] : []),
    ...(table.left_out > 0 ? [say.leftOut(figure(table.left_out))] : []),
    say.share(percent(table.quarantine_share), percent(table.max_quarantine_share)),
  ];
  return `${table.table}${say.colon}${say.tableEquation(figure(table.rows_mapped), figure(table.loaded), figure(table.quarantined), figure(table.duplicates))}${say.bracketed(more.join(say.comma))}`;
}

function reasonLine(reason: QuarantineReason, say: Say, language: CheckLanguage): string {
  const at = [reason.table, reason.column].filter(Boolean).join(".");
  const found = foundText(reason, language);
  const sample = found === "" ? "" : `${say.comma}${say.example}${say.colon}${found}`;
  const place = reason.place === null ? "" : say.bracketed(reason.place);
  return `${figure(reason.count)} × ${at} ${reason.rule}${say.colon}${say.rules[reason.rule] ?? reason.expected}${sample}${place}`;
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

const words = {
  en: {
    build: (id: string, asOf: string, from: string) => `Build ${id}, data up to ${asOf} (${from})`,
    attempt: (at: string, code: number) => `Build of ${at}, failed (exit code ${code})`,
    files: "Files: rows read = accepted by the reader + lines it rejected",
    tables: "Tables: rows mapped = loaded + quarantined + duplicates",
    quarantine: "Quarantine, by rule",
    warnings: "Kept with a warning",
    sources: "Sources",
    records: "Recorded, by table",
    kpis: "KPIs without data",
    ignored: "Files nothing was read from",
    none: "none",
    comma: ", ",
    colon: ": ",
    bracketed: (text: string) => ` (${text})`,
    catalogue: "of the catalogue, no extract",
    example: "for example",
    late: "LATE",
    guessed: (isSure: boolean) => (isSure ? ", guessed, sure" : ", guessed, likely"),
    fileEquation: (read: string, accepted: string, rejected: string) => `${read} = ${accepted} + ${rejected}`,
    tableEquation: (mapped: string, loaded: string, quarantined: string, duplicates: string) =>
      `${mapped} = ${loaded} + ${quarantined} + ${duplicates}`,
    superseded: (count: string) => `${count} of the quarantined superseded`,
    leftOut: (count: string) => `${count} left out by the mapping`,
    share: (share: string, limit: string) => `${share} against the limit of ${limit}`,
    fileCount: (count: string) => `files: ${count}`,
    modified: (time: string) => `last written ${time}`,
    newest: (day: string) => `newest row ${day}`,
    expected: (every: string) => `expected every ${every}`,
    rules: {
      required: "a required value is missing",
      id: "not an id",
      text: "not a text",
      enum: "not one of the allowed values",
      bool: "not a truth value",
      int: "not a whole number",
      decimal: "not a decimal number",
      date: "not a calendar day",
      timestamp: "not a time (ISO 8601, or as date_formats says)",
      minimum: "below the smallest allowed value",
      maximum: "above the largest allowed value",
      first_of_month: "not the first day of a month",
      within: "outside the range the row gives",
      time_order: "earlier than it can be",
      in_future: "later than the run's start",
      superseded: "replaced by another row of the same key",
      subtotal: "a sum of other rows; does not count against the limit",
      shortened_id: "an id that a spreadsheet has shortened to a number like 4.2E+15",
      too_early: "before the record begins (record_floor of settings.yaml)",
      placeholder_date: "before the record begins (record_floor of settings.yaml), counts as null",
      decimal_comma:
        'read as thousands, for every comma stands before three digits; if it is the decimal one, set decimal: "," in sources.yaml',
      two_orders: "every date fits two of the formats listed; the first was taken",
      mapping_failed: "the mapping cannot take the cell",
      mixed_currencies: "amounts of one row in two currencies; convert one in the mapping",
      ragged: "not as many fields as the header",
      broken_quoting: "quotes that do not match",
      line_too_long: "line too long",
      bad_encoding: "not text of the file's encoding",
      nul_byte: "NUL byte in the text",
      repeated_header: "the header again, perhaps of a second export",
      no_line_end: "the last line has no line end, it may have been cut off",
      unknown_reference: "no such row in the table it refers to; shown under (unknown)",
      resolved_before_response: "resolved before its first response; counts as never answered",
      before_acquisition: "order before its customer was acquired",
    } as Record<string, string>,
  },
  "zh-CN": {
    build: (id: string, asOf: string, from: string) => `构建 ${id}，数据截至 ${asOf}（${from}）`,
    attempt: (at: string, code: number) => `${at} 的构建失败（退出码 ${code}）`,
    files: "文件：读到的行 = 读取器接受的行 + 被拒绝的行",
    tables: "表：映射的行 = 载入 + 隔离 + 重复",
    quarantine: "隔离区（按规则）",
    warnings: "保留但有警告",
    sources: "数据源",
    records: "各表的记录期间",
    kpis: "没有数据的指标",
    ignored: "未读取的文件",
    none: "无",
    comma: "，",
    colon: "：",
    bracketed: (text: string) => `（${text}）`,
    catalogue: "目录中的文件，不是数据",
    example: "例如",
    late: "已逾期",
    guessed: (isSure: boolean) => (isSure ? "，推测，把握大" : "，推测，可能"),
    fileEquation: (read: string, accepted: string, rejected: string) => `${read} = ${accepted} + ${rejected}`,
    tableEquation: (mapped: string, loaded: string, quarantined: string, duplicates: string) =>
      `${mapped} = ${loaded} + ${quarantined} + ${duplicates}`,
    superseded: (count: string) => `隔离的行中 ${count} 行被取代`,
    leftOut: (count: string) => `映射略去 ${count} 行`,
    share: (share: string, limit: string) => `占 ${share}，上限 ${limit}`,
    fileCount: (count: string) => `文件 ${count} 个`,
    modified: (time: string) => `最近写入 ${time}`,
    newest: (day: string) => `最新一行 ${day}`,
    expected: (every: string) => `预期间隔 ${every}`,
    rules: {
      required: "缺少必填值",
      id: "不是编号",
      text: "不是文本",
      enum: "不在允许的取值之内",
      bool: "不是是/否值",
      int: "不是整数",
      decimal: "不是十进制数",
      date: "不是日历日期",
      timestamp: "不是时间（ISO 8601，或按 date_formats）",
      minimum: "小于允许的最小值",
      maximum: "大于允许的最大值",
      first_of_month: "不是月份的第一天",
      within: "超出本行给出的范围",
      time_order: "早于可能的时间",
      in_future: "晚于运行开始时间",
      superseded: "被同一主键的另一行取代",
      subtotal: "是其他行的合计；不计入上限",
      shortened_id: "编号被电子表格缩写成了 4.2E+15 这样的数",
      too_early: "早于记录起点（settings.yaml 的 record_floor）",
      placeholder_date: "早于记录起点（settings.yaml 的 record_floor），按空值处理",
      decimal_comma:
        '每个逗号后都是三位数字，按千位分隔读取；若逗号是小数点，请在 sources.yaml 中设置 decimal: ","',
      two_orders: "每个日期都符合所列的两种格式；按前一种读取",
      mapping_failed: "映射无法处理该单元格",
      mixed_currencies: "同一行的金额使用了两种货币；请在映射中换算其中一种",
      ragged: "字段数与表头不同",
      broken_quoting: "引号不匹配",
      line_too_long: "行过长",
      bad_encoding: "不是该编码的文本",
      nul_byte: "文本中有 NUL 字节",
      repeated_header: "表头再次出现，可能由两份导出拼接而成",
      no_line_end: "最后一行没有换行，可能不完整",
      unknown_reference: "所引用的表中没有这一行，归入“未知”",
      resolved_before_response: "在首次响应之前已解决，视为未响应",
      before_acquisition: "订单早于客户获取日期",
    } as Record<string, string>,
  },
};

const catalogueText = ({ source }: { source: string }, say: Say) =>
  source === catalogSource ? say.bracketed(say.catalogue) : "";

/** What a file is called: its name and, where it is the catalogue's, that it is no extract. */
export const fileName = (file: { file: string; source: string }, language: CheckLanguage): string =>
  `${file.file}${catalogueText(file, words[language])}`;

/** What a rule of the contract says of a row that breaks it. */
export const ruleText = (rule: string, language: keyof typeof words): string =>
  words[language].rules[rule] ?? rule;

/** What is odd about a row that is kept, naming the table that its reference is not found in. */
export function warningText(
  table: string,
  column: string | null,
  rule: string,
  language: CheckLanguage,
  loaded: readonly { table: string }[],
): string {
  const missing = missingReference(
    { table, column, rule },
    loaded.map((one) => one.table),
  );
  if (!missing) return ruleText(rule, language);
  const { table: target, isGiven } = missing;
  if (!isGiven)
    return language === "en"
      ? `${target} is not among the extracts; shown under (unknown)`
      : `没有 ${target} 的数据，归入“未知”`;
  return language === "en"
    ? `no row of ${target} with this id was loaded; shown under (unknown)`
    : `${target} 没有载入这个编号的行，归入“未知”`;
}
