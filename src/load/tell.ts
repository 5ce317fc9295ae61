import type { DuckDBConnection } from "@duckdb/node-api";
import type { Progress } from "../run/progress.js";
import { fileName, ruleText, warningText } from "../words/checkText.js";
import { foundText, mask, type QuarantineReason, quarantineReasons } from "./reasons.js";
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
    progress.say(
      {
        en: `${fileName(file, "en")}: ${rowsRead} rows read = ${rowsAccepted} accepted + ${linesRejected} lines rejected`,
        zh: `${fileName(file, "zh-CN")}：读到 ${rowsRead} 行 = 接受 ${rowsAccepted} + 拒绝 ${linesRejected}`,
      },
      { file: file.file, source: file.source, rowsRead, rowsAccepted, linesRejected },
    );
  }
  for (const table of report.tables) {
    const { rowsMapped, loaded, quarantined, duplicates, superseded, leftOut } = table;
    const more = [
      ...(superseded > 0
        ? [
            {
              en: `${superseded} of the quarantined superseded`,
              zh: `隔离行中 ${superseded} 行已被后来的行取代`,
            },
          ]
        : []),
      ...(leftOut > 0 ? [{ en: `${leftOut} left out by the mapping`, zh: `映射略去 ${leftOut} 行` }] : []),
    ];
    const moreEn = more.length > 0 ? ` (${more.map(({ en }) => en).join(", ")})` : "";
    const moreZh = more.length > 0 ? `（${more.map(({ zh }) => zh).join("，")}）` : "";
    progress.say(
      {
        en: `${table.table}: ${rowsMapped} rows mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates${moreEn}`,
        zh: `${table.table}：映射 ${rowsMapped} 行 = 载入 ${loaded} + 隔离 ${quarantined} + 重复 ${duplicates}${moreZh}`,
      },
      { ...table },
    );
  }
  const beyond = new Set(report.tables.filter(({ share, limit }) => share > limit).map(({ table }) => table));
  for (const reason of await quarantineReasons(db)) {
    const at = [reason.table, reason.column].filter(Boolean).join(".");
    const isBeyond = beyond.has(reason.table);
    const place = reason.place ?? "";
    const line = {
      en: `quarantined ${reason.count}: ${at} ${reason.rule}, ${reason.expected}${after(", found ", foundText(reason, "en", isBeyond))}${place && ` (${place})`}`,
      zh: `隔离 ${reason.count} 行：${at} ${reason.rule}，${ruleText(reason.rule, "zh-CN")}${after("，内容：", foundText(reason, "zh-CN", isBeyond))}${place && `（${place}）`}`,
    };
    const hint = isBeyond || isOften(reason, report) ? refusalHint(reason) : undefined;
    if (isBeyond) progress.warn(line, { ...reason });
    else progress.say(line, { ...reason });
    if (hint) progress.warn(hint, { table: reason.table, column: reason.column });
  }
  for (const { table, rule, column, file, count, sample } of report.warnings) {
    const at = [table, column].filter(Boolean).join(".");
    const [exampleEn, exampleZh] =
      column === null
        ? ["", ""]
        : [`, for example: ${mask(table, column, sample)}`, `，例如：${mask(table, column, sample)}`];
    const [inEn, inZh] = file === null ? ["", ""] : [` (${file})`, `（${file}）`];
    progress.say(
      {
        en: `kept with a warning ${count}: ${at} ${rule}, ${warningText(table, column, rule, "en", report.tables)}${exampleEn}${inEn}`,
        zh: `保留但有警告 ${count} 行：${at} ${rule}，${warningText(table, column, rule, "zh-CN", report.tables)}${exampleZh}${inZh}`,
      },
      { table, rule, column, file, count },
    );
  }
  const broken = report.tables.reduce((sum, table) => sum + table.quarantined, 0);
  const replaced = report.tables.reduce((sum, table) => sum + table.superseded, 0);
  const rejected = report.files.reduce((sum, file) => sum + file.linesRejected, 0);
  if (broken + rejected > 0) {
    const check = beyond.size > 0 ? "check --last-attempt" : "check";
    const [replacedEn, replacedZh] =
      replaced > 0
        ? [
            ` (${replaced} replaced by another row of the same key)`,
            `（其中 ${replaced} 行被同一主键的另一行取代）`,
          ]
        : ["", ""];
    progress.warn(
      {
        en: `in the quarantine: rows ${broken}${replacedEn}, lines ${rejected}; "herringbone ${check}" shows why`,
        zh: `隔离区有 ${broken} 行数据${replacedZh}和 ${rejected} 行原文，herringbone ${check} 会说明原因`,
      },
      { broken, rejected },
    );
  }
  if (report.ignored.length > 0) {
    const files = report.ignored.join(", ");
    progress.say({ en: `not read: ${files}`, zh: `未读取：${files}` });
  }
}

/** Whether rows replace each other more often than a correction now and then does. */
const isOften = ({ table, rule, count }: QuarantineReason, { tables }: StagingReport) =>
  rule === "superseded" && count >= 0.01 * (tables.find((one) => one.table === table)?.rowsMapped ?? 0);

const after = (words: string, text: string) => (text === "" ? "" : words + text);
