import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
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

interface Step {
  /** By reviewee. */
  answers: Record<string, readonly Answer[]>;
  asOf?: string;
  /** There is no warehouse before, or it was deleted. */
  isAfresh?: boolean;
}

/** Answers as those of a reviewee, whose ids are of this one alone. */
const answersOf = (reviewee: string, answers: readonly Answer[]) =>
  answers.map(([id, ...rest]): Answer => {
    const [group, rater, dimension, score] = rest;
    return [`${reviewee}-${id}`, group, rater, dimension, score, reviewee];
  });

/** What is shown of everybody, and what the build said. */
async function shownOfAll(said = "") {
  const asked = ["review_360", "--for", "employee", "--period", "2026-H1"];
  const { out } = await run("score", ...asked, "--format", "json");
  const rows = JSON.parse(out) as Total[];
  const of = (reviewee: string) => {
    const row = rows.find(({ subject }) => subject === reviewee);
    const item = (group: string) => row?.items.find(({ kpi_id }) => kpi_id === group);
    return { total: row?.total ?? null, peer: item("peer"), superior: item("superior") };
  };
  return { said, of };
}

type Shown = ReturnType<Awaited<ReturnType<typeof shownOfAll>>["of"]>;
const figures = (shown?: Shown) => [
  shown?.peer?.score ?? null,
  shown?.peer?.raters ?? null,
  shown?.peer?.later_answers,
];
const peer = async (reviewee = "E1") => figures((await shownOfAll()).of(reviewee));

const later = (from: number, ...scores: number[]) =>
  scores.map((score, index): Answer => [`L${from + index}`, "peer", `R${from + index}`, "teamwork", score]);

/** Builds one after the other, in which several employees have a story each, and what was shown after each of them. */
async function told(steps: readonly Step[]): Promise<Awaited<ReturnType<typeof shownOfAll>>[]> {
  const all = [];
  for (const { answers, asOf, isAfresh } of steps) {
    if (isAfresh) rmSync(warehouse, { force: true });
    const said = await build(
      Object.entries(answers).flatMap(([reviewee, own]) => answersOf(reviewee, own)),
      asOf,
    );
    all.push(await shownOfAll(said));
  }
  return all;
}

describe("a 360° figure once shown", { timeout: 240_000 }, () => {
  describe.skipIf(isLong)("over five builds", () => {
    let shown: Awaited<ReturnType<typeof told>>;
    let check: string;
    let lines: string;
    let table: string;
    const others = threePeers.slice(1);
    // Under another name they are the same answers.
    const renamed = threePeers.map(
      ([id, group, , ...rest], index): Answer => [id, group, `X${index}`, ...rest],
    );
    const superiors: Answer[] = [...threePeers, ["V5", "superior", "S2", "teamwork", 100]];

    beforeAll(async () => {
      shown = await told([
        { isAfresh: true, answers: { come: threePeers, go: threePeers, superiors: threePeers } },
        {
          answers: {
            come: [...threePeers, ...later(4, 10)],
            go: others.slice(1),
            superiors,
          },
        },
      ]);
      check = (await run("check", "--format", "json")).out;
      lines = (await run("check", "--lang", "zh-CN")).out;
      const asked = ["review_360", "--for", "employee", "--period", "2026-H1", "--lang", "en"];
      table = (await run("score", ...asked)).out;
      const rest = await told([
        {
          answers: {
            come: [...threePeers, ...later(4, 10, 20)],
            go: [["V1", "peer", "R1", "teamwork", 0], ...others],
            superiors,
          },
        },
        {
          answers: {
            come: [...threePeers, ...later(4, 10, 20, 60)],
            go: [...others, ["V9", "peer", "R2", "pace", 0], ...later(4, 10, 20)],
            superiors,
          },
        },
        {
          answers: {
            come: [...threePeers, ...later(4, 10, 20, 60, 100)],
            go: [...renamed, ...later(4, 10)],
            superiors,
          },
        },
      ]);
      shown = [...shown, ...rest];
    });

    it("stays until three new raters have come, so that no difference of two builds tells one", () => {
      const [before, one, two, three, four] = shown.map(({ of }) => of("come"));
      expect(before?.peer).toMatchObject({ score: 70, raters: 3, later_answers: 0 });
      expect({ ...one, peer: { ...one?.peer, later_answers: 0 } }).toEqual(before);
      expect(one?.peer?.later_answers).toBe(1);
      expect(figures(two)).toEqual([70, 3, 2]);
      // (60 + 70 + 80 + 10 + 20 + 60) / 6 = 50.
      expect(figures(three)).toEqual([50, 6, 0]);
      expect(figures(four)).toEqual([50, 6, 1]);
    });

    it("has its later answers told by the build, by check and beside the figures", () => {
      expect(shown[1]?.said).toContain("1 later answer");
      expect(JSON.parse(check).later_reviews).toEqual([{ round: "2026-01-01", answers: 1 }]);
      expect(lines).toContain("1 条后到的评价未计入");
      expect(table).toContain("1 answer came after the figures were shown");
    });

    it("does not follow a correction, a deletion or another dimension of who was counted", () => {
      const [, gone, corrected, more, again] = shown.map(({ of }) => figures(of("go")));
      expect(corrected).toEqual([70, 3, 1]);
      expect(gone).toEqual([70, 3, 0]);
      expect(more).toEqual([70, 3, 3]);
      expect(again).toEqual([70, 3, 1]);
    });

    it("of superiors follows every answer, as it hides nobody", () => {
      expect(shown[1]?.of("superiors").superior).toMatchObject({ score: 75, raters: 2, later_answers: 0 });
    });
  });

  it.runIf(isLong)("nor several at once, and is there again after one was hidden", async () => {
    rmSync(warehouse, { force: true });
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
});

describe.skipIf(isLong)("a 360° figure of a warehouse that is made anew", { timeout: 240_000 }, () => {
  let shown: Awaited<ReturnType<typeof told>>;
  beforeAll(async () => {
    shown = await told([
      { isAfresh: true, answers: { early: threePeers }, asOf: "2026-01-30" },
      { answers: { early: [...threePeers, ...later(4, 30)], other: threePeers } },
      {
        isAfresh: true,
        answers: { early: threePeers.slice(1), other: [...threePeers, ...later(4, 30)] },
      },
      { answers: { early: threePeers, other: later(11, 10, 20, 30) } },
    ]);
  });

  it("is not kept while the round's month runs or the group is hidden: until then every answer counts", () => {
    const [, full, few, enough] = shown.map(({ of }) => figures(of("early")));
    expect(full).toEqual([60, 4, 0]);
    expect(few).toEqual([null, null, 0]);
    expect(enough).toEqual([70, 3, 0]);
  });

  it("starts afresh when the former was deleted, and with other data", () => {
    const [, , afresh, others] = shown.map(({ of }) => figures(of("other")));
    expect(afresh).toEqual([60, 4, 0]);
    expect(others).toEqual([20, 3, 0]);
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
    const two = await shownOfAll();
    for (const [of, [what]] of spellings.entries())
      expect(figures(two.of(`E${of + 1}`)), what).toEqual([null, null, 0]);
    const third = spellings.map((_, of): Answer => [`V${of}`, "peer", "103", "teamwork", 50, `E${of + 1}`]);
    await build([...answers, ...third]);
    const three = await shownOfAll();
    for (const [of, [what]] of spellings.entries())
      expect(figures(three.of(`E${of + 1}`)), what).toEqual([50, 3, 0]);
  });
});
