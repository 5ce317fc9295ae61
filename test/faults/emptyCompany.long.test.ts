import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packIds, packsFolder } from "../../src/catalogue/packs.js";
import { exportCommand } from "../../src/cli/export.js";
import { buildSite } from "../../src/publish/site/build.js";
import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";
import { readPdf } from "../export/readPdf.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = join(import.meta.dirname, "..", "..");
const sample = join(root, "data", "sample");
const folder = temporaryFolder("empty-company");
const packs = packIds(packsFolder).filter((pack) => pack !== "feedback");

/** What a site's packs say that it cannot fill. */
const nothing = "no data for this report";

async function siteOf(name: string, fill: (data: string) => void): Promise<string> {
  const [data, dist] = [join(folder, name), join(folder, `${name}-dist`)];
  mkdirSync(data);
  fill(data);
  const warehouse = join(folder, `${name}.duckdb`);
  const now = new Date("2030-01-01T00:00:00Z");
  const catalogDir = [join(root, "data", "catalog")];
  await buildWarehouse({ dataDir: data, catalogDir, warehouse, now, asOf: "2026-06-30" }, silent);
  await buildSite({ root, warehouse, out: dist });
  return dist;
}

/** The text of what a command prints. */
async function printed(dist: string, pack: string, options: Record<string, string> = {}): Promise<string> {
  const out = join(dist, "..", "out", `${pack}${JSON.stringify(options).length}`);
  const silence = { write: () => true };
  const effects = { stdout: silence, stderr: silence, env: process.env, cwd: folder, now: () => new Date(0) };
  await exportCommand([pack], { dist, out, quiet: true, lang: "en", ...options }, effects);
  expect(readdirSync(out).filter((name) => /tmp|partial|lock/.test(name))).toEqual([]);
  const { files } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const pdf = await readPdf(join(out, files[0].file));
  const text = pdf.pages.map((page) => page.text).join("\n");
  expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
  return text;
}

describe("a company whose tables have heads alone", () => {
  let dist: string;
  beforeAll(async () => {
    await sampleSite(); // two sites at a time would share Framework's cache
    dist = await siteOf("heads", (data) => {
      for (const name of readdirSync(sample).filter((file) => file.endsWith(".csv")))
        writeFileSync(join(data, name), `${readFileSync(join(sample, name), "utf8").split("\n")[0]}\n`);
    });
  });

  it.each(packs)("%s says that it has nothing", async (pack) => {
    const said: Record<string, string> = {
      leadership: "No KPI has data yet",
      "kpi-report": "KPIs have no data yet",
      "quality-certificate": "0 read = 0 accepted + 0 rejected",
    };
    expect(await printed(dist, pack)).toContain(said[pack] ?? nothing);
  });

  it("there is no employee to print a sheet of", async () => {
    await expect(printed(dist, "feedback")).rejects.toThrow(/^this site has no employee/);
  });
});

describe("a company that has tickets alone", () => {
  let dist: string;
  beforeAll(async () => {
    await sampleSite();
    dist = await siteOf("tickets", (data) =>
      copyFileSync(join(sample, "tickets.csv"), join(data, "tickets.csv")),
    );
  });

  it.each(packs)("%s shows what tickets tell, or says that it has nothing", async (pack) => {
    const text = await printed(dist, pack);
    if (["benefits", "scorecard"].includes(pack)) expect(text).toContain(nothing);
    else expect(text).not.toContain(nothing);
    if (["kpi-report", "service-quality", "leadership"].includes(pack))
      expect(text).toContain("Average response time");
  });

  it("a sheet of a period that was not assessed is refused, and those that were are named", async () => {
    const options = { for: "employee=E00001", period: "2024-H1" };
    await expect(printed(dist, "feedback", options)).rejects.toThrow("2026-H1, 2025-H2");
  });
});
