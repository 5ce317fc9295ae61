import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { folderOfTest } from "../temporaryFolder.js";

const secret = "postgres://u:geheim@db.example/crm";

it.each([
  ["a URL in the place of a kind", ["--database", secret], "a URL does not stand on the command line"],
  ["a URL in the place of a folder", [secret], "a URL does not stand on the command line"],
  ["a URL in the place of a name", ["--database", "mysql", "--env", secret], "--env takes how the names"],
  ["a kind that is none", ["--database", "oracle"], "oracle"],
  ["variables of nothing", ["--env", "CRM"], "--env says where"],
  [
    "a variable that is not set",
    ["--database", "mysql", "--env", "HERRINGBONE_NOT"],
    "is not set: HERRINGBONE_NOT_URL",
  ],
])("%s is refused before anything is written or shown", async (_, args, sentence) => {
  const cwd = folderOfTest("init-options");
  const run = commandLine({ cwd });
  const en = await run("init", ...args, "--lang", "en");
  const zh = await run("init", ...args, "--lang", "zh-CN");
  expect([en.code, zh.code, en.err]).toEqual([2, 2, expect.stringContaining(sentence)]);
  expect(zh.err).toMatch(/\p{Script=Han}/u);
  expect(en.all + zh.all).not.toContain("geheim");
  expect(readdirSync(cwd)).toEqual([]);
});
