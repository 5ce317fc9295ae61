import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import type { Kpi } from "../../src/catalogue/kpis.js";
import { nestedOf, nestedSources } from "../../src/warehouse/cube/nested.js";
import type { CaseSource } from "../../src/warehouse/cube/source.js";

it("of a chain of three KPIs each of the three differences is kept, and none the other way round", async () => {
  const db = await (await DuckDBInstance.create()).connect();
  await db.run(`
    create table tickets as from (values
      ('praise', 9), ('inquiry', 1), ('inquiry', null), ('repair', 2), ('complaint', 3), ('complaint', 4)
    ) as tickets (type, minutes)`);
  const source = (id: string, where: string): CaseSource => ({
    kpi: { id, contributors: "customers", numerator_dimensions: [] } as unknown as Kpi,
    from: "tickets",
    columns: new Map([
      ["numerator", "minutes"],
      ["denominator", "case when minutes is not null then 1 end"],
    ]),
    where,
  });
  const chain = [
    source("some", "type in ('repair', 'complaint')"),
    source("all", "type <> 'praise'"),
    source("few", "type = 'complaint'"),
    // Overlaps with all of them and is part of none.
    source("others", "type in ('praise', 'complaint')"),
  ];
  const found: [string, number][] = [];
  for (const { kpi, where } of await nestedSources(db, chain)) {
    const reader = await db.runAndReadAll(
      `select count(minutes)::int, sum(minutes)::int from tickets where ${where}`,
    );
    const [[count, sum] = []] = reader.getRowsJson();
    found.push([kpi.id, Number(count) * 100 + Number(sum)]);
  }
  // By hand: the inquiry of 1; with it the repair of 2; the repair alone; and the praise of 9 beside the complaints.
  expect(found.sort()).toEqual([
    ["all without few", 203],
    ["all without some", 101],
    ["others without few", 109],
    ["some without few", 102],
  ]);
  expect(nestedOf("all without few")).toEqual({ id: "all without few", whole: "all", part: "few" });
  db.closeSync();
});
