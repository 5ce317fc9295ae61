import { describe, expect, it } from "vitest";
import {
  type BusinessCalendar,
  businessCalendarSchema,
  businessTimeAt,
  businessTimeBefore,
} from "../../src/catalogue/businessCalendar.js";
import { issueText } from "../../src/catalogue/issueText.js";
import { responseLimitsSchema } from "../../src/catalogue/responseLimits.js";
import { writeSettings } from "../../src/catalogue/settings.js";
import { worded } from "../../src/words/wording.js";
import { emptyStaging, stage } from "../models/fixture.js";

const shifts = ["09:00-12:00", "13:00-18:00"];
const office = {
  hours: { monday: shifts, tuesday: shifts, wednesday: shifts, thursday: shifts, friday: shifts },
};
const minute = 60_000_000;

/** A database with the calendar's stretches from the first ticket's day to as_of. */
async function calendarOf(
  calendar: BusinessCalendar,
  run: { firstTicket: string; asOf: string; zone?: string; longest?: number },
) {
  const time_zone = run.zone ?? "Asia/Shanghai";
  const db = await emptyStaging();
  await stage(
    db,
    "tickets",
    `select 't' as ticket_id, 'inquiry' as type, 'fax' as channel, '${run.firstTicket}T08:00:00' as created_at`,
    time_zone,
  );
  await writeSettings(
    db,
    {
      language: "en",
      time_zone,
      churn_rule: "auto",
      inactivity_days: 180,
      published_dimensions: [],
      publish_budget_bytes: 2_000_000,
      publish_names: false,
      record_floor: "1970-01-01",
      currency: "CNY",
      publish_persons: true,
      min_cell: 5,
      keep_builds: 5,
      block: [],
      response_limits: responseLimitsSchema.parse({
        channels: { visit: run.longest ?? 480, fax: run.longest ?? 480 },
      }),
      business_calendar: calendar,
    },
    { buildId: "test", now: new Date(), asOf: run.asOf },
  );
  const value = async (sql: string) =>
    (await db.runAndReadAll(`select cast(${sql} as varchar)`)).value(0, 0) as string;
  const at = (local: string) => `timezone('${time_zone}', timestamp '${local}')`;
  return {
    minutes: async (from: string, to: string) =>
      Number(await value(`${businessTimeAt(at(to))} - ${businessTimeAt(at(from))}`)) / minute,
    backFrom: (local: string, minutes: number) =>
      value(`timezone('${time_zone}', ${businessTimeBefore(at(local), minutes * minute)})`),
    passed: () => value(`(select timezone('${time_zone}', limits_passed_at) from config.settings)`),
  };
}

describe("business time", () => {
  it("runs in the shifts of working days only", async () => {
    const { minutes } = await calendarOf(
      businessCalendarSchema.parse({
        ...office,
        holidays: ["2024-05-01/2024-05-03"],
        make_up_days: ["2024-05-11"],
      }),
      { firstTicket: "2024-04-25", asOf: "2024-05-14" },
    );
    expect(await minutes("2024-04-26T17:50:00", "2024-04-29T09:10:00")).toBe(20);
    expect(await minutes("2024-04-26T11:30:00", "2024-04-26T13:30:00")).toBe(60);
    expect(await minutes("2024-04-26T12:10:00", "2024-04-26T12:50:00")).toBe(0);
    expect(await minutes("2024-04-30T18:00:00", "2024-05-06T09:00:00")).toBe(0);
    expect(await minutes("2024-05-10T18:00:00", "2024-05-13T09:00:00")).toBe(480);
    expect(await minutes("2024-04-29T00:00:00", "2024-04-30T00:00:00")).toBe(480);
  });

  it("keeps shifts that meet, night shifts and whole days whole", async () => {
    const { minutes } = await calendarOf(
      businessCalendarSchema.parse({
        hours: {
          monday: ["22:00-24:00", "08:00-12:00", "12:00-14:00"],
          tuesday: ["00:00-06:00"],
          wednesday: ["00:00-24:00"],
        },
      }),
      { firstTicket: "2024-04-29", asOf: "2024-05-05" },
    );
    expect(await minutes("2024-04-29T08:00:00", "2024-04-29T14:30:00")).toBe(360);
    expect(await minutes("2024-04-29T23:00:00", "2024-04-30T07:00:00")).toBe(420);
    expect(await minutes("2024-04-29T00:00:00", "2024-05-03T00:00:00")).toBe(480 + 360 + 1440);
  });

  it("counts what the clocks skip and repeat as it passes", async () => {
    const { minutes } = await calendarOf(
      businessCalendarSchema.parse({ hours: { sunday: ["00:00-06:00"] } }),
      { firstTicket: "2024-03-30", asOf: "2024-10-28", zone: "Europe/Berlin" },
    );
    expect(await minutes("2024-03-31T00:00:00", "2024-04-01T00:00:00")).toBe(300);
    expect(await minutes("2024-10-27T00:00:00", "2024-10-28T00:00:00")).toBe(420);
    const skipped = await calendarOf(
      businessCalendarSchema.parse({ hours: { sunday: ["02:30-03:10", "04:00-05:00"] } }),
      { firstTicket: "2024-03-30", asOf: "2024-04-14", zone: "Europe/Berlin" },
    );
    expect(await skipped.minutes("2024-03-31T03:40:00", "2024-04-01T00:00:00")).toBe(60);
    expect(await skipped.minutes("2024-04-07T00:00:00", "2024-04-08T00:00:00")).toBe(100);
  });

  it("leads back from an instant to the last from which so much has passed", async () => {
    const { backFrom, passed } = await calendarOf(
      businessCalendarSchema.parse({ ...office, holidays: ["2024-05-01/2024-05-03"] }),
      { firstTicket: "2024-04-25", asOf: "2024-05-07", longest: 960 },
    );
    expect(await backFrom("2024-05-06T10:00:00", 60)).toBe("2024-05-06 09:00:00");
    expect(await backFrom("2024-05-06T10:00:00", 61)).toBe("2024-04-30 17:59:00");
    expect(await backFrom("2024-05-06T13:30:00", 30)).toBe("2024-05-06 13:00:00");
    // 6 and 7 May are the 960 minutes; they begin on 6 May at 9, so that April is final and was not an hour before.
    expect(await passed()).toBe("2024-05-06 09:00:00");
    expect(await backFrom("2024-05-07T17:59:00", 960)).toBe("2024-04-30 17:59:00");
    // Nothing is known of the time before the first ticket's day.
    expect(await backFrom("2024-04-26T10:00:00", 10_000)).toBe("2024-04-25 00:00:00");
  });
});

describe("a calendar's mistakes", () => {
  it.each([
    [{ hours: {} }, "no day has hours"],
    [{ hours: { monday: ["9-17"] } }, "not hours like 09:00-12:30"],
    [{ hours: { monday: ["17:00-09:00"] } }, "closes before it opens"],
    [{ hours: { monday: ["09:00-12:00", "11:00-13:00"] } }, "shifts overlap"],
    [{ hours: { moonday: shifts } }, "moonday"],
    [{ ...office, holidays: ["2024-13-01"] }, "not a day like 2026-10-01"],
    [
      { ...office, holidays: ["2024-05-01/2024-05-02/2024-05-03"] },
      "neither a day nor the first and last of some",
    ],
    [{ ...office, holidays: ["2024-05-03/2024-05-01"] }, "ends before it begins"],
    [{ ...office, make_up_days: ["11 May"] }, "neither a day nor { date"],
    [
      { ...office, make_up_days: [{ date: "2024-05-11", like: "saturday" }] },
      "saturday has no hours to work on 2024-05-11",
    ],
    [{ ...office, make_up_days: ["2024-05-11", "2024-05-11"] }, "listed twice: 2024-05-11"],
    [{ ...office, holidays: ["2024-05-11"], make_up_days: ["2024-05-11"] }, "a holiday as well: 2024-05-11"],
  ])("%j is refused", (calendar, message) => {
    const result = businessCalendarSchema.safeParse(calendar, { reportInput: true });
    expect(result.success).toBe(false);
    const said = result.error?.issues.map((issue) => worded(issueText(issue, businessCalendarSchema), "en"));
    expect(said?.join()).toContain(message);
  });
});
