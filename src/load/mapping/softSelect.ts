import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../../engine/sql.js";
import { isNode, type SqlNode } from "../../engine/sqlTree.js";
import { conjunction, conjuncts, isJoining, itemOf, itemsOf, rawRow, spelledGroups } from "./blocks.js";
import { type Loss, lossesSql } from "./losses.js";
import { aggregateNames, holds, Softening } from "./soften.js";
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
 * @param isDeep what it nests is made tolerant, too, though no row tells what that loses
 */
export async function softened(
  db: DuckDBConnection,
  select: SqlNode,
  driving: DrivingTable | undefined,
  { nullValues, isDeep }: { nullValues: readonly string[]; isDeep: boolean },
): Promise<TracedSelect | undefined> {
  if (select.type !== "SELECT_NODE") return undefined;
  const softening = new Softening(await aggregateNames(db), isDeep);
  const items = itemsOf(select);
  const groups = select.group_expressions as SqlNode[];
  const where = conjuncts(select.where_clause);
  const joining = where.filter((part) => isJoining(part, select));
  const filters = where.filter((part) => !joining.includes(part));
  const made = await makeTolerant(db, [...items, ...groups, ...filters], { nullValues, isDeep });
  const softItems = made.slice(0, items.length);
  const softFilters = made.slice(items.length + groups.length);
  const isGrouped =
    groups.length > 0 ||
    select.aggregate_handling !== "STANDARD_HANDLING" ||
    holds(select.having, (part) => softening.isAggregate(part)) ||
    made.some(({ hasAggregate }) => hasAggregate);
  const named = [
    ...softItems.map((soft, index) => ({ soft, column: String(items[index]?.alias) || null })),
    ...softFilters.map((soft) => ({ soft, column: null })),
  ];
  const losing = named.filter(({ soft }) => soft.lost !== undefined);
  const losses = [
    ...losing.map(({ soft, column }) => lossOf(soft, column, isGrouped)),
    ...named.flatMap(({ soft, column }) => overLossOf(soft, column)),
  ];
  const extra: SqlNode[] = [];
  if (losses.length > 0) extra.push(await itemOf(db, lossesSql(losses), "_lost"));
  const isTraced = !isGrouped && isPlain(select) && driving !== undefined;
  if (isTraced) extra.push(rowIdOf(driving));
  const firstLost = isGrouped && driving && losses.length > 0;
  if (firstLost) {
    const any = losing.map(({ soft }) => `coalesce(${soft.lost}, false)`).join(" or ") || "false";
    const over = losses.slice(losing.length).map(({ when }) => `coalesce(${when}, false)`);
    const rowId = `${quoted(driving.alias)}.${rawRow}`;
    const ofSum = over.length > 0 ? `case when ${over.join(" or ")} then min(${rowId}) end` : "null";
    extra.push(await itemOf(db, `coalesce(min(${rowId}) filter (where ${any}), ${ofSum})`, "_row"));
  }
  const isAll = select.aggregate_handling === "FORCE_AGGREGATES";
  if (isAll && items.some(({ class: kind }) => kind === "STAR")) return undefined;
  const node = {
    ...(isDeep ? softening.all(select) : select),
    select_list: [...items.map((item, index) => softItems[index]?.node ?? item), ...extra],
    group_expressions: groups.map((group, index) => made[items.length + index]?.node ?? group),
    where_clause: conjunction([
      ...(isDeep ? joining.map((part) => softening.joining(part)) : joining),
      ...(await keptByAll(db, softFilters)),
    ]),
    ...(isAll ? await spelledGroups(db, items, (part) => softening.isAggregate(part)) : {}),
  };
  return { node, isTraced, hasRow: isTraced || Boolean(firstLost), hasLosses: losses.length > 0 };
}

/** A `select` of any shape, all of it tolerant, though no row tells what that loses. */
export async function softenedWhole(db: DuckDBConnection, select: SqlNode): Promise<SqlNode> {
  return new Softening(await aggregateNames(db), true).all(select);
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

function overLossOf(
  { lostOver: when, written: expression, taken: cells }: Tolerant,
  column: string | null,
): Loss[] {
  return when === undefined ? [] : [{ column, expression, when, cells }];
}

/** Conditions that keep the rows that they cannot be told of. */
export async function keptByAll(
  db: DuckDBConnection,
  conditions: readonly Pick<Tolerant, "node" | "value" | "lost">[],
): Promise<SqlNode[]> {
  const kept: SqlNode[] = [];
  for (const { node, value, lost } of conditions) {
    const isSure = lost === undefined;
    kept.push(isSure ? node : await itemOf(db, `coalesce(cast(${value} as boolean), ${lost}, false)`, ""));
  }
  return kept;
}

const rowIdOf = ({ alias }: DrivingTable): SqlNode => ({
  class: "COLUMN_REF",
  type: "COLUMN_REF",
  alias: "_row",
  column_names: [alias, rawRow],
});
