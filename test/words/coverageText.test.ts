import { expect, it } from "vitest";
import type { TableRecord } from "../../src/kpi/record.js";
import { recordNotes, recordText, recordTexts } from "../../src/words/coverageText.js";
import { dayText } from "../../src/words/figureText.js";
import { both } from "./said.js";

const chineseDay = (iso: string) => dayText(iso, "zh-CN");

const record = (table: string, from: string, until: string | null = null) =>
  ({ table, covers_from: from, covers_until: until, stray: null, ended_on: null }) as TableRecord;

it("tables recorded over the same days are named together, in Chinese by their labels", () => {
  const records = [
    record("orders", "2024-01-01"),
    record("tickets", "2024-02-01", "2024-05-01"),
    record("survey_answers", "2024-01-01"),
  ];
  const texts = (day: (iso: string) => string) => recordTexts(records, [], "2024-06-30", day).map(both);
  expect(texts((iso) => dayText(iso, "en")).map(({ en }) => en)).toEqual([
    "orders, survey_answers: 1 Jan 2024 to 30 Jun 2024",
    "tickets: 1 Feb 2024 to 30 Apr 2024",
  ]);
  expect(texts(chineseDay).map(({ zh }) => zh)).toEqual([
    "订单行、满意度回答：2024年1月1日 至 2024年6月30日",
    "工单：2024年2月1日 至 2024年4月30日",
  ]);
});

it("days are words on pages, and as they are set on the command line", () => {
  const ended = {
    ...record("tickets", "2024-02-01", "2024-05-01"),
    ended_on: "2024-04-12",
    stray: { rows: 1, first: "1999-12-31", last: "1999-12-31" },
  } as TableRecord;
  expect(both(recordText(ended, [], "2024-06-30")).en).toBe("tickets: 2024-02-01 to 2024-04-30");
  expect(recordNotes(ended).map((note) => both(note).en)).toEqual([
    "tickets: 1 stray row of 1999-12-31 lies long before the others; the record begins on 2024-02-01",
    "tickets: ended, its newest row is of 2024-04-12; its KPIs have no value after 2024-04-30; where it only had no news since, a later covers_to for tickets in sources.yaml vouches for it",
  ]);
  expect(recordNotes(ended, chineseDay).map((note) => both(note).zh)).toEqual([
    "工单（tickets）：1 行（1999年12月31日）远早于其余各行，属零散记录；记录自 2024年2月1日 起",
    "工单（tickets）：已中断，最新一行在 2024年4月12日；其指标在 2024年4月30日 之后没有值；若此后只是没有新记录，可在 sources.yaml 中为该表写上更晚的 covers_to 来担保",
  ]);
});
