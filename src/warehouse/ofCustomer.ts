import type { DuckDBConnection } from "@duckdb/node-api";
import { customerDimensions, type Dimension } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { type Columns, passed, selectSql } from "../engine/sql.js";
import type { Model } from "./modelFiles.js";

const customers = "intermediate.customers";

/** What a mart leaves to the customer of its cases: a join to stand behind it, and the dimensions as SQL over both. */
interface CustomerJoin {
  join: string;
  columns: ReadonlyMap<Dimension, string>;
  /** The same join with a hash of these dimensions, worked out once a customer, and SQL for it. */
  hashed?: { join: string; hash: string };
}

/**
 * The join of a KPI's cases with their customers, for the dimensions that the KPI has and its mart has not.
 * @param columns column of the mart → SQL
 */
export function customerJoin(kpi: Kpi, columns: ReadonlyMap<string, string>): CustomerJoin {
  const id = columns.get("customer_id");
  const names = kpi.dimensions.filter(
    (name) => id !== undefined && customerDimensions.includes(name) && !columns.has(name),
  );
  if (names.length === 0) return { join: "", columns: new Map() };
  // Under names of their own, so that the mart's SQL may call its columns by bare names.
  const given = Object.fromEntries(["customer_id", ...names].map((name) => [`of_${name}`, name]));
  const joined = (columns: Columns) =>
    ` left join (${selectSql({ columns, from: customers })}) as of_customers
      on of_customers.of_customer_id = ${id}`;
  return {
    join: joined(given),
    columns: new Map(names.map((name) => [name, `of_customers.of_${name}`])),
    hashed: {
      join: joined({ ...given, of_hash: `hash(${names.join(", ")})` }),
      hash: "of_customers.of_hash",
    },
  };
}

/** A KPI's mart with the dimensions that it leaves to the customer; another model as it is. */
export async function withCustomers(
  db: DuckDBConnection,
  model: Model,
  kpis: readonly Kpi[],
): Promise<Model> {
  const kpi = kpis.find(({ id }) => model.relation === `marts.${id}`);
  if (!kpi) return model;
  const described = await db.runAndReadAll(`describe ${model.sql}`);
  const own = passed(
    described.getRowsJson().map(([name]) => String(name)),
    "cases",
  );
  const { join, columns } = customerJoin(kpi, new Map(Object.entries(own)));
  if (join === "") return model;
  const from = `(\n${model.sql}\n) as cases${join}`;
  return {
    ...model,
    sql: selectSql({ columns: { ...own, ...Object.fromEntries(columns) }, from }),
    reads: [...new Set([...model.reads, customers])],
  };
}
