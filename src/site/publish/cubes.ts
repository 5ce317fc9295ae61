import type { DuckDBConnection } from "@duckdb/node-api";

import { cubeDimensions, type Kpi } from "../../kpi/catalogue.js";
import type { Dimension } from "../../kpi/dimensions.js";
import { type PublishedColumn, readColumns } from "./arrow.js";

const components = ["numerator", "denominator", "n", "sum_sq", "awaiting"];

/** Both cubes as one relation: months of the additive KPIs, and all that does not add up over time. */
const bothCubes = `(
  select 'period' as role, 'month' as grain, month as period_start, * exclude (month) from marts.kpi_cube
  union all by name
  select * from marts.kpi_period_cube
)`;

/** A cuboid of a KPI: its name in the cube and the dimensions it is split by. */
export interface Cuboid {
  name: string;
  dimensions: Dimension[];
}

/** What the cube holds of a KPI. */
export interface KpiCuboids {
  /** Whole over all cases: the dimensions that combine, or none where they do not add up. */
  cross: Cuboid;
  /** The other dimensions, one at a time. */
  singles: Cuboid[];
}

/** The cuboids of each KPI, found by which dimension columns they fill. */
export async function cuboidsByKpi(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  published: readonly Dimension[],
): Promise<Map<string, KpiCuboids>> {
  const names = cubeDimensions(kpis);
  const filled = names.map((name) => `bool_or("${name}" is not null) as "${name}"`).join(", ");
  const reader = await db.runAndReadAll(
    `select kpi_id, cuboid, ${filled} from ${bothCubes} group by kpi_id, cuboid order by kpi_id, cuboid`,
  );
  const rows = reader.getRowObjectsJS();
  return new Map(
    kpis.map((kpi) => {
      const has = (name: Dimension) => [...kpi.dimensions, ...kpi.numerator_dimensions].includes(name);
      const cuboids = rows
        .filter((row) => row.kpi_id === kpi.id)
        .map((row) => ({
          name: String(row.cuboid),
          dimensions: names.filter((name) => row[name] === true && has(name)),
        }));
      const cross = wholeOf(kpi, cuboids, published);
      const singles = cuboids.filter((cuboid) => cuboid !== cross && cuboid.dimensions.length === 1);
      return [kpi.id, { cross, singles }];
    }),
  );
}

/** The total where the cube has one, else the cuboid of most published dimensions, whose cells sum up to it. */
function wholeOf(kpi: Kpi, cuboids: readonly Cuboid[], published: readonly Dimension[]): Cuboid {
  const total = cuboids.find(({ dimensions }) => dimensions.length === 0);
  const whole = cuboids.filter(({ dimensions }) => dimensions.every((name) => kpi.dimensions.includes(name)));
  const width = ({ dimensions }: Cuboid) => dimensions.filter((name) => published.includes(name)).length;
  const widest = whole.toSorted((a, b) => width(b) - width(a))[0];
  return total ?? widest ?? { name: "all", dimensions: [] };
}

/** Every KPI over all cases: one row a KPI, role and period. */
export async function totalsTable(
  db: DuckDBConnection,
  cuboids: Map<string, KpiCuboids>,
): Promise<PublishedColumn[]> {
  const sources = [...cuboids].map(([kpi, { cross }]) => `(kpi_id = '${kpi}' and cuboid = '${cross.name}')`);
  if (sources.length === 0) return emptyTable(["kpi_id", "role", "grain", "period_start"]);
  return readColumns(
    db,
    `select kpi_id, role, grain, ${isoDay}, ${sums} from ${bothCubes}
     where ${sources.join(" or ")} group by all order by all`,
    ["kpi_id", "role", "grain", "period_start"],
  );
}

/**
 * A KPI split by several dimensions at once; other dimensions of the cuboid are summed away. Every combination of the
 * dimensions has rows of its own, in which the others are null.
 */
export async function crossTable(
  db: DuckDBConnection,
  kpi: string,
  cuboid: Cuboid,
  keep: readonly Dimension[],
): Promise<PublishedColumn[]> {
  const keys = ["role", "grain", "period_start", ...keep];
  return readColumns(
    db,
    `select role, grain, ${isoDay}, ${keep.map((name) => `"${name}",`).join(" ")} ${sums} from ${bothCubes}
     where kpi_id = '${kpi}' and cuboid = '${cuboid.name}'
     group by role, grain, period_start${keep.length > 0 ? `, cube (${keep.map((name) => `"${name}"`).join(", ")})` : ""}
     order by ${keys.map((name) => `"${name}"`).join(", ")}`,
    keys,
  );
}

/** A KPI by one dimension at a time: the dimension's name and value are columns. */
export async function singlesTable(
  db: DuckDBConnection,
  kpi: string,
  cuboids: readonly Cuboid[],
): Promise<PublishedColumn[]> {
  const keys = ["role", "grain", "period_start", "by", "value"];
  if (cuboids.length === 0) return emptyTable(keys);
  const selects = cuboids.map(
    ({ name, dimensions }) =>
      `select role, grain, ${isoDay}, '${dimensions[0]}' as "by", "${dimensions[0]}" as "value", ${sums}
       from ${bothCubes} where kpi_id = '${kpi}' and cuboid = '${name}' group by all`,
  );
  return readColumns(db, `${selects.join(" union all ")} order by all`, keys);
}

/** The last 25 months of every KPI that adds up over its dimensions, by each of the dimensions that combine. */
export async function recentTable(
  db: DuckDBConnection,
  cuboids: Map<string, KpiCuboids>,
): Promise<PublishedColumn[]> {
  const keys = ["kpi_id", "period_start", "by", "value"];
  const selects = [...cuboids].flatMap(([kpi, { cross }]) =>
    cross.dimensions.map(
      (name) => `select kpi_id, ${isoDay}, '${name}' as "by", "${name}" as "value", ${sums} from ${bothCubes}
         where kpi_id = '${kpi}' and cuboid = '${cross.name}' and role = 'period' and grain = 'month'
           and period_start >= (select as_of_on - interval 25 month from config.settings) group by all`,
    ),
  );
  if (selects.length === 0) return emptyTable(keys);
  return readColumns(db, `${selects.join(" union all ")} order by all`, keys);
}

const isoDay = "strftime(period_start, '%Y-%m-%d') as period_start";
/** As doubles, which are plain numbers here: sums of integers would each become a bigint first. */
const sums = [...components.map((name) => `sum(${name})::double as ${name}`), "0 as hidden"].join(", ");

function emptyTable(words: string[]): PublishedColumn[] {
  return [
    ...words.map((name): PublishedColumn => ({ name, kind: "word", values: [] })),
    ...[...components, "hidden"].map((name): PublishedColumn => ({ name, kind: "number", values: [] })),
  ];
}
