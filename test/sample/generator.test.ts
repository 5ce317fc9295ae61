import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { contract, type TableName } from "../../src/contract/index.js";
import { sampleMarker } from "../../src/sample/folder.js";
import { generateSample } from "../../src/sample/generate.js";
import { committedSample, sampleColumnsOf } from "../../src/sample/options.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = temporaryFolder("sample");

const digest = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith(".") && statSync(join(directory, name)).isFile())
    .sort()
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(directory, name)))
          .digest("hex")}`,
    );

const csvFiles = (directory: string) => readdirSync(directory).filter((name) => name.endsWith(".csv"));

async function made(name: string, options: Parameters<typeof generateSample>[1]): Promise<string> {
  const directory = join(root, name);
  await generateSample(directory, options);
  return directory;
}

test("the committed sample is what the generator writes", async () => {
  expect(digest(await made("committed", committedSample))).toEqual(digest("data/sample"));
});

test("the committed sample knows its files, so that it can be written again", () => {
  const marks = readFileSync(join("data/sample", sampleMarker), "utf8").trimEnd().split("\n");
  expect(marks.map((line) => line.split("  ").reverse().join(" ")).sort()).toEqual(digest("data/sample"));
});

test("the committed sample has every table of an extract and at most 2 MB", () => {
  const names = readdirSync("data/sample").filter((name) => name !== "catalog");
  const size = names.reduce((total, name) => total + statSync(join("data/sample", name)).size, 0);
  expect(size).toBeLessThanOrEqual(2_000_000);
  expect(names.filter((name) => name.endsWith(".csv"))).toHaveLength(19);
});

test("threads do not change the bytes, a seed does", async () => {
  const options = { customers: 3000, months: 12, tickets: 150_000, seed: 5, dirt: 0.01 };
  const one = digest(await made("one", { ...options, threads: 1 }));
  expect(digest(await made("three", { ...options, threads: 3 }))).toEqual(one);
  const few = { ...options, customers: 30, tickets: 300 };
  const [five, six] = [await made("five", few), await made("six", { ...few, seed: 6 })];
  expect(digest(six)).not.toEqual(digest(five));
});

test("sizes are met and headers are the contract's", async () => {
  const directory = await made("sizes", {
    customers: 2000,
    months: 12,
    seed: 5,
    tickets: 30_000,
    orders: 4000,
    answers: 20_000,
    variety: 0,
  });
  const lines = (table: TableName) =>
    readFileSync(join(directory, `${table}.csv`), "utf8")
      .trimEnd()
      .split("\n");
  expect(lines("customers")).toHaveLength(2001);
  expect(lines("tickets")).toHaveLength(30_001);
  expect(new Set(lines("orders").map((line) => line.split(",")[0])).size).toBe(4001);
  expect(Math.abs(lines("survey_answers").length / 20_000 - 1)).toBeLessThan(0.03);
  for (const file of csvFiles(directory)) {
    const table = file.replace(".csv", "") as TableName;
    expect(lines(table)[0]).toBe(
      sampleColumnsOf(table)
        .map(({ name }) => name)
        .join(","),
    );
  }
});

test.each([
  ["of many tickets", { customers: 3000, months: 24, tickets: 120_000 }],
  ["of many employees", { customers: 200, months: 24, employees: 2500 }],
])("keys are unique: %s", async (name, sizes) => {
  const directory = await made(name, { ...sizes, seed: 9, variety: 0 });
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  for (const file of csvFiles(directory)) {
    const table = file.replace(".csv", "") as TableName;
    const key = contract[table].primaryKey.join(", ");
    const reader = await db.runAndReadAll(`
      select ${key}, count(*) from read_csv('${join(directory, file)}') group by all having count(*) > 1 limit 3`);
    expect({ table, repeated: reader.getRowsJson() }).toEqual({ table, repeated: [] });
  }
  db.closeSync();
});

test("a size out of range is refused", async () => {
  await expect(generateSample(root, { customers: 0 })).rejects.toThrow(
    "--customers has to be a whole number from 20 to 5000000: 0",
  );
  await expect(generateSample(root, { dirt: 0.9 })).rejects.toThrow("--dirt has to be from 0 to 0.5: 0.9");
});
