import { join } from "node:path";
import { exportCommand } from "../../src/cli/export.js";
import type { Language } from "../../src/words/languages.js";
import { madeOnce, sampleSite } from "../sampleSite.js";

/** The sample's report in a language, printed once for all files of a test run: its path. */
export async function sampleReport(lang: Language): Promise<string> {
  const { dist } = await sampleSite();
  const folder = await madeOnce(`report-${lang}`, async (out) => {
    await printReport({ dist, out, lang });
  });
  return join(folder, lang === "en" ? "kpi-report.en.pdf" : "kpi-report.pdf");
}

/** The sample's leadership pack in Chinese, printed once for all files of a test run: the folder of what was exported. */
export async function sampleLeadership(): Promise<string> {
  const { dist } = await sampleSite();
  const silent = { write: () => true };
  return madeOnce("leadership", async (out) => {
    const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
    await exportCommand(["leadership"], { dist, out, quiet: true, lang: "zh-CN" }, effects);
  });
}

/** Prints a site's report as the command does; what the command said. */
export async function printReport(options: { dist: string; out: string; lang: Language }): Promise<string[]> {
  const said: string[] = [];
  const effects = {
    stdout: { write: () => true },
    stderr: { write: (text: string) => said.push(text) },
    env: process.env,
    cwd: options.out,
    now: () => new Date(0),
  };
  await exportCommand([], { ...options, quiet: true }, effects);
  return said;
}
