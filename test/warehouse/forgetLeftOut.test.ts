import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";
import { textOf } from "./textOf.js";

it("who is known by rows alone that a mapping leaves out is forgotten, too, and does not come back", async () => {
  const folder = folderOfTest("forget-left-out");
  const [data, warehouse] = [join(folder, "data"), join(folder, "w.duckdb")];
  const catalog = smallCatalogue(["new_customers"], join(folder, "catalog"));
  mkdirSync(data);
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(data, name), `${lines.join("\n")}\n`);
  const rows = ["C1,Kestrel", "Test7,Osprey", "Test8,Merlin"].map((row) => `${row},2026-01-10`);
  write("c.csv", ["customer_id,name,acquired_on", ...rows]);
  write("i.csv", ["event_id,customer_id,attended", "E1,C1,true", "E1,Test7,true"]);
  write("events.csv", ["event_id,name,held_on", "E1,Fair,2026-02-01"]);
  const where = "\"customer_id not like 'Test%'\"";
  write("sources.yaml", [
    "crm:",
    "  files: {c: c.csv, i: i.csv, events: events.csv}",
    "  tables:",
    `    customers: {from: c, columns: {customer_id: customer_id, name: name, acquired_on: acquired_on}, where: ${where}}`,
    `    event_invitations: {from: i, columns: {event_id: event_id, customer_id: customer_id, attended: attended}, where: ${where}}`,
    "    events: {}",
  ]);
  const run = commandLine({ cwd: folder, now: "2026-03-01T04:00:00Z", warehouse });
  const build = async () =>
    expect((await run("build", "--data", data, "--catalog", catalog, "--lang", "en", "--quiet")).err).toBe(
      "",
    );
  await build();
  expect(await textOf(warehouse)).toContain("Test7");
  expect(await run("forget", "Test7", "--lang", "en")).toMatchObject({ code: 0 });
  const erased = await textOf(warehouse);
  expect(erased).not.toContain("Test7");
  // A neighbour stays, and the row that names nobody any more does so in both tables.
  expect(erased).toContain("Test8");
  await build();
  expect(await textOf(warehouse)).not.toContain("Test7");
  expect(await textOf(warehouse)).toContain("Test8");
});
