import type { DuckDBConnection } from "@duckdb/node-api";
import { limitedChannels } from "../catalogue/responseLimits.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName, tableNames } from "../contract/index.js";
import { literal, quoted } from "../engine/sql.js";
import type { WarningReport } from "./report.js";

/** Rows that are kept though something is odd about them and another table: references without a match, early orders. */
export async function findWarnings(
  db: DuckDBConnection,
  loaded: ReadonlySet<TableName>,
): Promise<WarningReport[]> {
  const warnings: WarningReport[] = [];
  for (const table of tableNames) {
    if (!loaded.has(table)) continue;
    const checks = [...references(table, loaded), ...acquisitions(table, loaded), ...otherChannels(table)];
    for (const { rule, column, sql } of checks) {
      const result = await db.runAndReadAll(sql);
      const count = Number(result.value(0, 0));
      const sample = result.value(1, 0);
      if (count > 0)
        warnings.push({
          table,
          rule,
          column,
          file: null,
          count,
          sample: sample === null ? null : String(sample),
        });
    }
  }
  return warnings;
}

interface Check {
  rule: string;
  column: string;
  sql: string;
}

function references(table: TableName, loaded: ReadonlySet<TableName>): Check[] {
  return columnsOf(table).flatMap((column) => {
    const target = column.references as TableName | undefined;
    if (!target) return [];
    const name = quoted(column.name);
    const key = quoted(primaryKeyOf(target)[0] ?? "");
    const unmatched = loaded.has(target)
      ? ` and not exists (select 1 from staging.${quoted(target)} as target where target.${key} = referring.${name})`
      : "";
    const sql = `select count(*), min(${name}) from staging.${quoted(table)} as referring where ${name} is not null${unmatched}`;
    return [{ rule: "unknown_reference", column: column.name, sql }];
  });
}

/** An order before its customer was acquired. */
function acquisitions(table: TableName, loaded: ReadonlySet<TableName>): Check[] {
  if (table !== "orders" || !loaded.has("customers")) return [];
  const sql = `select count(*), min(orders.order_id) from staging.orders as orders
    join staging.customers as customers on customers.customer_id = orders.customer_id
    where orders.ordered_on < customers.acquired_on`;
  return [{ rule: "before_acquisition", column: "ordered_at", sql }];
}

/** Tickets of channels that have no response limit of their own: a word nobody mapped may well be one that has. */
function otherChannels(table: TableName): Check[] {
  if (table !== "tickets") return [];
  const sql = `
    with others as (
      select channel, count(*) as tickets from staging.tickets
      where channel is not null and first_response_at is not null
        and type is distinct from 'complaint' and type is distinct from 'praise'
        and channel not in (${limitedChannels.map(literal).join(", ")})
      group by channel
    ),
    most as (select * from others order by tickets desc, channel limit 5)
    select coalesce((select sum(tickets) from others), 0), (select string_agg(channel, ', ' order by tickets desc, channel) from most)`;
  return [{ rule: "no_own_limit", column: "channel", sql }];
}
