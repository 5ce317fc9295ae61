import type { DuckDBConnection } from "@duckdb/node-api";
import { holdersOf } from "../answers/queryKpis.js";
import { type Dimension, unknown } from "../catalogue/dimensions.js";
import { cubeDimensions, type Kpi } from "../catalogue/kpis.js";
import type { Grain } from "../kpi/periods.js";
import { periodStartSql } from "../kpi/sql.js";
import { toldOfGrowth } from "../warehouse/cube/growth.js";
import { onlyRests } from "../warehouse/cube/windows.js";
import { createWords } from "./words.js";

/** What a published cell is made of. */
export const components = ["numerator", "denominator", "n", "sum_sq", "awaiting"];

/** Whom a cell tells of, as bits. */
const contributorBits = toldOfGrowth;

/** Both cubes as one relation: months of the additive KPIs, and all that does not add up over time; `is_rest` are no cells. */
const bothCubes = `(
  select 'period' as role, 'month' as grain, month as period_start, false as is_rest, * exclude (month) from marts.kpi_cube
  union all by name
  select *, ends_with(cuboid, '${onlyRests}') as is_rest from marts.kpi_period_cube
)`;

/** Of some cuboids, what cells by some dimensions are made of. */
const cubesSql = (dimensions: readonly Dimension[], cuboids: string) => `(
  select period_start, ${[...components, ...contributorBits].join(", ")}, contributor_count, is_rest,
    ${["kpi_id", "role", "grain", ...dimensions].map((name) => `"${name}"::word as "${name}"`).join(", ")}
  from ${bothCubes} where ${cuboids}
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

/** Of which KPIs, and dimensions that combine, the cuboids are asked for. */
interface CuboidsAsked {
  kpis: readonly Kpi[];
  /** The same KPIs with all dimensions of the cubes. */
  whole?: readonly Kpi[];
  published: readonly Dimension[];
}

/**
 * The cuboids of each KPI, found by which dimension columns they fill. One that is split by what only the numerator has
 * repeats the whole denominator in each row: where that dimension is not published, neither is the cuboid.
 */
export async function cuboidsByKpi(
  db: DuckDBConnection,
  { kpis, whole = kpis, published }: CuboidsAsked,
): Promise<Map<string, KpiCuboids>> {
  const names = cubeDimensions(kpis);
  const filled = names.map((name) => `bool_or("${name}" is not null) as "${name}"`).join(", ");
  const reader = await db.runAndReadAll(
    `select kpi_id, cuboid, ${filled} from ${bothCubes} where not is_rest group by kpi_id, cuboid order by kpi_id, cuboid`,
  );
  const rows = reader.getRowObjectsJS();
  return new Map(
    kpis.map((kpi) => {
      const has = (name: Dimension) => [...kpi.dimensions, ...kpi.numerator_dimensions].includes(name);
      const ofNumerator = whole.find(({ id }) => id === kpi.id)?.numerator_dimensions ?? [];
      const cuboids = rows
        .filter((row) => row.kpi_id === kpi.id)
        .filter((row) => !ofNumerator.some((name) => row[name] === true && !has(name)))
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

/** The dimensions that combine in any KPI: the columns of `cells`. */
export const combined = (cuboids: Map<string, KpiCuboids>): Dimension[] => [
  ...new Set([...cuboids.values()].flatMap(({ cross }) => cross.dimensions)),
];

/** SQL condition of a cell of one of some KPIs. */
export const isOf = (kpis: readonly Kpi[]): string =>
  kpis.length === 0 ? "false" : `kpi_id in (${kpis.map(({ id }) => `'${id}'::word`).join(", ")})`;

/** SQL condition of a cell over all cases. */
export const isWhole = (dimensions: readonly Dimension[]): string =>
  ["by", ...dimensions].map((name) => `"${name}" is null`).join(" and ");

/** SQL for the key of a cell; `replaced` columns stand for others, like the null of a dimension that is summed over. */
export function keySql(
  dimensions: readonly Dimension[],
  replaced: Readonly<Record<string, string>> = {},
  alias = "",
): string {
  const columns = ["kpi_id", "role", "grain", "period_start", "by", "value", ...dimensions];
  return `hash(${columns
    .map((name) => {
      const value = replaced[name] ?? `${alias}"${name}"`;
      return name === "period_start" ? value : `cast(${value} as word)`;
    })
    .join(", ")})`;
}

const totals = [
  ...components.map((name) => `sum(${name}) as ${name}`),
  ...contributorBits.map((name) => `bit_or(${name}) as ${name}`),
  "sum(contributor_count) as contributor_count",
].join(", ");

/**
 * Fills the temp table `cells` with all that may be published of the cubes: every combination of the dimensions that
 * combine (null: over all values), every other dimension alone (`by`, `value`), and of the KPIs that add up over time the
 * quarters, halves and years of their months, which the months tell (`is_spare`). Teams of the KPIs that belong to
 * employees stand beside them, since rankings show them. Where nothing can be hidden, what is spare is left out. `key` is a
 * cell's own.
 */
export async function createCells(
  db: DuckDBConnection,
  { kpis, whole = kpis, minCell }: Pick<CuboidsAsked, "kpis" | "whole"> & { minCell: number },
  cuboids: Map<string, KpiCuboids>,
): Promise<void> {
  const dimensions = combined(cuboids);
  await createWords(db, whole);
  const columns = dimensions.map((name) => `"${name}" word,`).join(" ");
  await db.run(`
    create or replace temp table cells (
      key ubigint, kpi_id word, role word, grain word, period_start date, "by" word, "value" word, ${columns}
      ${components.map((name) => `${name} double,`).join(" ")} ${contributorBits.map((name) => `${name} ubigint,`).join(" ")}
      contributor_count double, is_spare boolean)`);
  const keys = "kpi_id, role, grain, period_start";
  const insert = async (split: readonly string[], rows: string): Promise<void> => {
    const absent = ["by", "value", ...dimensions].filter((name) => !split.includes(name));
    const key = keySql(dimensions, Object.fromEntries(absent.map((name) => [name, "null"])));
    await db.run(`insert into cells by name (select *, ${key} as key from (${rows}))`);
  };
  for (const [list, ids] of byDimensions(cuboids)) {
    const sets = list.length > 0 ? `, cube (${list.map((name) => `"${name}"`).join(", ")})` : "";
    await insert(
      list,
      `select ${keys}, ${list.map((name) => `"${name}",`).join(" ")} ${totals}, false as is_spare
      from ${cubesSql(list, ids)} group by ${keys}${sets} having not bool_and(is_rest)`,
    );
  }
  for (const [name, ids] of bySingle(cuboids)) {
    await insert(
      ["by", "value"],
      `select ${keys}, '${name}' as "by", "${name}" as "value", ${totals}, false as is_spare
      from ${cubesSql([name], ids)} group by ${keys}, "${name}"`,
    );
  }
  for (const kpi of kpis) {
    const names = (cuboids.get(kpi.id)?.singles ?? []).flatMap((single) => single.dimensions);
    for (const name of kpi.numerator_dimensions.filter((each) => names.includes(each))) {
      const { holders } = name === kpi.belongs_to ? holdersOf(kpi) : {};
      await insert(["by", "value"], zerosSql(kpi, name, dimensions, holders));
    }
  }
  if (minCell === 1) return;
  for (const [column, ids] of byHolder(kpis, cuboids)) {
    await insert(
      ["by", "value"],
      `select ${keys}, 'team' as "by", coalesce(team, '${unknown}') as "value", ${totals}, true as is_spare
      from ${cubesSql([column], ids)} left join intermediate.employees on employee_id = "${column}"
      group by ${keys}, coalesce(team, '${unknown}') having not bool_and(is_rest)`,
    );
  }
  const additive = kpis.filter((kpi) => kpi.additive && kpi.contributors !== "none");
  const others = ["kpi_id", "role", '"by"', '"value"', ...dimensions.map((name) => `"${name}"`)].join(", ");
  const longer: [Grain, Grain][] = [
    ["month", "quarter"],
    ["quarter", "half"],
    ["half", "year"],
  ];
  for (const [of, grain] of additive.length > 0 ? longer : [])
    await insert(
      ["by", "value", ...dimensions],
      `select ${others}, '${grain}' as grain, ${periodStartSql(grain, "period_start")} as period_start, ${totals}, true as is_spare
      from cells where role = 'period'::word and grain = '${of}'::word and ${isOf(additive)}
      group by all`,
    );
}

/**
 * The cells of a dimension that only the numerator has which pages cannot make of the others: one of each window without
 * any case, which says that the whole is there, and one of each employee who has rows but never one that counts.
 */
function zerosSql(
  kpi: Kpi,
  name: Dimension,
  dimensions: readonly Dimension[],
  holders: string | undefined,
): string {
  return `
    with
    own as (select * from cells where kpi_id = '${kpi.id}' and "by" = '${name}'),
    wholes as (
      select role, grain, period_start, denominator, n from cells
      where kpi_id = '${kpi.id}' and ${isWhole(dimensions)} and denominator > 0
    ),
    known as (
      select distinct "value" from own union select id::word from (${holders ?? "select null as id where false"})
    ),
    empty_windows as (
      select wholes.*, (select min("value") from known) as "value"
      from wholes anti join own using (role, grain, period_start)
    ),
    caseless as (
      select wholes.*, "value" from known anti join own using ("value") cross join wholes
      where role = 'period' and grain = 'month'
        and period_start = (select max(period_start) from wholes where role = 'period' and grain = 'month')
    )
    select '${kpi.id}' as kpi_id, role, grain, period_start, '${name}' as "by", "value",
      0 as numerator, denominator, n, 0 as sum_sq, 0 as awaiting, 0 as contributor_count, false as is_spare
    from (select * from empty_windows union select * from caseless) where "value" is not null`;
}

/** The KPIs of which the same dimensions combine, as an SQL condition. */
function byDimensions(cuboids: Map<string, KpiCuboids>): [Dimension[], string][] {
  const lists = new Map(
    [...cuboids.values()].map(({ cross }) => [cross.dimensions.join(), cross.dimensions]),
  );
  return [...lists].map(([key, list]) => [
    list,
    isAny(
      [...cuboids].flatMap(([kpi, { cross }]) =>
        cross.dimensions.join() === key ? withRests(kpi, cross) : [],
      ),
    ),
  ]);
}

/** The same of each dimension that stands alone. */
function bySingle(cuboids: Map<string, KpiCuboids>): [Dimension, string][] {
  const all = [...cuboids].flatMap(([kpi, { singles }]) =>
    singles.map((single): [string, Cuboid] => [kpi, single]),
  );
  const names = new Set(all.flatMap(([, { dimensions }]) => dimensions));
  return [...names].map((name) => [name, isAny(all.filter(([, { dimensions }]) => dimensions[0] === name))]);
}

/** The KPIs that belong to employees and are not split by team, whose rankings are: the employees' column, and their cells. */
function byHolder(kpis: readonly Kpi[], cuboids: Map<string, KpiCuboids>): [Dimension, string][] {
  const own = kpis.flatMap(({ id, belongs_to: column, dimensions }): [Dimension, [string, Cuboid]][] => {
    if (!column || dimensions.includes("team")) return [];
    const cross = cuboids.get(id)?.cross.name ?? "";
    const name = cross.split(",").includes(column) ? cross : column;
    return [[column, [id, { name, dimensions: [] }]]];
  });
  const columns = new Set(own.map(([column]) => column));
  return [...columns].map((column) => [
    column,
    isAny(own.filter(([each]) => each === column).flatMap(([, [kpi, cuboid]]) => withRests(kpi, cuboid))),
  ]);
}

/** A cuboid whose cells are summed up, and what the sums leave out of windows that those cells are not in. */
const withRests = (kpi: string, { name, dimensions }: Cuboid): [string, Cuboid][] => [
  [kpi, { name, dimensions }],
  [kpi, { name: name + onlyRests, dimensions }],
];

const isAny = (list: readonly [string, Cuboid][]) =>
  `(${list.map(([kpi, { name }]) => `(kpi_id = '${kpi}' and cuboid = '${name}')`).join(" or ")})`;
