import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkText } from "../../src/words/checkText.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("check");
const warehouse = join(folder, "warehouse.duckdb");

const run = commandLine({ warehouse });

beforeAll(async () => {
  mkdirSync(join(folder, "data"));
  writeFileSync(
    join(folder, "data", "customers.csv"),
    `customer_id,name,acquired_on,employees\nC1,Secret Name,2026-01-01,7\nC2,,2026-01-01,7\nC3,n,2026-01-01,Händler\nC4,"n,2026-01-01\n${Array.from({ length: 90 }, (_, index) => `D${index},n,2026-01-01,7\n`).join("")}`,
  );
  const { code, err } = await run("build", "--quiet", "--data", join(folder, "data"));
  expect(err).not.toContain("Secret");
  expect(code).toBe(0);
});

describe("check", () => {
  it("gives both equations with their numbers, the quarantine by rule and what has no data", async () => {
    const { code, out } = await run("check", "--format", "json");
    const report = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.files).toContainEqual(
      expect.objectContaining({
        file: "customers.csv",
        rows_read: 94,
        rows_accepted: 93,
        lines_rejected: 1,
        holds: true,
      }),
    );
    expect(report.tables).toContainEqual(
      expect.objectContaining({
        table: "customers",
        rows_mapped: 93,
        loaded: 91,
        quarantined: 2,
        duplicates: 0,
        holds: true,
      }),
    );
    expect(
      report.quarantine.map(({ column, rule, place }: Record<string, string>) => [column, rule, place]),
    ).toEqual([
      ["employees", "int", "customers.csv:4"],
      ["name", "required", "customers.csv:3"],
      [null, "broken_quoting", "customers.csv:5"],
    ]);
    expect(report.kpis_without_data).toContainEqual(
      expect.objectContaining({ kpi_id: "first_response_time", reason: "no_table", names: ["tickets"] }),
    );
    expect(report.sources).toContainEqual(
      expect.objectContaining({ source: "extracts", newest_row: "2026-01-01" }),
    );
  });

  it("tells the catalogue's files from the extracts", async () => {
    const { out } = await run("check", "--lang", "en");
    expect(out).toContain("weights.csv (of the catalogue, no extract): 40 = 40 + 0");
    expect(out).toContain("customers.csv: 94 = 93 + 1");
    const zh = await run("check", "--lang", "zh-CN");
    expect(zh.out).toContain("weights.csv（目录中的文件，不是数据）：40 = 40 + 0");
  });

  it("says the same in either language", async () => {
    const english = (await run("check", "--lang", "en")).out;
    expect(english).toContain("customers.csv: 94 = 93 + 1");
    expect(english).toContain("1 × customers.employees int: not a whole number, for example: Händler");
    expect(english).toContain("first_response_time: no rows of tickets");
    const chinese = (await run("check", "--lang", "zh-CN")).out;
    expect(chinese).toContain("customers：93 = 91 + 2 + 0");
    expect(chinese).toContain("不是整数");
    expect(chinese.split("\n").length).toBe(english.split("\n").length);
  });

  it("counts the fields of a refused line in Chinese words", async () => {
    const report = JSON.parse((await run("check", "--format", "json")).out);
    const line = { ...report.quarantine[0], column: null, rule: "ragged", sample: "17 fields" };
    const nothing = { kpis: [], scorecards: [], grades: [] };
    expect(checkText({ ...report, quarantine: [line] }, nothing, "zh-CN")).toContain("例如：17 个字段");
    expect(checkText({ ...report, quarantine: [line] }, nothing, "en")).toContain("for example: 17 fields");
  });
});
