import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseCondition, conditionsUnmet } from "../../src/catalogue/caseConditions.js";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { type Coverage, uncovered } from "../../src/kpi/coverage.js";
import { periodOf } from "../../src/kpi/periods.js";
import { noCase, settleIn } from "../../src/kpi/settle.js";
import { noCases } from "../../src/kpi/value.js";
import { toldReason } from "../../src/words/toldReason.js";

const file = "data/catalog/kpis.yaml";
const marts = "src/models/marts";
const files = readdirSync(marts, { recursive: true, encoding: "utf8" });
const kpis = parseKpis(readFileSync(file, "utf8"), file);

/** The conditions on a case that a model's last `where` sets, as the catalogue writes them. */
function ofModel(id: string): string[] {
  const file = files.find((name) => basename(name) === `${id}.sql`) ?? id;
  const sql = readFileSync(join(marts, file), "utf8");
  const [, from = "", where = ""] = /\nfrom intermediate\.(\w+) as \w+\n(?:where ([^;]+))?$/.exec(sql) ?? [];
  const tables = { answers: "survey_answers", order_lines: "orders", resolved_tickets: "tickets" };
  const table = { ...tables, fault_repairs: "tickets" }[from] ?? from;
  const own = from === "fault_repairs" ? ["type=repair", "asset_id", "fault_code"] : [];
  const resolved = from === "resolved_tickets" ? ["resolved_at"] : [];
  const set = where.split(/\s+and /).flatMap((text) => {
    const [, column = "", is = ""] = /^\w+\.(\w+) (.+?)\s*$/s.exec(text) ?? [];
    const values = [...is.matchAll(/'(\w+)'/g)].map(([, value]) => value).join("|");
    if (values !== "") return `${column}${is.startsWith("is distinct") ? "!=" : "="}${values}`;
    return is === "is not null" ? column.replace(/_on$/, "_at") : [];
  });
  return [...own, ...resolved, ...set].map((condition) => `${table}.${condition}`);
}

describe("what makes a row a case", () => {
  it("is named whole: every condition that a KPI's model sets stands in cases_by", () => {
    const told = kpis.filter(({ cases_by: conditions }) => conditions !== undefined);
    const lacking = told
      .filter(({ id }) => !["win_rate"].includes(id))
      .flatMap(({ id, cases_by: conditions = [] }) =>
        ofModel(id)
          .filter((condition) => !conditions.includes(condition))
          .map((condition) => `${id}: ${condition}`),
      );
    expect(lacking).toEqual([]);
    expect(ofModel("csat")).toEqual(["survey_answers.survey=periodic", "survey_answers.dimension=overall"]);
    expect(ofModel("average_response_time")).toEqual(["tickets.type=request|repair|complaint"]);
    expect(ofModel("fault_recurrence_rate")).toHaveLength(4);
    expect(kpis.find(({ id }) => id === "win_rate")?.cases_by).toEqual([
      "opportunities.closed_at",
      "opportunities.won",
    ]);
  });

  it("is told beside its number by what it is: no KPI counts mere cases", () => {
    const counts = (id: string) => kpis.find((kpi) => kpi.id === id)?.counts;
    expect(kpis.filter((kpi) => kpi.counts.en === "cases").map(({ id }) => id)).toEqual([]);
    // n = customers with a contract before the period (DECISIONS.md, Contracts).
    for (const id of ["net_revenue_retention", "gross_revenue_retention"])
      expect(counts(id)).toEqual({ zh: "客户", en: "customers" });
  });

  it("is a filled column, one of several, or values", () => {
    expect(caseCondition("a.b|a.c")).toEqual({ columns: ["a.b", "a.c"], operator: null, values: [] });
    expect(caseCondition("a.b=c|d")).toEqual({ columns: ["a.b"], operator: "=", values: ["c", "d"] });
    expect(caseCondition("a.b!=c").operator).toBe("!=");
    const shipped = readFileSync(file, "utf8");
    const text = (conditions: string) => shipped.replace(/cases_by: .*/, `cases_by: ${conditions}`);
    for (const wrong of ["[orders]", "[orders.nothing]", "[orders.revenue|orders.cost=1]", "orders.cost"]) {
      expect(() => parseKpis(text(wrong), file), wrong).toThrow(/cases_by/);
    }
  });
});

describe("of the conditions on a case", () => {
  const conditions = ["survey_answers.survey=periodic", "survey_answers.dimension=overall"];
  const facts = (...kinds: string[]) => ({
    columns: new Map([
      ["survey_answers.survey", "filled" as const],
      ["survey_answers.dimension", "filled" as const],
      ["tickets.first_response_at", "empty" as const],
      ["tickets.type", "filled" as const],
    ]),
    kinds: new Set(kinds),
  });

  it("those are named that no row meets; all where each is met by some", () => {
    const answers = (survey: string, dimension: string) =>
      conditionsUnmet(
        conditions,
        facts(`survey_answers.survey=${survey}`, `survey_answers.dimension=${dimension}`),
      );
    expect(answers("after_sales", "overall")).toEqual([conditions[0]]);
    expect(answers("periodic", "price")).toEqual([conditions[1]]);
    expect(answers("after_sales", "price")).toEqual(conditions);
    expect(answers("periodic", "overall")).toEqual(conditions);
    const waits = ["tickets.type!=praise", "tickets.first_response_at"];
    expect(conditionsUnmet(waits, facts("tickets.type=repair"))).toEqual([waits[1]]);
  });

  it("both languages tell every one, and a growth of what it has to grow from", () => {
    const told = (names: string[], against: "year" | null = null) => {
      const reason = noCase({ ...uncovered, casesBy: names, against });
      return (["en", "zh-CN"] as const).map((language) => toldReason(reason, language).reason_text);
    };
    expect(told(conditions)).toEqual([
      "no case in the period: it takes survey_answers.survey=periodic and survey_answers.dimension=overall",
      "期内没有符合条件的记录：须有满意度回答（survey_answers.survey=periodic 且 survey_answers.dimension=overall）",
    ]);
    expect(told(["tickets.type!=praise", "tickets.first_contact_resolved|tickets.handling_count"])).toEqual([
      "no case in the period: it takes tickets.type≠praise and tickets.first_contact_resolved or tickets.handling_count",
      "期内没有符合条件的记录：须有工单（tickets.type≠praise 且 tickets.first_contact_resolved 或 tickets.handling_count）",
    ]);
    expect(told([])).toEqual(["no case in the period", "期内没有符合条件的记录"]);
    expect(told(["orders.ordered_at"], "year")).toEqual([
      "no case in the period, or nothing a year before to grow from: it takes orders.ordered_at",
      "期内没有符合条件的记录，或去年同期没有可比的基数：须有订单行（orders.ordered_at）",
    ]);
  });

  it("no case is said only where there is none", () => {
    const period = periodOf("2026-05-01", "month");
    const known = {
      asOf: { timeZone: "UTC", at: Date.parse("2026-06-01"), limitsPassedAt: Date.parse("2026-06-01") },
      asOfDay: "2026-05-31",
    };
    const noRange: [null, null] = [null, null];
    const told = (given: Partial<Coverage>, n: number) => {
      const coverage = { ...uncovered, casesBy: ["orders.ordered_at"], ...given };
      const kpi = { kind: "growth", range: noRange, horizon_days: null, matures: null, coverage } as const;
      const { reason } = settleIn(kpi, period, known)({ ...noCases, numerator: 4, n });
      return (["en", "zh-CN"] as const).map((language) => reason && toldReason(reason, language).reason_text);
    };
    expect(told({}, 3)).toEqual([
      "there are cases, but what they are divided by is not above 0",
      "有符合条件的记录，但分母合计不大于 0",
    ]);
    expect(told({ against: "previous" }, 3)).toEqual([
      "nothing the period before to grow from",
      "上期没有可比的基数",
    ]);
    expect(told({ everyMonth: true, against: "year" }, 0)).toEqual([
      "no case in the period or in one of its months, or nothing a year before to grow from: it takes orders.ordered_at",
      "期内或其中某个月没有符合条件的记录，或去年同期没有可比的基数：须有订单行（orders.ordered_at）",
    ]);
    expect(told({}, 0)[0]).toBe("no case in the period: it takes orders.ordered_at");
  });
});
