import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { width } from "../../src/cli/print/align.js";
import { rowWriter, tableWriter } from "../../src/cli/print/kpiTable.js";
import { isMature, isPartial, periodOf, periodsBetween, startOfDay } from "../../src/kpi/periods.js";
import { type KpiRequest, questionsOf } from "../../src/kpi/request.js";

const { kpis } = readCatalogue("data/catalog");
const ask = (request: Partial<KpiRequest>) =>
  questionsOf({ kpiIds: [], grain: "month", by: [], where: [], ...request }, kpis);
const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("requests", () => {
  it.each(["churn_rate", "客户流失率", "Churn rate", "churn  RATE"])(
    "%s is a KPI by its id or name",
    (name) => {
      expect(ask({ kpiIds: [name] }).map(({ kpi }) => kpi.id)).toEqual(["churn_rate"]);
    },
  );

  it("a KPI that is named twice is asked for once", () => {
    expect(ask({ kpiIds: ["churn_rate", "客户流失率"] })).toHaveLength(1);
  });

  it.each([
    [{ kpiIds: ["chrun_rate"] }, "unknown kpi: chrun_rate (did you mean churn_rate?)"],
    [
      { kpiIds: ["market_share"], by: ["region"] },
      "market_share has no such dimension (it has market): region",
    ],
    [{ by: ["regoin"] }, /unknown dimension \(there are .*\): regoin \(did you mean region\?\)$/],
    [{ kpiIds: ["market_share"], by: ["foo"] }, "unknown dimension (there are market): foo"],
    [{ from: "2026-13" }, "a month is written YYYY-MM: 2026-13"],
    [{ from: "2026-02", to: "2026-01" }, "--from lies after --to: 2026-02 > 2026-01"],
    [{ by: ["owner", "owner_id"] }, "a dimension is asked for twice: owner,owner_id"],
    [{ by: ["market", "region"] }, "no kpi has these dimensions together: market, region"],
  ])("refuses %j", (request, message) => {
    expect(failure(() => ask(request))).toMatchObject({
      exitCode: 2,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  it("without ids asks every KPI that has the dimensions, aliases included", () => {
    expect(ask({ by: ["market"] }).map(({ kpi }) => kpi.id)).toEqual(["market_share_growth", "market_share"]);
    expect(ask({ by: ["agent_id"] }).map(({ kpi }) => kpi.id)).toContain("service_accuracy");
    expect(ask({}).length).toBe(kpis.length);
  });
});

describe("periods", () => {
  it("hold the months named, whole", () => {
    expect(periodOf("2024-02-29", "half")).toEqual({ grain: "half", start: "2024-01-01", end: "2024-07-01" });
    expect(periodsBetween("2025-11", "2026-02", "quarter").map(({ start }) => start)).toEqual([
      "2025-10-01",
      "2026-01-01",
    ]);
    expect(periodsBetween("2026-01", "2026-03", "month")).toHaveLength(3);
    expect(periodsBetween("2025-12-31", "2026-01-01", "year")).toHaveLength(2);
  });

  it("begin at the zone's midnight, summer time or not", () => {
    expect(new Date(startOfDay("2026-01-01", "Asia/Shanghai")).toISOString()).toBe(
      "2025-12-31T16:00:00.000Z",
    );
    expect(new Date(startOfDay("2026-07-01", "Europe/Oslo")).toISOString()).toBe("2026-06-30T22:00:00.000Z");
  });

  it("mature when the horizon of 24-hour days is over, not a moment before", () => {
    const january = periodOf("2024-01", "month");
    const asOf = (day: string, more = 0) => ({
      at: startOfDay(day, "Asia/Shanghai") + more,
      limitsPassedAt: startOfDay(day, "Asia/Shanghai") + more - 86_400_000,
      timeZone: "Asia/Shanghai",
    });
    const horizon = { horizonDays: 90, matures: null };
    expect(isMature(january, asOf("2024-05-01"), horizon, 0)).toBe(true);
    expect(isMature(january, asOf("2024-05-01", -1), horizon, 0)).toBe(false);
    const awaited = { horizonDays: 0, matures: "awaited" as const };
    // 90 days after the end of January is 1 May 00:00
    expect(isMature(january, asOf("2024-05-01", -1), awaited, 1)).toBe(false);
    expect(isMature(january, asOf("2024-05-01"), awaited, 1)).toBe(true);
    expect(isMature(january, asOf("2024-02-01"), awaited, 0)).toBe(true);
    const limits = { horizonDays: 0, matures: "limits" as const };
    expect(isMature(january, asOf("2024-02-02"), limits, 1)).toBe(true);
    expect(isMature(january, asOf("2024-02-02", -1), limits, 0)).toBe(false);
    expect(isPartial(january, asOf("2024-02-01"))).toBe(false);
    expect(isPartial(january, asOf("2024-02-01", -1))).toBe(true);
  });
});

describe("catalogue", () => {
  it("names file and place of a mistake", () => {
    const text = "kpis:\n  - { id: csat, label: { zh: 满意度, en: CSAT }, unit: points }\n";
    expect(failure(() => parseKpis(text, "kpis.yaml"))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("kpis.yaml: kpis.csat."),
    });
  });
});

describe("formats", () => {
  const row = {
    kpi_id: "churn_rate",
    grain: "month" as const,
    period_start: "2026-03-01",
    period_end: "2026-04-01",
    by: { region: 'East, "old"' },
    value: 0.0213,
    numerator: 17,
    denominator: 798,
    n: 798,
    low: 0.0133,
    high: null,
    mature: true,
    partial: false,
    incomplete: false,
    reason: null,
    reason_text: null,
    compare: { value: 0.0198, delta: 0.0015, relative: 0.0758, p: 0.81 },
    target: 0.015,
    status: "off" as const,
    sure: false,
  };

  it("writes RFC 4180", () => {
    const { head, rows } = rowWriter("csv", [{ percentiles: undefined }], ["region"]);
    expect(head + rows([row])).toBe(
      "kpi_id,grain,period_start,period_end,by.region,value,numerator,denominator,n,low,high,mature,partial,incomplete,compare.value,compare.delta,compare.relative,compare.p,reason,reason_text,target,status,sure\r\n" +
        'churn_rate,month,2026-03-01,2026-04-01,"East, ""old""",0.0213,17,798,798,0.0133,,true,false,false,0.0198,0.0015,0.0758,0.81,,,0.015,off,false\r\n',
    );
  });

  it("aligns wide characters and shows percentages, points and what is missing", () => {
    const { block } = tableWriter(kpis, {
      language: "zh-CN",
      by: ["region"],
      compare: "previous",
      label: () => "华东",
    });
    const text = block([row, { ...row, period_start: "2026-04-01", value: null, low: null, partial: true }]);
    const [title, ...lines] = text.split("\n");
    expect(title).toBe("客户流失率 churn_rate（%）");
    expect(lines[1]).toContain("2026年3月");
    expect(lines[1]).toContain("2.13");
    expect(lines[1]).toContain("+0.15");
    expect(lines[2]).toMatch(/–.*未完$/);
    const column = (line: string, mark: string) => width(line.slice(0, line.indexOf(mark)));
    expect(column(lines[1] ?? "", "798")).toBe(column(lines[2] ?? "", "798"));
  });
});
