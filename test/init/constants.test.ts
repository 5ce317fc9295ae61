import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

type Cell = (row: number) => string | number;

const file = (cells: Readonly<Record<string, Cell>>, rows = 40) =>
  [
    Object.keys(cells).join(","),
    ...Array.from({ length: rows }, (_, row) =>
      Object.values(cells)
        .map((cell) => cell(row))
        .join(","),
    ),
    "",
  ].join("\n");

const among =
  (words: readonly (string | number)[]): Cell =>
  (row) =>
    words[row % words.length] ?? "";

const answers = (more: Readonly<Record<string, Cell>>, score: Cell = (row) => (row % 5) + 1) =>
  file({
    "Answer ID": (row) => `R${row}`,
    "Answered at": (row) => `2026-01-${10 + (row % 20)} 10:00`,
    Score: score,
    ...more,
  });

const aspects = ["Overall", "service quality", "price", "recommend"];

describe("init, of one value for all rows beside a column that may say it", () => {
  it.each(["subject_line", "topic", "locale", "remark", "Thema", "主题"])(
    "reads the dimension in %s, whose words are all of the list",
    async (title) => {
      const { dir, columns, yaml } = await initOf(
        { "survey_answers.csv": answers({ [title]: among(aspects) }) },
        "--lang",
        "en",
      );
      expect(columns("survey_answers")).toMatchObject({ dimension: title, survey: "'periodic'" });
      expect(yaml).toMatch(new RegExp(`dimension: ${title} # likely: .*words known: 4 of 4`));
      await stageDir(dir, async ({ rows }) =>
        expect(
          await rows(
            "select dimension, count(*)::int as n from staging.survey_answers group by all order by dimension",
          ),
        ).toEqual(
          ["overall", "price", "recommend", "service_quality"].map((dimension) => ({ dimension, n: 10 })),
        ),
      );
    },
  );

  it.each([
    ["the survey", "topic", ["periodic", "after-sales", "投诉处理"], "survey"],
    ["the dimension", "topic", aspects, "dimension"],
  ])("reads %s in the one column that has its words", async (_, title, words, column) => {
    const { columns } = await initOf({ "survey_answers.csv": answers({ [title]: among(words) }) });
    expect(columns("survey_answers")).toMatchObject({ [column]: title });
  });

  const promoters: Cell = (row) => row % 11;
  it.each([
    ["the file's name", "nps_responses.csv", (row: number) => [3, 9, 10][row % 3] ?? "", "'recommend'"],
    ["a name of two words", "NPSExport 2026.csv", (row: number) => [3, 9, 10][row % 3] ?? "", "'recommend'"],
    ["the scale", "survey_answers.csv", promoters, "'recommend'"],
    ["a name that says satisfaction", "satisfaction survey.csv", promoters, "'overall'"],
    ["another scale", "survey_answers.csv", (row: number) => (row % 5) + 1, "'overall'"],
  ] as const)("tells by %s what was asked for", async (_, name, score, dimension) => {
    const { columns } = await initOf({ [name]: answers({}, score) });
    expect(columns("survey_answers")).toMatchObject({ dimension, score: "Score" });
  });

  it("asks what was asked for where the name says recommend and the scores are on another scale", async () => {
    const { columns, yaml } = await initOf({ "nps_responses.csv": answers({}) });
    expect(columns("survey_answers")).toBeUndefined();
    expect(yaml).not.toMatch(/dimension: .*overall'"/);
    expect(yaml).toMatch(/survey_answers/);
  });

  it("reads why customers were called in the column that says it, though the file's name says one thing", async () => {
    const calls = (words: readonly string[]) =>
      file({
        "Contact ID": (row) => `C${row}`,
        "Customer No": (row) => `K${row % 7}`,
        Channel: () => "phone",
        "Contacted at": (row) => `2026-01-${10 + (row % 20)} 10:00`,
        remark: among(words),
      });
    const told = await initOf({ "follow-up contacts.csv": calls(["sales", "service", "follow-up"]) });
    expect(told.columns("contacts")).toMatchObject({ purpose: "remark" });
    const open = await initOf({ "follow-up contacts.csv": calls(["sales", "service"]) });
    expect(open.columns("contacts")).toBeUndefined();
    const none = await initOf({ "follow-up contacts.csv": calls(["asked twice", "was away"]) });
    expect(none.columns("contacts")).toMatchObject({ purpose: "'follow_up'" });
  });

  it.each([
    ["two columns have its words", { topic: among(aspects), locale: among(aspects) }],
    ["few of its words stand there", { topic: among(["price", "attitude"]) }],
    ["most of the words are of the list", { topic: among([...aspects, "packaging"]) }],
    ["some rows have none", { topic: among([...aspects, ""]) }],
  ])("asks for the dimension where %s", async (_, more) => {
    const { columns, yaml, out } = await initOf({ "survey_answers.csv": answers(more) }, "--lang", "en");
    expect(columns("survey_answers")).toBeUndefined();
    expect(yaml).toMatch(/^# +# +dimension: .*'overall'.* # unsure: .*the column topic may be it as well/m);
    expect(out).toContain("survey_answers is read once dimension is said");
  });

  it("keeps the value where no column says another", async () => {
    const { columns } = await initOf({
      "survey_answers.csv": answers({ topic: () => "Overall", locale: among(["en", "de", "fr"]) }),
    });
    expect(columns("survey_answers")).toMatchObject({ dimension: "topic" });
    const other = await initOf({ "survey_answers.csv": answers({ locale: among(["en", "de", "fr"]) }) });
    expect(other.columns("survey_answers")).toMatchObject({ dimension: "'overall'", scale_max: "5" });
  });

  it("asks for the scale where a column has another's end in each row", async () => {
    const { columns, yaml } = await initOf(
      { "survey_answers.csv": answers({ zz: among([5, 10]) }) },
      "--lang",
      "en",
    );
    expect(columns("survey_answers")).toBeUndefined();
    expect(yaml).toMatch(/# +scale_max: .* # unsure: .*the column zz may be it as well/);
    const same = await initOf({ "survey_answers.csv": answers({ zz: () => 5 }) });
    expect(same.columns("survey_answers")).toMatchObject({ scale_max: "5" });
  });

  it("names the column that may be what is lacking, and shows no person", async () => {
    const customers = (name: Cell) =>
      file({
        "Customer No": (row) => `K${row}`,
        Segment: among(["trader", "other"]),
        Region: among(["East", "West"]),
        zz: name,
      });
    const { yaml } = await initOf(
      { "customers.csv": customers((row) => `Werk ${"abcdefghij"[row % 10]}${"klmn"[row % 4]}x`) },
      "--lang",
      "en",
    );
    expect(yaml).toContain("By its cells ((masked), (masked)) name may be the column zz.");
    expect(yaml).not.toContain("Werk");
    const asked = await initOf(
      { "survey_answers.csv": answers({ topic: among(["price", "attitude"]) }, (row) => (row % 4) + 1) },
      "--lang",
      "en",
    );
    expect(asked.yaml).toContain("By its cells (attitude, price) dimension may be the column topic.");
  });
});
