import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { isLong, isTurn } from "../long.js";
import { conformanceWarehouse, describeExtract } from "./extracts.js";

const folder = fileURLToPath(new URL("norway-cars", import.meta.url));
const published = (name: string) =>
  fileURLToPath(new URL(`../../../shared/data/norway-cars/${name}`, import.meta.url));
const extract = published("norway_new_car_sales_by_make.csv");
const byMonth = published("norway_new_car_sales_by_month.csv");

describeExtract("norway-cars", () => {
  describe.skipIf(isLong)("Toyota", () => {
    const { build, kpi, rows } = conformanceWarehouse();
    beforeAll(() => build("test/conformance/norway-cars"));

    it("has 2,884 = 22.7 % of January 2007", async () => {
      const [january] = await kpi("market_share", "--from", "2007-01", "--to", "2007-01");
      expect(january?.numerator).toBe(2884);
      expect((100 * (january?.value ?? 0)).toFixed(1)).toBe("22.7");
    });

    it("gives every make the month's share of the file's column Pct, in all 4,377 rows", async () => {
      const compared = await rows(`
        with published as (
            select
                make_date("Year", "Month", 1) as month, coalesce(nullif(trim(Make), ''), 'none') as company, Quantity, Pct,
                count(*) over (partition by "Year", "Month", Make) as lines
            from read_csv('${extract.replaceAll("'", "''")}')
        ),
        shares as (
            select month, company, sales, sales / sum(sales) over (partition by month) as share from staging.market_sales
        )
        select
            count(*)::integer as lines,
            count(*) filter (where abs(
                100 * (case when published.lines = 1 then share else share * Quantity / sales end) - Pct
            ) > 0.0500001)::integer as different
        from published left join shares using (month, company)`);
      expect(compared).toEqual([{ lines: 4377, different: 0 }]);
    });

    it("sums the two rows of Lexus in April 2015", async () => {
      expect(
        await rows(
          "select sales::integer as sales from staging.market_sales where company = 'Lexus' and month = '2015-04-01'",
        ),
      ).toEqual([{ sales: 74 }]);
    });
  });

  describe.skipIf(isLong)("all registrations", () => {
    const { build, kpi, rows } = conformanceWarehouse();
    beforeAll(() => build("test/conformance/norway-cars-by-month"));

    it("differ from a year before by the file's column Quantity_YoY, in all 109 months", async () => {
      const changes = await rows(`
        select
            strftime(make_date("Year", "Month", 1), '%Y-%m-%d') as period_start,
            Quantity::integer as quantity, Quantity_YoY::integer as change
        from read_csv('${byMonth.replaceAll("'", "''")}', nullstr = 'NA') where "Year" > 2007 order by 1`);
      const growth = await kpi("revenue_growth", "--from", "2008-01", "--to", "2017-01");
      expect(changes).toHaveLength(109);
      expect(
        growth.map((row) => ({
          period_start: row.period_start,
          quantity: row.numerator,
          change: Number(row.numerator) - Number(row.denominator),
        })),
      ).toEqual(changes);
      for (const [index, { quantity, change }] of changes.entries()) {
        expect(growth[index]?.value).toBeCloseTo(
          Number(quantity) / (Number(quantity) - Number(change)) - 1,
          12,
        );
      }
    });
  });

  // Named makes, 2015 → 2016, in per cent.
  const makes = [
    ["Volkswagen", "17.48", "17.19"],
    ["Toyota", "10.63", "11.29"],
    ["BMW", "6.35", "7.83"],
  ] as const;
  describe.each(makes.filter((_, at) => isTurn(at === 0)))(
    "%s among the named makes",
    (make, before, after) => {
      const { build, kpi, folder: temporary } = conformanceWarehouse();
      beforeAll(async () => {
        const dir = join(temporary, "data");
        mkdirSync(dir);
        const yaml = readFileSync(join(folder, "sources.yaml"), "utf8")
          .replace(/files: .*/, "files: makes.csv")
          .replace("'Toyota'", `'${make}'`);
        writeFileSync(join(dir, "sources.yaml"), yaml);
        writeFileSync(join(dir, "makes.csv"), readFileSync(extract));
        await build(dir);
      });

      it(`has ${before} % of 2015 and ${after} % of 2016`, async () => {
        const where = [
          "--grain",
          "year",
          "--from",
          "2015-01",
          "--to",
          "2016-12",
          "--where",
          "market=named makes",
        ];
        const [first, second] = await kpi("market_share", ...where);
        expect((100 * (first?.value ?? 0)).toFixed(2)).toBe(before);
        expect((100 * (second?.value ?? 0)).toFixed(2)).toBe(after);
        const growth = (await kpi("market_share_growth", ...where)).at(-1);
        expect(growth?.value).toBeCloseTo((second?.value ?? 0) / (first?.value ?? 1) - 1, 12);
      });
    },
  );
});
