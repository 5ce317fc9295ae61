import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const { kpis } = readCatalogue("data/catalog");
let db: DuckDBConnection;
beforeAll(async () => {
  db = await emptyStaging();
  // By phone, of agent a1: 1 to 6 minutes; by mail, of agent a2: 3 minutes once.
  await stage(
    db,
    "tickets",
    `select 't' || i as ticket_id, 'request' as type, case when i = 7 then 'email' else 'phone' end as channel,
       case when i = 7 then 'a2' else 'a1' end as agent_id, '2026-01-10 10:0' || i || ':00' as created_at,
       strftime(timestamp '2026-01-10 10:00:00' + interval (i + if(i = 7, 3, i)) minute, '%Y-%m-%d %H:%M:%S') as first_response_at
     from range(1, 8) as numbers (i)`,
    "Asia/Shanghai",
  );
  await buildMarts(db, {
    asOf: "2026-02-28",
    coversFrom: { tickets: "2026-01-01" },
    kpis: ["first_response_time"],
  });
});
afterAll(() => db.closeSync());

// Binomial (6, 0.5): P(B < 1) = 1/64 <= 2.5 %, P(B < 2) = 7/64, P(B < 6) = 63/64 >= 97.5 %: ranks 1 and 6.
// Binomial (6, 0.9): P(B < 4) = 0.01585, P(B < 5) = 0.11427, P(B < 6) = 0.46856: rank 4, and no rank above.
const ofSix = { median: 3.5, median_low: 1, median_high: 6, p90: 5.5, p90_low: 4, p90_high: null };
const ofOne = { median: 3, median_low: null, median_high: null, p90: 3, p90_low: null, p90_high: null };

it.each([
  ["channel", "phone", "email"],
  ["agent", "a1", "a2"],
])("percentiles carry their own interval, split by %s", async (by, six, one) => {
  const rows = await queryKpis(db, kpis, {
    kpiIds: ["first_response_time"],
    grain: "month",
    by: [by],
    where: [],
    from: "2026-01",
    to: "2026-01",
  });
  const of = (name: string) => rows.find((row) => row.by[by] === name);
  expect(of(six)).toMatchObject(ofSix);
  expect(of(one)).toMatchObject(ofOne);
});

it("a filter's percentiles are those of the group, and no case has none", async () => {
  const rows = await queryKpis(db, kpis, {
    kpiIds: ["first_response_time"],
    grain: "month",
    by: [],
    where: [{ dimension: "agent", value: "a1" }],
    from: "2026-01",
    to: "2026-02",
  });
  expect(rows).toMatchObject([
    ofSix,
    { median: null, median_low: null, median_high: null, p90: null, p90_low: null, p90_high: null },
  ]);
});
