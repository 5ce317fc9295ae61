import { beforeAll, expect, it } from "vitest";
import { measureAll } from "../../src/answers/benefit/assess.js";
import type { Assessment, Initiative } from "../../src/answers/benefit/initiative.js";
import { readInitiatives } from "../../src/answers/benefit/readInitiatives.js";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import { addDays } from "../../src/kpi/periods.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { sampleSite } from "../sampleSite.js";

/** What is planted in the sample (`src/sample/truths.ts`), as the assessment finds it. */
let found: Map<string, Assessment>;
beforeAll(async () => {
  const { warehouse } = await sampleSite();
  found = await withWarehouse(warehouse, async (db) => {
    const { catalogue } = await readKept(db);
    const own = await readInitiatives(db, catalogue.kpis);
    const [desk] = own as [Initiative];
    // Nobody did anything: the share of e-mail grew in every region, and made every region's mean slower.
    const shifted = ["华东", "华北", "西南"].flatMap((value) =>
      ["2025-01-01", "2025-04-01"].map(
        (start): Initiative => ({
          ...desk,
          initiative_id: `${value} ${start}`,
          scope: desk.scope && { ...desk.scope, value },
          started_on: start,
          baseline: { start: addDays(start, -180), end: start },
          follow_up: { start, end: addDays(start, 180) },
        }),
      ),
    );
    const all = await measureAll(db, [...own, ...shifted]);
    return new Map(all.map((each) => [each.initiative_id, each]));
  });
});

it("finds the dispatch desk that multiplied response times by 0.4, and its size within its interval", () => {
  const desk = found.get("I01");
  expect(desk).toMatchObject({ verdict: "improved", method: "least_squares_did" });
  const truth = -0.6 * (desk?.baseline.value ?? 0);
  expect(desk?.low).toBeLessThan(truth);
  expect(desk?.high).toBeGreaterThan(truth);
  expect(desk?.value_money).toBeGreaterThan(0);
});

it("finds no change by the calls that changed nothing, and waits for what runs", () => {
  expect(found.get("I02")).toMatchObject({ verdict: "no_demonstrable_change", value_money: null });
  expect(found.get("I03")).toMatchObject({ verdict: "still_running", p: null });
});

it("takes a shift of the mix that all regions have for no effect in one", () => {
  const shifted = [...found].filter(([id]) => !/^I\d/.test(id)).map(([, each]) => each);
  expect(shifted).toHaveLength(6);
  expect(shifted.map(({ verdict }) => verdict)).toEqual(shifted.map(() => "no_demonstrable_change"));
});
