// @vitest-environment jsdom
import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import type { Load } from "../../reports/components/data/onDemand.js";
import type { Site } from "../../reports/components/data/site.js";
import { rankingNotes } from "../../reports/components/pages/scorecardPage.js";
import { pagedRanking } from "../../reports/components/tables/pagedRanking.js";
import type { RankedScore, Ranking, Scorecard } from "../../src/published/scoreTypes.js";
import { pages as en } from "../../src/words/en.js";

const site = {
  grain: "month",
  language: "en",
  messages: en,
  format: formatter("en", en),
  catalogue: { grades: [], vocabulary: { team: { 一组: { labels: { en: "Team 1" }, spellings: [] } } } },
} as unknown as Site;
const card = { id: "after_sales", groups: [] } as unknown as Scorecard;
const links = { kpi: () => "" };

const subjects = (from: number, to: number): RankedScore[] =>
  Array.from({ length: to - from }, (_, at) => ({
    subject: `E${from + at}`,
    total: null,
    covered_weight: 0,
    provisional: false,
    grade: null,
    rank: null,
    items: [],
    groups: [],
  }));

const ranking = {
  scorecard: "after_sales",
  kind: "employee",
  grain: "month",
  period_start: "2026-06-01",
  period_end: "2026-07-01",
  count: 250,
  ranked: 0,
  grades: {},
  subjects: subjects(0, 50),
  leftOut: 200,
  pages: ["p2", "p3"],
  pageLength: 100,
  names: "names",
} satisfies Ranking;

const documents: Record<string, unknown> = {
  p2: subjects(50, 150),
  p3: subjects(150, 250),
  names: subjects(0, 250).map(({ subject }) => subject),
};

function draw() {
  let isFailing = false;
  const load: Load = async <T>(path: string) => {
    if (isFailing) throw new Error("no");
    return documents[path] as T;
  };
  const element = pagedRanking(site, card, ranking, links, load);
  document.body.replaceChildren(element);
  element.scrollIntoView = () => {};
  Element.prototype.scrollIntoView = () => {};
  const rows = () => [...element.querySelectorAll("tbody th")].map((each) => each.textContent);
  const said = () => element.querySelector("[aria-live]")?.textContent;
  const press = async (text: string) => {
    [...element.querySelectorAll("button")].find((each) => each.textContent === text)?.click();
    await new Promise((done) => setTimeout(done));
  };
  return { element, rows, said, press, fail: (now: boolean) => (isFailing = now) };
}

test("a long ranking shows a page at a time", async () => {
  const { rows, said, press } = draw();
  expect([rows()[0], rows().length, said()]).toEqual(["E0", 50, "Page 1 of 3"]);
  await press("Next");
  expect([rows()[0], rows().length, said()]).toEqual(["E50", 100, "Page 2 of 3"]);
  await press("Next");
  expect([rows().at(-1), said()]).toEqual(["E249", "Page 3 of 3"]);
  await press("Previous");
  await press("Previous");
  expect([rows()[0], said()]).toEqual(["E0", "Page 1 of 3"]);
});

test("a name is found on whichever page it stands", async () => {
  const { element, rows, said } = draw();
  const find = async (name: string) => {
    const input = element.querySelector("input");
    if (input) input.value = name;
    element.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await new Promise((done) => setTimeout(done));
  };
  for (const [name, page] of [
    ["E149", "Page 2 of 3"],
    ["e150", "Page 3 of 3"],
    ["E49", "Page 1 of 3"],
  ]) {
    await find(name ?? "");
    expect([said(), rows().includes(String(name).toUpperCase())]).toEqual([page, true]);
    expect(element.querySelector(".is-found th")?.textContent).toBe(String(name).toUpperCase());
  }
  await find("E999");
  expect(said()).toBe("Not in the ranking: E999");
});

test("a page that does not come is told, and can be tried again", async () => {
  const { rows, said, press, fail } = draw();
  fail(true);
  await press("Next");
  expect([said(), rows()[0]]).toEqual(["This part could not be loaded. Try again", "E0"]);
  fail(false);
  await press("Try again");
  expect([said(), rows()[0]]).toEqual(["Page 2 of 3", "E50"]);
});

test("an item that is not shown says so, and teams left out are counted", () => {
  const build = { min_cell: 5 };
  const unit = "percent";
  const kpi = {
    id: "csat",
    label: { en: "CSAT" },
    unit,
    contributors: "customers",
    counts: { en: "answers" },
  };
  const own = { ...site, build, kpi: () => kpi } as unknown as Site;
  const group = { id: "care", label: { "zh-CN": "关怀", en: "Care" }, kpis: ["csat"] };
  const item = { kpi_id: "csat", group: "care", weight: 1, target: 0.9, low: null, high: null, status: null };
  const hidden = {
    ...item,
    value: null,
    n: 0,
    score: null,
    unscored: null,
    numerator: null,
    denominator: null,
  };
  const known = { ...item, value: 0.5, n: 40, score: 50, unscored: null, numerator: 20, denominator: 40 };
  const total = { weight: 1, covered_weight: 1, provisional: false, grade: null };
  const [first, second] = subjects(0, 2);
  const rows = [
    {
      ...first,
      items: [{ ...hidden, hidden: true }],
      groups: [{ id: "care", total: null, ...total }],
    },
    { ...second, items: [known], groups: [{ id: "care", total: 50, ...total }] },
  ] as RankedScore[];
  const teams: Ranking = {
    ...ranking,
    kind: "team",
    subjects: rows,
    pages: [],
    leftOut: 0,
    unshown: 2,
    untold: 1,
  };
  const shown = pagedRanking(own, { ...card, groups: [group] } as Scorecard, teams, links);
  for (const button of shown.querySelectorAll("button")) button.click();
  const few = "not shown: fewer than 5 customers, or such a figure could be derived from it";
  const texts = [...shown.querySelectorAll(".detail")].map((row) =>
    [...row.querySelectorAll(".scorecard tbody tr")].map((tr) =>
      [...tr.children].map((cell) => cell.textContent),
    ),
  );
  expect(texts[0]).toEqual([
    ["Care", "–", "100\u00a0%", "", "", "", "not shown"],
    ["CSAT", "", "100\u00a0%", "not shown", "90\u00a0%", "", few],
  ]);
  expect(texts[1]?.[1]?.slice(3, 6)).toEqual(["50.0\u00a0%", "90\u00a0%", "40 answers"]);
  expect(rankingNotes(own, teams).slice(0, 2)).toEqual([
    "2 teams not shown: fewer than 5 employees, or such a figure could be derived from it.",
    "1 whose total and grade are not shown: they would tell a KPI that is not shown. A rank stands where it holds whatever is not shown.",
  ]);
});

test("teams are called what the vocabulary calls them", () => {
  const [first, second] = subjects(0, 2);
  const teams = [
    { ...first, subject: "一组" },
    { ...second, subject: "North" },
  ] as RankedScore[];
  const shown = pagedRanking(
    site,
    card,
    { ...ranking, kind: "team", subjects: teams, pages: [], leftOut: 0 },
    links,
  );
  const rows = [...shown.querySelectorAll("tbody")];
  const names = rows.map((row) => row.querySelector("th")?.textContent);
  expect(names).toEqual(["Team 1", "North"]);
  expect(rows[0]?.querySelector("button")?.getAttribute("aria-label")).toContain("Team 1");
});
