import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { silent } from "../../../src/run/progress.js";
import { buildWarehouse } from "../../../src/warehouse/build.js";
import { withWarehouse } from "../../../src/warehouse/open.js";
import { worded } from "../../../src/words/wording.js";
import { smallCatalogue } from "../../someKpis.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { type Asked, crmYaml, withCrm } from "./server.js";

const folder = temporaryFolder("crm-schedule");
const data = join(folder, "data");
const warehouse = join(folder, "w.duckdb");
mkdirSync(join(data, "catalog"), { recursive: true });

/** A company's two tickets, each answered the next morning at 9:30, German time. */
const ticketsOf = (company: number) =>
  ["2026-03-02", "2026-03-16"].map((day, at) => ({
    ...{ id: 10 * company + at, status: "open", type: "incident", priority: "low", requester_id: 1 },
    ...{ organization_id: company, created_at: `${day}T15:30:00Z`, updated_at: `${day}T15:30:00Z` },
  }));
const metricOf = ({ id, created_at }: { id: number; created_at: string }) => ({
  ...{ id: 900 + id, ticket_id: id, created_at, reply_time_in_minutes: { calendar: 17 * 60, business: 1 } },
});

const account =
  (closes: number, day: string, company: number) =>
  ({ path, query }: Asked) => {
    const tickets = ticketsOf(company).filter(({ created_at }) => created_at < day);
    if (path.endsWith("/holidays")) return { json: { holidays: [] } };
    if (path.endsWith("/schedules")) {
      const changed = closes === 18 ? "2026-03-12T09:00:00Z" : "2025-03-12T09:00:00Z";
      const intervals = [1, 2, 3, 4, 5].map((day) => ({
        start_time: day * 1440 + 540,
        end_time: day * 1440 + closes * 60,
      }));
      return {
        json: {
          schedules: [{ id: 7, name: "Support", time_zone: "Berlin", updated_at: changed, intervals }],
        },
      };
    }
    if (path.endsWith("/count"))
      return { json: { count: { value: path.includes("tickets") ? tickets.length : 1 } } };
    if (path.endsWith("/organizations"))
      return { json: { organizations: [{ id: company, name: "Org" }], meta: { has_more: false } } };
    const more = query.get("include") === "metric_sets" ? { metric_sets: tickets.map(metricOf) } : {};
    return { json: { tickets, ...more, after_cursor: "9", end_of_stream: true } };
  };

async function build(day: string, closes: number, settings = "", company = 31) {
  writeFileSync(
    join(data, "catalog", "settings.yaml"),
    `language: en\ntime_zone: Europe/Berlin\n${settings}`,
  );
  const catalog = smallCatalogue(["first_response_time"], join(folder, "small"));
  const said: string[] = [];
  const result = await withCrm(account(closes, day, company), () =>
    buildWarehouse(
      {
        dataDir: data,
        catalogDir: [join(data, "catalog"), String(catalog)],
        ...{ warehouse, asOf: day, now: new Date(`${day}T03:00:00Z`) },
      },
      { ...silent, say: (each) => void said.push(worded(each, "en")) },
    ),
  );
  const minutes = await withWarehouse(warehouse, async (db) => {
    const found = await db.runAndReadAll(
      "select ticket_id, response_microseconds / 60000000 from intermediate.tickets order by 1",
    );
    return found.getRows().map(([, value]) => Number(value));
  });
  return { minutes, said: said.filter((each) => each.includes("business time")), id: result.buildId };
}

test("an account's hours are business time, each from when it has them; the settings' own go before", async () => {
  const yaml = crmYaml(
    "zendesk",
    "t: {object: tickets}, m: {object: ticket_metrics}, g: {object: organizations}",
  );
  writeFileSync(join(data, "sources.yaml"), `${yaml}  business_hours: Support\n`);
  // Until 17:00 and from 9:00: 30 minutes and 30.
  const first = await build("2026-03-10", 17);
  expect(first.minutes).toEqual([60]);
  expect(first.said).toEqual([
    "business time goes by the hours Support of crm (Europe/Berlin), at all times, for no build has seen others",
  ]);
  // Until 18:00 from the 12th on, as the account says: what was before stays.
  const second = await build("2026-03-20", 18);
  expect(second.minutes).toEqual([60, 120]);
  expect(second.said).toEqual([
    "business time goes by the hours Support of crm (Europe/Berlin), as they are since 2026-03-12; before, as earlier builds saw them",
  ]);
  const again = await build("2026-03-21", 18);
  expect(again.minutes).toEqual([60, 120]);
  const own = await build(
    "2026-03-22",
    18,
    'business_calendar: {hours: {monday: ["16:00-16:40"], tuesday: ["09:00-09:10"]}}\n',
  );
  expect([own.minutes, own.said]).toEqual([
    [20, 20],
    ["business time goes by business_calendar in settings.yaml, not by the hours Support of crm"],
  ]);
  // The same extracts with other hours are another build.
  expect(first.id.slice(-8)).not.toBe(second.id.slice(-8));
  writeFileSync(join(data, "sources.yaml"), yaml);
  expect((await build("2026-03-23", 18)).minutes).toEqual([1020, 1020]);
  // Another company's account in the same place has had its hours at all times.
  writeFileSync(join(data, "sources.yaml"), `${yaml}  business_hours: Support\n`);
  const other = await build("2026-03-24", 18, "", 41);
  expect(other.minutes).toEqual([120, 120]);
  expect(other.said).toEqual([
    "business time goes by the hours Support of crm (Europe/Berlin), at all times, for no build has seen others",
  ]);
});
