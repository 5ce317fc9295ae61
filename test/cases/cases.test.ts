import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { isLong, isTurn } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";
import {
  type AskedKpi,
  type ExpectedRow,
  expectationSchema,
  missing,
  numberOf,
  type Run,
  surplus,
} from "./expectation.js";

/** Each folder with an `expect.json` is an extract; `expected.md` in it or above says what it stands for and why. */
const inputs = join(import.meta.dirname, "inputs");
const scratch = temporaryFolder("cases");

const shipped = readCatalogue("data/catalog").kpis.map(({ id }) => id);

/** What a build is told of the catalogue: all of it in `npm run test:long`, else the KPIs that the run asks for. */
function catalogueArgs(run: Run, folder: string): string[] {
  if (isLong) return [];
  const words = run.kpi.flatMap(({ args, text, raw }) => [
    ...args,
    ...(text?.args ?? []),
    ...(raw?.args ?? []),
  ]);
  const asked = shipped.filter((id) => words.includes(id));
  return ["--catalog", smallCatalogue(asked.length > 0 ? asked : shipped.slice(0, 1), folder)];
}

const cases = readdirSync(inputs, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("expect.json"))
  .map((name) => {
    const file = join(inputs, name);
    const expectation = expectationSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return { name: relative(inputs, dirname(file)), data: dirname(file), expectation };
  })
  .sort((one, other) => (one.name < other.name ? -1 : 1));

test("every case says what it stands for", () => {
  expect(cases.length).toBeGreaterThanOrEqual(34);
  for (const { name, data } of cases) {
    const said = [data, dirname(data)].some((folder) => existsSync(join(folder, "expected.md")));
    expect(said, name).toBe(true);
  }
});

/** One of each kind in `npm test`, the others of a kind in `npm run test:long`. */
const kindOf = ({ name }: (typeof cases)[number]) => name.split("/")[0];
const taken = cases.filter((one) => isTurn(cases.find((other) => kindOf(other) === kindOf(one)) === one));

describe.each(taken)("$name", ({ name, data, expectation }) => {
  const { runs, any_of: either, site, two_sites, print, ...single } = expectation;
  const asked = runs ?? [single];
  const isTold = JSON.stringify(single) !== JSON.stringify(expectationSchema.parse({}));
  if (either) {
    test("one of the outcomes", async () => {
      const faults: unknown[] = [];
      for (const [index, run] of either.entries()) {
        try {
          await hold(run, data, join(scratch, `${name}-${index}`, "w.duckdb"));
          return;
        } catch (error) {
          faults.push(error);
        }
      }
      throw new AggregateError(faults, faults.map(String).join("\n"));
    });
  } else if (runs || isTold) {
    test.each(asked.map((run, index) => ({ run, index, of: `${index + 1} of ${asked.length}` })))(
      "build $of",
      async ({ run, index }) => {
        await hold(run, data, join(scratch, `${name}-${index}`, "w.duckdb"));
      },
    );
  } else {
    // Sites and prints are looked at by the tests of the browser.
    test("names what pages or print have to show", () => {
      expect(site ?? two_sites ?? print).toBeDefined();
    });
  }
});

/** Builds a folder and looks at everything that a run expects. */
async function hold(run: Run, data: string, warehouse: string): Promise<void> {
  const catalogue = catalogueArgs(run, join(dirname(warehouse), "catalog"));
  const places = ["--data", data, "--warehouse", warehouse, ...catalogue];
  const build = await said(["build", ...places, ...run.build_args], "en");
  expect([run.build_exit].flat(), build.output).toContain(build.code);
  expect(missing(build.output, run.build_contains), build.output).toEqual([]);
  expect(surplus(build.output, run.build_lacks), build.output).toEqual([]);
  if (build.code !== 0) {
    expect(existsSync(warehouse), "nothing is left of a failed build").toBe(false);
    return;
  }
  const check = await said(["check", "--warehouse", warehouse], "en");
  expect(check.code).toBe(0);
  expect(missing(check.output, run.check_contains), check.output).toEqual([]);
  expect(surplus(check.output, run.check_lacks), check.output).toEqual([]);
  await holdRows(run, warehouse);
  for (const each of run.kpi) await holdKpi(each, warehouse);
}

async function holdRows({ loaded, quarantine }: Run, warehouse: string): Promise<void> {
  await withWarehouse(warehouse, async (db) => {
    for (const [table, count] of Object.entries(loaded)) {
      const reader = await db.runAndReadAll(`select count(*) from staging.${table}`);
      expect({ table, loaded: Number(reader.value(0, 0)) }).toEqual({ table, loaded: count });
    }
    for (const [table, rules] of Object.entries(quarantine)) {
      const reader = await db.runAndReadAll(
        `select file || ':' || line as at, cast(violations as varchar) as violations
         from quarantine.rows where table_name = $table order by all`,
        { table },
      );
      const rows = reader.getRowObjectsJson().map(({ at, violations }) => ({
        at: String(at),
        violations: JSON.parse(String(violations)) as { column: string; value: string; rule: string }[],
      }));
      for (const [rule, wanted] of Object.entries(rules)) {
        const broken = rows.filter(({ violations }) => violations.some((each) => each.rule === rule));
        expect({ rule, rows: broken }, `${table} ${rule}`).toMatchObject({ rule });
        expect(broken).toHaveLength(wanted.count);
        for (const { at, column, value } of wanted.at) {
          const row = broken.find((each) => each.at === at);
          expect(row, at).toBeDefined();
          const own = row?.violations.filter((each) => each.rule === rule) ?? [];
          if (column !== undefined) expect(own.map((each) => each.column)).toContain(column);
          if (value !== undefined) expect(own.map((each) => each.value)).toContain(value);
        }
      }
    }
  });
}

interface Answered {
  kpi_id: string;
  period_start: string;
  by: Record<string, string | null>;
  value: number | null;
  incomplete: boolean;
  compare: { value: number | null } | null;
}

async function holdKpi(asked: AskedKpi, warehouse: string): Promise<void> {
  const places = ["--warehouse", warehouse];
  const { code, output } = await said(["kpi", ...asked.args, ...places, "--format", "json"], "en");
  expect(code, output).toBe(0);
  const rows = JSON.parse(output) as Answered[];
  for (const wanted of asked.rows) holdRow(wanted, rows);
  const { no_before: first, only_by: groups } = asked;
  if (first !== undefined) {
    for (const { kpi_id, period_start } of rows)
      expect(period_start.slice(0, first.length) >= first, `${kpi_id} ${period_start}`).toBe(true);
  }
  if (groups !== undefined) {
    const found = rows.filter(({ value }) => value !== null).flatMap(({ by }) => Object.values(by));
    expect([...new Set(found)].sort()).toEqual([...groups].sort());
  }
  for (const [form, wanted] of [
    ["table", asked.text],
    ["raw", asked.raw],
  ] as const) {
    if (!wanted) continue;
    const args = wanted.args ?? asked.args;
    const shown = await said(["kpi", ...args, ...places], "en");
    expect(shown.code, shown.output).toBe(0);
    expect(missing(shown.output, wanted.contains), `${form}\n${shown.output}`).toEqual([]);
    expect(surplus(shown.output, wanted.lacks), `${form}\n${shown.output}`).toEqual([]);
  }
  const { hex, not_hex: notHex, args = asked.args } = asked.raw ?? {};
  if (hex !== undefined || notHex !== undefined) {
    const shown = await said(["kpi", ...args, ...places], "en");
    const bytes = Buffer.from(shown.stdout, "utf8").toString("hex");
    if (hex !== undefined) expect(bytes.slice(0, hex.length)).toBe(hex);
    if (notHex !== undefined) expect(bytes.startsWith(notHex)).toBe(false);
  }
}

function holdRow(wanted: ExpectedRow, rows: readonly Answered[]): void {
  const { kpi, period, by = {}, marked, unmarked, compare, ...fields } = wanted;
  const name = JSON.stringify(wanted);
  const row = rows.find(
    (each) =>
      (kpi === undefined || each.kpi_id === kpi) &&
      each.period_start.startsWith(period) &&
      Object.entries(by).every(([dimension, value]) => each.by[dimension] === value),
  );
  if (fields.value === null || marked) {
    const isOpen = row === undefined || row.value === null || (marked === true && row.incomplete);
    expect(isOpen, `${name} ${JSON.stringify(row)}`).toBe(true);
  }
  if (fields.value === null || (marked && row === undefined)) return;
  expect(row, `${name} among ${JSON.stringify(rows.slice(0, 40))}`).toBeDefined();
  if (row === undefined) return;
  if (unmarked) expect({ ...row }, name).toMatchObject({ incomplete: false });
  for (const [field, written] of Object.entries(fields)) {
    const found = row[field as keyof Answered];
    if (typeof written === "boolean") expect(found, `${field} of ${name}`).toBe(written);
    else near(found, numberOf(written), `${field} of ${name}`);
  }
  if (compare !== undefined) near(row.compare?.value ?? null, numberOf(compare), `compare of ${name}`);
}

/** Within a millionth. */
function near(found: unknown, wanted: number | null, name: string): void {
  if (wanted === null || found === null || typeof found !== "number") {
    expect(found, name).toBe(wanted);
    return;
  }
  expect(Math.abs(found - wanted), `${name}: ${found}`).toBeLessThanOrEqual(
    1e-6 * Math.max(1, Math.abs(wanted)),
  );
}

async function said(args: string[], lang: "en"): Promise<{ code: number; output: string; stdout: string }> {
  const { code, out, err } = await commandLine({ now: "2026-12-01" })(...args, "--lang", lang);
  return { code, output: args.includes("json") ? out : out + err, stdout: out };
}
