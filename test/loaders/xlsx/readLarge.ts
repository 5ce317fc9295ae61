import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { XlsxExtract } from "../../../loaders/xlsx/extract.js";

/** Reads a workbook in a process of its own, and says how many rows it has and what memory was needed. */
const [, , path = "", tempDir = ""] = process.argv;
/** Where the system tells it, the peak of this process alone: the other one begins with its parent's. */
const megabytes = (): number => {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS) / 1024;
};

const extract = await XlsxExtract.open(path, {
  name: "customers.xlsx",
  sought: ["customer_id", "name"],
  tempDir,
});
const opened = megabytes();
const instance = await DuckDBInstance.create(join(tempDir, "rows.duckdb"), {
  threads: "1",
  memory_limit: "100MB",
});
const db = await instance.connect();
const count = await extract.load(db, async (relation) => {
  await db.run(`create or replace table taken as select * from ${relation}`);
  return Number((await db.runAndReadAll("select count(*) from taken")).value(0, 0));
});
const found = await db.runAndReadAll(
  `select count(distinct customer_id), count(distinct name), max("column G"), sum("column T"::double) from taken`,
);
const last = count.placeOf(count.accepted - 1).line;
process.stdout.write(
  JSON.stringify({ rows: count.accepted, last, found: found.getRowsJson()[0], opened, loaded: megabytes() }),
);
