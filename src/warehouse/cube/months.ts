import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../catalogue/dimensions.js";
import {
  type Columns,
  insertSql,
  literal,
  passed,
  quoted,
  type Select,
  selectSql,
} from "../../engine/sql.js";
import { addMonths } from "../../kpi/periods.js";
import { countSql, squaresSql, unitSql } from "../../kpi/sql.js";
import { append } from "../../statistics/extremes.js";
import type { BuildCache } from "../kept/buildCache.js";
import { contributorBit, contributorOf, isCase } from "./contributors.js";
import {
  type Cuboid,
  cuboidSql,
  cuboidsOf,
  groupingSql,
  isOf,
  namesOf,
  numeratorCuboids,
} from "./cuboids.js";
import { growthHeads, growthSql, toldOfGrowth } from "./growth.js";
import { compareMonths, dayList, type KeptMonths, type Prints } from "./keptMonths.js";
import { splitMonths, splitWindows } from "./numerators.js";
import { createScratch, dropScratch } from "./scratch.js";
import type { CaseSource } from "./source.js";
import { isRest, isWithin, onlyRests, restsOfCut, windowHeads } from "./windows.js";

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const monthAfter = (day: string) => addMonths(monthOf(day), 1);
const monthSql = (day: string) => `cast(date_trunc('month', ${day}) as date)`;

/**
 * Sums the cases of one group of sources by month into `marts.kpi_cube`, in one scan; and, by a second scan of the
 * few days at the windows' ends, into the elapsed windows of `marts.kpi_period_cube`, which also holds what is compared
 * with another period's sum. The scratch tables `windows` and `growth_parts` have to be prepared.
 * @returns the prints of the cases, where a cache compares them
 */
export async function fillMonths(
  db: DuckDBConnection,
  group: readonly CaseSource[],
  published: readonly string[],
  cache?: BuildCache,
): Promise<Prints | undefined> {
  const [first] = group;
  if (!first) return undefined;
  const cuboids = cuboidsOf(first.kpi, published);
  const all = [...cuboids, ...numeratorCuboids(first.kpi)];
  const cuts = await windowHeads(db);
  for (const { kpi } of group) if (kpi.against) append(cuts, await growthHeads(db, kpi.against));
  const heads = [...new Set(cuts)];
  const printed = await createCells(db, group, all, heads, cache);
  for (const [index, source] of group.entries()) {
    if (source.kpi.against) {
      await db.run(insertSql("marts.kpi_period_cube", growthRows(source, index, cuboids)));
      continue;
    }
    await db.run(insertSql("marts.kpi_cube", monthRows(source, index, cuboids)));
    await db.run(insertSql("marts.kpi_period_cube", windowRows(source, index, cuboids)));
    for (const dimension of source.kpi.numerator_dimensions) {
      const split = splitOf(source, index, cuboids, dimension);
      await db.run(insertSql("marts.kpi_cube", ...splitMonths(split)));
      await db.run(insertSql("marts.kpi_period_cube", ...splitWindows(split)));
    }
  }
  await dropScratch(db, "cells");
  return printed;
}

/** Fills the scratch table `cells`; what is kept of months whose cases are as they were is not computed again. */
async function createCells(
  db: DuckDBConnection,
  group: readonly CaseSource[],
  cuboids: readonly Cuboid[],
  heads: readonly string[],
  cache: BuildCache | undefined,
): Promise<Prints | undefined> {
  const cut = heads.length > 0 ? [cellsOf(group, cuboids, heads)] : [];
  const months = await compareMonths(db, cache, toldApart(group), selectSql(cellsOf(group, cuboids, [])));
  if (!months?.kept || months.same.length === 0) {
    await createScratch(db, "cells", selectSql(cellsOf(group, cuboids, [])));
  } else {
    await createScratch(
      db,
      "cells",
      `select * from ${months.kept.rows} as kept where month in (${dayList(months.same)})`,
    );
    const only = onlyOf(group, months);
    if (only) await db.run(`insert into cells by name ${selectSql(cellsOf(group, cuboids, [], [only]))}`);
  }
  await months?.keep("cells");
  for (const select of cut) await db.run(`insert into cells by name ${selectSql(select)}`);
  return months?.printed;
}

/** SQL condition of the cases of months that have to be summed; undefined where there are none. */
function onlyOf([first]: readonly CaseSource[], { others, hasNone }: KeptMonths): string | undefined {
  const day = first?.columns.get("case_on") ?? "";
  const [start, end] = [others[0], others.at(-1)];
  const conditions = [
    ...(start && end
      ? [
          `(${day} >= date '${start}' and ${day} < date '${monthAfter(end)}' and ${monthSql(day)} in (${dayList(others)}))`,
        ]
      : []),
    ...(hasNone ? [`${day} is null`] : []),
  ];
  return conditions.length > 0 ? `(${conditions.join(" or ")})` : undefined;
}

/**
 * The cases of a group by all that `casesOf` follows from: whom a case tells of counts where it has a numerator or denominator, and
 * their bit follows from their id.
 */
function toldApart(group: readonly CaseSource[]): Select {
  const { columns, ...cases } = casesOf(group);
  const { month = "", ...others } = columns;
  const { from, hash, dimensions } = group[0]?.hashed ?? {};
  const sums = Object.entries(others).flatMap(([name, sql]) =>
    name.startsWith("who_") || dimensions?.has(name) ? [] : [sql],
  );
  const whom = group.flatMap(({ kpi, columns: own }) => contributorOf(kpi, own) ?? []);
  const told = [...new Set([...sums, ...whom, ...(hash ? [hash] : [])])].map((sql, index) => [
    `told_${index}`,
    sql,
  ]);
  return { ...cases, ...(from ? { from } : {}), columns: { month, ...Object.fromEntries(told) } };
}

/** The cases of a group, one row each: their month and all that is summed of them and by. */
function casesOf(group: readonly CaseSource[], only: readonly string[] = []): Select {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const conditions = group.every(({ where }) => where)
    ? [`(${group.map(({ where }) => `(${where})`).join(" or ")})`]
    : [];
  return {
    columns: {
      month: monthSql(first.columns.get("case_on") ?? ""),
      ...Object.fromEntries(
        namesOf(first.kpi).map((name) => [
          name,
          `coalesce(cast(${first.columns.get(name)} as varchar), ${literal(unknown)})`,
        ]),
      ),
      ...Object.assign({}, ...group.map(caseColumns)),
    },
    from: first.from,
    where: [...conditions, ...only],
  };
}

/**
 * One row a month (or head of a month, up to `cut_on`, and what `is_rest` of it, up to the next cut `is_next`) and cuboid cell, with the components of every
 * KPI beside each other.
 */
function cellsOf(
  group: readonly CaseSource[],
  cuboids: readonly Cuboid[],
  heads: readonly string[],
  only: readonly string[] = [],
): Select {
  const [first] = group as [CaseSource, ...CaseSource[]];
  const names = namesOf(first.kpi);
  const day = first.columns.get("case_on") ?? "";
  const isCut = heads.length > 0;
  const ranges = heads.map(
    (cut) => `(${day} >= date '${monthOf(cut)}' and ${day} < date '${monthAfter(cut)}')`,
  );
  const cases = casesOf(group, isCut ? [`(${ranges.join(" or ")})`] : only);
  const columns: Columns = { ...cases.columns, ...(isCut ? { case_day: day } : {}) };
  const rows = selectSql({ ...cases, columns });
  const cutRows = selectSql({
    columns: {
      ...passed(Object.keys(columns), "cases"),
      cut_on: "heads.cut_on",
      is_rest: "cases.case_day >= heads.cut_on",
      is_next: "cases.case_day >= heads.cut_on and cases.case_day < heads.next_on",
    },
    from: `(${rows}) as cases
      inner join (values ${headRows(heads).join(", ")}) as heads (cut_on, next_on)
      on cases.month = ${monthSql("heads.cut_on")}`,
  });
  const keys = isCut ? ["month", "cut_on", "is_rest", "is_next"] : ["month"];
  return {
    columns: {
      month: "month",
      cut_on: isCut ? "cut_on" : "cast(null as date)",
      is_rest: isCut ? "is_rest" : "false",
      is_next: isCut ? "is_next" : "false",
      ...passed(names),
      cuboid_bits: groupingSql(names),
      ...Object.assign({}, ...group.map(componentColumns)),
    },
    from: `(${isCut ? cutRows : rows}) as cases`,
    groupingSets: cuboids.map((cuboid) => [...keys, ...cuboid.map(quoted)]),
  };
}

/** The days that cut a month, each with the next that cuts the same month: rows of values. */
function headRows(heads: readonly string[]): string[] {
  return heads.toSorted().map((head, index, all) => {
    const next = all[index + 1];
    const isNext = next !== undefined && monthOf(next) === monthOf(head);
    return `(date '${head}', ${isNext ? `date '${next}'` : "cast(null as date)"})`;
  });
}

function caseColumns({ kpi, columns, where }: CaseSource, index: number): Columns {
  const only = (sql = "") => (where ? `case when ${where} then ${sql} end` : sql);
  const bit = contributorBit(kpi, columns);
  const counts = [
    ...(where ? [`(${where})`] : []),
    isCase(`(${columns.get("numerator")})`, `(${columns.get("denominator")})`),
  ];
  const awaiting = columns.get("is_awaiting");
  return {
    [`num_${index}`]: only(columns.get("numerator")),
    [`den_${index}`]: only(columns.get("denominator")),
    ...(awaiting ? { [`waits_${index}`]: only(awaiting) } : {}),
    ...(bit ? { [`who_${index}`]: `case when ${counts.join(" and ")} then ${bit} end` } : {}),
  };
}

/** The sums of a KPI, name → SQL over its cases; only what differs, because each is kept for every cell of every set. */
function sumsOf({ kpi, columns }: CaseSource, index: number): Map<string, string> {
  const [numerator, denominator] = [`num_${index}`, `den_${index}`];
  const sums = new Map([
    [numerator, `sum(${numerator})`],
    [denominator, `sum(${denominator})`],
  ]);
  const count = countSql(kpi, numerator, denominator);
  if (![...sums.values()].includes(count)) sums.set(`n_${index}`, count);
  const squares = squaresSql(kpi, numerator);
  if (squares !== "0") sums.set(`sq_${index}`, squares);
  if (columns.has("is_awaiting")) sums.set(`waits_${index}`, `count(*) filter (where waits_${index})`);
  return sums;
}

/** The column of `cells` with the bits of whom a KPI's cases tell of; undefined where they tell of nobody. */
const whoOf = ({ kpi }: CaseSource, index: number) =>
  kpi.contributors === "none" ? undefined : `who_${index}`;

function componentColumns(source: CaseSource, index: number): Columns {
  const who = whoOf(source, index);
  return { ...Object.fromEntries(sumsOf(source, index)), ...(who ? { [who]: `bit_or(${who})` } : {}) };
}

function monthRows(source: CaseSource, index: number, cuboids: readonly Cuboid[]): Select {
  const { kpi } = source;
  const who = whoOf(source, index);
  return {
    columns: {
      cuboid: cuboidSql("cuboid_bits", cuboids, namesOf(kpi)),
      kpi_id: literal(kpi.id),
      month: "month",
      ...passed(kpi.dimensions),
      ...components(source, index, (column) => column),
      ...(who ? { contributors: who } : {}),
    },
    from: "cells",
    where: ["cut_on is null", isOf(kpi, cuboids), hasCases(source, index)],
    orderBy: ["cuboid", "month", ...kpi.dimensions.map(quoted)],
  };
}

/**
 * A window is whole months and the head of one more. What has no case there, but in the days that it leaves out, has rows of
 * their own (`onlyRests`): cells that are summed over them, as those of a region over its segments, are cut off from them too.
 */
function windowRows(source: CaseSource, index: number, cuboids: readonly Cuboid[]): Select {
  const { kpi } = source;
  const who = whoOf(source, index);
  const window = passed(["role", "grain", "period_start"], "windows");
  const within = `filter (where ${isWithin})`;
  const cuboid = cuboidSql("cells.cuboid_bits", cuboids, namesOf(kpi));
  const keepsRests = who !== undefined && !kpi.all_months;
  return {
    columns: {
      cuboid: keepsRests
        ? `case when count(*) ${within} > 0 then ${cuboid} else ${cuboid} || ${literal(onlyRests)} end`
        : cuboid,
      kpi_id: literal(kpi.id),
      ...window,
      ...passed(kpi.dimensions, "cells"),
      ...components(source, index, (column) => `sum(${column}) ${within}`),
      ...(who
        ? {
            contributors: `bit_or(${who}) ${within}`,
            ...restsOfCut(who, "windows", isRest),
          }
        : {}),
    },
    from: `cells inner join windows on ${isWithin} or ${isRest}`,
    where: [isOf(kpi, cuboids), hasCases(source, index)],
    groupBy: [
      ...Object.values(window),
      "windows.months_begun",
      "cells.cuboid_bits",
      ...Object.values(passed(kpi.dimensions, "cells")),
    ],
    ...(keepsRests
      ? {}
      : { having: `count(*) ${within} ${kpi.all_months ? "= windows.months_begun" : "> 0"}` }),
    orderBy: ["role", "grain", "cuboid", ...kpi.dimensions.map(quoted)],
  };
}

function growthRows(source: CaseSource, index: number, cuboids: readonly Cuboid[]): Select {
  const { kpi } = source;
  const who = whoOf(source, index);
  const value = { value: `num_${index}`, count: `den_${index}`, who };
  return {
    columns: {
      cuboid: cuboidSql("cuboid_bits", cuboids, namesOf(kpi)),
      kpi_id: literal(kpi.id),
      ...passed(["role", "grain", "period_start", ...kpi.dimensions]),
      numerator: unitSql("sums.numerator", kpi.scale),
      denominator: unitSql("sums.denominator", kpi.scale),
      n: unitSql("sums.n"),
      sum_sq: "0",
      awaiting: "0",
      ...(who ? passed(toldOfGrowth) : {}),
    },
    from: `(${growthSql(kpi, ["cuboid_bits", ...kpi.dimensions], value)}) as sums`,
    where: [
      `(${["numerator", "denominator", "n"].map((name) => `coalesce(sums.${name}, 0) <> 0`).join(" or ")})`,
    ],
    orderBy: ["cuboid", "role", "grain", "period_start", ...kpi.dimensions.map(quoted)],
  };
}

function splitOf(source: CaseSource, index: number, cuboids: readonly Cuboid[], dimension: string) {
  return {
    kpi: source.kpi,
    dimension,
    whole: cuboids[0] ?? [],
    numerator: `num_${index}`,
    denominator: `den_${index}`,
    who: whoOf(source, index),
  };
}

/** A cell may hold cases of another KPI of the group only. */
function hasCases(source: CaseSource, index: number): string {
  return `(${[...sumsOf(source, index).keys()].map((name) => `coalesce(${name}, 0) <> 0`).join(" or ")})`;
}

function components(source: CaseSource, index: number, wrap: (column: string) => string): Columns {
  const { kpi } = source;
  const sums = sumsOf(source, index);
  const count = countSql(kpi, `num_${index}`, `den_${index}`);
  const counted = [...sums].find(([, sql]) => sql === count)?.[0] ?? "";
  const part = (name: string, scale = 1) => (sums.has(name) ? unitSql(wrap(name), scale) : "0");
  return {
    numerator: part(`num_${index}`, kpi.scale),
    denominator: part(`den_${index}`),
    n: part(counted),
    sum_sq: part(`sq_${index}`, kpi.scale ** 2),
    awaiting: part(`waits_${index}`),
  };
}
