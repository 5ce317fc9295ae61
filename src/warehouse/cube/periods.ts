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
import type { BuildCache } from "../kept/buildCache.js";
import { contributorBit, contributorOf } from "./contributors.js";
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
import { comparePeriods, type KeptBook, type KeptPeriods } from "./keptPeriods.js";
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
  cache?: BuildCache,
): Promise<void> {
  const cuboids = cuboidsOf(kpi, published);
  if (kpi.all_months) {
    for (const cuboid of cuboids) await db.run(insertSql("marts.kpi_period_cube", completeRows(kpi, cuboid)));
    return;
  }
  const columns = await columnsOf(db, kpi);
  const bit = contributorBit(kpi, columns) ?? "no_contributor()";
  const all = [...cuboids, ...numeratorCuboids(kpi)];
  const told = [...namesOf(kpi).map(quoted), "numerator", "denominator", contributorOf(kpi, columns) ?? "''"];
  const whole = cellsSql(kpi, all, bit, cache !== undefined);
  const periods = await comparePeriods(db, cache, casesOf(kpi), told, whole);
  if (periods?.same) {
    await createScratch(db, "cells", `select * from ${periods.rows} as kept where ${periods.same}`);
    if (periods.hasOthers)
      await db.run(`insert into cells by name ${cellsSql(kpi, all, bit, true, periods)}`);
  } else await createScratch(db, "cells", whole);
  await periods?.keep("cells");
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

/** The column of `cells` with the part of a sum that runs of periods give. */
const inBook = (name: string) => `book_${name}`;

/** SQL condition of a day on which a book is added to. */
const turnedSince = (day: string, books: readonly KeptBook[]) =>
  books.length > 0
    ? `(${books.map(({ grain, from }) => `(grain = ${literal(grain)} and ${day} >= date ${literal(from)})`).join(" or ")})`
    : "false";

/** What a book that is added to begins with: the sums of the period before, as a change. */
function openingOf(
  { grain, from, after }: KeptBook,
  names: readonly string[],
  counted: readonly string[],
  kept: string,
): Select {
  return {
    columns: {
      grain: "grain",
      turn_on: `date ${literal(from)}`,
      ...passed([...names, "cuboid_bits"]),
      ...Object.fromEntries(counted.map((name) => [name, inBook(name)])),
    },
    from: `${kept} as kept`,
    where: [`role = 'period'`, `grain = ${literal(grain)}`, `period_start = date ${literal(after)}`],
  };
}

/**
 * The sums of every window and cell, or of some; `numerator_dimensions` split what both count, not only the numerator.
 * @param keepsBooks with the part that runs give, from which later builds go on
 */
function cellsSql(
  kpi: Kpi,
  cuboids: readonly Cuboid[],
  bit: string,
  keepsBooks: boolean,
  only?: Pick<KeptPeriods, "others" | "books" | "rows">,
): string {
  const wanted = only ? [only.others] : [];
  const sinceSql = (day: string) => (only ? [turnedSince(day, only.books)] : []);
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
    where: only
      ? [`(until_start is null and ${only.others} or ${turnedSince("until_start", only.books)})`]
      : [],
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
    where: ["until_start is null", ...wanted],
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
      where: ["until_start is not null", ...sinceSql(turn_on)],
    })),
  );
  const turned: Select = {
    columns: {
      ...passed(["grain", "turn_on"]),
      ...split,
      cuboid_bits: groupingSql(names),
      ...summed(counted),
    },
    from: "turns",
    groupingSets: sets(["grain", "turn_on"]),
  };
  const changes = only
    ? stackSql([turned, ...only.books.map((each) => openingOf(each, names, counted, only.rows))])
    : selectSql(turned);
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
  const ofBook = (sql: (name: string) => string): Columns =>
    keepsBooks ? Object.fromEntries(counted.map((name) => [inBook(name), sql(name)])) : {};
  const stacked = stackSql([
    {
      columns: { ...passed(all), ...ofBook(quoted) },
      from: "books",
      where: [`(${counted.map((name) => `${name} <> 0`).join(" or ")})`],
    },
    { columns: { ...passed(all), ...ofBook(() => "0") }, from: "singles" },
  ]);
  const cells = selectSql({
    columns: {
      ...passed(window),
      ...split,
      cuboid_bits: "cuboid_bits",
      ...summed(counted),
      who: "bit_or(who)",
      numerator_who: "bit_or(numerator_who)",
      ...ofBook((name) => `sum(${inBook(name)})`),
    },
    from: `(${stacked}) as stacked`,
    ...(only ? { where: wanted } : {}),
    groupBy: [...window, ...columns, "cuboid_bits"],
  });
  return withSql({ cases, singles, turns, changes, lives, dense, steps, books }, cells);
}

/** The columns of a KPI's model, each with its SQL. */
async function columnsOf(db: DuckDBConnection, kpi: Kpi): Promise<ReadonlyMap<string, string>> {
  const columns = await db.runAndReadAll(`describe marts.${quoted(kpi.id)}`);
  return new Map(columns.getRowsJson().map(([name]) => [String(name), quoted(String(name))]));
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

/** Growth of a share: the shares of the period and of the base, where no month of either lacks cases and there is a share. */
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
  and count(distinct cases.base_part_on) = count(distinct cases.part_on)
  and sum(cases.denominator) <> 0`;
