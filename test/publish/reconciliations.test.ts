import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import {
  hideReconciliation,
  shownReconciliations,
  showReconciliation,
} from "../../src/answers/reconcile/shown.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { reconciliationsDocument, withoutFew } from "../../src/publish/reconciliations.js";
import type { ReconciledDifference, Reconciliation } from "../../src/published/reconciliation.js";
import { noteMarks } from "../../src/warehouse/companyMarks.js";
import { languages } from "../../src/words/languages.js";
import { reconcileTexts } from "../../src/words/reconcileText.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { company } from "./company.js";

const folder = temporaryFolder("reconciliations");
const warehouse = join(folder, "w.duckdb");
const record = `${warehouse}.reconciled.json`;
const { kpis } = readCatalogue("data/catalog");
const now = new Date("2025-03-01T04:00:00Z");

const difference = (
  reason: ReconciledDifference["reason"],
  cases: number,
  effect = cases,
): ReconciledDifference => ({
  side: "theirs",
  reason,
  detail: null,
  explanation: null,
  explained: !["not_in_their_list", "other_value", "no_rule", "total"].includes(reason),
  cases,
  effect,
  examples: [{ id: `case of ${reason}`, ours: null, theirs: 3, file: "f.csv", line: 7 }],
});

const of = (kpi_id: string, key: string, differences: ReconciledDifference[]): Reconciliation => ({
  kpi_id,
  grain: "month",
  period_start: "2024-05-01",
  period_end: "2024-06-01",
  where: [],
  build_id: "b",
  as_of_on: "2025-02-01",
  file: "theirs.csv",
  id_column: "id",
  key: [key],
  value_column: null,
  time_zone: "Asia/Shanghai",
  their_time_zone: null,
  measure: "cases",
  ours: 20,
  theirs: 20 + differences.reduce((sum, { effect }) => sum + Number(effect), 0),
  value: 20,
  cases: 20,
  alike: 18,
  matched_by_spelling: 0,
  total_rows: 0,
  value_row: null,
  year_assumed: false,
  their_scale: 1,
  refused_lines: 0,
  differences,
  rest: { cases: 0, effect: 0 },
});

let db: Awaited<ReturnType<typeof company>>;
beforeAll(async () => {
  db = await company(1, "2025-02-01");
  await noteMarks(db);
});

const published = (minCell: number, some = kpis) =>
  reconciliationsDocument(db, warehouse, { kpis: some, minCell });

it("nothing is shown that nobody asked for", async () => {
  expect([await published(1), existsSync(record)]).toEqual([[], false]);
});

it("what is kept for the site names no person, and no id that only their list has", async () => {
  const all = (["definition", "not_extracted", "no_id", "quarantined"] as const).map((each) =>
    difference(each, 6),
  );
  await showReconciliation(db, warehouse, of("first_response_time", "tickets.ticket_id", all), now);
  await showReconciliation(db, warehouse, of("churn_rate", "customers.customer_id", all), now);
  const text = readFileSync(record, "utf8");
  expect(text.match(/case of \w+/g)).toEqual(["case of definition"]);
  // Nor do the marks say which customers there are.
  expect(text).not.toMatch(/"c\d{1,2}"/);
  expect((await published(5)).map(({ kpi_id, made_on }) => [kpi_id, made_on])).toEqual([
    ["churn_rate", "2025-03-01"],
    ["first_response_time", "2025-03-01"],
  ]);
  // A KPI that the site does not tell of is not told of here.
  expect(
    await published(
      5,
      kpis.filter(({ id }) => id !== "churn_rate"),
    ),
  ).toHaveLength(1);
});

it("a later one takes the place of that of its KPI and period, and may be taken away", async () => {
  await showReconciliation(db, warehouse, of("churn_rate", "customers.customer_id", []), now);
  expect((await published(1)).map(({ differences }) => differences.length)).toEqual([0, 4]);
  const asked = { kpi_id: "churn_rate", grain: "month", period_start: "2024-05-01" } as const;
  expect([hideReconciliation(warehouse, asked), hideReconciliation(warehouse, asked)]).toEqual([true, false]);
  expect(await published(1)).toHaveLength(1);
});

it("reasons of few cases are told together, and the figures still add up", async () => {
  const differences = [
    difference("definition", 9),
    difference("awaiting", 2),
    difference("not_in_their_list", 1, -1),
    difference("other_value", 2, -3),
    difference("other_period", 12),
  ];
  await showReconciliation(
    db,
    warehouse,
    { ...of("complaint_rate", "tickets.ticket_id", differences), rest: { cases: 3, effect: -4 } },
    now,
  );
  const [found] = (await published(5)).filter(({ kpi_id }) => kpi_id === "complaint_rate");
  // 2 alone would be known, so the smallest of the others joins them; none that is explained joins what is not.
  expect(
    found?.differences.map(({ reason, cases, effect, explained, examples }) => [
      reason,
      cases,
      effect,
      explained,
      examples.length,
    ]),
  ).toEqual([
    ["other_period", 12, 12, true, 1],
    ["few", 11, 11, true, 0],
    ["few_unexplained", 3, -4, false, 0],
  ]);
  expect(found && Number(found.ours) + 12 + 11 - 4).toBe(found?.theirs);
  expect((await published(1))[0]?.differences).toHaveLength(5);
});

it.each(languages)("what stays unexplained is what the command says: %s", async (language) => {
  const differences = [
    difference("definition", 2),
    difference("awaiting", 4),
    difference("other_value", 3, -1),
  ];
  const result = {
    ...of("complaint_rate", "tickets.ticket_id", differences),
    rest: { cases: 3, effect: -1 },
  };
  await showReconciliation(db, warehouse, result, now);
  const [kpi] = kpis.filter(({ id }) => id === "complaint_rate");
  const [found] = (await published(5)).filter(({ kpi_id }) => kpi_id === "complaint_rate");
  if (!kpi || !found) throw new Error("not published");
  const names = { ...kpi, label: kpi.label.en, definition: kpi.definition.en };
  const [ofCommand, ofPage] = [result, found].map((each) => reconcileTexts(each, names, language).outcome);
  expect(ofPage).toBe(ofCommand);
  expect(ofPage).toBe(language === "en" ? "unexplained: −1 (3 cases)" : "未解释：−1（3 个案例）");
});

it.each([
  ["one alone", [difference("definition", 1)], [["few", 1]]],
  ["one beside many", [difference("definition", 1), difference("awaiting", 30)], [["few", 31]]],
  [
    "many",
    [difference("definition", 5), difference("awaiting", 30)],
    [
      ["definition", 5],
      ["awaiting", 30],
    ],
  ],
  [
    "explained and unexplained",
    [difference("definition", 6), difference("no_rule", 3)],
    [
      ["definition", 6],
      ["few_unexplained", 3],
    ],
  ],
  ["totals", [{ ...difference("total", 0, 3) }], [["total", 0]]],
])("of few: %s", (_, differences, expected) => {
  expect(withoutFew(differences, 5).map(({ reason, cases }) => [reason, cases])).toEqual(expected);
});

it("those of another company are not shown, and what is damaged is named", async () => {
  const other = await company(1, "2025-02-01");
  for (const table of ["customers", "tickets", "orders", "employees"])
    await other.run(`delete from staging.${table}`);
  const text = readFileSync(record, "utf8");
  expect(await shownReconciliations(other, warehouse)).toEqual([]);
  expect(await shownReconciliations(db, warehouse)).not.toEqual([]);
  writeFileSync(record, text.slice(0, 400));
  await expect(published(1)).rejects.toMatchObject({ exitCode: 1 });
});
