import type { DuckDBConnection } from "@duckdb/node-api";
import { cubeDimensions, type Kpi } from "../../catalogue/kpis.js";
import type { Progress } from "../../run/progress.js";
import { told } from "../../words/told.js";
import type { BuildCache } from "../kept/buildCache.js";
import type { Model } from "../modelFiles.js";
import { prepareGrowth } from "./growth.js";
import { fillHolders } from "./holders.js";
import type { Prints } from "./keptMonths.js";
import { fillMonths } from "./months.js";
import { nestedSources } from "./nested.js";
import { fillPercentiles, groupPercentiles } from "./percentiles.js";
import { fillPeriods } from "./periods.js";
import { dropScratch } from "./scratch.js";
import { caseSource, groupSources } from "./source.js";
import { cubeTables } from "./tables.js";
import { prepareWindows } from "./windows.js";

/**
 * Fills `marts.kpi_cube`, `marts.kpi_period_cube`, `marts.kpi_percentiles` and `marts.holders` from the KPIs' case models.
 * @param release called between steps with the KPIs whose cases are still to be read
 */
export async function buildCubes(
  db: DuckDBConnection,
  models: readonly Model[],
  kpis: readonly Kpi[],
  published: readonly string[],
  progress: Progress,
  release: (left: readonly Kpi[]) => Promise<void>,
  cache?: BuildCache,
): Promise<void> {
  for (const sql of cubeTables(cubeDimensions(kpis))) await db.run(sql);
  await fillHolders(db, kpis);
  const dated = kpis.filter((kpi) => kpi.cases === "months");
  await prepareWindows(db);
  await prepareGrowth(db);
  const sources = await Promise.all(
    dated.map((kpi) =>
      caseSource(db, kpi, models.find(({ relation }) => relation === `marts.${kpi.id}`) as Model),
    ),
  );
  const groups = groupSources(sources);
  const printed = new Map<string, Prints | undefined>();
  const steps = [
    ...groups.map((group) => ({
      name: "cube.step" as const,
      kpis: group.map(({ kpi }) => kpi),
      fill: async () => {
        const all = [...group, ...(await nestedSources(db, group))];
        const prints = await fillMonths(db, all, published, cache);
        for (const { kpi } of group) printed.set(kpi.id, prints);
      },
    })),
    ...kpis
      .filter(({ cases }) => cases === "periods")
      .map((kpi) => ({
        name: "cube.step" as const,
        kpis: [kpi],
        fill: () => fillPeriods(db, kpi, published, cache),
      })),
    ...groupPercentiles(groups).map((group) => ({
      name: "percentiles.step" as const,
      kpis: group.map(({ kpi }) => kpi),
      fill: () => fillPercentiles(db, group, cache, printed.get(group[0]?.kpi.id ?? "")),
    })),
  ];
  for (const [index, { name, kpis: own, fill }] of steps.entries()) {
    progress.step(told(name, { ids: own.map(({ id }) => id).join(", ") }));
    await inOneCommit(db, fill);
    await release(steps.slice(index + 1).flatMap((step) => step.kpis));
  }
  await dropScratch(db, "growth_parts", "windows");
}

/** The disk waits for each commit, while what one holds stays in memory. */
async function inOneCommit(db: DuckDBConnection, fill: () => Promise<void>): Promise<void> {
  await db.run("begin");
  await fill();
  await db.run("commit");
}
