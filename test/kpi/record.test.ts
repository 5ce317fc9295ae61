import { describe, expect, it } from "vitest";
import { addDays } from "../../src/kpi/periods.js";
import { type DayRows, type RecordOptions, tableRecord } from "../../src/kpi/record.js";

/** One row on each of `count` days from `first` on, `gap` days apart. */
const every = (first: string, count: number, gap = 1, rows = 1): DayRows[] =>
  Array.from({ length: count }, (_, index) => [addDays(first, index * gap), rows]);

const recordOf = (days: readonly DayRows[], options: Partial<RecordOptions> = {}) =>
  tableRecord(days, {
    table: "tickets",
    asOfDay: days.at(-1)?.[0] ?? "2026-06-30",
    newest: null,
    given: { from: null, to: null },
    ...options,
  });

describe("the first day recorded", () => {
  it.each([
    // Ten days, nine gaps of 1: known, so the 2nd is put back to the 1st, the 3rd is not.
    ["the 2nd of a daily table", every("2025-03-02", 10), "2025-03-01"],
    ["the 3rd of a daily table", every("2025-03-03", 10), "2025-03-03"],
    // Nine days are too few to know.
    ["the 2nd of nine days", every("2025-03-02", 9), "2025-03-02"],
    // Every other day, from the 30th: 29 days after the 1st.
    ["the 30th of every other day", every("2025-03-30", 200, 2), "2025-03-30"],
    ["the 3rd of every other day", every("2025-03-03", 200, 2), "2025-03-01"],
    ["the 8th of a weekly table", every("2025-03-08", 12, 7), "2025-03-01"],
    ["the 9th of a weekly table", every("2025-03-09", 12, 7), "2025-03-09"],
    ["one row", every("2025-03-15", 1), "2025-03-15"],
    ["the first of a month", every("2025-03-01", 1), "2025-03-01"],
  ])("is of %s", (_, days, from) => {
    expect(recordOf(days).covers_from).toBe(from);
  });

  it("takes 19 of 20 gaps for usual", () => {
    // Twenty gaps: 19 of 1 and one of 5 → 1. Then two of 5 in 21 gaps: 19 ÷ 21 is below 95 %, 5 is usual.
    const days = [...every("2025-03-05", 20), ...every("2025-03-29", 1)];
    expect(recordOf(days)).toMatchObject({ usual_gap: 1, covers_from: "2025-03-05" });
    expect(recordOf([...days, ...every("2025-04-03", 1)])).toMatchObject({
      usual_gap: 5,
      covers_from: "2025-03-01",
    });
  });

  it("is that of sources.yaml where it gives one, of an empty table too", () => {
    const given = { from: "2024-01-01", to: null };
    expect(recordOf(every("2025-03-30", 20), { given })).toMatchObject({
      covers_from: "2024-01-01",
      given_from: "2024-01-01",
      stray: null,
    });
    expect(recordOf([], { given }).covers_from).toBe("2024-01-01");
    expect(recordOf([]).covers_from).toBeNull();
  });
});

describe("stray rows", () => {
  // 300 days of 1 row; a row 31 days before them is 1 of 301: 0.33 %.
  const table = every("2025-01-01", 300);

  it("stand before a gap of more than 30 days and three times the longest in the year after it", () => {
    expect(recordOf([["2024-12-01", 1], ...table])).toMatchObject({
      covers_from: "2025-01-01",
      stray: { rows: 1, first: "2024-12-01", last: "2024-12-01" },
    });
    // 30 days are no more than 30.
    expect(recordOf([["2024-12-02", 1], ...table])).toMatchObject({ covers_from: "2024-12-01", stray: null });
    // Every 20 days for two years: three times is 60 days.
    const slow = every("2025-01-01", 40, 20, 10);
    expect(recordOf([["2024-11-02", 1], ...slow]).stray).toBeNull();
    expect(recordOf([["2024-11-01", 1], ...slow]).stray).toMatchObject({ rows: 1 });
  });

  it("are fewer than 1 % of the table", () => {
    expect(recordOf([["2010-01-01", 3], ...table]).stray).toMatchObject({ rows: 3 });
    // 3 of 300 are 1 %.
    expect(recordOf([["2010-01-01", 3], ...every("2025-01-01", 297)]).stray).toBeNull();
  });

  it("may stand apart from each other, and look a year ahead alone", () => {
    const two: DayRows[] = [
      ["2001-01-01", 1],
      ["2012-06-01", 1],
    ];
    expect(recordOf([...two, ...table]).stray).toEqual({ rows: 2, first: "2001-01-01", last: "2012-06-01" });
    // A gap of 100 days two years later is no reason to keep a row of 60 days before.
    const late = [...every("2025-01-01", 800), ...every("2027-06-20", 30)];
    expect(recordOf([["2024-11-01", 1], ...late]).stray).toMatchObject({ rows: 1 });
  });
});

describe("an ended table", () => {
  // Daily from 1 January to 10 March 2026: 69 days in three months. Usual gap 1.
  const daily = every("2026-01-01", 69);

  it.each([
    // The 10th is 7 days before the 17th: quiet, not ended. On the 18th it has ended.
    ["2026-03-17", null],
    ["2026-03-18", "2026-03-11"],
  ])("lies further back than 7 days: as of %s", (asOfDay, until) => {
    expect(recordOf(daily, { asOfDay }).covers_until).toBe(until);
  });

  it("lies further back than three times the longest gap that reaches into its last 365 days", () => {
    // A holiday of 10 days: ended after more than 30.
    const holiday = [...every("2026-01-01", 40), ...every("2026-02-19", 20)];
    expect(recordOf(holiday, { asOfDay: "2026-04-09" }).covers_until).toBeNull();
    expect(recordOf(holiday, { asOfDay: "2026-04-10" }).covers_until).toBe("2026-03-11");
    // A gap of 100 days more than a year ago does not count, one that reaches into the 365 days does.
    const before = (end: string) => [...every(addDays(end, -110), 10), ...every(end, 364)];
    const old = before("2025-03-11");
    expect(old.at(-1)?.[0]).toBe("2026-03-09");
    expect(recordOf(old, { asOfDay: "2026-03-20" }).covers_until).toBeNull();
    const older = [...every("2024-10-01", 10), ...every("2025-03-08", 367)];
    expect(older.at(-1)?.[0]).toBe("2026-03-09");
    expect(recordOf(older, { asOfDay: "2026-03-20" }).covers_until).toBe("2026-03-10");
  });

  it("has 20 days in 3 months of them", () => {
    // 19 days; 20 in two months; 20 in three.
    const asOfDay = "2026-12-31";
    expect(recordOf(every("2026-01-25", 19, 3), { asOfDay }).covers_until).toBeNull();
    expect(recordOf(every("2026-02-01", 20, 2), { asOfDay }).covers_until).toBeNull();
    expect(recordOf(every("2026-01-25", 20, 2), { asOfDay }).covers_until).not.toBeNull();
  });

  it("covers its last month where no more than the usual gap is left of it", () => {
    const asOfDay = "2026-12-31";
    expect(recordOf(every("2026-01-01", 89), { asOfDay }).covers_until).toBe("2026-04-01");
    expect(recordOf(every("2026-01-01", 90), { asOfDay }).covers_until).toBe("2026-04-01");
    // To 30 and 31 March; on the 29th two days are left.
    expect(recordOf(every("2026-01-01", 88), { asOfDay })).toMatchObject({
      covers_until: "2026-03-30",
      ended_on: "2026-03-29",
    });
  });

  it("waits for the newest time of any kind where a later one dates the cases", () => {
    const asOfDay = "2026-03-18";
    expect(recordOf(daily, { asOfDay, newest: "2026-03-12" })).toMatchObject({
      covers_until: "2026-03-11",
      later_covers_until: null,
    });
    expect(recordOf(daily, { asOfDay: "2026-03-25", newest: "2026-03-12" })).toMatchObject({
      covers_until: "2026-03-11",
      later_covers_until: "2026-03-13",
    });
  });

  it("is never one of those that may well be quiet, and what sources.yaml says comes first", () => {
    const asOfDay = "2026-12-31";
    expect(recordOf(daily, { asOfDay, neverEnds: true }).covers_until).toBeNull();
    const given = { from: null, to: "2026-06-30" };
    expect(recordOf(daily, { asOfDay, given })).toMatchObject({ covers_until: "2026-07-01", ended_on: null });
    expect(recordOf(daily, { asOfDay: "2026-06-30", given }).covers_until).toBeNull();
  });
});
