import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { primaryKeyOf, stagingColumns } from "../../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../../contract/index.js";
import { literal } from "../../engine/sql.js";
import { isNode } from "../../engine/sqlTree.js";
import { CliError } from "../../run/error.js";
import { readOnce } from "../../warehouse/open.js";
import { told } from "../../words/told.js";
import { itemOf, viewTree } from "./modelTree.js";

/** What one case of a KPI is known by. */
export interface CaseList {
  table: TableName;
  /** Its id, a column of the table and of the KPI's cases. */
  key: string;
  /** The id alone is the table's key; an order has lines beside. */
  isWhole: boolean;
  /** What says of a case that it counts: being over 0, or in the numerator. */
  counted: "numerator" | "denominator";
  /** The KPI's value is made of a value for each case. */
  hasValues: boolean;
  /** The column of the table, a day, that dates the case; null where a case has no day of its own. */
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
  const found = keyOf(own);
  if (!found || (kpi.kind === "share" && kpi.cases === "periods"))
    throw new CliError(told("reconcile.noKey", { kpi: kpi.id, grain: own }), 2);
  const { table, key } = found;
  const isWhole = primaryKeyOf(table).length === 1;
  const isOfPeriods = kpi.cases === "periods";
  return {
    ...found,
    isWhole,
    counted: isOfPeriods || kpi.kind === "count" ? "numerator" : "denominator",
    hasValues: !isOfPeriods && kpi.kind !== "share" && (isWhole || kpi.kind === "sum"),
    day: isOfPeriods ? null : await dayOf(db, `marts.${kpi.id}`, table, key),
  };
}

/** The table whose rows are the cases. A ticket among the customers of a rate is the case, not the customer. */
function keyOf(grain: readonly string[]): Pick<CaseList, "table" | "key"> | undefined {
  const isId = (table: TableName, name: string) =>
    columnsOf(table).some((column) => column.name === name && column.kind === "id");
  const tables = tableNames.filter((table) => {
    const [key = "", ...more] = primaryKeyOf(table);
    const isManaged = (contract[table] as Table).managed === true;
    return !isManaged && isId(table, key) && grain.includes(key) && more.every((name) => name === "line_no");
  });
  const ids = grain.filter((name) => /_id$/.test(name));
  const closest = tables.find((table) => ids.length === 1 || table !== "customers");
  // Two ids of which neither is a row of the other's table: an event's guest.
  if (!closest || (ids.length > 1 && !columnsOf(closest).some(({ name }) => name === "customer_id")))
    return undefined;
  return { table: closest, key: primaryKeyOf(closest)[0] ?? "" };
}

/** The day of the table by which the model dates a case. */
async function dayOf(
  db: DuckDBConnection,
  relation: string,
  table: TableName,
  key: string,
): Promise<string | null> {
  const tree = await viewTree(db, relation);
  const item = tree && itemOf(tree, "case_on");
  const name = isNode(item) && item.class === "COLUMN_REF" ? (item.column_names as string[]).at(-1) : "";
  const days = stagingColumns(table).filter(({ type }) => type === "DATE");
  return (key && days.find((day) => day.name === name)?.name) || null;
}
