import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { measureAll } from "../../src/answers/benefit/assess.js";
import { writeVerdicts } from "../../src/answers/benefit/register.js";
import { rounded } from "../../src/answers/benefit/roundKept.js";
import { verifyFigures } from "../../src/answers/verifyFigures.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { decideCells } from "../../src/publish/archive.js";
import { benefitsDocument } from "../../src/publish/benefits.js";
import { unshownOf } from "../../src/publish/unshown.js";
import type { Assessment, PublishedInitiative } from "../../src/published/benefitTypes.js";
import { carriedSchema } from "../../src/published/carriedFigures.js";
import { remembered } from "../../src/warehouse/open.js";
import { benefitText } from "../../src/words/benefitText.js";
import { initiativesOf, type Row, stageInitiatives } from "../answers/benefit/company.js";
import { buildMarts, emptyStaging, stage } from "../models/fixture.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const catalogDir = smallCatalogue(["first_response_time"], temporaryFolder("initiative-leaks"));
const catalogue = readCatalogue(catalogDir);
const { kpis } = catalogue;

interface Given {
  /** Tickets of some customers more: customer's number, day, minutes. */
  own?: readonly (readonly [number, string, number])[];
  /** Which tickets there are, as SQL of the customer's number and the month m from the first. */
  isKept?: string;
  /** The region of a customer, as SQL of the number. */
  region?: string;
  first?: string;
}

/** A company with 120 customers in East and West, a ticket each a month, and its initiatives on the response time. */
async function companyOf(
  rows: readonly Row[],
  { own = [], isKept = "true", region = "(array['East', 'West'])[1 + c % 2]", first = "2024-01-01" }: Given,
): Promise<DuckDBConnection> {
  const db = await emptyStaging();
  await stage(
    db,
    "customers",
    `select 'c' || c as customer_id, 'n' || c as name, ${region} as region, '2023-01-01' as acquired_on
     from range(120) as numbers (c)`,
    "Asia/Shanghai",
  );
  const more = own.map(
    ([c, day, minutes], at) =>
      `select 'x${at}', 'c${c}', '${day} 09:00:00', strftime(timestamp '${day} 09:00:00' + interval ${minutes} minute, '%Y-%m-%d %H:%M:%S'), 'request', 'phone'`,
  );
  await stage(
    db,
    "tickets",
    [
      `select 't' || c || '-' || m as ticket_id, 'c' || c as customer_id,
         strftime(date '${first}' + to_months(cast(m as integer)) + to_days(cast(4 + (c * 7) % 22 as integer)), '%Y-%m-%d') || ' 09:' || lpad(cast(c % 50 as varchar), 2, '0') || ':00' as created_at,
         strftime(date '${first}' + to_months(cast(m as integer)) + to_days(cast(4 + (c * 7) % 22 as integer)), '%Y-%m-%d') || ' ' || lpad(cast(10 + (c * m * 13) % 7 as varchar), 2, '0') || ':' || lpad(cast(c % 50 as varchar), 2, '0') || ':00' as first_response_at,
         'request' as type, 'phone' as channel
       from range(120) as numbers (c), range(${(2026 - Number(first.slice(0, 4))) * 12}) as months (m) where ${isKept}`,
      ...more,
    ].join(" union all "),
    "Asia/Shanghai",
  );
  await stageInitiatives(db, rows);
  await buildMarts(db, {
    asOf: "2025-12-31",
    catalogDir,
    coversFrom: { tickets: first, customers: "2023-01-01" },
  });
  return db;
}

/** What is published of initiatives. */
async function told(db: DuckDBConnection): Promise<Map<string, PublishedInitiative>> {
  const options = { kpis, minCell: 5, withPersons: true, budgetBytes: 2_000_000 };
  const { dimensions } = await decideCells(db, { ...options, published: ["region"] });
  const unshown = unshownOf(db, { ...options, dimensions });
  return remembered(db, async () => {
    const { initiatives } = await benefitsDocument(db, catalogue, unshown, { withPersons: true });
    const carried = carriedSchema.shape.figures.shape.initiatives.parse(
      initiatives.map(({ companions: _, trend: __, ...row }) => row),
    );
    const { differ } = await verifyFigures(db, catalogue, { values: [], scores: [], initiatives: carried });
    expect(differ).toEqual([]);
    return new Map(initiatives.map((each) => [each.initiative_id, each]));
  }).finally(() => db.closeSync());
}

const published = async (rows: readonly Row[], given: Given = {}) => told(await companyOf(rows, given));

const of = { kpi_id: "first_response_time", value_per_unit: 2, cost: 100, lag_days: 0 };
const east = { ...of, scope_dimension: "region", scope_value: "East" };

it("a window's cut leaves nothing of few outside the scope either", async () => {
  // On the first of June one western customer has a ticket, of the East enough have one.
  const first = [0, 2, 4, 6, 8, 10].map((c) => [c, "2025-06-01", 20] as const);
  const days = { started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 };
  const all = await published(
    [
      { initiative_id: "all", ...of, ...days },
      { initiative_id: "east", ...east, ...days },
    ],
    { own: [...first, [1, "2025-06-01", 777]] },
  );
  expect(all.get("east")).toMatchObject({ hidden: "cut", baseline: { n: null }, follow_up: { n: null } });
  expect(all.get("all")?.baseline.n).toBeGreaterThan(100);
});

it("two initiatives a day apart do not leave that day over", async () => {
  const first = [0, 2, 4, 6, 8, 10].map((c) => [c, "2025-06-01", 20] as const);
  const western = [1, 3, 5, 7, 9, 11].map((c) => [c, "2025-06-01", 20] as const);
  const next = [1, 3, 5, 7, 9, 11].map((c) => [c, "2025-06-02", 20] as const);
  const all = await published(
    [
      { initiative_id: "a", ...east, started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 },
      { initiative_id: "b", ...east, started_on: "2025-06-03", baseline_days: 153, follow_up_days: 181 },
    ],
    { own: [...first, ...western, ...next, [0, "2025-06-02", 777]] },
  );
  for (const id of ["a", "b"]) expect(all.get(id)).toMatchObject({ hidden: "cut", baseline: { n: null } });
  // Either alone cuts the month where enough are on both sides, and is shown.
  const alone = await published(
    [{ initiative_id: "a", ...east, started_on: "2025-06-02", baseline_days: 152, follow_up_days: 182 }],
    { own: [...first, ...western, ...next, [0, "2025-06-02", 777]] },
  );
  expect(alone.get("a")?.hidden).toBeFalsy();
  expect(alone.get("a")?.baseline.n).toBeGreaterThan(100);
});

it("nothing that stands beside a verdict is made of months that are not shown", async () => {
  // In 2024 one customer alone of the East had tickets.
  const all = await published(
    [{ initiative_id: "y", ...east, started_on: "2025-09-01", baseline_days: 92, follow_up_days: 91 }],
    {
      own: Array.from(
        { length: 12 },
        (_, at) => [0, `2024-${String(at + 1).padStart(2, "0")}-15`, 300] as const,
      ),
      isKept: "(c % 2 = 1 or m >= 12)",
    },
  );
  const { companions, trend } = all.get("y") as PublishedInitiative;
  expect(all.get("y")?.hidden).toBeFalsy();
  expect(trend.filter(({ start, hidden }) => start < "2025-01-01" && !hidden)).toEqual([]);
  expect(companions?.year_earlier).toBeNull();
  for (const { start } of companions?.placebo_time?.starts ?? []) expect(start >= "2025-04-01").toBe(true);
  for (const month of companions?.event_study?.months ?? [])
    if (month.start < "2025-01-01") expect(month.delta).toBeNull();
});

describe("what is made of many months, or of other values, is not told where one of them is hidden", () => {
  const long = { ...east, started_on: "2025-01-01", baseline_days: 184, follow_up_days: 365 };

  it("a month that is not shown is in no regression of all months, and no month is the worst or best of them", async () => {
    const rows = [{ initiative_id: "l", ...long }];
    const open = (await published(rows, { first: "2023-01-01" })).get("l");
    expect(open?.hidden).toBeFalsy();
    expect(open?.companions?.segmented).toMatchObject({ before: 24, after: 12 });
    expect(open?.companions?.extreme_month).toMatchObject({ months: 24 });
    // In April 2023 one customer alone of the East had a ticket.
    const given = { first: "2023-01-01", isKept: "(c % 2 = 1 or m <> 3)" };
    const own = [[0, "2023-04-15", 300]] as const;
    const closed = (await published(rows, { ...given, own })).get("l");
    expect(closed?.hidden).toBeFalsy();
    expect(closed?.baseline.n).toBeGreaterThan(100);
    expect(closed?.companions).toMatchObject({ segmented: null, extreme_month: null });
  });

  it("a value whose months are hidden is not among those tried", async () => {
    const rows = [
      { initiative_id: "s", ...east, started_on: "2025-07-01", baseline_days: 181, follow_up_days: 184 },
    ];
    const tried = async (isle: string) => {
      const region = `case when c < 50 then 'East' when c < 86 then 'North' when c < 119 then 'West' else '${isle}' end`;
      const { hidden, companions } = (await published(rows, { region })).get("s") as PublishedInitiative;
      expect(hidden).toBeFalsy();
      return companions?.placebo_space?.values.map(({ value }) => value).sort();
    };
    expect(await tried("West")).toEqual(["East", "North", "West"]);
    // An island of one customer, whom the months of the West would give away.
    const beside = await tried("Isle");
    expect(beside).toContain("East");
    expect(beside).not.toContain("West");
  });
});

describe("a verdict that was kept tells nobody who left the data since", () => {
  const rows = [
    { initiative_id: "k", ...east, started_on: "2025-07-01", baseline_days: 181, follow_up_days: 184 },
    { initiative_id: "w", ...of, started_on: "2025-07-01", baseline_days: 181, follow_up_days: 184 },
  ];
  let kept: Assessment;
  let whole: Assessment;
  let same: DuckDBConnection;
  beforeAll(async () => {
    same = await companyOf(rows, {});
    [kept, whole] = (await measureAll(same, await initiativesOf(same))) as [Assessment, Assessment];
  });

  /** What is published of the verdict where the data have become others, if they have. */
  async function now(isKept?: string): Promise<PublishedInitiative> {
    const db = isKept === undefined ? same : await companyOf(rows, { isKept });
    await writeVerdicts(db, [kept, whole], { buildId: "earlier", day: "2026-01-05" });
    const all = await told(db);
    // The company's own figures always stand, as they were decided.
    const { baseline, follow_up, delta, low, high, relative, value_money_low, return_low } = whole;
    expect(all.get("w")).toMatchObject({
      ...{ baseline, follow_up, delta, low, high, relative, value_money_low, return_low },
    });
    expect(all.get("w")?.rounded).toBeFalsy();
    return all.get("k") as PublishedInitiative;
  }

  it("is shown as it was given while the data are the same", async () => {
    const { baseline, follow_up, delta, low, q } = await now();
    expect(kept.verdict).toBe("no_demonstrable_change");
    expect({ baseline, follow_up, delta, low, q }).toEqual({
      baseline: kept.baseline,
      follow_up: kept.follow_up,
      delta: kept.delta,
      low: kept.low,
      q: kept.q,
    });
  });

  it("has no figures where nobody of its scope is left", async () => {
    const none = { value: null, numerator: null, denominator: null, n: null };
    expect(await now("c % 2 = 1")).toMatchObject({
      hidden: "few",
      verdict: kept.verdict,
      baseline: none,
      follow_up: none,
      ...{ delta: null, low: null, high: null, relative: null, p: null, q: null },
      ...{ value_money_low: null, value_money_high: null, return_low: null, return_high: null },
    });
  });

  it.each([
    ["of its scope", "c <> 0"],
    ["of its comparison group", "c <> 1"],
  ])("has no windows, and rounded ends, where a customer %s has left", async (_, isKept) => {
    const one = await now(isKept);
    expect(one.hidden).toBeFalsy();
    expect(one).toMatchObject({ verdict: kept.verdict, decided: { build_id: "earlier" }, relative: null });
    for (const window of [one.baseline, one.follow_up])
      expect(window).toMatchObject({ value: null, numerator: null, denominator: null, n: null });
    expect(one.rounded).toBe(true);
    // What the customer had, his figure among some 60, moves the mean by less than the step that is left.
    for (const name of ["delta", "low", "high"] as const) {
      expect(one[name]).not.toBe(kept[name]);
      expect(Math.sign(one[name] ?? 0)).toBe(Math.sign(kept[name] ?? 0));
    }
    expect(one.low ?? 0).toBeLessThan(kept.low ?? 0);
    expect(one.high ?? 0).toBeGreaterThan(kept.high ?? 0);
    expect(one.return_low).toBeCloseTo(((one.value_money_low ?? 0) - 100) / 100, 9);
    // Of money and change the number of cases could be told.
    const cases =
      ((one.value_money_high ?? 0) - (one.value_money_low ?? 0)) / ((one.high ?? 0) - (one.low ?? 0)) / 2;
    expect(Math.round(cases)).not.toBe(kept.follow_up.n);
    const names = {
      kpi: () => undefined,
      initiative: String,
      dimension: String,
      value: (_: string, value: string) => value,
      currency: "CNY",
      as_of_on: "2025-12-31",
      min_cell: 5,
    };
    for (const [language, restated, empty] of [
      ["en", "who left them could be told", "no case"],
      ["zh-CN", "否则可推知谁已不在其中", "没有其范围内的案例"],
    ] as const) {
      const said = benefitText(one, names, language).sentences.join(" ");
      expect(said).toContain(restated);
      expect(said).not.toContain(empty);
      expect(said).not.toMatch(/few cases|案例较少|0 before/);
    }
  });
});

describe("figures in steps of their interval", () => {
  it.each([
    // Half of the interval is 101.15: a tenth of it needs steps of 20.
    [[-94.918, -196.07, 6.237], [0], [-100, -200, 20]],
    // Half is 280,402: steps of 50,000. A loss stays one, and a return below −100 % too, since the cost is no end's.
    [
      [null, -17_289, 543_516],
      [0, 50_000],
      [null, -50_000, 550_000],
    ],
    // An end does not come onto zero or the cost, nor over them.
    [[60, 3, 120], [0], [60, 1, 120]],
    [[-60, -120, -3], [0], [-60, -120, -1]],
    [
      [160, 103, 220],
      [0, 100],
      [160, 101, 220],
    ],
    // Nor over two that lie closer than a step.
    [
      [60, 3, 120],
      [0, 4],
      [60, 1, 120],
    ],
    [[0, -50, 50], [0], [0, -50, 50]],
    [[0.0412, 0.0171, 0.0653], [0], [0.04, 0.015, 0.07]],
    [[5, null, null], [0], [null, null, null]],
  ] as const)("%j beside %j is %j", (figures, marks, expected) => {
    const [value, low, high] = rounded([...figures], marks);
    for (const [at, one] of [value, low, high].entries())
      if (one === null) expect(one).toBe(expected[at]);
      else expect(one).toBeCloseTo(expected[at] ?? Number.NaN, 9);
  });
});
