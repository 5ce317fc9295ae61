import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../engine/sql.js";
import { isNode, nodes, parseSelects, relationsOf, type SqlNode, selectTexts } from "../engine/sqlTree.js";

/** Days [start, end), ISO, under a name of their own. */
export interface NamedWindow {
  name: string;
  start: string;
  end: string;
}

/** The role of windows that are asked for, beside the periods'. */
const role = "window";
const periods = "intermediate.periods";

/**
 * The cases of KPIs that are computed a period at a time, for windows of any days: the warehouse's own models over other
 * periods, as tables of a database in memory, `windows`. A mart holds what it held, with the window's name as `grain`.
 * @param marts the marts wanted, `marts.churn_rate`
 */
export async function withWindows<T>(
  db: DuckDBConnection,
  windows: readonly NamedWindow[],
  marts: readonly string[],
  use: () => Promise<T>,
): Promise<T> {
  await db.run("attach ':memory:' as windows (read_write)");
  try {
    if (marts.length > 0 && windows.length > 0) await createModels(db, windows, marts);
    return await use();
  } finally {
    await db.run("detach windows");
  }
}

/** The relation that holds a mart's cases of the windows. */
export const windowed = (mart: string): string => `windows.${mart}`;

interface View {
  relation: string;
  tree: SqlNode;
  reads: readonly string[];
}

async function createModels(
  db: DuckDBConnection,
  windows: readonly NamedWindow[],
  marts: readonly string[],
): Promise<void> {
  for (const schema of ["intermediate", "marts"]) await db.run(`create schema windows.${schema}`);
  const rows = windows.map(({ name, start, end }) => {
    const [from, to] = [`date ${literal(start)}`, `date ${literal(end)}`];
    return `(${literal(role)}, ${literal(name)}, ${from}, ${to}, ${to}, false, 1, ${from}, ${from}, ${from}, ${from})`;
  });
  const columns =
    "role, grain, period_start, period_end, cutoff_on, is_partial, month_count, previous_start, previous_cutoff_on, year_start, year_cutoff_on";
  await db.run(
    `create table windows.${periods} as select * from (values ${rows.join(", ")}) as given (${columns})`,
  );
  const views = await viewsOf(db);
  const created = new Set([periods]);
  const create = async (relation: string): Promise<boolean> => {
    if (created.has(relation)) return true;
    const view = views.get(relation);
    if (!view) return false;
    let isWindowed = false;
    for (const read of view.reads) isWindowed = (await create(read)) || isWindowed;
    if (!isWindowed) return false;
    const [sql] = await selectTexts(db, [overWindows(view.tree, created)]);
    await db.run(`create table windows.${relation} as select * from (${sql}) where role = ${literal(role)}`);
    created.add(relation);
    return true;
  };
  for (const mart of marts) await create(mart);
}

async function viewsOf(db: DuckDBConnection): Promise<ReadonlyMap<string, View>> {
  const reader = await db.runAndReadAll(`
    select schema_name || '.' || view_name as relation, sql from duckdb_views()
    where not internal and database_name = current_database() and schema_name in ('intermediate', 'marts')`);
  const found = reader.getRowsJson().map(([relation, sql]) => ({
    file: String(relation),
    sql: String(sql)
      .replace(/^create view \S+( \([^)]*\))? as/i, "")
      .replace(/;\s*$/, ""),
  }));
  const trees = await parseSelects(db, found);
  return new Map(
    found.map(({ file }, at) => {
      const tree = trees[at] as SqlNode;
      return [file, { relation: file, tree, reads: relationsOf(tree, file) }];
    }),
  );
}

/** A query that reads the relations made for the windows in the place of the warehouse's. */
function overWindows(tree: SqlNode, made: ReadonlySet<string>): SqlNode {
  const copy = structuredClone(tree);
  for (const node of nodes(copy)) {
    if (!isNode(node) || node.type !== "BASE_TABLE") continue;
    if (made.has(`${node.schema_name}.${node.table_name}`)) node.catalog_name = "windows";
  }
  return copy;
}
