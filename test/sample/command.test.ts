import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sampleCommand } from "../../src/cli/sample.js";
import { folderOfTest } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

const cwd = () => folderOfTest("sample-command");

function effectsIn(directory: string) {
  const said: string[] = [];
  const write = (text: string) => said.push(text);
  const effects = { stdout: { write }, stderr: { write }, env: {}, cwd: directory, now: () => new Date(0) };
  return { effects, said };
}

test("sample writes where it is told, from the words of the command line", async () => {
  const directory = cwd();
  const { effects, said } = effectsIn(directory);
  await sampleCommand(
    { customers: "30", months: "3", seed: "7", tickets: "1e2", tables: "customers,tickets", out: "here" },
    effects,
  );
  expect(readdirSync(join(directory, "here")).sort()).toEqual([
    ".herringbone-sample",
    "catalog",
    "customers.csv",
    "sources.yaml",
    "tickets.csv",
  ]);
  expect(said.at(-1)).toBe(`2 tables, 30 customers, 3 months, seed 7: ${join(directory, "here")}\n`);
});

test("what is no number or no table is refused as wrong usage", async () => {
  const directory = cwd();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const { effects } = effectsIn(directory);
  await expect(sampleCommand({ customers: "many" }, effects)).rejects.toMatchObject({
    message: "--customers has to be a number: many",
    exitCode: 2,
  });
  await expect(sampleCommand({ tables: "tickets,tikets" }, effects)).rejects.toMatchObject({
    message: "no table of the sample: tikets",
    exitCode: 2,
  });
});

test("only an earlier sample is overwritten, anything else with --force", async () => {
  const directory = cwd();
  const { effects } = effectsIn(directory);
  const small = { customers: "20", months: "1", tables: "customers,employees" };
  const sample = (more: { force?: boolean; seed?: string } = {}) =>
    sampleCommand({ ...small, ...more }, effects);
  const extracts = join(directory, "data", "extracts");
  const customers = join(extracts, "customers.csv");
  mkdirSync(extracts, { recursive: true });
  await sample();
  const first = readFileSync(customers, "utf8");
  await sample({ seed: "8" });
  expect(readFileSync(customers, "utf8")).not.toBe(first);
  for (const [file, content] of [
    [customers, "customer_id\nmine\n"],
    [join(extracts, "tickets.csv"), "mine"],
  ] as const) {
    writeFileSync(file, content);
    await expect(sample()).rejects.toMatchObject({
      message: expect.stringMatching(/--force/),
      wording: inChinese(/--force/),
      exitCode: 2,
    });
    expect(readFileSync(file, "utf8")).toBe(content);
    await sample({ force: true });
  }
  expect(readFileSync(customers, "utf8")).toBe(first);
  expect(readFileSync(join(extracts, "tickets.csv"), "utf8")).toBe("mine");
  expect(readdirSync(extracts).filter((name) => name.startsWith(".herringbone-sample-"))).toEqual([]);
});

test("wrong usage leaves no folder, and a file is not taken for one", async () => {
  const directory = cwd();
  const { effects } = effectsIn(directory);
  await expect(sampleCommand({ tables: "tikets", out: "new" }, effects)).rejects.toMatchObject({
    exitCode: 2,
  });
  expect(existsSync(join(directory, "new"))).toBe(false);
  writeFileSync(join(directory, "file"), "");
  for (const out of ["file", "file/below"]) {
    await expect(sampleCommand({ customers: "20", out }, effects)).rejects.toMatchObject({ exitCode: 2 });
  }
});
