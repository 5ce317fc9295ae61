import { gzipSync } from "node:zlib";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { tables } from "../published/documents.js";
import type { PublishedTable } from "../published/tables.js";
import { stopIfInterrupted } from "../run/interrupt.js";
import { append } from "../statistics/extremes.js";
import { nestedKpis } from "../warehouse/cube/nested.js";
import { arrowStream, type PublishedColumn } from "./arrow.js";
import { combined, createCells, cuboidsByKpi, type KpiCuboids } from "./cells.js";
import {
  type Cells,
  crossTables,
  recentTable,
  rowCounts,
  type Split,
  singlesTables,
  totalsTable,
} from "./cubes.js";
import { hideEmpty } from "./emptyGroups.js";
import { hideCells } from "./hidden.js";
import { partsTable, splitsOfParts } from "./parts.js";
import { shareDecisions } from "./unshown.js";
import { wordsOf } from "./words.js";
import type { ZipEntry } from "./zip.js";

export interface PublishOptions {
  kpis: readonly Kpi[];
  /** The dimensions that combine. */
  published: readonly Dimension[];
  /** Largest compressed size of one table. */
  budgetBytes: number;
  /** The KPIs as the cubes were made of them, where not all of their dimensions are published. */
  whole?: readonly Kpi[];
  /** The fewest people that a split may tell of. */
  minCell: number;
  /** Whether employees may be told of one by one. */
  withPersons: boolean;
}

export interface Published {
  entries: ZipEntry[];
  tables: PublishedTable[];
}

/**
 * Lays out all that may be published of the cubes, and decides what of it is hidden, on a connection that then is asked for it.
 * @returns the cuboids, and the dimensions that combine
 */
export async function decideCells(
  db: DuckDBConnection,
  options: PublishOptions,
): Promise<{ cuboids: Map<string, KpiCuboids>; dimensions: Dimension[] }> {
  const nested = options.minCell > 1 ? await nestedKpis(db, options.kpis) : [];
  const hiding = { ...options, kpis: [...options.kpis, ...nested] };
  const cuboids = await cuboidsByKpi(db, hiding);
  const dimensions = combined(cuboids);
  await createCells(db, hiding, cuboids);
  await hideCells(db, { ...hiding, dimensions });
  for (const { id } of nested) {
    await db.run(`delete from cells where kpi_id = '${id}'::word`);
    cuboids.delete(id);
  }
  await hideEmpty(db, { ...options, dimensions });
  await shareDecisions(db, dimensions);
  return { cuboids, dimensions };
}

/**
 * Takes what was decided out of the warehouse as the site's Arrow tables: the totals of all KPIs, which every page loads,
 * two tables a KPI, which only its own page loads: the dimensions that combine, and the others one at a
 * time; and the parts of those KPIs whose values do not add up. A table over the budget gives up dimensions until it fits.
 */
export async function publishCubes(
  db: DuckDBConnection,
  cuboids: Map<string, KpiCuboids>,
  options: PublishOptions,
): Promise<Published> {
  const published: Published = { entries: [], tables: [] };
  const cells = { db, words: await wordsOf(db) };
  put(published, tables.totals, await totalsTable(cells, cuboids), [], []);
  put(published, tables.recent, await recentTable(cells, cuboids), [], []);
  for (const some of batchesOf(cuboids, await rowCounts(cells))) {
    const [crosses, singles] = [await crossTables(cells, some), await singlesTables(cells, some)];
    for (const split of some) {
      stopIfInterrupted();
      await publishCross(cells, split, crosses.get(split.kpi) ?? [], options, published);
      await publishSingles(cells, split, singles.get(split.kpi) ?? [], options, published);
    }
  }
  await publishParts(db, options, published);
  return published;
}

async function publishParts(
  db: DuckDBConnection,
  { kpis, budgetBytes }: PublishOptions,
  published: Published,
): Promise<void> {
  const splits = splitsOfParts(kpis);
  const leftOut: string[] = [];
  for (;;) {
    const columns = await partsTable(db, splits);
    const sizes = measure(columns);
    if (sizes.compressedBytes <= budgetBytes || splits.length === 0) {
      put(published, tables.parts, columns, [], leftOut, sizes);
      return;
    }
    append(
      leftOut,
      splits.splice(-1).map(({ dimension }) => dimension),
    );
  }
}

/** The most rows that are read at once, unless one KPI has more. */
const mostRows = 250_000;

/** KPIs, in order, of as many rows as may be read at once. */
function batchesOf(cuboids: Map<string, KpiCuboids>, counts: ReadonlyMap<string, number>): Split[][] {
  const batches: Split[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const [kpi, { cross, singles }] of cuboids) {
    const count = counts.get(kpi) ?? 0;
    rows += count;
    if (rows > mostRows) {
      batches.push([]);
      rows = count;
    }
    batches.at(-1)?.push({
      kpi,
      cross: cross.dimensions,
      singles: singles.flatMap(({ dimensions }) => dimensions),
    });
  }
  return batches;
}

async function publishCross(
  cells: Cells,
  split: Split,
  whole: PublishedColumn[],
  { budgetBytes }: PublishOptions,
  published: Published,
): Promise<void> {
  const keep = [...split.cross];
  const leftOut: Dimension[] = [];
  for (let columns = whole; ; ) {
    const sizes = measure(columns);
    if (sizes.compressedBytes <= budgetBytes || keep.length === 0) {
      put(published, tables.cube(split.kpi), columns, keep, leftOut, sizes);
      return;
    }
    append(leftOut, keep.splice(-1));
    columns = (await crossTables(cells, [{ ...split, cross: keep }], leftOut)).get(split.kpi) ?? [];
  }
}

async function publishSingles(
  cells: Cells,
  split: Split,
  all: PublishedColumn[],
  { budgetBytes }: PublishOptions,
  published: Published,
): Promise<void> {
  const singles = [...split.singles];
  const leftOut: string[] = [];
  for (let columns = all; ; ) {
    const sizes = measure(columns);
    if (sizes.compressedBytes <= budgetBytes || singles.length === 0) {
      put(published, tables.by(split.kpi), columns, singles, leftOut, sizes);
      return;
    }
    const gone = widest(columns, singles);
    leftOut.push(gone);
    singles.splice(singles.indexOf(gone), 1);
    columns = (await singlesTables(cells, [{ ...split, singles }])).get(split.kpi) ?? [];
  }
}

/** The dimension with the most rows: giving it up saves the most. */
function widest(columns: PublishedColumn[], names: string[]): string {
  const rows = new Map(names.map((name) => [name, 0]));
  for (const by of columns) {
    if (by.name !== "by" || by.kind !== "word") continue;
    for (const code of by.codes) rows.set(by.words[code] ?? "", (rows.get(by.words[code] ?? "") ?? 0) + 1);
  }
  return [...rows].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

interface Measured {
  data: Uint8Array;
  compressedBytes: number;
}

function measure(columns: PublishedColumn[]): Measured {
  const data = arrowStream(columns);
  return { data, compressedBytes: gzipSync(data, { level: 1 }).length };
}

const lengthOf = (column: PublishedColumn) => (column.kind === "word" ? column.codes : column.values).length;

function put(
  published: Published,
  { path }: { path: string },
  columns: PublishedColumn[],
  dimensions: string[],
  leftOut: string[],
  { data, compressedBytes }: Measured = measure(columns),
): void {
  published.entries.push({ path, bytes: data });
  published.tables.push({
    path,
    rows: columns[0] ? lengthOf(columns[0]) : 0,
    bytes: data.length,
    compressedBytes,
    dimensions: [...dimensions],
    leftOut,
  });
}
