import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  heldInPack,
  packFile,
  packIds,
  packsFolder,
  parsePack,
  readPack,
  requireKnown,
} from "../../src/catalogue/packs.js";
import { CliError } from "../../src/run/error.js";
import { languages } from "../../src/words/languages.js";
import { told } from "../../src/words/told.js";

const sound = "title: { zh: 报告, en: Report }\nsections: [quality]\n";

/** What a pack's text is refused with. */
function refusal(text: string, language: (typeof languages)[number] = "en"): string {
  try {
    parsePack(text, "packs/own.yaml");
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.in(language);
  }
  throw new Error("it was taken");
}

it("every pack of this project is sound, and each has a title of its own in both languages", () => {
  const packs = packIds(packsFolder).map((id) => readPack(packsFolder, id));
  expect(packs.length).toBeGreaterThanOrEqual(7);
  for (const language of languages)
    expect(new Set(packs.map(({ title }) => title[language])).size).toBe(packs.length);
});

it("a pack takes its id from its file, and what it does not say from the defaults", () => {
  expect(parsePack(sound, "a/b/own.yaml")).toEqual({
    id: "own",
    title: { en: "Report", "zh-CN": "报告" },
    sections: ["quality"],
    cover: true,
    contents: true,
    fishbones: null,
    problems: null,
    scorecards: null,
    kpis: null,
    paper: "A4",
    max_pages: null,
    each: null,
    scope: null,
    language: null,
    period: null,
  });
});

it("a year may be written as YAML has it, a number", () => {
  expect(parsePack(`${sound}period: 2026\n`, "own.yaml").period).toBe("2026");
  expect(refusal(`${sound}period: 20265\n`)).toBe(
    'packs/own.yaml: line 3: period: not a period like 2026-05, 2026-Q2, 2026-H1 or 2026: "20265"',
  );
});

describe("a pack with a fault names file, place and what is allowed", () => {
  it.each([
    ["an unknown section", sound.replace("quality", "qualty"), /own\.yaml.*sections.*qualty/s],
    ["a section twice", sound.replace("[quality]", "[quality, quality]"), /own\.yaml.*sections.*twice/s],
    ["no section", sound.replace("[quality]", "[]"), /own\.yaml.*sections/s],
    ["a title in one language", sound.replace("zh: 报告, ", ""), /own\.yaml.*title.*zh/s],
    ["an unknown key", `${sound}papr: A4\n`, /own\.yaml.*papr/s],
    ["an unknown paper", `${sound}paper: A3\n`, /own\.yaml.*paper.*A4.*Letter/s],
    ["a scope without a value", `${sound}scope: region\n`, /own\.yaml.*scope.*region=East/s],
    ["a period that is none", `${sound}period: 2026-13\n`, /own\.yaml.*period.*2026-Q2/s],
    ["a scope and one for each", `${sound}scope: a=b\neach: region\n`, /own\.yaml.*scope/s],
    ["no YAML", "title: [", /own\.yaml/],
  ])("%s", (_, text, told) => {
    expect(refusal(text)).toMatch(told);
    expect(refusal(text, "zh-CN")).toMatch(/own\.yaml.*[\u4e00-\u9fff]/s);
  });

  it("a KPI, fishbone, problem or scorecard that the catalogue has not", () => {
    const known = { kpis: ["csat"], fishbones: ["sales"], problems: ["slow"], scorecards: ["sales"] };
    for (const [list, id] of Object.entries({
      kpis: "csta",
      fishbones: "sale",
      problems: "x",
      scorecards: "sals",
    })) {
      const text = `${sound}${list}: [${id}]\n`;
      const pack = parsePack(text, "own.yaml");
      expect(() => requireKnown(pack, known, { file: "own.yaml", text })).toThrow(
        new RegExp(`own\\.yaml: line 3: ${list}.*${id === "x" ? "slow.*x" : id}`, "s"),
      );
    }
  });

  it("no problem where the catalogue has none at all, as a company has that names none", () => {
    const text = `${sound}problems: [slow_complaints]\n`;
    const known = { kpis: [], fishbones: [], problems: [], scorecards: [] };
    expect(() => requireKnown(parsePack(text, "own.yaml"), known, { file: "own.yaml", text })).not.toThrow();
  });

  it("all of them, each with its line", () => {
    const text = `${sound}kpis:\n  - csat\n  - csta\n  - churn\nproblems: [x]\n`;
    const known = { kpis: ["csat"], fishbones: [], problems: ["slow", "late"], scorecards: [] };
    const pack = parsePack(text, "own.yaml");
    expect(() => requireKnown(pack, known, { file: "own.yaml", text })).toThrow(
      [
        "own.yaml:",
        "line 5: kpis: expected what the catalogue has (did you mean csat?): csta",
        "line 6: kpis: expected what the catalogue has (csat): churn",
        "line 7: problems: expected what the catalogue has (slow, late): x",
      ].join("\n  "),
    );
    const wrong =
      "title:\n  zh: 报告\nsections: [quality, definitions, quality]\npaper: A3\nmax_pages: [many]\npapr: A4\n";
    expect(refusal(wrong).split("\n  ")).toEqual([
      "packs/own.yaml:",
      "line 1: title.en: is missing",
      'line 3: sections.2: a section stands twice: "quality"',
      expect.stringMatching(/^line 4: paper: .*A4.*"A3"$/),
      "line 5: max_pages: expected a number: a list",
      expect.stringMatching(/^line 6: .*papr.*paper/),
    ]);
    expect(refusal(`${sound}scope: a=b\neach: region\n`)).toMatch(/line 3: scope: .*"a=b"$/);
  });

  it("what the site has not, by file and line", () => {
    const from = { file: "own.yaml", text: `${sound}scope: region=Nowhere\n` };
    const work = () => {
      throw new CliError(
        told("export.noValue", { dimension: "region", value: "Nowhere", near: "", known: ["East"] }),
        2,
      );
    };
    expect(() => heldInPack(from, "scope", work)).toThrow(
      "own.yaml: line 3: scope: no such region (there is East): Nowhere",
    );
  });

  it("a pack that there is not", () => {
    expect(() => readPack(packsFolder, "leadershp")).toThrow(/leadershp.*leadership/s);
  });
});

it("what the packs of this project name is in its catalogue", () => {
  const text = (name: string) => readFileSync(join(import.meta.dirname, "../../data/catalog", name), "utf8");
  const ids = (name: string) => [...text(name).matchAll(/- id: (\w+)/g)].map(([, id]) => String(id));
  const known = {
    kpis: ids("kpis.yaml"),
    fishbones: ids("fishbones.yaml"),
    problems: ids("fishbones.yaml"),
    scorecards: ids("scorecards.yaml"),
  };
  for (const id of packIds(packsFolder))
    requireKnown(readPack(packsFolder, id), known, packFile(packsFolder, id));
});
