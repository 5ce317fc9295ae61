import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import {
  type Columns,
  insertSql,
  literal,
  passed,
  quoted,
  type Select,
  selectSql,
  stackSql,
  withSql,
} from "../../engine/sql.js";
import { casesOf } from "../../kpi/ownSql.js";
import { countSql } from "../../kpi/sql.js";
import { contributorBit } from "./contributors.js";
import {
  type Cuboid,
  cuboidName,
  cuboidSql,
  cuboidsOf,
  groupingSql,
  isOf,
  namesOf,
  numeratorCuboids,
} from "./cuboids.js";
import { createScratch, dropScratch } from "./scratch.js";

/**
 * Sums the cases of a KPI that does not add up over time into `marts.kpi_period_cube`, for every window. A case is about
 * one period, or about a run of periods, which is counted by where it begins and ends: a book of 200,000 customers
 * over 30 years costs no more than over three.
 */
export async function fillPeriods(
  db: DuckDBConnection,
  kpi: Kpi,
  published: readonly string[],
): Promise<void> {
  const cuboids = cuboidsOf(kpi, published);
  if (kpi.all_months) {
    for (const cuboid of cuboids) await db.run(insertSql("marts.kpi_period_cube", completeRows(kpi, cuboid)));
    return;
  }
  const bit = await bitOf(db, kpi);
  await createScratch(db, "cells", cellsSql(kpi, [...cuboids, ...numeratorCuboids(kpi)], bit));
  await db.run(insertSql("marts.kpi_period_cube", rowsOf(kpi, cuboids)));
  if (kpi.numerator_dimensions.length > 0) {
    await db.run(insertSql("marts.kpi_period_cube", ...numeratorRows(kpi, cuboids[0] ?? [])));
  }
  await dropScratch(db, "cells");
}

/** What is summed: of a share also its cases, which neither numerator nor denominator counts. */
const sumsOf = (kpi: Kpi) => ["numerator", "denominator", ...(kpi.kind === "share" ? ["n"] : [])];

const summed = (names: readonly string[]): Columns =>
  Object.fromEntries(names.map((name) => [name, `sum(${name})`]));

const window = ["role", "grain", "period_start"];

/** The sums of every window and cell; `numerator_dimensions` split what both count, not only the numerator. */
function cellsSql(kpi: Kpi, cuboids: readonly Cuboid[], bit: string): string {
  const names = namesOf(kpi);
  const split = passed(names);
  const columns = Object.values(split);
  const sets = (keys: readonly string[]) => cuboids.map((cuboid) => [...keys, ...cuboid.map(quoted)]);
  const sums = sumsOf(kpi);
  const counted = [...sums, "people"];
  const cellKeys = ["cuboid_bits", ...columns, "grain"];
  const book = `over (partition by ${cellKeys.join(", ")} order by period_start rows unbounded preceding)`;
  const cases = selectSql({
    columns: {
      ...passed([...window, "until_start"]),
      ...Object.fromEntries(
        names.map((name) => [name, `coalesce(cast(${quoted(name)} as varchar), ${literal(unknown)})`]),
      ),
      numerator: "numerator",
      denominator: "denominator",
      n: "1",
      who: bit,
    },
    from: casesOf(kpi),
  });
  const singles = selectSql({
    columns: {
      ...passed(window),
      ...split,
      cuboid_bits: groupingSql(names),
      ...summed(sums),
      people: "0",
      who: "bit_or(who)",
      numerator_who: "bit_or(who) filter (where numerator <> 0)",
    },
    from: "cases",
    where: ["until_start is null"],
    groupingSets: sets(window),
  });
  const turns = stackSql(
    ["period_start", "until_start"].map((turn_on, index) => ({
      columns: {
        grain: "grain",
        turn_on,
        ...split,
        ...Object.fromEntries(sums.map((name) => [name, index === 0 ? name : `-${name}`])),
        people: index === 0 ? "1" : "-1",
      },
      from: "cases",
      where: ["until_start is not null"],
    })),
  );
  const changes = selectSql({
    columns: {
      ...passed(["grain", "turn_on"]),
      ...split,
      cuboid_bits: groupingSql(names),
      ...summed(counted),
    },
    from: "turns",
    groupingSets: sets(["grain", "turn_on"]),
  });
  const lives = selectSql({
    columns: { cuboid_bits: "cuboid_bits", ...split, grain: "grain", first_on: "min(turn_on)" },
    from: "changes",
    groupBy: cellKeys,
  });
  const dense = stackSql([
    {
      columns: {
        grain: "grain",
        period_start: "turn_on",
        ...split,
        cuboid_bits: "cuboid_bits",
        ...passed(counted),
      },
      from: "changes",
    },
    {
      columns: {
        grain: "lives.grain",
        period_start: "periods.period_start",
        ...passed(names, "lives"),
        cuboid_bits: "lives.cuboid_bits",
        ...Object.fromEntries(counted.map((name) => [name, "0"])),
      },
      from: `lives inner join intermediate.periods
        on periods.role = 'period' and periods.grain = lives.grain and periods.period_start >= lives.first_on`,
    },
  ]);
  const steps = selectSql({
    columns: {
      ...passed(["grain", "period_start"]),
      ...split,
      cuboid_bits: "cuboid_bits",
      ...summed(counted),
    },
    from: "dense",
    groupBy: ["grain", "period_start", ...columns, "cuboid_bits"],
  });
  const books = selectSql({
    columns: {
      role: "'period'",
      ...passed(["grain", "period_start"]),
      ...split,
      cuboid_bits: "cuboid_bits",
      ...Object.fromEntries(counted.map((name) => [name, `sum(${name}) ${book}`])),
      who: "no_contributor()",
      numerator_who: "no_contributor()",
    },
    from: "steps",
  });
  const all = [...window, ...names, "cuboid_bits", ...counted, "who", "numerator_who"];
  const stacked = stackSql([
    {
      columns: passed(all),
      from: "books",
      where: [`(${counted.map((name) => `${name} <> 0`).join(" or ")})`],
    },
    { columns: passed(all), from: "singles" },
  ]);
  const cells = selectSql({
    columns: {
      ...passed(window),
      ...split,
      cuboid_bits: "cuboid_bits",
      ...summed(counted),
      who: "bit_or(who)",
      numerator_who: "bit_or(numerator_who)",
    },
    from: `(${stacked}) as stacked`,
    groupBy: [...window, ...columns, "cuboid_bits"],
  });
  return withSql({ cases, singles, turns, changes, lives, dense, steps, books }, cells);
}

/** SQL for the bit of whom a case tells of. */
async function bitOf(db: DuckDBConnection, kpi: Kpi): Promise<string> {
  const columns = await db.runAndReadAll(`describe marts.${quoted(kpi.id)}`);
  const names = columns.getRowsJson().map(([name]) => String(name));
  return contributorBit(kpi, new Map(names.map((name) => [name, quoted(name)]))) ?? "no_contributor()";
}

const noMore = { sum_sq: "0", awaiting: "0" };

function rowsOf(kpi: Kpi, cuboids: readonly Cuboid[]): Select {
  const count = sumsOf(kpi)[2] ?? (kpi.kind === "count" ? "numerator" : "denominator");
  return {
    columns: {
      cuboid: cuboidSql("cuboid_bits", cuboids, namesOf(kpi)),
      kpi_id: literal(kpi.id),
      ...passed([...window, ...kpi.dimensions]),
      numerator: "cast(numerator as double)",
      denominator: "cast(denominator as double)",
      n: `cast(${count} as double)`,
      ...noMore,
      contributors: "who",
      contributor_count: "people",
    },
    from: "cells",
    where: [isOf(kpi, cuboids)],
    orderBy: ["cuboid", ...window, ...kpi.dimensions.map(quoted)],
  };
}

/** Split by each of the dimensions that only the numerator has: their values over the whole denominator. */
function numeratorRows(kpi: Kpi, whole: Cuboid): [Select, Record<string, string>] {
  const names = kpi.numerator_dimensions;
  const splits = numeratorCuboids(kpi);
  const wholes = selectSql({
    columns: { ...passed(window), denominator: "sum(denominator)" },
    from: "cells",
    where: [isOf(kpi, [whole])],
    groupBy: window,
  });
  const parts = selectSql({
    columns: passed([...window, ...names, "cuboid_bits", "numerator", "numerator_who"]),
    from: "cells",
    where: ["numerator <> 0", isOf(kpi, splits)],
  });
  const select: Select = {
    columns: {
      cuboid: cuboidSql("parts.cuboid_bits", splits, namesOf(kpi)),
      kpi_id: literal(kpi.id),
      ...passed([...window, ...names], "parts"),
      numerator: "cast(parts.numerator as double)",
      denominator: "cast(wholes.denominator as double)",
      n: "cast(wholes.denominator as double)",
      ...noMore,
      contributors: "parts.numerator_who",
    },
    from: `parts inner join wholes on ${window.map((name) => `wholes.${name} = parts.${name}`).join(" and ")}`,
    orderBy: ["cuboid", ...window, ...names.map(quoted)],
  };
  return [select, { wholes, parts }];
}

/** Growth of a share: the shares of the period and of the base, where no month of either lacks cases. */
function completeRows(kpi: Kpi, cuboid: Cuboid): Select {
  const share = (top: string, bottom: string) =>
    `cast(sum(cases.${top}) as double) / nullif(cast(sum(cases.${bottom}) as double), 0)`;
  const given = ["numerator", "denominator", "base_numerator", "base_denominator", "part_on", "base_part_on"];
  const cases = selectSql({
    columns: {
      ...passed([...window, ...given]),
      ...Object.fromEntries(cuboid.map((name) => [name, `coalesce(${quoted(name)}, ${literal(unknown)})`])),
    },
    from: casesOf(kpi),
  });
  const keys = { ...passed(window, "cases"), ...passed(cuboid, "cases") };
  return {
    columns: {
      cuboid: literal(cuboidName(cuboid)),
      kpi_id: literal(kpi.id),
      ...keys,
      numerator: share("numerator", "denominator"),
      denominator: share("base_numerator", "base_denominator"),
      n: `cast(${countSql(kpi, "cases.numerator", "cases.denominator")} as double)`,
      ...noMore,
    },
    from: `(${cases}) as cases inner join intermediate.periods
      on ${window.map((name) => `periods.${name} = cases.${name}`).join(" and ")}`,
    groupBy: [...Object.values(keys), "periods.period_end", "periods.cutoff_on"],
    having: completeSql,
    orderBy: [...window, ...cuboid.map(quoted)],
  };
}

const month = (day: string) => `(year(${day}) * 12 + month(${day}))`;

const completeSql = `
  count(distinct cases.part_on) = case
    when cases.role = 'period' then ${month("periods.period_end")} - ${month("cases.period_start")}
    else ${month("plus_days(periods.cutoff_on, -1)")} - ${month("cases.period_start")} + 1
  end
  and count(distinct cases.base_part_on) = count(distinct cases.part_on)`;
