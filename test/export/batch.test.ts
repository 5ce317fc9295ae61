import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { packsFolder } from "../../src/catalogue/packs.js";
import { exportCommand } from "../../src/cli/export.js";
import { planPrints } from "../../src/export/planPrints.js";
import { printBatch } from "../../src/export/printBatch.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { folderOfTest, temporaryFolder } from "../temporaryFolder.js";
import { keepBrowser } from "./keepBrowser.js";

let site: SampleSite;
const out = temporaryFolder("batch");
keepBrowser();

beforeAll(async () => {
  site = await sampleSite();
});

const silent = { write: () => true };
const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
const refusal = (options: Record<string, string>) =>
  exportCommand(
    ["benefits"],
    { dist: site.dist, out: join(out, "refused"), quiet: true, ...options },
    effects,
  ).then(
    () => "taken",
    (error: Error & { exitCode: number }) => `${error.exitCode} ${error.message}`,
  );

it("files say of which dimension they are, and no two of an order are the same", () => {
  const files = (packs: string[], order: object, folder = packsFolder) =>
    planPrints(site.dist, folder, { packs, ...order }).prints.map(({ file }) => file);
  expect(files(["service-quality"], { for: "region=华东" })).toEqual(["service-quality.region=华东.pdf"]);
  expect(files(["scorecard"], { for: "team=一组", period: "2026-Q1", lang: "en" })).toEqual([
    "scorecard.team=一组.2026-Q1.en.pdf",
  ]);
  expect(files(["feedback"], { for: "employee=E00003" })).toEqual(["feedback.E00003.pdf"]);
  // As people call it.
  expect(files(["service-quality"], { for: "region=East China" })).toEqual([
    "service-quality.region=华东.pdf",
  ]);
  expect(files(["leadership"], { for: "owner=E00023" })).toEqual(["leadership.owner=E00023.pdf"]);
  // A pack is printed for those that its sections tell something of, and for no others.
  expect(() => files(["scorecard"], { each: "region" })).toThrow(
    /scorecard has nothing to tell of a region: it is made for the company, team, employee/,
  );
  expect(() => files(["feedback"], { for: "team=一组" })).toThrow(/made for the company, employee/);
  expect(() => files(["service-quality"], { for: "employee=E00003" })).toThrow(
    /made for the company, .*region/,
  );
  const folder = folderOfTest("packs");
  mkdirSync(folder, { recursive: true });
  const pack = "title: { zh: 甲, en: A }\nsections: [kpis]\n";
  writeFileSync(join(folder, "a.yaml"), `${pack}scope: region=华东\n`);
  writeFileSync(join(folder, "a.region=华东.yaml"), pack);
  expect(files(["a", "a.region=华东"], {}, folder)).toEqual(["a.region=华东.pdf", "a.region=华东.2.pdf"]);
  // What the site has not is a fault of the pack's file where that names it.
  for (const line of ["scope: region=Nowhere", "period: 1999", "each: regio"])
    writeFileSync(join(folder, `${line.slice(0, 2)}.yaml`), `${pack}${line}\n`);
  const refused = (id: string) => () => files([id], {}, folder);
  expect(refused("sc")).toThrow(/sc\.yaml: line 3: scope: no such region \(there is .*华东.*\): Nowhere$/);
  expect(refused("pe")).toThrow(/pe\.yaml: line 3: period: .*1999$/);
  expect(refused("ea")).toThrow(/ea\.yaml: line 3: each: .*region.*regio$/);
});

describe("feedback sheets", () => {
  /** Four of them, and the digests of what became of them. */
  async function print(concurrency: number): Promise<string[]> {
    const { prints } = planPrints(site.dist, packsFolder, { packs: ["feedback"] });
    const some = prints
      .slice(0, 4)
      .map((each) => ({ ...each, out: join(out, String(concurrency), each.file) }));
    const done: string[] = [];
    await printBatch<(typeof some)[number]>({
      dist: site.dist,
      prints: some,
      concurrency,
      done: ({ file }) => {
        done.push(file);
      },
    });
    expect(done.sort()).toEqual(some.map(({ file }) => file));
    return some.map(({ out: file }) => createHash("sha256").update(readFileSync(file)).digest("hex"));
  }

  it("have the same bytes however many are printed at a time", async () => {
    const [one, three] = [await print(1), await print(3)];
    expect(new Set(one).size).toBe(4);
    expect(three).toEqual(one);
  });
});

it("of two exports into a folder the second says that there is one, the first lists its files in the order in which they were asked for", async () => {
  const packs = ["leadership", "quality-certificate", "benefits"];
  const folder = join(out, "packs");
  const [first, second] = await Promise.allSettled([
    exportCommand(packs, { dist: site.dist, out: folder, quiet: true, concurrency: "3" }, effects),
    exportCommand(["benefits"], { dist: site.dist, out: folder, quiet: true }, effects),
  ]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ status: "rejected", reason: { exitCode: 1 } });
  expect(String((second as PromiseRejectedResult).reason.message)).toContain(
    `another export is writing into the same folder (process ${process.pid})`,
  );
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  expect(manifest.files.map(({ pack }: { pack: string }) => pack)).toEqual(packs);
  const listed = manifest.files.flatMap(({ file, workbook }: Record<string, string>) => [file, workbook]);
  expect(readdirSync(folder).sort()).toEqual([...listed, "manifest.json"].sort());
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

it("what is no number of files at a time is wrong usage", async () => {
  for (const concurrency of ["0", "65", "2.5", "many", ""])
    expect(await refusal({ concurrency })).toBe(
      `2 --concurrency is the number of files printed at a time, 1 to 64: ${concurrency}`,
    );
});

it("a folder that is a file, and a list of somebody else's, stay", async () => {
  const file = join(out, "file");
  writeFileSync(file, "mine");
  expect(await refusal({ out: file })).toMatch(/^2 /);
  expect(readFileSync(file, "utf8")).toBe("mine");
  const folder = folderOfTest("theirs");
  writeFileSync(join(folder, "manifest.partial.jsonl"), "mine");
  expect(await refusal({ out: folder })).toMatch(/^2 .*manifest\.partial\.jsonl/s);
});

describe("a batch of which some cannot be made", () => {
  const folder = temporaryFolder("batch-pages");

  /** Pages of a site that is none, which say what a report says. */
  function page(name: string, script: string): { page: string; out: string } {
    const html = `<!doctype html><html lang=en><title>x</title><main data-report=drawing data-title=x data-subject=y
      data-as-of=2026-03-31T23:59:59+08:00 data-build-id=b>x</main><script>${script}</script>`;
    writeFileSync(join(folder, name), html);
    return { page: name, out: join(folder, "out", `${name}.pdf`) };
  }
  const ready = "document.querySelector('main').dataset.report = 'ready'";

  it("makes the others, and names those", async () => {
    const good = ["a.html", "b.html", "c.html"].map((name) => page(name, ready));
    const bad = [
      page("x.html", "throw new Error('no such KPI')"),
      page("y.html", "throw new Error('nor this')"),
    ];
    const failed: string[] = [];
    const batch = printBatch({
      dist: folder,
      prints: [good[0], bad[0], good[1], bad[1], good[2]].flatMap((each) => each ?? []),
      concurrency: 2,
      done: () => {},
      failed: (print, error) => failed.push(`${print.page} ${error.message}`),
    });
    await expect(batch).rejects.toThrow(/^2 of 5 files could not be made/);
    expect(failed.sort()).toEqual([
      expect.stringMatching(/^x\.html .*no such KPI/s),
      expect.stringMatching(/^y\.html .*nor this/s),
    ]);
    expect(readdirSync(join(folder, "out")).sort()).toEqual(["a.html.pdf", "b.html.pdf", "c.html.pdf"]);
  });

  it("ends where it is not the one page that is at fault", async () => {
    const prints = Array.from({ length: 9 }, (_, at) => page(`bad${at}.html`, "throw new Error('always')"));
    let failures = 0;
    const failed = () => {
      failures += 1;
    };
    const batch = printBatch({ dist: folder, prints, concurrency: 1, done: () => {}, failed });
    await expect(batch).rejects.toThrow(/^3 of 9 files/);
    expect(failures).toBe(3);
  });

  it("ends at once where the site shows another build", async () => {
    const prints = [page("d.html", ready), page("e.html", ready)];
    const batch = printBatch({ dist: folder, prints, concurrency: 1, buildId: "other", done: () => {} });
    await expect(batch).rejects.toThrow(/other/);
    expect(existsSync(join(folder, "out", "e.html.pdf"))).toBe(false);
  });
});
