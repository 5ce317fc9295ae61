import type { DuckDBConnection } from "@duckdb/node-api";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const zone = "Asia/Shanghai";

/** A small company of few customers, some of whom have most of the cases, in groups of very different size. */
export async function company(
  seed: number,
  asOf: string,
  catalogDir = "data/catalog",
  types = ["request", "repair", "complaint"],
): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  const dice = (salt: string) => `(hash('${salt}', ${seed}, i) % 10000 / 10000.0)`;
  const of = (salt: string, words: string[], power = 2) =>
    `(array[${words.map((word) => `'${word}'`).join(", ")}])[1 + floor(${words.length} * power(${dice(salt)}, ${power}))::int]`;
  const day = (salt: string) => `(date '2024-01-01' + floor(${dice(salt)} * 400)::int)`;
  const customer = (salt: string) => `'c' || floor(45 * power(${dice(salt)}, 1.6))::int`;
  await stage(
    db,
    "customers",
    `select 'c' || i as customer_id, 'x' as name, ${of("segment", ["trader", "other", "machinery"])} as segment,
       ${of("region", ["East", "West", "North", "South"])} as region, ${of("industry", ["a", "b", "c"])} as industry,
       'e' || floor(4 * ${dice("owner")})::int as owner_id
     from range(45) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "employees",
    `select 'e' || i as employee_id, 'x' as name, 'd' as department, 'team' || i % 2 as team from range(4) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "tickets",
    `select 't' || i as ticket_id, ${customer("customer")} as customer_id, ${of("type", types)} as type,
       ${of("channel", ["phone", "email", "online"])} as channel, ${day("day")} + interval 9 hour + i * interval 1 minute as created_at,
       ${day("day")} + interval 10 hour + 2 * i * interval 1 minute as first_response_at, 'e' || floor(4 * ${dice("agent")})::int as agent_id
     from range(220) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "orders",
    `select 'o' || i as order_id, '1' as line_no, ${customer("buyer")} as customer_id, ${day("bought")} + interval 9 hour as ordered_at,
       100 + i as revenue, 50 as cost
     from range(160) as numbers (i)`,
    zone,
  );
  await buildMarts(db, {
    asOf,
    catalogDir,
    settings: { published_dimensions: ["segment", "region", "channel", "type"] },
    coversFrom: { tickets: "2024-01-01", orders: "2024-01-01" },
  });
  return db;
}
