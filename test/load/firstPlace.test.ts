import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";
import { createQuarantine } from "../../src/load/quarantine.js";
import { quarantineReasons } from "../../src/load/reasons.js";

it("of files that are broken on the same line the first by name is told, however the rows came", async () => {
  const violation = (value: string) =>
    JSON.stringify([{ column: "channel", value, rule: "enum", expected: "expected a channel" }]);
  const told = async (rows: readonly [file: string, line: number, value: string][]) => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    await createQuarantine(db);
    for (const [file, line, value] of rows)
      await db.run("insert into quarantine.rows values ('desk', 'tickets', $1, $2, '{}', $3, true)", [
        file,
        BigInt(line),
        violation(value),
      ]);
    const [reason] = await quarantineReasons(db);
    instance.closeSync();
    return [reason?.place, reason?.sample];
  };
  const rows: [string, number, string][] = [
    ["b.csv", 3, "smoke"],
    ["c.csv", 7, "flag"],
    ["a.csv", 3, "drum"],
  ];
  expect(await told(rows)).toEqual(["a.csv:3", "drum"]);
  expect(await told(rows.toReversed())).toEqual(["a.csv:3", "drum"]);
});
