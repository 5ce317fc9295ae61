import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("managed");

const targetsHead = "kpi_id,grain,valid_from,valid_to,scope_dimension,scope_value,floor,target,stretch\n";
const weightsHead = "scorecard_id,kpi_id,effective_from,weight,changed_by,note\n";
const scorecards = `scorecards:
  - id: service
    label: { zh: 服务, en: Service }
    grain: quarter
    subjects: [company]
    groups: [{ id: all, label: { zh: 全部, en: All }, kpis: [csat, churn_rate] }]
`;
let count = 0;

async function build(files: Record<string, string>) {
  const dir = join(folder, String(count++));
  const [data, catalog] = [join(dir, "data"), join(dir, "catalog")];
  mkdirSync(data, { recursive: true });
  mkdirSync(catalog);
  writeFileSync(join(data, "customers.csv"), "customer_id,name,acquired_on\nC1,x,2026-01-01\n");
  copyFileSync("data/catalog/kpis.yaml", join(catalog, "kpis.yaml"));
  for (const [name, text] of Object.entries({
    "settings.yaml": "language: en\n",
    "scorecards.yaml": scorecards,
    ...files,
  }))
    writeFileSync(join(catalog, name), text);
  const run = commandLine({ cwd: dir, warehouse: join(dir, "w.duckdb") });
  const { code, err } = await run("build", "--data", data, "--catalog", catalog, "--quiet");
  return { code, err: err.trim() };
}

describe("a build refuses targets", () => {
  it.each([
    ["csta,month,2026-01-01,,,,,80,", "kpi_id: expected a kpi of kpis.yaml (did you mean csat?): csta"],
    [
      "churn_rate,month,2026-01-01,,,,,2.13,",
      "target: expected a fraction or a percentage like 2.13% (churn_rate is one of %): 2.13",
    ],
    [
      "churn_rate,month,2026-01-01,,,,2.5,1.5%,1%",
      "floor: expected a fraction or a percentage like 2.13% (churn_rate is one of %): 2.5",
    ],
    [
      "first_response_time,month,2026-01-01,,,,,20%,",
      "target: expected a number in the kpi's unit, without a per cent sign (first_response_time is one of minutes): 20%",
    ],
    ["churn_rate,month,2026-01-01,,,,1%,1.5%,", "target: expected a limit below the floor, 0.01: 1.5%"],
    ["csat,月,2026/1/1,,,, 85 ,80,", "target: expected a limit above the floor, 85: 80"],
    [
      "csat,month,2026-01-01,,color,red,,80,",
      /^scope_dimension: expected a dimension of csat \(it has .*\): color$/,
    ],
    [
      "csat,month,2026-01-01,2025-12-31,,,,80,",
      "valid_to: expected a day after valid_from, 2026-01-01: 2025-12-31",
    ],
    [
      "csat,month,2026-02-01,,,,,85,",
      "valid_from: expected no other row of its grain and scope at the same time (there is one from 2025-01-01 to open end): 2026-02-01 to open end",
    ],
  ])("%s", async (line, message) => {
    const { code, err } = await build({
      "targets.csv": `${targetsHead}csat,month,2025-01-01,,,,,80,\n\n${line}\n`,
    });
    const [, place, rest] = /^herringbone: (targets\.csv: line \d+): (.*)$/s.exec(err) ?? [];
    expect(code).toBe(2);
    expect(place).toBe("targets.csv: line 4");
    expect(rest).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });
});

describe("a build refuses weights", () => {
  const even = "service,csat,2026-01-01,60%,,\nservice,churn_rate,2026-01-01,0.4,,\n";

  it("of a scorecard that does not exist, or a kpi that it does not have", async () => {
    expect(await build({ "weights.csv": `${weightsHead}${even}servcie,csat,2026-01-01,1,,\n` })).toEqual({
      code: 2,
      err: "herringbone: weights.csv: line 4: scorecard_id: expected a scorecard of scorecards.yaml, which has service (did you mean service?): servcie",
    });
    expect(
      await build({ "weights.csv": `${weightsHead}${even}service,early_churn,2026-01-01,1,,\n` }),
    ).toEqual({
      code: 2,
      err: "herringbone: weights.csv: line 4: kpi_id: expected a kpi of the scorecard service: early_churn",
    });
  });

  it("that do not sum to 1 from a change on, naming scorecard, date and sum", async () => {
    const more = "service,csat,2026-04-01,70%,,\nservice,csat,2026-07-01,60%,,\n";
    expect(await build({ "weights.csv": weightsHead + even + more })).toEqual({
      code: 2,
      err: "herringbone: weights of service from 2026-04-01 on do not sum to 1 (expected 1): 1.1",
    });
  });
});

describe("a build puts no row of the catalogue aside", () => {
  const sound = Array.from(
    { length: 60 },
    (_, month) =>
      `csat,month,${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01,${2020 + Math.floor((month + 1) / 12)}-${String(((month + 1) % 12) + 1).padStart(2, "0")}-01,,,,80,`,
  ).join("\n");

  it.each([
    [
      "a day that there is not",
      "csat,month,2026-02-30,,,,,85,",
      "valid_from: not a calendar day",
      "valid_from：不是日历日期：2026-02-30",
    ],
    [
      "a text for a number",
      "csat,month,2026-01-01,,,,,high,",
      "target: not a decimal number",
      "target：不是 -1,234.56 或 5% 这样的十进制数：high",
    ],
    [
      "an unknown grain",
      "csat,week,2026-01-01,,,,,85,",
      "grain: not one of the allowed values (expected one of month (月)",
      "grain：不在允许的取值之内（允许：month（月）、",
    ],
    [
      "too many fields",
      "csat,month,2026-01-01,,,,,85,,,,",
      "not as many fields as the header",
      "字段数与表头不同",
    ],
    [
      "a key twice",
      "csat,month,2024-12-01,2025-01-01,,,,81,",
      "replaced by another row of the same key",
      "被同一主键的另一行取代",
    ],
  ])("%s", async (_, row, en, zh) => {
    const files = { "targets.csv": `${targetsHead}${sound}\n${row}\n` };
    const english = await build(files);
    expect(english).toEqual({
      code: 2,
      err: expect.stringMatching(/^herringbone: targets\.csv: line \d+: /),
    });
    expect(english.err).toContain(en);
    const chinese = await build({ ...files, "settings.yaml": "language: zh-CN\n" });
    expect(chinese).toEqual({
      code: 2,
      err: expect.stringMatching(/^herringbone：targets\.csv：第 \d+ 行：/),
    });
    expect(chinese.err).toContain(zh);
  });

  it.each([
    [
      "improvements.csv",
      "improvement_id,employee_id,kpi_id,dimension,agreed_on,due_on,measure,status",
      "I1,E1,csta,,2026-01-01,2026-02-01,x,open",
    ],
    ["risks.csv", "risk_id,name,owner_id,kpi_id,countermeasure,status", "R1,x,E1,csta,y,open"],
  ])("nor %s on a KPI that is not in the catalogue", async (file, head, row) => {
    expect(await build({ [file]: `${head}\n${row}\n` })).toEqual({
      code: 2,
      err: `herringbone: ${file}: line 2: kpi_id: expected a kpi of kpis.yaml (did you mean csat?): csta`,
    });
  });

  it("nor a column whose name nobody reads, or a required one that is missing", async () => {
    const head = targetsHead.replace("stretch", "strecth");
    expect(await build({ "targets.csv": `${head}csat,month,2026-01-01,,,,,85,\n` })).toEqual({
      code: 2,
      err: expect.stringMatching(
        /targets\.csv: line 1: unknown column \(allowed: .*\): strecth \(did you mean stretch\?\)$/,
      ),
    });
    expect(await build({ "weights.csv": "scorecard_id,kpi_id,effective_from\n" })).toEqual({
      code: 2,
      err: "herringbone: weights.csv: line 1: required columns are missing: weight",
    });
  });
});

it("a build takes sound targets and weights, a percentage above 100 % among them", async () => {
  const targets = [
    "new_customer_growth,month,2025-01-01,,,,,150%,",
    "csat,month,2025-01-01,2026-01-01,,,70,80,85",
    "csat,month,2026-01-01,,,,72,82,85",
    "csat,month,2026-01-01,,region,East,72,82,85",
  ].join("\n");
  const weights = [
    "service,csat,2025-01-01,1,,",
    "service,csat,2026-01-01,25%,,",
    "service,churn_rate,2026-01-01,75%,,",
  ].join("\n");
  expect(
    await build({ "targets.csv": `${targetsHead}${targets}\n`, "weights.csv": `${weightsHead}${weights}\n` }),
  ).toEqual({ code: 0, err: "" });
});

it("a fishbone's scorecard has to be one", async () => {
  const fishbones = `fishbones:
  - id: f
    label: { zh: 鱼骨, en: F }
    scorecard: sevrice
    branches: [{ id: b, label: { zh: 支, en: B }, colour: 1, kpis: [csat] }]
`;
  expect(await build({ "fishbones.yaml": fishbones })).toEqual({
    code: 2,
    err: expect.stringMatching(
      /fishbones\.yaml: f\.scorecard: not in scorecards\.yaml: sevrice \(did you mean service\?\)$/,
    ),
  });
});
