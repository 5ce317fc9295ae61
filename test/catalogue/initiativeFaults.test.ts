import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";

const head =
  "initiative_id,name,started_on,kpi_id,scope_dimension,scope_value,expected_change,baseline_days,follow_up_days,lag_days,cost,value_per_unit";

/** What a build of a small company says to its initiatives. */
async function told(...lines: string[]) {
  const folder = folderOfTest("initiatives");
  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(join(data, "customers.csv"), "customer_id,name,region,acquired_on\nC1,N,East,2023-01-01\n");
  writeFileSync(
    join(data, "tickets.csv"),
    "ticket_id,customer_id,created_at,first_response_at,type,channel\nT1,C1,2024-01-01 10:00,2024-01-01 10:05,request,phone\nT2,C1,2025-12-31 09:00,2025-12-31 10:05,request,phone\n",
  );
  writeFileSync(join(data, "initiatives.csv"), [head, ...lines, ""].join("\n"));
  // Broken rows, however many, are no reason to refuse a file.
  const tables = ["customers", "tickets", "initiatives"];
  const [files, from] = [
    tables.map((name) => `${name}: ${name}.csv`),
    tables.map((name) => `${name}: { from: ${name} }`),
  ];
  writeFileSync(
    join(data, "sources.yaml"),
    `crm:\n  files: { ${files} }\n  max_quarantine_share: 1\n  tables: { ${from} }\n`,
  );
  const warehouse = join(folder, "w.duckdb");
  const catalog = smallCatalogue(
    ["csat", "first_response_time", "on_time_response_rate"],
    join(folder, "catalog"),
  );
  const run = commandLine({ cwd: folder, now: "2026-01-10T00:00:00Z", warehouse });
  const built = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
  return { ...built, run, warehouse };
}

it.each([
  ["an unknown KPI", "I1,A,2025-01-01,csta,,,,180,180,0,,", /initiatives\.csv: line 2.*kpi_id.*csat/s],
  [
    "a dimension that the KPI has not",
    "I1,A,2025-01-01,first_response_time,market,X,,180,180,0,,",
    /initiatives\.csv: line 2.*scope_dimension.*first_response_time/s,
  ],
  [
    "a dimension without value",
    "I1,A,2025-01-01,first_response_time,region,,,180,180,0,,",
    /initiatives\.csv: line 2.*scope_value/s,
  ],
  [
    "a value without dimension",
    "I1,A,2025-01-01,first_response_time,,East,,180,180,0,,",
    /initiatives\.csv: line 2.*scope_dimension/s,
  ],
  [
    "two points written as 2",
    "I1,A,2025-01-01,on_time_response_rate,,,2,180,180,0,,",
    /initiatives\.csv: line 2.*expected_change.*2\.13/s,
  ],
  [
    "a fifth less of minutes, which would be 0.2 of them",
    "I1,A,2025-01-01,first_response_time,,,-20%,180,180,0,,",
    /initiatives\.csv: line 2: expected_change: expected .*without a per cent sign.*minutes.*: -20%/s,
  ],
  [
    "a start that is none",
    "I1,A,9999-12-31,first_response_time,,,,180,180,0,,",
    /initiatives\.csv: line 2: started_on: .*2999-12-31.*: 9999-12-31/s,
  ],
])("%s ends the build, naming line and column", async (_, line, message) => {
  const { code, err } = await told(line);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

it("the row alone is quarantined where days or costs are none that there can be", async () => {
  const bad = [
    "negative days,2025-01-01,first_response_time,,,,-180,180,0,,",
    "no day of follow-up,2025-01-01,first_response_time,,,,180,0,0,,",
    "a window of more days than there are,2025-01-01,first_response_time,,,,1000000000,180,0,,",
    "a negative cost,2025-01-01,first_response_time,,,,180,180,0,-5,",
    "a lag that lets the windows overlap,2025-01-01,first_response_time,,,,180,180,-30,,",
  ];
  const good = ["G1,B,2025-01-01,first_response_time,,,,180,180,0,,"];
  const { code, err, run } = await told(...bad.map((line, at) => `I${at},${line}`), ...good);
  expect(code, err).toBe(0);
  const rows = JSON.parse((await run("assess", "--format", "json")).out) as { initiative_id: string }[];
  expect(rows.map(({ initiative_id }) => initiative_id)).toEqual(good.map((each) => each.split(",")[0]));
  const { tables } = JSON.parse((await run("check", "--format", "json")).out);
  expect(tables).toContainEqual(expect.objectContaining({ table: "initiatives", quarantined: bad.length }));
});

it("says what is odd and no fault: a start to come, a cost without value, a scope that nobody has", async () => {
  const { run } = await told(
    "I1,A,2027-01-01,first_response_time,,,,180,180,0,,",
    "I2,B,2025-03-01,first_response_time,,,,180,180,0,500,",
    "I3,C,2025-03-01,first_response_time,region,North,,180,180,0,,",
  );
  const { out } = await run("assess", "--lang", "en");
  expect(out).toMatch(/I1: it has not begun, the verdict comes with data to 29 Jun 2027/);
  expect(out).toMatch(/I2: has a cost and no value per unit/);
  expect(out).toMatch(/I3: the data have no such value as North/);
  expect((await run("assess", "I9", "--lang", "en")).err).toMatch(/unknown initiative I9/);
  expect((await run("assess", "I9")).code).toBe(2);
});

it("warns of an expected change for the worse, takes one of 0 for none, and two points as a percentage", async () => {
  const lines = [
    "I1,A,2025-01-01,first_response_time,,,20,180,180,0,,",
    "I2,B,2025-01-01,on_time_response_rate,,,-0.02,180,180,0,,",
    "I3,C,2025-01-01,first_response_time,,,-20,180,180,0,,",
    "I4,D,2025-01-01,first_response_time,,,0,180,180,0,,",
    "I5,E,2025-01-01,on_time_response_rate,,,2%,180,180,0,,",
  ];
  const { code, err, run } = await told(...lines);
  expect(code).toBe(0);
  expect(err).toMatch(/I1 expects 20 of first_response_time.*sign.*1 more/s);
  const { warnings } = JSON.parse((await run("check", "--format", "json")).out);
  expect(warnings).toContainEqual(expect.objectContaining({ rule: "expects_worse", count: 2 }));
  const rows = JSON.parse((await run("assess", "--format", "json")).out) as { expected: number | null }[];
  expect(rows.map(({ expected }) => expected)).toEqual([20, -0.02, -20, null, 0.02]);
});
