import type { DuckDBConnection } from "@duckdb/node-api";
import type { Dimension } from "../../catalogue/dimensions.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { quoted } from "../../engine/sql.js";
import { ctesOf, expressionsToSql, isNode, type SqlNode } from "../../engine/sqlTree.js";
import { ownJoin } from "../../kpi/ownSql.js";
import type { Model } from "../modelFiles.js";
import { customerJoin } from "../ofCustomer.js";
import { namesOf } from "./cuboids.js";

/** Where a KPI's cases come from: SQL over one relation, so that KPIs of one fact are computed in one scan. */
export interface CaseSource {
  kpi: Kpi;
  from: string;
  /** Column of the model → SQL over `from`. */
  columns: ReadonlyMap<string, string>;
  /** SQL condition of a case, or undefined where every row is one. */
  where?: string;
  /** The same relation with one hash in place of the dimensions that are the customer's. */
  hashed?: { from: string; hash: string; dimensions: ReadonlySet<string> };
}

/** The source of a KPI's cases with its own dimensions; a model that only filters and projects one relation gives that relation. */
export async function caseSource(
  db: DuckDBConnection,
  kpi: Kpi,
  model: Pick<Model, "relation" | "tree">,
): Promise<CaseSource> {
  const source = await modelSource(db, kpi, model);
  if (kpi.own_tables.length === 0) return source;
  const { joins, columns } = ownJoin(kpi, (name) => source.columns.get(name) ?? "null");
  const { from, hashed } = source;
  return {
    ...source,
    from: from + joins,
    columns: new Map([...source.columns, ...columns]),
    ...(hashed
      ? {
          hashed: {
            ...hashed,
            from: hashed.from + joins,
            dimensions: new Set([...hashed.dimensions].filter((name) => !columns.has(name as Dimension))),
          },
        }
      : {}),
  };
}

async function modelSource(
  db: DuckDBConnection,
  kpi: Kpi,
  model: Pick<Model, "relation" | "tree">,
): Promise<CaseSource> {
  const { tree } = model;
  const items = tree.select_list as SqlNode[];
  if (isProjection(tree)) {
    const table = tree.from_table as { schema_name: string; table_name: string; alias: string };
    const where = isNode(tree.where_clause) ? tree.where_clause : undefined;
    const sql = await expressionsToSql(db, where ? [...items, where] : items);
    const columns = new Map(items.map((item, index) => [nameOf(item), sql[index] ?? ""]));
    const ofCustomer = customerJoin(kpi, columns);
    const from = `${table.schema_name}.${table.table_name}${table.alias ? ` as ${table.alias}` : ""}`;
    const { join, hash } = ofCustomer.hashed ?? {};
    const dimensions = new Set<string>(ofCustomer.columns.keys());
    return {
      kpi,
      from: from + ofCustomer.join,
      ...(join && hash ? { hashed: { from: from + join, hash, dimensions } } : {}),
      columns: new Map([...columns, ...ofCustomer.columns]),
      ...(where ? { where: sql.at(-1) ?? "true" } : {}),
    };
  }
  const columns = await db.runAndReadAll(`describe ${model.relation}`);
  return {
    kpi,
    from: model.relation,
    columns: new Map(columns.getRowsJson().map(([name]) => [String(name), quoted(String(name))])),
  };
}

function isProjection(tree: SqlNode): boolean {
  const items = (tree.select_list ?? []) as SqlNode[];
  const from = tree.from_table as SqlNode | undefined;
  return (
    tree.type === "SELECT_NODE" &&
    ctesOf(tree).length === 0 &&
    from?.type === "BASE_TABLE" &&
    (tree.group_expressions as unknown[]).length === 0 &&
    (tree.modifiers as unknown[]).length === 0 &&
    !tree.having &&
    !tree.qualify &&
    !tree.sample &&
    items.every((item) => nameOf(item) !== "" && !["WINDOW", "SUBQUERY", "STAR"].includes(String(item.class)))
  );
}

function nameOf(item: SqlNode): string {
  if (item.alias) return String(item.alias);
  const names = item.column_names as string[] | undefined;
  return item.class === "COLUMN_REF" ? (names?.at(-1) ?? "") : "";
}

/** Whether the values of two sources of one scan are the same where both have a case: they may be taken from each other then. */
export const isSameMeasure = (one: CaseSource, other: CaseSource): boolean =>
  one.kpi.contributors !== "none" &&
  one.kpi.contributors === other.kpi.contributors &&
  [one, other].every(({ kpi }) => !kpi.against && kpi.numerator_dimensions.length === 0) &&
  ["numerator", "denominator"].every((name) => one.columns.get(name) === other.columns.get(name));

/** Sources that one scan serves: the same relation, the same day, the same dimensions by the same SQL. */
export function groupSources(sources: readonly CaseSource[]): CaseSource[][] {
  const groups = new Map<string, CaseSource[]>();
  for (const source of sources) {
    const { kpi, from, columns } = source;
    const shared = ["case_on", "part_on", ...namesOf(kpi)].map((name) => `${name}=${columns.get(name)}`);
    const key = [from, kpi.all_months, kpi.numerator_dimensions.join(), ...shared].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()];
}
