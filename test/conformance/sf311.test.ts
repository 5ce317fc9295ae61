import { beforeAll, expect, it } from "vitest";
import { conformanceWarehouse, describeExtract } from "./extracts.js";

describeExtract("sf311", () => {
  const { build, kpi, rows } = conformanceWarehouse();
  beforeAll(() => build("test/conformance/sf311"));

  it("quarantines the 17 cases that were closed before they were created", async () => {
    expect(
      await rows(`
        select violations->>'$[0].rule' as rule, violations->>'$[0].column' as "column", count(*)::integer as lines
        from quarantine.rows group by all`),
    ).toEqual([{ rule: "time_order", column: "resolved_at", lines: 17 }]);
  });

  it("holds 9,613 closed cases and 370 open ones", async () => {
    expect(
      await rows(`
        select count(*)::integer as cases, count(resolved_at)::integer as closed,
            (count(*) - count(resolved_at))::integer as open
        from staging.tickets`),
    ).toEqual([{ cases: 9983, closed: 9613, open: 370 }]);
  });

  it("took them a median of 135.84 hours and a mean of 2,400.11", async () => {
    const [hours] = await rows(`
      select
          round(median(epoch_us(resolved_at) - epoch_us(created_at)) / 3.6e9, 2) as median,
          round(avg(epoch_us(resolved_at) - epoch_us(created_at)) / 3.6e9, 2) as mean
      from staging.tickets where resolved_at is not null`);
    expect(hours).toEqual({ median: 135.84, mean: 2400.11 });
  });

  it("has no data for response times, and says so instead of a zero", async () => {
    const values = await kpi("first_response_time", "--grain", "year");
    expect(values.every(({ value, n }) => value === null && n === 0)).toBe(true);
    expect(values.length).toBeGreaterThan(0);
  });
});
