import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PackFigures, PackItem } from "../../../src/published/packFigures.js";
import { workbook as words } from "../../../src/words/languages.js";
import { folderOfTest } from "../../temporaryFolder.js";
import { bothLanguages, initiativeOf, kpiValueOf, packOf, putWorkbook, scoreOf } from "./packOf.js";
import { entryOf, type ReadSheet, readWorkbook } from "./readWorkbook.js";

let file: string;
beforeEach(() => {
  file = join(folderOfTest("workbook"), "pack.xlsx");
});
afterEach(() => void vi.useRealTimers());

async function written(figures: PackFigures): Promise<Record<string, ReadSheet>> {
  await putWorkbook(figures, file);
  const sheets = await readWorkbook(readFileSync(file));
  return Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet]));
}

const serial = (day: string) => (Date.parse(day) - Date.parse("1899-12-30")) / 86_400_000;

describe("figures", () => {
  test("are numbers with a format of their unit; percentages are fractions", async () => {
    const values = [
      kpiValueOf(),
      kpiValueOf({ unit: "minutes", value: 34.24, target: 30 }),
      kpiValueOf({ unit: "money", value: 6_265_936.11 }),
      kpiValueOf({ unit: "count", value: 1234, n: 12_345 }),
      kpiValueOf({ unit: "percent", value: 0.0004 }),
    ];
    const { KPIs } = await written(packOf({ values }));
    const shown = KPIs?.rows.map(({ Value }) => [Value?.value, Value?.format]);
    expect(shown).toEqual([
      [0.0213, "0.0%"],
      [34.24, "#,##0.0"],
      [6_265_936.11, "#,##0.00"],
      [1234, "#,##0"],
      [0.0004, "0.00%"],
    ]);
    const [row] = KPIs?.rows ?? [];
    expect([row?.Low?.value, row?.High?.value, row?.n?.value]).toEqual([0.0133, 0.0339, 798]);
    expect([row?.Floor?.value, row?.Target?.value, row?.Stretch?.value]).toEqual([0.03, 0.02, 0.01]);
    expect([row?.Numerator?.value, row?.Denominator?.value]).toEqual([17, 798]);
    expect([row?.Status?.value, row?.Unit?.value]).toEqual(["near target", "%"]);
  });

  test("that do not exist are empty cells, 0 is 0, and the reason stands beside", async () => {
    const nothing = { value: null, low: null, high: null, numerator: null, denominator: null, n: 0 };
    const { KPIs } = await written(
      packOf({
        values: [
          kpiValueOf({ ...nothing, target: null, status: null, reason_text: "no cases in the period" }),
          kpiValueOf({ value: 0, partial: true, mature: false }),
        ],
      }),
    );
    const [none, zero] = KPIs?.rows ?? [];
    expect(none).not.toHaveProperty("Value");
    expect(none).not.toHaveProperty("Low");
    expect(none).not.toHaveProperty("Target");
    expect(none).not.toHaveProperty("Status");
    expect([none?.n?.value, none?.Notes?.value]).toEqual([0, "no cases in the period"]);
    expect([zero?.Value?.value, zero?.Notes?.value]).toEqual([0, "partial; immature"]);
  });

  test("of a split stand beside the values it is by", async () => {
    const { KPIs } = await written(
      packOf({ values: [kpiValueOf(), kpiValueOf({ by: { region: "East" } })] }),
    );
    expect(KPIs?.rows.map(({ Region }) => Region?.value)).toEqual([undefined, "East China"]);
  });
});

test.each([
  ["en", "[$-409]mmm yyyy", '"Q1" yyyy', '"H2" yyyy', "yyyy", "[$-409]d mmm yyyy"],
  ["zh-CN", 'yyyy"年"m"月"', 'yyyy"年一季度"', 'yyyy"年下半年"', 'yyyy"年"', 'yyyy"年"m"月"d"日"'],
] as const)("periods are days that are shown as %s calls them", async (language, ...formats) => {
  const values = [
    kpiValueOf(),
    kpiValueOf({ grain: "quarter", period_start: "2026-01-01" }),
    kpiValueOf({ grain: "half", period_start: "2025-07-01" }),
    kpiValueOf({ grain: "year", period_start: "2025-01-01" }),
  ];
  const { sheets, columns, asOf } = words(language);
  const read = await written(packOf({ language, values }));
  const periods = read[sheets.values]?.rows.map((row) => row[columns.period]);
  expect(periods?.map((cell) => cell?.format)).toEqual(formats.slice(0, 4));
  expect(periods?.map((cell) => cell?.value)).toEqual(
    ["2026-03-01", "2026-01-01", "2025-07-01", "2025-01-01"].map(serial),
  );
  const overview = [...(read[sheets.overview]?.cells ?? [])];
  const [place = ""] = overview.find(([, { value }]) => value === asOf) ?? [];
  const day = read[sheets.overview]?.cells.get(place.replace("A", "B"));
  expect([day?.value, day?.format]).toEqual([serial("2026-03-31"), formats[4]]);
});

describe("totals", () => {
  const totalOf = async (score: ReturnType<typeof scoreOf>) => {
    const { Scorecards } = await written(packOf({ scores: [score] }));
    return Scorecards?.rows.at(-1);
  };

  test("are formulas over the items with the printed total kept: the weight of what has no score goes to the others", async () => {
    const row = await totalOf(scoreOf());
    expect(row?.Score?.value).toBe(72.5); // (0.5 × 80 + 0.3 × 60) ÷ 0.8
    expect(row?.Score?.formula).toContain("SUMPRODUCT(J2:J4,K2:K4)/SUMPRODUCT(J2:J4,--ISNUMBER(K2:K4))");
    expect([row?.["Weight covered"]?.value, row?.Grade?.value]).toEqual([0.8, "good"]);
    expect(row?.Weight?.formula).toBe("SUM(J2:J4)");
  });

  test("or it counts as 0", async () => {
    const row = await totalOf(scoreOf({ missing: "zero", total: 58 })); // 0.5 × 80 + 0.3 × 60
    expect(row?.Score?.value).toBe(58);
    expect(row?.Score?.formula).toContain("SUMPRODUCT(J2:J4,K2:K4)/SUM(J2:J4)");
  });

  test("of less than half of the weight there are none", async () => {
    const [first, ...others] = scoreOf().items;
    const items = [{ ...first, score: null } as (typeof others)[number], ...others];
    const row = await totalOf(scoreOf({ items, total: null, grade: null, covered_weight: 0.3 }));
    expect(row?.Score).toMatchObject({ value: null, formula: null });
    expect(row?.Notes?.value).toBe("less than half of the weight has a score");
  });

  test("that the items shown do not give are numbers, not formulas", async () => {
    const row = await totalOf(scoreOf({ total: 70 }));
    expect(row?.Score).toMatchObject({ value: 70, formula: null });
  });

  test("of the company stand on the first sheet, as the cells they come from", async () => {
    const team = scoreOf({ kind: "team", subject: "North" });
    const { Overview, Scorecards } = await written(packOf({ scores: [team, scoreOf({ total: 72.5 })] }));
    const formulas = [...(Overview?.cells.values() ?? [])].filter(({ formula }) => formula !== null);
    expect(formulas).toEqual([expect.objectContaining({ formula: "'Scorecards'!K9", value: 72.5 })]);
    expect(Scorecards?.cells.get("K9")?.value).toBe(72.5);
  });
});

test("what is not shown says so, in the words of the pages, and is not called a figure that does not exist", async () => {
  const [hidden, ...others] = scoreOf().items;
  const items = [{ ...(hidden as PackItem), value: null, score: null, hidden: true as const }, ...others];
  const few = { value: null, n: 0, hidden: true as const, reason_text: "of fewer than 5 customers" };
  const { Overview, Scorecards, KPIs } = await written(
    packOf({ values: [kpiValueOf(few)], scores: [scoreOf({ items })] }),
  );
  expect(Scorecards?.rows[0]?.Value?.value).toBe("not shown");
  expect(KPIs?.rows[0]).not.toHaveProperty("Value");
  expect(KPIs?.rows[0]?.Notes?.value).toMatch(/^not shown.*of fewer than 5 customers$/);
  expect([...(Overview?.cells.values() ?? [])].map(({ value }) => String(value)).join("\n")).toContain(
    "“not shown”",
  );
});

describe("initiatives", () => {
  test("have verdict, change, interval, money and returns, these as formulas", async () => {
    // Its KPI is named and counted so too where the pack treats it no further.
    const { Initiatives } = await written(packOf({ values: [], trends: [], definitions: [] }));
    const [row] = Initiatives?.rows ?? [];
    const value = (head: string) => row?.[head]?.value;
    expect(row?.Baseline?.format).toMatch(/%$/);
    expect(["Initiative", "KPI", "Unit", "Scope", "Verdict"].map(value)).toEqual([
      "Onboarding calls",
      "Churn rate",
      "%",
      "Region: East China",
      "improved",
    ]);
    expect(["Change", "Low", "High", "p", "q"].map(value)).toEqual([
      -0.0127, -0.0231, -0.0023, 0.0164, 0.0328,
    ]);
    expect(["Worth", "Worth, low", "Worth, high"].map(value)).toEqual([50_000, 9_000, 91_000]);
    expect(["Return", "Return, low", "Return, high"].map(value)).toEqual([1.5, -0.55, 3.55]);
    expect(row?.Return?.formula).toBe("(R2-Q2)/Q2");
    expect(Initiatives?.cells.get("R1")?.value).toBe("Worth");
    expect(Initiatives?.cells.get("Q1")?.value).toBe("Cost");
  });

  test("that no test decided have no change, and of those not shown the reason stands there", async () => {
    const none = { value: null, numerator: null, denominator: null, n: null };
    const { baseline, follow_up } = initiativeOf();
    const nothing = { delta: null, low: null, high: null, relative: null, p: null, q: null };
    const { Initiatives } = await written(
      packOf({
        initiatives: [
          initiativeOf({ verdict: "too_little_data", expected_reached: null }),
          initiativeOf({
            ...nothing,
            hidden: "few",
            baseline: { ...baseline, ...none },
            follow_up: { ...follow_up, ...none },
          }),
          initiativeOf({ verdict: "still_running", started_on: "2026-06-01" }),
        ],
      }),
    );
    const [undecided, hidden, planned] = Initiatives?.rows ?? [];
    for (const head of ["Change", "Low", "High", "Change, relative", "p", "q"])
      for (const row of [undecided, hidden, planned]) expect(row).not.toHaveProperty(head);
    expect([undecided?.Verdict?.value, undecided?.Baseline?.value]).toEqual(["too little data", 0.0351]);
    expect(hidden?.Notes?.value).toBe("not shown: of too few");
    expect(planned?.Verdict?.value).toBe("planned");
  });
});

describe("texts", () => {
  const dangerous = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    "\n=1",
  ];

  test.each(bothLanguages)(
    "that a spreadsheet would run are quoted strings, everywhere (%s)",
    async (language) => {
      const sheets = Object.values(
        await written(
          packOf({
            language,
            title: dangerous[0] as string,
            command: dangerous[1] as string,
            scope: { region: "=1" },
            values: dangerous.map((text) =>
              kpiValueOf({ label: text, section: text, by: { region: text }, reason_text: text }),
            ),
            scores: dangerous.map((text) =>
              scoreOf({ label: text, subject: text, kind: "team", grade: text }),
            ),
            initiatives: dangerous.map((text) => initiativeOf({ name: text, kpi_id: text, scope: {} })),
            definitions: dangerous.map((text) => ({
              kpi_id: text,
              label: text,
              definition: text,
              formula: text,
              unit: "count",
            })),
          }),
        ),
      );
      const cells = sheets.flatMap(({ cells }) => [...cells.values()]);
      const texts = cells.filter(({ value, formula }) => typeof value === "string" && formula === null);
      for (const text of dangerous) expect(texts.map(({ value }) => value)).toContain(text);
      expect(
        texts.filter(({ value, isQuoted }) => isQuoted !== /^[=+\-@\t\r\n＝＋－＠]/.test(String(value))),
      ).toEqual([]);
      const own = /^(IF\(ROUND\(SUMPRODUCT|ROUND\(SUMPRODUCT|SUM\(|\([A-Z]+\d+-|'[^']+'![A-Z]+\d+$)/;
      expect(cells.filter(({ formula }) => formula !== null && !own.test(formula))).toEqual([]);
    },
  );

  test("of any length and sign come back as they were, up to what a cell holds", async () => {
    const name = "超长的名称🙂".repeat(34).slice(0, 200);
    const odd = "a\u0000b\u001bc_x0041_ <&>\"' \u202e";
    const endless = "x".repeat(40_000);
    const values = [name, odd, endless].map((label) => kpiValueOf({ label }));
    const { KPIs } = await written(packOf({ values, title: "&A".repeat(300) }));
    const labels = KPIs?.rows.map(({ KPI }) => String(KPI?.value));
    expect(labels?.slice(0, 2)).toEqual([name, odd]);
    expect(labels?.[2]).toBe(`${"x".repeat(32_766)}…`);
  });
});

describe("sheets", () => {
  test.each(bothLanguages)("have heads in sight, filters, and print wide (%s)", async (language) => {
    const { sheets: names } = words(language);
    const values = Array.from({ length: 20 }, () => kpiValueOf());
    const read = await written(packOf({ language, values }));
    expect(Object.keys(read)).toEqual([
      names.overview,
      names.values,
      names.scores,
      names.initiatives,
      names.definitions,
    ]);
    const find = (sheet: ReadSheet | undefined, name: string) => sheet?.xml.getElementsByTagName(name)[0];
    for (const sheet of Object.values(read)) {
      expect(find(sheet, "pane")?.getAttribute("state")).toBe("frozen");
      expect(find(sheet, "pane")?.getAttribute("ySplit")).toBe("1");
      expect(find(sheet, "pageSetup")?.getAttribute("orientation")).toBe("landscape");
      expect(find(sheet, "pageSetup")?.getAttribute("fitToHeight")).toBe("0");
    }
    expect(find(read[names.values], "autoFilter")?.getAttribute("ref")).toMatch(/^A1:[A-Z]+21$/);
    const book = await entryOf(readFileSync(file), "xl/workbook.xml");
    expect(book.match(/_xlnm\.Print_Titles/g)).toHaveLength(5);
  });

  test("are wide enough for Chinese", async () => {
    const label = "客户满意度调查平均得分";
    const { 指标: sheet } = await written(packOf({ language: "zh-CN", values: [kpiValueOf({ label })] }));
    const widths = [...(sheet?.xml.getElementsByTagName("col") ?? [])].map((col) =>
      Number(col.getAttribute("width")),
    );
    expect(widths[0]).toBeGreaterThanOrEqual(2 * label.length);
  });

  test.each(bothLanguages)("are called what a spreadsheet allows (%s)", (language) => {
    const names = Object.values(words(language).sheets);
    expect(names.filter((name) => name.length > 31 || /[[\]:*?/\\]|^'|'$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  test("are left out where there is nothing to show", async () => {
    const nothing = { values: [], scores: [], initiatives: [], definitions: [] };
    expect(Object.keys(await written(packOf(nothing)))).toEqual(["Overview"]);
  });

  test("of charts draw each KPI over three periods and more that are over, out of the cells of its trend", async () => {
    const months = ["2026-01-01", "2026-02-01", "2026-03-01"];
    const over = (more: Parameters<typeof kpiValueOf>[0]) =>
      months.map((period_start) => kpiValueOf({ period_start, ...more }));
    const few = { value: null, low: null, high: null, numerator: null, denominator: null, n: 0 } as const;
    const { Charts, KPIs, Trends } = await written(
      packOf({
        trends: [
          ...over({ kpi_id: "a", label: "=1+1" }),
          kpiValueOf({ kpi_id: "a", label: "=1+1", period_start: "2026-04-01", partial: true }),
          ...over({ kpi_id: "b" }).slice(1),
          kpiValueOf({ kpi_id: "b", period_start: "2026-04-01", mature: false }),
          ...over({ kpi_id: "c", target: null, by: { region: "East" } }),
          kpiValueOf({ kpi_id: "d", ...few, hidden: true, reason_text: "of fewer than 5 customers" }),
        ],
      }),
    );
    expect(Charts).toBeDefined();
    expect(KPIs?.rows).toHaveLength(1);
    const shown = Trends?.rows.map(({ Period, Value, n, Notes }) =>
      [Period, Value, n, Notes].map((cell) => cell?.value ?? null),
    );
    expect(shown?.[3]).toEqual([serial("2026-04-01"), 0.0213, 798, "partial"]);
    // Nor is it told how many cases there are of few.
    expect(shown?.at(-1)).toEqual([serial("2026-03-01"), null, null, "not shown; of fewer than 5 customers"]);
    const heads = ["KPI", "Period", "Value", "Target"].map((head) =>
      [...(Trends?.cells ?? [])]
        .find(([at, { value }]) => at.endsWith("1") && value === head)?.[0]
        .slice(0, -1),
    );
    const [kpi, period, value, target] = heads;
    const charts = Object.keys((await JSZip.loadAsync(readFileSync(file))).files).filter((path) =>
      /charts\/chart\d+\.xml$/.test(path),
    );
    const drawn = await Promise.all(charts.map((path) => entryOf(readFileSync(file), path)));
    const from = drawn.map((xml) => [
      ...xml.matchAll(/<c:f>'?Trends'?!\$([A-Z]+)\$(\d+(?::\$[A-Z]+\$\d+)?)/g),
    ]);
    expect(from.map((each) => each.map(([, column, rows]) => `${column}${rows}`))).toEqual([
      [
        `${kpi}2`,
        `${value}1`,
        `${period}2:$${period}$4`,
        `${value}2:$${value}$4`,
        `${target}1`,
        `${period}2:$${period}$4`,
        `${target}2:$${target}$4`,
        expect.stringMatching(/^[A-Z]2$/),
      ],
      [
        `${kpi}9`,
        `${value}1`,
        `${period}9:$${period}$11`,
        `${value}9:$${value}$11`,
        expect.stringMatching(/^[A-Z]9$/),
      ],
    ]);
  });

  test("of pictures have each with its title, also for who cannot see it", async () => {
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await putWorkbook(packOf(), file, [{ title: "Churn by month", png }]);
    const content = readFileSync(file);
    const sheets = await readWorkbook(content);
    expect(sheets.at(-1)?.cells.get("A2")?.value).toBe("Churn by month");
    expect(await entryOf(content, "xl/drawings/drawing1.xml")).toContain('descr="Churn by month"');
    const image = (await JSZip.loadAsync(content)).file("xl/media/image1.png");
    expect(Buffer.from((await image?.async("uint8array")) ?? [])).toEqual(png);
  });
});

describe("the file", () => {
  test("is the same for the same figures, whenever and wherever it is written", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-04-01T08:00:00Z") });
    const values = ["2026-01-01", "2026-02-01", "2026-03-01"].map((period_start) =>
      kpiValueOf({ period_start }),
    );
    await putWorkbook(packOf({ values }), file);
    const first = readFileSync(file);
    vi.setSystemTime(Date.parse("2027-12-31T23:59:59Z"));
    vi.stubEnv("TZ", "Asia/Shanghai");
    await putWorkbook(packOf({ values }), file);
    vi.unstubAllEnvs();
    expect(readFileSync(file).equals(first)).toBe(true);
    const properties = await entryOf(first, "docProps/core.xml");
    expect(properties).toContain("<dc:title>Leadership pack</dc:title>");
    expect(properties).toContain("<dc:creator>Herringbone</dc:creator>");
    expect(properties.match(/2026-03-31T00:00:00Z/g)).toHaveLength(2);
    const dates = Object.values((await JSZip.loadAsync(first)).files).map(({ date }) =>
      date.getUTCFullYear(),
    );
    expect([...new Set(dates)]).toEqual([1980]);
  });

  test("takes the place of an earlier one, but of nobody else's and of none that somebody changed", async () => {
    await putWorkbook(packOf(), file);
    await putWorkbook(packOf({ title: "Another" }), file);
    const own = readFileSync(file);
    const changed = await JSZip.loadAsync(own);
    const properties = await entryOf(own, "docProps/core.xml");
    const saved = (by: RegExp, other: string) => {
      changed.file("docProps/core.xml", properties.replace(by, other));
      return changed.generateAsync({ type: "uint8array" });
    };
    const refusals: [Uint8Array, RegExp][] = [
      [await saved(/(<cp:lastModifiedBy>)[^<]*/, "$1Head of service"), /changed by somebody/],
      [await saved(/<cp:lastModifiedBy>.*<\/cp:lastModifiedBy>/, ""), /changed by somebody/],
      [await saved(/(<dcterms:modified[^>]*>)[^<]*/, "$12026-04-02T09:30:00Z"), /changed by somebody/],
      [await saved(/(<dc:creator>)[^<]*/, "$1Somebody"), /no earlier workbook/],
      [Buffer.from("PK but no archive"), /no earlier workbook/],
    ];
    for (const [content, message] of refusals) {
      writeFileSync(file, content);
      await expect(putWorkbook(packOf(), file)).rejects.toThrow(message);
      expect(readFileSync(file).equals(content)).toBe(true);
    }
    expect(readdirSync(join(file, ".."))).toEqual(["pack.xlsx"]);
  });

  test("is not begun where its making fails", async () => {
    const broken = [{ title: "no picture", png: new Uint8Array(30) }];
    await expect(putWorkbook(packOf(), file, broken)).rejects.toThrow();
    expect(readdirSync(join(file, ".."))).toEqual([]);
  });
});

test("ten thousand rows take a bounded memory", () => {
  const folder = new URL(".", import.meta.url).href;
  const script = `
    const { kpiValueOf, packOf, putWorkbook } = await import("${folder}packOf.ts");
    const values = Array.from({ length: 10_000 }, (_, at) => kpiValueOf({ label: "KPI " + at, by: { region: "R" + (at % 50) } }));
    await putWorkbook(packOf({ values }), ${JSON.stringify(file)});`;
  // The limit is the process's own: a peak that the system counts for a child begins with its parent's.
  const args = ["--max-old-space-size=160", "--import", "tsx", "--input-type=module", "--eval", script];
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  expect(statSync(file).size).toBeGreaterThan(100_000);
}, 180_000);
