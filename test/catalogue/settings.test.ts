import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { asOfSql, readSettings } from "../../src/catalogue/settings.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("settings");

const withFile = (content: string) => {
  writeFileSync(join(folder, "settings.yaml"), content);
  return () => readSettings(folder);
};

describe("readSettings", () => {
  it("fills in defaults", () => {
    expect(withFile("inactivity_days: 90\n")()).toMatchObject({
      language: "zh-CN",
      time_zone: "Asia/Shanghai",
      churn_rule: "auto",
      inactivity_days: 90,
    });
    expect(withFile("")().inactivity_days).toBe(180);
    expect(withFile("")().publish_names).toBe(false);
  });

  it("takes some limits over and keeps the others", () => {
    const { response_limits, business_calendar } = withFile(
      "response_limits: { complaints: { serious: 60 }, channels: { phone: 3 } }\n",
    )();
    expect(response_limits).toEqual({
      complaints: { very_serious: 30, serious: 60, general: 480 },
      channels: {
        phone: 3,
        email: 480,
        online: 5,
        wechat: 15,
        social: 60,
        visit: 1440,
        fax: 1440,
        other: 480,
      },
    });
    expect(business_calendar).toBeUndefined();
  });

  it("reads the shipped settings, whose examples are the defaults", () => {
    const shipped = readSettings("data/catalog");
    expect(shipped).toEqual(withFile("")());
    const example = readFileSync("data/catalog/settings.yaml", "utf8").replace(/^# {2}/gm, "");
    expect(withFile(example)().business_calendar).toMatchObject({
      hours: {
        monday: [
          { opens: 510, closes: 720 },
          { opens: 810, closes: 1050 },
        ],
      },
      holidays: [
        { first: "2026-10-01", last: "2026-10-07" },
        { first: "2027-01-01", last: "2027-01-01" },
      ],
      make_up_days: [
        { date: "2026-09-27", like: "monday" },
        { date: "2026-10-10", like: "friday" },
      ],
    });
  });

  it.each([
    ["time_zone: Asia/Peking\n", "settings.yaml: time_zone: not a time zone"],
    ["inactivity_days: 0\n", "settings.yaml: inactivity_days"],
    ["inactivity_dais: 90\n", "inactivity_dais"],
    ["language: [\n", "settings.yaml: "],
    ["response_limits: { channels: { phone: 0 } }\n", "settings.yaml: response_limits.channels.phone: "],
    ["response_limits: { complaints: { seriuos: 60 } }\n", "seriuos"],
    [
      "business_calendar: { hours: { monday: [9-17] } }\n",
      'settings.yaml: business_calendar.hours.monday.0: not hours like 09:00-12:30: "9-17"',
    ],
    ["business_calendar: { holidays: [2026-10-01] }\n", "settings.yaml: business_calendar.hours: "],
  ])("names file and key of a mistake: %j", (content, message) => {
    expect(withFile(content)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
    );
  });
});

describe("asOfSql", () => {
  it("takes a day through its end in the time zone, and an instant as it is", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    await db.run("set TimeZone = 'UTC'");
    const utc = async (text: string, zone: string) =>
      (await db.runAndReadAll(`select cast(${asOfSql(text, zone)} as varchar)`)).value(0, 0);
    expect(await utc("2026-06-30", "Asia/Shanghai")).toBe("2026-06-30 16:00:00+00");
    expect(await utc("2024-02-29", "Europe/Berlin")).toBe("2024-02-29 23:00:00+00");
    expect(await utc("2026-06-30T18:00:00+08:00", "Asia/Shanghai")).toBe("2026-06-30 10:00:00+00");
    db.closeSync();
    instance.closeSync();
  });

  it.each(["2026-02-30", "yesterday", "2026-06-30T18:00:00", "2026-06-30'; drop table x; --"])(
    "refuses %j",
    (text) => {
      expect(() => asOfSql(text, "Asia/Shanghai")).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );
});
