import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTableSql, primaryKeyOf, stagingColumns } from "../../src/contract/ddl.js";
import { columnsOf, contract, tableNames } from "../../src/contract/index.js";
import { contractJsonSchema } from "../../src/contract/jsonSchema.js";
import { zoneSql } from "../../src/contract/timeZone.js";

describe("what is derived from the contract", () => {
  it("tables DuckDB accepts, with a local day beside every time", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    await db.run("create schema staging");
    for (const table of tableNames) {
      await db.run(createTableSql(table, "staging"));
      const described = await db.runAndReadAll(`describe staging."${table}"`);
      expect(described.getRowObjects().map(({ column_name: name }) => name)).toEqual([
        ...stagingColumns(table).map(({ name }) => name),
        "row_no",
      ]);
      const times = columnsOf(table).filter(({ kind }) => kind === "timestamp");
      for (const { name } of times) {
        expect(stagingColumns(table).map((column) => column.name)).toContain(name.replace(/_at$/, "_on"));
      }
    }
    instance.closeSync();
  });

  it("keys and references that exist", () => {
    for (const table of tableNames) {
      const names = columnsOf(table).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([...primaryKeyOf(table)]));
      for (const { references } of columnsOf(table))
        if (references) expect(contract).toHaveProperty(references);
    }
  });

  it("a JSON Schema with every table, required columns, enum codes and their labels", () => {
    const schema = contractJsonSchema() as {
      $defs: Record<string, { required: string[]; properties: object }>;
    };
    expect(Object.keys(schema.$defs)).toEqual(tableNames);
    const tickets = JSON.stringify(schema.$defs.tickets);
    expect(tickets).toContain('"very_serious"');
    expect(tickets).toContain('"非常严重"');
    expect(schema.$defs.tickets?.properties).toHaveProperty("handling_count");
  });

  it("instants and days as the calendar library has them, in zones with and without summer time", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    await db.run("set TimeZone = 'UTC'");
    const zones = [
      "Asia/Shanghai",
      "UTC",
      "America/New_York",
      "Asia/Kolkata",
      "Europe/Moscow",
      "Australia/Lord_Howe",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.date({ min: new Date("1950-01-01"), max: new Date("2037-01-01"), noInvalidDate: true }),
        async (zone, date) => {
          const sql = zoneSql(zone);
          const local = `timestamp '${date.toISOString().slice(0, 23)}'`;
          const instant = `timestamptz '${date.toISOString()}'`;
          const same = await db.runAndReadAll(
            `select ${sql.toInstant(local)} = timezone('${zone}', ${local}), ${sql.toLocal(instant)} = timezone('${zone}', ${instant})`,
          );
          expect(same.getRows()).toEqual([[true, true]]);
        },
      ),
      { numRuns: 300 },
    );
    instance.closeSync();
  });
});
