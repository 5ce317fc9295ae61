import type { DuckDBConnection } from "@duckdb/node-api";
import { isNode, parseSelect, type SqlNode } from "../sqlTree.js";
import { treeText } from "../treeText.js";
import { type Loss, lossesSql } from "./losses.js";
import { makeTolerant, type Tolerant } from "./tolerant.js";

/** A `select` with columns beside those it has: `_row`, its driving row's id, and `_lost`, see `lossesSql`. */
export interface TracedSelect {
  node: SqlNode;
  /** Every row has its `_row`. */
  isTraced: boolean;
  hasRow: boolean;
  hasLosses: boolean;
}

/** The leftmost table of a `select`, whose rows it goes through, and the name its columns are called by. */
export interface DrivingTable {
  name: string;
  alias: string;
}

export function drivingTable(select: SqlNode): DrivingTable | undefined {
  let table = select.from_table as SqlNode | undefined;
  while (isNode(table) && table.type === "JOIN") table = table.left as SqlNode;
  if (table?.type !== "BASE_TABLE" || !table.table_name) return undefined;
  const name = String(table.table_name);
  return { name, alias: String(table.alias || name) };
}

/** The `select` with `_row`; undefined where it groups or is distinct, and so has no row ids to give. */
export function withRowId(select: SqlNode, driving: DrivingTable | undefined): TracedSelect | undefined {
  if (!driving || !isPlain(select)) return undefined;
  const node = { ...select, select_list: [...itemsOf(select), rowIdOf(driving)] };
  return { node, isTraced: true, hasRow: true, hasLosses: false };
}

const isPlain = (select: SqlNode) =>
  select.type === "SELECT_NODE" &&
  (select.group_expressions as unknown[]).length === 0 &&
  select.aggregate_handling === "STANDARD_HANDLING" &&
  (select.modifiers as SqlNode[]).every(({ type }) => type !== "DISTINCT_MODIFIER");

/**
 * The `select` made tolerant, with `_lost`: its expressions, its condition and what it groups by fail on no row. A row
 * that a condition cannot be told of is kept, as one that lost a cell; so is the row that sums such rows.
 */
export async function softened(
  db: DuckDBConnection,
  select: SqlNode,
  driving: DrivingTable | undefined,
  nullValues: readonly string[],
): Promise<TracedSelect | undefined> {
  if (select.type !== "SELECT_NODE") return undefined;
  const aggregates = await aggregateNames(db);
  const items = itemsOf(select);
  const groups = select.group_expressions as SqlNode[];
  const where = isNode(select.where_clause) ? [select.where_clause] : [];
  const made = await makeTolerant(db, [...items, ...groups, ...where], { nullValues, aggregates });
  const softItems = made.slice(0, items.length);
  const softWhere = made[items.length + groups.length];
  const isGrouped =
    groups.length > 0 ||
    select.aggregate_handling !== "STANDARD_HANDLING" ||
    made.some(({ hasAggregate }) => hasAggregate);
  const losing = [
    ...softItems.map((soft, index) => ({ soft, column: String(items[index]?.alias) || null })),
    ...(softWhere ? [{ soft: softWhere, column: null }] : []),
  ].filter(({ soft }) => soft.lost !== undefined);
  const losses = losing.map(({ soft, column }) => lossOf(soft, column, isGrouped));
  const extra: SqlNode[] = [];
  if (losses.length > 0) extra.push(await itemOf(db, lossesSql(losses), "_lost"));
  const isTraced = !isGrouped && isPlain(select) && driving !== undefined;
  if (isTraced) extra.push(rowIdOf(driving));
  const firstLost = isGrouped && driving && losses.length > 0;
  if (firstLost) {
    const any = losing.map(({ soft }) => `coalesce(${soft.lost}, false)`).join(" or ");
    const rowId = `"${driving.alias.replaceAll('"', '""')}".rowid`;
    extra.push(await itemOf(db, `min(${rowId}) filter (where ${any})`, "_row"));
  }
  if (select.aggregate_handling === "FORCE_AGGREGATES" && items.some(({ class: kind }) => kind === "STAR"))
    return undefined;
  const node = {
    ...select,
    select_list: [...items.map((item, index) => softItems[index]?.node ?? item), ...extra],
    group_expressions: groups.map((group, index) => made[items.length + index]?.node ?? group),
    where_clause: softWhere ? await conditionOf(db, softWhere) : select.where_clause,
    ...(select.aggregate_handling === "FORCE_AGGREGATES" ? await groupsByPlace(db, softItems) : {}),
  };
  return { node, isTraced, hasRow: isTraced || Boolean(firstLost), hasLosses: losses.length > 0 };
}

/** What GROUP BY ALL stands for, spelt out: the engine does not see through TRY which columns it groups by. */
async function groupsByPlace(db: DuckDBConnection, items: readonly Tolerant[]): Promise<Partial<SqlNode>> {
  const places = items.flatMap(({ hasAggregate }, index) => (hasAggregate ? [] : [index + 1]));
  const all = { aggregate_handling: "STANDARD_HANDLING" };
  if (places.length === 0) return all;
  const { group_expressions, group_sets } = await parseSelect(
    db,
    `select 1 group by ${places.join(", ")}`,
    "mapping",
  );
  return { ...all, group_expressions, group_sets };
}

function lossOf(soft: Tolerant, column: string | null, isGrouped: boolean): Loss {
  const when = `coalesce(${soft.lost}, false)`;
  const expression = soft.written;
  if (!isGrouped) return { column, expression, when, cells: soft.cells };
  return {
    column,
    expression,
    when: `bool_or(${when})`,
    cells: `any_value(${soft.cells}) filter (where ${when})`,
  };
}

async function conditionOf(db: DuckDBConnection, { value, lost }: Tolerant): Promise<SqlNode> {
  return itemOf(db, lost === undefined ? value : `coalesce(cast(${value} as boolean), ${lost}, false)`, "");
}

async function itemOf(db: DuckDBConnection, sql: string, alias: string): Promise<SqlNode> {
  const [item] = itemsOf(await parseSelect(db, `select ${sql}`, "mapping"));
  return { ...item, alias };
}

const itemsOf = (select: SqlNode) => select.select_list as SqlNode[];

const rowIdOf = ({ alias }: DrivingTable): SqlNode => ({
  class: "COLUMN_REF",
  type: "COLUMN_REF",
  alias: "_row",
  column_names: [alias, "rowid"],
});

async function aggregateNames(db: DuckDBConnection): Promise<Set<string>> {
  const found = await db.runAndReadAll(
    "select distinct function_name from duckdb_functions() where function_type = 'aggregate'",
  );
  return new Set(found.getRows().map(([name]) => String(name)));
}

/** A tree's SQL. */
export async function selectSql(db: DuckDBConnection, node: SqlNode): Promise<string> {
  const text = await db.runAndReadAll("select json_deserialize_sql(cast($1 as json))", [
    treeText({ error: false, statements: [{ node }] }),
  ]);
  return String(text.value(0, 0));
}
