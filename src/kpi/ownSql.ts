import type { Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";

/** What own dimensions add to a relation of cases: joins to stand behind it, and the dimensions as SQL over both. */
interface OwnJoin {
  joins: string;
  columns: ReadonlyMap<Dimension, string>;
}

/**
 * The join of a KPI's cases with the tables of their own dimensions. A case that such a table says nothing of keeps what
 * its model says, where it says anything.
 * @param column a column of the case as SQL
 */
export function ownJoin(kpi: Kpi, column: (name: string) => string): OwnJoin {
  const joins = kpi.own_tables.map(({ table, keys, dimensions }) => {
    const alias = `own_${table}`;
    const named = [...keys, ...dimensions].map((name) => `${alias}_${name}`);
    const same = keys.map((key) => `${alias}.${alias}_${key} = ${column(key)}`).join(" and ");
    return ` left join intermediate.own_dimensions_${table} as ${alias} (${named.join(", ")}) on ${same}`;
  });
  const columns = kpi.own_dimensions.map(({ id, tables, ofModel }): [Dimension, string] => {
    const given = tables.map((table) => `own_${table}.own_${table}_${id}`);
    if (ofModel) given.push(`cast(${column(id)} as varchar)`);
    return [id, given.length > 1 ? `coalesce(${given.join(", ")})` : (given[0] ?? "null")];
  });
  return { joins: joins.join(""), columns: new Map(columns) };
}

/** The cases of a KPI, or of a relation like its mart, with all its dimensions, to stand in a FROM clause. */
export function casesOf(kpi: Kpi, model = `marts.${kpi.id}`): string {
  if (kpi.own_tables.length === 0) return model;
  const { joins, columns } = ownJoin(kpi, (name) => `cases.${name}`);
  const replaced = kpi.own_dimensions.filter(({ ofModel }) => ofModel).map(({ id }) => id);
  const kept = replaced.length > 0 ? `cases.* exclude (${replaced.join(", ")})` : "cases.*";
  const own = [...columns].map(([id, sql]) => `${sql} as ${id}`);
  return `(select ${[kept, ...own].join(", ")} from ${model} as cases${joins})`;
}
