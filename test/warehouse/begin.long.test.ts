import {
  chmodSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/run/progress.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { forgetPerson } from "../../src/warehouse/forget.js";
import { csv } from "../load/stageFolder.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";
import { differing, everyRow } from "./everyRow.js";

const tickets = ["ticket_id", "customer_id", "created_at", "first_response_at", "channel", "updated_at"];
const customers = ["customer_id", "name", "segment", "acquired_on"];
const orders = ["order_id", "line_no", "customer_id", "ordered_at", "revenue", "currency"];

const ticket = (
  number: number,
  more: Partial<Record<"id" | "channel" | "response" | "updated", string>> = {},
) => [
  more.id ?? `T${String(number).padStart(4, "0")}`,
  `C${1 + (number % 9)}`,
  `2026-0${1 + (number % 6)}-1${number % 9} 10:00:00`,
  more.response ?? `2026-0${1 + (number % 6)}-1${number % 9} 12:30:00`,
  more.channel ?? "phone",
  more.updated ?? `2026-06-20 0${number % 9}:00:00`,
];
const many = (from: number, count: number, more?: Parameters<typeof ticket>[1]) =>
  Array.from({ length: count }, (_, at) => ticket(from + at, more));

const first = {
  "sources.yaml": `desk:
  files: {tickets: "tickets*.csv", customers: customers.csv, orders: "orders*.csv"}
  max_quarantine_share: 0.9
`,
  "tickets-5.csv": csv(tickets, [
    ...many(0, 60),
    ...many(60, 4, { channel: "forum" }),
    ...many(64, 2, { channel: "Forum" }),
    ...many(66, 2, { response: "1900-01-01 00:00:00" }),
    ...many(68, 2, { response: "2025-01-01 00:00:00" }),
    ...many(70, 2, { response: "soon" }),
    ...many(70, 1),
    ...many(72, 1),
    ...many(72, 1),
  ]),
  "customers.csv": csv(
    customers,
    Array.from({ length: 9 }, (_, at) => [
      `C${at + 1}`,
      `Number ${at + 1}`,
      at % 2 ? "vip" : "VIP",
      "2025-01-01",
    ]),
  ),
  "orders-5.csv": csv(
    orders,
    Array.from({ length: 20 }, (_, at) => [
      `O${at}`,
      "1",
      `C${1 + (at % 9)}`,
      `2026-0${1 + (at % 6)}-03 09:00:00`,
      "100.50",
      "",
    ]),
  ),
};

/** A company with its first build, and what builds of more files hold that go on from it and that do all anew. */
async function company() {
  const folder = folderOfTest("begin");
  const [data, catalog] = ["data", "catalog"].map((name) => join(folder, name)) as [string, string];
  smallCatalogue(["first_response_time", "revenue", "churn_rate", "new_customers"], catalog);
  writeFileSync(join(catalog, "exchange_rates.csv"), "month,currency,rate\n2026-05,USD,7.1\n");
  mkdirSync(data);
  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(data, name), text);
  };
  const build = async (path: string, day: number, full: boolean) => {
    const told: string[] = [];
    const progress: Progress = { ...silent, say: (sentence) => told.push(JSON.stringify(sentence)) };
    const options = {
      dataDir: data,
      catalogDir: [{ path: catalog, inside: null }],
      warehouse: path,
      keptFrom: 0,
      full,
      now: new Date(Date.UTC(2026, 6, day)),
    };
    await buildWarehouse(options, progress);
    return Number(/"files":(\d+)/.exec(told.find((each) => each.includes('"build.taken"')) ?? "")?.[1] ?? 0);
  };
  write(first);
  const kept = join(folder, "kept", "w.duckdb");
  const whole = join(folder, "whole", "w.duckdb");
  await build(kept, 2, false);
  return {
    catalog,
    kept,
    write,
    build,
    /** Builds both ways; how many files' rows one took over, and what both do not have alike. */
    compare: async (day: number) => {
      cpSync(join(folder, "kept"), join(folder, "whole"), { recursive: true, force: true });
      const taken = await build(kept, day, false);
      await build(whole, day, true);
      return { taken, different: differing(await everyRow(kept), await everyRow(whole)) };
    },
  };
}

const same = (taken: number) => ({ taken, different: [] });

describe("a build that begins with a copy of the warehouse before", { timeout: 300_000 }, () => {
  it("holds what one holds that begins with nothing, whatever came", async () => {
    const { write, compare } = await company();
    expect(await compare(3), "nothing came").toEqual(same(3));
    write({ "tickets-7.csv": csv(tickets, many(100, 10)) });
    expect(await compare(4), "a file behind the others").toEqual(same(3));
    write({
      "tickets-1.csv": csv(tickets, [
        ...many(200, 3),
        ...many(203, 2, { response: "1900-01-01 00:00:00" }),
        ...many(205, 3, { response: "2025-01-01 00:00:00" }),
        ...many(208, 2, { response: "later" }),
        ...many(300, 1),
        ...many(300, 1),
      ]),
    });
    expect(await compare(5), "odd rows before the others").toEqual(same(4));
    write({ "tickets-6.csv": csv(tickets, many(400, 6, { channel: "FORUM" })) });
    expect(await compare(6), "another spelling is the commonest").toEqual(same(5));
    write({ "tickets-8.csv": csv(tickets, many(500, 9, { channel: "forum" })) });
    expect(await compare(7), "the first is the commonest again").toEqual(same(6));
  });

  it("takes no rows as they stand where others have come with their keys", async () => {
    const { write, compare } = await company();
    write({
      "tickets-7.csv": csv(tickets, [ticket(3, { updated: "2026-06-30 00:00:00" }), ...many(600, 2)]),
    });
    // The table is loaded anew, its first file from its rows.
    expect(await compare(3)).toEqual(same(2));
    write({ "tickets-9.csv": csv(tickets, many(700, 2)) });
    expect(await compare(4)).toEqual(same(4));
    write({ "tickets-2.csv": csv(tickets, many(72, 1)) });
    expect((await compare(5)).different, "one that was two copies").toEqual([]);
  });

  it("reads a table anew where amounts are in another currency, a file has changed or has gone", async () => {
    const { write, compare } = await company();
    write({ "tickets-5.csv": csv(tickets, many(0, 61)) });
    expect(await compare(3), "changed").toEqual(same(2));
    write({ "tickets-5.csv": csv(tickets, many(1, 61)) });
    expect((await compare(4)).different, "changed, as large as before").toEqual([]);
    write({ "customers.csv": first["customers.csv"].replace(/^C9.*\n/m, "") });
    expect((await compare(5)).different, "some references find nothing").toEqual([]);
    write({ "orders-7.csv": csv(orders, [["O90", "1", "C1", "2026-05-02 09:00:00", "10", "USD"]]) });
    expect((await compare(6)).different, "dollars among yuan").toEqual([]);
    write({ "orders-8.csv": csv(orders, [["O91", "1", "C1", "2026-05-03 09:00:00", "10", ""]]) });
    expect((await compare(7)).different, "yuan after dollars").toEqual([]);
  });

  it("tells copies from versions by the currency that the settings have now", async () => {
    const { catalog, write, build, kept, compare } = await company();
    const order = (currency: string) => ["O3", "1", "C4", "2026-04-03 09:00:00", "100.50", currency];
    write({ "orders-5.csv": csv(orders, [order(""), order("CNY")]) });
    await build(kept, 3, false);
    const settings = join(catalog, "settings.yaml");
    const text = readFileSync(settings, "utf8");
    writeFileSync(settings, text.replace(/^currency: CNY$/m, "currency: EUR"));
    expect(readFileSync(settings, "utf8")).not.toBe(text);
    writeFileSync(join(catalog, "exchange_rates.csv"), "month,currency,rate\n2026-04,CNY,0.14\n");
    expect((await compare(4)).different).toEqual([]);
  });

  it("quarantines each row once where a second source reads the same file", async () => {
    const { write, compare } = await company();
    const yaml = first["sources.yaml"];
    write({
      "sources.yaml": `${yaml}other:\n  files: {tickets: tickets-5.csv}\n  max_quarantine_share: 0.9\n`,
    });
    expect((await compare(3)).different).toEqual([]);
  });

  it("begins with nothing where the warehouse before is not as it was written", async () => {
    const { kept, compare } = await company();
    const file = openSync(kept, "r+");
    const byte = Buffer.alloc(1);
    const at = Math.floor(readFileSync(kept).length / 2);
    readSync(file, byte, 0, 1, at);
    writeSync(file, Buffer.of((byte[0] as number) ^ 1), 0, 1, at);
    expect((await compare(3)).different).toEqual([]);
    expect(await compare(4)).toEqual(same(3));
  });

  it("goes on from a warehouse that nobody may write to, with a file that its owner may", async () => {
    const { kept, compare } = await company();
    chmodSync(kept, 0o440);
    expect(await compare(3)).toEqual(same(3));
    expect(statSync(kept).mode & 0o777).toBe(0o640);
  });

  it("begins with nothing after somebody was forgotten", async () => {
    const { kept, build, compare } = await company();
    await forgetPerson(kept, { id: "C3", kind: "customer", now: new Date("2026-07-03T00:00:00Z") });
    expect(await build(kept, 4, false)).toBe(0);
    expect(await compare(5)).toEqual(same(3));
  });
});
