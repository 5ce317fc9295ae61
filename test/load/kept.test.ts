import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import type { ForgottenPersons } from "../../src/contract/persons.js";
import { loadStaging } from "../../src/load/index.js";
import { digestOf } from "../../src/load/persons/pseudonyms.js";
import { silent } from "../../src/run/progress.js";
import { BuildCache } from "../../src/warehouse/kept/buildCache.js";
import { folderOfTest } from "../temporaryFolder.js";
import { csv } from "./stageFolder.js";

/** In bytes: more than a file of titles alone. */
const worthKeeping = 70;

const header = ["ticket_id", "created_at", "channel", "root_cause", "updated_at"];
const ticket = (id: string, at: string, cause = "", updated = at) => [id, at, "phone", cause, updated];

/** Loads a folder into a fresh database, and gives all that it made of it. */
async function load(
  folder: string,
  now: string,
  {
    isRead = true,
    isKept = true,
    ...more
  }: { isRead?: boolean; isKept?: boolean; forgotten?: ForgottenPersons } = {},
) {
  const tempDir = join(folder, `temp-${Math.floor(performance.now() * 1000)}`);
  mkdirSync(tempDir);
  const cache = new BuildCache(join(folder, "w.duckdb"), isRead, worthKeeping);
  const instance = await DuckDBInstance.create(join(tempDir, "test.duckdb"), { threads: "2" });
  const db = await instance.connect();
  try {
    await db.run("set TimeZone = 'UTC'");
    const runStart = new Date(now);
    const options = { dataDir: join(folder, "data"), timeZone: "Asia/Shanghai", runStart, tempDir, ...more };
    const report = await loadStaging(db, { ...options, ...(isKept ? { cache } : {}) }, silent);
    const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJson();
    return {
      taken: cache.taken.files,
      made: {
        report,
        tickets: await rows("from staging.tickets order by row_no"),
        quarantine: await rows("from quarantine.rows order by all"),
        files: await rows("from ingest.files order by all"),
        warnings: await rows("from ingest.warnings order by all"),
      },
    };
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

const earlier = "2026-07-01T00:00:00Z";
const later = "2026-07-09T00:00:00Z";

function folderWith(files: Readonly<Record<string, string | Buffer>>) {
  const folder = folderOfTest("kept");
  mkdirSync(join(folder, "data"));
  const write = (name: string, content: string | Buffer) =>
    writeFileSync(join(folder, "data", name), content);
  write("sources.yaml", "desk:\n  files: {tickets: tickets*.csv}\n");
  // Rows are kept of tables that several files feed; what a file alone has given stands in the warehouse.
  write("tickets-none.csv", `${header.join()}\n`);
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { folder, write };
}

describe("files that an earlier build has read", () => {
  it("give what reading them gives: rows, places, refused lines, versions replaced by another file", async () => {
    const { folder, write } = folderWith({
      "sources.yaml": "desk:\n  files: {tickets: tickets*.csv}\n  max_quarantine_share: 0.9\n",
      "tickets-1.csv": `${csv(header, [
        ticket("T1", "2026-06-01 10:00:00", "over\ntwo lines"),
        ticket("T2", "2026-06-02 10:00:00"),
        ticket("T3", "not a day"),
        ticket("T4", "2026-06-04 10:00:00"),
      ])}T5,too few\nT6,2026-06-06 10:00:00,phone,,2026-06-06 10:00:00\n`,
      // 电话, 退货 in GB18030: read from a copy that has to be made again.
      "tickets-2.csv": Buffer.concat([
        Buffer.from(`${header.join()}\nT7,2026-06-07 10:00:00,`),
        Buffer.from("b5e7bbb0", "hex"),
        Buffer.from(","),
        Buffer.from("cdcbbbf5", "hex"),
        Buffer.from(",2026-06-07 10:00:00\n"),
      ]),
    });
    expect((await load(folder, earlier)).taken).toBe(0);
    write(
      "tickets-3.csv",
      csv(header, [
        ticket("T2", "2026-06-02 10:00:00", "known now", "2026-06-20 10:00:00"),
        ticket("T7", "2026-06-07 11:00:00", "", "2026-06-21 10:00:00"),
        ticket("T6", "2026-06-06 10:00:00"),
      ]),
    );
    const whole = await load(folder, later, { isKept: false });
    const again = await load(folder, later);
    expect(again.taken).toBe(2);
    expect(again.made).toEqual(whole.made);
    expect(whole.made.quarantine.map(([, , file, line]) => `${file}:${line}`)).toEqual([
      "tickets-1.csv:4",
      "tickets-1.csv:5",
      "tickets-1.csv:7",
      "tickets-2.csv:2",
    ]);
  });

  it("are read anew where one of their rows was of the future then", async () => {
    const { folder } = folderWith({
      "tickets.csv": csv(header, [
        ...Array.from({ length: 30 }, (_, at) => ticket(`T${at}`, "2026-06-01 10:00:00")),
        ticket("T99", "2026-07-03 10:00:00"),
      ]),
    });
    expect((await load(folder, earlier)).made.tickets).toHaveLength(30);
    const again = await load(folder, later);
    expect(again.taken).toBe(0);
    expect(again.made.tickets).toHaveLength(31);
    expect((await load(folder, later)).taken).toBe(1);
    expect((await load(folder, earlier)).taken).toBe(0);
  });

  it("are read anew where bytes, words, mapping or another build's wish say so", async () => {
    const { folder, write } = folderWith({
      "tickets.csv": csv(header, [ticket("T1", "2026-06-01 10:00:00")]),
    });
    const taken = async (isRead = true) => (await load(folder, earlier, { isRead })).taken;
    expect([await taken(), await taken(), await taken(false)]).toEqual([0, 1, 0]);
    write("tickets.csv", csv(header, [ticket("T1", "2026-06-01 10:00:01")]));
    expect([await taken(), await taken()]).toEqual([0, 1]);
    const settings = (column: string) =>
      `desk:\n  files: tickets*.csv\n  tables:\n    tickets: {columns: {ticket_id: ticket_id, created_at: created_at, ${column}}}\n`;
    write("sources.yaml", settings("root_cause: root_cause"));
    expect([await taken(), await taken()]).toEqual([0, 1]);
    write("sources.yaml", settings("root_cause: channel"));
    expect([await taken(), await taken()]).toEqual([0, 1]);
  });

  it.each([
    ["cast(current_date as varchar)", false],
    ["case when created_at::timestamp > current_localtimestamp() then 'a' end", false],
    ["case when created_at::timestamptz > AGO(interval 10 minutes) then 'a' end", false],
    ['cast("age"/**/(created_at::timestamp) as varchar)', false],
    ["(interval 1 day).ago()::varchar", false],
    ["cast(LocalTimestamp as varchar)", false],
    ["lower(trim(channel)) || extract(year from created_at::timestamp)", true],
    ["strftime(coalesce(try_cast(created_at as timestamp), timestamp '2020-01-01'), '%d')", true],
    ["user_defined (a)", true],
  ])(
    "are read anew by every build where what a mapping says is of the moment: %s",
    async (expression, isKept) => {
      const named = [...header, "user_defined (a)"];
      const { folder } = folderWith({
        "tickets.csv": csv(named, [[...ticket("T1", "2026-06-01 10:00:00"), "x"]]),
        "tickets-none.csv": `${named.join()}\n`,
        "sources.yaml": `desk:\n  files: tickets*.csv\n  tables:\n    tickets: {columns: {ticket_id: ticket_id, created_at: created_at, root_cause: ${JSON.stringify(expression)}}}\n`,
      });
      const loaded = async () => (await load(folder, earlier)).taken;
      expect([await loaded(), await loaded()]).toEqual([0, isKept ? 1 : 0]);
    },
  );

  it.each([
    ["a line with a cell too many", "T9,2026-06-01 10:00:00,phone,C0007,,x\n"],
    ["a broken row", "T9,someday,phone,of C0007,\n"],
  ])("are not kept where %s names somebody who was forgotten", async (_, line) => {
    const digest = digestOf("salt", "customer", "C0007");
    const forgotten = {
      salt: "salt",
      persons: [{ kind: "customer" as const, digest, pseudonym: "P1", forgotten_on: "2026-06-30" }],
    };
    const { folder, write } = folderWith({
      "sources.yaml": "desk:\n  files: {tickets: tickets*.csv}\n  max_quarantine_share: 0.9\n",
    });
    const loaded = async () => (await load(folder, earlier, { forgotten })).taken;
    const good = csv(header, [ticket("T1", "2026-06-01 10:00:00")]);
    write("tickets.csv", good + line.replace("C0007", "C0008"));
    expect([await loaded(), await loaded()]).toEqual([0, 1]);
    write("tickets.csv", good + line);
    expect([await loaded(), await loaded()]).toEqual([0, 0]);
  });
});
