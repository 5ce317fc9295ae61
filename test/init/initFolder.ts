import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { commandLine } from "../commandLine.js";
import { folderOfTest } from "../temporaryFolder.js";

/** Writes files into a new folder and lets `init` look at it. */
export async function initOf(files: Readonly<Record<string, string | Buffer>>, ...more: string[]) {
  const dir = folderOfTest("init");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  const run = commandLine({ cwd: dir, env: { TZ: "Europe/Berlin" } });
  const { code, out, err } = await run("init", dir, ...more);
  const text = (name: string) => (existsSync(join(dir, name)) ? readFileSync(join(dir, name), "utf8") : "");
  const columns = (table: string) => {
    const sources = Object.values(readSourcesYaml(dir)?.sources ?? {});
    return sources.find(({ tables }) => tables[table])?.tables[table]?.columns;
  };
  return { dir, run, code, out, err, text, columns, yaml: text("sources.yaml") };
}
