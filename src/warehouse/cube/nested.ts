import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { isCase } from "./contributors.js";
import { type CaseSource, isSameMeasure } from "./source.js";

/**
 * What a KPI whose cases are part of another's leaves of it: average response time of first-response time leaves the inquiries.
 * Whoever has both has the difference, which is published nowhere by itself. The cubes hold it under the name of both.
 */
export interface Nested {
  /** What the cubes call the difference. */
  id: string;
  whole: string;
  part: string;
}

const without = " without ";

/** @returns undefined for the id of a KPI */
export function nestedOf(id: string): Nested | undefined {
  const [whole = "", part] = id.split(without);
  return part === undefined ? undefined : { id, whole, part };
}

/** The differences that the cubes hold between some KPIs, each as a KPI of its own. */
export async function nestedKpis(db: DuckDBConnection, kpis: readonly Kpi[]): Promise<Kpi[]> {
  const reader = await db.runAndReadAll(
    `select distinct kpi_id from marts.kpi_cube where contains(kpi_id, '${without}') order by kpi_id`,
  );
  const known = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return reader.getRowsJson().flatMap(([id]) => {
    const { whole, part } = nestedOf(String(id)) as Nested;
    const kpi = known.get(whole);
    return kpi && known.has(part) ? [{ ...kpi, id: String(id) }] : [];
  });
}

/** Of sources that one scan serves, the cases that those which have part of another's cases of the same measure leave of it. */
export async function nestedSources(
  db: DuckDBConnection,
  group: readonly CaseSource[],
): Promise<CaseSource[]> {
  const pairs = group.flatMap((whole) =>
    group.flatMap((part) =>
      whole !== part && part.where && part.where !== whole.where && isSameMeasure(whole, part)
        ? [{ whole, part }]
        : [],
    ),
  );
  if (pairs.length === 0) return [];
  const members = await membersOf(db, [...new Set(pairs.flatMap(({ whole, part }) => [whole, part]))]);
  const leaves = (one: CaseSource, other: CaseSource) =>
    members.some((sources) => sources.has(one) && !sources.has(other));
  return pairs
    .filter(({ whole, part }) => leaves(whole, part) && !leaves(part, whole))
    .map(({ whole, part }) => ({
      ...whole,
      kpi: { ...whole.kpi, id: `${whole.kpi.id}${without}${part.kpi.id}` },
      where: `(${whole.where ?? "true"}) and (${part.where}) is not true`,
    }));
}

/** The sets of sources that any case is one of. */
async function membersOf(
  db: DuckDBConnection,
  sources: readonly CaseSource[],
): Promise<ReadonlySet<CaseSource>[]> {
  const isOne = sources.map(({ columns, where }) => {
    const counts = isCase(`(${columns.get("numerator")})`, `(${columns.get("denominator")})`);
    return `coalesce((${where ?? "true"}) and ${counts}, false)`;
  });
  const reader = await db.runAndReadAll(`select distinct ${isOne.join(", ")} from ${sources[0]?.from}`);
  return reader.getRowsJson().map((row) => new Set(sources.filter((_, at) => row[at] === true)));
}
