import { beforeAll, expect, it } from "vitest";
import { conformanceWarehouse, describeExtract } from "./extracts.js";

describeExtract("olist-funnel", () => {
  const { build, kpi, rows } = conformanceWarehouse();
  // The newest lead is of May 2018; its deals are known until November.
  beforeAll(() => build("test/conformance/olist-funnel", "--as-of", "2018-12-31"));

  it("reads 8,000 leads of which 842 converted, one before its first contact", async () => {
    expect(
      await rows("select count(*) as leads, count(converted_at) as converted from staging.leads"),
    ).toEqual([{ leads: "8000", converted: "842" }]);
    expect(
      await rows("select count from ingest.warnings where table_name = 'leads' and rule = 'time_order'"),
    ).toEqual([{ count: "1" }]);
  });

  it("counts the conversions ever by origin", async () => {
    const origins = await rows(`
      select source, count(converted_at)::integer as won, count(*)::integer as leads
      from staging.leads where source in ('organic_search', 'paid_search', 'social', 'email') or source is null
      group by source order by leads desc`);
    expect(origins).toEqual([
      { source: "organic_search", won: 271, leads: 2296 },
      { source: "paid_search", won: 195, leads: 1586 },
      { source: "social", won: 75, leads: 1350 },
      { source: "email", won: 15, leads: 493 },
      { source: null, won: 14, leads: 60 },
    ]);
  });

  it("converts 690 of them within 90 days, by month as published", async () => {
    const years = await kpi(
      "lead_conversion_rate",
      "--grain",
      "year",
      "--from",
      "2017-01",
      "--to",
      "2018-12",
    );
    expect(years.reduce((sum, year) => sum + (year.numerator ?? 0), 0)).toBe(690);
    expect(years.reduce((sum, year) => sum + (year.denominator ?? 0), 0)).toBe(8000);

    const months = await kpi("lead_conversion_rate", "--from", "2018-01", "--to", "2018-05");
    expect(months.map(({ numerator, denominator }) => `${numerator}/${denominator}`)).toEqual([
      "129/1141",
      "128/1028",
      "140/1174",
      "171/1352",
      "109/1303",
    ]);
    // No lead is newer than 31 May 2018: the record of leads ends there, and takes the place of the data date in horizons.
    expect(months.map(({ mature }) => mature)).toEqual([true, true, false, false, false]);
  });

  it("rolls leads without an origin up under (unknown)", async () => {
    const values = await kpi(
      "lead_conversion_rate",
      "--grain",
      "year",
      "--by",
      "source",
      "--from",
      "2017-01",
      "--to",
      "2018-12",
    );
    const unknown = values.filter(({ by }) => by.source === "(unknown)");
    expect(unknown.reduce((sum, value) => sum + (value.denominator ?? 0), 0)).toBe(60);
  });
});
