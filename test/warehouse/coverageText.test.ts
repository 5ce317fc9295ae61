import { expect, it } from "vitest";
import type { TableRecord } from "../../src/kpi/record.js";
import { recordTexts } from "../../src/warehouse/coverageText.js";

it("tables recorded over the same days are named together, in Chinese by their labels", () => {
  const record = (table: string, from: string, until: string | null = null) =>
    ({ table, covers_from: from, covers_until: until }) as TableRecord;
  const records = [
    record("orders", "2024-01-01"),
    record("tickets", "2024-02-01", "2024-05-01"),
    record("survey_answers", "2024-01-01"),
  ];
  expect(recordTexts(records, [], "2024-06-30")).toEqual([
    {
      en: "orders, survey_answers: 2024-01-01 to 2024-06-30",
      zh: "订单行、满意度回答：2024-01-01 至 2024-06-30",
    },
    { en: "tickets: 2024-02-01 to 2024-04-30", zh: "工单：2024-02-01 至 2024-04-30" },
  ]);
});
