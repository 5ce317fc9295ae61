import { describe, expect, it } from "vitest";
import { parseFishbones } from "../../src/catalogue/fishbones.js";
import { parseKpis } from "../../src/catalogue/kpis.js";
import { CliError } from "../../src/run/error.js";

const kpi = (more = "", unit = "unit: score") => `kpis:
  - id: csat
    label: { zh: 满意度, en: CSAT }
    definition: { zh: 定义, en: definition }
    formula: { zh: 公式, en: formula }
    ${unit}
    direction: up
    kind: mean
    cases: months
    needs: [survey_answers]
    dimensions: [segment]
${more}`;
const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: [*c, *c, *c, *c, *c, *c, *c, *c, *c]
`;

function fault(text: string): { en: string; zh: string } {
  try {
    parseKpis(text, "kpis.yaml");
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2)
      return { en: error.in("en"), zh: error.in("zh-CN") };
    throw error;
  }
  throw new Error("not refused");
}

describe("a faulty catalogue file is refused in both languages", () => {
  it.each([
    ["", "kpis.yaml: the file is empty", "kpis.yaml：文件是空的"],
    ["# nothing\n", "kpis.yaml: the file is empty", "kpis.yaml：文件是空的"],
    ["kpis: [\n", "kpis.yaml: line 2: the indentation does not fit", "kpis.yaml：第 2 行："],
    ["kpis: 1\nkpis: 2\n", "kpis.yaml: line 2: the key stands twice", "kpis.yaml：第 2 行：同一层"],
    ["a: !wild x\n", "kpis.yaml: line 1: an unknown tag", "kpis.yaml：第 1 行：未知的标签"],
    ["a: *b\n", "kpis.yaml: line 1: an alias (*name) of nothing", "kpis.yaml：第 1 行：别名"],
    [
      "a: 1\nb: &b {c: x, d: *b}\n",
      "kpis.yaml: line 2: an alias (*name) of what it stands in",
      "第 2 行：别名",
    ],
    ["a: &a\n  - b: &b\n    - [*b, *a]\n", "kpis.yaml: line 3: an alias (*name) of what it", "第 3 行：别名"],
    ["a: &a\n  <<: *a\n", "kpis.yaml: line 2: an alias (*name) of what it", "第 2 行：别名"],
    ["%YAML 1.1\n---\na: &a {<<: [*a]}\n", "kpis.yaml: line 3: an alias (*name) of what it", "第 3 行：别名"],
    ["? &a [*a]\n: 1\n", "kpis.yaml: line 1: ", "第 1 行："],
    ["a: &a {b: 1}\n? *a\n: 1\n", "kpis.yaml: line 2: a key that is no text", "第 2 行：键不是文字"],
    ["%YAML 1.1\n---\na: {<<: 3}\n", "kpis.yaml: line 3: something that does", "第 3 行：这里有多余的内容"],
    ["a:\n  !!merge <<: [b]\n", "kpis.yaml: line 2: something that does", "第 2 行：这里有多余的内容"],
    [bomb, "kpis.yaml: too many aliases (*name), at most 100", "kpis.yaml：别名（*名称）过多"],
    ["kpis: []\n", "kpis.yaml: kpis: expected at least one entry: a list", "kpis.yaml：kpis：至少要有一项"],
    [
      kpi("    hroizon_days: 3\n"),
      "kpis.csat: unknown key (allowed: id, label,",
      "未知的键 hroizon_days（是不是 horizon_days？）",
    ],
    [kpi("    horizon_days: two\n"), 'horizon_days: expected a number: "two"', '应为数字，实际为 "two"'],
    [kpi("    horizon_days: -2\n"), "horizon_days: expected above 0: -2", "应大于 0，实际为 -2"],
    [kpi("    horizon_days: {}\n"), "horizon_days: expected a number: a map", "应为数字，实际为 键和值"],
    [
      kpi("    score: { rule: best }\n"),
      "score.rule: expected one of direct, linear",
      "score.rule：应为 direct、linear",
    ],
    [kpi("    range: [100, 0]\n"), "range: expected the lower end first", "应先写下限"],
    [
      kpi("", "unit: scores"),
      'percent, score, minutes, hours, count, money, nps (did you mean score?): "scores"',
      "（是不是 score？）",
    ],
    [kpi("", ""), "kpis.csat.unit: is missing", "kpis.csat.unit：缺少这一项"],
    [
      kpi().replace("en: CSAT", 'en: " "'),
      "label.en: expected a text in words",
      "label.en：应为有内容的文字",
    ],
    [kpi().replace(", en: CSAT", ""), "kpis.csat.label.en: is missing", "kpis.csat.label.en：缺少这一项"],
    [kpi().replace("[segment]", "[segmnet]"), "(did you mean segment?)", "（是不是 segment？）"],
  ])("%j", (text, en, zh) => {
    const said = fault(text);
    expect(said.en).toContain(en);
    expect(said.zh).toContain(zh);
    expect(said.zh).not.toMatch(/[一-鿿][,:;()]|expected|Invalid/);
    expect(said.en).not.toMatch(/[一-鿿]|\[object|Invalid|received/);
  });

  it("a fishbone's branch has one of the hues there are", () => {
    const text = `fishbones:
  - id: f
    label: { zh: 鱼, en: F }
    branches: [{ id: b, label: { zh: 支, en: B }, colour: 9, kpis: [csat] }]
`;
    expect(() => parseFishbones(text, "fishbones.yaml", parseKpis(kpi(), "kpis.yaml"))).toThrow(
      "fishbones.yaml: fishbones.f.branches.b.colour: expected at most 4: 9",
    );
  });
});
