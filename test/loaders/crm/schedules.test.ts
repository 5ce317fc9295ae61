import { expect, test } from "vitest";
import { hubspot } from "../../../loaders/hubspot/index.js";
import { salesforce } from "../../../loaders/salesforce/index.js";
import type { Kind } from "../../../loaders/source.js";
import { zendesk } from "../../../loaders/zendesk/index.js";
import { CliError } from "../../../src/run/error.js";
import { salesforceOrg } from "./salesforce.js";
import { type Answer, type Asked, variables, withCrm } from "./server.js";

const ofAccount = (kind: Kind, business_hours: string) =>
  kind.schedule?.(
    "crm",
    {
      url_env: variables.url,
      token_env: variables.token,
      relations: { t: { object: "tickets" } },
      timeout: "1 second",
      business_hours,
    } as never,
    "2027-12-31",
  );
const read = (kind: Kind, name: string, answer: (asked: Asked) => Answer) =>
  withCrm(answer, () => ofAccount(kind, name) ?? Promise.resolve(undefined));
const refused = async (kind: Kind, name: string, answer: (asked: Asked) => Answer) => {
  const error = await read(kind, name, answer).then(
    () => new Error("it was taken"),
    (failure: unknown) => failure,
  );
  if (!(error instanceof CliError)) throw error;
  expect(error.in("zh-CN")).not.toBe(error.message);
  return [error.exitCode, error.message];
};

const north = {
  id: 1,
  name: "North America",
  time_zone: "Pacific Time (US & Canada)",
  updated_at: "2026-02-01T10:00:00Z",
  intervals: [
    { start_time: 1980, end_time: 2460 },
    // From Tuesday's 20:00 to Wednesday's 02:00.
    { start_time: 4080, end_time: 4440 },
    // Saturday up to midnight.
    { start_time: 9600, end_time: 10_080 },
    { start_time: 0, end_time: 60 },
  ],
};
const east = { ...north, id: 2, name: "Shanghai", time_zone: "Beijing" };

const desk =
  (schedules: unknown[], holidays: unknown = []) =>
  ({ path }: Asked): Answer =>
    path.endsWith("/holidays") ? { json: { holidays } } : { json: { schedules } };

test("minutes of Zendesk's week are shifts of its days, its names of zones those of the IANA database", async () => {
  const holidays = [{ id: 9, name: "Year's end", start_date: "2026-12-24", end_date: "2027-01-01" }];
  const found = await read(zendesk, "default", desk([north], holidays));
  expect(found).toEqual({
    id: "1",
    name: "North America",
    timeZone: "America/Los_Angeles",
    hours: [
      { weekday: 1, opens: 540, closes: 1020 },
      { weekday: 2, opens: 1200, closes: 1440 },
      { weekday: 3, opens: 0, closes: 120 },
      { weekday: 6, opens: 960, closes: 1440 },
      { weekday: 7, opens: 0, closes: 60 },
    ],
    holidays: [{ first: "2026-12-24", last: "2027-01-01" }],
    changedAt: "2026-02-01T10:00:00Z",
    unread: [],
  });
  expect((await read(zendesk, "Shanghai", desk([north, east])))?.timeZone).toBe("Asia/Shanghai");
});

test("what cannot be told of an account's schedules is said", async () => {
  expect(await refused(zendesk, "default", desk([north, east]))).toEqual([
    2,
    "sources.yaml: crm.business_hours: the account has no such business hours, or several, or none by default (it has: North America, Shanghai): default",
  ]);
  expect(await refused(zendesk, "West", desk([north]))).toEqual([
    2,
    expect.stringContaining("North America"),
  ]);
  expect(await refused(zendesk, "default", desk([{ ...north, time_zone: "Atlantis" }]))).toEqual([
    1,
    expect.stringContaining("is in a time zone that is not known: Atlantis"),
  ]);
  expect(await refused(zendesk, "default", desk([{ ...north, intervals: [] }]))).toEqual([
    2,
    expect.stringContaining("have no hours: North America"),
  ]);
  expect(await refused(zendesk, "default", () => ({ json: { nothing: [] } }))).toEqual([
    1,
    expect.stringContaining("something else than its data"),
  ]);
  expect(await refused(hubspot, "default", () => ({ json: {} }))).toEqual([
    2,
    expect.stringContaining("HubSpot gives no business hours"),
  ]);
});

const hours = (Id: string, Name: string, more: Record<string, unknown> = {}) => ({
  ...{ Id, Name, IsActive: true, IsDefault: false, TimeZoneSidKey: "Europe/Berlin" },
  ...{ MondayStartTime: "08:30:00.000Z", MondayEndTime: "17:00:00.000Z" },
  ...{ TuesdayStartTime: "00:00:00.000Z", TuesdayEndTime: "00:00:00.000Z" },
  ...{ FridayStartTime: "18:00:00.000Z", FridayEndTime: "00:00:00.000Z" },
  SystemModstamp: "2026-02-03T10:00:00.000+0000",
  ...more,
});
const holiday = (Name: string, more: Record<string, unknown>) => ({
  Id: Name,
  Name,
  IsAllDay: true,
  ...more,
});
const yearly = (Name: string, day: number, month: string) =>
  holiday(Name, {
    ...{ IsRecurrence: true, RecurrenceType: "RecursYearly", RecurrenceStartDate: "2026-01-01" },
    ...{ RecurrenceDayOfMonth: day, RecurrenceMonthOfYear: month },
  });

test("an org's hours come with its holidays, once, of part of a day, and as they recur", async () => {
  const BusinessHours = [
    hours("h1", "Default", { IsDefault: true }),
    hours("h2", "Night"),
    hours("h3", "Old", { IsActive: false }),
  ];
  const Holiday = [
    holiday("Moved", { ActivityDate: "2026-05-04", IsRecurrence: false }),
    holiday("Eve", {
      ...{ ActivityDate: "2026-12-24", IsRecurrence: false, IsAllDay: false },
      ...{ StartTimeInMinutes: 720, EndTimeInMinutes: 0 },
    }),
    yearly("Unity", 3, "October"),
    holiday("Thanks", {
      ...{ IsRecurrence: true, RecurrenceType: "RecursYearlyNth", RecurrenceStartDate: "2026-01-01" },
      // Thursday is the fifth bit.
      ...{ RecurrenceInstance: "Fourth", RecurrenceDayOfWeekMask: 16, RecurrenceMonthOfYear: "November" },
    }),
    holiday("Memorial", {
      ...{ IsRecurrence: true, RecurrenceType: "RecursYearlyNth", RecurrenceStartDate: "2026-01-01" },
      ...{ RecurrenceInstance: "Last", RecurrenceDayOfWeekMask: 2, RecurrenceMonthOfYear: "May" },
      RecurrenceEndDateOnly: "2026-12-31",
    }),
    holiday("Odd", {
      IsRecurrence: true,
      RecurrenceType: "RecursMonthly",
      RecurrenceStartDate: "2026-01-01",
    }),
  ];
  const org = salesforceOrg({ objects: { BusinessHours, Holiday }, pageRows: 2 });
  const found = await read(salesforce, "default", org);
  const one = (day: string) => ({ first: day, last: day });
  expect(found).toMatchObject({
    ...{ id: "h1", timeZone: "Europe/Berlin", changedAt: "2026-02-03T10:00:00.000Z", unread: ["Odd"] },
    hours: [
      { weekday: 1, opens: 510, closes: 1020 },
      { weekday: 2, opens: 0, closes: 1440 },
      { weekday: 5, opens: 1080, closes: 1440 },
    ],
  });
  expect(found?.holidays).toEqual([
    one("2026-05-04"),
    { ...one("2026-12-24"), opens: 720, closes: 1440 },
    // By the calendar: 26 November 2026 and 25 November 2027 are fourth Thursdays, 25 May 2026 a last Monday.
    ...[one("2026-10-03"), one("2027-10-03"), one("2026-11-26"), one("2027-11-25"), one("2026-05-25")],
  ]);
  expect((await read(salesforce, "Night", org))?.id).toBe("h2");
  expect(await refused(salesforce, "Old", org)).toEqual([
    2,
    expect.stringContaining("it has: Default, Night"),
  ]);
});
