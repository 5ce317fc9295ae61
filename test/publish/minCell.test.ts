import type { DuckDBConnection } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { grains, periodOf } from "../../src/kpi/periods.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";

const { kpis } = readCatalogue("data/catalog");
const minCell = 5;
const zone = "Asia/Shanghai";

/** A small company of few customers, some of whom have most of the cases, in groups of very different size. */
async function company(seed: number, asOf = "2025-01-20"): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  const dice = (salt: string) => `(hash('${salt}', ${seed}, i) % 10000 / 10000.0)`;
  const of = (salt: string, words: string[], power = 2) =>
    `(array[${words.map((word) => `'${word}'`).join(", ")}])[1 + floor(${words.length} * power(${dice(salt)}, ${power}))::int]`;
  const day = (salt: string) => `(date '2024-01-01' + floor(${dice(salt)} * 400)::int)`;
  const customer = (salt: string) => `'c' || floor(45 * power(${dice(salt)}, 1.6))::int`;
  await stage(
    db,
    "customers",
    `select 'c' || i as customer_id, 'x' as name, ${of("segment", ["trader", "other", "machinery"])} as segment,
       ${of("region", ["East", "West", "North", "South"])} as region, ${of("industry", ["a", "b", "c"])} as industry,
       'e' || floor(4 * ${dice("owner")})::int as owner_id
     from range(45) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "employees",
    `select 'e' || i as employee_id, 'x' as name, 'd' as department, 'team' || i % 2 as team from range(4) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "tickets",
    `select 't' || i as ticket_id, ${customer("customer")} as customer_id, ${of("type", ["request", "repair", "complaint"])} as type,
       ${of("channel", ["phone", "email", "online"])} as channel, ${day("day")} + interval 9 hour + i * interval 1 minute as created_at,
       ${day("day")} + interval 10 hour + 2 * i * interval 1 minute as first_response_at, 'e' || floor(4 * ${dice("agent")})::int as agent_id
     from range(220) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "orders",
    `select 'o' || i as order_id, '1' as line_no, ${customer("buyer")} as customer_id, ${day("bought")} + interval 9 hour as ordered_at,
       100 + i as revenue, 50 as cost
     from range(160) as numbers (i)`,
    zone,
  );
  await buildMarts(db, {
    asOf,
    settings: { published_dimensions: ["segment", "region", "channel", "type"] },
    coversFrom: { tickets: "2024-01-01", orders: "2024-01-01" },
  });
  return db;
}

interface Case {
  day: string;
  customer: string;
  [dimension: string]: string;
}

/** A published figure, or one that may not be, as the sum over the cases of some days and values of dimensions. */
interface Figure {
  from: string;
  to: string;
  where: Record<string, string>;
}

const inside = ({ from, to, where }: Figure, one: Case) =>
  one.day >= from && one.day < to && Object.entries(where).every(([name, value]) => one[name] === value);

const prime = 67_108_859;

/** The span of figures over cases, modulo a prime: what of all sums of cases follows from the figures. */
class Span {
  readonly #rows = new Map<number, Int32Array>();

  /** What remains of a vector when all that follows from the figures is taken from it. */
  #rest(vector: Int32Array): Int32Array {
    const rest = Int32Array.from(vector);
    for (let at = 0; at < rest.length; at += 1) {
      const factor = rest[at] ?? 0;
      const row = factor === 0 ? undefined : this.#rows.get(at);
      if (!row) continue;
      for (let k = at; k < rest.length; k += 1)
        rest[k] = ((rest[k] ?? 0) - ((factor * (row[k] ?? 0)) % prime) + prime) % prime;
    }
    return rest;
  }

  add(vector: Int32Array): void {
    const rest = this.#rest(vector);
    const at = rest.findIndex((each) => each !== 0);
    if (at < 0) return;
    const inverse = power(rest[at] ?? 1, prime - 2);
    this.#rows.set(
      at,
      rest.map((each) => (each * inverse) % prime),
    );
  }

  has(vector: Int32Array): boolean {
    return this.#rest(vector).every((each) => each === 0);
  }
}

/** Products of two numbers below 2^26 are exact in a double. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let b = base, e = exponent; e > 0; e = Math.floor(e / 2), b = (b * b) % prime)
    if (e % 2 === 1) result = (result * b) % prime;
  return result;
}

/** What is published of KPIs over the same cases, and what their cases are. */
async function attack(db: DuckDBConnection, ids: readonly string[]) {
  const own = kpis.filter(({ id }) => ids.includes(id));
  const options = {
    kpis: own,
    published: ["segment", "region", "channel", "type"],
    budgetBytes: 2_000_000,
    minCell,
    withPersons: true,
  };
  const { cuboids } = await decideCells(db, options);
  const { entries } = await publishCubes(db, cuboids, options);
  const dimensions = [...new Set(own.flatMap((kpi) => kpi.dimensions))];
  const columns = dimensions.map((name) => `coalesce(cast("${name}" as varchar), '(unknown)') as "${name}"`);
  const cases = (
    await db.runAndReadAll(
      `select strftime(case_on, '%Y-%m-%d') as day, customer_id as customer, ${columns.join(", ")} from marts.${ids[0]}
       where denominator is not null order by all`,
    )
  ).getRowObjectsJson() as unknown as Case[];
  const windows = new Map(
    (
      await db.runAndReadAll(
        `select role || ' ' || grain || ' ' || period_start::varchar, period_start::varchar, cutoff_on::varchar,
           year_start::varchar, year_cutoff_on::varchar, previous_start::varchar, previous_cutoff_on::varchar
         from intermediate.periods`,
      )
    )
      .getRowsJson()
      .map(([key, ...days]) => [String(key), days.map(String)]),
  );
  const shown: Figure[] = [];
  const splits = new Map<string, { names: string[]; windows: Set<string> }>();
  for (const { path, bytes } of entries) {
    if (!path.endsWith(".arrow")) continue;
    for (const row of tableFromIPC(bytes).toArray() as Record<string, string | number | null>[]) {
      const id = row.kpi_id ?? path.replace(/^\w+\/|\.arrow$/g, "");
      if (!ids.includes(String(id))) continue;
      const key = [row.role ?? "period", row.grain ?? "month", row.period_start].join(" ");
      const [from = "", to = "", ...base] = windows.get(key) ?? [];
      const where = Object.fromEntries([
        ...dimensions
          .filter((name) => typeof row[name] === "string")
          .map((name) => [name, String(row[name])]),
        ...(row.by ? [[String(row.by), String(row.value)]] : []),
      ]);
      const names = Object.keys(where).sort();
      const split = splits.get(names.join()) ?? { names, windows: new Set() };
      split.windows.add(key);
      splits.set(names.join(), split);
      if (row.hidden) {
        expect(row.numerator).toBeNull();
        expect(row.n).toBeNull();
        continue;
      }
      shown.push({ from, to, where });
      const { kind, against } = own.find((kpi) => kpi.id === id) ?? {};
      const [yearFrom, yearTo, previousFrom, previousTo] = base;
      const [baseFrom = "", baseTo = ""] =
        against === "year" ? [yearFrom, yearTo] : [previousFrom, previousTo];
      if (kind === "growth") shown.push({ from: baseFrom, to: baseTo, where });
    }
  }
  return { cases, shown, splits: [...splits.values()], windows };
}

const vectorOf = (figure: Figure, cases: readonly Case[]) =>
  Int32Array.from(cases, (one) => (inside(figure, one) ? 1 : 0));
const customersOf = (vector: Int32Array, cases: readonly Case[]) =>
  new Set(cases.filter((_, index) => vector[index] !== 0).map(({ customer }) => customer)).size;

/** What a window leaves of the month, quarter, half and year that it is cut in. */
function restsOf(to: string): { from: string; to: string }[] {
  return grains
    .map((grain) => periodOf(to, grain))
    .filter(({ start }) => start < to)
    .map(({ end }) => ({ from: to, to: end }));
}

describe.each([
  [2, "2025-01-20"],
  [3, "2025-01-20"],
  [2, "2024-12-10"],
  [4, "2025-05-10"],
])("of company %i as of %s no figure of fewer than five customers", (seed, asOf) => {
  it.each([{ ids: ["first_response_time"] }, { ids: ["revenue", "revenue_growth", "gross_margin"] }])(
    "is shown, or follows from what is: $ids",
    async ({ ids }) => {
      const db = await company(seed, asOf);
      const { cases, shown, splits, windows } = await attack(db, ids);
      db.closeSync();
      expect(cases.length).toBeGreaterThan(100);
      const vectors = shown.map((figure) => vectorOf(figure, cases));
      const ofFew = shown.filter((figure, index) => {
        const people = customersOf(vectors[index] as Int32Array, cases);
        return Object.keys(figure.where).length > 0 && people > 0 && people < minCell;
      });
      expect(ofFew).toEqual([]);

      const span = new Span();
      // The company's own figures are shown whatever they tell of.
      const whole = new Span();
      for (const [index, { where }] of shown.entries()) {
        const vector = vectors[index] as Int32Array;
        span.add(vector);
        if (Object.keys(where).length === 0) whole.add(vector);
      }
      const follows = (vector: Int32Array) => span.has(vector) && !whole.has(vector);
      const derived: Figure[] = [];
      let secret = 0;
      for (const { names, windows: keys } of splits.filter((split) => split.names.length > 0)) {
        const groups = new Set(cases.map((one) => JSON.stringify(names.map((name) => one[name]))));
        for (const key of keys) {
          const [from = "", to = ""] = windows.get(key) ?? [];
          // The attack knows where nothing happened, as no reader does: with it, the rest of a period could be all of one group's.
          const isPart = !key.startsWith("period ");
          const next = [...windows.values()].flatMap(([, cut = ""]) =>
            cut > to && cut.slice(0, 7) === to.slice(0, 7) ? [{ from: to, to: cut }] : [],
          );
          const spans = [{ from, to }, ...(isPart ? [...restsOf(to), ...next] : [])];
          const few = [...groups].flatMap((group) => {
            const words = JSON.parse(group) as string[];
            const where = Object.fromEntries(names.map((name, at) => [name, words[at] ?? ""]));
            return spans.flatMap((each) => {
              const figure = { ...each, where };
              const vector = vectorOf(figure, cases);
              const people = customersOf(vector, cases);
              return people > 0 && people < minCell ? [{ figure, vector }] : [];
            });
          });
          secret += few.length;
          for (const [index, { figure, vector }] of few.entries()) {
            if (follows(vector)) derived.push(figure);
            for (const other of few.slice(index + 1)) {
              const differ = names.filter((name) => figure.where[name] !== other.figure.where[name]);
              const both = vector.map((each, at) => each + (other.vector[at] ?? 0));
              if (!isPart && differ.length === 1 && customersOf(both, cases) < minCell && follows(both))
                derived.push(figure, other.figure);
            }
          }
        }
      }
      expect(derived).toEqual([]);
      // The attack has something to find, and the company something to read.
      expect(secret).toBeGreaterThan(100);
      expect(shown.filter(({ where }) => Object.keys(where).length > 0).length).toBeGreaterThan(20);
    },
  );
});

it.each([0, 1])("decides for a company of %i orders, of everything else none", async (orders) => {
  const db = await emptyStaging();
  await stage(
    db,
    "orders",
    `select 'o' || i as order_id, '1' as line_no, 'c1' as customer_id, '2026-01-02 10:00:00' as ordered_at, 5 as revenue
     from range(${orders}) as numbers (i)`,
    zone,
  );
  await buildMarts(db, {
    asOf: "2026-01-31",
    settings: { published_dimensions: ["region"] },
    coversFrom: { orders: "2026-01-01" },
  });
  const options = {
    kpis,
    published: ["region" as const],
    budgetBytes: 2_000_000,
    minCell,
    withPersons: true,
  };
  const { cuboids } = await decideCells(db, options);
  const { entries } = await publishCubes(db, cuboids, options);
  db.closeSync();
  const totals = tableFromIPC(entries.find(({ path }) => path === "totals.arrow")?.bytes ?? []).toArray();
  const revenue = totals.filter((row) => row?.kpi_id === "revenue" && row.numerator === 5);
  expect(revenue.length > 0).toBe(orders > 0);
  expect(totals.every((row) => row?.hidden === 0)).toBe(true);
});

it("hides the same figures whatever other words the company has", async () => {
  const hidden = async (others: readonly string[]) => {
    const db = await company(2);
    for (const word of others) await db.run(`insert into marts.holders values ('none', 'none', '${word}')`);
    await decideCells(db, {
      kpis: kpis.filter(({ id }) => ["first_response_time", "complaint_rate", "revenue"].includes(id)),
      published: ["segment", "region", "channel", "type"],
      budgetBytes: 2_000_000,
      minCell,
      withPersons: true,
    });
    const rows = await db.runAndReadAll(
      `select columns(* exclude (key, numerator, sum_sq))::varchar from cells where hidden order by all`,
    );
    db.closeSync();
    return rows.getRowsJson();
  };
  const alone = await hidden([]);
  expect(alone.length).toBeGreaterThan(100);
  expect(await hidden(["AAA", "Middle", "一"])).toEqual(alone);
});

// Everybody has a complaint on 5 January 2025 and, but for ten of the East's twelve, one on 5 February. Of 2025 the East's 14 complaints
// less the 12 up to 10 January would tell of two customers, and so would the first quarter's and half-year's.
it("hides what a period's elapsed days leave to few, though nothing happened in the rest of their month", async () => {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || i as customer_id, 'x' as name, (array['East', 'West', 'North'])[1 + i % 3] as region from range(36) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "tickets",
    `select 't' || i as ticket_id, 'c' || i % 36 as customer_id, 'complaint' as type,
       (case when i < 36 then '2025-01-05' else '2025-02-05' end) || ' 09:00:00' as created_at
     from range(72) as numbers (i) where i < 42 or i % 3 > 0`,
    zone,
  );
  await buildMarts(db, {
    asOf: "2026-01-10",
    settings: { published_dimensions: ["region"] },
    coversFrom: { tickets: "2025-01-01" },
  });
  const options = {
    kpis: kpis.filter(({ id }) => id === "complaint_resolution_rate"),
    published: ["region" as const],
    budgetBytes: 2_000_000,
    minCell,
    withPersons: true,
  };
  await decideCells(db, options);
  const reader = await db.runAndReadAll(`
    select role, grain, n::integer as n, hidden from cells
    where region = 'East'::word and period_start = date '2025-01-01' and role in ('period'::word, 'elapsed_year'::word)
    order by role::varchar, n, grain::varchar`);
  db.closeSync();
  expect(reader.getRowsJson()).toEqual([
    ...["half", "month", "quarter", "year"].map((grain) => ["elapsed_year", grain, 12, true]),
    ["period", "month", 12, true],
    ...["half", "quarter", "year"].map((grain) => ["period", grain, 14, false]),
  ]);
});

// One answer in January, of an eastern customer of E1; twelve in February, four a region, by two employees.
it("where a whole month tells of few, groups without a case look like the hidden one", async () => {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || i as customer_id, 'x' as name, (array['East', 'West', 'North'])[1 + i % 3] as region, 'e' || i % 2 as owner_id from range(12) as numbers (i)`,
    zone,
  );
  await stage(
    db,
    "employees",
    "select 'e' || i as employee_id, 'x' as name from range(2) as numbers (i)",
    zone,
  );
  await stage(
    db,
    "survey_answers",
    `select 'a' || i as answer_id, 'c' || i % 12 as customer_id, 'after_sales' as survey, 'overall' as dimension, 4 as score, 1 as scale_min, 5 as scale_max,
       case when i = 0 then '2026-01-10 10:00:00' else '2026-02-10 10:00:00' end as answered_at from range(13) as numbers (i)`,
    zone,
  );
  await buildMarts(db, {
    asOf: "2026-03-31",
    settings: { published_dimensions: ["region"] },
    coversFrom: { survey_answers: "2026-01-01" },
  });
  const options = {
    kpis: kpis.filter(({ id }) => id === "after_sales_csat"),
    published: ["region" as const],
    budgetBytes: 2_000_000,
    minCell,
    withPersons: true,
  };
  const { cuboids } = await decideCells(db, options);
  const { entries } = await publishCubes(db, cuboids, options);
  db.closeSync();
  const rows = (path: string) =>
    (
      tableFromIPC(entries.find((entry) => entry.path === path)?.bytes ?? []).toArray() as Record<
        string,
        string | number | null
      >[]
    ).filter(({ period_start, grain }) => grain === "month" && period_start === "2026-01-01");
  const regions = rows("cube/after_sales_csat.arrow").filter(({ region }) => region !== null);
  expect(regions.map(({ region, hidden, n }) => [region, hidden, n]).sort()).toEqual([
    ["East", 1, null],
    ["North", 1, null],
    ["West", 1, null],
  ]);
  const owners = rows("by/after_sales_csat.arrow").filter(({ by }) => by === "owner");
  expect(owners.map(({ value, hidden }) => [value, hidden]).sort()).toEqual([
    ["e0", 1],
    ["e1", 1],
  ]);
});
