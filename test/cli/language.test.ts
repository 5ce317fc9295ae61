import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepCatalogue } from "../../src/catalogue/cataloguePlace.js";
import type { Effects } from "../../src/cli/effects.js";
import { languageOn } from "../../src/cli/language.js";
import { withDatabase } from "../../src/warehouse/open.js";
import { commandLine } from "../commandLine.js";
import { folderOfTest } from "../temporaryFolder.js";

test("a command on what was built talks as that was built, whatever the catalogue here says", async () => {
  const cwd = folderOfTest("language");
  mkdirSync(join(cwd, "data", "catalog"), { recursive: true });
  writeFileSync(join(cwd, "data", "catalog", "settings.yaml"), "language: zh-CN\n");
  const effects = { cwd } as Effects;
  expect(await languageOn({}, effects, () => "en")).toBe("en");
  expect(await languageOn({ lang: "zh-CN" }, effects, () => "en")).toBe("zh-CN");
  const missing = () => Promise.reject(new Error("no warehouse"));
  expect(await languageOn({}, effects, missing)).toBe("zh-CN");
});

test("the failure of a command on a warehouse is told as that was built, of one on extracts as their catalogue says", async () => {
  const cwd = folderOfTest("language");
  const english = join(cwd, "english");
  mkdirSync(join(cwd, "data", "catalog"), { recursive: true });
  mkdirSync(english);
  writeFileSync(join(cwd, "data", "catalog", "settings.yaml"), "language: zh-CN\n");
  writeFileSync(join(english, "settings.yaml"), "language: en\n");
  const warehouse = join(cwd, "english.duckdb");
  await withDatabase(warehouse, {}, (db) => keepCatalogue(db, [english, "data/catalog"]));
  const herringbone = commandLine({ cwd, warehouse });
  expect((await herringbone("kpi", "no_such_kpi")).err).not.toMatch(/\p{Script=Han}/u);
  expect((await herringbone("kpi", "build")).err).not.toMatch(/\p{Script=Han}/u);
  expect((await herringbone("kpi", "no_such_kpi", "--lang", "zh-CN")).err).toMatch(/\p{Script=Han}/u);
  expect((await herringbone("build", "--data", "nowhere")).err).toMatch(/\p{Script=Han}/u);
});
