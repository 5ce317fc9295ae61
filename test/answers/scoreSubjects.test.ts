import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { scoreSubjects } from "../../src/answers/scoreSubjects.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { defaultGrades, type Scorecard } from "../../src/catalogue/scorecards.js";
import type { TableName } from "../../src/contract/index.js";
import type { SubjectKind, TracedSubject } from "../../src/score/scored.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const zone = "Asia/Shanghai";
const label = { zh: "名", en: "Name" };

/** The KPIs' definitions are the catalogue's; how they are scored is the test's. */
const kpis = readCatalogue("data/catalog").kpis.map((kpi) => ({
  ...kpi,
  score: { rule: "linear" as const },
}));
const card: Scorecard = {
  id: "card",
  label,
  grain: "quarter",
  subjects: ["company", "team", "employee"],
  missing: "renormalise",
  groups: [
    { id: "care", label, kpis: ["service_accuracy", "first_response_time"] },
    { id: "growth", label, kpis: ["new_customers"] },
    { id: "market", label, kpis: ["market_share"] },
  ],
};

/** Tickets of an agent in a month: how many, how many of them right, minutes to the response (null: none yet). */
const tickets: [agent: string | null, month: string, count: number, right: number, minutes: number | null][] =
  [
    ["e1", "2026-05", 20, 16, 30],
    ["e2", "2026-05", 9, 9, 30],
    ["e3", "2026-04", 10, 7, 90],
    ["e4", "2026-06", 10, 10, 60],
    ["e6", "2026-04", 2, 2, 60],
    [null, "2026-04", 5, 5, 60],
    [null, "2025-12", 1, 1, 60], // the record begins before the first quarter
    ["e1", "2026-02", 12, 12, 60],
    ["e1", "2026-03", 1, 1, null],
  ];
const tables: Partial<Record<TableName, string>> = {
  employees: `select * from (values
    ('e1', 'x', 'A', '2020-01-01', null), ('e2', 'x', 'A', '2020-01-01', null),
    ('e3', 'x', 'B', '2020-01-01', null), ('e4', 'x', null, '2020-01-01', null),
    ('e5', 'x', 'B', '2020-01-01', '2026-03-15'), ('e6', 'x', 'B', '2020-01-01', '2026-04-01'),
    ('e7', 'x', 'B', '2020-01-01', null)
  ) as given (employee_id, name, team, hired_on, left_on)`,
  customers: `select * from (values
    ('c1', '2026-04-02', 'e1'), ('c2', '2026-06-30', 'e1'), ('c3', '2026-05-05', 'e3'), ('c4', '2026-05-05', 'e5'),
    ('c5', '2026-05-05', null), ('c6', '2026-05-06', 'nobody'), ('c7', '2026-01-31', 'e2')
  ) as given (customer_id, acquired_on, owner_id)`,
  tickets: tickets
    .map(
      ([agent, month, count, right, minutes], index) => `select
        '${index}-' || number as ticket_id, 'request' as type, 'phone' as channel,
        ${agent === null ? "null" : `'${agent}'`} as agent_id, strftime(timestamp '${month}-10 10:00:00' + interval (number) minute, '%Y-%m-%d %H:%M:%S') as created_at,
        ${minutes === null ? "null" : `strftime(timestamp '${month}-10 10:00:00' + interval (number + ${minutes}) minute, '%Y-%m-%d %H:%M:%S')`} as first_response_at,
        number <= ${right} as qa_correct
      from generate_series(1, ${count}) as numbers (number)`,
    )
    .join(" union all "),
  market_sales: `select * from (values
    ('2026-04-01', 'own', true, 20), ('2026-04-01', 'rival', false, 80), ('2026-05-01', 'own', true, 20),
    ('2026-05-01', 'rival', false, 80), ('2026-06-01', 'own', true, 20), ('2026-06-01', 'rival', false, 80)
  ) as given (month, company, is_own, sales), (values ('m')) as one (market)`,
  targets: `select * from (values
    ('service_accuracy', 'month', null, null, 0.7, 0.9), ('service_accuracy', 'month', 'team', 'B', 0.6, 0.8),
    ('first_response_time', 'month', null, null, null, 60),
    ('new_customers', 'month', null, null, null, 2), ('new_customers', 'quarter', 'employee', null, null, 2),
    ('market_share', 'month', null, null, null, 0.25)
  ) as given (kpi_id, grain, scope_dimension, scope_value, floor, target), (values ('2024-01-01')) as one (valid_from)`,
  weights: `select * from (values
    ('card', 'service_accuracy', '2024-01-01', 1), ('card', 'service_accuracy', '2026-01-01', 0.4),
    ('card', 'first_response_time', '2026-01-01', 0.2), ('card', 'new_customers', '2026-01-01', 0.3),
    ('card', 'market_share', '2026-01-01', 0.1)
  ) as given (scorecard_id, kpi_id, effective_from, weight)`,
};

async function build(asOf: string): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  for (const [table, query] of Object.entries(tables)) await stage(db, table as TableName, query, zone);
  await buildMarts(db, { asOf });
  return db;
}

const short = ({ subject, rank, total, covered_weight, grade }: TracedSubject) => [
  subject,
  rank,
  total,
  covered_weight,
  grade,
];
const scores = ({ items }: TracedSubject) =>
  Object.fromEntries(items.map(({ kpi_id, score, unscored }) => [kpi_id, unscored ?? score]));
const near = (value: number) => expect.closeTo(value, 9);

describe("a scorecard filled in", () => {
  let db: DuckDBConnection;
  beforeAll(async () => {
    db = await build("2026-06-30");
  });
  afterAll(() => db.closeSync());

  const score = (kind: SubjectKind, more: { from?: string; weightsOn?: string } = {}) =>
    scoreSubjects(
      db,
      { kpis, grades: defaultGrades },
      { card, kind, grain: "quarter", from: "2026-04", to: "2026-06", ...more },
    );

  // accuracy 49/56 = 0.875 → 17.5/20; response 2790/56 < 60 → 100; 6 new customers of 3 × 2 → 100; share 0.2 of 0.25 → 80
  it("for the company", async () => {
    const [company, ...others] = await score("company");
    expect(others).toEqual([]);
    expect(company && scores(company)).toEqual({
      service_accuracy: 87.5,
      first_response_time: 100,
      new_customers: 100,
      market_share: 80,
    });
    expect(company && short(company)).toEqual([null, null, 93, 1, "excellent"]);
    expect(company?.groups).toEqual([
      {
        id: "care",
        weight: 0.6,
        total: near(91.666666667),
        covered_weight: 1,
        provisional: false,
        grade: "excellent",
      },
      { id: "growth", weight: 0.3, total: 100, covered_weight: 1, provisional: false, grade: "excellent" },
      { id: "market", weight: 0.1, total: 80, covered_weight: 1, provisional: false, grade: "good" },
    ]);
    expect(company?.items[0]).toMatchObject({
      group: "care",
      numerator: 49,
      denominator: 56,
      n: 56,
      target: 0.9,
    });
  });

  // A: accuracy 25/29 → (0.86206… − 0.7)/0.2; B by its own target: 9/12 → (0.75 − 0.6)/0.2, response 85 min → 35/60
  it("for teams: by their own targets, no company's count, without KPIs that are nobody's", async () => {
    const teams = await score("team");
    expect(teams.map(scores)).toEqual([
      { service_accuracy: near(81.034482759), first_response_time: 100, new_customers: "no_target" },
      { service_accuracy: 75, first_response_time: near(58.333333333), new_customers: "no_target" },
    ]);
    expect(teams.map(short)).toEqual([
      ["A", 1, near(87.356321839), near(0.666666667), "excellent"],
      ["B", 2, near(69.444444444), near(0.666666667), "pass"],
    ]);
  });

  // e1 (0.4 × 50 + 0.2 × 100 + 0.3 × 100)/0.9; e3 (0 + 0.2 × 50 + 0.3 × 50)/0.9; e4 without customers 60/0.6
  it("for employees: those employed in the period with a value", async () => {
    const employees = await score("employee");
    expect(employees.map(short)).toEqual([
      ["e4", 1, 100, near(0.666666667), "excellent"],
      ["e1", 2, near(77.777777778), 1, "good"],
      ["e3", 3, near(27.777777778), 1, "fail"],
      ["e2", null, null, near(0.333333333), null],
      ["e6", null, null, 0, null],
    ]);
    const of = (id: string) => employees.find(({ subject }) => subject === id) as TracedSubject;
    expect(scores(of("e1"))).toEqual({ service_accuracy: 50, first_response_time: 100, new_customers: 100 });
    // nine cases are too few; no new customer in a period is 0 for who has one at another time, and no data for who never has
    expect(scores(of("e2"))).toEqual({
      service_accuracy: "few_cases",
      first_response_time: "few_cases",
      new_customers: 0,
    });
    expect(scores(of("e4"))).toMatchObject({ new_customers: "no_data" });
  });

  it("has the quarters before, each with those who had a value in it, customers won later among them: 0", async () => {
    const quarters = await score("employee", { from: "2026-01" });
    const first = quarters.filter(({ period_start }) => period_start === "2026-01-01");
    expect(first.map(({ subject }) => subject)).toEqual(["e1", "e2", "e3", "e5"]);
    expect(first.map(scores)).toEqual([
      // one ticket has no response yet, but the quarter ended 90 days ago
      { service_accuracy: 100, first_response_time: 100, new_customers: 0 },
      { service_accuracy: "no_data", first_response_time: "no_data", new_customers: 50 },
      { service_accuracy: "no_data", first_response_time: "no_data", new_customers: 0 },
      { service_accuracy: "no_data", first_response_time: "no_data", new_customers: 0 },
    ]);
    expect(quarters.filter(({ period_start }) => period_start === "2026-04-01").map(short)).toEqual(
      (await score("employee")).map(short),
    );
  });

  it("under the weights of another day", async () => {
    const [company] = await score("company", { weightsOn: "2025-12-31" });
    expect(company && [company.total, company.items.length]).toEqual([87.5, 1]);
    expect((await score("company", { weightsOn: "2026-01-01" }))[0]?.total).toBe(93);
    expect(await score("company", { weightsOn: "2023-12-31" })).toEqual([]);
  });

  it("counts what has no score as 0 where the card says so", async () => {
    const strict = { ...card, missing: "zero" as const };
    const teams = await scoreSubjects(
      db,
      { kpis, grades: defaultGrades },
      { card: strict, kind: "team", grain: "quarter", from: "2026-04", to: "2026-04" },
    );
    // (0.4 × 81.034… + 0.2 × 100)/0.9
    expect(teams.map(short)[0]).toEqual(["A", 1, near(58.237547893), near(0.666666667), "fail"]);
  });

  it("has values that the KPIs by employee and team give, and their parts add up", async () => {
    for (const dimension of ["employee", "team"]) {
      const ask = (by: string[], where: { dimension: string; value: string }[] = []) =>
        queryKpis(db, kpis, {
          kpiIds: ["service_accuracy", "first_response_time", "new_customers"],
          grain: "quarter",
          by,
          where,
          from: "2026-04",
          to: "2026-06",
        });
      const parts = await ask([dimension]);
      for (const whole of await ask([])) {
        const own = parts.filter(({ kpi_id }) => kpi_id === whole.kpi_id);
        expect(own.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)).toBeCloseTo(
          whole.numerator ?? -1,
          9,
        );
        expect(own.map(({ by }) => by[dimension])).toContain("(unknown)");
      }
      for (const { by, kpi_id, value, median } of parts) {
        const alone = await ask([], [{ dimension, value: String(by[dimension]) }]);
        expect(alone.find((row) => row.kpi_id === kpi_id)).toMatchObject(
          median === undefined ? { value } : { value, median },
        );
      }
    }
    // 10 × 90 and 2 × 60 minutes: the median is the cases', 90, not that of medians
    const [slow] = await queryKpis(db, kpis, {
      kpiIds: ["first_response_time"],
      grain: "quarter",
      by: [],
      where: [{ dimension: "team", value: "B" }],
      from: "2026-04",
      to: "2026-04",
    });
    expect([slow?.value, slow?.median]).toEqual([85, 90]);
  });
});

it("a period that is not over has values, but no score", async () => {
  const db = await build("2026-06-29");
  const [company] = await scoreSubjects(
    db,
    { kpis, grades: defaultGrades },
    { card, kind: "company", grain: "quarter", from: "2026-04", to: "2026-06" },
  );
  db.closeSync();
  expect(company && [company.total, company.covered_weight, company.grade]).toEqual([null, 0, null]);
  expect(company && new Set(Object.values(scores(company)))).toEqual(new Set(["partial"]));
  expect(company?.items.every(({ value }) => value !== null)).toBe(true);
});
