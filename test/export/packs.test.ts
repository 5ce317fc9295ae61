import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import JSZip from "jszip";
import { PDFArray, PDFDict, PDFDocument, PDFHexString, type PDFObject, PDFString } from "pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { queryKpis } from "../../src/answers/queryKpis.js";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import { exportCommand } from "../../src/cli/export.js";
import { readCarried } from "../../src/export/carried/readCarried.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { isLong, isTurn } from "../long.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { keepBrowser } from "./keepBrowser.js";
import { type ReadPdf, readPdf } from "./readPdf.js";
import { sampleLeadership } from "./sampleReport.js";

let site: SampleSite;
const out = temporaryFolder("packs");
keepBrowser();

beforeAll(async () => {
  site = await sampleSite();
});

async function print(packs: string[], options: Record<string, string>): Promise<string> {
  const folder = join(
    out,
    createHash("sha1")
      .update(JSON.stringify([packs, options]))
      .digest("hex")
      .slice(0, 8),
  );
  const silent = { write: () => true };
  const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
  await exportCommand(packs, { dist: site.dist, out: folder, quiet: true, ...options }, effects);
  return folder;
}

/** Every text that an object of a PDF holds. */
function textsOf(object: PDFObject): string[] {
  if (object instanceof PDFHexString || object instanceof PDFString) return [object.decodeText()];
  if (object instanceof PDFDict) return object.entries().flatMap(([, value]) => textsOf(value));
  return object instanceof PDFArray ? object.asArray().flatMap(textsOf) : [];
}

const pick = (one: Record<string, unknown>) =>
  Object.fromEntries(
    ["value", "numerator", "denominator", "n", "low", "high", "target"].map((name) => [
      name,
      typeof one[name] === "number" ? Number((one[name] as number).toPrecision(9)) : one[name],
    ]),
  );

const textOf = (pdf: ReadPdf) => pdf.pages.map(({ text }) => text).join("\n");

describe("the leadership pack", () => {
  it.each((["zh-CN", "en"] as const).filter((lang) => isTurn(lang === "zh-CN")))(
    "has at most 8 pages, the first with everything, in %s",
    async (lang) => {
      const folder = lang === "en" ? await print(["leadership"], { lang }) : await sampleLeadership();
      const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".pdf"));
      const pdf = await readPdf(join(folder, file));
      expect(pdf.pages.length).toBeLessThanOrEqual(8);
      const first = pdf.pages[0]?.text ?? "";
      expect(first).toContain(lang === "en" ? "Leadership summary" : "管理层摘要");
      expect(first).toContain(lang === "en" ? "Benefit assessment" : "效益评估");
      const workbook = await JSZip.loadAsync(readFileSync(join(folder, file.replace(/pdf$/, "xlsx"))));
      const drawn = (path: RegExp) => Object.keys(workbook.files).filter((name) => path.test(name)).length;
      // No spreadsheet draws fishbones; trends it does.
      expect(drawn(/^xl\/media\/.*\.png$/)).toBe(2);
      expect(drawn(/^xl\/charts\/chart/)).toBeGreaterThan(5);
      const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
      const bytes = readFileSync(join(folder, file));
      expect(manifest.files).toMatchObject([
        {
          file,
          pack: "leadership",
          scope: {},
          language: lang,
          pages: pdf.pages.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        },
      ]);
    },
  );
});

describe.skipIf(isLong)("a pack of one region", () => {
  let folder: string;
  let pdf: ReadPdf;
  let file: string;

  beforeAll(async () => {
    folder = await print(["service-quality"], { for: "region=华东", lang: "en" });
    file = join(folder, readdirSync(folder).find((name) => name.endsWith(".pdf")) ?? "");
    pdf = await readPdf(file);
  });

  it("names no other, in text, metadata, attachment and alternative texts", async () => {
    const others = await withWarehouse(site.warehouse, async (db) => {
      const sql =
        "select distinct region from intermediate.customers where region is not null and region <> '华东'";
      return (await db.runAndReadAll(sql)).getRowsJson().map(([region]) => String(region));
    });
    expect(others.length).toBeGreaterThan(2);
    const document = await PDFDocument.load(readFileSync(file), { updateMetadata: false });
    const { figures } = await readCarried(file);
    const objects = document.context
      .enumerateIndirectObjects()
      .map(([, object]) => textsOf(object).join("\n"));
    const whole = [textOf(pdf), JSON.stringify(pdf.info), JSON.stringify(figures), ...objects].join("\n");
    for (const other of others) expect(whole).not.toContain(other);
    expect(whole).toContain("华东");
    const manifest = readFileSync(join(folder, "manifest.json"), "utf8");
    for (const other of others) expect(manifest).not.toContain(other);
  });

  it("has the figures that the command line gives of the region", async () => {
    const { figures } = await readCarried(file);
    const known = figures.values.filter(({ value }) => value !== null);
    expect(known.length).toBeGreaterThan(5);
    const values = await withWarehouse(site.warehouse, async (db) => {
      const { catalogue } = await readKept(db);
      return queryKpis(db, catalogue.kpis, {
        kpiIds: known.map(({ kpi_id }) => kpi_id),
        grain: "month",
        by: [],
        where: [{ dimension: "region", value: "华东" }],
        withoutPercentiles: true,
      });
    });
    for (const one of known) {
      expect(one.by).toEqual({ region: "华东" });
      const own = values.find(
        ({ kpi_id, period_start }) => kpi_id === one.kpi_id && period_start === one.period_start,
      );
      const { value, numerator, denominator, n, low, high, target } = own ?? {};
      expect({ id: one.kpi_id, ...pick({ ...one }) }).toEqual({
        id: one.kpi_id,
        ...pick({ value, numerator, denominator, n, low, high, target }),
      });
    }
  });
});

it.skipIf(isLong)("what there is not is wrong usage, naming what there is", async () => {
  const refused = (packs: string[], options: Record<string, string>) =>
    print(packs, options).then(
      () => "taken",
      (error: Error & { exitCode: number }) => `${error.exitCode} ${error.message}`,
    );
  expect(await refused(["nobody"], {})).toMatch(/^2 .*nobody.*leadership/s);
  expect(await refused(["leadership"], { for: "region=Est" })).toMatch(/^2 .*Est/);
  expect(await refused(["leadership"], { for: "regon=East" })).toMatch(/^2 .*region.*regon/s);
  expect(await refused(["leadership"], { for: "region" })).toMatch(/^2 .*region=East/);
  expect(await refused(["leadership"], { period: "1999-01" })).toMatch(/^2 .*1999-01/);
  expect(await refused(["leadership"], { for: "region=华东", each: "region" })).toMatch(/^2 /);
  expect(await refused(["leadership"], { passwordEnv: "NOT_SET_ANYWHERE" })).toMatch(/^2 .*NOT_SET_ANYWHERE/);
  process.env.BLANK = " \u200b\u00a0     ";
  expect(await refused(["leadership"], { passwordEnv: "BLANK" })).toMatch(
    /^2 .*BLANK has nothing but spaces/,
  );
  delete process.env.BLANK;
});

it.skipIf(isLong)(
  "a locked pack opens with its password alone, is called so, and has no workbook",
  async () => {
    process.env.PACK_PASSWORD = "ring-of-eleven";
    const folder = await print(["quality-certificate"], { passwordEnv: "PACK_PASSWORD" });
    delete process.env.PACK_PASSWORD;
    expect(readdirSync(folder).sort()).toEqual(["manifest.json", "quality-certificate.locked.pdf"]);
    const { files } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    expect(files).toMatchObject([{ file: "quality-certificate.locked.pdf", locked: true, workbook: null }]);
    const bytes = readFileSync(join(folder, "quality-certificate.locked.pdf"));
    await expect(PDFDocument.load(bytes)).rejects.toThrow(/encrypted/);
    expect(bytes.includes("ring-of-eleven")).toBe(false);
  },
);
