import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { asOfSql, readSettings } from "../../src/warehouse/settings.js";

const folder = mkdtempSync(join(tmpdir(), "herringbone-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
  });

  it.each([
    ["time_zone: Asia/Peking\n", "settings.yaml: time_zone: not a time zone"],
    ["inactivity_days: 0\n", "settings.yaml: inactivity_days"],
    ["inactivity_dais: 90\n", "inactivity_dais"],
    ["language: [\n", "settings.yaml: "],
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
