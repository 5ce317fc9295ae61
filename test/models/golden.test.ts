import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { KpiValue } from "../../src/kpi/answer.js";
import type { Grain } from "../../src/kpi/periods.js";
import { remembered } from "../../src/warehouse/open.js";
import { broken, published, rules } from "../integrity/rules.js";
import { isLong } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { buildCase } from "./fixture.js";

const { kpis } = readCatalogue("data/catalog");
const folder = "test/models/cases";
const scratch = temporaryFolder("golden");

/** The KPIs that a case has figures of; in `npm run test:long` the rules of integrity are asked of all others as well, in every third case. */
function catalogueOf(name: string): string {
  const asked = new Set(expectedRows(name).map(({ kpi_id = "" }) => kpi_id));
  return isLong ? "data/catalog" : smallCatalogue([...asked], join(scratch, name));
}

for (const name of readdirSync(folder).filter((_, at) => !isLong || at % 3 === 0)) {
  describe(name, () => {
    let db: DuckDBConnection;
    beforeAll(async () => {
      db = await buildCase(`${folder}/${name}`, catalogueOf(name));
    }, 60_000);
    afterAll(() => db.closeSync());

    const answers = new Map<string, Promise<KpiValue[]>>();
    for (const expected of expectedRows(name)) {
      const { kpi_id = "", grain = "", period_start = "", by = "" } = expected;
      it(`${kpi_id} ${grain} ${period_start} ${by}`, async () => {
        const split = by
          .split(",")
          .filter(Boolean)
          .map((each) => each.split("="));
        const dimensions = split.map(([dimension]) => dimension ?? "");
        const isAlike = (each: Record<string, string>) => each.kpi_id === kpi_id && each.grain === grain;
        const months = expectedRows(name)
          .filter(isAlike)
          .map((each) => each.period_start?.slice(0, 7) ?? "");
        const question = {
          kpiIds: [kpi_id],
          grain: grain as Grain,
          from: months.toSorted()[0] ?? "",
          to: months.toSorted().at(-1) ?? "",
          by: dimensions,
          where: [],
          compare: "previous" as const,
        };
        // Rows of one question are asked for together.
        const key = JSON.stringify(question);
        const answer = answers.get(key) ?? remembered(db, () => queryKpis(db, kpis, question));
        answers.set(key, answer);
        const row = (await answer).find(
          (each) =>
            each.period_start === period_start && split.every(([key = "", word]) => each.by[key] === word),
        ) as KpiValue;
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

    it("no rule of integrity is broken", async () => {
      const built = await published(db);
      // Only a build of files keeps what it loaded and refused.
      for (const rule of rules.filter(({ sql }) => !sql.includes("ingest."))) {
        expect(await broken(rule, built), rule.name).toEqual([]);
      }
    });
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
