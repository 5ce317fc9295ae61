import { expect, it } from "vitest";
import type { Schedule } from "../../loaders/index.js";
import { rememberSchedule } from "../../src/catalogue/accountSchedule.js";
import {
  businessTimeAt,
  type DatedCalendar,
  writeBusinessStretches,
} from "../../src/catalogue/businessCalendar.js";
import { createCarried } from "../../src/warehouse/carried.js";
import { emptyStaging, stage } from "../models/fixture.js";

const minute = 60_000_000;
const week = (opens: number, closes: number) =>
  [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: opens * 60, closes: closes * 60 }));
const office: Schedule = {
  ...{ id: "1", name: "Office", timeZone: "Europe/Berlin", unread: [], holidays: [], changedAt: null },
  hours: week(9, 17),
};

async function calendarDb() {
  const db = await emptyStaging();
  await createCarried(db);
  return db;
}

it("what builds saw one after the other holds from the account's change on, or from the day that saw it", async () => {
  const db = await calendarDb();
  const saw = async (day: string, more: Partial<Schedule>) => {
    const given = { source: "crm", schedule: { ...office, ...more } };
    const dated = await rememberSchedule(db, given, new Date(`${day}T12:00:00Z`));
    return dated.map(({ validFrom, hours, holidays }) => [validFrom, hours[0]?.closes, holidays.length]);
  };
  const long = { hours: week(9, 18) };
  const off = [{ first: "2026-05-01", last: "2026-05-01" }];
  // The first holds for all the time before: the account tells nothing of it.
  expect(await saw("2026-03-01", {})).toEqual([[null, 1020, 0]]);
  expect(await saw("2026-03-05", {})).toEqual([[null, 1020, 0]]);
  // Seen on the 9th, changed on the 7th.
  expect(await saw("2026-03-09", { ...long, changedAt: "2026-03-07T08:00:00Z" })).toEqual([
    [null, 1020, 0],
    ["2026-03-07", 1080, 0],
  ]);
  // A holiday does not move the time of change, which lies before the hours were last seen: from today on.
  expect(await saw("2026-04-02", { ...long, holidays: off, changedAt: "2026-03-07T08:00:00Z" })).toEqual([
    [null, 1020, 0],
    ["2026-03-07", 1080, 0],
    ["2026-04-02", 1080, 1],
  ]);
  // Of two on a day the later.
  expect((await saw("2026-04-02", { ...long, changedAt: "2026-03-07T08:00:00Z" })).at(-1)).toEqual([
    "2026-04-02",
    1080,
    0,
  ]);
  // Another account's, or another schedule of it, has a past of its own.
  expect(await saw("2026-04-03", { id: "2" })).toEqual([[null, 1020, 0]]);
});

/** Business minutes between two instants, of a company in Shanghai. */
async function minutesBy(calendars: readonly DatedCalendar[], pairs: readonly (readonly [string, string])[]) {
  const db = await emptyStaging();
  await stage(
    db,
    "tickets",
    "select 't' as ticket_id, 'inquiry' as type, 'fax' as channel, '2026-03-01T08:00:00' as created_at",
    "Asia/Shanghai",
  );
  await db.run("create schema if not exists config");
  const asOf = "timestamptz '2026-04-10 00:00:00+08'";
  await writeBusinessStretches(db, calendars, { timeZone: "Asia/Shanghai", asOf });
  const days = await db.runAndReadAll(
    "select count(*) from config.business_stretches where day_on <> cast(timezone('Asia/Shanghai', from_at) as date) or until_at > timezone('Asia/Shanghai', cast(day_on + 1 as timestamp))",
  );
  expect(Number(days.value(0, 0))).toBe(0);
  return Promise.all(
    pairs.map(async ([from, to]) => {
      const [one, other] = [from, to].map((at) => businessTimeAt(`timestamptz '${at}'`));
      const found = await db.runAndReadAll(`select (${other} - ${one}) / ${minute}`);
      return Number(found.value(0, 0));
    }),
  );
}

it("business time goes by the hours that held, in their own zone, less what is off", async () => {
  const dated = (
    validFrom: string | null,
    hours: DatedCalendar["hours"],
    holidays: DatedCalendar["holidays"] = [],
  ) => ({
    ...{ validFrom, timeZone: "Europe/Berlin", hours, holidays, makeUpDays: [] },
  });
  const calendars = [
    dated("2026-03-17", week(8, 18), [
      { first: "2026-03-20", last: "2026-03-20" },
      { first: "2026-03-23", last: "2026-03-23", opens: 720, closes: 1440 },
    ]),
    dated(null, week(9, 17)),
  ];
  expect(
    await minutesBy(calendars, [
      // All of Monday, then of Tuesday, on which other hours begin: 8 and 10 hours.
      ["2026-03-16 00:00:00+01", "2026-03-17 00:00:00+01"],
      ["2026-03-17 00:00:00+01", "2026-03-18 00:00:00+01"],
      // Over Shanghai's midnight (17:00 in Berlin) without a break.
      ["2026-03-17 16:50:00+01", "2026-03-17 17:10:00+01"],
      // A Friday off, and a Monday off from noon: four hours.
      ["2026-03-19 18:00:00+01", "2026-03-23 00:00:00+01"],
      ["2026-03-23 00:00:00+01", "2026-03-24 00:00:00+01"],
      // Berlin's clocks went forward on 29 March: the day begins an hour sooner for Shanghai.
      ["2026-03-30 00:00:00+02", "2026-03-30 09:00:00+02"],
    ]),
  ).toEqual([480, 600, 20, 0, 240, 60]);
});
