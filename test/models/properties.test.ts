import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { Dimension } from "../../src/catalogue/dimensions.js";
import type { KpiValue } from "../../src/kpi/answer.js";
import type { Grain } from "../../src/kpi/periods.js";
import { cellsSql } from "../../src/kpi/query.js";
import type { Stored } from "../../src/kpi/queryRows.js";
import { questionsOf, teamHolder } from "../../src/kpi/request.js";
import { onlyRests } from "../../src/warehouse/cube/windows.js";
import { readCoverage } from "../../src/warehouse/readCoverage.js";
import { isLong } from "../long.js";
import { catalogueOf, oneOfEachKind } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { build, extract } from "./extracts.js";

const shipped = "data/catalog";
const pairs = ["retention_rate", "gross_revenue_retention", "on_time_response_rate", "overdue_responses"];
const catalog = isLong
  ? shipped
  : catalogueOf(oneOfEachKind(readCatalogue(shipped).kpis, pairs), temporaryFolder("properties"));
const { kpis } = readCatalogue(catalog);
const ask = (db: DuckDBConnection, grain: Grain, by: string[] = [], kpiIds: string[] = []) =>
  queryKpis(db, kpis, { kpiIds, grain, by, where: [], from: "2023-01", to: "2024-12", compare: "previous" });

const sum = (list: readonly KpiValue[], key: "numerator" | "denominator") =>
  list.reduce((total, row) => total + (row[key] ?? 0), 0);

const runs = { numRuns: 1, seed: 7, endOnFailure: true };

describe("on any extract", () => {
  it("months sum to quarters, parts to the whole, churn and retention to one; cube and cases agree", async () => {
    let onTime = 0;
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(extract, async (tables) => {
        const db = await build(tables, catalog);
        try {
          await monthsSumToQuarters(db);
          await partsAddUp(db);
          await employeesAddUp(db);
          await numeratorPartsAddUp(db);
          await churnAndRetentionAreOne(db);
          kept += await grossIsLeast(db);
          onTime += await onTimeAndOverdueAreAll(db);
          await cubeIsCases(db);
        } finally {
          db.closeSync();
        }
      }),
      runs,
    );
    expect(onTime).toBeGreaterThan(0);
    expect(kept).toBeGreaterThan(0);
  }, 600_000);

  // In `npm run test:long` for all KPIs.
  it.runIf(isLong)(
    "the order of rows changes nothing",
    async () => {
      await fc.assert(
        fc.asyncProperty(extract, async (tables) => {
          const reversed = Object.fromEntries(
            Object.entries(tables).map(([table, list]) => [table, [...list].reverse()]),
          );
          const [one, other] = [await build(tables, catalog), await build(reversed, catalog)];
          try {
            expect(await ask(one, "month", ["region"])).toEqual(await ask(other, "month", ["region"]));
            expect(await ask(one, "quarter")).toEqual(await ask(other, "quarter"));
          } finally {
            one.closeSync();
            other.closeSync();
          }
        }),
        { ...runs, numRuns: 1 },
      );
    },
    600_000,
  );
});

async function monthsSumToQuarters(db: DuckDBConnection): Promise<void> {
  const additive = kpis.filter((kpi) => kpi.additive && !kpi.all_months).map(({ id: kpi }) => kpi);
  const months = await ask(db, "month", [], additive);
  for (const quarter of await ask(db, "quarter", [], additive)) {
    // One that the record does not hold wholly is made of all its rows, its months before the record of none.
    if (quarter.incomplete) continue;
    const own = months.filter(
      (month) =>
        month.kpi_id === quarter.kpi_id &&
        month.period_start >= quarter.period_start &&
        month.period_start < quarter.period_end,
    );
    expect(sum(own, "numerator")).toBeCloseTo(quarter.numerator ?? 0, 9);
    expect(sum(own, "denominator")).toBeCloseTo(quarter.denominator ?? 0, 9);
  }
}

async function partsAddUp(db: DuckDBConnection): Promise<void> {
  for (const kpi of kpis.filter((each) => !each.all_months)) {
    const stored = await storedOf(db, kpi.id);
    const cellsBy = async (dimension?: Dimension) => {
      const by = dimension ? [{ name: dimension, dimension }] : [];
      const reader = await db.runAndReadAll(cellsSql({ kpi, by, where: new Map() }, "quarter", stored));
      return reader.getRowObjectsJson();
    };
    const slot = ({ role, start_on }: Record<string, unknown>) => `${role} ${start_on}`;
    const whole = new Map((await cellsBy()).map((row) => [slot(row), row]));
    for (const dimension of [...kpi.dimensions, ...kpi.numerator_dimensions]) {
      const parts = new Map<string, { numerator: number; denominators: number[] }>();
      for (const row of await cellsBy(dimension)) {
        const sums = parts.get(slot(row)) ?? { numerator: 0, denominators: [] };
        sums.numerator += Number(row.numerator);
        sums.denominators.push(Number(row.denominator));
        parts.set(slot(row), sums);
      }
      for (const [key, { numerator, denominators }] of parts) {
        const message = `${kpi.id} by ${dimension}, ${key}`;
        expect(numerator, message).toBeCloseTo(Number(whole.get(key)?.numerator), 9);
        const denominator = Number(whole.get(key)?.denominator);
        if (kpi.dimensions.includes(dimension)) {
          expect(
            denominators.reduce((total, each) => total + each, 0),
            message,
          ).toBeCloseTo(denominator, 9);
        } else {
          expect(new Set(denominators), message).toEqual(new Set([denominator]));
        }
      }
      if (kpi.dimensions.includes(dimension)) expect(new Set(parts.keys())).toEqual(new Set(whole.keys()));
    }
  }
}

/** Whoever a KPI belongs to, what employees and teams have of it adds up to the whole as well. */
async function employeesAddUp(db: DuckDBConnection): Promise<void> {
  const owned = kpis.filter(
    (kpi) => !kpi.all_months && kpi.belongs_to !== undefined && kpi.dimensions.includes(kpi.belongs_to),
  );
  expect(owned.length).toBeGreaterThan(0);
  for (const kpi of owned) {
    const whole = await ask(db, "quarter", [], [kpi.id]);
    for (const dimension of ["employee", "team"]) {
      const parts = await ask(db, "quarter", [dimension], [kpi.id]);
      for (const row of whole) {
        const own = parts.filter((part) => part.period_start === row.period_start);
        expect(sum(own, "numerator"), `${kpi.id} by ${dimension}`).toBeCloseTo(row.numerator ?? 0, 9);
        expect(sum(own, "denominator"), `${kpi.id} by ${dimension}`).toBeCloseTo(row.denominator ?? 0, 9);
      }
    }
  }
}

/** Split by a dimension that only the numerator has, every part stands over the whole denominator. */
async function numeratorPartsAddUp(db: DuckDBConnection): Promise<void> {
  for (const kpi of kpis.filter((each) => each.numerator_dimensions.length > 0)) {
    for (const grain of ["month", "quarter"] as const) {
      const whole = await ask(db, grain, [], [kpi.id]);
      const isOwned = kpi.belongs_to !== undefined && kpi.numerator_dimensions.includes(kpi.belongs_to);
      for (const dimension of [...kpi.numerator_dimensions, ...(isOwned ? ["employee", "team"] : [])]) {
        const parts = await ask(db, grain, [dimension], [kpi.id]);
        for (const row of whole) {
          const own = parts.filter(
            (part) => part.period_start === row.period_start && !Object.values(part.by).includes(null),
          );
          expect(sum(own, "numerator"), `${kpi.id} by ${dimension}`).toBeCloseTo(row.numerator ?? 0, 9);
          for (const part of own) expect(part.denominator, kpi.id).toBe(row.denominator);
        }
      }
    }
  }
}

async function storedOf(db: DuckDBConnection, kpiId: string): Promise<Stored> {
  const cuboids = await db.runAndReadAll(`
    select distinct cuboid from marts.kpi_cube where kpi_id = '${kpiId}'
    union select distinct cuboid from marts.kpi_period_cube where kpi_id = '${kpiId}' and not ends_with(cuboid, '${onlyRests}')`);
  const columns = await db.runAndReadAll(`describe marts.${kpiId}`);
  return {
    cuboids: cuboids.getRowsJson().map(([name]) => (name === "all" ? [] : String(name).split(","))),
    columns: columns.getRowsJson().map(([name]) => String(name)),
  };
}

/** Every ticket that is a case of the on-time rate is on time or overdue; how many are on time. */
async function onTimeAndOverdueAreAll(db: DuckDBConnection): Promise<number> {
  const rate = await ask(db, "month", ["channel"], ["on_time_response_rate"]);
  const overdue = await ask(db, "month", ["channel"], ["overdue_responses"]);
  rate.forEach(({ numerator, denominator }, index) => {
    expect((numerator ?? 0) + (overdue[index]?.numerator ?? 0)).toBe(denominator ?? 0);
  });
  return sum(rate, "numerator");
}

async function churnAndRetentionAreOne(db: DuckDBConnection): Promise<void> {
  for (const grain of ["month", "quarter", "half", "year"] as const) {
    const churn = await ask(db, grain, ["segment"], ["churn_rate"]);
    const retention = await ask(db, grain, ["segment"], ["retention_rate"]);
    churn.forEach((row, index) => {
      if (row.value !== null) expect(row.value + (retention[index]?.value ?? 0)).toBeCloseTo(1, 12);
    });
  }
}

/** What is left of the revenue is no more than there was, nor than with what was added; in how many groups it is less. */
async function grossIsLeast(db: DuckDBConnection): Promise<number> {
  let less = 0;
  for (const grain of ["month", "quarter", "half", "year"] as const) {
    const net = await ask(db, grain, ["region"], ["net_revenue_retention"]);
    const gross = await ask(db, grain, ["region"], ["gross_revenue_retention"]);
    expect(gross.map(({ denominator, n }) => [denominator, n])).toEqual(
      net.map(({ denominator, n }) => [denominator, n]),
    );
    gross.forEach(({ value }, index) => {
      if (value === null) return;
      expect(value).toBeLessThanOrEqual(1);
      expect(value).toBeLessThanOrEqual(net[index]?.value ?? Number.NaN);
      if (value < Math.min(1, net[index]?.value ?? 0)) less += 1;
    });
  }
  return less;
}

/** Without stored cuboids a query reads the cases. */
async function cubeIsCases(db: DuckDBConnection): Promise<void> {
  const published = ["segment", "region", "channel", "type"];
  const split = (kpiIds: string[], by: readonly string[]) =>
    questionsOf({ kpiIds, grain: "month", by, where: [] }, kpis);
  const additiveSplits = kpis.filter((kpi) => kpi.additive && kpi.numerator_dimensions.length > 0);
  const questions = [
    ...split([], ["segment"]),
    ...split([], ["department"]),
    ...split([], ["team"]),
    ...additiveSplits.flatMap(({ id: kpi, numerator_dimensions }) => split([kpi], numerator_dimensions)),
  ];
  for (const question of questions) {
    // Of a KPI that the extract has nothing of no cube is kept.
    if ((await readCoverage(db, question.kpi)).lacking) continue;
    const { columns } = await storedOf(db, question.kpi.id);
    const [by] = question.by.map(({ dimension }) => dimension);
    const cross = question.kpi.dimensions.filter((name) => published.includes(name));
    const kept = by === "team" ? (teamHolder(question.kpi) ?? by) : by;
    const cuboid = kept && !cross.includes(kept) ? [kept] : cross;
    const cells = async (cuboids: string[][]) => {
      const reader = await db.runAndReadAll(cellsSql(question, "half", { cuboids, columns }));
      return reader
        .getRowObjectsJson()
        .filter((row) => [row.numerator, row.denominator, row.awaiting].some((value) => Number(value) !== 0))
        .map((row) =>
          [
            row.role,
            row.start_on,
            row.by_0,
            ...[row.numerator, row.denominator, row.n, row.sum_sq, row.awaiting].map((value) =>
              Number(Number(value).toPrecision(12)),
            ),
          ].join(" "),
        )
        .sort();
    };
    expect(await cells([cuboid]), `${question.kpi.id} by ${by}`).toEqual(await cells([]));
  }
}
