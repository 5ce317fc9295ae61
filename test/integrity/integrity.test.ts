import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { asked, type Built, broken, published, rules } from "./rules.js";

/** That no rule is broken in a golden case is asked in `test/models/golden`. */
describe("of the sample's warehouse", () => {
  const warehouse = join(temporaryFolder("integrity"), "sample.duckdb");
  let built: Built;
  beforeAll(async () => {
    copyFileSync((await sampleSite()).warehouse, warehouse);
    built = await published(await (await DuckDBInstance.create(warehouse)).connect());
  });
  afterAll(() => built.db.closeSync());

  it.each(rules)("$name has no row", async (rule) => {
    expect(asked(rule, built)).not.toEqual([]);
    expect(await broken(rule, built)).toEqual([]);
  });

  it.each(rules)("$name finds damage", async (rule) => {
    await built.db.run("begin");
    try {
      await built.db.run(rule.damage);
      expect(await broken(rule, built)).not.toEqual([]);
    } finally {
      await built.db.run("rollback");
    }
  });
});
