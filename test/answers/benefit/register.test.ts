import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { Assessment } from "../../../src/answers/benefit/initiative.js";
import { commandLine } from "../../commandLine.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";

const folder = temporaryFolder("register");
const data = join(folder, "data");
const warehouse = join(folder, "w.duckdb");

const customersOf = (company: string) =>
  Array.from({ length: 60 }, (_, at) => `C${at},${company}${at},${at % 2 ? "East" : "West"},2023-01-01`);
const customers = customersOf("N");
/** One case a customer and fortnight; those of 2025 on are answered within the limit more often. */
const tickets = (later: number, asOf: string) =>
  customers.flatMap((_, customer) =>
    Array.from({ length: 52 }, (_, at) => {
      const day = new Date(Date.UTC(2024, 0, 1 + at * 14 + (customer % 14))).toISOString().slice(0, 10);
      const minutes = 1 + ((customer * 7 + at * 5) % 9) - (at > 26 ? later : 0);
      if (day > asOf) return "";
      return `T${customer}-${at},C${customer},${day} 09:0${customer % 10}:00,${day} 09:${String(10 + minutes).padStart(2, "0")}:00,request,phone`;
    }).filter((line) => line !== ""),
  );

const initiative = (expected: string) =>
  `I1,Faster,2025-01-01,first_response_time,,,${expected},180,180,0,100,1`;

function write(name: string, head: string, lines: readonly string[]) {
  writeFileSync(join(data, `${name}.csv`), [head, ...lines, ""].join("\n"));
}

/** Builds anew on a day, and says what is assessed. */
async function built(
  day: string,
  { expected = "-2", later = 3, asOf = "2025-12-31", company = "N" } = {},
): Promise<Assessment> {
  write("customers", "customer_id,name,region,acquired_on", customersOf(company));
  write("tickets", "ticket_id,customer_id,created_at,first_response_at,type,channel", tickets(later, asOf));
  write(
    "initiatives",
    "initiative_id,name,started_on,kpi_id,scope_dimension,scope_value,expected_change,baseline_days,follow_up_days,lag_days,cost,value_per_unit",
    [initiative(expected)],
  );
  const run = commandLine({ cwd: folder, now: `${day}T04:00:00Z`, warehouse });
  const places = ["--data", data, "--catalog", catalog, "--as-of", asOf, "--quiet"];
  const { code, err } = await run("build", ...places);
  if (code !== 0) throw new Error(err);
  return (JSON.parse((await run("assess", "--format", "json")).out) as [Assessment])[0];
}

const catalog = join(folder, "catalog");
beforeAll(() => {
  mkdirSync(data, { recursive: true });
  smallCatalogue(["first_response_time"], catalog);
});

it("writes initiatives down when it first sees them, and keeps a verdict once it is given", async () => {
  // Before the start: known, and set right without a word.
  expect(await built("2024-11-01", { asOf: "2024-10-31", expected: "-1" })).toMatchObject({
    verdict: "still_running",
    registered: { first_seen: "2024-11-01", is_late: false, changed: [] },
    decided: null,
  });
  const running = await built("2025-03-02", { asOf: "2025-03-01" });
  expect(running).toMatchObject({ verdict: "still_running", decided: null });
  // What was expected has changed while it ran: old and new are told from now on.
  const change = { on: "2025-03-02", field: "expected_change", old: "-1.0000", new: "-2.0000" };
  expect(running.registered?.changed.map(({ build_id: _, ...rest }) => rest)).toEqual([
    { ...change, old: expect.stringMatching(/^-1(\.0+)?$/), new: expect.stringMatching(/^-2(\.0+)?$/) },
  ]);

  const over = await built("2025-08-01", { asOf: "2025-07-31" });
  expect(over.verdict).toBe("improved");
  expect(over.decided).toMatchObject({ on: "2025-08-01", now: null });
  expect(over.registered?.changed).toHaveLength(1);

  // Other data say something else: the verdict stays, with the build that gave it, and what is found now beside it.
  const restated = await built("2025-09-01", { asOf: "2025-08-31", later: 0 });
  expect(restated).toMatchObject({ verdict: "improved", delta: over.delta, q: over.q });
  expect(restated.decided).toMatchObject({ build_id: over.decided?.build_id, on: "2025-08-01" });
  expect(restated.decided?.now).toMatchObject({ verdict: "no_demonstrable_change" });

  // Another definition is another question.
  const changed = await built("2025-10-01", { expected: "-3", later: 0, asOf: "2025-09-30" });
  expect(changed.verdict).toBe("no_demonstrable_change");
  expect(changed.decided).toMatchObject({ on: "2025-10-01", now: null });
  expect(changed.registered?.changed.map(({ on }) => on)).toEqual(["2025-03-02", "2025-10-01"]);

  // Another company's data in the same place: what was written down of the former is not of this one.
  const other = await built("2025-11-01", { company: "M", later: 0, asOf: "2025-10-31" });
  expect(other.registered).toMatchObject({ first_seen: "2025-11-01", is_late: true, changed: [] });
  expect(other.decided).toMatchObject({ on: "2025-11-01", now: null });
});
