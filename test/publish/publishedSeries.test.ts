import { describe, expect, it } from "vitest";

import { readCube } from "../../reports/components/data/cube.js";
import { groupedSeries, seriesOf } from "../../reports/components/data/series.js";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import { decideCells, publishCubes } from "../../src/publish/archive.js";
import { buildDocument } from "../../src/publish/documents.js";
import type { Build, Kpi } from "../../src/published/siteTypes.js";
import { readCoverage } from "../../src/warehouse/readCoverage.js";
import { buildCase } from "../models/fixture.js";

const { kpis } = readCatalogue("data/catalog");

/** What a page reads of one KPI, from one of the model tests' folders of cases. */
async function published(cases: string, id: string) {
  const db = await buildCase(`test/models/cases/${cases}`);
  const kpi = kpis.find((each) => each.id === id);
  if (!kpi) throw new Error(`no kpi: ${id}`);
  try {
    const options = {
      kpis: [kpi],
      published: ["segment", "region", "channel", "type"],
      budgetBytes: 2_000_000,
      minCell: 1,
      withPersons: true,
    };
    const { cuboids } = await decideCells(db, options);
    const { entries } = await publishCubes(db, cuboids, options);
    const table = (path: string) =>
      readCube(entries.find((entry) => entry.path === path)?.bytes ?? new Uint8Array());
    return {
      build: (await buildDocument(db, 1)) as unknown as Build,
      kpi: {
        ...kpi,
        horizon_days: null,
        matures: null,
        numerator_dimensions: kpi.numerator_dimensions,
        coverage: await readCoverage(db, kpi),
      } as unknown as Kpi,
      cube: table(`cube/${id}.arrow`),
      singles: table(`by/${id}.arrow`),
    };
  } finally {
    db.closeSync();
  }
}

// Expected figures: those worked out in the folders' expected.csv.
describe("pages show what the command line says", () => {
  it("of a split that only the numerator has, where a month lacks the value", async () => {
    const { build, kpi, singles } = await published("channels", "channel_utilisation");
    const series = groupedSeries(build, kpi, singles, { grain: "quarter", where: { by: ["channel"] } }, [
      "value",
    ]);
    const shown = [...series].map(([channel, points]) => {
      const { start, value, numerator, denominator } = points.at(-1) ?? {};
      return [channel, start, value, numerator, denominator];
    });
    expect(shown.sort()).toEqual([
      ["email", "2024-01-01", 0.2, 1, 5],
      ["phone", "2024-01-01", 0.6, 3, 5],
      ["visit", "2024-01-01", 0.2, 1, 5],
    ]);
  });

  it("of a sum, 0 in a month without lines", async () => {
    const { build, kpi, cube } = await published("sales", "revenue");
    const points = seriesOf(build, kpi, cube, { grain: "month" });
    const value = (start: string) => points.find((point) => point.start === start)?.value;
    expect(["2023-02-01", "2024-05-01", "2024-06-01", "2025-02-01"].map(value)).toEqual([400, 0, -40, 110]);
    expect(value("2023-01-01")).toBeUndefined();
  });

  it("of a growth, and of its partial month against as many days", async () => {
    const { build, kpi, cube } = await published("sales", "revenue_growth");
    const points = seriesOf(build, kpi, cube, { grain: "month" });
    const of = (start: string) => points.find((point) => point.start === start);
    expect(of("2024-02-01")?.value).toBeCloseTo(0.375, 12);
    expect(of("2024-07-01")?.value).toBeNull();
    expect(of("2025-02-01")).toMatchObject({ partial: true, numerator: 110, denominator: 200, n: 3 });
  });
});
