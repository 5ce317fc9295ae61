import { expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const { kpis } = readCatalogue("data/catalog");

// One customer orders every ninth day from 1 January 2024 to 18 October 2025. The fourth quarter of 2025 is not over; of the one
// before, the 12 months to its end are 2024, wholly recorded, though those to 18 October 2024 would not be.
it("a partial period of a trailing rate is compared where the other's 12 months are recorded", async () => {
  const db = await emptyStaging();
  await stage(
    db,
    "orders",
    `select 'o' || i as order_id, 1 as line_no, 'c1' as customer_id, strftime(date '2024-01-01' + (9 * i)::int, '%Y-%m-%d') || ' 10:00:00' as ordered_at, 5 as revenue
     from range(74) as numbers (i) where date '2024-01-01' + (9 * i)::int <= date '2025-10-18'`,
    "Asia/Shanghai",
  );
  await stage(
    db,
    "customers",
    "select 'c1' as customer_id, 'x' as name, '2023-12-01' as acquired_on",
    "Asia/Shanghai",
  );
  await buildMarts(db, {
    asOf: "2025-10-18",
    coversFrom: { orders: "2024-01-01" },
    kpis: ["repeat_purchase_rate"],
  });
  const ask = (from: string, to: string) =>
    queryKpis(db, kpis, {
      kpiIds: ["repeat_purchase_rate"],
      grain: "quarter",
      by: [],
      where: [],
      from,
      to,
      compare: "year",
    });
  const rows = await ask("2024-07", "2025-10");
  db.closeSync();
  const of = (start: string) => rows.find(({ period_start }) => period_start === start);
  expect(of("2024-07-01")).toMatchObject({ incomplete: true, compare: null });
  expect(of("2024-10-01")).toMatchObject({ incomplete: false, value: 1 });
  expect(of("2025-07-01")).toMatchObject({ value: 1, compare: null });
  expect(of("2025-10-01")).toMatchObject({
    partial: true,
    value: 1,
    compare: { value: 1, delta: 0, relative: 0, p: null },
  });
});
