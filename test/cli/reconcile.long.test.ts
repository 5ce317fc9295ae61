import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Reconciliation } from "../../src/published/reconciliation.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("reconcile");
const warehouse = join(folder, "warehouse.duckdb");
const run = commandLine({ warehouse, cwd: folder });

const header =
  "ticket_id,customer_id,type,created_at,first_response_at,resolved_at,handling_count,updated_at";

/** A ticket of the day and hour, answered after some minutes and resolved at another time; Shanghai is eight hours ahead of UTC. */
const ticket = (
  id: string,
  created: string,
  minutes: number | "" = 30,
  { type = "request", customer = "east", resolved = "", handled = "1", updated = "2026-06-01T00:00:00" } = {},
) => {
  const at = (minutes: number) =>
    new Date(Date.parse(`${created}Z`) + minutes * 60_000).toISOString().slice(0, 19);
  const cells = [id, customer, type, created, minutes === "" ? "" : at(minutes), resolved, handled, updated];
  return cells.join(",");
};

const plain = Array.from({ length: 12 }, (_, index) => `A${index + 1}`);

/** Each with what is the matter with it. */
const tickets = [
  ...plain.map((id, index) => ticket(id, "2026-03-10T10:00:00", 30 + index / 4)),
  ticket("Z1", "2026-04-01T03:00:00"),
  ticket("Z2", "2026-03-01T02:00:00"),
  ticket("P1", "2026-03-11T10:00:00", 30, { type: "praise" }),
  ticket("N1", "2026-03-12T10:00:00", ""),
  ticket("N2", "2026-03-12T11:00:00", "", { resolved: "2026-03-13T10:00:00" }),
  ticket("Q1", "2026-03-12T10:00:00", 30, { handled: "many" }),
  ticket("S1", "2026-03-13T10:00:00", 30, { updated: "2026-03-14T00:00:00" }),
  ticket("S1", "2026-05-13T10:00:00", 30, { updated: "2026-05-14T00:00:00" }),
  ticket("O1", "2026-01-13T10:00:00"),
  ticket("B1", "2026-03-15T10:00:00"),
  ticket("b1", "2026-03-15T11:00:00"),
  ticket("W1", "2026-03-16T10:00:00", 30, { customer: "west" }),
  // Resolved in another month than created: one right at the edge.
  ...[
    ["D1", "2026-03-20", "2026-04-01T05:00:00"],
    ["D2", "2026-03-21", "2026-04-02T05:00:00"],
    ["D3", "2026-03-22", "2026-04-20T05:00:00"],
    ["E1", "2026-02-20", "2026-03-01T05:00:00"],
    ["E2", "2026-02-21", "2026-03-09T05:00:00"],
    ["G1", "2026-03-21", "2026-03-22T05:00:00"],
  ].map(([id = "", day = "", resolved = ""]) =>
    ticket(id, `${day}T10:00:00`, 30, { type: "praise", resolved }),
  ),
  // Neither side has them: what is far from the edges says nothing.
  ticket("F1", "2026-02-10T10:00:00"),
  ticket("L1", "2026-06-20T10:00:00"),
  // Left out by the mapping.
  ticket("V1", "2026-03-16T10:00:00"),
];

let files = 0;
const list = (lines: readonly string[], head = "Case No,Minutes") => {
  const file = join(folder, `theirs-${files++}.csv`);
  writeFileSync(file, `${head}\n${lines.map((line) => `${line}\n`).join("")}`);
  return file;
};

const ask = async (...args: string[]) => {
  const { code, out, err } = await run("reconcile", ...args, "--format", "json");
  return { code, err, result: JSON.parse(out) as Reconciliation };
};

/** What is told of each reason: its cases and the ids of its examples. */
const told = ({ differences }: Reconciliation) =>
  Object.fromEntries(
    differences.map(({ side, reason, detail, examples }) => [
      [side, reason, ...(detail === null ? [] : [detail])].join(": "),
      examples.map(({ id }) => id).join(" "),
    ]),
  );

const holds = ({ ours, theirs, differences }: Reconciliation) => {
  const sum = differences.reduce((total, { effect }) => total + (effect ?? Number.NaN), ours ?? Number.NaN);
  expect(sum).toBeCloseTo(theirs ?? Number.NaN, 9);
};

beforeAll(async () => {
  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(join(data, "tickets.csv"), `${header}\n${tickets.join("\n")}\n`);
  writeFileSync(
    join(data, "customers.csv"),
    "customer_id,name,acquired_on,region\neast,n,2025-01-02,East\nwest,n,2025-01-02,West\n",
  );
  writeFileSync(
    join(data, "orders.csv"),
    "order_id,line_no,customer_id,ordered_at,revenue\nR1,1,east,2026-03-05,10\nR1,2,east,2026-03-05,2.5\nR2,1,east,2026-03-06,7\n",
  );
  writeFileSync(
    join(data, "sources.yaml"),
    "crm:\n  files: {tickets: tickets.csv, customers: customers.csv, orders: orders.csv}\n  max_quarantine_share: 1\n  tables: {tickets: {covers_from: 2026-01-01, where: \"ticket_id not like 'V%'\"}, customers: {}, orders: {}}\n",
  );
  const catalog = smallCatalogue(
    [
      "first_response_time",
      "resolution_time",
      "complaint_rate",
      "revenue",
      "market_share",
      "overdue_responses",
      "on_time_response_rate",
    ],
    join(folder, "small"),
  );
  const { code, err } = await run("build", "--data", data, "--catalog", String(catalog), "--quiet");
  expect([code, err.includes("herringbone:")]).toEqual([0, false]);
}, 60_000);

describe("a list of cases", () => {
  const theirIds = [
    ...plain.slice(0, 10),
    ...["Z1", "P1", "N1", "N2", "Q1", "S1", "O1", "B1", "W1", "V1", "X1", "A2", "a4", "n/a"],
  ];

  it("tells each case that differs by the first reason that holds, and the counts add up", async () => {
    const { code, result, err } = await ask(
      "first_response_time",
      "--with",
      list(theirIds, "Case No"),
      "--period",
      "2026-03",
      "--lang",
      "en",
    );
    expect(told(result)).toEqual({
      "theirs: time_zone: UTC": "Z1",
      "ours: time_zone: UTC": "Z2",
      "theirs: other_period: 2026-01": "O1",
      "theirs: superseded": "S1",
      "theirs: repeated": "A2",
      "theirs: respelt": "a4",
      "ours: two_spellings": "b1",
      "theirs: no_id": "n/a",
      "theirs: definition: type is distinct from 'praise'": "P1",
      "theirs: not_counted: response_microseconds is not null": "N2",
      "theirs: awaiting": "N1",
      "theirs: quarantined: tickets.handling_count int": "Q1",
      "theirs: left_out: tickets where ticket_id not like 'V%'": "V1",
      "theirs: not_extracted": "X1",
      "ours: not_in_their_list": "A11 A12",
    });
    const ours = plain.length + ["Z2", "B1", "b1", "W1"].length;
    expect([result.measure, result.ours, result.theirs, result.alike]).toEqual([
      "cases",
      ours,
      theirIds.length,
      12,
    ]);
    holds(result);
    expect(result.rest).toEqual({ cases: 2, effect: -2 });
    expect([code, err]).toEqual([1, "herringbone: cases that no reason explains: 2\n"]);
    expect(result.differences.find(({ reason }) => reason === "quarantined")?.examples).toEqual([
      {
        id: "Q1",
        ours: null,
        theirs: null,
        file: "tickets.csv",
        line: tickets.findIndex((line) => line.startsWith("Q1")) + 2,
      },
    ]);
  });

  it("compares values case by case, and the mean's difference to the last digit", async () => {
    const minutes = new Map(plain.map((id, index) => [id, 30 + index / 4]));
    const lines = [
      ...["A1", "A2", "A3", "A4"].map((id) => `${id},${minutes.get(id)}`),
      "A5,31",
      "A6,31.3",
      "A7,",
      "A8,99",
      ...["A9", "A10", "A11", "A12"].map((id) => `${id},${minutes.get(id)}`),
      "Z2,30",
      "B1,30",
      "b1,30",
      "W1,30",
      "P1,12.5",
    ];
    const { code, result } = await ask(
      "first_response_time",
      "--with",
      list(lines),
      "--value",
      "minutes",
      "--period",
      "2026-03",
    );
    expect(told(result)).toEqual({
      "theirs: definition: type is distinct from 'praise'": "P1",
      "both: rounded": "A6",
      "both: no_value": "A7",
      "both: other_value": "A8",
    });
    const values = lines.flatMap((line) => (line.endsWith(",") ? [] : [Number(line.split(",")[1])]));
    const mean = (of: number[]) => of.reduce((sum, each) => sum + each, 0) / of.length;
    expect(result.theirs).toBeCloseTo(mean(values), 9);
    expect(result.ours).toBeCloseTo(mean([...minutes.values(), 30, 30, 30, 30]), 9);
    expect(result.value).toBe(result.ours);
    holds(result);
    expect([code, result.rest.cases]).toEqual([1, 1]);
  });

  it("finds the other date that a report goes by", async () => {
    const ids = ["N2", "D1", "D2", "D3", "G1"];
    const { code, result } = await ask("resolution_time", "--with", list(ids, "id"), "--period", "2026-03");
    expect(told(result)).toEqual({
      "theirs: other_date: tickets.created_at": "D1 D2 D3",
      "ours: other_date: tickets.created_at": "E1 E2",
    });
    expect([code, result.ours, result.theirs, result.their_time_zone]).toEqual([0, 4, 5, null]);
    holds(result);
  });

  it("takes a list of what was answered for no report by the day of the answer", async () => {
    const all = await ask("on_time_response_rate", "--with", list(["A1"], "id"), "--period", "2026-03");
    const missing = all.result.differences.find(({ side }) => side === "ours");
    expect([missing?.reason, missing?.explained]).toEqual(["not_in_their_list", false]);
    const answered = [...plain, "Z2", "D1", "D2", "D3", "G1", "B1", "b1", "W1"];
    const { result } = await ask(
      "on_time_response_rate",
      "--with",
      list(answered, "id"),
      "--period",
      "2026-03",
    );
    // N1 and N2 were never answered: they are in no report by that day, and that is no sign of one.
    expect(
      result.differences
        .filter(({ side }) => side === "ours")
        .map(({ reason, examples }) => [reason, examples.map(({ id }) => id).join(" ")]),
    ).toEqual([["not_in_their_list", "N1 N2"]]);
  });

  it("gives figures without what only comes of adding up, and shows them as everywhere", async () => {
    const theirs = list(["R1,12.6", "R2,7.1", "R1,0.3"], "Order,Amount");
    const { result } = await ask("revenue", "--with", theirs, "--period", "2026-03", "--value", "Amount");
    // 12.6 + 0.3 + 7.1 and 12.9 − 12.5 are not these numbers to the last bit.
    expect([result.ours, result.theirs, result.differences.map(({ effect }) => effect)]).toEqual([
      19.5,
      20,
      [0.5],
    ]);
    const shown = await run(
      "reconcile",
      "revenue",
      "--with",
      theirs,
      "--period",
      "2026-03",
      "--value",
      "Amount",
      "--lang",
      "en",
    );
    expect(shown.out).toContain("ours 19.50 + 0.50 = theirs 20.00");
  });

  it("says a rule in the reader's language, and keeps its SQL for the details", async () => {
    const args = ["first_response_time", "--with", list([...plain, "P1"], "id"), "--period", "2026-03"];
    const zh = await run("reconcile", ...args, "--lang", "zh-CN");
    const [table = "", details = ""] = zh.out.split("[1] ", 2);
    expect(table + zh.out).toContain("按定义不是案例，定义要求工单类型不是“表扬” [1]");
    expect(zh.out).toContain("[1] 模型或映射中的规则：type is distinct from 'praise'");
    expect(details.split("\n")[0]).not.toContain("distinct");
    expect(zh.out).toContain("按定义计入的是：");
    const en = await run("reconcile", ...args, "--lang", "en");
    expect(en.out).toContain("no case by definition, which asks that type is not praise [1]");
    const { result } = await ask(...args);
    expect(result.differences.find(({ reason }) => reason === "definition")).toMatchObject({
      detail: "type is distinct from 'praise'",
      explanation: { "zh-CN": "工单类型不是“表扬”", en: "type is not praise" },
    });
  });

  it("tells what is of another part, and takes ids in other case and with blanks", async () => {
    const ids = [...plain.map((id) => ` ${id.toLowerCase()} `), "Z2", "B1", "b1", "W1"];
    const { code, result } = await ask(
      "first_response_time",
      "--with",
      list(ids, "id"),
      "--period",
      "2026-03",
      "--where",
      "region=East",
    );
    expect(told(result)).toEqual({ "theirs: other_scope": "W1" });
    expect([code, result.matched_by_spelling]).toEqual([0, plain.length]);
    holds(result);
  });

  it("takes the time zone that is told", async () => {
    const ids = [...plain, "B1", "b1", "W1", "Z1"];
    const { code, result } = await ask(
      "first_response_time",
      "--with",
      list(ids, "id"),
      "--period",
      "2026-03",
      "--time-zone",
      "Europe/London",
    );
    expect(told(result)).toEqual({
      "theirs: time_zone: Europe/London": "Z1",
      "ours: time_zone: Europe/London": "Z2",
    });
    expect([code, result.time_zone, result.their_time_zone]).toEqual([0, "Asia/Shanghai", "Europe/London"]);
  });

  it("reads a list of another kind than CSV", async () => {
    const file = join(folder, "theirs.json");
    writeFileSync(file, JSON.stringify(["N2", "E1", "E2", "G1"].map((id) => ({ id }))));
    const { code, result } = await ask("resolution_time", "--with", file, "--period", "2026-03");
    expect([code, result.alike, result.differences]).toEqual([0, 4, []]);
  });

  it("adds up an order's lines", async () => {
    const lines = ["R1,10", "R1,2.5", "R2,8"];
    const { code, result } = await ask(
      "revenue",
      "--with",
      list(lines, "order,amount"),
      "--value",
      "amount",
      "--period",
      "2026-03",
    );
    expect(told(result)).toEqual({ "both: other_value": "R2" });
    expect([code, result.ours, result.theirs]).toEqual([1, 19.5, 20.5]);
    holds(result);
  });

  it("takes hostile ids for ids", async () => {
    const hostile = ["'; drop table x; --", "=1+1", "x".repeat(200), '""quoted""', "A1' or '1'='1"];
    const file = list(["A1", ...hostile.map((id) => `"${id}"`), "N\0L"], "id");
    const { result } = await ask("first_response_time", "--with", file, "--period", "2026-03");
    expect(result.differences.find(({ reason }) => reason === "not_extracted")?.cases).toBe(hostile.length);
    expect(result.refused_lines).toBe(1);
    holds(result);
    const { out } = await run(
      "reconcile",
      "first_response_time",
      "--with",
      file,
      "--period",
      "2026-03",
      "--format",
      "csv",
      "--excel",
    );
    expect(out).not.toMatch(/(^|,)=1/m);
  });
});

describe("one figure", () => {
  it("compares totals alone and says so", async () => {
    const { code, out, err } = await run(
      "reconcile",
      "first_response_time",
      "--value-of",
      "40",
      "--period",
      "2026-03",
      "--lang",
      "en",
    );
    expect([code, err]).toEqual([
      1,
      "herringbone: two totals differ, which no cases explain; a list of their cases (--with) would\n",
    ]);
    expect(out).toContain("Only totals are compared");
    const { result } = await ask(
      "first_response_time",
      "--with",
      list(["March,40"], "month,value"),
      "--period",
      "2026-03",
    );
    expect([result.theirs, result.differences.map(({ reason }) => reason)]).toEqual([40, ["total"]]);
    holds(result);
  });

  it("takes ours rounded for the same", async () => {
    const { code, result } = await ask("revenue", "--value-of", "20", "--period", "2026-03");
    expect([code, result.ours, result.differences.map(({ reason }) => reason)]).toEqual([
      0,
      19.5,
      ["rounded"],
    ]);
  });
});

describe("wrong usage", () => {
  const ids = () => list(["A1"], "id");
  it.each([
    ["no period", () => ["first_response_time", "--with", ids()], /name the period/],
    ["neither file nor figure", () => ["first_response_time", "--period", "2026-03"], /--with FILE/],
    [
      "a KPI without cases",
      () => ["market_share", "--with", ids(), "--period", "2026-03"],
      /market_share has no list of cases/,
    ],
    [
      "no such column",
      () => ["first_response_time", "--with", ids(), "--id", "ic", "--period", "2026-03"],
      /has no column ic \(did you mean id\?\), it has id/,
    ],
    [
      "no column of ids",
      () => ["first_response_time", "--with", list(["q,1", "r,2"], "name,rank"), "--period", "2026-03"],
      /no column of .+ holds ids that are in tickets\.ticket_id.+name, rank/,
    ],
    [
      "an unknown zone",
      () => ["first_response_time", "--with", ids(), "--period", "2026-03", "--time-zone", "Mars/One"],
      /Mars\/One/,
    ],
    [
      "no number",
      () => ["first_response_time", "--value-of", "many", "--period", "2026-03"],
      /expected a number.+many/,
    ],
  ])("%s", async (_, args, said) => {
    const { code, out, err } = await run("reconcile", ...args(), "--lang", "en");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
  });

  it("an empty file", async () => {
    const file = join(folder, "empty.csv");
    writeFileSync(file, "");
    const { code, err } = await run(
      "reconcile",
      "first_response_time",
      "--with",
      file,
      "--period",
      "2026-03",
      "--lang",
      "en",
    );
    expect(code).toBe(1);
    expect(err).toMatch(/empty\.csv/);
  });
});
