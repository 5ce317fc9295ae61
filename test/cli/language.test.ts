import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Effects } from "../../src/cli/effects.js";
import { languageOn } from "../../src/cli/language.js";
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
