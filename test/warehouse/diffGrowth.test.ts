import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";

it("diff tells of a part without a case now what it was compared with: 1 of 2 became 0 of 2, which is a fall by all", async () => {
  const folder = folderOfTest("diff-growth");
  const data = join(folder, "data");
  const catalog = smallCatalogue(["new_customers", "new_customer_growth"], join(folder, "catalog"));
  mkdirSync(data);
  const run = commandLine({ cwd: folder, now: "2026-02-01T04:00:00Z", warehouse: join(folder, "w.duckdb") });
  const build = async (region: string) => {
    const days = ["2025-01-10,North", "2025-02-10,North", `2025-05-10,${region}`, "2025-12-31,South"];
    const rows = days.map((day, at) => `C${at},N${at},${day}`);
    writeFileSync(
      join(data, "customers.csv"),
      ["customer_id,name,acquired_on,region", ...rows, ""].join("\n"),
    );
    expect(await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en")).toMatchObject(
      { code: 0 },
    );
    return (
      (JSON.parse((await run("builds", "--format", "json")).out) as { build_id: string }[])[0]?.build_id ?? ""
    );
  };
  const first = await build("North");
  await build("South");
  const asked = ["--kpi", "new_customer_growth", "--from", "2025-04", "--to", "2025-06", "--format", "json"];
  const { out } = await run("diff", first, ...asked);
  const { restatements }: BuildsDiff = JSON.parse(out);
  expect(restatements.find(({ grain, member }) => grain === "quarter" && member === "North")).toMatchObject({
    period_start: "2025-04-01",
    old: { value: -0.5, numerator: 1, denominator: 2 },
    new: { value: -1, numerator: 0, denominator: 2 },
  });
});
