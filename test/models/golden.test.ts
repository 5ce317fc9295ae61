import { readdirSync, readFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KpiValue } from "../../src/kpi/answer.js";
import type { Grain } from "../../src/kpi/periods.js";
import { businessCalendarSchema } from "../../src/warehouse/businessCalendar.js";
import { readCatalogue } from "../../src/warehouse/catalogueFiles.js";
import { queryKpis } from "../../src/warehouse/queryKpis.js";
import { responseLimitsSchema } from "../../src/warehouse/responseLimits.js";
import { buildFolder, type FixtureOptions } from "./fixture.js";

const longDay = ["09:00-12:00", "13:00-18:00"];
const shortDay = ["09:00-12:00", "13:00-17:00"];

/** How each folder of cases is built; as_of is the end of the newest day otherwise. */
const options: Record<string, FixtureOptions> = {
  status: { asOf: "2026-04-30" },
  inactivity: { asOf: "2026-01-28", settings: { churn_rule: "inactivity" } },
  tickets: { asOf: "2024-03-31" },
  leads: { asOf: "2024-05-15" },
  market: { asOf: "2025-04-30" },
  sales: { asOf: "2025-02-14" },
  midday: { asOf: "2024-03-15T12:00:00+08:00" },
  staff: { asOf: "2024-06-30", coversFrom: { employees: "2024-01-01" } },
  opportunities: { asOf: "2024-05-15" },
  channels: { asOf: "2024-02-20" },
  surveys: { asOf: "2024-03-31" },
  responses: { asOf: "2024-03-31" },
  contracts: { asOf: "2024-06-15" },
  early_history: { asOf: "2024-06-30" },
  unanswered: { asOf: "2024-01-31" },
  resolutions: { asOf: "2024-06-30" },
  repairs: { asOf: "2024-06-30" },
  complaints: {
    asOf: "2024-05-10",
    coversFrom: { tickets: "2024-01-01", customer_status: "2024-01-01" },
  },
  calendar: {
    asOf: "2024-05-14",
    settings: {
      response_limits: responseLimitsSchema.parse({ channels: { phone: 30, visit: 960, fax: 960 } }),
      business_calendar: businessCalendarSchema.parse({
        hours: { monday: longDay, tuesday: longDay, wednesday: longDay, thursday: longDay, friday: shortDay },
        holidays: ["2024-05-01/2024-05-03"],
        make_up_days: ["2024-04-28", { date: "2024-05-11", like: "friday" }],
      }),
    },
  },
};

const { kpis } = readCatalogue("data/catalog");
const folder = "test/models/cases";

for (const name of readdirSync(folder)) {
  describe(name, () => {
    let db: DuckDBConnection;
    beforeAll(async () => {
      db = await buildFolder(`${folder}/${name}`, options[name]);
    }, 60_000);
    afterAll(() => db.closeSync());

    for (const expected of expectedRows(name)) {
      const { kpi_id = "", grain = "", period_start = "", by = "" } = expected;
      it(`${kpi_id} ${grain} ${period_start} ${by}`, async () => {
        const split = by
          .split(",")
          .filter(Boolean)
          .map((each) => each.split("="));
        const month = period_start.slice(0, 7);
        const rows = await queryKpis(db, kpis, {
          kpiIds: [kpi_id],
          grain: grain as Grain,
          from: month,
          to: month,
          by: split.map(([dimension]) => dimension ?? ""),
          where: [],
          compare: "previous",
        });
        const row = rows.find((each) => split.every(([key = "", word]) => each.by[key] === word)) as KpiValue;
        expect(row).toBeDefined();
        expect(precise(row.value)).toEqual(expected.value ? precise(Number(expected.value)) : null);
        expect(row).toMatchObject({
          period_start,
          numerator: expected.numerator ? expect.closeTo(Number(expected.numerator), 9) : null,
          denominator: expected.denominator ? expect.closeTo(Number(expected.denominator), 9) : null,
          n: Number(expected.n),
          mature: expected.mature === "true",
          partial: expected.partial === "true",
        });
        const found = { ...row, previous: row.compare?.value };
        for (const key of ["low", "high", "median", "p90", "open", "previous"] as const) {
          const text = expected[key];
          if (!text) continue;
          expect(found[key], key).toEqual(text === "null" ? null : expect.closeTo(Number(text), 8));
        }
      });
    }
  });
}

const precise = (value: number | null) => (value === null ? null : Number(value.toPrecision(14)));

/**
 * The rows of `expected.csv` by the names of its head, without comments; commas inside quotes stay. What the interval
 * and the columns after it leave empty is not asserted; `null` is.
 */
function expectedRows(name: string): Record<string, string>[] {
  const lines = readFileSync(`${folder}/${name}/expected.csv`, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [head = [], ...rows] = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
  );
  return rows.map((cells) => Object.fromEntries(head.map((key, index) => [key, cells[index] ?? ""])));
}
