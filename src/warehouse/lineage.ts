import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../catalogue/kpis.js";
import { columnsOf, type TableName, tableNames } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import { isNode, nodes, type SqlNode } from "../engine/sqlTree.js";
import type { Model } from "./modelFiles.js";

/** Where a KPI comes from: the models from its own down, and the contract columns they read, as `tickets.created_at`. */
export interface Lineage {
  kpi_id: string;
  models: string[];
  columns: string[];
}

/**
 * Follows every KPI through the SQL of its models to the contract. A companion day such as `created_on` counts as its
 * instant, `created_at`.
 */
export function lineageOf(models: readonly Model[], kpis: readonly Kpi[]): Lineage[] {
  const byName = new Map(models.map((model) => [model.relation, model]));
  const named = new Map(models.map((model) => [model, stagingColumns(model.tree)]));
  return kpis.map(({ id }) => {
    const reached: Model[] = [];
    const visit = (relation: string) => {
      const model = byName.get(relation);
      if (!model || reached.includes(model)) return;
      reached.push(model);
      model.reads.forEach(visit);
    };
    visit(`marts.${id}`);
    const columns = new Set(reached.flatMap((model) => [...(named.get(model) ?? [])]));
    return { kpi_id: id, models: reached.map(({ relation }) => relation), columns: [...columns].sort() };
  });
}

/** The contract columns that a model's SQL names. */
function stagingColumns(tree: SqlNode): Set<string> {
  const found = new Set<string>();
  for (const query of queriesOf(tree)) {
    const tables = tablesOf(query.from_table);
    if (tables.size === 0) continue;
    for (const node of nodes(ownParts(query))) {
      if (node.class !== "COLUMN_REF") continue;
      const names = node.column_names as string[];
      const column = names.at(-1) ?? "";
      const relations = names.length > 1 ? [tables.get(names.at(-2) ?? "")] : [...tables.values()];
      for (const table of relations) {
        const name = table && contractColumn(table, column);
        if (name) found.add(`${table}.${name}`);
      }
    }
  }
  return found;
}

/** Every select of a tree, those inside common table expressions and subqueries included. */
const queriesOf = (tree: SqlNode): SqlNode[] => nodes(tree).filter(({ type }) => type === "SELECT_NODE");

/** The contract tables of a FROM clause by the name its columns are called with. */
function tablesOf(from: unknown): Map<string, TableName> {
  const tables = new Map<string, TableName>();
  const visit = (node: unknown) => {
    if (!isNode(node)) return;
    if (node.type === "JOIN") {
      visit(node.left);
      visit(node.right);
    } else if (node.type === "BASE_TABLE" && node.schema_name === "staging") {
      const table = tableNames.find((name) => name === node.table_name);
      if (table) tables.set(String(node.alias || table), table);
    }
  };
  visit(from);
  return tables;
}

/** A select without the queries it defines or nests, which are visited on their own. */
function ownParts(query: SqlNode): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isNode(value)) return value;
    if (value.type === "SELECT_NODE") return null;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, strip(child)]));
  };
  const { cte_map: _, ...rest } = query;
  return Object.values(rest).map(strip);
}

function contractColumn(table: TableName, column: string): string | undefined {
  const names = columnsOf(table).map(({ name }) => name);
  return names.includes(column) ? column : names.find((name) => name === column.replace(/_on$/, "_at"));
}

/** Keeps the lineage for the data dictionary in `config.lineage`, one row a KPI, and in `config.models` what each model is. */
export async function writeLineage(
  db: DuckDBConnection,
  models: readonly Model[],
  kpis: readonly Kpi[],
): Promise<void> {
  await db.run("create schema if not exists config");
  await db.run("create table config.lineage (kpi_id varchar, models varchar[], columns varchar[])");
  const list = (names: readonly string[]) => `[${names.map(literal).join(", ")}]::varchar[]`;
  const rows = lineageOf(models, kpis).map(
    ({ kpi_id, models: names, columns }) => `(${literal(kpi_id)}, ${list(names)}, ${list(columns)})`,
  );
  await db.run(`insert into config.lineage values ${rows.join(", ")}`);
  await db.run("create table config.models (relation varchar, grain varchar[], digest varchar)");
  const made = models.map(
    ({ relation, grain, sql }) => `(${literal(relation)}, ${list(grain)}, md5(${literal(sql)}))`,
  );
  await db.run(`insert into config.models values ${made.join(", ")}`);
}
