import { beforeAll, describe, expect, it } from "vitest";
import { isLong } from "../long.js";
import { conformanceWarehouse, describeExtract } from "./extracts.js";

// Figures: UCI Online Retail as published with the extract (see the README of the shared data).
describeExtract("online-retail", () => {
  describe.skipIf(isLong)("customer present, quantity and price above zero", () => {
    const { build, kpi, rows } = conformanceWarehouse();
    beforeAll(() => build("test/conformance/online-retail"));

    it("reads 541,909 lines and keeps 392,692 without duplicates, of 4,338 customers", async () => {
      expect(
        await rows("select distinct rows_read, lines_rejected from ingest.files where source = 'wholesaler'"),
      ).toEqual([{ rows_read: "541909", lines_rejected: "0" }]);
      expect(
        await rows("select loaded, quarantined, superseded from ingest.tables where table_name = 'orders'"),
      ).toEqual([{ loaded: "392692", quarantined: "0", superseded: "0" }]);
      expect(await rows("select count(distinct customer_id) as customers from staging.orders")).toEqual([
        { customers: "4338" },
      ]);
    });

    it("has a repeat-purchase rate of 2,759 of 4,297 in the 12 months before 2011-12-01", async () => {
      const [november] = await kpi("repeat_purchase_rate", "--from", "2011-11", "--to", "2011-11");
      expect(november).toMatchObject({
        numerator: 2759,
        denominator: 4297,
        n: 4297,
        partial: false,
        mature: true,
      });
      expect(november?.value).toBeCloseTo(2759 / 4297, 12);
    });

    it("marks the last month, nine days long, as partial", async () => {
      const [december] = await kpi("repeat_purchase_rate", "--from", "2011-12", "--to", "2011-12");
      expect(december).toMatchObject({ partial: true });
    });
  });

  describe.runIf(isLong)("every line", () => {
    const { build, rows } = conformanceWarehouse();
    beforeAll(() => build("test/conformance/online-retail-every-line"));

    it("quarantines 135,080 lines without a customer, whole", async () => {
      expect(await rows("select quarantined from ingest.tables where table_name = 'orders'")).toEqual([
        { quarantined: "135080" },
      ]);
      expect(
        await rows(`
          select count(*) as lines from quarantine.rows
          where table_name = 'orders' and (violations->>'$[0].column') = 'customer_id' and (violations->>'$[0].rule') = 'required'`),
      ).toEqual([{ lines: "135080" }]);
    });

    it("finds 5,268 duplicates: those it drops and those among the quarantined lines", async () => {
      expect(
        await rows(`
          select
              (select duplicates from ingest.tables where table_name = 'orders')
                  + (select count(*) - count(distinct raw) from quarantine.rows) as duplicates`),
      ).toEqual([{ duplicates: "5268" }]);
    });

    it("holds 4,372 customers and, with the quarantine, 25,900 invoices", async () => {
      expect(await rows("select count(distinct customer_id) as customers from staging.orders")).toEqual([
        { customers: "4372" },
      ]);
      expect(
        await rows(`
          select count(*) as invoices from (
              select order_id from staging.orders union select raw->>'InvoiceNo' from quarantine.rows
          )`),
      ).toEqual([{ invoices: "25900" }]);
    });
  });
});
