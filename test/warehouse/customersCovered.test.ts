import { expect, it } from "vitest";
import { readSettings, writeSettings } from "../../src/catalogue/settings.js";
import { addDays } from "../../src/kpi/periods.js";
import { readFacts } from "../../src/warehouse/readCoverage.js";
import { emptyStaging, stage } from "../models/fixture.js";

/** The record of customers acquired every fourth day up to 27 April 2024, where data goes to 31 December. */
async function customers(to: string | null) {
  const db = await emptyStaging();
  const days = Array.from({ length: 30 }, (_, index) => addDays("2024-01-02", 4 * index));
  const rows = days.map((day, index) => `('C${index}', '${day}')`).join(", ");
  await stage(db, "customers", `from (values ${rows}) as given (customer_id, acquired_on)`, "UTC");
  await writeSettings(db, readSettings("data/catalog"), {
    buildId: "test",
    now: new Date("2025-01-01"),
    asOf: "2024-12-31",
    staged: [{ table: "customers", mapped: ["customer_id"], covers: [{ source: "crm", from: null, to }] }],
  });
  return (await readFacts(db)).records.get("customers");
}

it("customers that only had no news end where covers_to says, which vouches for them up to it", async () => {
  expect(await customers(null)).toMatchObject({
    ended_on: "2024-04-27",
    covers_until: "2024-05-01",
  });
  expect(await customers("2024-12-31")).toMatchObject({
    ended_on: null,
    covers_until: null,
  });
  expect(await customers("2024-06-30")).toMatchObject({
    ended_on: null,
    covers_until: "2024-07-01",
  });
});
