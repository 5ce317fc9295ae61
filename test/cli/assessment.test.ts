import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { assessmentDocument, pagedAssessment } from "../../src/publish/assessment.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { allShown } from "../allShown.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

// Service accuracy alone, linear: 60 % → 0, 80 % → 80, 100 % → 100. First half of 2026: E1 16 of 20 = 80 % → 80; E2 18 of 20 = 90 % → 90;
// E3 5 of 8, too few. The half before: E1 10 of 20 = 50 % → 0.
// The record begins with the half before: a ticket of 1 July.
// E4 has a response time alone, which weighs nothing: no scorecard.
// Reviews of 1 January 2026: E1 is the worked example of test/kpi/review360.test.ts, 70 with grade good; E3 has only a superior, who says 90: 30 % of the weight, too little for a total.
// Combined: E1 0.7 · 80 + 0.3 · 70 = 77.
const folder = temporaryFolder("assessment");
const catalog = join(folder, "catalog");
const data = join(folder, "data");

const tickets = (agent: string, month: string, correct: number, wrong: number) =>
  Array.from({ length: correct + wrong }, (_, index) => {
    const day = String(1 + (index % 28)).padStart(2, "0");
    const id = `${agent}-${month}-${index}`;
    return `${id},inquiry,phone,${month}-${day} 09:00:00,${month}-${day} 09:05:00,${agent},${index < correct}`;
  });

const review = (() => {
  let count = 0;
  return (reviewee: string, rater: string, reviewer: string, dimension: string, score: number) =>
    `V${++count},2026-01-01,${reviewee},${reviewer},${rater},${dimension},${score},0,100`;
})();

const now = new Date("2026-09-01T00:00:00Z");

beforeAll(async () => {
  mkdirSync(catalog);
  mkdirSync(data);
  cpSync("data/catalog/kpis.yaml", join(catalog, "kpis.yaml"));
  const write = (dir: string, name: string, lines: string[]) =>
    writeFileSync(join(dir, name), `${lines.join("\n")}\n`);
  write(catalog, "scorecards.yaml", [
    "scorecards:",
    "  - id: service",
    "    label: { zh: 服务, en: Service }",
    "    grain: quarter",
    "    subjects: [employee]",
    "    groups: [{ id: quality, label: { zh: 质量, en: Quality }, kpis: [service_accuracy, first_response_time] }]",
  ]);
  write(catalog, "assessment.yaml", [
    "scorecards: [{ scorecard: service }]",
    "labels: { 沟通: { zh: 沟通, en: communication } }",
  ]);
  write(catalog, "weights.csv", [
    "scorecard_id,kpi_id,effective_from,weight",
    "service,service_accuracy,2024-01-01,100%",
    "service,first_response_time,2024-01-01,0",
  ]);
  write(catalog, "targets.csv", [
    "kpi_id,grain,valid_from,floor,target,stretch",
    "service_accuracy,month,2024-01-01,60%,80%,100%",
  ]);
  write(catalog, "improvements.csv", [
    "improvement_id,employee_id,kpi_id,dimension,agreed_on,due_on,measure,measure_en,status",
    "I1,E1,service_accuracy,,2026-01-01,2026-01-01,复盘,Review,done",
    "I2,E1,,沟通,2026-01-10,2026-12-31,课程,Course,进行中",
  ]);
  write(data, "employees.csv", [
    "employee_id,name,department,hired_on",
    "E1,张秘密,售后服务部,2020-01-01",
    "E2,李秘密,售后服务部,2020-01-01",
    "E3,王秘密,,2020-01-01",
    "E4,赵秘密,售后服务部,2020-01-01",
  ]);
  write(data, "tickets.csv", [
    "ticket_id,type,channel,created_at,first_response_at,agent_id,qa_correct",
    "first,inquiry,phone,2025-07-01 09:00:00,2025-07-01 09:05:00,E4,",
    ...tickets("E1", "2025-11", 10, 10),
    ...tickets("E1", "2026-02", 16, 4),
    ...tickets("E2", "2026-03", 18, 2),
    ...tickets("E3", "2026-04", 5, 3),
    "E4-only,inquiry,phone,2026-04-01 09:00:00,2026-04-01 09:05:00,E4,",
    "last,inquiry,phone,2026-06-30 09:00:00,2026-06-30 09:05:00,E3,",
  ]);
  write(data, "reviews_360.csv", [
    "review_id,period_start,reviewee_id,reviewer_id,rater,dimension,score,scale_min,scale_max",
    review("E1", "customer", "SECRET1", "沟通", 80),
    review("E1", "customer", "SECRET1", "协作", 60),
    review("E1", "customer", "SECRET2", "沟通", 100),
    review("E1", "customer", "SECRET2", "协作", 80),
    review("E1", "customer", "SECRET3", "沟通", 60),
    review("E1", "customer", "", "协作", 0),
    review("E1", "customer", "", "协作", 0),
    review("E1", "superior", "SECRET4", "沟通", 50),
    review("E1", "superior", "SECRET4", "协作", 70),
    review("E1", "peer", "SECRET5", "沟通", 11),
    review("E1", "peer", "SECRET6", "沟通", 13),
    review("E3", "superior", "SECRET4", "沟通", 90),
  ]);
  await build("over.duckdb");
  await build("running.duckdb", "2026-05-31");
});

async function build(name: string, asOf?: string) {
  const warehouse = join(folder, name);
  await buildWarehouse(
    { dataDir: data, catalogDir: catalog, warehouse, now, ...(asOf ? { asOf } : {}) },
    silent,
  );
}

const run = (args: string[], { warehouse = "over.duckdb" } = {}) =>
  commandLine({ cwd: folder, now, warehouse: join(folder, warehouse) })(...args);

const employee = ["--for", "employee", "--period", "2026-H1"];

describe("score review_360", () => {
  it("ranks reviews, hiding groups and dimensions of fewer than 3 raters, and who rated", async () => {
    const { code, out } = await run(["score", "review_360", ...employee, "--format", "json"]);
    expect(code).toBe(0);
    const rows = JSON.parse(out);
    expect(
      rows.map(({ subject, total, rank, grade }: Record<string, unknown>) => [subject, total, grade, rank]),
    ).toEqual([
      ["E1", 70, "good", 1],
      ["E3", null, null, null],
    ]);
    expect(rows[0]).toMatchObject({
      scorecard: "review_360",
      period_start: "2026-01-01",
      period_end: "2026-07-01",
      name: null,
      covered_weight: 0.6,
      provisional: true,
      items: [
        {
          kpi_id: "customer",
          weight: 0.3,
          score: 80,
          raters: 3,
          dimensions: [{ dimension: "沟通", score: 80, raters: 3 }],
          hidden_dimensions: ["协作"],
        },
        { kpi_id: "superior", score: 60, raters: 1 },
        {
          kpi_id: "peer",
          weight: 0.25,
          value: null,
          score: null,
          unscored: "few_raters",
          raters: null,
          dimensions: [],
        },
        { kpi_id: "subordinate", score: null, raters: null },
      ],
      dimensions: [
        { dimension: "协作", score: 70, groups: ["superior"] },
        { dimension: "沟通", score: 65, groups: ["customer", "superior"] },
      ],
    });
    expect(out).not.toMatch(/SECRET|秘密/);
  });

  it("for people, and as CSV", async () => {
    expect((await run(["score", "review_360", ...employee, "--lang", "en"])).out).toMatchInlineSnapshot(`
      "360° review review_360 · H1 2026

        rank  employee  total  grade               weight covered  customers  superior
        1     E1         70.0  good (provisional)            60 %   80.0 (3)  60.0 (1)
        –     E3            –  –                             30 %          –  90.0 (1)

      “–”: not shown; except for superiors, groups with fewer than 3 raters are not shown and count in no total; a total needs half of the groups' weight and is provisional below 80 %.
      "
    `);
    const { out } = await run(["score", "review_360", ...employee, "--format", "csv"]);
    expect(out.split("\r\n").slice(0, 3)).toEqual([
      "scorecard,period_start,period_end,kind,subject,name,total,covered_weight,provisional,grade,rank,kpi_id,value,weight,score,unscored,raters,dimension",
      "review_360,2026-01-01,2026-07-01,employee,E1,,70,0.6,true,good,1,customer,80,0.3,80,,3,",
      "review_360,2026-01-01,2026-07-01,employee,E1,,70,0.6,true,good,1,customer,80,,80,,3,沟通",
    ]);
  });

  it("shows nothing of a period that is not over, however it is asked for", async () => {
    const { out } = await run(["score", "review_360", ...employee, "--lang", "en"], {
      warehouse: "running.duckdb",
    });
    expect(out).toBe(
      "360° review review_360 · H1 2026\n\n  The period is not over: reviews are shown after its end.\n",
    );
    const json = await run(["score", "review_360", ...employee, "--format", "json"], {
      warehouse: "running.duckdb",
    });
    expect(json.out).toBe("[]\n");
  });
});

describe("score combined", () => {
  it("puts both totals together where both exist", async () => {
    const { out } = await run(["score", "combined", ...employee, "--format", "json"]);
    const rows = JSON.parse(out);
    expect(
      rows.map(({ subject, total, grade, rank, covered_weight }: Record<string, unknown>) => [
        subject,
        total,
        grade,
        rank,
        covered_weight,
      ]),
    ).toEqual([
      ["E1", 77, "good", 1, 1],
      ["E2", null, null, null, 0.7],
      ["E3", null, null, null, 0],
    ]);
    expect(rows[0].items).toEqual([
      { kpi_id: "quantitative", value: 80, weight: 0.7, score: 80, unscored: null, scorecard: "service" },
      { kpi_id: "qualitative", value: 70, weight: 0.3, score: 70, unscored: null, scorecard: "review_360" },
    ]);
  });

  it("for people", async () => {
    expect((await run(["score", "combined", ...employee])).out).toMatchInlineSnapshot(`
      "综合考核 combined · 2026年上半年

        名次  员工  总分  等级          定量  定性  计分卡
        1     E1    77.0  良好（暂定）  80.0  70.0  服务
        –     E2       –  –             90.0     –  服务
        –     E3       –  –                –     –  服务

      “–”：定量、定性两个总分缺一个，就没有综合分。
      "
    `);
  });

  it.each([
    [["score", "combined"], "combined is not for this (it is for employee): company"],
    [["score", "review_360", "--for", "team"], "review_360 is not for this (it is for employee): team"],
    [
      ["score", "combined", "--for", "employee", "--weights", "2026-01-01"],
      "--weights: combined has no weights by date",
    ],
    [["score", "combined", "--for", "employee", "--period", "2026-13"], "2026-13"],
    [["score", "combinde"], "did you mean combined?"],
    [["feedback", "E9"], "no such employee: E9 (did you mean E1?)"],
  ])("refuses %j", async (args, message) => {
    const english = [...args, "--lang", "en"];
    expect(await run(english)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe("feedback", () => {
  it("says to an employee what the figures say", async () => {
    const { code, out } = await run(["feedback", "E1", "--period", "2026-H1", "--lang", "en"]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Feedback for E1, H1 2026
      售后服务部

      Overall
        KPI total 80.0 (good), rank 2 of 2; 80.0 above last time's 0.0.
        Combined 77.0 (good, provisional); quantitative 80.0 at 70 %, qualitative 70.0 at 30 %.

      Strengths
        Rated highest in the 360° review: 协作 (70.0).

      Cannot be told from target
        Service accuracy: 80 %, at the target of 80 % (n = 20 tickets); 50 % last time, better now by more than chance.

      360° review
        360° total 70.0 (good, provisional), on 60 % of the weight.
        Customers 80.0 (3 raters); superior 60.0 (1 rater).
        Not shown, fewer than 3 raters: peers, subordinates.
        By dimension: 协作 70.0, communication 65.0; some groups keep single dimensions back, so that no rater can be told.

      Agreed improvements
        Review (Service accuracy; agreed 1 Jan 2026, due 1 Jan 2026, done).
          50 % (H2 2025, n = 20 tickets) → 80 % (H1 2026, n = 20 tickets); better by more than chance.
        Course (360° communication; agreed 10 Jan 2026, due 31 Dec 2026, in progress).
          No whole half-year has passed since it was due; it can be judged from 1 Jul 2027.

      How to read this
        What cannot be told from its target has a 95 % interval that does not lie wholly on one side of it: being better or worse than the target may be chance.
        A change is more than chance where a test of that one change says so at 0.05: where nothing has changed, about one comparison in twenty is called so all the same. Before and after show that something changed, not why.
        Totals have no interval: where cases are few, chance alone can move them far.
        Provisional: less than 80 % of the weight has a score.
        Except for superiors, groups and dimensions with fewer than 3 raters are not shown and count in no score.
      "
    `);
  });

  it("as JSON has a sheet each of everybody with a scorecard or a review, by default of the last period over", async () => {
    const { out } = await run(["feedback", "--format", "json"]);
    const sheets = JSON.parse(out);
    expect(sheets.map((sheet: { employee_id: string }) => sheet.employee_id)).toEqual(["E1", "E2", "E3"]);
    expect(sheets[0]).toMatchObject({
      name: null,
      period: { grain: "half", start: "2026-01-01", end: "2026-07-01" },
      quantitative: {
        total: 80,
        provisional: false,
        rank: 2,
        ranked: 2,
        previous: { total: 0, change: { from: 0, to: 80, delta: 80, joined: [], left: [] } },
      },
      qualitative: { total: 70, provisional: true },
      combined: { total: 77, provisional: true, previous: null },
      // Wilson [58 %, 92 %] reaches across the target of 80 %.
      unsure: [{ kpi_id: "service_accuracy", status: "on", sure: false, reason: null, reason_text: null }],
      strengths: [],
      improvements: [
        // 10 of 20, then 16 of 20: z = 0.3 ÷ √(0.65 · 0.35 · 2/20) = 1.989.
        {
          improvement_id: "I1",
          verdict: "better",
          p: expect.closeTo(0.0467, 4),
          before: { value: 0.5, n: 20, reason: null, reason_text: null },
          after: { value: 0.8, n: 20 },
          judged_from: "2026-07-01",
        },
        { improvement_id: "I2", verdict: "still_running", status: "in_progress" },
      ],
    });
    expect(sheets[2].not_scored[0]).toMatchObject({ n: 8, unscored: "few_cases" });
    expect(out).not.toMatch(/SECRET|秘密/);
  });

  it("shows names only where settings allow them", async () => {
    const named = join(folder, "named");
    cpSync(catalog, named, { recursive: true });
    writeFileSync(join(named, "settings.yaml"), "publish_names: true\n");
    await buildWarehouse(
      { dataDir: data, catalogDir: named, warehouse: join(folder, "named.duckdb"), now },
      silent,
    );
    for (const args of [
      ["score", "combined", ...employee],
      ["score", "review_360", ...employee],
      ["feedback", "E1"],
    ]) {
      const { out } = await run(args, { warehouse: "named.duckdb" });
      expect(out).toContain("E1 张秘密");
      expect(out).not.toContain("SECRET");
      expect((await run(args)).out).not.toContain("秘密");
    }
  });
});

describe("assessment.json", () => {
  const document = (options: { withNames: boolean; withPersons: boolean }) =>
    withWarehouse(join(folder, "over.duckdb"), (db) =>
      assessmentDocument(db, readCatalogue(catalog), allShown, options),
    );

  it("has the last reviewed period and the one before, and nobody's name", async () => {
    const made = await document({ withNames: false, withPersons: true });
    expect(made.periods.map(({ period }) => period.start)).toEqual(["2026-01-01", "2025-07-01"]);
    expect(made.employees.map(({ employee_id, name }) => [employee_id, name])).toEqual([
      ["E1", null],
      ["E2", null],
      ["E3", null],
    ]);
    const [last, before] = made.periods;
    expect(last?.reviews.map(({ subject, total }) => [subject, total])).toEqual([
      ["E1", 70],
      ["E3", null],
    ]);
    expect(made.scorecards).toEqual([{ id: "service", label: { "zh-CN": "服务", en: "Service" } }]);
    expect(made.labels).toEqual({ 沟通: { "zh-CN": "沟通", en: "communication" } });
    expect(made.grades[0]).toEqual({
      id: "excellent",
      label: { "zh-CN": "优秀", en: "excellent" },
      from: 85,
    });
    expect(last?.combined[0]).toMatchObject({ subject: "E1", total: 77 });
    expect(last?.sheets.map(({ employee_id }) => employee_id)).toEqual(["E1", "E2", "E3"]);
    expect(before?.reviews).toEqual([]);
    expect(before?.sheets.map(({ employee_id }) => employee_id)).toEqual(["E1"]);
    expect(JSON.stringify(made)).not.toMatch(/SECRET|秘密/);
  });

  // The sheets used to stay behind; now a page loads those it shows.
  it("has its sheets in documents of their own, and then the first of each list, to stay within its budget", async () => {
    const whole = await document({ withNames: false, withPersons: true });
    const read = (bytes: Uint8Array = Buffer.from("")) => JSON.parse(Buffer.from(bytes).toString("utf8"));
    const [only, ...none] = pagedAssessment(whole, 2_000_000);
    expect([read(only?.bytes), none]).toEqual([whole, []]);
    const [index, ...pages] = pagedAssessment(whole, 1);
    const { periods } = read(index?.bytes);
    const of = (name: string) => read(pages.find(({ path }) => path === name)?.bytes);
    expect(periods[0].sheet_pages).toEqual([
      { path: expect.stringMatching(/^sheets\//), employees: ["E1", "E2", "E3"] },
    ]);
    expect(of(periods[0].sheet_pages[0].path)).toEqual(whole.periods[0]?.sheets);
    expect(periods[0].sheets).toEqual([]);
    const [last] = whole.periods;
    expect(periods[0].combined).toEqual(last?.combined.slice(0, 1));
    expect(of(periods[0].combined_pages.pages[0])).toEqual(last?.combined.slice(1));
    expect(of(periods[0].combined_pages.names)).toEqual(last?.combined.map(({ subject }) => subject));
    expect(of(periods[0].review_pages.pages[0])).toEqual(last?.reviews.slice(1));
    expect(periods[0].summary.combined.count).toBe(last?.combined.length);
    expect(periods[0].summary.reviews.count).toBe(last?.reviews.length);
  });
});
