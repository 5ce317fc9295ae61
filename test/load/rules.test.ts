import { describe, expect, it } from "vitest";
import type { TableName } from "../../src/contract/index.js";
import { expectEquations } from "../loaders/faultyFile.js";
import { csv, runStart, stageFolder } from "./stageFolder.js";

type Cells = Readonly<Record<string, string>>;
/** Cells that differ from a sound row's, and the violations they make as `column rule`. */
type Case = readonly [cells: Cells, ...violations: string[]];

const ticket = { type: "request", channel: "phone", created_at: "2026-03-01 09:00:00" };
const answer = {
  customer_id: "C1",
  answered_at: "2026-03-01",
  survey: "periodic",
  dimension: "overall",
  score: "4",
  scale_min: "1",
  scale_max: "5",
};

// The run starts at 2026-07-01T00:00:00Z, which is 08:00 in Shanghai on the first of July.
const tables: Partial<Record<TableName, { key: string; sound: Cells; cases: Record<string, Case> }>> = {
  tickets: {
    key: "ticket_id",
    sound: ticket,
    cases: {
      "a sound row": [{}],
      "no type": [{ type: "" }],
      "a type of white space": [{ type: " 　" }],
      "an unknown type": [{ type: "fault" }, "type enum"],
      "every fault of a row": [
        { type: "fault", channel: "pigeon", created_at: "soon", handling_count: "-1", qa_correct: "maybe" },
        "type enum",
        "created_at timestamp",
        "qa_correct bool",
        "handling_count minimum",
      ],
      "a count below 0": [{ handling_count: "-1" }, "handling_count minimum"],
      "a count of 0": [{ handling_count: "0" }],
      "a quality of 0": [{ repair_quality: "0" }],
      "a quality of 100": [{ repair_quality: "100.0" }],
      "a quality above 100": [{ repair_quality: "100.0001" }, "repair_quality maximum"],
      "a quality below 0": [{ repair_quality: "-0.0001" }, "repair_quality minimum"],
      "a response before the ticket": [
        { first_response_at: "2026-03-01 08:59:59" },
        "first_response_at time_order",
      ],
      "a response with the ticket": [{ first_response_at: "2026-03-01T01:00:00Z" }],
      "a resolution before the ticket": [{ resolved_at: "2026-03-01T00:59:59Z" }, "resolved_at time_order"],
      "both before the ticket": [
        { first_response_at: "2026-02-01", resolved_at: "2026-02-02" },
        "first_response_at time_order",
        "resolved_at time_order",
      ],
      "a resolution before the response": [{ first_response_at: "2026-03-03", resolved_at: "2026-03-02" }],
      "at the run's start": [{ created_at: "2026-07-01 08:00:00" }],
      "after the run's start": [{ created_at: "2026-07-01 08:00:01" }, "created_at in_future"],
      "in 2099": [{ created_at: "2099-01-01" }, "created_at in_future"],
      // Only the row's own time is judged: a later time is cut at `as_of` by the models.
      "a resolution after the run's start": [{ resolved_at: "2026-07-02 00:00:00" }],
    },
  },
  survey_answers: {
    key: "answer_id",
    sound: answer,
    cases: {
      "the lowest score": [{ score: "1" }],
      "the highest score": [{ score: "5" }],
      "a score below its scale": [{ score: "0.9999" }, "score within"],
      "a score above its scale": [{ score: "5.0001" }, "score within"],
      "a scale of its own": [{ score: "9", scale_min: "0", scale_max: "10" }],
      "no scale": [{ scale_max: "" }, "scale_max required"],
      "an anonymous answer": [{ customer_id: "" }],
      "a score that is none": [{ score: "5/5" }, "score decimal"],
    },
  },
  reviews_360: {
    key: "review_id",
    sound: {
      period_start: "2026-01-01",
      reviewee_id: "E1",
      rater: "同行",
      dimension: "teamwork",
      score: "5",
      scale_min: "1",
      scale_max: "5",
    },
    cases: {
      "a sound row": [{}],
      "a score above its scale": [{ score: "6" }, "score within"],
    },
  },
  market_sales: {
    key: "company",
    sound: { month: "2026-03-01", market: "M", is_own: "是", sales: "1" },
    cases: {
      "sales of 0": [{ sales: "0" }],
      "sales below 0": [{ sales: "-0.01" }, "sales minimum"],
      "the second of a month": [{ month: "2026-03-02" }, "month first_of_month"],
      "the month the run is in": [{ month: "2026-07-01" }],
      "the month after the run": [{ month: "2026-08-01" }, "month in_future"],
    },
  },
  customers: {
    key: "customer_id",
    sound: { name: "n", acquired_on: "2026-03-01" },
    cases: {
      "the local day of the run": [{ acquired_on: "2026-07-01" }],
      "the day after the run": [{ acquired_on: "2026-07-02" }, "acquired_on in_future"],
      "a day that is none": [{ acquired_on: "2026-02-30" }, "acquired_on date"],
      "half an employee": [{ employees: "1.5" }, "employees int"],
    },
  },
  trainings: {
    key: "training_id",
    sound: { employee_id: "E1", course: "c", due_on: "2026-03-01" },
    cases: { "due after the run": [{ due_on: "2027-01-01" }] },
  },
  market_attractiveness: {
    key: "market",
    sound: { criterion: "增长潜力", score: "50", weight: "0.2" },
    cases: {
      "a score of 100": [{ score: "100" }],
      "a score above 100": [{ score: "101" }, "score maximum"],
      "a score below 0": [{ score: "-1" }, "score minimum"],
    },
  },
  weights: {
    key: "scorecard_id",
    sound: { kpi_id: "csat", effective_from: "2026-01-01", weight: "0.5" },
    cases: { "a weight below 0": [{ weight: "-0.5" }, "weight minimum"], "a weight of 0": [{ weight: "0" }] },
  },
};

describe("rules", () => {
  for (const [table, { key, sound, cases }] of Object.entries(tables)) {
    it(`of ${table}: ${Object.keys(cases).length} rows`, () => {
      const names = Object.keys(cases);
      const columns = [...new Set(Object.values(cases).flatMap(([cells]) => Object.keys(cells)))];
      const header = [key, ...new Set([...Object.keys(sound), ...columns])];
      const rows = names.map((name) => {
        const cells: Cells = { ...sound, ...cases[name]?.[0], [key]: name };
        return header.map((column) => cells[column] ?? "");
      });
      return stageFolder({ [`${table}.csv`]: csv(header, rows) }, async (staged) => {
        await expectEquations(staged);
        const found = new Map(
          (await staged.quarantine()).map(({ place, raw, rules }) => {
            const cells = JSON.parse(raw) as Cells;
            const index = rows.findIndex(([id]) => id === cells[key]);
            expect(place).toBe(`${table}.csv:${index + 2}`);
            expect(header.map((column) => cells[column] ?? "")).toEqual(rows[index]);
            return [cells[key], rules.map(([column, rule]) => `${column} ${rule}`)];
          }),
        );
        expect(names.map((name) => [name, [...(found.get(name) ?? [])].sort()])).toEqual(
          names.map((name) => [name, ((cases[name] ?? []).slice(1) as string[]).toSorted()]),
        );
      });
    });
  }

  it("a violation tells column, value, rule and what was expected", () =>
    stageFolder(
      { "tickets.csv": "ticket_id,type,channel,created_at\nT1,fault,phone,2026-07-01T00:00:00.5Z\n" },
      async ({ rows }) => {
        const [row] = await rows("select source, table_name, violations from quarantine.rows");
        expect(row).toMatchObject({ source: "extracts", table_name: "tickets" });
        expect(JSON.parse(String(row?.violations))).toEqual([
          {
            column: "type",
            value: "fault",
            rule: "enum",
            expected: expect.stringMatching(/inquiry \(咨询\).*praise \(表扬\)/),
          },
          {
            column: "created_at",
            value: "2026-07-01T00:00:00.5Z",
            rule: "in_future",
            expected: expect.stringContaining(runStart.toISOString()),
          },
        ]);
      },
    ));

  it("in another zone the run's day is that zone's", () =>
    stageFolder(
      {
        "customers.csv": "customer_id,name,acquired_on\nC1,n,2026-06-30\nC2,n,2026-07-01\n",
      },
      // Midnight UTC is still the thirtieth of June in New York.
      async ({ quarantine }) =>
        expect(await quarantine()).toMatchObject([
          { place: "customers.csv:3", rules: [["acquired_on", "in_future"]] },
        ]),
      "America/New_York",
    ));
});

describe("warnings keep the row", () => {
  it("of an unknown reference, counted with an example", () =>
    stageFolder(
      {
        "customers.csv": "customer_id,name,acquired_on,owner_id\nC1,n,2026-01-01,E1\nC2,n,2026-01-01,E9\n",
        "employees.csv": "employee_id,name,hired_on\nE1,n,2020-01-01\n",
        "tickets.csv": csv(
          ["ticket_id", "customer_id", "type", "channel", "created_at", "previous_ticket_id"],
          [
            ["T1", "C1", "request", "phone", "2026-03-01", ""],
            ["T2", "C8", "request", "phone", "2026-03-01", "T1"],
            ["T3", "C7", "request", "phone", "2026-03-01", "T0"],
            ["T4", "", "request", "phone", "2026-03-01", ""],
            // A reference is folded like the id it leads to.
            ["T5", " C１　", "request", "phone", "2026-03-01", ""],
          ],
        ),
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables.map(({ loaded }) => loaded)).toEqual([2, 1, 5]);
        const warnings = await staged.rows("select * from ingest.warnings order by all");
        expect(
          warnings.map((row) => [row.table_name, row.rule, row.column_name, Number(row.count), row.sample]),
        ).toEqual([
          ["customers", "unknown_reference", "owner_id", 1, "E9"],
          ["tickets", "unknown_reference", "customer_id", 2, "C7"],
          ["tickets", "unknown_reference", "previous_ticket_id", 1, "T0"],
        ]);
      },
    ));

  it("of a resolution before the first response, counted by file, whatever else the file holds", () => {
    const head = "ticket_id,type,channel,created_at,first_response_at,resolved_at\n";
    const line = (id: string, response: string, resolved: string) =>
      `${id},request,phone,2026-03-01,${response},${resolved}\n`;
    const early = (id: string) => line(id, "2026-03-05", "2026-03-04");
    return stageFolder(
      {
        "tickets-1.csv": `${head}${early("A1")}${line("A2", "2026-02-01", "")}${early("A3")}${early("A3")}`,
        "tickets-2.csv": `${head}${line("B1", "2026-03-04", "2026-03-04")}${line("B2", "", "2026-03-04")}`,
        "tickets-3.csv": `${head}${early("C1")}`,
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([{ loaded: 5, quarantined: 1, duplicates: 1 }]);
        const warning = { table: "tickets", rule: "resolved_before_response", column: "first_response_at" };
        expect(staged.report.warnings).toEqual([
          { ...warning, file: "tickets-1.csv", count: 2, sample: "2026-03-04 16:00:00+00" },
          { ...warning, file: "tickets-3.csv", count: 1, sample: "2026-03-04 16:00:00+00" },
        ]);
      },
    );
  });

  it("of a conversion before its lead and of an order before its customer", () =>
    stageFolder(
      {
        "customers.csv": "customer_id,name,acquired_on\nC1,n,2026-01-05\n",
        "leads.csv":
          "lead_id,created_at,converted_at\nL1,2026-01-02,2026-01-01\nL2,2026-01-02,2026-01-02\nL3,2026-01-02,\n",
        "orders.csv":
          "order_id,line_no,customer_id,ordered_at,revenue\nO1,1,C1,2026-01-04T15:59:59Z,1\nO2,1,C1,2026-01-04T16:00:00Z,1\n",
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.tables).toMatchObject([{ loaded: 1 }, { loaded: 3 }, { loaded: 2 }]);
        expect(staged.report.warnings.map(({ table, column, count }) => [table, column, count])).toEqual([
          ["leads", "converted_at", 1],
          ["orders", "ordered_at", 1],
        ]);
      },
    ));
});
