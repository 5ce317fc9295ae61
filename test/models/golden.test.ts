import { readdirSync, readFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KpiValue } from "../../src/kpi/answer.js";
import type { Grain } from "../../src/kpi/periods.js";
import { readCatalogue } from "../../src/warehouse/catalogueFiles.js";
import { queryKpis } from "../../src/warehouse/queryKpis.js";
import { buildFolder, type FixtureOptions } from "./fixture.js";

/** How each folder of cases is built; as_of is the end of the newest day otherwise. */
const options: Record<string, FixtureOptions> = {
  status: { asOf: "2026-04-30" },
  inactivity: { asOf: "2026-01-28", settings: { churn_rule: "inactivity" } },
  tickets: { asOf: "2024-03-31" },
  leads: { asOf: "2024-05-15" },
  market: { asOf: "2025-04-30" },
  sales: { asOf: "2025-02-14" },
  midday: { asOf: "2024-03-15T12:00:00+08:00" },
  staff: { asOf: "2024-06-30" },
  opportunities: { asOf: "2024-05-15" },
  channels: { asOf: "2024-02-20" },
  surveys: { asOf: "2024-03-31" },
};

const { kpis } = readCatalogue("data/catalog");
const folder = "test/models/cases";

for (const name of readdirSync(folder)) {
  describe(name, () => {
    let db: DuckDBConnection;
    beforeAll(async () => {
      db = await buildFolder(`${folder}/${name}`, options[name]);
    });
    afterAll(() => db.closeSync());

    for (const row of expectedRows(name)) {
      const [kpi_id, grain, start, by, value, numerator, denominator, n, mature, partial, low, high] = row;
      it(`${kpi_id} ${grain} ${start} ${by}`, async () => {
        const split = (by ?? "")
          .split(",")
          .filter(Boolean)
          .map((each) => each.split("="));
        const month = (start ?? "").slice(0, 7);
        const rows = await queryKpis(db, kpis, {
          kpiIds: [kpi_id ?? ""],
          grain: grain as Grain,
          from: month,
          to: month,
          by: split.map(([dimension]) => dimension ?? ""),
          where: [],
        });
        const found = rows.find((each) =>
          split.every(([key = "", word]) => each.by[key] === word),
        ) as KpiValue;
        expect(found).toBeDefined();
        const number = (text: string | undefined) => (text ? Number(text) : null);
        expect(found.value === null ? null : Number(found.value.toPrecision(14))).toEqual(
          value ? Number(Number(value).toPrecision(14)) : null,
        );
        expect(found).toMatchObject({
          period_start: start,
          numerator: numerator ? expect.closeTo(Number(numerator), 9) : null,
          denominator: denominator ? expect.closeTo(Number(denominator), 9) : null,
          n: number(n) ?? 0,
          mature: mature === "true",
          partial: partial === "true",
          ...(low ? { low: interval(low), high: interval(high) } : {}),
        });
      });
    }
  });
}

/** An end of the 95 % interval as `expected.csv` writes it: empty is not looked at, `none` is null. */
const interval = (text: string | undefined) => (text === "none" ? null : expect.closeTo(Number(text), 9));

/** The rows of `expected.csv` without its head and comments; commas inside quotes stay. */
function expectedRows(name: string): string[][] {
  return readFileSync(`${folder}/${name}/expected.csv`, "utf8")
    .split("\n")
    .slice(1)
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
    );
}
