import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { decideCells } from "../../src/publish/archive.js";
import { benefitsDocument } from "../../src/publish/benefits.js";
import { hiddenInitiatives } from "../../src/publish/site/build.js";
import { type Unshown, unshownOf } from "../../src/publish/unshown.js";
import type { ZipEntry } from "../../src/publish/zip.js";
import { addressOf, type PublishedInitiative } from "../../src/published/benefitTypes.js";
import { documents } from "../../src/published/documents.js";
import { allShown } from "../allShown.js";
import { company } from "../answers/benefit/company.js";
import { forget } from "./attack.js";

const catalogue = readCatalogue("data/catalog");
const kpis = catalogue.kpis.filter(({ id }) => id === "first_response_time");
const ofWaits = { kpi_id: "first_response_time", value_per_unit: 2, cost: 100 };
const west = { ...ofWaits, scope_dimension: "region", scope_value: "West" };
/** From July to June. */
const wholeMonths = { baseline_days: 184, follow_up_days: 181 };

let db: DuckDBConnection;
beforeAll(async () => {
  db = await company([
    { initiative_id: "whole", ...west, ...wholeMonths },
    { initiative_id: "cut", ...west, started_on: "2025-01-02" },
    { initiative_id: "all", ...ofWaits, started_on: "2025-01-02" },
    { initiative_id: "E 1", ...ofWaits, ...wholeMonths, scope_dimension: "agent", scope_value: "E1" },
  ]);
});
afterAll(() => db.closeSync());

const publishedBy = async (unshown: Unshown, withPersons = true) => {
  const { initiatives } = await benefitsDocument(db, catalogue, unshown, { withPersons });
  return new Map(initiatives.map((each) => [each.initiative_id, each]));
};

/** What hides figures of fewer than five, and of the West some months. */
const hiding = (...months: string[]): Unshown => ({
  ...allShown,
  minCell: 5,
  months: async (_kpi, _dimension, value) => new Set(value === "West" ? months : []),
});

async function decided(minCell: number) {
  await forget(db);
  const options = { kpis, minCell, withPersons: true, budgetBytes: 2_000_000 };
  const { dimensions } = await decideCells(db, { ...options, published: ["region"] });
  return unshownOf(db, { ...options, dimensions });
}

/** The figures that an initiative's document has, by name. */
function figuresOf(initiative: PublishedInitiative | undefined): string[] {
  const { baseline, follow_up, ...own } = initiative as PublishedInitiative;
  const settings = ["expected", "cost", "value_per_unit", "lag_days"];
  return [own, baseline, follow_up].flatMap((part) =>
    Object.entries(part).flatMap(([name, value]) =>
      typeof value === "number" && !settings.includes(name) ? [name] : [],
    ),
  );
}

it("whose figures nobody is shown is told, and why", async () => {
  const document = await benefitsDocument(db, catalogue, hiding(), { withPersons: true });
  const bytes = Buffer.from(JSON.stringify(document));
  const found = hiddenInitiatives([{ path: documents.benefits.path, bytes } as ZipEntry]);
  expect(found).toContainEqual({ id: "cut", hidden: "cut" });
  expect(found.map(({ id }) => id)).not.toContain("all");
  expect(hiddenInitiatives([])).toEqual([]);
});

describe("of initiatives the site shows", () => {
  it("all figures and companions where nothing is hidden, and the months of both groups", async () => {
    const all = await publishedBy(allShown);
    expect([...all.keys()]).toEqual(["E 1", "all", "cut", "whole"]);
    for (const id of ["whole", "cut", "all"]) {
      expect(figuresOf(all.get(id))).toEqual(expect.arrayContaining(["delta", "low", "high", "p", "q", "n"]));
      expect(all.get(id)?.companions).toBeDefined();
    }
    const trend = all.get("whole")?.trend ?? [];
    // What is recorded of the year before the baseline, up to the follow-up's last month.
    expect([trend[0]?.start, trend.at(-1)?.start, trend.length]).toEqual(["2024-01-01", "2025-06-01", 18]);
    expect(trend.every(({ value, comparison }) => value !== null && comparison !== null)).toBe(true);
    expect(all.get("all")?.trend.every(({ comparison }) => comparison === null)).toBe(true);
  });

  it("no figure that tells of few once the months shown are taken from it; the company's own always", async () => {
    const all = await publishedBy(hiding());
    expect(figuresOf(all.get("whole"))).toContain("p");
    // The first of January lies before the start, and has tickets of fewer than five western customers.
    expect(figuresOf(all.get("cut"))).toEqual([]);
    expect(all.get("cut")).toMatchObject({ hidden: "cut", verdict: expect.any(String) });
    expect(all.get("cut")?.companions).toBeUndefined();
    expect(figuresOf(all.get("all"))).toContain("p");
  });

  it("no figure of windows with a month that is not shown", async () => {
    expect(figuresOf((await publishedBy(hiding("2024-06-01", "2025-07-01"))).get("whole"))).toContain("p");
    const all = await publishedBy(hiding("2024-09-01"));
    expect(figuresOf(all.get("whole"))).toEqual([]);
    // The West has tickets of more than four in that month: it is hidden for another's sake.
    expect(all.get("whole")?.hidden).toBe("neighbour");
    const trend = all.get("whole")?.trend ?? [];
    expect(trend.filter(({ hidden }) => hidden).map(({ start }) => start)).toEqual(["2024-09-01"]);
    expect(trend.find(({ hidden }) => hidden)).toMatchObject({ value: null, comparison: null });
  });

  it("no figure of a scope of fewer customers than the least, nor its months", async () => {
    const all = await publishedBy(await decided(61));
    expect(figuresOf(all.get("whole"))).toEqual([]);
    expect(all.get("whole")?.hidden).toBe("few");
    expect(
      all.get("whole")?.trend.every(({ value, comparison }) => value === null && comparison === null),
    ).toBe(true);
    expect(figuresOf(all.get("all"))).toContain("p");
  });

  it("none of one employee where the site tells of none", async () => {
    const all = await publishedBy(allShown, false);
    expect([...all.keys()]).toEqual(["all", "cut", "whole"]);
  });
});

it("an address has no sign that a file's name may not have, and no two ids share one", () => {
  const ids = ["I01", "I-01", "I 01", "I/01", "措施", "a.b", "a_b"];
  const addresses = ids.map(addressOf);
  expect(new Set(addresses).size).toBe(ids.length);
  expect(addresses.join("")).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(addressOf("I01")).toBe("I01");
});
