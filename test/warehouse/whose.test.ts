import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCube } from "../../reports/components/data/cube.js";
import { groupedSeries } from "../../reports/components/data/series.js";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { scoreSubjects } from "../../src/answers/scoreSubjects.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { defaultGrades, type Scorecard } from "../../src/catalogue/scorecards.js";
import type { TableName } from "../../src/contract/index.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";
import { buildDocument } from "../../src/publish/documents.js";
import type { Build, Kpi } from "../../src/published/siteTypes.js";
import { readCoverage } from "../../src/warehouse/readCoverage.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const { kpis } = readCatalogue("data/catalog");

// Four customers in January and March, a fifth in February. e1 has a complaint in January and one praise in March, e2
// requests alone, e3 a complaint in March, e4 no ticket at all; the limit of a request by phone is 5 minutes.
const tickets: [id: string, type: string, agent: string | null, at: string, minutes: number | null][] = [
  ["t1", "complaint", "e1", "2026-01-10", 1],
  ["t2", "request", "e1", "2026-01-11", 30],
  ["t3", "request", "e2", "2026-01-12", 1],
  ["t4", "request", "e2", "2026-02-03", 2],
  ["t5", "complaint", "e3", "2026-03-03", 2],
  ["t6", "praise", "e1", "2026-03-20", null],
  ["t7", "request", null, "2026-02-10", 1],
];
const tables: Partial<Record<TableName, string>> = {
  employees: `select * from (values ('e1', 'A'), ('e2', 'B'), ('e3', 'B'), ('e4', 'C')) as given (employee_id, team), (values ('x', '2020-01-01')) as one (name, hired_on)`,
  customers: `select * from (values ('c1', '2025-12-02', 'e4'), ('c2', '2025-12-03', 'e4'), ('c3', '2025-12-04', 'e1'), ('c4', '2025-12-05', null),
    ('c5', '2026-02-05', 'e1')) as given (customer_id, acquired_on, owner_id)`,
  customer_status: `select * from (values ('c1', '2025-12-02', 'active'), ('c2', '2025-12-03', 'active'), ('c3', '2025-12-04', 'active'),
    ('c4', '2025-12-05', 'active'), ('c5', '2026-02-05', 'active'), ('c5', '2026-02-20', 'churned')) as given (customer_id, changed_on, status)`,
  tickets: tickets
    .map(
      ([
        id,
        type,
        agent,
        day,
        minutes,
      ]) => `select '${id}' as ticket_id, '${type}' as type, 'phone' as channel,
        ${agent === null ? "null" : `'${agent}'`} as agent_id, '${day} 10:0${id.slice(1)}:00' as created_at, ${id === "t2" ? 3 : 1} as handling_count,
        ${minutes === null ? "null" : `strftime(timestamp '${day} 10:0${id.slice(1)}:00' + interval ${minutes} minute, '%Y-%m-%d %H:%M:%S')`} as first_response_at`,
    )
    .join(" union all "),
};

describe("a figure of a team or an employee", () => {
  let db: DuckDBConnection;
  beforeAll(async () => {
    db = await emptyStaging();
    for (const [table, query] of Object.entries(tables))
      await stage(db, table as TableName, query, "Asia/Shanghai");
    await buildMarts(db, { asOf: "2026-04-15" });
  });
  afterAll(() => db.closeSync());

  /** `name month numerator`, of a KPI's months. */
  const shown = async (id: string, by: string, from: string, to: string) =>
    (await queryKpis(db, kpis, { kpiIds: [id], grain: "month", by: [by], where: [], from, to })).map(
      (row) => `${row.by[by]} ${row.period_start.slice(0, 7)} ${row.numerator}`,
    );

  it("of complaints: 0 for who has tickets and no complaint among them, nothing for who has no ticket", async () => {
    expect(await shown("complaint_rate", "team", "2026-01", "2026-03")).toEqual([
      ...["A 2026-01 1", "B 2026-01 0"],
      ...["A 2026-02 0", "B 2026-02 0"],
      ...["A 2026-03 0", "B 2026-03 1"],
    ]);
    expect(await shown("complaint_rate", "employee", "2026-01", "2026-01")).toEqual([
      "e1 2026-01 1",
      "e2 2026-01 0",
      "e3 2026-01 0",
    ]);
    expect(await shown("praise_rate", "agent", "2026-02", "2026-02")).toEqual([
      "e1 2026-02 0",
      "e2 2026-02 0",
      "e3 2026-02 0",
    ]);
  });

  it.each([
    ["overdue_responses", "employee"],
    ["overdue_responses", "team"],
    ["repeat_handling", "agent"],
    ["new_customers", "owner"],
    ["new_customers", "team"],
    ["early_churn", "owner"],
    ["complaint_rate", "team"],
    ["praise_rate", "employee"],
  ])("%s by %s is the same whatever range is asked for", async (id, by) => {
    const whole = await shown(id, by, "2026-01", "2026-03");
    expect(whole.length).toBeGreaterThan(0);
    const months = ["2026-01", "2026-02", "2026-03"];
    const one = await Promise.all(months.map((month) => shown(id, by, month, month)));
    expect(one.flat()).toEqual(whole);
  });

  it("of a count: 0 in a month without a case", async () => {
    expect(await shown("overdue_responses", "employee", "2026-02", "2026-02")).toEqual([
      "(unknown) 2026-02 0",
      "e1 2026-02 0",
      "e2 2026-02 0",
      "e3 2026-02 0",
    ]);
    expect(await shown("new_customers", "owner", "2026-01", "2026-01")).toEqual([
      "(unknown) 2026-01 0",
      "e1 2026-01 0",
      "e4 2026-01 0",
    ]);
  });

  it("is what the pages make of what is published", async () => {
    const ids = ["complaint_rate", "praise_rate", "overdue_responses", "repeat_handling"];
    const some = kpis.filter(({ id }) => ids.includes(id));
    const options = {
      kpis: some,
      published: ["channel", "agent"],
      budgetBytes: 2_000_000,
      minCell: 1,
      withPersons: true,
    };
    const { cuboids } = await decideCells(db, options as never);
    const { entries } = await publishCubes(db, cuboids, options as never);
    const build = (await buildDocument(db, 1)) as unknown as Build;
    for (const kpi of some) {
      const cube = readCube(
        entries.find(({ path }) => path === `${kpi.additive ? "cube" : "by"}/${kpi.id}.arrow`)?.bytes ??
          new Uint8Array(),
      );
      const paged = {
        ...kpi,
        horizon_days: null,
        matures: null,
        numerator_dimensions: kpi.numerator_dimensions,
        coverage: await readCoverage(db, kpi),
      } as unknown as Kpi;
      for (const by of kpi.additive ? ["agent"] : ["agent", "channel"]) {
        const series = kpi.additive
          ? groupedSeries(build, paged, cube, { grain: "month" }, [by])
          : groupedSeries(build, paged, cube, { grain: "month", where: { by: [by] } }, ["value"]);
        const onPage = [...series]
          .flatMap(([name, points]) =>
            points.map(({ start, value }) => [name, start.slice(0, 7), value].join(" ")),
          )
          .sort();
        const told = await queryKpis(db, kpis, { kpiIds: [kpi.id], grain: "month", by: [by], where: [] });
        expect(onPage.length, kpi.id).toBeGreaterThan(0);
        expect(onPage, `${kpi.id} by ${by}`).toEqual(
          told.map((row) => [row.by[by], row.period_start.slice(0, 7), row.value].join(" ")).sort(),
        );
      }
    }
  });

  it("on a scorecard: the same value, and no score where there was nothing to fail at", async () => {
    const label = { zh: "名", en: "Name" };
    const card: Scorecard = {
      id: "card",
      label,
      grain: "month",
      subjects: ["team"],
      missing: "renormalise",
      groups: [{ id: "all", label, kpis: ["overdue_responses", "complaint_rate", "new_customers"] }],
    };
    const weighs = new Map(card.groups.flatMap((group) => group.kpis.map((id) => [id, 1 / 3] as const)));
    const subjects = await scoreSubjects(
      db,
      { kpis, grades: defaultGrades },
      { card, kind: "team", grain: "month", from: "2026-01", to: "2026-03", weighs },
    );
    const items = subjects.map(({ subject, period_start, items: own }) => [
      `${subject} ${period_start.slice(0, 7)}`,
      Object.fromEntries(own.map(({ kpi_id, value, unscored }) => [kpi_id, [value, unscored]])),
    ]);
    expect(Object.fromEntries(items)).toEqual({
      "A 2026-01": {
        overdue_responses: [1, "incomplete"],
        complaint_rate: [0.25, "incomplete"],
        new_customers: [0, "no_target"],
      },
      "A 2026-02": {
        overdue_responses: [0, "no_cases"],
        complaint_rate: [0, "no_target"],
        new_customers: [1, "no_target"],
      },
      "A 2026-03": {
        overdue_responses: [0, "no_cases"],
        complaint_rate: [0, "no_target"],
        new_customers: [0, "no_target"],
      },
      "B 2026-01": {
        overdue_responses: [0, "incomplete"],
        complaint_rate: [0, "incomplete"],
        new_customers: [null, "no_data"],
      },
      "B 2026-02": {
        overdue_responses: [0, "no_target"],
        complaint_rate: [0, "no_target"],
        new_customers: [null, "no_data"],
      },
      "B 2026-03": {
        overdue_responses: [0, "no_target"],
        complaint_rate: [0.25, "no_target"],
        new_customers: [null, "no_data"],
      },
      "C 2026-01": {
        overdue_responses: [null, "no_data"],
        complaint_rate: [null, "no_data"],
        new_customers: [0, "no_target"],
      },
      "C 2026-02": {
        overdue_responses: [null, "no_data"],
        complaint_rate: [null, "no_data"],
        new_customers: [0, "no_target"],
      },
      "C 2026-03": {
        overdue_responses: [null, "no_data"],
        complaint_rate: [null, "no_data"],
        new_customers: [0, "no_target"],
      },
    });
  });
});
