import { readdirSync } from "node:fs";
import { expect, it, test } from "vitest";
import { kinds, presets } from "../../loaders/index.js";
import { whereOptions } from "../../src/cli/options/connected.js";
import { commandLine } from "../commandLine.js";
import { folderOfTest } from "../temporaryFolder.js";

const secret = "postgres://u:geheim@db.example/crm";

it.each([
  ["a URL in the place of a kind", ["--database", secret], "a URL does not stand on the command line"],
  ["a URL in the place of a folder", [secret], "a URL does not stand on the command line"],
  ["a URL in the place of a name", ["--database", "mysql", "--env", secret], "--env takes how the names"],
  ["a kind that is none", ["--database", "oracle"], "oracle"],
  ["a token that is not set", ["--account", "hubspot"], "HUBSPOT_TOKEN: the environment variable is not set"],
  ["both", ["--account", "hubspot", "--database", "mysql"], "--account"],
  ["an account that is none", ["--account", "https://u:geheim@x"], "a URL does not stand"],
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

test("the kinds that can be named are those that can be looked at", () => {
  const [databases, accounts] = ["--database", "--account"].map(
    (name) => whereOptions().find(({ long }) => long === name)?.argChoices ?? [],
  );
  const looked = Object.entries(kinds).flatMap(([name, { survey }]) => (survey ? [name] : []));
  expect(looked.filter((name) => !databases?.includes(name)).sort()).toEqual([...(accounts ?? [])].sort());
  for (const name of accounts ?? []) expect(presets[name]).toBeDefined();
});
