import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Cube, readCube } from "../../reports/components/data/cube.js";
import { groupedSeries, type Point, seriesOf } from "../../reports/components/data/series.js";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { KpiValue } from "../../src/kpi/answer.js";
import { type ReasonCode, reasonCodes } from "../../src/kpi/coverage.js";
import { addDays, type Grain, grains } from "../../src/kpi/periods.js";
import { publishEntries } from "../../src/publish/publish.js";
import type { Build, Catalogue } from "../../src/published/siteTypes.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { isLong } from "../long.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("coverage");

const { kpis } = readCatalogue("data/catalog");
/** Pages and command line are compared in what both show: companies of one or two customers hide all their splits. */
const allShown = join(folder, "catalog");
mkdirSync(allShown);
writeFileSync(join(allShown, "settings.yaml"), "min_cell: 1\n");
const inputs = "test/cases/inputs";

/** What a page reads of a warehouse. */
async function published(warehouse: string) {
  const entries = await publishEntries({ HERRINGBONE_WAREHOUSE: warehouse });
  const bytes = (path: string) => entries.find((entry) => entry.path === path)?.bytes ?? new Uint8Array();
  const json = (path: string) => JSON.parse(Buffer.from(bytes(path)).toString("utf8"));
  const cubes = new Map<string, Cube>();
  const cube = (path: string) => {
    const known = cubes.get(path) ?? readCube(bytes(path));
    cubes.set(path, known);
    return known;
  };
  return { build: json("build.json") as Build, catalogue: json("catalogue.json") as Catalogue, cube };
}

const answered = (row: KpiValue) => ({
  start: row.period_start,
  value: row.value,
  low: row.low,
  high: row.high,
  n: row.n,
  partial: row.partial,
  mature: row.mature,
  incomplete: row.incomplete,
  reason: row.reason,
});

const shown = ({ start, value, low, high, n, partial, mature, incomplete, reason }: Point) => ({
  start,
  value,
  low,
  high,
  n,
  partial,
  mature,
  incomplete,
  reason: reason?.code ?? null,
});

/** Numbers of two ways of adding up. */
const near = (rows: readonly object[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === "number" ? Number(value.toPrecision(10)) : value,
      ]),
    ),
  );

const seen = new Set<ReasonCode | null>();

const folders: [name: string, data: () => string, asOf?: string][] = [
  ["before-the-first-record", () => join(inputs, "before-the-first-record"), "2024-06-30"],
  ["left-truncation", () => join(inputs, "left-truncation")],
  ["day-precision", () => join(inputs, "day-precision-as-zero-minutes"), "2026-01-10"],
  ["unmapped-column/tickets", () => join(inputs, "unmapped-column", "tickets")],
  ["site-needs", () => join(inputs, "site-needs")],
  ["a table that ended", ended, "2025-07-15"],
];

/** Daily tickets to 20 March 2025, none of them a complaint; orders to 15 July. */
function ended(): string {
  const data = join(folder, "ended");
  mkdirSync(data);
  const days = (first: string, count: number) =>
    Array.from({ length: count }, (_, index) => addDays(first, index));
  const write = (name: string, lines: string[]) => writeFileSync(join(data, name), `${lines.join("\n")}\n`);
  write("customers.csv", [
    "customer_id,name,region,acquired_on",
    "k1,K,East,2023-05-01",
    "k2,L,West,2024-12-31",
  ]);
  write("tickets.csv", [
    "ticket_id,customer_id,type,channel,created_at,first_response_at",
    ...days("2024-12-05", 106).map(
      (day, at) => `t${at},k${1 + (at % 2)},request,phone,${day}T10:00:00,${day}T10:0${at % 7}:00`,
    ),
  ]);
  write("orders.csv", [
    "order_id,line_no,customer_id,ordered_at,revenue",
    ...days("2024-01-02", 561).map((day, at) => `o${at},1,k${1 + (at % 2)},${day}T12:00:00,100`),
  ]);
  return data;
}

/** Months of every KPI, and by turns its quarters, half-years or years; in `npm run test:long` all of them. */
const grainsOf = (at: number): readonly Grain[] =>
  isLong ? grains : ["month", (["quarter", "half", "year"] as const)[at % 3] ?? "year"];

describe.each(folders)("%s", (name, data, asOf) => {
  const warehouse = join(folder, `${name.replace("/", "-")}.duckdb`);

  it("pages show what kpi says, of every KPI and period, whole and by region", async () => {
    const options = {
      dataDir: data(),
      catalogDir: [allShown, "data/catalog"],
      warehouse,
      now: new Date("2026-07-01T00:00:00Z"),
    };
    await buildWarehouse({ ...options, ...(asOf === undefined ? {} : { asOf }) }, silent);
    const { build, catalogue, cube } = await published(warehouse);
    await withWarehouse(warehouse, async (db) => {
      for (const [at, kpi] of catalogue.kpis.entries()) {
        const ask = (grain: Grain, by: string[]) =>
          queryKpis(db, kpis, { kpiIds: [kpi.id], grain, by, where: [], withoutPercentiles: true });
        for (const grain of grainsOf(at)) {
          const rows = await ask(grain, []);
          for (const { reason } of rows) seen.add(reason);
          const own = { grain, where: { kpi_id: [kpi.id] as const } };
          const points = seriesOf(build, kpi, cube("totals.arrow"), own);
          expect(near(points.map(shown)), `${kpi.id} ${grain}`).toEqual(near(rows.map(answered)));
        }
        if (!kpi.published.cross.includes("region") || kpi.coverage.lacking) continue;
        const groups = groupedSeries(build, kpi, cube(`cube/${kpi.id}.arrow`), { grain: "month" }, [
          "region",
        ]);
        const rows = await ask("month", ["region"]);
        for (const [region, points] of groups) {
          const own = rows.filter(({ by }) => by.region === region);
          if (own.length === 0) continue;
          expect(near(points.map(shown)), `${kpi.id} by ${region}`).toEqual(near(own.map(answered)));
        }
      }
    });
  }, 240_000);

  it("compares with the same periods as kpi", async () => {
    const { build, catalogue, cube } = await published(warehouse);
    await withWarehouse(warehouse, async (db) => {
      for (const [at, kpi] of catalogue.kpis.entries()) {
        const points = seriesOf(build, kpi, cube("totals.arrow"), {
          grain: "month",
          where: { kpi_id: [kpi.id] },
        });
        for (const compare of (["previous", "year"] as const).filter(
          (_, kind) => isLong || at % 2 === kind,
        )) {
          const request = { kpiIds: [kpi.id], grain: "month" as const, by: [], where: [], compare };
          const rows = await queryKpis(db, kpis, { ...request, withoutPercentiles: true });
          const told = rows.map((row) => ({ start: row.period_start, delta: row.compare?.delta ?? null }));
          const drawn = points.map((point) => ({
            start: point.start,
            delta: (compare === "year" ? point.lastYear : point.previous)?.delta ?? null,
          }));
          expect(near(drawn), `${kpi.id} ${compare}`).toEqual(near(told));
        }
      }
    });
  }, 240_000);
});

it("met every reason", () => {
  // What is of few is withheld only from what is published, and never a total.
  const asked = reasonCodes.filter((code) => code !== "few");
  expect([...seen].filter((code) => code !== null).sort()).toEqual(asked.sort());
});
