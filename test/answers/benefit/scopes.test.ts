import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { Assessment } from "../../../src/answers/benefit/initiative.js";
import { commandLine } from "../../commandLine.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";

const folder = temporaryFolder("scopes");
const data = join(folder, "data");
const catalog = join(folder, "catalog");
const warehouse = join(folder, "w.duckdb");
const run = commandLine({ cwd: folder, now: "2026-01-10T04:00:00Z", warehouse });

const kpis = ["first_response_time", "overdue_responses", "complaint_rate"];
/**
 * Scopes that hold the same cases by another name: dimensions of one's own, a value called like the group outside, and a customer's
 * dimension that tickets have of their own. What is counted of tickets is per day of the customers whom a scope is of: of all where
 * tickets may say otherwise than their customer, as of `either`.
 */
const alike = [
  ["region", "comparison", "tier", "gold", kpis],
  ["region", "comparison", "either", "gold", ["first_response_time", "complaint_rate"]],
  ["channel", "phone", "product", "lamp", kpis],
  ["channel", "phone", "industry", "lamp", ["first_response_time", "overdue_responses"]],
] as const;

let found: Map<string, Assessment>;
beforeAll(async () => {
  mkdirSync(data);
  smallCatalogue(kpis, catalog);
  writeFileSync(
    join(catalog, "dimensions.yaml"),
    [
      ["tier", "{ customers: tier }"],
      ["product", "{ tickets: product }"],
      ["either", "{ tickets: either, customers: tier }"],
      ["industry", "{ tickets: product }"],
    ]
      .map(([id, from]) => `- id: ${id}\n  labels: { zh-CN: ${id}, en: ${id} }\n  from: ${from}\n`)
      .join(""),
  );
  const customers = Array.from({ length: 80 }, (_, c) => {
    const [region, tier] = c % 2 ? ["comparison", "gold"] : ["West", "plain"];
    return `C${c},N${c},${region},${tier},metal,2023-01-01`;
  });
  const tickets = Array.from({ length: 3000 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + ((i * 37) % 730))).toISOString().slice(0, 10);
    const [channel, product] = (i * 5 + (i % 80)) % 3 ? ["phone", "lamp"] : ["online", "chair"];
    const type = ["request", "repair", "complaint"][(i * 11) % 3];
    const minutes = String(10 + ((i * 29) % 49)).padStart(2, "0");
    return `T${i},C${(i * 53) % 80},${type},${channel},${product},,${day} 09:0${i % 10}:00,${day} 09:${minutes}:00`;
  });
  writeFileSync(join(data, "people.csv"), ["id,name,region,tier,trade,since", ...customers, ""].join("\n"));
  writeFileSync(
    join(data, "calls.csv"),
    ["id,who,kind,way,product,none,at,answered", ...tickets, ""].join("\n"),
  );
  writeFileSync(join(data, "status.csv"), "who,status,day\nC79,churned,2025-12-01\n");
  const scopes = alike.flatMap(([one, value, other, name]) => [
    [one, value],
    [other, name],
  ]);
  const rows = kpis.flatMap((kpi) =>
    [...new Set(scopes.map((scope) => scope.join(",")))].map(
      (scope) => `${kpi} ${scope.replace(",", "=")},n,2025-01-01,${kpi},${scope},,180,180,0,,`,
    ),
  );
  const head =
    "initiative_id,name,started_on,kpi_id,scope_dimension,scope_value,expected_change,baseline_days,follow_up_days,lag_days,cost,value_per_unit";
  writeFileSync(join(data, "initiatives.csv"), [head, ...rows, ""].join("\n"));
  writeFileSync(
    join(data, "sources.yaml"),
    `desk:
  files: { c: people.csv, t: calls.csv, s: status.csv, i: initiatives.csv }
  tables:
    customers:
      from: c
      columns: { customer_id: id, name: name, region: region, industry: trade, acquired_on: since, tier: tier }
    tickets:
      from: t
      columns: { ticket_id: id, customer_id: who, type: kind, channel: way, created_at: at, first_response_at: answered, product: product, either: none }
    customer_status:
      from: s
      columns: { customer_id: who, status: status, changed_on: day }
      covers_from: 2023-01-01
    initiatives:
      from: i
      columns: { initiative_id: initiative_id, name: name, started_on: started_on, kpi_id: kpi_id, scope_dimension: scope_dimension, scope_value: scope_value, baseline_days: baseline_days, follow_up_days: follow_up_days }
`,
  );
  const built = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
  expect(built.err).toBe("");
  const { out } = await run("assess", "--explain", "--format", "json");
  found = new Map((JSON.parse(out) as Assessment[]).map((each) => [each.initiative_id, each]));
});

it.each(
  alike.flatMap(([one, value, other, name, some]) =>
    some.map((kpi) => [kpi, `${one}=${value}`, `${other}=${name}`]),
  ),
)("%s says the same of %s and of %s", (kpi, one, other) => {
  const [first, second] = [found.get(`${kpi} ${one}`), found.get(`${kpi} ${other}`)];
  expect(first?.method).toMatch(/_did$/);
  expect(first?.baseline.n).toBeGreaterThan(0);
  for (const name of ["delta", "low", "high", "p"] as const)
    expect(second?.[name], name).toBeCloseTo(first?.[name] ?? Number.NaN, 9);
  expect(second?.companions?.event_study?.flat_p).toBeCloseTo(
    first?.companions?.event_study?.flat_p ?? Number.NaN,
    9,
  );
});
