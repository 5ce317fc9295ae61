import { conditionsText } from "../catalogue/caseConditions.js";
import type { Contributors, Reason } from "../kpi/coverage.js";

type Span = NonNullable<Reason["lookBack"]>;

const words = {
  en: {
    no_table: (names: string) => `no rows of ${names}`,
    no_column: (names: string) => `column not mapped or empty in every row: ${names}`,
    no_kind: (names: string) => `no row of this kind: ${names}`,
    day_precision: (names: string) => `times hold days only: ${names}`,
    before_record: (table: string, day: string) => `before the first record: ${table} begins on ${day}`,
    after_record: (table: string, day: string) =>
      table === "" ? `after the data, which end on ${day}` : `after the last record: ${table} ends on ${day}`,
    few: (count: number, of: Contributors) =>
      `not shown: fewer than ${count} ${of}, or such a figure could be derived from it`,
    no_cases: (conditions: string, against: Reason["against"]) =>
      `no case in the period${against ? `, or nothing ${against === "year" ? "a year" : "the period"} before to grow from` : ""}${conditions && `: it takes ${conditions}`}`,
    incomplete: {
      from: (table: string, day: string) => `incomplete: ${table} recorded from ${day}`,
      to: (table: string, day: string) => `incomplete: ${table} recorded to ${day}`,
    },
    looksBack: ({ days, months }: Span) =>
      `, and it looks back ${months > 0 ? `${months} months` : `${days} days`}`,
    or: " or ",
    list: ", ",
  },
  zh: {
    no_table: (names: string) => `${names} 没有数据行`,
    no_column: (names: string) => `列未映射或全部为空：${names}`,
    no_kind: (names: string) => `没有这一类记录：${names}`,
    day_precision: (names: string) => `时间只精确到日：${names}`,
    before_record: (table: string, day: string) => `早于首条记录：${table} 自 ${day} 起有记录`,
    after_record: (table: string, day: string) =>
      table === "" ? `晚于数据截止日 ${day}` : `晚于最后一条记录：${table} 记录至 ${day}`,
    few: (count: number, of: Contributors) =>
      `不显示：少于 ${count} ${{ customers: "位客户", employees: "名员工", leads: "条线索" }[of]}，或可由此推出这样的数据`,
    no_cases: (conditions: string, against: Reason["against"]) =>
      `期内没有符合条件的记录${against ? `，或${against === "year" ? "去年同期" : "上期"}没有可比的基数` : ""}${conditions && `：须有 ${conditions}`}`,
    incomplete: {
      from: (table: string, day: string) => `记录不全：${table} 自 ${day} 起有记录`,
      to: (table: string, day: string) => `记录不全：${table} 记录至 ${day}`,
    },
    looksBack: ({ days, months }: Span) => `，而此指标回溯 ${months > 0 ? `${months} 个月` : `${days} 天`}`,
    or: " 或 ",
    list: "、",
  },
};

/**
 * A reason in words, naming table, column or day.
 * @param called what a name of the contract is called, a table, `table.column` or `table.column=value`
 * @param dayText how a day is written; by default as in ISO 8601
 */
export function reasonText(
  reason: Reason,
  language: "zh" | "en",
  called: (name: string) => string,
  dayText: (day: string) => string = String,
): string {
  const say = words[language];
  const names = reason.names.map((name) => name.split("|").map(called).join(say.or)).join(say.list);
  const { code, end = "from", lookBack, fewest } = reason;
  const day = reason.day === undefined ? "" : dayText(reason.day);
  const table = reason.table ? called(reason.table) : "";
  const text = (): string => {
    switch (code) {
      case "no_table":
      case "no_column":
      case "no_kind":
      case "day_precision":
        return say[code](names);
      case "no_cases":
        return say.no_cases(conditionsText(reason.names, language, called), reason.against);
      case "few":
        return say.few(fewest?.count ?? 1, fewest?.of ?? "customers");
      case "before_record":
      case "after_record":
        return say[code](table, day);
      case "incomplete":
        return say.incomplete[end](table, day) + (lookBack ? say.looksBack(lookBack) : "");
    }
  };
  // Blanks set off Latin letters and digits from Chinese; a Chinese bracket or date needs none.
  return text()
    .replace(/） (或 )?/g, (_, or) => (or ? "）或" : "）"))
    .replace(/(\d日) /g, "$1")
    .replace(/须有 (?=[一-龥])/, "须有");
}
