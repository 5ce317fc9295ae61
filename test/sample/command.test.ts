import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sampleCommand } from "../../src/cli/sample.js";

const cwd = () => mkdtempSync(join(tmpdir(), "herringbone-sample-command-"));

function effectsIn(directory: string) {
  const said: string[] = [];
  const write = (text: string) => said.push(text);
  const effects = { stdout: { write }, stderr: { write }, env: {}, cwd: directory, now: () => new Date(0) };
  return { effects, said };
}

test("sample writes where it is told, from the words of the command line", async () => {
  const directory = cwd();
  const { effects, said } = effectsIn(directory);
  try {
    await sampleCommand(
      { customers: "30", months: "3", seed: "7", tickets: "1e2", tables: "customers,tickets", out: "here" },
      effects,
    );
    expect(readdirSync(join(directory, "here")).sort()).toEqual(["customers.csv", "tickets.csv"]);
    expect(said.at(-1)).toBe(`2 tables, 30 customers, 3 months, seed 7: ${join(directory, "here")}\n`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
