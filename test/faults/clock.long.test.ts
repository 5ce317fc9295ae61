import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ListedBuild } from "../../src/cli/print/buildsTable.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("clock");
const [data, catalog] = [join(folder, "data"), join(folder, "catalog")];

beforeAll(() => {
  smallCatalogue(["new_customers"], catalog);
  for (const [name, text] of [
    ["scorecards.yaml", "scorecards: []\n"],
    ["fishbones.yaml", "fishbones: []\n"],
    ["weights.csv", "scorecard_id,kpi_id,effective_from,weight\n"],
    ["settings.yaml", "language: en\nkeep_builds: 4\n"],
  ] as const)
    writeFileSync(join(catalog, name), text);
  mkdirSync(data);
  const rows = Array.from({ length: 20 }, (_, index) => `C${index},N,2026-03-${10 + index}`);
  writeFileSync(join(data, "customers.csv"), ["customer_id,name,acquired_on", ...rows, ""].join("\n"));
});

describe("a clock that jumps between builds", () => {
  const build = async (name: string, now: string, lang = "en") => {
    const warehouse = join(folder, `${name}.duckdb`);
    const run = commandLine({ cwd: folder, now, warehouse });
    const built = await run("build", "--data", data, "--catalog", catalog, "--lang", lang);
    const rows = (await run("builds", "--format", "json")).out;
    const builds = rows === "" ? [] : (JSON.parse(rows) as ListedBuild[]);
    return { ...built, builds, current: builds.find(({ state }) => state === "current")?.build_id ?? "" };
  };

  it("ids stay unique and in the builds' order, the latest are kept, and it is said", async () => {
    const made: string[] = [];
    const clocks = ["2026-05-01T08:00:00Z", "2026-05-01T08:00:00Z", "2026-05-01T08:00:00.900Z"];
    clocks.push("2099-01-01T00:00:00Z", "2026-05-02T08:00:00Z", "2026-05-01T08:00:00Z");
    for (const now of clocks) {
      const { code, all, current } = await build("jumps", now);
      expect([code, all]).toEqual([0, expect.any(String)]);
      const isBehind = made.length > 3;
      const said = `the clock says ${now.slice(0, 16).replace("T", " ")} UTC, before the last build here, ${made.at(-1)}: put it right`;
      expect(all.includes(said), all).toBe(isBehind);
      expect(all).not.toMatch(/\blate\b|unusual/);
      made.push(current);
    }
    expect(made).toEqual([...new Set(made)].sort());
    const { builds } = await build("jumps", "2026-05-03T08:00:00Z");
    expect(builds.slice(1).map(({ build_id }) => build_id)).toEqual(made.slice(-3).reverse());
    expect(builds.map(({ built_at }) => built_at)).toEqual([
      "2026-05-03T08:00:00Z",
      "2026-05-01T08:00:00Z",
      "2026-05-02T08:00:00Z",
      "2099-01-01T00:00:00Z",
    ]);
  });

  it("one that is back before the rows refuses them, says why, and leaves the build before", async () => {
    const before = await build("back", "2026-05-01T08:00:00Z");
    for (const [lang, said] of [
      ["en", "the clock says 2020-01-01 00:00 UTC, before the last build here"],
      ["zh-CN", "系统时钟为 2020-01-01 00:00 UTC，早于此处上一次构建"],
    ] as const) {
      const { code, all, current } = await build("back", "2020-01-01T00:00:00Z", lang);
      expect(code).toBe(3);
      expect(all).toContain(said);
      expect(current).toBe(before.current);
    }
  });
});
