import width from "string-width";
import { beforeAll, describe, expect, it } from "vitest";
import { measureAll } from "../../src/answers/benefit/assess.js";
import type { Assessment, Initiative } from "../../src/answers/benefit/initiative.js";
import { readInitiatives } from "../../src/answers/benefit/readInitiatives.js";
import { readKept } from "../../src/catalogue/catalogueFiles.js";
import { main } from "../../src/cli/main.js";
import { addDays } from "../../src/kpi/periods.js";
import { withWarehouse } from "../../src/warehouse/open.js";
import { sampleSite } from "../sampleSite.js";

/** What is planted in the sample (`src/sample/truths.ts`), as the assessment finds it. */
let found: Map<string, Assessment>;
beforeAll(async () => {
  const { warehouse } = await sampleSite();
  found = await withWarehouse(warehouse, async (db) => {
    const { catalogue } = await readKept(db);
    const own = await readInitiatives(db, catalogue.kpis);
    const [desk] = own as [Initiative];
    // Nobody did anything: the share of e-mail grew in every region, and made every region's mean slower.
    const shifted = ["华东", "华北", "西南"].flatMap((value) =>
      ["2025-01-01", "2025-04-01"].map(
        (start): Initiative => ({
          ...desk,
          initiative_id: `${value} ${start}`,
          scope: desk.scope && { ...desk.scope, value },
          started_on: start,
          baseline: { start: addDays(start, -180), end: start },
          follow_up: { start, end: addDays(start, 180) },
        }),
      ),
    );
    const all = await measureAll(db, [...own, ...shifted]);
    return new Map(all.map((each) => [each.initiative_id, each]));
  });
});

it("finds the dispatch desk that multiplied response times by 0.4, and its size within its interval", () => {
  const desk = found.get("I01");
  expect(desk).toMatchObject({ verdict: "improved", method: "least_squares_did" });
  const truth = -0.6 * (desk?.baseline.value ?? 0);
  expect(desk?.low).toBeLessThan(truth);
  expect(desk?.high).toBeGreaterThan(truth);
  expect(desk?.value_money).toBeGreaterThan(0);
});

it("finds no change by the calls that changed nothing, and waits for what runs", () => {
  expect(found.get("I02")).toMatchObject({ verdict: "no_demonstrable_change", value_money: null });
  expect(found.get("I03")).toMatchObject({ verdict: "still_running", p: null });
});

it("takes a shift of the mix that all regions have for no effect in one", () => {
  const shifted = [...found].filter(([id]) => !/^I\d/.test(id)).map(([, each]) => each);
  expect(shifted).toHaveLength(6);
  expect(shifted.map(({ verdict }) => verdict)).toEqual(shifted.map(() => "no_demonstrable_change"));
});

describe("what the command line prints of them", () => {
  /** On a screen of so many columns, or into a file. */
  async function printed(language: string, columns?: number): Promise<string> {
    const { warehouse } = await sampleSite();
    let out = "";
    const stdout = {
      write: (text: string) => {
        out += text;
      },
      ...(columns === undefined ? {} : { isTTY: true, columns }),
    };
    const given = ["assess", "--lang", language, "--warehouse", warehouse];
    const effects = {
      stdout,
      stderr: stdout,
      env: {},
      cwd: process.cwd(),
      now: () => new Date("2026-07-01"),
    };
    expect(await main(["node", "herringbone", ...given], effects)).toBe(0);
    return out;
  }

  const told = {
    en: [
      ...[
        "First-response time",
        "South China",
        "2025-05-05–10-31",
        "2025-11-01–2026-04-29",
        "78.1 min",
        "33.7 min",
      ],
      ...["−46.4 min", "−74.6 to −18.3 min", "0.003", "improved", "−20.0 min (open)", "302,742"],
      ...[
        "119,352 to 486,133",
        "405 %",
        "99 % to 710 %",
        "no demonstrable change",
        "still running",
        "+5.00 pp",
      ],
    ],
    "zh-CN": [
      ...["服务响应时间", "华南", "2025-05-05–10-31", "2025-11-01–2026-04-29", "78.1 分钟", "33.7 分钟"],
      ...["−46.4 分钟", "−74.6 至 −18.3 分钟", "0.003", "改善", "−20.0 分钟 (尚无定论)", "302,742"],
      ...["119,352 至 486,133", "405%", "99% 至 710%", "无可证实的变化", "进行中", "+5.00 个百分点"],
    ],
  };

  it.each(["en", "zh-CN"] as const)(
    "fits a wide screen and loses nothing on a narrow one: %s",
    async (language) => {
      const [file, wide, narrow] = [
        await printed(language),
        await printed(language, 160),
        await printed(language, 80),
      ];
      expect(wide).toBe(file);
      for (const [text, most] of [
        [wide, 160],
        [narrow, 80],
      ] as const) {
        for (const line of text.split("\n")) {
          if (/^I0\d[:：]/.test(line)) continue; // a sentence, which a terminal wraps
          expect(width(line), line).toBeLessThanOrEqual(most);
          expect(line).toBe(line.trimEnd());
        }
        for (const part of [
          language === "en" ? "I01 Regional dispatch centre" : "I01 区域派单中心",
          "I02",
          "I03",
          ...told[language],
        ])
          expect(text).toContain(part);
      }
      expect(narrow).not.toBe(wide);
    },
  );
});
