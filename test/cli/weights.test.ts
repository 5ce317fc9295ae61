import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { weightsDocument } from "../../src/publish/weights.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { allShown } from "../allShown.js";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

// Second quarter of 2026. Accuracy: 60 % → 0, 80 % → 80, 100 % → 100; response: 20 min → 0, 10 → 80, 0 → 100.
// Red: 16 of 20 right → 80, 5 min → 90. Blue: 20 of 20 → 100, 15 min → 40. Company: 36 of 40 → 90, 10 min → 80.
// Weights 0.6 and 0.4: company 54 + 32 = 86 excellent; Red 48 + 36 = 84 good; Blue 60 + 16 = 76 good.
const folder = temporaryFolder("weights");
const catalog = join(folder, "catalog");
const data = join(folder, "data");

/** Each a minute later on its day than the one before: dates with a time. */
const tickets = (agent: string, minutes: number, correct: number) =>
  Array.from({ length: 20 }, (_, index) => {
    const day = `2026-05-${String(index + 1).padStart(2, "0")}`;
    const at = (minute: number) => `${day} 09:${String(minute).padStart(2, "0")}:00`;
    return `${agent}-${index},inquiry,phone,${at(index)},${at(index + minutes)},${agent},${index < correct}`;
  });

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
    "    subjects: [company, team]",
    "    groups: [{ id: quality, label: { zh: 质量, en: Quality }, kpis: [service_accuracy, first_response_time, csat] }]",
  ]);
  write(catalog, "weights.csv", [
    "scorecard_id,kpi_id,effective_from,weight,changed_by,note,note_en",
    "service,service_accuracy,2024-01-01,50%,林,首版,",
    "service,first_response_time,2024-01-01,50%,林,首版,",
    "service,service_accuracy,2026-01-01,60%,王秘密,准确更重要,accuracy counts for more",
    "service,first_response_time,2026-01-01,40%,王秘密,准确更重要,accuracy counts for more",
  ]);
  write(catalog, "targets.csv", [
    "kpi_id,grain,valid_from,floor,target,stretch",
    "service_accuracy,month,2024-01-01,60%,80%,100%",
    "first_response_time,month,2024-01-01,20,10,0",
  ]);
  write(data, "employees.csv", [
    "employee_id,name,department,team,hired_on",
    "E1,张秘密,售后服务部,Red,2020-01-01",
    "E2,李秘密,售后服务部,Blue,2020-01-01",
  ]);
  write(data, "tickets.csv", [
    "ticket_id,type,channel,created_at,first_response_at,agent_id,qa_correct",
    "first,inquiry,phone,2026-03-01 09:00:00,2026-03-01 09:05:00,,", // the record begins before the quarter
    ...tickets("E1", 5, 16),
    ...tickets("E2", 15, 20),
  ]);
  for (const asOf of ["2026-06-30", "2026-09-30"]) {
    await buildWarehouse(
      {
        dataDir: data,
        catalogDir: catalog,
        warehouse: join(folder, asOf),
        now: new Date("2026-12-01T00:00:00Z"),
        asOf,
      },
      silent,
    );
  }
});

const herringbone = commandLine({
  cwd: folder,
  now: "2026-12-01T00:00:00Z",
  warehouse: join(folder, "2026-06-30"),
});
const run = (...args: string[]) => herringbone("weights", ...args);

const json = async (...args: string[]) => JSON.parse((await run(...args, "--format", "json")).out)[0];

const history = (who: string | null, first: string | null) => [
  {
    effective_from: "2024-01-01",
    changes: [
      { kpi_id: "service_accuracy", before: 0, weight: 0.5, changed_by: first, note: "首版", note_en: null },
      {
        kpi_id: "first_response_time",
        before: 0,
        weight: 0.5,
        changed_by: first,
        note: "首版",
        note_en: null,
      },
    ],
    weights: [
      { kpi_id: "service_accuracy", weight: 0.5 },
      { kpi_id: "first_response_time", weight: 0.5 },
    ],
  },
  {
    effective_from: "2026-01-01",
    changes: [
      {
        kpi_id: "service_accuracy",
        before: 0.5,
        weight: 0.6,
        changed_by: who,
        note: "准确更重要",
        note_en: "accuracy counts for more",
      },
      {
        kpi_id: "first_response_time",
        before: 0.5,
        weight: 0.4,
        changed_by: who,
        note: "准确更重要",
        note_en: "accuracy counts for more",
      },
    ],
    weights: inForce,
  },
];
const inForce = [
  { kpi_id: "service_accuracy", weight: 0.6 },
  { kpi_id: "first_response_time", weight: 0.4 },
];

// 90x + 80(1 − x) = 85 at x = 0.5 of accuracy, and of response.
const flips = [
  {
    kpi_id: "service_accuracy",
    weight: 0.6,
    flip: { weight: 0.5, change: -0.1, direction: "down", grade: "good" },
  },
  {
    kpi_id: "first_response_time",
    weight: 0.4,
    flip: { weight: 0.5, change: 0.1, direction: "up", grade: "good" },
  },
];

// Red − Blue = −20x + 50(1 − x) = 0 at x = 5/7 of accuracy, 2/7 of response.
const pair = { ahead: "Red", behind: "Blue" };
const swaps = [
  {
    kpi_id: "service_accuracy",
    weight: 0.6,
    ...pair,
    swap: { weight: 0.714285714, change: 0.114285714, direction: "up", leads: "Blue" },
  },
  {
    kpi_id: "first_response_time",
    weight: 0.4,
    ...pair,
    swap: { weight: 0.285714286, change: -0.114285714, direction: "down", leads: "Blue" },
  },
];

describe("weights --format json", () => {
  it("has the history and what flips the company's grade in the last complete period", async () => {
    expect(await json("service")).toEqual({
      scorecard: "service",
      period_start: "2026-04-01",
      period_end: "2026-07-01",
      kind: "company",
      history: history("王秘密", "林"),
      in_force: inForce,
      subjects: [
        { subject: null, total: 86, covered_weight: 1, provisional: false, grade: "excellent", rank: null },
      ],
      firmness: { least_change: 0.1, unstable: false },
      flips,
      swaps: [],
    });
  });

  it("has what swaps the ranks of teams", async () => {
    const { subjects, flips: none, swaps: found } = await json("--for", "team", "--period", "2026-Q2");
    expect(subjects).toEqual([
      { subject: "Red", total: 84, covered_weight: 1, provisional: false, grade: "good", rank: 1 },
      { subject: "Blue", total: 76, covered_weight: 1, provisional: false, grade: "good", rank: 2 },
    ]);
    expect([none, found]).toEqual([[], swaps]);
  });

  // Accuracy 0.8, response 0.2: Red 64 + 18 = 82, Blue 80 + 8 = 88.
  it("has totals, grades and ranks under weights set by hand beside those in force", async () => {
    for (const set of [["service_accuracy=80%"], ["service_accuracy=0.8", "first_response_time=.2"]]) {
      const args = set.flatMap((each) => ["--set", each]);
      const { what_if } = await json("service", "--for", "team", ...args);
      const accuracy = { kpi_id: "service_accuracy", weight: 0.8 };
      expect(what_if.weights).toEqual([
        accuracy,
        { kpi_id: "first_response_time", weight: expect.closeTo(0.2, 12) },
      ]);
      expect(what_if.subjects).toEqual([
        {
          subject: "Blue",
          total: 88,
          covered_weight: 1,
          provisional: false,
          grade: "excellent",
          rank: 1,
          in_force: { total: 76, covered_weight: 1, provisional: false, grade: "good", rank: 2 },
        },
        {
          subject: "Red",
          total: 82,
          covered_weight: 1,
          provisional: false,
          grade: "good",
          rank: 2,
          in_force: { total: 84, covered_weight: 1, provisional: false, grade: "good", rank: 1 },
        },
      ]);
    }
  });

  it("can give a KPI weight that has none yet", async () => {
    // No answers, so 0.7 of the weight has a score: the same 86.
    const { what_if } = await json("service", "--set", "csat=30%");
    expect(what_if.subjects[0]).toMatchObject({ total: 86, covered_weight: 0.7 });
    expect(what_if.subjects[0].in_force).toMatchObject({ total: 86, covered_weight: 1, provisional: false });
  });
});

describe("weights for people", () => {
  it("tells history and sensitivity in both languages", async () => {
    const { out: zh } = await run("service");
    expect(zh).toContain("服务 service · 2026年二季度");
    expect(zh).toContain(
      "自 2026-01-01 起；修改人：王秘密；说明：准确更重要\n    服务准确性  50.0 % → 60.0 %",
    );
    expect(zh).toContain("结论较稳：任何一项权重至少变动 10.0 个百分点，等级才会改变");
    expect(zh).toMatch(/服务准确性 +60\.0 % +10\.0\n/);
    expect(zh).not.toMatch(/[\p{Script=Han}][,:;]/u);
    const { out: en } = await run("service", "--lang", "en");
    expect(en).toContain("from 2026-01-01; changed by: 王秘密; note: accuracy counts for more");
    expect(en).toContain("firm: it takes at least 10.0 points of one weight to flip it");
    expect(en).toMatch(/First-response time +40\.0 % +10\.0\n/);
    const { out: teams } = await run("service", "--for", "team", "--lang", "en");
    expect(teams).toMatch(/Service accuracy +60\.0 % +71\.43 % +\+11\.43 +1 +Blue passes Red/);
    const { out: other } = await run(
      "service",
      "--for",
      "team",
      "--set",
      "service_accuracy=80%",
      "--lang",
      "en",
    );
    expect(other).toMatch(/Blue +1 +88\.0 +excellent +2 +76\.0 +good/);
  });
});

describe("weights --format csv", () => {
  it("has a row a change, flip, swap and subject", async () => {
    const lines = (await run("service", "--set", "csat=0", "--format", "csv")).out.split("\r\n");
    expect(lines[0]).toBe(
      "record,scorecard,effective_from,period_start,period_end,kind,subject,behind,kpi_id,weight_before,weight,change," +
        "direction,total_before,total,grade_before,grade,rank_before,rank,leads,changed_by,note,note_en",
    );
    expect(lines[3]).toBe(
      "history,service,2026-01-01,,,,,,service_accuracy,0.5,0.6,0.1,,,,,,,,,王秘密,准确更重要,accuracy counts for more",
    );
    expect(lines[5]).toBe(
      "flip,service,,2026-04-01,2026-07-01,company,,,service_accuracy,0.6,0.5,-0.1,down,86,,excellent,good,,,,,,",
    );
    expect(lines[7]).toBe(
      "what_if,service,,2026-04-01,2026-07-01,company,,,,,,,,86,86,excellent,excellent,,,,,,",
    );
    const teams = (await run("service", "--for", "team", "--format", "csv")).out.split("\r\n");
    expect(teams[5]).toBe(
      "swap,service,,2026-04-01,2026-07-01,team,Red,Blue,service_accuracy,0.6,0.714285714,0.114285714,up,,,,,,,Blue,,,",
    );
  });
});

describe("weights refuses with 2", () => {
  it.each([
    [["servcie"], "unknown scorecard (there are service): servcie (did you mean service?)"],
    [["service", "--for", "employee"], "it is for company, team): employee"],
    [["service", "--period", "2023-Q4"], "the weights of service begin only on 2024-01-01: 2023-12-31"],
    [
      ["service", "--set", "service_accuracy"],
      "--set takes a kpi and its weight, csat=20% or csat=0.2: service_acc",
    ],
    [["service", "--set", "service_acuracy=1"], "not a kpi of service: service_acuracy (did you mean"],
    [["service", "--set", "csat=20"], "a weight is from 0 to 100 % (0 to 1 without the sign): csat=20"],
    [["service", "--set", "csat=200%"], "0 to 1 without the sign): csat=200%"],
    [["service", "--set", "csat=0.1", "--set", "csat=0.2"], "--set names a kpi twice: csat=0.2"],
    [["--set", "csat=20%"], "--set goes with a scorecard: csat=20%"],
  ])("%j", async (args, message) => {
    const english = await run(...args, "--lang", "en");
    expect(english).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
  });
});

describe("weights.json", () => {
  const document = (asOf: string, withNames: boolean) =>
    withWarehouse(join(folder, asOf), (db) =>
      weightsDocument(db, readCatalogue(catalog), allShown, { withNames }),
    );

  it("has history, the company's flips and the teams' swaps, and nobody's name unless allowed", async () => {
    const made = await document("2026-06-30", false);
    expect(made.scorecards).toEqual([
      {
        id: "service",
        label: { "zh-CN": "服务", en: "Service" },
        history: history(null, null),
        period: { grain: "quarter", start: "2026-04-01", end: "2026-07-01" },
        in_force: inForce,
        company: { total: 86, covered_weight: 1, provisional: false, grade: "excellent" },
        flips,
        teams: [
          { team: "Red", rank: 1, total: 84, covered_weight: 1, provisional: false, grade: "good" },
          { team: "Blue", rank: 2, total: 76, covered_weight: 1, provisional: false, grade: "good" },
        ],
        swaps,
      },
    ]);
    expect(JSON.stringify(made)).not.toContain("秘密");
    expect((await document("2026-06-30", true)).scorecards[0]?.history).toEqual(history("王秘密", "林"));
  });

  it("is about the newest complete period in which the company has a total", async () => {
    const [card] = (await document("2026-09-30", false)).scorecards;
    expect(card?.period.start).toBe("2026-04-01");
    expect(card?.company?.total).toBe(86);
  });
});
