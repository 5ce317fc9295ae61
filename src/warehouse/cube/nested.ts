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
  const found: CaseSource[] = [];
  for (const whole of group) {
    for (const part of group) {
      if (whole === part || !part.where || part.where === whole.where || !isSameMeasure(whole, part))
        continue;
      const isLeft = difference(whole, part);
      if ((await hasCase(db, whole, isLeft)) && !(await hasCase(db, part, difference(part, whole))))
        found.push({
          ...whole,
          kpi: { ...whole.kpi, id: `${whole.kpi.id}${without}${part.kpi.id}` },
          where: isLeft,
        });
    }
  }
  return found;
}

/** SQL condition of the cases of a source that another one lacks. */
const difference = ({ where }: CaseSource, other: CaseSource) =>
  `(${where ?? "true"}) and (${other.where ?? "true"}) is not true`;

async function hasCase(
  db: DuckDBConnection,
  { from, columns }: CaseSource,
  condition: string,
): Promise<boolean> {
  const counts = isCase(`(${columns.get("numerator")})`, `(${columns.get("denominator")})`);
  const reader = await db.runAndReadAll(
    `select exists (select 1 from ${from} where ${condition} and ${counts})`,
  );
  return reader.getRowsJson()[0]?.[0] === true;
}
