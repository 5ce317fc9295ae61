import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCatalogue } from "../../src/catalogue/catalogueFiles.js";
import type { ScoreRow } from "../../src/cli/print/scoreFormat.js";
import type { KpiValue } from "../../src/kpi/answer.js";
import type { TracedItem } from "../../src/score/scored.js";
import type { ToldReason } from "../../src/words/toldReason.js";
import { commandLine } from "../commandLine.js";
import { isLong, isTurn } from "../long.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("score");
const warehouse = join(folder, "w.duckdb");
const catalogDir = [resolve("data/sample/catalog"), resolve("data/catalog")];

beforeAll(async () => {
  copyFileSync((await sampleSite()).warehouse, warehouse);
});

const run = commandLine({ cwd: folder, now: "2030-01-01T00:00:00Z", warehouse });

type Traced = Omit<ScoreRow, "items"> & {
  items: (TracedItem & Partial<ToldReason> & { command?: string })[];
};
const scored = async (...args: string[]) =>
  JSON.parse((await run("score", ...args, "--format", "json")).out) as Traced[];

describe("score --format json", () => {
  const once = it.skipIf(isLong);

  once("has the keys of the format in their order, codes and nulls", async () => {
    const [row, ...others] = await scored("customer_relations", "--period", "2026-Q1");
    expect(others).toEqual([]);
    expect(Object.keys(row ?? {}).slice(0, 9)).toEqual([
      "scorecard",
      "period_start",
      "period_end",
      "subject",
      "total",
      "covered_weight",
      "grade",
      "rank",
      "items",
    ]);
    expect(Object.keys(row?.items[0] ?? {}).slice(0, 4)).toEqual(["kpi_id", "value", "weight", "score"]);
    expect(row).toMatchObject({
      scorecard: "customer_relations",
      period_start: "2026-01-01",
      period_end: "2026-04-01",
      subject: null,
      rank: null,
    });
    const { grades } = readCatalogue(catalogDir);
    expect(grades.map(({ id }) => id)).toContain(row?.grade);
  });

  once("has totals that follow from the items, whoever is scored", async () => {
    let told = 0;
    for (const kind of ["company", "team", "employee"]) {
      for (const { items, total, covered_weight } of await scored("--for", kind)) {
        const weight = (list: typeof items) => list.reduce((sum, item) => sum + item.weight, 0);
        const known = items.filter(({ score }) => score !== null);
        expect(covered_weight).toBeCloseTo(weight(known) / weight(items), 8);
        const points = known.reduce((sum, item) => sum + item.weight * (item.score ?? 0), 0);
        if (covered_weight < 0.5) expect(total).toBeNull();
        else expect(total).toBeCloseTo(points / weight(known), 8);
        for (const { score, unscored } of items) expect((score === null) === (unscored !== null)).toBe(true);
        if (total !== null) told++;
      }
    }
    expect(told).toBeGreaterThan(5);
  });

  once("ranks by total, and lists who has none without a rank; nobody left or unknown", async () => {
    const year = await scored("customer_relations", "--for", "employee", "--period", "2025");
    const withTotal = year.filter(({ total }) => total !== null);
    expect(withTotal.length).toBeGreaterThan(3);
    for (const { total, rank } of withTotal)
      expect(rank).toBe(1 + withTotal.filter((other) => (other.total ?? 0) > (total ?? 0)).length);
    const without = year.filter(({ total }) => total === null);
    expect(without.length).toBeGreaterThan(0);
    expect(without.every(({ rank }) => rank === null)).toBe(true);
    const rows = await scored("customer_relations", "--for", "employee");
    // E00005 left on 6 February 2026
    expect(rows.map(({ subject }) => subject)).not.toContain("E00005");
    expect(rows.map(({ subject }) => subject)).not.toContain("(unknown)");
    const before = await scored("customer_relations", "--for", "employee", "--period", "2026-Q1");
    expect(before.map(({ subject }) => subject)).toContain("E00005");
  });

  once("takes every way to name a period, and the last complete one by default", async () => {
    const period = async (...args: string[]) => {
      const [row] = await scored("balanced", ...args);
      return [row?.period_start, row?.period_end];
    };
    expect(await period()).toEqual(["2026-04-01", "2026-07-01"]);
    expect(await period("--period", "2026-05")).toEqual(["2026-05-01", "2026-06-01"]);
    expect(await period("--period", "2025-Q4")).toEqual(["2025-10-01", "2026-01-01"]);
    expect(await period("--period", "2025-H2")).toEqual(["2025-07-01", "2026-01-01"]);
    expect(await period("--period", "2025")).toEqual(["2025-01-01", "2026-01-01"]);
  });

  it("traces every value to the command that gives it", async () => {
    const rows = [
      ...(await scored("customer_relations", "--trace")),
      ...(await scored("customer_relations", "--trace", "--for", "team")),
      ...(await scored("after_sales", "--trace", "--for", "team")).slice(0, 1),
    ];
    const items = rows.flatMap((row) => row.items);
    expect(items.length).toBeGreaterThan(20);
    // Every third, in `npm run test:long` the others.
    for (const { command = "", value, n, numerator, denominator } of items.filter((_, at) =>
      isTurn(at % 3 === 0),
    )) {
      const [name, ...args] = command.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
      expect(name).toBe("herringbone");
      const { out } = await run(...args, "--format", "json");
      const answered = JSON.parse(out) as KpiValue[];
      expect(answered, command).toHaveLength(1);
      expect(answered[0], command).toMatchObject({ value, n, numerator, denominator });
    }
  });

  once("shows other weights beside those in force", async () => {
    const [asked] = await scored("customer_relations", "--period", "2026-Q1", "--weights", "2024-06-30");
    const [before] = await scored("customer_relations", "--period", "2026-Q1");
    const { total, covered_weight, provisional, grade, rank } = before as Traced;
    expect(asked?.in_force).toEqual({ total, covered_weight, provisional, grade, rank });
    expect(asked?.total).not.toBe(total);
    const weightOf = (row: Traced | undefined) =>
      row?.items.find(({ kpi_id }) => kpi_id === "new_customers")?.weight;
    expect([weightOf(asked), weightOf(before)]).toEqual([0.15, 0.1]);
  });
});

describe.skipIf(isLong)("score for people", () => {
  it("tells groups, coverage and why a score is missing, in both languages", async () => {
    const { scorecards } = readCatalogue(catalogDir);
    const card = scorecards.find(({ id }) => id === "customer_relations");
    for (const [lang, language, immature, covered] of [
      ["zh-CN", "zh", "未成熟", "覆盖权重"],
      ["en", "en", "immature", "weight covered"],
    ] as const) {
      const { code, out } = await run("score", "customer_relations", "--lang", lang);
      expect(code).toBe(0);
      for (const { label } of card?.groups ?? []) expect(out).toContain(label[language]);
      expect(out).toContain(immature);
      expect(out).toContain(covered);
    }
  });

  it("ranks teams, and tells their items when traced", async () => {
    const plain = (await run("score", "customer_relations", "--for", "team", "--lang", "en")).out;
    expect(plain).toMatch(/^ +rank +team +total/m);
    expect(plain).not.toContain("$ herringbone");
    const traced = (await run("score", "customer_relations", "--for", "team", "--lang", "en", "--trace")).out;
    expect(traced).toMatch(
      /retention_rate = 0\.\d+ \(\d+ ÷ \d+\), n = \d+\n +\$ herringbone kpi retention_rate/,
    );
  });

  it("says why an item has no value, as the KPI itself does", async () => {
    const { items = [] } = (await scored("customer_relations", "--period", "2027-Q1"))[0] ?? {};
    const told = (await run("kpi", "csat", "--grain", "quarter", "--from", "2027-01", "--to", "2027-03")).out;
    for (const [lang, said] of [
      ["en", /no data: (after the data, which end on .*)$/m],
      ["zh-CN", /无数据：(晚于数据截止日 .*)$/m],
    ] as const) {
      const { out } = await run("score", "customer_relations", "--period", "2027-Q1", "--lang", lang);
      const reason = said.exec(out)?.[1];
      expect(reason).toBeDefined();
      expect(
        (
          await run(
            "kpi",
            "csat",
            "--grain",
            "quarter",
            "--from",
            "2027-01",
            "--to",
            "2027-03",
            "--lang",
            lang,
          )
        ).out,
      ).toContain(reason);
    }
    expect(told).toContain(String(items[0]?.reason_text));
    expect(items[0]).toMatchObject({ value: null, reason: "after_record" });
  });

  it("is CSV with a row an item", async () => {
    const { out } = await run("score", "balanced", "--format", "csv");
    const [head, ...lines] = out.trimEnd().split("\r\n");
    expect(head).toBe(
      "scorecard,period_start,period_end,kind,subject,total,covered_weight,provisional,grade,rank,group,kpi_id,value,weight,score,unscored,n,numerator,denominator,target,reason,reason_text",
    );
    expect(lines).toHaveLength((await scored("balanced"))[0]?.items.length ?? 0);
  });
});

describe.skipIf(isLong)("score refuses", () => {
  it.each([
    [
      ["customer_relation"],
      /unknown scorecard \(there are .*\): customer_relation \(did you mean customer_relations\?\)/,
    ],
    [["balanced", "--for", "team"], /balanced is not for this \(it is for company\): team/],
    [["--period", "2026-Q5"], /a period is written 2026-05, 2026-Q2, 2026-H1 or 2026: 2026-Q5/],
    [["--weights", "2026-02-30"], /--weights takes a day, YYYY-MM-DD: 2026-02-30/],
    [["balanced", "--weights", "2023-12-31"], /the weights of balanced begin only on 2024-01-01: 2023-12-31/],
    [["balanced", "--period", "2023"], /the weights of balanced begin only on 2024-01-01: 2023-12-31/],
    [["--for", "region"], /region/],
  ])("%s", async (args, message) => {
    const english = await run("score", ...args, "--lang", "en");
    expect(english).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});
