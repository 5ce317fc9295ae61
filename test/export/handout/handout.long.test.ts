import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exportCommand } from "../../../src/cli/export.js";
import { namedPeriod } from "../../../src/kpi/periods.js";
import { append } from "../../../src/statistics/extremes.js";
import { withWarehouse } from "../../../src/warehouse/open.js";
import type { Language } from "../../../src/words/languages.js";
import { attack } from "../../publish/attack.js";
import type { SampleSite } from "../../sampleSite.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { everythingIn } from "./everything.js";
import { handoutSite, minCell, shared } from "./handoutSite.js";
import { withOtherFigures } from "./otherFigures.js";
import { publishedIn, type ShownFigure, shownFigures } from "./shownFigures.js";

interface Run {
  packs: string[];
  for?: string;
  each?: string;
  period?: string;
  lang: Language;
}

let site: SampleSite;
const out = temporaryFolder("handout");

beforeAll(async () => {
  site = await handoutSite();
}, 900_000);

/** Hands packs out: the folder that somebody gets. */
async function handedOut(run: Run, name: string, dist = site.dist): Promise<string> {
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const silent = { write: () => true };
  const effects = { stdout: silent, stderr: silent, env: process.env, cwd: out, now: () => new Date(0) };
  await exportCommand(run.packs, { ...run, dist, out: folder, quiet: true }, effects);
  return folder;
}

/** Of all values of a dimension but one what they are called, in any language. */
async function othersOf(dimension: "region" | "team" | "employee", value: string): Promise<string[]> {
  const { sql, labels } = {
    region: { sql: "select distinct region from intermediate.customers", labels: englishRegions },
    team: { sql: "select distinct team from intermediate.employees", labels: { 二组: "Team 2" } },
    employee: { sql: "select employee_id from intermediate.employees", labels: {} },
  }[dimension];
  const rows = await withWarehouse(site.warehouse, async (db) => (await db.runAndReadAll(sql)).getRowsJson());
  const values = rows.flatMap(([each]) => (each === null || each === value ? [] : String(each)));
  const label = (each: string) => (labels as Record<string, string>)[each] ?? [];
  return values.flatMap((each) => [each].concat(label(each)));
}

const englishRegions = {
  华南: "South China",
  华北: "North China",
  华中: "Central China",
  西南: "Southwest China",
};

const east: Run = {
  packs: ["service-quality", "kpi-report", "leadership", "benefits", "quality-certificate"],
  for: `region=${shared}`,
  lang: "en",
};
const team: Run = {
  packs: ["service-quality", "scorecard", "kpi-report"],
  for: `team=${shared}`,
  lang: "zh-CN",
};

describe("what is handed out of one region or team", { timeout: 600_000 }, () => {
  it.each([
    { run: east, dimension: "region" as const },
    { run: team, dimension: "team" as const },
  ])("names no other, wherever one looks: $dimension", async ({ run, dimension }) => {
    const folder = await handedOut(run, dimension);
    const everything = await everythingIn(folder);
    const others = await othersOf(dimension, shared);
    expect(others.length).toBeGreaterThan(0);
    for (const [file, text] of everything)
      for (const other of others) expect(text.includes(other), `${other} in ${file}`).toBe(false);
    // One looks at all of it: a PDF and a workbook a pack, and their list.
    expect([...everything.keys()]).toEqual(
      [
        ...run.packs.flatMap((pack) =>
          ["pdf", "xlsx"].map(
            (type) => `${pack}.${dimension}=${shared}${run.lang === "en" ? ".en" : ""}.${type}`,
          ),
        ),
        "manifest.json",
      ].sort(),
    );
    for (const [file, text] of everything) expect(text.includes(shared), file).toBe(true);
  });

  it.each([
    { run: east, dimension: "region" as const },
    { run: team, dimension: "team" as const },
  ])(
    "has nobody else's figures: it is the same, byte for byte, whatever those are: $dimension",
    async ({ run, dimension }) => {
      const dist = join(out, `other-${dimension}`);
      const { changed } = withOtherFigures(site.dist, dist, { dimension, value: shared });
      expect(changed).toBeGreaterThan(100_000);
      const [one, other] = [join(out, dimension), await handedOut(run, `again-${dimension}`, dist)];
      for (const file of readdirSync(one))
        expect(readFileSync(join(other, file)).equals(readFileSync(join(one, file))), file).toBe(true);
      // The company's own pack is another.
      const company = { packs: ["service-quality"], lang: run.lang };
      const [own, changedOwn] = [
        await handedOut(company, `company-${dimension}`),
        await handedOut(company, `company-other-${dimension}`, dist),
      ];
      const [file = ""] = readdirSync(own).filter((name) => name.endsWith(".pdf"));
      expect(readFileSync(join(changedOwn, file)).equals(readFileSync(join(own, file)))).toBe(false);
    },
  );
});

it("an employee's sheet names no other employee and no other team", { timeout: 600_000 }, async () => {
  const folder = await handedOut({ packs: ["feedback"], lang: "zh-CN" }, "feedback");
  const everything = await everythingIn(folder);
  everything.delete("manifest.json");
  expect(everything.size).toBeGreaterThan(20);
  const members = await withWarehouse(site.warehouse, async (db) =>
    (await db.runAndReadAll("select employee_id, team from intermediate.employees")).getRowsJson(),
  );
  for (const [file, text] of everything) {
    const [, id = ""] = /^feedback\.(\w+)\.(?:pdf|xlsx)$/.exec(file) ?? [];
    const own = members.find(([employee]) => employee === id);
    expect(own, file).toBeDefined();
    for (const [employee, of] of members) {
      expect(employee !== id && text.includes(String(employee)), `${employee} in ${file}`).toBe(false);
      expect(of !== own?.[1] && text.includes(String(of)), `${of} in ${file}`).toBe(false);
    }
  }
});

describe("of all that is handed out, one run after the other", { timeout: 900_000 }, () => {
  const figures: ShownFigure[] = [];
  const attacked = [
    "overdue_responses",
    "average_response_time",
    "complaint_resolution_rate",
    "resolution_time",
  ];

  beforeAll(async () => {
    const runs: Run[] = [undefined, "2026-Q1", "2025"].flatMap((period, at) => {
      const lang = at === 1 ? ("en" as const) : ("zh-CN" as const);
      const packs = ["service-quality"];
      const own = period ? { packs, period, lang } : { packs, lang };
      return [own, { ...own, each: "region" }, { ...own, each: "team" }];
    });
    for (const [at, run] of runs.entries()) {
      const folder = await handedOut(run, `all-${at}`);
      const { files } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
        files: { workbook: string; scope: Record<string, string> }[];
      };
      const grain = run.period ? (namedPeriod(run.period)?.grain ?? "month") : "month";
      for (const { workbook, scope: where } of files)
        append(
          figures,
          await shownFigures(readFileSync(join(folder, workbook)), { language: run.lang, grain, where }),
        );
    }
  }, 900_000);

  it.each(attacked)("no figure is of fewer than five customers, or gives one away: %s", async (kpi) => {
    const published = await withWarehouse(site.warehouse, (db) => publishedIn(db, kpi, figures));
    const found = attack(published, minCell);
    expect(found.shownOfFew).toEqual([]);
    expect(found.derived).toEqual([]);
    // There is something to find, and something to read.
    expect(found.shown).toBeGreaterThan(30);
    expect(new Set(figures.filter((one) => one.kpi === kpi).map(({ grain }) => grain)).size).toBe(3);
    if (kpi !== "complaint_resolution_rate") return;
    // What is hidden is so for a reason: were it shown, the attack would find it.
    expect(found.secret).toBeGreaterThan(10);
    const rows = published.rows.map((row) => ({ ...row, hidden: false }));
    expect(attack({ ...published, rows }, minCell).shownOfFew.length).toBeGreaterThan(3);
  });
});
