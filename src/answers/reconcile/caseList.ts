import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { primaryKeyOf, stagingColumns } from "../../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../../contract/index.js";
import { literal } from "../../engine/sql.js";
import { ctesOf, type SqlNode } from "../../engine/sqlTree.js";
import { CliError } from "../../run/error.js";
import { readOnce } from "../../warehouse/open.js";
import { told } from "../../words/told.js";
import { itemOf, referredName, viewTree } from "./modelTree.js";

/** What one case of a KPI is known by. */
export interface CaseList {
  /** Where the rows of cases lie: one table, or several whose rows are cases alike. */
  parts: readonly CasePart[];
  /** The columns of the KPI's cases that make up an id. */
  keys: readonly string[];
  /** Each id is one row of its table; an order has lines beside. */
  isWhole: boolean;
  /** What says of a case that it counts: being over 0, or in the numerator. */
  counted: "numerator" | "denominator";
  /** The KPI's value is made of a value for each case. */
  hasValues: boolean;
}

/** A table whose rows are cases of a KPI. */
export interface CasePart {
  table: TableName;
  /** The columns of the table that make up an id. */
  keys: readonly string[];
  /** The column, a day, that dates the case; null where a case has no day of its row. */
  day: string | null;
}

/** Columns of a grain that name no case. */
const isWindow = (name: string) => ["role", "grain", "period_start"].includes(name) || name.startsWith("is_");

/**
 * How the cases of a KPI are known one by one.
 * @throws CliError 2 for a KPI that has no list of cases
 */
export async function caseListOf(db: DuckDBConnection, kpi: Kpi): Promise<CaseList> {
  const reader = await readOnce(
    db,
    `select array_to_string(grain, ',') from config.models where relation = ${literal(`marts.${kpi.id}`)}`,
  );
  const grain = String(reader.getRows()[0]?.[0] ?? "").split(",");
  const own = grain.filter((name) => !isWindow(name));
  if (kpi.kind === "growth") throw new CliError(told("reconcile.growth", { kpi: kpi.id }), 2);
  const relation = `marts.${kpi.id}`;
  const isOfPeriods = kpi.cases === "periods";
  const found = keyOf(own) ?? (await tracedKeys(db, relation, own));
  if (!found) throw new CliError(told("reconcile.noKey", { kpi: kpi.id, grain: own }), 2);
  const isWhole = found.parts.every(({ table, keys }) => primaryKeyOf(table).length === keys.length);
  const parts: CasePart[] = [];
  for (const part of found.parts)
    parts.push({ ...part, day: isOfPeriods ? null : await dayOf(db, relation, part) });
  return {
    ...found,
    isWhole,
    counted: (isOfPeriods && kpi.kind !== "share") || kpi.kind === "count" ? "numerator" : "denominator",
    hasValues: !isOfPeriods && kpi.kind !== "share" && (isWhole || kpi.kind === "sum"),
    parts,
  };
}

interface Found {
  keys: readonly string[];
  parts: readonly Pick<CasePart, "table" | "keys">[];
}

const isId = (table: TableName, name: string) =>
  columnsOf(table).some((column) => column.name === name && column.kind === "id");

const extracted = tableNames.filter((table) => (contract[table] as Table).managed !== true);

/** The table whose rows are the cases. A ticket among the customers of a rate is the case, not the customer. */
function keyOf(grain: readonly string[]): Found | undefined {
  const ids = grain.filter((name) => /_id$/.test(name));
  const tables = extracted.filter((table) => {
    const [key = "", ...more] = primaryKeyOf(table);
    return isId(table, key) && grain.includes(key) && more.every((name) => name === "line_no");
  });
  const closest = tables.find((table) => ids.length === 1 || table !== "customers");
  const isClosest = closest && (ids.length === 1 || isId(closest, "customer_id"));
  const keys = closest && isClosest ? primaryKeyOf(closest).slice(0, 1) : ids;
  const table =
    closest && isClosest
      ? closest
      : // An event's guest is known by both.
        extracted.find(
          (name) => primaryKeyOf(name).join() === ids.join() && ids.every((id) => isId(name, id)),
        );
  return table && { keys, parts: [{ table, keys }] };
}

/** Tables whose ids a model puts below each other under a name of its own. */
async function tracedKeys(
  db: DuckDBConnection,
  relation: string,
  grain: readonly string[],
): Promise<Found | undefined> {
  const [key = "", ...more] = grain.filter((name) => /_id$/.test(name));
  const tree = await viewTree(db, relation);
  if (!tree || key === "" || more.length > 0) return undefined;
  const names = ctesOf(tree).map(({ query }) => referredName(itemOf(query, key)));
  const parts = extracted.flatMap((table) => {
    const [own = "", ...others] = primaryKeyOf(table);
    return others.length === 0 && own !== key && names.includes(own) ? [{ table, keys: [own] }] : [];
  });
  return parts.length > 0 ? { keys: [key], parts } : undefined;
}

/** The day of the table by which the model dates a case. */
async function dayOf(
  db: DuckDBConnection,
  relation: string,
  { table, keys }: Pick<CasePart, "table" | "keys">,
): Promise<string | null> {
  const tree = await viewTree(db, relation);
  if (!tree) return null;
  const [own] = ctesOf(tree).flatMap(({ query }) => {
    const isOwn = (query.select_list as SqlNode[] | undefined)?.some(
      (item) => referredName(item) === keys[0],
    );
    return isOwn ? [query] : [];
  });
  const name = referredName(itemOf(own && !itemOf(tree, "case_on") ? own : tree, "case_on"));
  const days = stagingColumns(table).filter(({ type }) => type === "DATE");
  return days.find((day) => day.name === name)?.name ?? null;
}
