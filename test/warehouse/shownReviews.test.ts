import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("shown");
const warehouse = join(folder, "w.duckdb");
const data = join(folder, "data");
mkdirSync(data);
const catalog = smallCatalogue(["training_completion"], join(folder, "catalog"));

const run = commandLine({ now: "2026-09-01T00:00:00Z", warehouse });

type Answer = [
  id: string,
  group: string,
  rater: string,
  dimension: string,
  score: number,
  /** Default: E1. */
  reviewee?: string,
];

const threePeers: Answer[] = [
  ["V1", "peer", "R1", "teamwork", 60],
  ["V2", "peer", "R2", "teamwork", 70],
  ["V3", "peer", "R3", "teamwork", 80],
  ["V4", "superior", "S1", "teamwork", 50],
];

async function build(answers: readonly Answer[], asOf = "2026-08-31") {
  const rows = answers.map(
    ([id, group, rater, dimension, score, reviewee = "E1"]) =>
      `${id},2026-01-01,${reviewee},${rater},${group},${dimension},${score},0,100`,
  );
  const head = "review_id,period_start,reviewee_id,reviewer_id,rater,dimension,score,scale_min,scale_max";
  writeFileSync(join(data, "reviews_360.csv"), `${[head, ...rows].join("\n")}\n`);
  const employees = ["E1", ...new Set(answers.flatMap(([, , , , , reviewee]) => reviewee ?? []))];
  writeFileSync(
    join(data, "employees.csv"),
    `employee_id,name,hired_on\n${employees.map((id) => `${id},A,2020-01-01\n`).join("")}`,
  );
  const args = ["--data", data, "--catalog", catalog, "--as-of", asOf, "--lang", "en"];
  const { code, err } = await run("build", ...args);
  expect(code, err).toBe(0);
  return err;
}

interface Total {
  subject: string | null;
  total: number | null;
  items: Item[];
}

interface Item {
  kpi_id: string;
  score: number | null;
  raters: number | null;
  later_answers: number;
  dimensions: unknown[];
}

async function shown(reviewee = "E1") {
  const asked = ["review_360", "--for", "employee", "--period", "2026-H1"];
  const { out } = await run("score", ...asked, "--format", "json");
  const row = (JSON.parse(out) as Total[]).find(({ subject }) => subject === reviewee);
  const item = (group: string) => row?.items.find(({ kpi_id }) => kpi_id === group);
  return { total: row?.total ?? null, peer: item("peer"), superior: item("superior") };
}

const peer = async (reviewee?: string) => {
  const { peer: found } = await shown(reviewee);
  return [found?.score ?? null, found?.raters ?? null, found?.later_answers];
};

const later = (from: number, ...scores: number[]) =>
  scores.map((score, index): Answer => [`L${from + index}`, "peer", `R${from + index}`, "teamwork", score]);

describe("a 360° figure once shown", { timeout: 240_000 }, () => {
  beforeEach(() => rmSync(warehouse, { force: true }));

  it.skipIf(isLong)(
    "stays until three new raters have come, so that no difference of two builds tells one",
    async () => {
      await build(threePeers);
      const before = await shown();
      expect(before.peer).toMatchObject({ score: 70, raters: 3, later_answers: 0 });

      const said = await build([...threePeers, ...later(4, 10)]);
      expect(said).toContain("1 later answer");
      const one = await shown();
      expect({ ...one, peer: { ...one.peer, later_answers: 0 } }).toEqual(before);
      expect(one.peer?.later_answers).toBe(1);
      const check = JSON.parse((await run("check", "--format", "json")).out);
      expect(check.later_reviews).toEqual([{ round: "2026-01-01", answers: 1 }]);
      expect((await run("check", "--lang", "zh-CN")).out).toContain("1 条后到的评价未计入");
      const table = await run(
        "score",
        "review_360",
        "--for",
        "employee",
        "--period",
        "2026-H1",
        "--lang",
        "en",
      );
      expect(table.out).toContain("1 answer came after the figures were shown");

      await build([...threePeers, ...later(4, 10, 20)]);
      expect(await peer()).toEqual([70, 3, 2]);
      // (60 + 70 + 80 + 10 + 20 + 60) / 6 = 50.
      await build([...threePeers, ...later(4, 10, 20, 60)]);
      expect(await peer()).toEqual([50, 6, 0]);
      await build([...threePeers, ...later(4, 10, 20, 60, 100)]);
      expect(await peer()).toEqual([50, 6, 1]);
    },
  );

  it.skipIf(isLong)(
    "does not follow a correction, a deletion or another dimension of who was counted",
    async () => {
      await build(threePeers);
      const others = threePeers.slice(1);
      await build([["V1", "peer", "R1", "teamwork", 0], ...others]);
      expect(await peer()).toEqual([70, 3, 1]);
      await build(others.slice(1));
      expect(await peer()).toEqual([70, 3, 0]);
      await build([...others, ["V9", "peer", "R2", "pace", 0], ...later(4, 10, 20)]);
      expect(await peer()).toEqual([70, 3, 3]);
      // Under another name they are the same answers.
      const renamed = threePeers.map(
        ([id, group, , ...rest], index): Answer => [id, group, `X${index}`, ...rest],
      );
      await build([...renamed, ...later(4, 10)]);
      expect(await peer()).toEqual([70, 3, 1]);
    },
  );

  it.runIf(isLong)("nor several at once, and is there again after one was hidden", async () => {
    await build(threePeers);
    const others = threePeers.slice(1);
    await build([
      ["V1", "peer", "R1", "teamwork", 0],
      ["V2", "peer", "R2", "teamwork", 0],
      ...others.slice(1),
    ]);
    expect(await peer()).toEqual([70, 3, 2]);
    await build(others.slice(2));
    expect(await peer()).toEqual([null, null, 0]);
    await build([...threePeers, ...later(4, 10)]);
    expect(await peer()).toEqual([70, 3, 1]);
  });

  it.skipIf(isLong)(
    "is none while the round's month runs or the group is hidden: until then every answer counts",
    async () => {
      await build(threePeers, "2026-01-30");
      await build([...threePeers, ...later(4, 30)]);
      expect(await peer()).toEqual([60, 4, 0]);
      rmSync(warehouse);
      await build(threePeers.slice(1));
      expect(await peer()).toEqual([null, null, 0]);
      await build(threePeers);
      expect(await peer()).toEqual([70, 3, 0]);
    },
  );

  it.skipIf(isLong)("starts afresh with a warehouse that was deleted, and with other data", async () => {
    await build(threePeers);
    rmSync(warehouse);
    await build([...threePeers, ...later(4, 30)]);
    expect(await peer()).toEqual([60, 4, 0]);
    await build(later(11, 10, 20, 30));
    expect(await peer()).toEqual([20, 3, 0]);
  });

  it.skipIf(isLong)("of superiors follows every answer, as it hides nobody", async () => {
    await build(threePeers);
    await build([...threePeers, ["V5", "superior", "S2", "teamwork", 100]]);
    expect((await shown()).superior).toMatchObject({ score: 75, raters: 2, later_answers: 0 });
  });
});

describe("raters", { timeout: 120_000 }, () => {
  beforeEach(() => rmSync(warehouse, { force: true }));

  const spellings: [what: string, raters: string[]][] = [
    ["case and width", ["r1", "R1", "Ｒ１", "R2"]],
    ["blanks", ["R 1", "R1 ", "R　1", "R2"]],
    ["what spreadsheets do to numbers", ["101", "101.0", "00101", "102"]],
    ["composition", ["Ren\u00e9", "Rene\u0301", "RENÉ", "102"]],
    ["formulas", ['"=""00123"""', "123", "0123", "102"]],
  ];

  it.skipIf(isLong)("written in two ways are one", async () => {
    const answers = spellings.flatMap(([, raters], of) =>
      raters.map((rater, at): Answer => [`V${of}-${at}`, "peer", rater, "teamwork", 50, `E${of + 1}`]),
    );
    await build(answers);
    for (const [of, [what]] of spellings.entries())
      expect(await peer(`E${of + 1}`), what).toEqual([null, null, 0]);
    const third = spellings.map((_, of): Answer => [`V${of}`, "peer", "103", "teamwork", 50, `E${of + 1}`]);
    await build([...answers, ...third]);
    for (const [of, [what]] of spellings.entries())
      expect(await peer(`E${of + 1}`), what).toEqual([50, 3, 0]);
  });
});
